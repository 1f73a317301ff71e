"""The page of the exchange: who has what, sending, taking in, cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from desk_app.domain.desks import COORDINATOR
from desk_app.storage.outbox import Waiting
from desk_app.sync.carriers import message
from desk_app.ui.courier import OUTBOX, Courier
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.duplicates.notices import ArrivedNotice
from desk_app.ui.pages.exchange import long_work, plan_words
from desk_app.ui.pages.exchange.about import About
from desk_app.ui.pages.exchange.all_panel import AllPanel
from desk_app.ui.pages.exchange.desk_table import DesksCard, Sifted
from desk_app.ui.pages.exchange.outbox_card import OutboxCard
from desk_app.ui.pages.exchange.overview import Overview, overview, strangers_of
from desk_app.ui.pages.exchange.panels import SentPanel
from desk_app.ui.pages.exchange.partner_list import PartnerList
from desk_app.ui.pages.exchange.partner_panel import MissingPanel
from desk_app.ui.pages.exchange.send_panel import SendPanel, WaitingPanel
from desk_app.ui.pages.exchange.sending import Sending
from desk_app.ui.pages.exchange.take_in import DropCard, PlanCard
from desk_app.ui.pages.exchange.way_panels import KindPanel, WayForm, WaysPanel
from desk_app.ui.pages.exchange.ways import Ways
from desk_app.ui.pages.partners.enrolment import Enrolment
from desk_app.ui.pages.partners.notice import PartnersNotice
from desk_app.ui.pages.targets import PERSON, REVIEW, OpenPerson, PlanHeld, SendTo
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import ScrollColumn, across, column, empty_layout
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.choose_files import choose_files, choose_folder
from desk_app.ui.widgets.focus import give_keyboard, has_keyboard, tab_in_order
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.text import muted
from desk_app.usecases import exchange, held
from desk_app.usecases.exchange_overview import Standing
from desk_app.usecases.fetching import Arrived
from desk_app.usecases.merge_plan import FilePlan, Plan
from desk_app.usecases.merge_results import Became, Named

BUNDLE = "bundle"
"""Told like a kind of record when a bundle was made or taken in, or a partner admitted."""

_HELP: Mapping[type, str] = {
    **dict.fromkeys((SendPanel, WaitingPanel, SentPanel, AllPanel), "exchange#send"),
    **dict.fromkeys((WaysPanel, KindPanel, WayForm), "post#connection"),
    MissingPanel: "exchange#missing",
}
"""Where the handbook speaks of what a panel holds."""

SIDE_BY_SIDE = 760
"""Pixels at 100 % text: narrower than this, partners and drop area stand below one another."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is open: a plan, or what became of one. Survives another language or theme."""

    plan: Plan | None = None
    done: tuple[FilePlan, ...] | None = None
    arrived: Arrived | None = None
    """Where the plan's files came from, when they were fetched."""
    sifted: Sifted | None = None


class ExchangePage(Page):
    """At a desk one partner, at a coordinator all of them; files are shown as a plan before anything is taken in."""

    def __init__(self, around: Surroundings, session: Session, courier: Courier) -> None:
        super().__init__(around)
        self._session = session
        self.kinds = frozenset({BUNDLE, OUTBOX, *(kind.name for kind in session.registry)})
        self._kept = Kept()
        self._seen: Overview | None = None
        tr = self.look.tr
        show = button(self.look, tr.text("Show my card"), Icon.ID_CARD)
        admit = button(self.look, tr.text("Admit a partner"), Icon.KEY)
        ways = button(self.look, tr.text("Ways of sending"), Icon.SHARED)
        self.head = PageHead(self.look, tr.text("Exchange"), actions=[ways, show, admit])
        self.body.addWidget(self.head)
        scroll = ScrollColumn(self.look)
        scroll.installEventFilter(self)
        self._scroll = scroll
        self._pair: QBoxLayout | None = None
        self._lines = column(gap=Measure.BETWEEN)
        with_panel = WithPanel(self.look, scroll, least=520)
        self.panel = with_panel.panel
        self.panel.closed.connect(self._stay)
        self.body.addWidget(with_panel, 1)
        self.cards = Enrolment(around, session, self.panel, BUNDLE)
        self.cards.send_asked.connect(self.send)
        self.cards.plan_asked.connect(self.plan_held)
        self.notice = PartnersNotice(around, session, self)
        self.notice.plan_asked.connect(self.plan_held)
        scroll.body.addWidget(self.notice.above)
        self.arrivals = ArrivedNotice(around, session)
        scroll.body.addWidget(self.arrivals)
        scroll.body.addLayout(self._lines)
        scroll.body.addWidget(self.notice.below)
        self.about = About(around, session, self.panel)
        self.about.send_asked.connect(self.send)
        self.about.opened.connect(self.open_record)
        self.ways = Ways(around, session, self.panel, courier)
        self.ways.arrived.connect(self._arrived)
        self.ways.fetching_changed.connect(self._draw)
        self.sending = Sending(around, session, self.panel, self.ways, BUNDLE)
        ways.clicked.connect(self.ways.show_ways)
        show.clicked.connect(self.cards.show_own)
        admit.clicked.connect(self.cards.choose)
        self.partners: PartnerList | None = None
        self.desks: DesksCard | None = None
        self._sifted: Sifted | None = None
        self._planned_for: tuple[Plan, tuple[FilePlan, ...] | None, list[str]] | None = None
        self.plan_card: PlanCard | None = None
        self.drop: DropCard | None = None
        self.outbox: OutboxCard | None = None

    def reload(self) -> None:
        """Ask where the exchange stands."""
        self._session.ask(overview, self._show, owner=self)
        self.notice.reload()

    def arrive(self, target: object) -> None:
        """To what was kept aside, or to sending."""
        match target:
            case PlanHeld():
                self.plan_held()
            case SendTo(code):
                self.send(code)

    def kept(self) -> object:
        """The plan, the results, how the desks are listed."""
        return replace(self._kept, sifted=self.desks.sifted if self.desks is not None else None)

    def take_back(self, kept: object) -> None:
        """Show them again."""
        if isinstance(kept, Kept):
            self._kept, self._sifted = kept, kept.sifted
            self._draw()

    def help_place(self) -> str:
        """About the open panel, or the plan that waits for its answer."""
        if not self.panel.isHidden():
            return _HELP.get(type(self.panel.content), "")
        return "exchange#take-in" if self._kept.plan is not None else ""

    def back(self) -> bool:
        """Close the panel; a plan stays until it is answered."""
        if self.panel.isHidden():
            return False
        self.panel.put_away()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The panel came or went: the cards share another width."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False

    def enter(self) -> None:
        """To the plan, else to the first partner's Send."""
        if self.plan_card is not None:
            give_keyboard(self.plan_card)
        elif self.desks is not None:
            give_keyboard(self.desks)
        elif (first := self._first_send()) is not None:
            first.setFocus()

    def send(self, code: str, full: bool = False) -> None:
        """Choose by which way, then seal what the partner has not confirmed (`full`: everything)."""
        self.sending.send(code, full)

    def plan(self, paths: Sequence[Path]) -> None:
        """Read files or folders and show what they would do; nothing is changed."""
        if not paths:
            return
        self.around.shell.work(
            self.look.tr.text("Reading the files"),
            self._session.work(partial(long_work.read, paths)),
            self._planned,
            owner=self,
        )

    def plan_held(self) -> None:
        """Show what the bundles hold that were kept aside and wait for nothing any more."""
        work = self._session.work(lambda vault, _job: held.plan(vault))
        self.around.shell.work(self.look.tr.text("Reading the files"), work, self._planned, owner=self)

    def take_in(self) -> None:
        """Take in what the plan shows."""
        plan = self._kept.plan
        if plan is None or self.plan_card is None:
            return
        self.plan_card.take.setEnabled(False)
        action = partial(long_work.take_in, plan, self._kept.arrived, self.plan_card.is_confirmed)
        self.around.shell.work(
            self.look.tr.text("Taking in the files"), self._session.work(action), self._taken, on_error=self._not_taken
        )

    def leave(self) -> None:
        """Put the plan, or what became of it, away."""
        self._kept = replace(self._kept, plan=None, done=None, arrived=None)
        self._draw()
        self._stay()

    def open_record(self, one: Named) -> None:
        """A record that a bundle touched: its two versions in the review, else whose page it stands on."""
        field = next((field for field, _ in one.fields if field is not None), None)
        if one.became is Became.DISAGREEMENT and field is not None:
            self.around.shell.go(REVIEW, f"{one.record}.{field.number}")
        elif one.client is not None:
            self.around.shell.go(PERSON, OpenPerson(one.client))

    # Inside

    def _show(self, seen: Overview) -> None:
        self._seen = seen
        if not self._session.is_coordinator:
            tr = self.look.tr
            self.head.set_context(
                tr.text("Safe at the coordinator up to {day}.", day=seen.safe_until)
                if seen.safe_until is not None
                else tr.text("Nothing is safe at the coordinator yet.")
            )
        self._draw()

    def _draw(self) -> None:
        if self._seen is None:
            return
        self._pair = None
        for one in (self.desks, self.plan_card):
            if one is not None:
                self._lines.removeWidget(one)  # It stays as it is, with the keyboard and all.
        empty_layout(self._lines)
        self.drop = self.outbox = self.partners = None
        plan, done = self._kept.plan, self._kept.done
        self.arrivals.tell(done)
        standing = self._draw_desks(self._seen) if self._session.is_coordinator else self._draw_partners(self._seen)
        if plan is None:
            self._drop_plan()
            self._draw_drop(standing)
        else:
            self._draw_plan(plan, done, self._seen.partners)
            self._lines.addWidget(standing)
        if words := strangers_of(self._seen.strangers, self.look.tr):
            self._lines.addWidget(muted(words))
        self._draw_outbox(self._seen.outbox)
        shown = (self.plan_card, self.drop, standing) if self._session.is_coordinator or plan else (standing, self.drop)
        tab_in_order(*(one for one in (*shown, self.outbox, self.notice.below) if one is not None))

    def _draw_partners(self, seen: Overview) -> PartnerList:
        made = PartnerList(self.look, seen, self._session.registry)
        made.send_asked.connect(self.send)
        made.received_asked.connect(self.about.show_received)
        made.admit_asked.connect(self.cards.choose)
        self.partners = made
        return made

    def _draw_desks(self, seen: Overview) -> DesksCard:
        if self.desks is not None and self.desks.lines and seen.partners:
            self.desks.show_standings(seen.partners)
            return self.desks
        if self.desks is not None:
            self.desks.hide()
            self.desks.deleteLater()
        made = DesksCard(self.look, seen.partners, self._sifted)
        made.opened.connect(self._show_partner)
        made.all_asked.connect(self.sending.to_everybody)
        made.admit_asked.connect(self.cards.choose)
        self.desks = made
        return made

    def _show_partner(self, code: str) -> None:
        known = self._seen.partners if self._seen is not None else ()
        self.about.show(next(one for one in known if one.status.code == code))

    def _drop_plan(self) -> None:
        if self.plan_card is not None:
            self.plan_card.hide()
            self.plan_card.deleteLater()
        self.plan_card = self._planned_for = None

    def _draw_plan(self, plan: Plan, done: tuple[FilePlan, ...] | None, known: tuple[Standing, ...]) -> None:
        """Made anew only where something else is to be said: a record may be marked in it."""
        files, is_done = plan.files if done is None else done, done is not None
        missing = plan_words.missing(files, known, self.look.tr, done=is_done)
        if self.plan_card is not None and self._planned_for == (plan, done, missing):
            self._lines.addWidget(self.plan_card)
            return
        had = self.plan_card is not None and has_keyboard(self.plan_card)
        self._drop_plan()
        self._planned_for = plan, done, missing
        self.plan_card = PlanCard(
            self.look,
            files,
            self.around.errors,
            done=is_done,
            unread=len(plan.files) - len(files),
            large=None if is_done else plan.large,
            missing=missing,
        )
        self.plan_card.taken.connect(self.take_in)
        self.plan_card.left.connect(self.leave)
        self.plan_card.review_asked.connect(lambda: self.around.shell.go(REVIEW))
        if done is not None:  # Before that nothing of it is on any page.
            self.plan_card.opened.connect(self.open_record)
        self._lines.addWidget(self.plan_card)
        if had:
            self._to_plan()

    def _draw_outbox(self, entries: Sequence[Waiting]) -> None:
        if entries:
            self.outbox = OutboxCard(self.look, entries)
            self.outbox.try_asked.connect(self.ways.try_now)
            self.outbox.drop_asked.connect(self.ways.drop)
            self._lines.addWidget(self.outbox)

    def _draw_drop(self, standing: QWidget) -> None:
        has_ways = self._seen is not None and self._seen.has_ways
        wide = self._session.is_coordinator
        drop = DropCard(self.look, has_ways=has_ways, fetching=self.ways.is_fetching, wide=wide)
        drop.fetch_asked.connect(self.ways.fetch)
        drop.stop_asked.connect(self.ways.stop)
        drop.dropped.connect(self.plan)
        drop.files_asked.connect(self._choose_files)
        drop.folder_asked.connect(self._choose_folder)
        self.drop = drop
        if wide:
            self._lines.addWidget(drop)
            self._lines.addWidget(standing)
            return
        pair = across(self.look)
        pair.addWidget(standing, 3)
        pair.addWidget(drop, 2)
        self._pair = pair
        self._arrange()
        self._lines.addLayout(pair)

    def _arrange(self) -> None:
        """Side by side where there is room, else below one another."""
        narrow = self._scroll.width() < self.look.theme.px(SIDE_BY_SIDE)
        directions = QBoxLayout.Direction
        if self._pair is not None:
            self._pair.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def _choose_files(self) -> None:
        tr = self.look.tr
        kinds = tr.text("Bundles ({pattern})", pattern=f"*{exchange.SUFFIX} *{message.SUFFIX}")
        self.plan(choose_files(self, tr.text("Choose the bundles to take in"), kinds))

    def _choose_folder(self) -> None:
        folder = choose_folder(self, self.look.tr.text("Choose the stick or folder with the bundles"))
        self.plan([folder] if folder is not None else [])

    def _arrived(self, arrived: Arrived) -> None:
        self._planned(arrived.plan)
        self._kept = replace(self._kept, arrived=arrived)

    def _planned(self, plan: Plan) -> None:
        self._kept = replace(self._kept, plan=plan, done=None, arrived=None)
        self.panel.put_away()
        self._draw()
        self._to_plan()

    def _stay(self) -> None:
        """Where the keyboard was is gone: it stays on the page rather than go to the search box."""
        if not has_keyboard(self):
            self.enter()

    def _to_plan(self) -> None:
        """The keyboard to what is to be done about it, its head in sight."""
        if self.plan_card is not None:
            give_keyboard(self.plan_card)
            self._scroll.verticalScrollBar().setValue(0)

    def _taken(self, done: tuple[FilePlan, ...]) -> None:
        if shiboken6.isValid(self):
            self._kept = replace(self._kept, done=done)
            self._draw()
            self._to_plan()
        self.around.changes.tell(BUNDLE, *(kind.name for kind in self._session.registry))

    def _not_taken(self, error: BaseException) -> None:
        self.around.errors.show(error)
        if shiboken6.isValid(self):
            self._draw()

    def _first_send(self) -> QPushButton | None:
        buttons = self.partners.send_buttons if self.partners is not None else {}
        return buttons.get(COORDINATOR) or next(iter(buttons.values()), None)
