"""The whole window on a real vault, as a person meets it: unlock, pages, lock."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.storage.vault import Surroundings, Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.dialogs.unlock_card import UnlockCard
from desk_app.ui.door import Door
from desk_app.ui.main_window import MainWindow
from desk_app.ui.page import Page
from desk_app.ui.remembered import Remembered
from tests.fakes import PASSPHRASE, USER, FakeClock, make_vault, surroundings

T = TypeVar("T")
P = TypeVar("P", bound=Page)
PATIENCE_MS = 20_000


class OpenedDesk:
    """A door with a vault behind it, filled by `fill` before the window opens."""

    def __init__(
        self,
        qtbot: QtBot,
        appearance: Appearance,
        remembered: Remembered,
        folder: Path,
        fill: Callable[[Vault], T] | None = None,
        idle_ms: int | None = None,
        desk: str = "khorugh",
    ) -> None:
        self.qtbot = qtbot
        self.clock = FakeClock()
        vault = make_vault(folder, desk, self.clock)
        self.filled: T | None = fill(vault) if fill is not None else None
        vault.close()
        self.folder = folder / desk
        made = 0

        def around() -> Surroundings:
            nonlocal made
            made += 1
            return surroundings(f"window {made}", self.clock)

        self.door = Door(appearance, remembered, self.folder, around, idle_ms)
        self.is_gone = False
        self.door.left.connect(self._gone)

    def _gone(self) -> None:
        self.is_gone = True

    def open(self, user: str = USER, passphrase: str = PASSPHRASE) -> "OpenedDesk":
        """Unlock as a user; she chooses herself where there are several."""
        if self.door.entrance is None:
            self.door.open()
        entrance = self.door.entrance
        assert entrance is not None
        self.qtbot.waitUntil(lambda: bool(entrance._users), timeout=PATIENCE_MS)
        self.card.choose_user(user)
        self.unlock(passphrase)
        self.qtbot.waitUntil(lambda: self.door.window is not None, timeout=PATIENCE_MS)
        self.window.resize(1366, 768)
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.settle()
        return self

    def unlock(self, passphrase: str) -> None:
        """Type a passphrase and press Enter."""
        card = self.card
        card.passphrase.set_typed(passphrase)
        card.open_button.click()

    @property
    def card(self) -> UnlockCard:
        """The unlock card."""
        assert self.door.entrance is not None
        card = self.door.entrance.card
        assert isinstance(card, UnlockCard)
        return card

    @property
    def window(self) -> MainWindow:
        """The window."""
        assert self.door.window is not None
        return self.door.window

    @property
    def page(self) -> Page:
        """The open page."""
        return self.window.pages.current_page

    def visit(self, kind: type[P], key: str, target: object = None) -> P:
        """Open a page, and have it."""
        self.window.go(key, target)
        self.settle()
        page = self.page
        assert isinstance(page, kind)
        return page

    def settle(self) -> None:
        """Wait until the worker has nothing to do and every answer was shown."""
        background = self.door._background
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not background.busy, timeout=PATIENCE_MS)
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def ask(self, question: Callable[[Vault], T]) -> T:
        """Read something back from the vault behind the window."""
        answers: list[T] = []
        assert self.door._session is not None
        self.door._session.ask(question, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE_MS)
        return answers[0]

    def undo(self) -> None:
        """Press Undo in the snack."""
        assert self.window._snack is not None
        (back,) = self.window._snack.findChildren(QPushButton)
        back.click()
        self.settle()

    def close(self) -> None:
        """Close whatever is open."""
        if not self.is_gone:
            shown: QWidget | None = self.door.window or self.door.entrance
            assert shown is not None
            shown.close()
            self.qtbot.waitUntil(lambda: self.is_gone, timeout=PATIENCE_MS)
