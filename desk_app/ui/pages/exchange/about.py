"""About one partner, in the side panel: how it stands, what came of it, what to ask for."""

from PySide6.QtCore import QObject, Signal

from desk_app.i18n.places import desk_name
from desk_app.storage.results import ReceivedBundle
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.exchange.partner_panel import MissingPanel, PartnerPanel
from desk_app.ui.pages.exchange.received_panel import BundlePanel, Opened, ReceivedPanel, opened
from desk_app.ui.session import Session
from desk_app.ui.widgets.panel import SidePanel
from desk_app.usecases import exchange_overview, merge_results
from desk_app.usecases.exchange_overview import Standing, WouldGo


class About(QObject):
    """`send_asked(code, full)`; `opened(Named)` for a record of a bundle that was received."""

    send_asked = Signal(str, bool)
    opened = Signal(object)

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel) -> None:
        super().__init__(panel)
        self._around = around
        self._session = session
        self._panel = panel

    def show(self, one: Standing) -> None:
        """How a partner stands; what would go is counted meanwhile."""
        code = one.status.code
        shown = PartnerPanel(self._around.look, one)
        shown.send_asked.connect(lambda: self.send_asked.emit(code, False))
        shown.full_asked.connect(lambda: self.send_asked.emit(code, True))
        shown.missing_asked.connect(lambda: self._show_missing(one))
        shown.received_asked.connect(lambda: self.show_received(code))
        self._panel.hold(desk_name(code, self._around.look.tr), shown, again=lambda page: page.about.show(one))

        def counted(found: WouldGo) -> None:
            shown.show_going(found, self._session.registry)

        self._session.ask(lambda vault: exchange_overview.would_go(vault, code), counted, owner=shown)

    def show_received(self, code: str) -> None:
        """The bundles of a partner that were taken in."""

        def found(bundles: list[ReceivedBundle]) -> None:
            tr = self._around.look.tr
            shown = ReceivedPanel(self._around.look, bundles)
            shown.chosen.connect(self._read)
            title = tr.text("Received from {partner}", partner=desk_name(code, tr))
            self._panel.hold(title, shown, again=lambda page: page.about.show_received(code))

        self._session.ask(lambda vault: merge_results.received(vault, code), found, owner=self)

    def _read(self, bundle: ReceivedBundle) -> None:
        self._session.ask(lambda vault: opened(vault, bundle), self._show_bundle, owner=self)

    def _show_bundle(self, found: Opened) -> None:
        tr, bundle = self._around.look.tr, found.bundle
        shown = BundlePanel(self._around.look, found, self._session.registry)
        shown.went_back.connect(lambda: self.show_received(bundle.partner))
        shown.opened.connect(self.opened)
        title = tr.text("No. {number} from {partner}", number=str(bundle.number), partner=desk_name(bundle.partner, tr))
        self._panel.hold(title, shown, again=lambda page: page.about._show_bundle(found))

    def _show_missing(self, one: Standing) -> None:
        shown = MissingPanel(self._around.look, one)
        shown.send_asked.connect(lambda: self.send_asked.emit(one.status.code, False))
        title = self._around.look.tr.text("Ask for what is missing")
        self._panel.hold(title, shown, again=lambda page: page.about._show_missing(one))
