"""Which details a letter tells: those that consent or safety forbid are grey, with the reason in words."""

from collections.abc import Mapping

from PySide6.QtWidgets import QCheckBox, QWidget

from desk_app.domain.records.referral import SHARED
from desk_app.domain.rules.consent import WITHHELD, Withheld
from desk_app.i18n import labels
from desk_app.ui.look import Look
from desk_app.ui.theme import Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.field import FieldInput, FieldValue
from desk_app.ui.widgets.text import label

_INDENT = 26


class ShareField(FieldInput):
    """The value holds what is ticked and allowed. What was ticked comes back when it is allowed again."""

    def __init__(self, look: Look, sharable: Mapping[str, Withheld | None]) -> None:
        super().__init__()
        self._chosen: frozenset[str] = frozenset()
        self._withheld = {code for code, reason in sharable.items() if reason is not None}
        self.boxes: dict[str, QCheckBox] = {}
        self.reasons: dict[str, str] = {}
        lines = column(self, gap=0)
        for code, words in labels.choices(SHARED, look.tr):
            reason = sharable.get(code)
            box = QCheckBox(words.replace("&", "&&"))
            box.setEnabled(reason is None)
            box.clicked.connect(lambda on, code=code: self._clicked(code, on))
            self.boxes[code] = box
            lines.addWidget(box)
            if reason is not None:
                self.reasons[code] = look.tr.choice(WITHHELD, reason.value)
                why = label(self.reasons[code], Text.CAPTION)
                why.setContentsMargins(look.theme.px(_INDENT), 0, 0, 4)
                lines.addWidget(why)
        self._first = next((box for box in self.boxes.values() if box.isEnabled()), self.boxes["birth_date"])
        self.setFocusProxy(self._first)

    def typed(self) -> str:
        return " ".join(sorted(self._chosen))

    def set_typed(self, typed: str) -> None:
        self._chosen = frozenset(typed.split())
        for code, box in self.boxes.items():
            box.setChecked(code in self._chosen and code not in self._withheld)

    def value(self) -> FieldValue:
        return self._chosen - self._withheld

    def set_value(self, value: FieldValue) -> None:
        self.set_typed(" ".join(value) if isinstance(value, frozenset) else "")

    def target(self) -> QWidget:
        return self._first

    def set_name(self, words: str) -> None:
        self.setAccessibleName(words)
        for code, box in self.boxes.items():
            box.setAccessibleName(f"{words}: {box.text().replace('&&', '&')}")
            box.setAccessibleDescription(self.reasons.get(code, ""))

    def _clicked(self, code: str, on: bool) -> None:
        self._chosen = self._chosen | {code} if on else self._chosen - {code}
        self.edited.emit()
