"""Bundles that go out: for one partner by the way that is chosen, or for everybody into one folder."""

from collections.abc import Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QObject

from desk_app.i18n.places import desk_name
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.exchange import long_work
from desk_app.ui.pages.exchange.all_panel import AllPanel
from desk_app.ui.pages.exchange.panels import SentPanel
from desk_app.ui.pages.exchange.ways import Ways
from desk_app.ui.session import Session
from desk_app.ui.widgets.choose_files import choose_folder
from desk_app.ui.widgets.panel import SidePanel
from desk_app.usecases.exchange import Exported
from desk_app.usecases.exchange_overview import Written


class Sending(QObject):
    """What was made is shown in the page's side panel. `told` is what changes when a bundle was made."""

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel, ways: Ways, told: str) -> None:
        super().__init__(panel)
        self._around = around
        self._session = session
        self._panel = panel
        self._ways = ways
        self._told = told

    def send(self, code: str, full: bool = False) -> None:
        """Choose by which way, then seal what the partner has not confirmed (`full`: everything)."""
        self._ways.choose(code, full, lambda: self._to_folder(code, full), self._sent)

    def to_everybody(self) -> None:
        """Choose the stick or folder, then write a bundle for everybody."""
        tr = self._around.look.tr
        title = tr.text("Choose the stick or folder to write the bundles to")
        folder = choose_folder(self._panel.window(), title)
        if folder is not None:
            work = self._session.work(partial(long_work.write_all, folder))
            self._around.shell.work(tr.text("Sealing the bundles"), work, self._written)

    # Inside

    def _to_folder(self, code: str, full: bool) -> None:
        tr = self._around.look.tr
        folder = choose_folder(self._panel.window(), tr.text("Choose the stick or folder to write the bundle to"))
        if folder is None:
            return
        self._around.shell.work(
            tr.text("Sealing a bundle for {partner}", partner=desk_name(code, tr)),
            self._session.work(partial(long_work.write, code, folder, full)),
            self._sent,
        )

    def _sent(self, made: Exported) -> None:
        if shiboken6.isValid(self):
            self._show_made(made)
        self._around.changes.tell(self._told)

    def _show_made(self, made: Exported) -> None:
        tr = self._around.look.tr
        shown = SentPanel(self._around.look, made)
        shown.full_asked.connect(lambda: self.send(made.to, full=True))
        title = tr.text("Bundle no. {number} for {partner}", number=str(made.number), partner=desk_name(made.to, tr))
        self._panel.hold(title, shown, again=lambda page: page.sending._show_made(made))

    def _written(self, found: tuple[Sequence[Written], int]) -> None:
        if shiboken6.isValid(self):
            self._show_written(*found)
        self._around.changes.tell(self._told)

    def _show_written(self, written: Sequence[Written], left: int) -> None:
        look = self._around.look
        shown = AllPanel(look, written, left, self._around.errors)
        title = look.tr.text("Bundles for everybody")
        self._panel.hold(title, shown, again=lambda page: page.sending._show_written(written, left))
