"""Before the window: who may open the desk, unlocking it, making one, a forgotten passphrase, bringing a desk back.

Only Qt and light code of our own are imported before the unlock window stands: the database, paper and keys are
imported by the worker while the passphrase is being typed.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desk_app import paths
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
from desk_app.ui.appearance import Appearance
from desk_app.ui.background import Background
from desk_app.ui.dialogs.code_printing import print_code
from desk_app.ui.dialogs.create_card import CreateCard, NewDesk
from desk_app.ui.dialogs.door_card import DoorCard
from desk_app.ui.dialogs.entrance import Entrance
from desk_app.ui.dialogs.forgotten_card import Forgotten, ForgottenCard
from desk_app.ui.dialogs.recovery_card import RecoveryCard
from desk_app.ui.dialogs.rescue_card import Rescue, RescueCard, Way
from desk_app.ui.dialogs.unlock_card import UnlockCard
from desk_app.ui.errors import ErrorReport
from desk_app.ui.remembered import Remembered

if TYPE_CHECKING:
    from desk_app.storage.vault import Surroundings, Vault

LOAD_AFTER_MS = 60
"""The unlock window is painted first; then the worker may take the processor."""


@dataclass(frozen=True, slots=True)
class _Opening:
    """What is opened once its recovery code was written down."""

    folder: Path
    user: str
    passphrase: str = field(repr=False)
    code: str = field(default="", repr=False)
    desk: str = ""


class Entering(QObject):
    """Owns the unlock window, and `entered` is called with the vault; `closed` when the person closes it instead."""

    closed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        remembered: Remembered,
        folder: Path,
        surroundings: "Callable[[], Surroundings] | None",
        background: Background,
        errors: ErrorReport,
        entered: "Callable[[Vault], None]",
    ) -> None:
        super().__init__()
        self.folder = folder
        self.entrance: Entrance | None = None
        self._appearance = appearance
        self._remembered = remembered
        self._surroundings = surroundings or _real_surroundings
        self._background = background
        self._errors = errors
        self._entered = entered
        self._opening: _Opening | None = None

    def begin(self) -> None:
        """Show the unlock window; for a folder where nothing is yet, the form that makes a desk."""
        self._show()
        if self.entrance is not None and _nothing_in(self.folder):
            self.entrance.show_create()
        QTimer.singleShot(LOAD_AFTER_MS, self, self._look_who)

    def again(self, who: str) -> None:
        """Show it after the lock; most often whoever locked comes back."""
        self._show()

        def shown(names: tuple[str, ...]) -> None:
            self._show_users(names)
            if who in names and isinstance(self._card, UnlockCard):
                self._card.choose_user(who)

        self._background.run(lambda _job: _users(self.folder), shown, self._errors.show)

    def rescue(self) -> None:
        """Ask for the backup that a desk is to be restored from."""
        if self.entrance is not None:
            self.entrance.show_rescue(Way.RESTORE)

    def say(self, words: str) -> None:
        """Say what went wrong, where the card has a place for it."""
        if isinstance(self._card, UnlockCard | DoorCard):
            self._card.show_trouble(words)

    def let_go(self) -> None:
        """Put the unlock window away."""
        if self.entrance is not None:
            self.entrance.hide()
            self.entrance.deleteLater()
            self.entrance = None

    # Inside

    @property
    def _card(self) -> QWidget | None:
        return self.entrance.card if self.entrance is not None else None

    def _show(self) -> None:
        made = Entrance(self._appearance, self.folder)
        if self._remembered.geometry is not None:
            made.restoreGeometry(self._remembered.geometry)
        made.unlock_asked.connect(self._unlock)
        made.create_asked.connect(self._create)
        made.reset_asked.connect(self._reset)
        made.print_asked.connect(self._print_code)
        made.rescue_asked.connect(self._rescue)
        made.confirmed.connect(self._open_new)
        made.folder_chosen.connect(self._choose_folder)
        made.closed.connect(self.closed)
        self.entrance = made
        made.show()

    def _choose_folder(self, folder: Path) -> None:
        self.folder = folder
        self._look_who()

    def _look_who(self) -> None:
        folder = self.folder
        if not _nothing_in(folder):
            self._background.run(lambda _job: _users(folder), self._show_users, self._errors.show, owner=self.entrance)
        else:
            self._background.run(lambda _job: _load(), lambda _none: None, self._errors.show, owner=self.entrance)

    def _show_users(self, names: tuple[str, ...]) -> None:
        if self.entrance is not None:
            self.entrance.show_users(names)

    def _unlock(self, user: str, passphrase: str) -> None:
        folder = self.folder

        def work(_job: object) -> "Vault":
            from desk_app.usecases import vaults

            return vaults.unlock(folder, user or None, passphrase, self._surroundings())

        self._background.run(work, self._entered, self._refuse, owner=self.entrance)

    def _refuse(self, error: BaseException) -> None:
        card = self._card
        if isinstance(card, UnlockCard) and isinstance(error, WrongPassphrase):
            card.refuse(self._errors.words(error))
        elif isinstance(card, UnlockCard) and isinstance(error, UserNotChosen):
            card.show_trouble(self._appearance.look.tr.text("Choose who you are first."))
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(card, UnlockCard) and isinstance(error, VaultDamaged | KeyFileDamaged | KeyFileAltered):
            card.show_damage(self._errors.words(error))
        else:
            self._errors.show(error)

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
        card = self._card
        if isinstance(card, CreateCard) and beside is not None:
            card.refuse(beside, self._errors.words(error))
        else:
            self._errors.show(error)

    def _reset(self, forgotten: Forgotten) -> None:
        folder = self.folder

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
        card = self._card
        if isinstance(card, ForgottenCard) and isinstance(error, RecoveryCodeWrong | EscrowShareWrong | EscrowWrong):
            card.refuse(self._errors.words(error))
        else:
            self._errors.show(error)

    def _rescue(self, wish: Rescue) -> None:
        from desk_app.ui import rescuing

        folder = self.folder

        def done(said: rescuing.Said) -> None:
            if self.entrance is not None:
                self.entrance.show_unlock()
                if isinstance(self._card, UnlockCard):
                    self._card.say(said(self._appearance.look.tr))
                self._look_who()

        def work(_job: object) -> rescuing.Said:
            return rescuing.rescue(wish, folder, self._surroundings())

        self._background.run(work, done, self._refuse_rescue, owner=self.entrance)

    def _refuse_rescue(self, error: BaseException) -> None:
        card = self._card
        if isinstance(card, RescueCard) and isinstance(error, WrongPassphrase):
            card.refuse(self._errors.words(error))
        else:
            self._errors.show(error)

    def _show_code(self, code: str, opening: _Opening) -> None:
        self._opening = opening
        if self.entrance is not None:
            self.entrance.show_recovery(code, secrets.randbelow(len(code.split())) + 1, bool(opening.desk))

    def _print_code(self) -> None:
        opening, card = self._opening, self._card
        if opening is not None and isinstance(card, RecoveryCard):
            tr = self._appearance.look.tr
            print_code(self._background, tr, opening.code, opening.desk, self._surroundings, card, card.tell)

    def _open_new(self) -> None:
        if self._opening is not None:
            opening, self._opening = self._opening, None
            self.folder = opening.folder
            self._unlock(opening.user, opening.passphrase)


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


def _nothing_in(folder: Path) -> bool:
    try:
        if folder.with_name(f".{folder.name}.restored").exists():
            return False  # A restore was cut short; looking who can open it finishes that.
        return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError:
        return False
