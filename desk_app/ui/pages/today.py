"""Today: what is due, one line each; every line opens its person or referral."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout

from desk_app.domain.clock import DUSHANBE
from desk_app.domain.errors import RecordNotFound
from desk_app.domain.ids import RecordId, is_record_id
from desk_app.domain.vocabulary import N_
from desk_app.i18n import formats
from desk_app.storage.referrals import Line
from desk_app.storage.vault import Vault
from desk_app.ui.changes import DRAFT
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, PageEntry, Surroundings
from desk_app.ui.pages.duplicates.notices import likely_words
from desk_app.ui.pages.referrals.words import is_unanswered_here
from desk_app.ui.pages.targets import (
    COURSES,
    DIRECTORY,
    DUPLICATES,
    EXCHANGE,
    INTAKE,
    PERSON,
    PROGRAMME,
    REFERRALS,
    REVIEW,
    SETTINGS,
    TRANSFERS,
    EditOrganisation,
    NewPerson,
    NewReferral,
    OpenDuplicates,
    OpenPerson,
    OpenReferral,
    OpenTransfer,
)
from desk_app.ui.pages.today_rows import (
    DraftOf,
    draft_row,
    due_row,
    exchange_troubles,
    referred_row,
    release_row,
    unanswered_row,
)
from desk_app.ui.pages.transfers.read import Waiting, waiting_for_us
from desk_app.ui.pages.transfers.words import row_of
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key
from desk_app.ui.theme import Measure, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import Card, ScrollColumn, column, empty_layout, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.usecases import duplicates, people, records, referral_list
from desk_app.usecases import today as usecase
from desk_app.usecases.drafts import Draft
from desk_app.usecases.today import Today


@dataclass(frozen=True, slots=True)
class _Day:
    today: Today
    drafts: tuple[DraftOf, ...]
    moving: tuple[Waiting, ...]
    referred: tuple[Line, ...]
    """Referrals of other desks that nobody here has answered."""
    twice: int
    """Pairs of people who are likely one."""


class TodayPage(Page):
    """Two columns: what somebody waits for at the left, what is coming at the right."""

    kinds = frozenset({"client", "referral", "followup", "exchange", "transfer", "transfer_request", "sameness", DRAFT})

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        tr = self.look.tr
        intake = button(self.look, tr.text("Intake"), Icon.NEW_PERSON, Weight.MAIN, Key.INTAKE)
        intake.clicked.connect(lambda: around.shell.go(INTAKE, NewPerson()))
        self.head = PageHead(self.look, tr.text("Today"), actions=[intake])
        self.body.addWidget(self.head)
        self._scroll = ScrollColumn(self.look)
        self._strip = column()
        self._scroll.body.addLayout(self._strip)
        self._across = across = row(gap=Measure.BETWEEN)
        self._left, self._right = column(gap=Measure.BETWEEN), column(gap=Measure.BETWEEN)
        across.addLayout(self._left, 3)
        across.addLayout(self._right, 2)
        self._scroll.body.addLayout(across)
        self.body.addWidget(self._scroll, 1)
        self.lists: dict[str, RowList] = {}
        self._clients: dict[str, RecordId] = {}
        self._drafts: dict[str, DraftOf] = {}

    def reload(self) -> None:
        """Read the day again."""
        self._session.ask(_day, self._show, owner=self)

    def enter(self) -> None:
        """Into the first list."""
        for made in self.lists.values():
            made.pick_first()
            return

    def _show(self, day: _Day) -> None:
        shown, tr = day.today, self.look.tr
        self.head.set_context(formats.weekday_date(shown.on, tr.language))
        self.lists = {}
        for side in (self._strip, self._left, self._right):
            empty_layout(side)
        self._show_strip(shown, day.twice)
        late = [due_row(one, tr, shown.on) for one in shown.overdue]
        soon = [due_row(one, tr, shown.on) for one in shown.due_soon]
        waiting = [unanswered_row(one, tr, shown.on) for one in shown.unanswered]
        self._add(self._left, "now", tr.text("Now"), [due_row(one, tr, shown.on) for one in shown.appointments])
        self._add(self._left, "moving", tr.text("Other desks wait for your answer"), self._moving_rows(day))
        self._add(self._left, "overdue", tr.text("Overdue"), late)
        self._add(self._left, "unanswered", tr.text("Needs an answer"), waiting)
        self._add(self._left, "soon", tr.text("Due soon"), soon)
        self._add(self._right, "drafts", tr.text("Drafts"), [draft_row(one, tr) for one in day.drafts])
        self._add(self._right, "releases", tr.text("Released soon"), [release_row(one, tr) for one in shown.releases])
        if not self.lists:
            empty = EmptyState(self.look, tr.text("Nothing is due today."), tr.text("Intake"), Icon.DONE)
            empty.acted.connect(lambda: self.around.shell.go(INTAKE, NewPerson()))
            self._left.addWidget(empty)
        due = (*shown.appointments, *shown.overdue, *shown.due_soon, *shown.releases)
        self._clients = {one.id: one.client for one in due}
        self._drafts = {one.key: one for one in day.drafts}
        self._across.setStretch(1, 2 if self._right.count() else 0)
        for side in (self._left, self._right):
            side.addStretch(1)

    def _moving_rows(self, day: _Day) -> list[Row]:
        own, tr = self._session.desk, self.look.tr
        made = [row_of(one, own, tr, is_open=True) for one in day.moving]
        return [*made, *(referred_row(one, tr) for one in day.referred)]

    def _show_strip(self, shown: Today, twice: int) -> None:
        tr = self.look.tr
        if shown.versions:
            words = tr.plural("{count} field has two versions.", "{count} fields have two versions.", shown.versions)
            differ = Banner(self.look, words, Tone.ATTENTION, tr.text("Look at them"), can_close=False)
            differ.acted.connect(lambda: self.around.shell.go(REVIEW))
            self._strip.addWidget(differ)
        if twice:
            alike = Banner(self.look, likely_words(twice, tr), Tone.ATTENTION, tr.text("Look at them"), can_close=False)
            alike.acted.connect(lambda: self.around.shell.go(DUPLICATES, OpenDuplicates(back="today")))
            self._strip.addWidget(alike)
        if said := exchange_troubles(shown, tr):
            tone = Tone.DANGER if shown.alarms else Tone.ATTENTION
            trouble = Banner(self.look, " ".join(said), tone, tr.text("To the exchange"), can_close=False)
            trouble.acted.connect(lambda: self.around.shell.go(EXCHANGE))
            self._strip.addWidget(trouble)
        if self._session.is_coordinator or not shown.waiting:
            return
        waits = tr.plural("{count} record waits", "{count} records wait", shown.waiting)
        if shown.last_sent is None:
            words = tr.text("{waits} to be sent to the coordinator. Nothing was sent yet.", waits=waits)
        else:
            day = datetime.fromtimestamp(shown.last_sent / 1000, DUSHANBE).date()
            words = tr.text("{waits} to be safe at the coordinator. Last sent on {day}.", waits=waits, day=day)
        if shown.safe_until is not None:
            until = datetime.fromtimestamp(shown.safe_until / 1000, DUSHANBE).date()
            words = f"{words} {tr.text('Safe at the coordinator up to {day}.', day=until)}"
        banner = Banner(self.look, words, Tone.PLAIN, tr.text("Send"), can_close=False)
        banner.acted.connect(lambda: self.around.shell.go(EXCHANGE))
        self._strip.addWidget(banner)

    def _add(self, side: QVBoxLayout, key: str, title: str, rows: list[Row]) -> None:
        if not rows:
            return
        words = self.look.tr.text("{words} ({count})", words=title, count=len(rows))
        card = Card(self.look, words)
        made = RowList(self.look, words, grows=True)
        made.show_rows(rows)
        made.opened.connect(lambda row_key: self._open(key, row_key))
        card.add_list(made)
        self.lists[key] = made
        side.addWidget(card)

    def _open(self, listed: str, key: str) -> None:
        shell = self.around.shell
        if listed == "unanswered":
            shell.go(REFERRALS, OpenReferral(RecordId(key)))
        elif listed == "moving":
            what, _, record = key.partition(":")
            if what == "referral":
                shell.go(REFERRALS, OpenReferral(RecordId(record)))
            else:
                shell.go(TRANSFERS, OpenTransfer(RecordId(record)))
        elif listed == "drafts":
            self._open_draft(self._drafts[key])
        elif listed == "releases":
            shell.go(PERSON, OpenPerson(RecordId(key)))
        else:
            shell.go(PERSON, OpenPerson(self._clients[key], f"edit_followup:{key}"))

    def _open_draft(self, draft: DraftOf) -> None:
        shell = self.around.shell
        about = draft.key.partition(":")[2]
        if draft.kind == "organisation":
            shell.go(DIRECTORY, EditOrganisation(RecordId(about) if about else None))
        elif draft.kind in ("course", "participant"):
            shell.go(COURSES, draft.key)
        elif draft.kind in ("choice", "letter_text"):
            shell.go(PROGRAMME, draft.key)
        elif draft.kind == "desk_profile":
            shell.go(SETTINGS, draft.key)
        elif draft.kind == "transfer_request":
            shell.go(TRANSFERS, draft.key)
        elif draft.client is None:
            shell.go(INTAKE)
        elif draft.kind == "referral":
            shell.go(REFERRALS, NewReferral(draft.client))
        elif draft.kind in ("edit_referral", "answer_referral"):
            shell.go(REFERRALS, OpenReferral(RecordId(about), edit=draft.kind == "edit_referral"))
        else:
            shell.go(PERSON, OpenPerson(draft.client, draft.key))


def _day(vault: Vault) -> _Day:
    found = usecase.today(vault)
    made = tuple(_draft_of(vault, one) for one in found.drafts)
    late = {one.id for one in found.unanswered}
    lines = [] if vault.is_coordinator else referral_list.overview(vault)  # Nobody is referred to a coordinator.
    referred = (one for one in lines if is_unanswered_here(one, vault.desk))
    others = tuple(one for one in referred if one.id not in late)
    return _Day(found, made, waiting_for_us(vault), others, duplicates.counts(vault).likely)


def _draft_of(vault: Vault, draft: Draft) -> DraftOf:
    client, name = None, ""
    if is_record_id(draft.about):
        try:
            record = records.show(vault, draft.about)
            if record.kind != "client":
                record = records.show(vault, record.text("client"))
        except RecordNotFound:
            pass
        else:
            client, name = record.id, people.display_name(record)
    elif draft.kind == INTAKE:
        parts = [draft.values.get(part) for part in ("surname", "given_name", "father_name")]
        name = " ".join(part for part in parts if isinstance(part, str) and part)
    return DraftOf(draft.key, draft.kind, client, name, draft.saved)


def entry(session: Session) -> PageEntry:
    """How the window knows this page."""
    return PageEntry("today", N_("Today"), Icon.TODAY, lambda around: TodayPage(around, session))
