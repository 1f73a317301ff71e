"""The way in and out: unlock, the window with its pages, lock, close.

Only Qt and light code of our own are imported before the unlock window stands: the database, paper and keys are
imported by the worker while the passphrase is being typed.
"""

import gc
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog

from desk_app import paths
from desk_app.domain.clock import today
from desk_app.domain.errors import (
    EscrowShareWrong,
    EscrowWrong,
    KeyFileAltered,
    KeyFileDamaged,
    NoAccess,
    PassphraseTooShort,
    RecoveryCodeWrong,
    UserNameMissing,
    UserNotChosen,
    VaultDamaged,
    VaultExists,
    WrongPassphrase,
)
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.ui import notices
from desk_app.ui.appearance import Appearance
from desk_app.ui.background import Background
from desk_app.ui.changes import DRAFT, EMPTIED, LOCKING, RESTORING, Changes
from desk_app.ui.clipboard import ClipboardWatch
from desk_app.ui.dialogs.code_printing import print_code
from desk_app.ui.dialogs.create_card import CreateCard, NewDesk
from desk_app.ui.dialogs.door_card import DoorCard
from desk_app.ui.dialogs.entrance import Entrance
from desk_app.ui.dialogs.forgotten_card import Forgotten, ForgottenCard
from desk_app.ui.dialogs.recovery_card import RecoveryCard
from desk_app.ui.dialogs.rescue_card import Rescue, RescueCard, Way
from desk_app.ui.dialogs.unlock_card import UnlockCard
from desk_app.ui.errors import ErrorReport
from desk_app.ui.idle import IdleWatch
from desk_app.ui.look import Look
from desk_app.ui.remembered import Remembered
from desk_app.ui.safekeeping import Safekeeping
from desk_app.ui.theme import Tone

if TYPE_CHECKING:
    from desk_app.storage.vault import Surroundings, Vault
    from desk_app.ui.main_window import MainWindow
    from desk_app.ui.session import Session
    from desk_app.ui.sidebar import Status

MINUTE_MS = 60 * 1000
LOAD_AFTER_MS = 60
"""The unlock window is painted first; then the worker may take the processor."""


@dataclass(frozen=True, slots=True)
class _Safety:
    """What the foot of the sidebar says: until which day the coordinator has everything, and what waits."""

    until: date | None
    waiting: int


@dataclass(frozen=True, slots=True)
class _Opening:
    """What is opened once its recovery code was written down."""

    folder: Path
    user: str
    passphrase: str = field(repr=False)
    code: str = field(default="", repr=False)
    desk: str = ""


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
        self._folder = folder
        self._surroundings = surroundings or _real_surroundings
        self._idle_ms = idle_ms
        self._background = Background(self)
        self._idle: IdleWatch | None = None
        self._clipboard = ClipboardWatch(self)
        self._opening: _Opening | None = None
        self._session: Session | None = None
        self._safety: _Safety | None = None
        self._leaving = False
        self.entrance: Entrance | None = None
        self.window: MainWindow | None = None
        self.errors = ErrorReport(describe, lambda: appearance.look.tr, self._show_error)

    def open(self) -> None:
        """Show the unlock window; for a folder where nothing is yet, the form that makes a desk."""
        self._show_entrance()
        if self.entrance is not None and _nothing_in(self._folder):
            self.entrance.show_create()
        QTimer.singleShot(LOAD_AFTER_MS, self, self._look_who)

    def lock(self) -> None:
        """Blank the window, keep every draft, close the vault, forget names, ask for the passphrase."""
        if self._session is None:
            return
        who = self._session.user_name
        self._blank()
        self._show_entrance()

        def shown(names: tuple[str, ...]) -> None:
            self._show_users(names)
            card = self.entrance.card if self.entrance is not None else None
            if who in names and isinstance(card, UnlockCard):
                card.choose_user(who)  # Most often whoever locked comes back.

        self._background.run(lambda _job: _users(self._folder), shown, self.errors.show)

    # Before the window

    def _show_entrance(self) -> None:
        made = Entrance(self._appearance, self._folder)
        if self._remembered.geometry is not None:
            made.restoreGeometry(self._remembered.geometry)
        made.unlock_asked.connect(self._unlock)
        made.create_asked.connect(self._create)
        made.reset_asked.connect(self._reset)
        made.print_asked.connect(self._print_code)
        made.rescue_asked.connect(self._rescue)
        made.confirmed.connect(self._open_new)
        made.folder_chosen.connect(self._choose_folder)
        made.closed.connect(self._leave)
        self.entrance = made
        made.show()

    def _choose_folder(self, folder: Path) -> None:
        self._folder = folder
        self._look_who()

    def _look_who(self) -> None:
        folder = self._folder
        if not _nothing_in(folder):
            self._background.run(lambda _job: _users(folder), self._show_users, self.errors.show, owner=self.entrance)
        else:
            self._background.run(lambda _job: _load(), lambda _none: None, self.errors.show, owner=self.entrance)

    def _show_users(self, names: tuple[str, ...]) -> None:
        if self.entrance is not None:
            self.entrance.show_users(names)

    def _unlock(self, user: str, passphrase: str) -> None:
        folder = self._folder

        def work(_job: object) -> "Vault":
            from desk_app.usecases import vaults

            return vaults.unlock(folder, user or None, passphrase, self._surroundings())

        self._background.run(work, self._enter, self._refuse, owner=self.entrance)

    def _refuse(self, error: BaseException) -> None:
        card = self.entrance.card if self.entrance is not None else None
        if isinstance(card, UnlockCard) and isinstance(error, WrongPassphrase):
            card.refuse(self.errors.words(error))
        elif isinstance(card, UnlockCard) and isinstance(error, UserNotChosen):
            card.show_trouble(self._appearance.look.tr.text("Choose who you are first."))
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(card, UnlockCard) and isinstance(error, VaultDamaged | KeyFileDamaged | KeyFileAltered):
            card.show_damage(self.errors.words(error))
        else:
            self.errors.show(error)

    def _create(self, new: NewDesk) -> None:
        def work(_job: object) -> str:
            from desk_app.domain.ids import DeskCode
            from desk_app.usecases import vaults

            return vaults.create_vault(new.folder, DeskCode(new.desk), new.user, new.passphrase, self._surroundings())

        def made(code: str) -> None:
            self._show_code(code, _Opening(new.folder, new.user, new.passphrase, code, new.desk))

        self._background.run(work, made, self._refuse_new, owner=self.entrance)

    def _refuse_new(self, error: BaseException) -> None:
        beside = {
            VaultExists: "folder",
            NoAccess: "folder",
            UserNameMissing: "user",
            PassphraseTooShort: "passphrase",
        }.get(type(error))
        card = self.entrance.card if self.entrance is not None else None
        if isinstance(card, CreateCard) and beside is not None:
            card.refuse(beside, self.errors.words(error))
        else:
            self.errors.show(error)

    def _reset(self, forgotten: Forgotten) -> None:
        folder = self._folder

        def work(_job: object) -> str:
            from desk_app.usecases import keys

            user, passphrase, around = forgotten.user, forgotten.passphrase, self._surroundings()
            if forgotten.by_escrow:
                return keys.reset_with_escrow(folder, forgotten.digits, user, passphrase, around)
            return keys.reset_with_recovery(folder, forgotten.digits[0], user, passphrase, around)

        def made(code: str) -> None:
            self._show_code(code, _Opening(folder, forgotten.user, forgotten.passphrase))

        self._background.run(work, made, self._refuse_digits, owner=self.entrance)

    def _refuse_digits(self, error: BaseException) -> None:
        card = self.entrance.card if self.entrance is not None else None
        if isinstance(card, ForgottenCard) and isinstance(error, RecoveryCodeWrong | EscrowShareWrong | EscrowWrong):
            card.refuse(self.errors.words(error))
        else:
            self.errors.show(error)

    def _rescue(self, wish: Rescue) -> None:
        from desk_app.ui import rescuing

        folder = self._folder

        def done(said: rescuing.Said) -> None:
            if self.entrance is not None:
                self.entrance.show_unlock()
                if isinstance(self.entrance.card, UnlockCard):
                    self.entrance.card.say(said(self._appearance.look.tr))
                self._look_who()

        def work(_job: object) -> rescuing.Said:
            return rescuing.rescue(wish, folder, self._surroundings())

        self._background.run(work, done, self._refuse_rescue, owner=self.entrance)

    def _refuse_rescue(self, error: BaseException) -> None:
        card = self.entrance.card if self.entrance is not None else None
        if isinstance(card, RescueCard) and isinstance(error, WrongPassphrase):
            card.refuse(self.errors.words(error))
        else:
            self.errors.show(error)

    def _show_code(self, code: str, opening: "_Opening") -> None:
        self._opening = opening
        if self.entrance is not None:
            self.entrance.show_recovery(code, secrets.randbelow(len(code.split())) + 1, bool(opening.desk))

    def _print_code(self) -> None:
        opening, entrance = self._opening, self.entrance
        card = entrance.card if entrance is not None else None
        if opening is not None and isinstance(card, RecoveryCard):
            tr = self._appearance.look.tr
            print_code(self._background, tr, opening.code, opening.desk, self._surroundings, card, card.tell)

    def _open_new(self) -> None:
        if self._opening is not None:
            opening, self._opening = self._opening, None
            self._folder = opening.folder
            self._unlock(opening.user, opening.passphrase)

    # The window

    def _enter(self, vault: "Vault") -> None:
        from desk_app.ui import pages
        from desk_app.ui.main_window import MainWindow
        from desk_app.ui.own_words import OwnWords
        from desk_app.ui.session import Session

        changes = Changes()
        session = Session(vault, self._background, changes, self.errors.show)
        self._session = session
        self._folder = vault.folder
        entries = pages.entries(session)
        made = MainWindow(
            self._appearance,
            entries,
            self._background,
            changes,
            describe,
            self._remembered,
            lambda look: self._status(look, session),
        )
        made.lock_asked.connect(self.lock)
        made.closed.connect(self._leave)
        self.window = made
        changes.changed.connect(self._changed)
        OwnWords(made, session, changes, self._appearance)
        made.go(entries[0].key)
        made.show()
        self._drop_entrance()
        made.activateWindow()
        self._watch(made)
        self._ask_safety()
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

    def _status(self, look: Look, session: "Session") -> "Status":
        from desk_app.ui.sidebar import Status

        tr, safety = look.tr, self._safety
        words, safe = "", True
        if safety is not None and not session.is_coordinator:
            words = (
                tr.text("Safe at the coordinator up to {day}.", day=safety.until)
                if safety.until is not None
                else tr.text("Nothing was sent to the coordinator yet.")
            )
            safe = safety.until is not None and safety.waiting == 0
        return Status(desk_name(session.desk, tr), session.user_name, words, safe)

    def _changed(self, kinds: frozenset[str]) -> None:
        if RESTORING in kinds or EMPTIED in kinds:
            self.lock()
            if RESTORING in kinds and self.entrance is not None:
                self.entrance.show_rescue(Way.RESTORE)
        elif LOCKING in kinds:
            self._ask_minutes()
        elif kinds != {DRAFT}:
            self._ask_safety()

    def _ask_safety(self) -> None:
        # A coordinator is who keeps the others' data safe; counting what waits for a hundred desks takes a second.
        if self._session is not None and not self._session.is_coordinator:
            self._session.ask(_safety, self._show_safety, owner=self.window)

    def _show_safety(self, safety: _Safety) -> None:
        changed, self._safety = safety != self._safety, safety
        if changed and self.window is not None:
            self.window.refresh_status()

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

    def _drop_entrance(self) -> None:
        if self.entrance is not None:
            self.entrance.hide()
            self.entrance.deleteLater()
            self.entrance = None

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
        elif self.entrance is not None and isinstance(self.entrance.card, UnlockCard | DoorCard):
            self.entrance.card.show_trouble(words)


def describe(error: BaseException, tr: Translator) -> str:
    """What happened and what to do, in one line."""
    from desk_app.i18n import messages

    words = messages.describe(error, tr)
    return f"{words.sentence} {words.next_step}"


def _real_surroundings() -> "Surroundings":
    from desk_app.usecases import vaults

    return vaults.real_surroundings(paths.profile_folder())


def _load() -> None:
    """What unlocking needs is imported by the worker, while nobody waits."""
    for name in ("people", "vaults"):
        import_module(f"desk_app.usecases.{name}")


def _users(folder: Path) -> tuple[str, ...]:
    _load()
    from desk_app.usecases import vaults

    return vaults.users(folder)


def _safety(vault: "Vault") -> _Safety:
    from desk_app.usecases import partners

    until = partners.data_safe_until(vault)
    nearest = partners.safest(partners.partners(vault))
    return _Safety(today(until) if until is not None else None, nearest.waiting if nearest else 0)


def _nothing_in(folder: Path) -> bool:
    try:
        if folder.with_name(f".{folder.name}.restored").exists():
            return False  # A restore was cut short; looking who can open it finishes that.
        return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError:
        return False
