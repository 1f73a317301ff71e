"""The questions about consent: read aloud in the person's language, answered one by one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from desk_app.domain.records.client import SPOKEN
from desk_app.domain.records.consent import METHOD, PURPOSE
from desk_app.domain.vocabulary import N_
from desk_app.i18n import labels
from desk_app.ui.look import Look
from desk_app.ui.pages.consent_words import MEANING, PURPOSES, spoken_translator
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column, rule
from desk_app.ui.widgets.choices import SegmentField
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.text import label

ANSWERS = {"given": N_("Agrees"), "refused": N_("Does not agree")}


class ConsentQuestions(QWidget):
    """One block a purpose; `answers` holds only those that were answered, `facts` what is the same for all."""

    edited = Signal()
    save_asked = Signal()
    """Ctrl+S inside."""
    save_next_asked = Signal()
    """Ctrl+Enter inside."""

    def __init__(self, look: Look, spoken: str, purposes: Sequence[str] = PURPOSES) -> None:
        super().__init__()
        self._look = look
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        self._language = SegmentField(look, labels.offered(SPOKEN, tr), lambda code: tr.choice(SPOKEN, code))
        self._language.set_typed(spoken)
        self._language.edited.connect(self._speak)
        lines.addWidget(FieldRow(look, tr.text("Read aloud in"), self._language))
        self._sentences: dict[str, QLabel] = {}
        self._answers: dict[str, SegmentField] = {}
        for purpose in purposes:
            lines.addWidget(rule())
            lines.addWidget(self._question(purpose))
        lines.addWidget(rule())
        self._method = SegmentField(look, labels.offered(METHOD, tr))
        self._method.edited.connect(self.edited)
        lines.addWidget(FieldRow(look, tr.text("How it was given"), self._method))
        self._speak()
        self.setFocusProxy(next(iter(self._answers.values())))
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        bind(self, Key.SAVE, self.save_asked.emit, inside)
        bind(self, Key.SAVE_NEXT, self.save_next_asked.emit, inside)

    @property
    def answers(self) -> dict[str, str]:
        """Purpose -> given or refused."""
        return {purpose: made.typed() for purpose, made in self._answers.items() if made.typed()}

    @property
    def facts(self) -> dict[str, str | None]:
        """Method and language, as the consent record keeps them."""
        return {"method": self._method.typed() or None, "language": self._language.typed() or None}

    def typed(self) -> dict[str, str]:
        """Everything that was chosen, for a draft."""
        answers = {f"consent {purpose}": made.typed() for purpose, made in self._answers.items()}
        return {**answers, "consent method": self._method.typed()}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put it back."""
        for purpose, made in self._answers.items():
            made.set_typed(typed.get(f"consent {purpose}", ""))
        self._method.set_typed(typed.get("consent method", ""))

    def input(self, purpose: str) -> SegmentField:
        """The answer about a purpose. Raises KeyError."""
        return self._answers[purpose]

    def speak(self, spoken: str) -> None:
        """Ask in another language."""
        if spoken != self._language.typed():
            self._language.set_typed(spoken)
            self._speak()

    def _question(self, purpose: str) -> QWidget:
        tr = self._look.tr
        made = QWidget()
        lines = column(made)
        lines.addWidget(label(tr.choice(PURPOSE, purpose), Text.STRONG))
        sentence = label("")
        sentence.setMaximumWidth(self._look.theme.width(Measure.COLUMN))
        lines.addWidget(sentence)
        answer = SegmentField(self._look, {code: tr.text(msgid) for code, msgid in ANSWERS.items()})
        answer.set_name(tr.choice(PURPOSE, purpose))
        answer.edited.connect(self.edited)
        lines.addWidget(answer)
        self._sentences[purpose] = sentence
        self._answers[purpose] = answer
        return made

    def _speak(self) -> None:
        spoken = spoken_translator(self._language.typed(), self._look.tr)
        for purpose, sentence in self._sentences.items():
            sentence.setText(spoken.text(MEANING[purpose]))
        self.edited.emit()
