"""The card of choices: one list at a time, each choice with what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.records.choice import CHOICE
from desk_app.i18n import labels
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.programme.read import ChoiceLine, lines_of, list_words
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import Card, column, empty_layout, row, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.choices import PlainCombo
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases.choices import OpenList


class ChoicesCard(Card):
    """Emits `add_asked()`, `edit_asked(code)` and `switch_asked(code, off)` for the list that is chosen."""

    add_asked = Signal()
    edit_asked = Signal(str)
    switch_asked = Signal(str, bool)

    def __init__(self, look: Look) -> None:
        tr = look.tr
        self.add_button = button(look, tr.text("Add a choice"), Icon.ADD)
        super().__init__(look, tr.text("Choices in the lists"), self.add_button)
        self._look = look
        self._lists: Sequence[OpenList] = ()
        self._may_change = False
        self.add_button.clicked.connect(self.add_asked)
        self.add_button.hide()
        self.body.addWidget(
            muted(
                tr.text(
                    "What is added or switched off here goes to every desk with the next bundle. "
                    "A choice that is switched off is offered in no form; records that have it keep it."
                )
            )
        )
        name = label(tr.text("List of choices"), Text.CAPTION)
        name.setProperty("look", "label")
        self.lists = PlainCombo()
        self.lists.setAccessibleName(tr.text("List of choices"))
        self.lists.setMaximumWidth(look.theme.px(440))
        name.setBuddy(self.lists)
        self.lists.activated.connect(lambda _place: self._show_lines())
        pair = column(gap=4)
        pair.addWidget(name)
        pair.addWidget(self.lists)
        self.body.addLayout(pair)
        self._lines = column(gap=0)
        self.body.addLayout(self._lines)
        self.buttons: dict[str, QWidget] = {}
        """By code, the button that switches a choice off or on."""

    @property
    def chosen(self) -> OpenList | None:
        """The list that is shown."""
        return next((one for one in self._lists if one.vocabulary.name == self.lists.currentData()), None)

    def show_lists(self, lists: Sequence[OpenList], may_change: bool) -> None:
        """Show the lists; the one that was chosen stays chosen."""
        self._lists, self._may_change = lists, may_change
        self.add_button.setVisible(may_change)
        former = self.lists.currentData()
        self.lists.clear()
        for one in lists:
            self.lists.addItem(list_words(one, self._look.tr), one.vocabulary.name)
        self.choose(str(former or ""))

    def choose(self, vocabulary: str) -> None:
        """Show one list; the first where there is none of that name."""
        self.lists.setCurrentIndex(max(self.lists.findData(vocabulary), 0))
        self._show_lines()

    def _show_lines(self) -> None:
        empty_layout(self._lines)
        self.buttons = {}
        if self.chosen is None:
            return
        for one in lines_of(self.chosen.vocabulary, self._look.tr):
            self._lines.addWidget(rule())
            self._lines.addWidget(self._line(one))

    def _line(self, one: ChoiceLine) -> QWidget:
        look, tr = self._look, self._look.tr
        made = QWidget()
        made.setMinimumHeight(look.theme.px(48))
        line = row(made)
        line.setContentsMargins(0, Measure.TIGHT, 0, Measure.TIGHT)
        pair = column(gap=0)
        pair.addWidget(label(one.words))
        if one.is_own:
            pair.addWidget(label(self._told(one), Text.CAPTION))
        line.addLayout(pair, 1)
        if one.is_off:
            line.addWidget(StatusChip(look, tr.text("Switched off"), Icon.HIDE), 0, Qt.AlignmentFlag.AlignVCenter)
        if not self._may_change:
            return made
        if one.is_own:
            edit = button(look, tr.text("Edit"), Icon.EDIT, Weight.QUIET)
            edit.setAccessibleName(tr.text("Edit: {words}", words=one.words))
            edit.clicked.connect(lambda: self.edit_asked.emit(one.code))
            line.addWidget(edit)
        words = tr.text("Switch on") if one.is_off else tr.text("Switch off")
        switch = button(look, words, weight=Weight.QUIET)
        switch.setAccessibleName(f"{words}: {one.words}")
        switch.clicked.connect(lambda: self.switch_asked.emit(one.code, not one.is_off))
        self.buttons[one.code] = switch
        line.addWidget(switch)
        return made

    def _told(self, one: ChoiceLine) -> str:
        """That it is the programme's own, and what it lacks."""
        tr = self._look.tr
        if not one.lacks:
            return tr.text("Added by the programme")
        lacking = ", ".join(labels.field(CHOICE.field(name), tr) for name in one.lacks)
        return tr.text("Added by the programme. No words yet: {languages}", languages=lacking)
