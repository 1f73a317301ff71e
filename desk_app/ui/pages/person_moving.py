"""A person who goes to another desk: offered in the side panel, withdrawn, asked for from the page."""

from PySide6.QtCore import QObject

from desk_app.domain.errors import ConsentMissing
from desk_app.domain.ids import RecordId
from desk_app.storage.rows import Record
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.consent_panels import ConsentPanels
from desk_app.ui.pages.record_panel import RecordPanel
from desk_app.ui.pages.targets import TRANSFERS, OpenTransfer
from desk_app.ui.pages.transfers import read, words
from desk_app.ui.pages.transfers.read import Offering, PersonSeen
from desk_app.ui.pages.transfers.words import Notice
from desk_app.ui.pages.transfers.writing import OFFER, known_of, offer_task
from desk_app.ui.session import Session
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.panel import SidePanel
from desk_app.usecases import transfers

WITHDRAW, ANSWER, ASK_FOR = "withdraw_transfer", "answer", "ask_for"
MOVING = frozenset({OFFER, WITHDRAW, ANSWER, ASK_FOR})
"""What the page is asked for, before the colon."""
TOLD = ("transfer", "client")


class Moving(QObject):
    """Everything of transfers on the page of a person."""

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel, records: RecordPanel) -> None:
        super().__init__(panel)
        self._around = around
        self._session = session
        self._panel = panel
        self._records = records
        self._moved_to = ""

    def notice(self, seen: PersonSeen) -> Notice | None:
        """What stands above the person, if anything."""
        self._moved_to = seen.person.moved_to
        session, tr = self._session, self._around.look.tr
        return words.person_notice(seen, session.desk, tr, leads=session.is_coordinator)

    def open(self, what: str, client: Record) -> None:
        """Do what a button asks for."""
        word, _, record = what.partition(":")
        shell = self._around.shell
        if word == WITHDRAW:
            self._withdraw(RecordId(record))
        elif word == ANSWER:
            shell.go(TRANSFERS, OpenTransfer(RecordId(record)))
        elif word == ASK_FOR:
            shell.go(TRANSFERS, known_of(client, self._moved_to or client.text("desk")))
        else:
            self._session.ask(
                lambda vault: read.offering(vault, client.id), lambda known: self._offer(client, known), owner=self
            )

    def _offer(self, client: Record, known: Offering) -> None:
        if known.lacking:
            self._ask_consent(client, known.lacking)
        else:
            self._records.open(offer_task(self._around.look, self._session.registry, client, known))

    def _ask_consent(self, client: Record, purpose: str) -> None:
        look = self._around.look
        said = self._around.errors.words(ConsentMissing(purpose))
        asks = Banner(look, said, Tone.ATTENTION, look.tr.text("Ask for the consent"), can_close=False)
        asks.acted.connect(lambda: ConsentPanels(self._around, self._session, self._panel).ask(client, purpose))
        self._panel.hold(look.tr.text("Transfer to another desk"), asks)

    def _withdraw(self, transfer: RecordId) -> None:
        def withdrawn(_none: None) -> None:
            self._around.shell.say(self._around.look.tr.text("The offer is withdrawn."))

        self._session.act(lambda vault: transfers.withdraw(vault, transfer), withdrawn, *TOLD, owner=self)
