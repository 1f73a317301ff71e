"""Same person as ...: the other record is looked for, both stand side by side, and only then they are linked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Kind
from desk_app.domain.records.sameness import DIFFERENT, OPEN
from desk_app.i18n.found_words import why_found
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.person_words import found_row
from desk_app.ui.pages.side_by_side import calm_about_linking, client_lines, head_of
from desk_app.ui.pages.targets import OpenPerson
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import Card, column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.pair_grid import PairGrid
from desk_app.ui.widgets.panel import SidePanel
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.search import SearchBox
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import linking, people, records
from desk_app.usecases.linking import Judged
from desk_app.usecases.people import Found

LINK = "link"
"""What the page is asked for."""
SHOWN = 12
TOLD = ("client", "sameness")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clients side by side, and what was said about them before."""

    one: Record
    other: Record
    state: str


class SearchPanel(QWidget):
    """A box and whoever fits; `typed(text)`, `chosen(id)`."""

    typed = Signal(str)
    chosen = Signal(str)

    def __init__(self, look: Look, name: str, wanted: str) -> None:
        super().__init__()
        tr = look.tr
        self._look = look
        self.rows = RowList(look, tr.text("People"), grows=True)
        self.rows.opened.connect(self.chosen)
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(label(tr.text("Find the other record of {name}.", name=name)))
        self.search = SearchBox(look, tr.text("Name, number or phone, in any letters"))
        self.search.setText(wanted)
        self.search.searched.connect(self.typed)
        self.search.went_down.connect(self.rows.pick_first)
        lines.addWidget(self.search)
        self.nobody = muted(tr.text("Nobody else is found. Type another spelling, or the number."))
        self.nobody.hide()
        lines.addWidget(self.nobody)
        lines.addWidget(self.rows)
        lines.addStretch(1)
        lead_to(self, self.search)

    def show_found(self, found: Sequence[Found]) -> None:
        """Whoever fits, the best first."""
        tr, typed = self._look.tr, self.search.text().strip()
        self.rows.show_rows([found_row(one, why_found(one, typed, tr), tr) for one in found])
        self.nobody.setVisible(not found)


class PairPanel(QWidget):
    """Field by field, this record at the left and the other at the right; what differs is marked and said."""

    def __init__(self, look: Look, pair: Pair, kind: Kind) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(label(tr.text("Is this one person? Compare before you link.")))
        if pair.state != OPEN:
            said = tr.text("They are linked already.")
            if pair.state == DIFFERENT:
                said = tr.text("Somebody said before that these are two different people.")
            lines.addWidget(label(said, Text.STRONG, tone=Tone.ATTENTION))
        card = Card(look)
        heads = head_of(pair.one, tr), head_of(pair.other, tr)
        card.body.addWidget(PairGrid(look, heads, client_lines(pair.one, pair.other, kind, tr), narrow=True))
        lines.addWidget(card)
        lines.addWidget(muted(calm_about_linking(tr)))
        lines.addStretch(1)


class Linking(QObject):
    """Everything happens in the page's side panel."""

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel) -> None:
        super().__init__(panel)
        self._around = around
        self._session = session
        self._panel = panel

    def ask(self, client: Record) -> None:
        """Look for the other record of a client."""
        wanted = " ".join(filter(None, (client.text("surname"), client.text("given_name"))))
        shown = SearchPanel(self._around.look, people.display_name(client), wanted)
        shown.typed.connect(lambda typed: self._find(shown, client.id, typed))
        shown.chosen.connect(lambda other: self._read(client, RecordId(other)))
        title = self._around.look.tr.text("Same person as …")
        self._panel.hold(title, shown, again=lambda page: page.arrive(OpenPerson(client.id, LINK)))
        self._find(shown, client.id, shown.search.text())

    def _find(self, shown: SearchPanel, client: RecordId, typed: str) -> None:
        self._session.ask(
            partial(_others, client, typed.strip(), self._around.look.tr.language.code), shown.show_found, owner=shown
        )

    def _read(self, client: Record, other: RecordId) -> None:
        def pair(vault: Vault) -> Pair:
            return Pair(client, records.show(vault, other), linking.state_of(vault, client.id, other))

        self._session.ask(pair, self._show, owner=self)

    def _show(self, pair: Pair) -> None:
        look, tr = self._around.look, self._around.look.tr
        shown = PairPanel(look, pair, self._session.registry["client"])
        link = button(look, tr.text("Link as one person"), Icon.LINK, Weight.MAIN)
        link.clicked.connect(lambda: self._judge(pair, linking.link, tr.text("They are linked as one person.")))
        differ = button(look, tr.text("Two different people"), Icon.PEOPLE)
        differ.clicked.connect(lambda: self._judge(pair, linking.differ, tr.text("They are kept as two people.")))
        back = button(look, tr.text("Back to the search"), Icon.BACK, Weight.QUIET)
        back.clicked.connect(lambda: self.ask(pair.one))
        lead_to(shown, link)
        self._panel.hold(
            tr.text("One person or two?"), shown, [link, differ, back], lambda page: page.linking._show(pair)
        )

    def _judge(self, pair: Pair, judge: Callable[[Vault, str, str], Judged], words: str) -> None:
        def judged(done: Judged) -> None:
            def back() -> None:
                self._session.act(partial(linking.undo, done=done), lambda _none: None, *TOLD)

            self._panel.let_go()
            self._around.shell.say(words, back)

        self._session.act(lambda vault: judge(vault, pair.one.id, pair.other.id), judged, *TOLD, owner=self)


def _others(client: RecordId, typed: str, language: str, vault: Vault) -> list[Found]:
    """Whoever fits what was typed and is not known to be this person."""
    if not typed:
        return []
    known = set(linking.members(vault, client))
    found = people.find(vault, typed, SHOWN + len(known), language)
    return [one for one in found if one.id not in known][:SHOWN]
