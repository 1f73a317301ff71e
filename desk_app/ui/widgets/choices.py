"""Inputs to choose with: one of a vocabulary, several of it, yes / no / unknown, one of a list of records."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPushButton, QStyledItemDelegate, QWidget

from desk_app.domain.ids import is_record_id
from desk_app.domain.vocabulary import N_
from desk_app.ui.look import Look
from desk_app.ui.theme import Text
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.field import FieldInput, FieldValue
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.text import set_property

YES_NO_WORDS: Mapping[str, str] = {"yes": N_("Yes"), "no": N_("No"), "": N_("Unknown")}
_SIDE = 13
"""Pixels left and right of a segment's words."""
SEGMENTS = 4
"""Up to so many choices are shown side by side, so that one click is enough."""


class PlainCombo(QComboBox):
    """A combo box that a turning wheel does not change while the page is scrolled over it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(14)
        # The style sheet reaches the lines of the list only through this delegate.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the page."""
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()
            return True
        return False


class ChoiceField(FieldInput):
    """One of a few codes; the empty line means nobody said. `words`: code -> shown words of what is offered.

    A stored code that is not offered (switched off, of a newer version) is kept and shown as `others` says it.
    """

    def __init__(
        self, look: Look, words: Mapping[str, str], empty: str = "", others: Callable[[str], str] = str
    ) -> None:
        super().__init__()
        self._others = others
        self._combo = PlainCombo()
        self._combo.addItem(empty or look.tr.text("Not specified"), "")
        for code, shown in words.items():
            self._combo.addItem(shown, code)
        self.setFocusProxy(self._combo)
        row(self).addWidget(self._combo)
        self._combo.activated.connect(lambda _index: self.edited.emit())

    def typed(self) -> str:
        return str(self._combo.currentData() or "")

    def set_typed(self, typed: str) -> None:
        if typed and self._combo.findData(typed) < 0:
            self._combo.addItem(self._others(typed), typed)
        self._combo.setCurrentIndex(self._combo.findData(typed))

    def value(self) -> FieldValue:
        return self.typed() or None

    def set_value(self, value: FieldValue) -> None:
        self.set_typed("" if value is None else str(value))

    def target(self) -> QWidget:
        return self._combo


class SegmentField(FieldInput):
    """One of a few words side by side. `words`: code -> shown words; a second click takes an answer back.

    A stored code that is not offered gets a button at the end, with what `others` says of it.
    """

    def __init__(self, look: Look, words: Mapping[str, str], others: Callable[[str], str] = str) -> None:
        super().__init__()
        self._line = Flow(self, gap=0)
        self._buttons: dict[str, QPushButton] = {}
        self._others = others
        self._bold = QFontMetrics(look.theme.font(Text.STRONG))
        self._code = ""
        for code, shown in words.items():
            self._add(code, shown)
        self.setFocusProxy(next(iter(self._buttons.values())))
        self._show()

    def typed(self) -> str:
        return self._code

    def set_typed(self, typed: str) -> None:
        if typed and typed not in self._buttons:
            self._add(typed, self._others(typed))
        self._code = typed
        self._show()

    def value(self) -> FieldValue:
        return self._code or None

    def set_value(self, value: FieldValue) -> None:
        self.set_typed("" if value is None else str(value))

    def target(self) -> QWidget:
        return next(iter(self._buttons.values()))

    def set_name(self, words: str) -> None:
        self.setAccessibleName(words)
        for made in self._buttons.values():
            made.setAccessibleName(f"{words}: {made.text().replace('&&', '&')}")

    def _add(self, code: str, shown: str) -> None:
        made = QPushButton(shown.replace("&", "&&"))
        # The chosen one is written bolder: its room is kept from the beginning.
        made.setMinimumWidth(self._bold.horizontalAdvance(shown) + 2 * _SIDE)
        made.setProperty("weight", "segment")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.clicked.connect(lambda on: self._clicked(code if on else ""))
        self._buttons[code] = made
        self._line.addWidget(made)
        if self.accessibleName():
            self.set_name(self.accessibleName())
        last = len(self._buttons) - 1
        for place, one in enumerate(self._buttons.values()):
            set_property(one, "place", "first" if place == 0 else "last" if place == last else "middle")

    def _clicked(self, code: str) -> None:
        self.set_typed(code)
        self.edited.emit()

    def _show(self) -> None:
        for code, made in self._buttons.items():
            made.setChecked(code == self._code)


class YesNoField(SegmentField):
    """Yes, no, or unknown: the value is True, False or None."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, {code: look.tr.text(msgid) for code, msgid in YES_NO_WORDS.items()})

    def value(self) -> FieldValue:
        return {"yes": True, "no": False}.get(self.typed())

    def set_value(self, value: FieldValue) -> None:
        self.set_typed("" if value is None else "yes" if value else "no")


class SetField(FieldInput):
    """Any number of codes. `words`: code -> shown words of what is offered.

    Stored codes that are not offered get a box at the end, with what `others` says of them.
    """

    def __init__(self, look: Look, words: Mapping[str, str], others: Callable[[str], str] = str) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        self._others = others
        self._lines = column(self, gap=0)
        for code, shown in words.items():
            self._add(code, shown)
        self.setFocusProxy(next(iter(self._boxes.values())))

    def typed(self) -> str:
        return " ".join(sorted(self._codes()))

    def set_typed(self, typed: str) -> None:
        codes = frozenset(typed.split())
        for code in sorted(codes - self._boxes.keys()):
            self._add(code, self._others(code))
        for code, box in self._boxes.items():
            box.setChecked(code in codes)

    def value(self) -> FieldValue:
        return self._codes()

    def set_value(self, value: FieldValue) -> None:
        self.set_typed(" ".join(value) if isinstance(value, frozenset) else "")

    def target(self) -> QWidget:
        return next(iter(self._boxes.values()))

    def set_name(self, words: str) -> None:
        self.setAccessibleName(words)
        for box in self._boxes.values():
            box.setAccessibleName(f"{words}: {box.text().replace('&&', '&')}")

    def _add(self, code: str, shown: str) -> None:
        box = QCheckBox(shown.replace("&", "&&"))
        box.clicked.connect(lambda _on: self.edited.emit())
        self._boxes[code] = box
        self._lines.addWidget(box)

    def _codes(self) -> frozenset[str]:
        return frozenset(code for code, box in self._boxes.items() if box.isChecked())


class ReferenceField(FieldInput):
    """One of other records, found by typing any part of its words. `options`: (id, words) in the order to show."""

    chosen = Signal(str)

    def __init__(self, look: Look, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._look = look
        self._combo = PlainCombo()
        self._line = QLineEdit()
        self._combo.setLineEdit(self._line)
        self._combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._line.setPlaceholderText(look.tr.text("Choose"))
        for record, words in options:
            self._combo.addItem(words, record)
        self._combo.setCurrentIndex(-1)
        completer = QCompleter(self._combo.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._combo.setCompleter(completer)
        self.setFocusProxy(self._combo)
        row(self).addWidget(self._combo)
        self._combo.editTextChanged.connect(self._edited)
        self._line.editingFinished.connect(self.left)
        self._quiet = False

    def typed(self) -> str:
        return self._record() or self._combo.currentText()

    def set_typed(self, typed: str) -> None:
        self._quiet = True
        if is_record_id(typed) and self._combo.findData(typed) < 0:
            self._combo.addItem(self._look.tr.text("A record that is no longer in the list"), typed)
        place = self._combo.findData(typed) if typed else -1
        self._combo.setCurrentIndex(place)
        if place < 0:
            self._combo.setEditText(typed)
        self._quiet = False

    def value(self) -> FieldValue:
        if self.trouble():
            raise ValueError("not in the list")
        return self._record() or None

    def set_value(self, value: FieldValue) -> None:
        self.set_typed("" if value is None else str(value))

    def trouble(self) -> str:
        if self._record() or not self._combo.currentText().strip():
            return ""
        return self._look.tr.text("Choose one from the list.")

    def target(self) -> QWidget:
        return self._combo

    def set_name(self, words: str) -> None:
        self._combo.setAccessibleName(words)
        self._line.setAccessibleName(words)

    def _record(self) -> str:
        text, place = self._combo.currentText().strip(), self._combo.currentIndex()
        if place < 0 or self._combo.itemText(place) != text:
            place = self._combo.findText(text, Qt.MatchFlag.MatchFixedString)
        return str(self._combo.itemData(place)) if place >= 0 else ""

    def _edited(self, _text: str) -> None:
        if not self._quiet:
            self.edited.emit()
            if record := self._record():
                self.chosen.emit(record)
