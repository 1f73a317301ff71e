"""People: search as one types, in any script; whoever is marked stands at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.ids import RecordId
from desk_app.domain.vocabulary import N_
from desk_app.i18n.found_words import why_found
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, PageEntry, Search, Surroundings
from desk_app.ui.pages.people_preview import PersonPreview
from desk_app.ui.pages.person_words import client_row, found_row
from desk_app.ui.pages.targets import (
    DUPLICATES,
    INTAKE,
    PERSON,
    REFERRALS,
    TRANSFERS,
    AskFor,
    NewPerson,
    NewReferral,
    OpenDuplicates,
    OpenPerson,
)
from desk_app.ui.pages.transfers.read import PersonSeen, person_seen
from desk_app.ui.pages.transfers.words import person_notice
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column, row, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.search import SearchBox
from desk_app.ui.widgets.text import label
from desk_app.usecases import people
from desk_app.usecases.people import Found

SHOWN = 200
PREVIEW_PAUSE_MS = 80
LIST_WIDTH, LEAST_PREVIEW = 440, 300
"""Pixels at 100 % text: how wide the list is, and what the person beside it needs."""


@dataclass(frozen=True, slots=True)
class _Listed:
    typed: str
    found: Sequence[Found]
    latest: Sequence[Record]


class PeoplePage(Page):
    """The list at the left, the marked person at the right."""

    kinds = frozenset({"client", "consent", "need", "service", "referral", "followup", "letter", "transfer"})

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        tr = self.look.tr
        intake = button(self.look, tr.text("Intake"), Icon.NEW_PERSON, Weight.MAIN, Key.INTAKE)
        intake.clicked.connect(self._register)
        moving = button(self.look, tr.text("Between desks"), Icon.EXCHANGE)
        moving.setToolTip(tr.text("People between desks"))
        moving.clicked.connect(lambda: around.shell.go(TRANSFERS))
        alike = button(self.look, tr.text("Duplicates"), Icon.COMPARE)
        alike.clicked.connect(lambda: around.shell.go(DUPLICATES, OpenDuplicates()))
        self.body.addWidget(PageHead(self.look, tr.text("People"), actions=[alike, moving, intake]))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PREVIEW_PAUSE_MS)
        self._pause.timeout.connect(self._show_marked)
        self.search = SearchBox(self.look, tr.text("Name, number or phone, in any letters"))
        self.search.searched.connect(lambda _text: self.reload())
        self.search.went_down.connect(self.enter)
        self.list = RowList(self.look, tr.text("People"), double=True)
        self.list.opened.connect(self._open)
        self.list.picked.connect(self._pause_preview)
        self.preview = PersonPreview(self.look, session.registry)
        self.preview.asked.connect(self._asked)
        self._add_columns()

    def arrive(self, target: object) -> None:
        """A `Search`: look for its text."""
        if isinstance(target, Search):
            self.search.setText(target.text)
            self.reload()

    def reload(self) -> None:
        """Read the list again."""
        typed = self.search.text().strip()
        language = self.look.tr.language.code
        self._session.ask(lambda vault: _listed(vault, typed, language), self._show, owner=self)

    def kept(self) -> object:
        """What was searched for and who is marked."""
        return self.search.text(), self.list.current_key

    def take_back(self, kept: object) -> None:
        """Search and mark the same."""
        if isinstance(kept, tuple):
            self.search.setText(str(kept[0]))
            self.reload()

    def enter(self) -> None:
        """Into the list."""
        self.list.pick_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where large text leaves no room beside the list, the list stands alone; Enter or two clicks open."""
        super().resizeEvent(event)
        theme, width = self.look.theme, event.size().width()
        alone = width - theme.width(LIST_WIDTH) < theme.px(LEAST_PREVIEW)
        self._side.setFixedWidth(width if alone else theme.width(LIST_WIDTH))
        self._rule.setVisible(not alone)
        self.preview.setVisible(not alone)

    def back(self) -> bool:
        """Empty the search."""
        if not self.search.text():
            return False
        self.search.clear()
        return True

    # Inside

    def _add_columns(self) -> None:
        across = row(gap=0)
        self._side = left = QWidget()
        lines = column(left)
        lines.setContentsMargins(Measure.EDGE, Measure.BETWEEN, Measure.INSIDE, 0)
        lines.addWidget(self.search)
        self._said = label("", Text.CAPTION)
        self._said.setContentsMargins(12, 0, 0, 0)
        lines.addWidget(self._said)
        self._left = QStackedWidget()
        self._left.addWidget(self.list)
        self._left.addWidget(self._nobody())
        lines.addWidget(self._left, 1)
        across.addWidget(left)
        self._rule = rule(upright=True)
        across.addWidget(self._rule)
        across.addWidget(self.preview, 1)
        self.body.addLayout(across, 1)

    def _nobody(self) -> EmptyState:
        tr = self.look.tr
        empty = EmptyState(self.look, tr.text("Nobody is found. Register the person."), tr.text("Intake"))
        empty.acted.connect(self._register)
        if not self._session.is_coordinator:  # It has everybody: whom it does not find nobody has.
            ask = button(self.look, tr.text("Ask another desk for this person"), Icon.EXCHANGE)
            ask.clicked.connect(self._ask_another)
            empty.add_action(ask)
        return empty

    def _show(self, listed: _Listed) -> None:
        if listed.typed != self.search.text().strip():
            return
        tr = self.look.tr
        if listed.typed:
            rows = [found_row(one, why_found(one, listed.typed, tr), tr) for one in listed.found]
            self._said.setText(tr.plural("{count} person found", "{count} people found", len(rows)))
        else:
            rows = [client_row(one, tr) for one in listed.latest]
            self._said.setText(tr.text("Changed last"))
        self.list.show_rows(rows)
        self._left.setCurrentIndex(0 if rows else 1)
        if rows and self.list.current_key not in [one.key for one in rows]:
            self.list.pick(rows[0].key)
        self._show_marked()

    def _pause_preview(self, _key: str) -> None:
        self._pause.start()

    def _show_marked(self) -> None:
        self._pause.stop()
        key = self.list.current_key
        if not key or self._left.currentIndex():
            self.preview.show_nobody()
            return
        client = RecordId(key)
        self._session.ask(lambda vault: person_seen(vault, client), self._preview, owner=self)

    def _preview(self, seen: PersonSeen) -> None:
        session = self._session
        said = person_notice(seen, session.desk, self.look.tr, leads=session.is_coordinator)
        self.preview.show_person(seen.person, said)

    def _open(self, key: str) -> None:
        self.around.shell.go(PERSON, OpenPerson(RecordId(key)))

    def _asked(self, what: str) -> None:
        client = self.preview.client
        if client is None:
            return
        if what == "refer":
            self.around.shell.go(REFERRALS, NewReferral(client))
        else:
            self.around.shell.go(PERSON, OpenPerson(client, what))

    def _ask_another(self) -> None:
        typed = self.search.text().strip()
        is_number = any(letter.isdigit() for letter in typed)
        self.around.shell.go(TRANSFERS, AskFor(number=typed) if is_number else AskFor(name=typed))

    def _register(self) -> None:
        self.around.shell.go(INTAKE, NewPerson(self.search.text().strip()))


def _listed(vault: Vault, typed: str, language: str) -> _Listed:
    if typed:
        return _Listed(typed, people.find(vault, typed, SHOWN, language), ())
    return _Listed(typed, (), people.latest(vault, SHOWN))


def entry(session: Session) -> PageEntry:
    """How the window knows this page."""
    return PageEntry("people", N_("People"), Icon.PEOPLE, lambda around: PeoplePage(around, session))
