"""The way in and out: the unlock window, the window with its pages, lock, close.

Only Qt and light code of our own are imported before the unlock window stands, as `entering` says.
"""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from desk_app.i18n.translator import Translator
from desk_app.ui import notices
from desk_app.ui.appearance import Appearance
from desk_app.ui.background import Background
from desk_app.ui.changes import DRAFT, EMPTIED, LOCKING, RESTORING, Changes
from desk_app.ui.clipboard import ClipboardWatch
from desk_app.ui.dialogs.entrance import Entrance
from desk_app.ui.entering import Entering
from desk_app.ui.errors import ErrorReport
from desk_app.ui.idle import IdleWatch
from desk_app.ui.remembered import Remembered
from desk_app.ui.safekeeping import Safekeeping
from desk_app.ui.safety import Safety
from desk_app.ui.theme import Tone

if TYPE_CHECKING:
    from desk_app.storage.vault import Surroundings, Vault
    from desk_app.ui.main_window import MainWindow
    from desk_app.ui.session import Session

MINUTE_MS = 60 * 1000


class Door(QObject):
    """Owns whichever window is open. `left` when the last one was closed and the vault with it."""

    left = Signal()

    def __init__(
        self,
        appearance: Appearance,
        remembered: Remembered,
        folder: Path,
        surroundings: "Callable[[], Surroundings] | None" = None,
        idle_ms: int | None = None,
    ) -> None:
        """`idle_ms`: milliseconds until the lock, in place of what the vault says."""
        super().__init__()
        self._appearance = appearance
        self._remembered = remembered
        self._idle_ms = idle_ms
        self._background = Background(self)
        self._idle: IdleWatch | None = None
        self._clipboard = ClipboardWatch(self)
        self._session: Session | None = None
        self._safety: Safety | None = None
        self._leaving = False
        self.window: MainWindow | None = None
        self.errors = ErrorReport(describe, lambda: appearance.look.tr, self._show_error)
        self._entering = Entering(
            appearance, remembered, folder, surroundings, self._background, self.errors, self._enter
        )
        self._entering.closed.connect(self._leave)

    @property
    def entrance(self) -> Entrance | None:
        """The unlock window, while it stands."""
        return self._entering.entrance

    def open(self) -> None:
        """Show the unlock window."""
        self._entering.begin()

    def lock(self) -> None:
        """Blank the window, keep every draft, close the vault, forget names, ask for the passphrase."""
        if self._session is None:
            return
        who = self._session.user_name
        self._blank()
        self._entering.again(who)

    # The window

    def _enter(self, vault: "Vault") -> None:
        from desk_app.ui import pages
        from desk_app.ui.main_window import MainWindow
        from desk_app.ui.own_words import OwnWords
        from desk_app.ui.session import Session

        changes = Changes()
        session = Session(vault, self._background, changes, self.errors.show)
        self._session = session
        self._safety = safety = Safety(session)
        self._entering.folder = vault.folder
        entries = pages.entries(session)
        made = MainWindow(
            self._appearance,
            entries,
            self._background,
            changes,
            describe,
            self._remembered,
            safety.status,
        )
        made.lock_asked.connect(self.lock)
        made.closed.connect(self._leave)
        self.window = made
        changes.changed.connect(self._changed)
        OwnWords(made, session, changes, self._appearance)
        made.go(entries[0].key)
        made.show()
        self._entering.let_go()
        made.activateWindow()
        self._watch(made)
        safety.ask(made)
        notices.show(made, session)
        Safekeeping(made, session, changes)

    def _watch(self, window: "MainWindow") -> None:
        from desk_app.ui.asleep import AsleepWatch
        from desk_app.usecases import locking

        self._idle = IdleWatch(window, self._idle_ms or locking.USUAL * MINUTE_MS)
        self._idle.idle.connect(self.lock)
        self._idle.lock_pressed.connect(self.lock)
        AsleepWatch(window).away.connect(self.lock)
        self._ask_minutes()

    def _ask_minutes(self) -> None:
        from desk_app.usecases import locking

        watch = self._idle
        if self._session is not None and watch is not None and self._idle_ms is None:
            self._session.ask(
                locking.idle_minutes, lambda minutes: watch.set_milliseconds(minutes * MINUTE_MS), owner=watch
            )

    def _changed(self, kinds: frozenset[str]) -> None:
        if RESTORING in kinds or EMPTIED in kinds:
            self.lock()
            if RESTORING in kinds:
                self._entering.rescue()
        elif LOCKING in kinds:
            self._ask_minutes()
        elif kinds != {DRAFT} and self._safety is not None and self.window is not None:
            self._safety.ask(self.window)

    # Out again

    def _blank(self) -> None:
        session, window = self._session, self.window
        self._session = self.window = self._safety = self._idle = None
        if window is not None:
            self._remembered.geometry = QByteArray(window.saveGeometry())
            window.hide()
            # Its dialogs are windows of their own; one that waits for an answer gets none.
            for dialog in window.findChildren(QDialog):
                dialog.hide()
            self._clipboard.empty()
            window.pages.flush()
            window.deleteLater()
            self._appearance.forget()
        if session is not None:
            session.close()
        del session, window
        QTimer.singleShot(0, self, lambda: gc.collect())

    def _leave(self) -> None:
        if self._leaving:
            return
        self._leaving = True
        self._blank()
        # The last order in the queue: every draft is kept and the vault closed before it.
        self._background.run(lambda _job: None, self._end_soon, self._end_soon)

    def _end_soon(self, _nothing: object) -> None:
        QTimer.singleShot(0, self, self._end)

    def _end(self) -> None:
        self._background.close()
        self.left.emit()

    def _show_error(self, words: str, bug: bool) -> None:
        if self.window is not None:
            self.window.warn(words, Tone.DANGER if bug else Tone.ATTENTION)
        else:
            self._entering.say(words)


def describe(error: BaseException, tr: Translator) -> str:
    """What happened and what to do, in one line."""
    from desk_app.i18n import messages

    words = messages.describe(error, tr)
    return f"{words.sentence} {words.next_step}"
