"""The card of letter wordings: a line for each language of letters."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.i18n.languages import by_code
from desk_app.ui.errors import ErrorReport
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import Card, column, empty_layout, row, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.text import label, muted

if TYPE_CHECKING:
    from desk_app.usecases.letter_texts import Standing


class WordingCard(Card):
    """Emits `opened(language)` to look at a wording or change it, `shipped_asked(language)` to go back."""

    opened = Signal(str)
    shipped_asked = Signal(str)

    def __init__(self, look: Look, errors: ErrorReport) -> None:
        tr = look.tr
        super().__init__(look, tr.text("Letter wording"))
        self._look, self._errors = look, errors
        self.body.addWidget(
            muted(
                tr.text(
                    "The words of the referral letter in each language. They go to every desk with the next bundle; "
                    "letters that are printed already stay as they are."
                )
            )
        )
        self._lines = column(gap=0)
        self.body.addLayout(self._lines)
        self.buttons: dict[str, QPushButton] = {}

    def show_standings(self, standings: "Sequence[Standing]", may_change: bool) -> None:
        """Show where each language stands."""
        empty_layout(self._lines)
        self.buttons = {}
        for one in standings:
            self._lines.addWidget(rule())
            self._lines.addWidget(self._line(one, may_change))

    def _line(self, one: "Standing", may_change: bool) -> QWidget:
        look, tr, name = self._look, self._look.tr, by_code(one.language).own_name
        made = QWidget()
        made.setMinimumHeight(look.theme.px(48))
        line = row(made)
        line.setContentsMargins(0, Measure.TIGHT, 0, Measure.TIGHT)
        pair = column(gap=0)
        pair.addWidget(label(name))
        pair.addWidget(label(self._told(one), Text.CAPTION, tone=Tone.ATTENTION if one.refused else None))
        line.addLayout(pair, 1)
        if one.refused is not None:
            chip = StatusChip(look, tr.text("Refused"), Icon.NOTICE, Tone.ATTENTION)
            line.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        if may_change and one.wording:
            back = button(look, tr.text("Back to the program's wording"), weight=Weight.QUIET)
            back.setAccessibleName(tr.text("Back to the program's wording: {language}", language=name))
            back.clicked.connect(lambda: self.shipped_asked.emit(one.language))
            line.addWidget(back)
        act = button(look, tr.text("Edit"), Icon.EDIT) if may_change else button(look, tr.text("Show"), Icon.SHOW)
        act.setAccessibleName(f"{act.accessibleName()}: {name}")
        act.clicked.connect(lambda: self.opened.emit(one.language))
        self.buttons[one.language] = act
        line.addWidget(act)
        return made

    def _told(self, one: "Standing") -> str:
        tr = self._look.tr
        if one.refused is not None:
            words = tr.text("The wording that arrived cannot be used. Letters keep the program's wording.")
            return f"{words} {self._errors.words(one.refused)}"
        return tr.text("The programme's own wording") if one.is_own else tr.text("The program's wording")
