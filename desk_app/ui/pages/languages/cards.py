"""A language in a card, and the sentences of a catalogue that were refused in another."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.i18n import catalogue_words
from desk_app.i18n.catalogue.coverage import Coverage
from desk_app.i18n.catalogue.taking import Refused, Taken
from desk_app.i18n.languages import ENGLISH
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.boxes import Card, column, row, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.text import label, muted

MOST_SHOWN = 100
"""Refused sentences that are shown at once; whoever corrects them takes the file back again."""


class LanguageCard(Card):
    """How far a language is translated; emits the language that is to be exported or put back."""

    export_asked = Signal(object)
    put_back_asked = Signal(object)

    def __init__(self, look: Look, coverage: Coverage) -> None:
        tr, language = look.tr, coverage.language
        is_source = language is ENGLISH
        self.export_button = button(look, tr.text("Export"), Icon.EXPORT)
        self.export_button.setAccessibleName(tr.text("Export: {words}", words=language.own_name))
        self.export_button.clicked.connect(lambda: self.export_asked.emit(language))
        super().__init__(look, language.own_name, None if is_source else self.export_button)
        if is_source:
            self.export_button.deleteLater()
            words = tr.plural("{count} sentence: the source", "{count} sentences: the source", coverage.sentences)
            self.body.addWidget(muted(words))
            return
        self.body.addWidget(label(catalogue_words.translated(coverage, tr)))
        signed = coverage.stands
        self.body.addWidget(label(catalogue_words.signed(coverage, tr), tone=Tone.DONE if signed else Tone.ATTENTION))
        if coverage.corrected:
            self._tell_corrected(look, coverage)

    def _tell_corrected(self, look: Look, coverage: Coverage) -> None:
        tr, language = look.tr, coverage.language
        words = tr.plural(
            "{count} sentence was corrected on this computer.",
            "{count} sentences were corrected on this computer.",
            coverage.corrected,
        )
        line = row()
        line.addWidget(muted(words), 1)
        undo = button(look, tr.text("Go back to the shipped words"), Icon.UNDO, Weight.QUIET)
        undo.clicked.connect(lambda: self.put_back_asked.emit(language))
        line.addWidget(undo)
        self.body.addLayout(line)


class ResultCard(Card):
    """What came of a catalogue: how much was taken, and each refused sentence with its reasons."""

    def __init__(self, look: Look, taken: Taken) -> None:
        super().__init__(look, taken.language.own_name)
        self.body.addWidget(label(catalogue_words.result(taken, look.tr), Text.STRONG))
        for one in taken.refused[:MOST_SHOWN]:
            self.body.addWidget(rule())
            self.body.addWidget(_refused(look, one))


def _refused(look: Look, refused: Refused) -> QWidget:
    made = QWidget()
    lines = column(made, gap=4)
    lines.addWidget(muted(refused.entry.source))
    for form in filter(None, refused.entry.forms):
        lines.addWidget(label(form))
    for reason in refused.reasons:
        lines.addWidget(label(catalogue_words.told(reason, look.tr), Text.CAPTION, tone=Tone.ATTENTION))
    return made
