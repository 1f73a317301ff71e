"""Sending by a way that was chosen, setting ways up, fetching: what the page of the exchange does over a connection."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from desk_app.domain.carriers import Kind
from desk_app.domain.errors import ServerKeyUnknown, Trouble
from desk_app.i18n.places import desk_name
from desk_app.storage.outbox import Waiting
from desk_app.storage.vault import Vault
from desk_app.sync.carriers import message, sticks
from desk_app.ui.background import Job
from desk_app.ui.courier import OUTBOX, Courier
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.exchange import long_work
from desk_app.ui.pages.exchange.send_panel import Choices, SendPanel, WaitingPanel
from desk_app.ui.pages.exchange.way_panels import KindPanel, WayForm, WaysPanel
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_new_file
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.panel import SidePanel
from desk_app.ui.widgets.text import label
from desk_app.usecases import carriers, carrying, fetching
from desk_app.usecases.carriers import WayShown
from desk_app.usecases.exchange import Exported
from desk_app.usecases.fetching import Arrived, Fetched

PROPOSED = f"roh{message.SUFFIX}"


class Ways(QObject):
    """Everything happens in the page's side panel. `arrived(Arrived)` when something was fetched and planned."""

    arrived = Signal(object)
    fetching_changed = Signal()

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel, courier: Courier) -> None:
        super().__init__(panel)
        self._around = around
        self._session = session
        self._panel = panel
        self._courier = courier
        self._fetch: Job | None = None
        self._asked = ""

    # Sending

    def choose(self, code: str, full: bool, to_folder: Callable[[], None], done: Callable[[Exported], None]) -> None:
        """Show the ways there are; where no stick is, that is said."""

        def show(choices: Choices) -> None:
            tr = self._around.look.tr
            shown = SendPanel(self._around.look, choices, code)
            shown.stick_chosen.connect(lambda path: self._work(code, partial(_to_stick, code, path, full), done))
            shown.folder_asked.connect(to_folder)
            shown.way_chosen.connect(lambda way, address: self._send(code, way, address, full))
            shown.message_asked.connect(lambda: self._save_message(code, full, done))
            title = tr.text("Send to {partner}", partner=desk_name(code, tr))
            self._panel.hold(title, shown, again=lambda page: page.send(code, full))

        self._session.ask(_choices, show, owner=self)

    def try_now(self) -> None:
        """Carry everything that waits."""
        self._courier.carry(now=True)

    def drop(self, name: str) -> None:
        """Take a bundle off the list."""
        words = self._around.look.tr.text("Taken off the list. What it held goes with the next bundle.")
        self._session.act(
            lambda vault: carrying.take_out(vault, name),
            lambda _none: self._around.shell.say(words),
            OUTBOX,
            owner=self,
        )

    def _work(self, code: str, action: Callable[[Vault], Exported], done: Callable[[Exported], None]) -> None:
        tr = self._around.look.tr
        words = tr.text("Sealing a bundle for {partner}", partner=desk_name(code, tr))
        self._around.shell.work(words, self._session.work(lambda vault, _job: action(vault)), done)

    def _send(self, code: str, way: str, address: str, full: bool) -> None:
        tr = self._around.look.tr
        words = tr.text("Sealing a bundle for {partner}", partner=desk_name(code, tr))
        action = self._session.work(lambda vault, _job: carrying.send(vault, code, way, address, full))
        self._around.shell.work(words, action, self._waits, owner=self)

    def _waits(self, entry: Waiting) -> None:
        self._show_waiting(entry)
        self._around.changes.tell(OUTBOX)
        self._courier.carry()

    def _show_waiting(self, entry: Waiting) -> None:
        look = self._around.look
        shown = WaitingPanel(look, entry)
        self._panel.hold(look.tr.text("On the way"), shown, again=lambda page: page.ways._show_waiting(entry))

    def _save_message(self, code: str, full: bool, done: Callable[[Exported], None]) -> None:
        tr = self._around.look.tr
        kinds = tr.text("Messages ({pattern})", pattern=f"*{message.SUFFIX}")
        path = choose_new_file(self._panel.window(), tr.text("Save the message"), PROPOSED, kinds)
        if path is not None:
            self._work(code, lambda vault: carrying.export_message(vault, code, path, full), done)

    # Fetching

    @property
    def is_fetching(self) -> bool:
        """Whether something is being fetched now."""
        return self._fetch is not None

    def fetch(self) -> None:
        """Ask every way what is new, then plan it."""
        self._session.ask(fetching.errands, self._ask_them, owner=self)

    def stop(self) -> None:
        """Go on with what has come so far."""
        if self._fetch is not None:
            self._fetch.cancel()

    def _ask_them(self, errands: list[fetching.Errand]) -> None:
        if self._fetch is None:
            self._fetch = self._courier.fetch(errands, self._got, self._not_got, self)
            self.fetching_changed.emit()

    def _got(self, fetched: list[Fetched]) -> None:
        self._fetch = None
        self.fetching_changed.emit()
        words = self._around.look.tr.text("Reading the files")
        work = self._session.work(partial(long_work.read_fetched, fetched))
        self._around.shell.work(words, work, self._planned, owner=self)

    def _not_got(self, error: BaseException) -> None:
        self._fetch = None
        self.fetching_changed.emit()
        self._around.errors.show(error)

    def _planned(self, arrived: Arrived) -> None:
        for trouble in arrived.troubles.values():
            self._around.errors.show(trouble)
        if arrived.plan.files:
            self.arrived.emit(arrived)
        elif not arrived.troubles:
            self._around.shell.say(self._around.look.tr.text("Nothing new has come."))

    # Setting ways up

    def show_ways(self) -> None:
        """The list of them."""
        self._session.ask(carriers.ways, self._show_ways, owner=self)

    def _show_ways(self, ways: list[WayShown]) -> None:
        shown = WaysPanel(self._around.look, ways)
        known = {way.name: way for way in ways}
        acts = {"try": self._try, "edit": lambda way: self._form(way.kind, way), "remove": self._remove}
        shown.acted.connect(lambda act, name: acts[act](known[name]))
        shown.add_asked.connect(self._choose_kind)
        shown.agreed.connect(lambda name: self._agree(known[name]))
        title = self._around.look.tr.text("Ways of sending")
        self._panel.hold(title, shown, again=lambda page: page.ways.show_ways())

    def _choose_kind(self) -> None:
        shown = KindPanel(self._around.look)
        shown.chosen.connect(lambda kind: self._form(Kind(kind), None))
        title = self._around.look.tr.text("Add a way")
        self._panel.hold(title, shown, again=lambda page: page.ways._choose_kind())

    def _form(self, kind: Kind, way: WayShown | None) -> None:
        look = self._around.look
        shown = WayForm(look, kind, way)
        save = button(look, look.tr.text("Save"), Icon.SAVE, Weight.MAIN, Key.SAVE)
        save.clicked.connect(lambda: self._save(shown))
        bind(shown, Key.SAVE, lambda: self._save(shown), Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave = button(look, look.tr.text("Cancel"), weight=Weight.QUIET)
        leave.clicked.connect(self.show_ways)
        title = way.name if way is not None else look.tr.text("Add a way")
        self._panel.hold(title, shown, [save, leave], lambda page: page.ways._form(kind, way))

    def _save(self, form: WayForm) -> None:
        if not form.check():
            return
        way, values, password, name = form.way, form.values, form.password.typed(), form.name.field.typed()

        def action(vault: Vault) -> WayShown:
            if way is None:
                return carriers.add(vault, name, form.kind, values, password)
            return carriers.change(vault, way.name, values, password or None)

        self._session.act(action, lambda _way: self.show_ways(), OUTBOX, owner=self)

    def _remove(self, way: WayShown) -> None:
        """Asks first: its password is nowhere else."""
        look, tr = self._around.look, self._around.look.tr
        content = label(tr.text("Its settings and its password are forgotten. What was sent stays sent."))
        remove = button(look, tr.text("Remove"), Icon.DELETE, Weight.DANGER)
        remove.clicked.connect(lambda: self._remove_now(way.name))
        leave = button(look, tr.text("Cancel"), weight=Weight.PLAIN)
        leave.clicked.connect(self.show_ways)
        title = tr.text("Remove {name}", name=way.name)
        lead_to(content, leave)
        self._panel.hold(title, content, [remove, leave], lambda page: page.ways._remove(way))

    def _remove_now(self, name: str) -> None:
        self._session.act(
            lambda vault: carriers.remove(vault, name), lambda _none: self.show_ways(), OUTBOX, owner=self
        )

    def _try(self, way: WayShown) -> None:
        tr = self._around.look.tr
        self._say(way.name, tr.text("Trying …"))

        def failed(error: BaseException) -> None:
            if not isinstance(error, Trouble):
                self._around.errors.show(error)
                return
            self._asked = error.fingerprint if isinstance(error, ServerKeyUnknown) else ""
            self._say(way.name, self._around.errors.words(error), ask_fingerprint=bool(self._asked))

        def asked(opener: carriers.Opener) -> None:
            self._courier.try_out(opener, lambda _none: self._say(way.name, tr.text("It works.")), failed, self)

        self._session.ask(lambda vault: carriers.opener(vault, way.name), asked, owner=self)

    def _agree(self, way: WayShown) -> None:
        told = {**way.told, "fingerprint": self._asked}

        def changed(shown: WayShown) -> None:
            self.show_ways()
            self._try(shown)

        self._session.act(lambda vault: carriers.change(vault, way.name, told), changed, OUTBOX, owner=self)

    def _say(self, name: str, words: str, *, ask_fingerprint: bool = False) -> None:
        if isinstance(self._panel.content, WaysPanel):
            self._panel.content.say(name, words, ask_fingerprint=ask_fingerprint)


def _choices(vault: Vault) -> Choices:
    found = sticks.sticks()
    return Choices(tuple(carriers.ways(vault)), tuple(found), () if found else tuple(sticks.unopened()))


def _to_stick(code: str, path: Path, full: bool, vault: Vault) -> Exported:
    return carrying.send_to_stick(vault, code, path, full)
