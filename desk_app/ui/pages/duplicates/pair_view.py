"""One pair: both people side by side, why they look alike, and what can be said about them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.domain.records.declaration import Kind
from desk_app.domain.records.sameness import DIFFERENT, OPEN, SAME
from desk_app.i18n.alike_words import why_alike
from desk_app.storage.rows import Record
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.duplicates.read import Opened
from desk_app.ui.pages.duplicates.words import judged, question
from desk_app.ui.pages.review.read import moment_of
from desk_app.ui.pages.side_by_side import client_lines
from desk_app.ui.shortcuts import Key
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import Card, column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.pair_grid import PairGrid, PairLine
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import people

LINK, DIFFER, LATER, UNLINK, REOPEN = "link", "differ", "later", "unlink", "reopen"
"""What can be done about a pair."""
POSSIBLE = {OPEN: (LINK, DIFFER, LATER), DIFFERENT: (LINK, REOPEN), SAME: (UNLINK, DIFFER)}
"""In which state what can be done; the first is what the keyboard comes to."""


class PairView(QWidget):
    """`acted` with what is to be done about the pair; `person_asked` with the id of one of the two."""

    acted = Signal(str)
    person_asked = Signal(str)

    def __init__(self, look: Look, opened: Opened, kind: Kind) -> None:
        super().__init__()
        self._look = look
        tr, pair = look.tr, opened.pair
        lines = column(self, gap=Measure.BETWEEN)
        title = column(gap=Measure.TIGHT)
        title.addWidget(label(question(pair, tr), Text.TITLE))
        if why := why_alike(pair.reasons, tr):
            title.addWidget(muted(why))
        if said := judged(opened, tr):
            title.addWidget(muted(said))
        lines.addLayout(title)
        if pair.likely and pair.state == OPEN:
            lines.addWidget(StatusChip(look, tr.text("Likely one person"), Icon.NOTICE, Tone.ATTENTION))
        card = Card(look)
        heads = [self._head(client) for client in (opened.one, opened.other)]
        card.body.addWidget(PairGrid(look, self._lines(opened, kind), heads))
        lines.addWidget(card)
        acts = QWidget()
        flow = Flow(acts)
        self.buttons = self._buttons(POSSIBLE[pair.state])
        for made in self.buttons.values():
            flow.addWidget(made)
        lines.addWidget(acts)
        if LINK in self.buttons:
            lines.addWidget(
                muted(
                    tr.text(
                        "Nothing is lost by linking: both records stay and are shown on one page. "
                        "It can be taken back at any time."
                    )
                )
            )
        self.setFocusProxy(next(iter(self.buttons.values())))

    def _buttons(self, possible: Sequence[str]) -> dict[str, QPushButton]:
        tr = self._look.tr
        words = {
            LINK: (tr.text("Same person"), Icon.LINK, Key.SAME),
            DIFFER: (tr.text("Two different people"), Icon.PEOPLE, Key.DIFFERENT),
            LATER: (tr.text("Later"), Icon.FORWARD, Key.LATER),
            UNLINK: (tr.text("Take the link back"), Icon.UNLINK, ""),
            REOPEN: (tr.text("Look at it again"), Icon.UNDO, ""),
        }
        found = {}
        for what in possible:
            said, icon, key = words[what]
            made = button(self._look, said, icon, Weight.MAIN if what == LINK else Weight.PLAIN, key)
            made.clicked.connect(lambda _on=False, what=what: self.acted.emit(what))
            found[what] = made
        return found

    def _head(self, client: Record) -> QWidget:
        tr, name = self._look.tr, people.display_name(client)
        made = QWidget()
        lines = column(made, gap=Measure.TIGHT)
        lines.addWidget(label(name, Text.SECTION))
        person = button(self._look, tr.text("Open the person"), Icon.PERSON)
        person.setAccessibleName(tr.text("{label}: {value}", label=tr.text("Open the person"), value=name))
        person.clicked.connect(lambda: self.person_asked.emit(client.id))
        lines.addWidget(person)
        lines.addStretch(1)
        return made

    def _lines(self, opened: Opened, kind: Kind) -> list[PairLine]:
        tr = self._look.tr
        dates = [
            PairLine(words, moment_of(one), moment_of(other))
            for words, one, other in (
                (tr.text("Registered"), opened.one.made, opened.other.made),
                (tr.text("Changed last"), opened.one.changed, opened.other.changed),
            )
        ]
        return [*client_lines(opened.one, opened.other, kind, tr), *dates]
