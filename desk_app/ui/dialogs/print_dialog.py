"""The print dialog: language and copies, then to a printer or into a PDF file."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desk_app.domain.records.referral import LETTER_LANGUAGE
from desk_app.i18n import labels
from desk_app.ui.handbook.window import bind_help
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choices import PlainCombo
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.text import label, muted

MOST_COPIES = 9
COPIES = 2
"""One for the organisation and one for the file."""


class PrintDialog(QDialog):
    """Asks how a letter goes on paper. A letter that was printed before keeps its language: `fixed`.

    `can_print` False leaves the file as the only way: no printer is known to this computer.
    """

    print_asked = Signal(str, int)
    save_asked = Signal(str)

    def __init__(
        self, look: Look, title: str, language: str, parent: QWidget, *, fixed: bool = False, can_print: bool = True
    ) -> None:
        super().__init__(parent)
        tr = look.tr
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind_help(self, look, "referrals#print")
        lines = column(self, margin=Measure.EDGE, gap=Measure.BETWEEN)
        lines.addWidget(label(title, Text.SECTION))
        words = tr.text("Language of the letter")
        known = [
            Filter(code, its) for code, its in labels.choices(LETTER_LANGUAGE, tr) if not fixed or code == language
        ]
        self.languages = FilterBar(look, words, known)
        self.languages.choose(language)
        self.languages.setEnabled(not fixed)
        self._add(lines, words, self.languages)
        self.copies = PlainCombo()
        self.copies.addItems([str(number) for number in range(1, MOST_COPIES + 1)])
        self.copies.setCurrentText(str(COPIES))
        self.copies.setMaximumWidth(look.theme.px(100))
        self.copies.setEnabled(can_print)
        self._add(lines, tr.text("Copies"), self.copies)
        if not can_print:
            lines.addWidget(muted(tr.text("No printer is connected to this computer. Save the letter as a PDF file.")))
        actions = row()
        self.print_button = button(look, tr.text("Print"), Icon.PRINT, Weight.MAIN if can_print else Weight.PLAIN)
        self.print_button.setEnabled(can_print)
        self.print_button.clicked.connect(self._print)
        weight = Weight.PLAIN if can_print else Weight.MAIN
        self.save_button = button(look, tr.text("Save as PDF"), Icon.SAVE, weight)
        self.save_button.clicked.connect(self._save)
        cancel = button(look, tr.text("Cancel"), weight=Weight.QUIET)
        cancel.clicked.connect(self.reject)
        for made in (self.print_button, self.save_button, cancel):
            actions.addWidget(made)
        actions.addStretch(1)
        lines.addLayout(actions)
        main = self.print_button if can_print else self.save_button
        main.setDefault(True)
        main.setFocus()
        # The languages stand in one line where the window is wide enough for it.
        width = max(look.theme.px(460), self.languages.sizeHint().width() + 2 * Measure.EDGE)
        width = min(width, parent.window().width() - 2 * Measure.EDGE)
        self.setMinimumSize(width, lines.heightForWidth(width))

    @property
    def language(self) -> str:
        """The code of the chosen language."""
        return next(iter(self.languages.codes))

    def _add(self, lines: QVBoxLayout, words: str, field: QWidget) -> None:
        pair = column(gap=4)
        pair.addWidget(_field_label(words))
        pair.addWidget(field)
        field.setAccessibleName(words)
        lines.addLayout(pair)

    def _print(self) -> None:
        language, copies = self.language, int(self.copies.currentText())
        self.accept()
        self.print_asked.emit(language, copies)

    def _save(self) -> None:
        language = self.language
        self.accept()
        self.save_asked.emit(language)


def _field_label(words: str) -> QWidget:
    made = label(words, Text.CAPTION)
    made.setProperty("look", "label")
    return made
