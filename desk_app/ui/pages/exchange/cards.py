"""Cards: showing one's own, admitting a partner's."""

from pathlib import Path

from PySide6.QtCore import QObject

from desk_app.i18n.places import desk_name
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.exchange.panels import AdmitPanel, OwnCardPanel, digits_file_name
from desk_app.ui.session import Session
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_file, choose_new_file
from desk_app.ui.widgets.panel import SidePanel
from desk_app.usecases import partners
from desk_app.usecases.partners import CardShown

ENDING = ".rohcard"


class Cards(QObject):
    """Both happen in the page's side panel. `told` is what changes when a partner is admitted."""

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel, told: str) -> None:
        super().__init__(panel)
        self._around = around
        self._session = session
        self._panel = panel
        self._told = told

    def show_own(self) -> None:
        """Show the digits of this vault's card."""
        self._session.ask(partners.own_card, self._show_own, owner=self)

    def choose(self) -> None:
        """Choose the file of a partner's card; a damaged one is refused in words."""
        tr = self._around.look.tr
        kinds = tr.text("Cards ({pattern})", pattern=f"*{ENDING}")
        path = choose_file(self._panel.window(), tr.text("Choose the partner's card"), kinds)
        if path is not None:
            self._session.ask(lambda _vault: partners.read_card(path), lambda shown: self._ask(path, shown), owner=self)

    def _show_own(self, own: CardShown) -> None:
        shown = OwnCardPanel(self._around.look, own)
        shown.save_asked.connect(lambda: self._save(own))
        self._panel.hold(self._around.look.tr.text("My card"), shown)

    def _save(self, own: CardShown) -> None:
        tr = self._around.look.tr
        kinds = tr.text("Cards ({pattern})", pattern=f"*{ENDING}")
        path = choose_new_file(self._panel.window(), tr.text("Save the card"), digits_file_name(own), kinds)
        if path is not None:
            self._session.ask(
                lambda vault: partners.write_card(vault, path),
                lambda _own: self._around.shell.say(tr.text("The card was saved.")),
                owner=self,
            )

    def _ask(self, path: Path, shown: CardShown) -> None:
        look = self._around.look
        content = AdmitPanel(look, shown)
        admit = button(look, look.tr.text("Admit"), Icon.CHECK, Weight.MAIN)
        admit.setEnabled(False)
        content.confirmed.connect(admit.setEnabled)
        admit.clicked.connect(lambda: self._admit(path, shown))
        leave = button(look, look.tr.text("Leave"), weight=Weight.QUIET)
        leave.clicked.connect(self._panel.let_go)
        self._panel.hold(look.tr.text("Admit a partner"), content, [admit, leave])

    def _admit(self, path: Path, shown: CardShown) -> None:
        # With the digits that were compared: the file may have been exchanged meanwhile.
        digits = " ".join(shown.digits)
        self._session.act(lambda vault: partners.enrol(vault, path, digits), self._admitted, self._told, owner=self)

    def _admitted(self, shown: CardShown) -> None:
        tr = self._around.look.tr
        self._panel.let_go()
        self._around.shell.say(tr.text("{partner} was admitted.", partner=desk_name(shown.code, tr)))
