"""Making a vault, and opening one: with a passphrase, with the recovery code, with the emergency key."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from desk_app.crypto import escrow, key_acts, keyring
from desk_app.crypto.exchange_keys import day_of
from desk_app.crypto.keyfile import KeyFile
from desk_app.crypto.keyring import Keyring, NewUser, Unsealed
from desk_app.crypto.recovery import RecoveryCode
from desk_app.crypto.signing import SigningKey, device_id, new_signing_key
from desk_app.domain.change import chain_id
from desk_app.domain.clock import Clock, Stamp
from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import (
    FileUnwritable,
    UnknownUser,
    UserNotChosen,
    VaultDamaged,
    VaultExists,
    VaultInUse,
    VaultNewer,
    WrongPassphrase,
)
from desk_app.domain.ids import DeskCode, Incarnation, UserId
from desk_app.domain.rules.roles import Role
from desk_app.storage import exchange_keys, files, key_files, members, meta, schema, sqlcipher, unlocking
from desk_app.storage.journal import Journal
from desk_app.storage.members import Member
from desk_app.storage.vault import DATABASE, Surroundings, Vault

Note = Callable[[Vault], None]
"""Writes down what is about to be done with a vault's keys."""


Deliver = Callable[[RecoveryCode], None]
"""Gives a new recovery code to whoever will keep it."""


def _nothing_noted(_vault: Vault) -> None:
    """Who unlocks with her own passphrase is written down afterwards."""


def _kept_by_caller(_recovery: RecoveryCode) -> None:
    """Who gets the new code with the vault sees to it that it is not lost."""


def create(folder: Path, desk: DeskCode, user: NewUser, surroundings: Surroundings) -> RecoveryCode:
    """Makes a new vault with its first user, who leads it, and returns the recovery code, which is kept nowhere.

    It is made beside its place and moved there, so a vault is never half made. Raises `VaultExists`, `NoAccess`,
    `DiskFull`, `FileUnwritable`.
    """
    made = key_acts.new_key_file(user, surroundings.random)
    with files.as_trouble(folder, FileUnwritable):
        folder = folder.resolve()  # "." has no name to make another beside it.
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise VaultExists(str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = folder.with_name(f".{folder.name}.{surroundings.random(4).hex()}")
        part.mkdir(mode=0o700)
        try:
            _fill(part, desk, made.keys, user.roles, surroundings)
            key_files.write(part, made.key_file)
            if folder.exists():
                folder.rmdir()
            part.rename(folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        files.flush_folder(folder.parent)
    return made.recovery


def open_vault(folder: Path, user: str | None, passphrase: str, surroundings: Surroundings) -> Vault:
    """Opens a vault; without a user's name, the only one's slot. A copy of the key file that is not as the one that
    opened it is mended then, and not before: only the database tells which of two belongs to it. A key file of format
    1 is written as format 2, and what a rotation that was cut short left is tidied. A refused passphrase is noted.

    Raises `VaultMissing`, `VaultDamaged`, `VaultNewer`, `UnknownUser`, `UserNotChosen`, `WrongPassphrase`,
    `KeyFileDamaged`, `KeyFileAltered`, `KeyFileNewer`, and `VaultInUse` where another program writes the keys at that
    moment.
    """
    tried: list[UserId] = []

    def unlocked(key_file: KeyFile) -> Vault:
        if user is None and len(key_file.users) > 1:
            raise UserNotChosen
        slot = key_file.users[0] if user is None else key_file.named(user)
        tried.append(slot.user)
        renewed = keyring.renewed(key_file, slot.name, passphrase, surroundings.random)
        keyrings = keyring.open_slot(renewed, slot.name, passphrase)
        return _opened(folder, _Rewriting(key_file, renewed, key_files.mend), keyrings, surroundings)

    try:
        return unlocking.first_to_open(folder, unlocked)
    except WrongPassphrase:
        key_files.note_refused(folder, key_files.Refusal(surroundings.milliseconds(), tried[0]))
        raise


def open_with_recovery(
    folder: Path,
    code: str,
    user: NewUser,
    surroundings: Surroundings,
    note: Note = _nothing_noted,
    deliver: Deliver = _kept_by_caller,
) -> tuple[Vault, RecoveryCode]:
    """Opens a vault with the recovery code to give the user of that name a new passphrase, and makes a new code.

    She gets back the professions' keys she had. `note` writes it down before it counts, so that a kill between the two
    hides nothing; `deliver` gets the new code before it counts: where that fails the key file stays as it was. Raises
    `RecoveryCodeWrong` and what `open_vault` raises.
    """
    return _reset(folder, lambda key_file: keyring.open_recovery(key_file, code), user, surroundings, note, deliver)


def open_with_escrow(
    folder: Path,
    shares: Sequence[str],
    user: NewUser,
    surroundings: Surroundings,
    note: Note = _nothing_noted,
    deliver: Deliver = _kept_by_caller,
) -> tuple[Vault, RecoveryCode]:
    """The same with two shares of the programme's emergency key, which opens no profession's key.

    Raises `EscrowShareWrong`, `EscrowWrong` and what `open_vault` raises.
    """
    identity = escrow.join(shares)
    return _reset(folder, lambda key_file: keyring.open_escrow(key_file, identity), user, surroundings, note, deliver)


def _reset(
    folder: Path,
    unseal: Callable[[KeyFile], tuple[Unsealed, ...]],
    user: NewUser,
    surroundings: Surroundings,
    note: Note,
    deliver: Deliver,
) -> tuple[Vault, RecoveryCode]:
    def opened(key_file: KeyFile) -> tuple[Vault, RecoveryCode]:
        db, keys = unlocking.connected(folder, unseal(key_file))
        db.conn.close()
        unlocking.refuse_behind(folder, key_file, keys)
        reset = key_acts.reset_user(key_acts.end_rotation(key_file, keys), keys, user, surroundings.random)
        reset, recovery = key_acts.replace_recovery(reset, keys, surroundings.random)
        keyrings = keyring.open_slot(reset, user.name, user.passphrase)

        def write(folder: Path, key_file: KeyFile) -> None:
            deliver(recovery)
            # They count only once they stand on the disk, so this writing may not fail quietly.
            key_files.write(folder, key_file)

        return _opened(folder, _Rewriting(key_file, reset, write, note), keyrings, surroundings), recovery

    return unlocking.first_to_open(folder, opened)


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """What an opening does to the key file: as it was read, as it becomes, how that is written, and what before it."""

    read: KeyFile
    becomes: KeyFile
    write: Callable[[Path, KeyFile], None]
    note: Note = _nothing_noted


def _opened(folder: Path, rewriting: _Rewriting, keyrings: tuple[Keyring, ...], surroundings: Surroundings) -> Vault:
    db, keys = unlocking.connected(folder, keyrings)
    try:
        with sqlcipher.as_trouble(folder / DATABASE):
            if schema.version(db) > schema.VERSION:
                raise VaultNewer(str(folder), schema.version(db))
            vault = _assembled(folder, rewriting.read.vault, db, keys, surroundings)
            who = members.get(db, keys.user_id)
            if who is not None and who.gone is not None:
                raise UnknownUser(who.name)  # An older key file was put back.
            unlocking.sweep(folder)
            rewriting.note(vault)
            with sqlcipher.atomic(db):
                # Stretching a passphrase takes a second, in which a colleague may have written other keys.
                if rewriting.read not in key_files.read_all(folder):
                    raise VaultInUse(str(folder))
                key_file = key_acts.end_rotation(rewriting.becomes, keys)
                rewriting.write(folder, key_acts.with_recovery_complete(key_file, keys))
    except BaseException:
        db.conn.close()
        raise
    return vault


def _fill(folder: Path, desk: DeskCode, keys: Keyring, roles: frozenset[Role], surroundings: Surroundings) -> None:
    db = sqlcipher.connect(folder / DATABASE, keys.data_key.key, keys.data_key.salt)
    try:
        with sqlcipher.as_trouble(folder / DATABASE):
            schema.migrate(db)
            with sqlcipher.atomic(db):
                meta.put(db, "desk", desk)
                meta.put(db, "device_key", new_signing_key(surroundings.random).private.hex())
                exchange_keys.settle(db, day_of(surroundings.milliseconds()))
                meta.put(db, "incarnation", surroundings.random(4).hex())
                _add_first_member(db, desk, keys, roles, surroundings)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.conn.close()


def _assembled(folder: Path, vault: str, db: Database, keys: Keyring, surroundings: Surroundings) -> Vault:
    schema.migrate(db)
    desk = DeskCode(_fact(db, folder, "desk"))
    device_key = SigningKey(bytes.fromhex(_fact(db, folder, "device_key")))
    device = device_id(device_key.public)
    chain = chain_id(device, Incarnation(_fact(db, folder, "incarnation")))
    clock = Clock(surroundings.milliseconds, Stamp(int(meta.get(db, "clock") or 0)))
    journal = Journal(db, surroundings.registry, clock, chain, keys.user_id, surroundings.random, keys.signing_key)
    with sqlcipher.atomic(db):
        schema.fit_projection(db, surroundings.registry, journal.rebuild)
        _add_first_member(db, desk, keys, frozenset(), surroundings)
    return Vault(folder, vault, db, surroundings, journal, desk, device, keys, device_key)


def _add_first_member(
    db: Database, desk: DeskCode, keys: Keyring, roles: frozenset[Role], surroundings: Surroundings
) -> None:
    """Writes the first user down, who leads the desk or the programme. In a vault of schema 1 it is who opens it."""
    if not members.everybody(db):
        leading = Role.COORDINATOR if is_coordinator(desk) else Role.HEAD
        added = surroundings.milliseconds()
        all_roles = frozenset({*roles, leading})
        members.put(db, Member(keys.user_id, keys.user_name, all_roles, keys.signing_key.public, added))


def _fact(db: Database, folder: Path, key: str) -> str:
    found = meta.get(db, key)
    if found is None:
        raise VaultDamaged(str(folder))
    return found
