"""Making, opening and looking at vaults."""

import os
import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app.crypto.keyring import NewUser
from desk_app.crypto.passphrase import Argon2Parameters, calibrate
from desk_app.domain import names
from desk_app.domain.clock import system_milliseconds
from desk_app.domain.errors import PassphraseTooShort, UserNameMissing, UserNameTooLong
from desk_app.domain.ids import DeskCode, UserId
from desk_app.domain.records import ALL
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Role
from desk_app.storage import key_files, opening, restoring
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Surroundings, Vault
from desk_app.usecases import attachments, audit, copies, drafts, exchange_keys, letting_go, membership, tidying

SHORTEST_PASSPHRASE = 12
LONGEST_USER_NAME = 200


def real_surroundings(profile: Path | None = None) -> Surroundings:
    """The declared kinds, the machine's clock and the system's randomness. In `profile` the system's user keeps what
    she last saw of each vault; without it no copy is found out."""
    return Surroundings(ALL, system_milliseconds, secrets.token_bytes, profile)


def create_vault(
    folder: Path,
    desk: DeskCode,
    user_name: str,
    passphrase: str,
    surroundings: Surroundings,
    parameters: Argon2Parameters | None = None,
    user: UserId | None = None,
    roles: Collection[Role] = (),
) -> str:
    """Makes a vault and returns its recovery code in groups, to be written down now: it is kept nowhere.

    `parameters` spares the measuring of the machine where many vaults are made; `user` is a new id unless one is given.
    The first user leads the desk or the programme, and has these `roles` besides.
    Raises `PassphraseTooShort`, `UserNameMissing`, `UserNameTooLong`, `VaultExists`, `NoAccess`, `DiskFull`.
    """
    name = checked_name(user_name)
    check_passphrase(passphrase)
    cost = parameters or measured_cost()
    new_user = NewUser(user or UserId(surroundings.random(4).hex()), name, passphrase, cost, frozenset(roles))
    return opening.create(folder, desk, new_user, surroundings).printed


def checked_name(typed: str) -> str:
    """A user's name as it is kept. Raises `UserNameMissing`, `UserNameTooLong`."""
    name = names.clean(typed).strip()
    if not name:
        raise UserNameMissing
    if len(name) > LONGEST_USER_NAME:
        raise UserNameTooLong(LONGEST_USER_NAME)
    return name


def check_passphrase(new: str) -> None:
    """Refuses a new passphrase that is soon guessed. Raises `PassphraseTooShort`."""
    if len(new) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(SHORTEST_PASSPHRASE)


def measured_cost() -> Argon2Parameters:
    """What a guess of a passphrase shall cost, as much as this machine can bear at each unlock."""
    return calibrate(time.perf_counter, os.cpu_count() or 1)


def unlock(folder: Path, user: str | None, passphrase: str, surroundings: Surroundings) -> Vault:
    """Opens a vault, and writes down who did; the name is read as when it was given.

    Raises what `storage.opening.open_vault` raises, and `DiskFull`: there is no access without a record of it.
    """
    restoring.finish(folder)
    vault = opening.open_vault(folder, None if user is None else names.clean(user).strip(), passphrase, surroundings)
    try:
        membership.settle(vault)
        copies.look(vault)
        exchange_keys.ensure(vault)
        with together(vault):
            for refusal in key_files.take_refused(folder):
                audit.note_refused(vault, refusal.at, refusal.user)
            audit.note_unlocked(vault)
        drafts.take_over(vault)
        letting_go.heed(vault)
        tidying.catch_up(vault)
        attachments.sweep(vault)
    except BaseException:
        vault.close()
        raise
    return vault


@contextmanager
def together(vault: Vault) -> Iterator[None]:
    """Everything done inside is kept at its end, or nothing of it."""
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        yield


def users(folder: Path) -> tuple[str, ...]:
    """Who can open the vault, for the unlock window."""
    restoring.finish(folder)
    return key_files.users(folder)


def lock(vault: Vault) -> None:
    """Closes the vault, whatever happens, and forgets what was kept in memory of its names."""
    try:
        audit.note(vault, Action.LOCKED)
    finally:
        vault.close()
        names.forget()
