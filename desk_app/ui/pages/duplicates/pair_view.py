"""One pair: both people side by side, why they look alike, and what can be said about them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desk_app.domain.records.declaration import Kind
from desk_app.domain.records.sameness import DIFFERENT, OPEN, SAME
from desk_app.i18n.alike_words import why_alike
from desk_app.storage.rows import Record
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.duplicates.read import Opened
from desk_app.ui.pages.duplicates.words import judged, question, sentence
from desk_app.ui.pages.review.read import moment_of
from desk_app.ui.pages.side_by_side import calm_about_linking, client_lines, head_of
from desk_app.ui.shortcuts import Key
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import Card, column, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.pair_grid import PairGrid, PairLine
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import people

LINK, DIFFER, LATER, UNLINK, REOPEN, NEXT = "link", "differ", "later", "unlink", "reopen", "next"
"""What can be done about a pair."""
POSSIBLE = {OPEN: (LINK, DIFFER, LATER), DIFFERENT: (LINK, REOPEN, NEXT), SAME: (UNLINK, DIFFER, NEXT)}
"""In which state what can be done; the first is what the keyboard comes to."""


class PairView(QWidget):
    """`acted` with what is to be done about the pair; `person_asked` with the id of one of the two.

    It is laid out for `room`, its width in pixels.
    """

    acted = Signal(str)
    person_asked = Signal(str)

    def __init__(self, look: Look, opened: Opened, kind: Kind, room: int) -> None:
        super().__init__()
        self._look = look
        self.opened = opened
        self._kind = kind
        tr, pair = look.tr, opened.pair
        lines = column(self, gap=Measure.BETWEEN)
        title = column(gap=Measure.TIGHT)
        title.addLayout(self._title(opened))
        for words in (sentence(why_alike(pair.reasons, tr)), judged(opened, tr)):
            if words:
                title.addWidget(muted(words))
        lines.addLayout(title)
        acts = QWidget()
        flow = Flow(acts)
        self.buttons = self._buttons(POSSIBLE[pair.state])
        for made in self.buttons.values():
            flow.addWidget(made)
        lines.addWidget(acts)
        card = Card(look)
        grid = self._grid(narrow=False)
        self._wide = grid.minimumSizeHint().width() + 2 * Measure.BETWEEN
        self.narrow = not self.is_wide_enough(room)
        card.body.addWidget(self._grid(narrow=True) if self.narrow else grid)
        lines.addWidget(card)
        if LINK in self.buttons:
            lines.addWidget(muted(calm_about_linking(tr)))
        lead_to(self, next(iter(self.buttons.values())))

    def is_wide_enough(self, room: int) -> bool:
        """Whether so many pixels hold both sides with what each line is about before them."""
        return room >= self._wide

    def _grid(self, *, narrow: bool) -> PairGrid:
        both = self.opened.one, self.opened.other
        heads = head_of(both[0], self._look.tr), head_of(both[1], self._look.tr)
        doors = [self._door(one, head if narrow else "") for one, head in zip(both, heads, strict=True)]
        return PairGrid(self._look, heads, self._lines(self.opened, self._kind), doors, narrow=narrow)

    def _title(self, opened: Opened) -> QHBoxLayout:
        tr, pair = self._look.tr, opened.pair
        line = row(gap=12)
        line.addWidget(label(question(pair, tr), Text.TITLE), 1)
        if pair.likely and pair.state == OPEN:
            chip = StatusChip(self._look, tr.text("Likely one person"), Icon.NOTICE, Tone.ATTENTION)
            line.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _buttons(self, possible: Sequence[str]) -> dict[str, QPushButton]:
        tr = self._look.tr
        words = {
            LINK: (tr.text("Same person"), Icon.LINK, Key.SAME),
            DIFFER: (tr.text("Two different people"), Icon.PEOPLE, Key.DIFFERENT),
            LATER: (tr.text("Later"), Icon.FORWARD, Key.LATER),
            UNLINK: (tr.text("Take the link back"), Icon.UNLINK, ""),
            REOPEN: (tr.text("Look at it again"), Icon.UNDO, ""),
            NEXT: (tr.text("Next"), Icon.FORWARD, Key.SAVE_NEXT),
        }
        found = {}
        for what in possible:
            said, icon, key = words[what]
            made = button(self._look, said, icon, Weight.MAIN if what == LINK else Weight.PLAIN, key)
            made.clicked.connect(lambda _on=False, what=what: self.acted.emit(what))
            found[what] = made
        return found

    def _door(self, client: Record, head: str) -> QPushButton:
        """Away from its side it says whose it is."""
        tr, name = self._look.tr, people.display_name(client)
        words = tr.text("Open the person")
        made = button(self._look, tr.text("{label}: {value}", label=words, value=head) if head else words, Icon.PERSON)
        made.setAccessibleName(tr.text("{label}: {value}", label=tr.text("Open the person"), value=name))
        made.clicked.connect(lambda: self.person_asked.emit(client.id))
        return made

    def _lines(self, opened: Opened, kind: Kind) -> list[PairLine]:
        tr = self._look.tr
        dates = [
            PairLine(words, moment_of(one), moment_of(other))
            for words, one, other in (
                (tr.text("Registered"), opened.one.made, opened.other.made),
                (tr.text("Last changed"), opened.one.changed, opened.other.changed),
            )
        ]
        return [*client_lines(opened.one, opened.other, kind, tr), *dates]
