"""People between desks: what waits for our answer, what we wait for, what was answered."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.record_panel import RecordPanel
from desk_app.ui.pages.targets import PERSON, AskFor, OpenPerson, OpenTransfer
from desk_app.ui.pages.transfers import answering, read, words
from desk_app.ui.pages.transfers.answering import AnswerPanel, RequestPanel, TransferPanel
from desk_app.ui.pages.transfers.contested import ContestedPanel
from desk_app.ui.pages.transfers.read import Listed, OpenedContested, OpenedRequest, OpenedTransfer
from desk_app.ui.pages.transfers.writing import ASK, ask_task
from desk_app.ui.session import Session
from desk_app.ui.widgets.boxes import Card, ScrollColumn, empty_layout
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.focus import has_keyboard
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.usecases import assigning, transfers
from desk_app.usecases.transfers import Request

KINDS = ("transfer", "transfer_request", "client")
T = TypeVar("T")


class TransfersPage(Page):
    """Three lists; what is opened stands in the panel with its answers."""

    kinds = frozenset((*KINDS, "sameness"))

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._acting = False
        self._kept: Mapping[str, str] = {}
        tr = self.look.tr
        actions = []
        if not session.is_coordinator:
            ask = button(self.look, tr.text("Ask another desk for a person"), Icon.ADD, Weight.MAIN)
            ask.clicked.connect(lambda: self.ask_for(AskFor()))
            actions.append(ask)
        head = PageHead(self.look, tr.text("People between desks"), actions=actions, back=True)
        head.went_back.connect(lambda: around.shell.go("today"))
        self.body.addWidget(head)
        self._scroll = ScrollColumn(self.look)
        self._with_panel = WithPanel(self.look, self._scroll)
        self.panel = self._with_panel.panel
        self.records = RecordPanel(around, session, self.panel)
        self.body.addWidget(self._with_panel, 1)
        self.lists: dict[str, RowList] = {}

    @property
    def shown(self) -> AnswerPanel | None:
        """The transfer or request in the open panel."""
        content = self.panel.content
        return content if isinstance(content, AnswerPanel) and not self.panel.isHidden() else None

    def arrive(self, target: object) -> None:
        """`OpenTransfer`, `AskFor`, or the key of a draft that was begun."""
        match target:
            case OpenTransfer():
                self.open(target.record)
            case AskFor():
                self.ask_for(target)
            case str() if target == ASK:
                self.ask_for(AskFor())
            case _:
                pass

    def reload(self) -> None:
        """Read the lists, and what is open, again."""
        self._session.ask(read.listed, self._show, owner=self)
        if self.shown is not None:
            self.open(self.shown.record)

    def kept(self) -> object:
        """What is open, and the answer that was typed; the form's words go into its draft."""
        self.flush()
        shown = self.shown
        if shown is not None:
            return OpenTransfer(shown.record), shown.kept()
        return (self.records.key, {}) if self.records.key else None

    def take_back(self, kept: object) -> None:
        """Open the same again."""
        if isinstance(kept, tuple):
            target, self._kept = kept
            self.arrive(target)

    def flush(self) -> None:
        """Keep the draft of the question."""
        self.records.flush()

    def enter(self) -> None:
        """Into the first list."""
        for made in self.lists.values():
            made.pick_first()
            return

    def back(self) -> bool:
        """Close the panel, then back to today."""
        if not self.panel.isHidden():
            self.panel.put_away()
        else:
            self.around.shell.go("today")
        return True

    def open(self, record: RecordId) -> None:
        """Show a transfer or a request in the panel."""
        self._session.ask(lambda vault: read.opened(vault, record), self._show_opened, owner=self)

    def ask_for(self, about: AskFor) -> None:
        """Write down whom to ask another desk for."""

        def known(desks: list[str]) -> None:
            self.records.open(ask_task(self.look, self._session.registry, about, tuple(desks)))

        self._session.ask(lambda vault: [str(one) for one in transfers.other_desks(vault)], known, owner=self)

    # Inside

    def _show(self, listed: Listed) -> None:
        tr = self.look.tr
        marked = {key: made.current_key for key, made in self.lists.items()}
        with_keyboard = next((key for key, made in self.lists.items() if made.hasFocus()), "")
        empty_layout(self._scroll.body)
        self.lists = {}
        for key, title, found, is_open in (
            ("for_us", tr.text("Waiting for your answer"), listed.for_us, True),
            ("for_others", tr.text("Waiting for others"), listed.for_others, True),
            ("answered", tr.text("Answered"), listed.answered, False),
        ):
            own = self._session.desk
            self._add(key, title, [words.row_of(one, own, tr, is_open=is_open) for one in found])
            if key in self.lists and marked.get(key):
                self.lists[key].pick(marked[key])
        if with_keyboard and self.lists:  # What was answered may have been the last of its list.
            self.lists.get(with_keyboard, next(iter(self.lists.values()))).pick_first()
        if not self.lists:
            self._scroll.body.addWidget(self._empty())

    def _empty(self) -> EmptyState:
        tr = self.look.tr
        if self._session.is_coordinator:
            return EmptyState(self.look, tr.text("No desk offers a person or asks for one."), icon=Icon.EXCHANGE)
        sentence = tr.text(
            "Nobody is on the way between desks. A person is offered to another desk from the person's own page."
        )
        made = EmptyState(self.look, sentence, tr.text("Ask another desk for a person"), Icon.EXCHANGE)
        made.acted.connect(lambda: self.ask_for(AskFor()))
        return made

    def _add(self, key: str, title: str, rows: list[Row]) -> None:
        if not rows:
            return
        said = self.look.tr.text("{words} ({count})", words=title, count=len(rows))
        card = Card(self.look, said)
        made = RowList(self.look, said, grows=True)
        made.show_rows(rows)
        made.opened.connect(lambda row_key: self.open(RecordId(row_key.partition(":")[2])))
        card.add_list(made)
        self.lists[key] = made
        self._scroll.body.addWidget(card)

    def _show_opened(self, found: OpenedTransfer | OpenedRequest | OpenedContested | None) -> None:
        shown, kept = self.shown, self._kept
        if found is None or (shown is not None and shown.shown == found):
            return
        self.records.close()
        self._kept = {}
        own, leads = self._session.desk, self._session.is_coordinator
        made: AnswerPanel
        if isinstance(found, OpenedTransfer):
            made = TransferPanel(self.look, found, own, leads=leads)
            made.answered.connect(lambda what: self._answer_transfer(made, what))
            title = self.look.tr.text("Transfer")
        elif isinstance(found, OpenedContested):
            made = ContestedPanel(self.look, found)
            made.answered.connect(lambda _what: self._assign(made))
            title = self.look.tr.text("Transfer")
        else:
            made = RequestPanel(self.look, found, own, leads=leads)
            made.answered.connect(lambda what: self._answer_request(made, what))
            title = self.look.tr.text("Request for a transfer")
        made.take_back(kept)
        made.person_asked.connect(lambda client: self.around.shell.go(PERSON, OpenPerson(RecordId(client))))
        self.panel.hold(title, made, list(made.buttons.values()))

    def _answer_transfer(self, panel: AnswerPanel, what: str) -> None:
        assert isinstance(panel, TransferPanel)
        one, answer, tr = panel.shown.transfer.id, panel.answer_words, self.look.tr
        if what == answering.ACCEPT:
            self._act(lambda vault: transfers.accept(vault, one), tr.text("Accepted. The person is yours now."))
        elif what == answering.WITHDRAW:
            self._act(lambda vault: transfers.withdraw(vault, one), tr.text("The offer is withdrawn."))
        elif panel.say_why():
            self._act(lambda vault: transfers.decline(vault, one, answer), tr.text("Declined."))

    def _answer_request(self, panel: AnswerPanel, what: str) -> None:
        assert isinstance(panel, RequestPanel)
        one, answer, tr = panel.shown.request, panel.answer_words, self.look.tr
        if what == answering.OFFER:
            self._offer(one, panel.chosen)
        elif what == answering.ROUTE:
            desk = panel.routed_to()
            if desk:
                self._act(lambda vault: transfers.route(vault, one.id, desk), tr.text("Sent on."))
        elif panel.say_why():
            self._act(lambda vault: transfers.refuse(vault, one.id, answer), tr.text("Refused."))

    def _assign(self, panel: AnswerPanel) -> None:
        assert isinstance(panel, ContestedPanel)
        client, desk = panel.record, panel.said()
        if desk:
            said = self.look.tr.text("Said. The desks hear of it with your next bundles.")
            self._act(lambda vault: assigning.assign(vault, client, desk), said)

    def _offer(self, asked: Request, client: str) -> None:
        def offer(vault: Vault) -> tuple[RecordId, ...]:
            return transfers.offer(vault, client, reason=asked.reason, request=asked.id)

        self._act(offer, self.look.tr.text("Offered. It goes with the next bundle."))

    def _act(self, action: Callable[[Vault], T], said: str) -> None:
        if self._acting:  # A second click must not answer twice.
            return
        self._acting = True

        def done(_done: T) -> None:
            self._acting = False
            had = has_keyboard(self.panel)
            self.panel.let_go()
            if had:
                self.enter()
            self.around.shell.say(said)

        def refused(error: BaseException) -> None:
            self._acting = False
            self.around.errors.show(error)

        self._session.act(action, done, *KINDS, owner=self, on_error=refused)
