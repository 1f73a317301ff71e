"""The short form of the intake: who, how to reach, where between prison and home, and what was agreed to."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.records.declaration import FieldValue, Kind
from desk_app.ui.forms.record_form import RecordForm
from desk_app.ui.look import Look
from desk_app.ui.pages.consent_questions import ConsentQuestions
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import Card, column
from desk_app.ui.widgets.text import label

FIELDS = (
    "surname",
    "given_name",
    "father_name",
    "sex",
    "birth_date",
    "phone",
    "phone_safe",
    "language",
    "stage",
    "release_date",
)
NAMES = ("surname", "given_name", "father_name")
_SPOKEN = {"tg": "tg", "ru": "ru", "uz_Latn": "uz", "uz_Cyrl": "uz"}


class IntakeForm(QWidget):
    """Fields and questions in one; `edited` after each change, `identified` when it may change who the person is."""

    edited = Signal()
    save_asked = Signal()
    save_next_asked = Signal()

    def __init__(self, look: Look, kind: Kind, today: Callable[[], date]) -> None:
        super().__init__()
        lines = column(self, gap=Measure.BETWEEN)
        self.fields = RecordForm(look, kind, only=FIELDS, columns=2, today=today)
        self.fields.edited.connect(self._changed)
        self.fields.save_asked.connect(self.save_asked)
        self.fields.save_next_asked.connect(self.save_next_asked)
        card = Card(look)
        card.body.addWidget(self.fields)
        lines.addWidget(card)
        self._spoken = _SPOKEN.get(look.tr.language.code, "")
        self.questions = ConsentQuestions(look, self._spoken)
        self.questions.edited.connect(self._changed)
        self.questions.save_asked.connect(self.save_asked)
        self.questions.save_next_asked.connect(self.save_next_asked)
        asked = Card(look)
        asked.body.addWidget(label(look.tr.text("Consent"), Text.SECTION))
        asked.body.addWidget(self.questions)
        self._warning = Banner(
            look,
            look.tr.text("The person does not agree to be recorded. Give advice without writing the name."),
            can_close=False,
        )
        self._warning.hide()
        asked.body.addWidget(self._warning)
        lines.addWidget(asked)
        self.setFocusProxy(self.fields)

    def typed(self) -> dict[str, str]:
        """Everything, for the draft."""
        return {**self.fields.typed(), **self.questions.typed()}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put it back."""
        self.fields.set_typed({name: typed.get(name, "") for name in FIELDS})
        self.questions.set_typed(typed)
        self._follow()

    def known(self) -> dict[str, FieldValue]:
        """What can be stored already, for the search for people alike."""
        inputs = {name: self.fields.input(name) for name in FIELDS}
        return {name: made.value() for name, made in inputs.items() if made.typed().strip() and not made.trouble()}

    def show_name(self, typed: str) -> None:
        """What was searched for in vain becomes the name."""
        self.fields.set_typed(name_parts(typed))

    def _changed(self) -> None:
        self._follow()
        self.edited.emit()

    def _follow(self) -> None:
        spoken = self.fields.input("language").typed() or self._spoken
        if spoken != self._asked_in:
            self._asked_in = spoken
            self.questions.speak(spoken)
        self._warning.setVisible(self.questions.input("service").typed() == "refused")

    _asked_in = ""


def name_parts(typed: str) -> dict[str, str]:
    """A name typed in one line: one word is a given name, else surname first; a number is no name."""
    words = [word for word in typed.split() if not any(char.isdigit() for char in word)]
    if len(words) == 1:
        return {"given_name": words[0]}
    return dict(zip(NAMES, [*words[:2], " ".join(words[2:])], strict=False)) if words else {}
