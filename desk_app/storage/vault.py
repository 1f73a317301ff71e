"""A vault: one folder with one encrypted database and two copies of the key file. FORMAT.md says what is where."""

import logging
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from desk_app.crypto import keyfile
from desk_app.crypto.keyfile import KeyFile, NewUser, Opened
from desk_app.crypto.recovery import RecoveryCode
from desk_app.crypto.sealing import ExchangeIdentity, new_exchange_identity
from desk_app.crypto.signing import SigningKey, device_id, new_signing_key
from desk_app.domain.change import ChainId, chain_id
from desk_app.domain.clock import Clock, Milliseconds, Stamp
from desk_app.domain.desks import COORDINATOR
from desk_app.domain.errors import (
    DiskFull,
    FileTooLarge,
    FileUnreadable,
    FileUnwritable,
    KeyFileDamaged,
    NoAccess,
    Trouble,
    UnknownUser,
    VaultDamaged,
    VaultExists,
    VaultMissing,
    VaultNewer,
    WrongPassphrase,
)
from desk_app.domain.ids import DeskCode, DeviceId, Incarnation, RandomBytes, UserId
from desk_app.domain.records.declaration import Registry
from desk_app.storage import files, meta, projection, schema, sqlcipher
from desk_app.storage.journal import Journal

DATABASE = "core.db"
KEY_FILES = ("keys.json", "keys-2.json")

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the program is given instead of taking it: the kinds it knows, the clock, randomness."""

    registry: Registry
    milliseconds: Milliseconds
    random: RandomBytes


@dataclass(slots=True)
class Vault:
    """An opened vault. Everything that happens in it happens on one thread."""

    folder: Path
    id: str
    db: Database
    surroundings: Surroundings
    journal: Journal
    desk: DeskCode
    device: DeviceId
    user: UserId
    user_name: str
    device_key: SigningKey = field(repr=False)
    exchange: ExchangeIdentity = field(repr=False)

    @property
    def registry(self) -> Registry:
        """The kinds that this program knows."""
        return self.surroundings.registry

    @property
    def is_coordinator(self) -> bool:
        """Whether this vault merges the desks."""
        return self.desk == COORDINATOR

    @property
    def chain(self) -> ChainId:
        """The chain this device writes."""
        return self.journal.chain

    def now(self) -> int:
        """Unix milliseconds."""
        return self.surroundings.milliseconds()

    def close(self) -> None:
        """Leaves nothing in the write-ahead log and drops the keys with the connection."""
        try:
            with sqlcipher.as_trouble(self.folder / DATABASE):
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.db.conn.close()


def create(folder: Path, desk: DeskCode, user: NewUser, surroundings: Surroundings) -> RecoveryCode:
    """Makes a new vault with its first user and returns the recovery code, which is kept nowhere.

    It is made beside its place and moved there, so a vault is never half made. Raises `VaultExists`, `NoAccess`,
    `DiskFull`, `FileUnwritable`.
    """
    keys = keyfile.new_key_file(user, surroundings.random)
    with files.as_trouble(folder, FileUnwritable):
        folder = folder.resolve()  # "." has no name to make another beside it.
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise VaultExists(str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = folder.with_name(f".{folder.name}.{surroundings.random(4).hex()}")
        part.mkdir(mode=0o700)
        try:
            _fill(part, desk, keys.key_file, keys.opened, surroundings)
            if folder.exists():
                folder.rmdir()
            part.rename(folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        files.flush_folder(folder.parent)
    return keys.recovery


def users(folder: Path) -> tuple[str, ...]:
    """The names of those who can open the vault.

    Raises `VaultMissing`, `KeyFileDamaged`, `KeyFileNewer`, `NoAccess`.
    """
    return tuple(dict.fromkeys(slot.name for key_file in _key_files(folder) for slot in key_file.users))


def read_key_file(folder: Path) -> KeyFile:
    """The key file from the first copy that is whole.

    Raises `VaultMissing`, `KeyFileDamaged`, `KeyFileNewer`, `NoAccess`.
    """
    return _key_files(folder)[0]


def open_vault(folder: Path, user: str | None, passphrase: str, surroundings: Surroundings) -> Vault:
    """Opens a vault; without a user's name, the only one's slot. A copy of the key file that is not as the one that
    opened it is mended then, and not before: only the database tells which of two belongs to it.

    Raises `VaultMissing`, `VaultDamaged`, `VaultNewer`, `UnknownUser`, `WrongPassphrase`, `KeyFileDamaged`.
    """
    refused: list[Trouble] = []
    for key_file in _key_files(folder):
        try:
            vault = _opened(folder, key_file, user, passphrase, surroundings)
        except (UnknownUser, WrongPassphrase, VaultDamaged) as trouble:
            refused.append(trouble)
            continue
        _mend(folder, keyfile.encode_key_file(key_file))
        return vault
    raise next((trouble for trouble in refused if isinstance(trouble, VaultDamaged)), refused[0])


def _key_files(folder: Path) -> list[KeyFile]:
    """What the copies that are whole say, each vault once: they differ where somebody copied between folders."""
    with files.as_trouble(folder):
        present = [name for name in KEY_FILES if (folder / name).is_file()]
        if not present:
            raise KeyFileDamaged if (folder / DATABASE).is_file() else VaultMissing(str(folder))
    found: dict[str, KeyFile] = {}
    for name in present:
        try:
            key_file = keyfile.decode_key_file(files.read(folder / name, keyfile.SIZE_CAP))
        except (KeyFileDamaged, FileTooLarge, FileUnreadable):
            continue
        found.setdefault(key_file.vault, key_file)
    if not found:
        raise KeyFileDamaged
    return list(found.values())


def _opened(folder: Path, key_file: KeyFile, user: str | None, passphrase: str, surroundings: Surroundings) -> Vault:
    if user is None and len(key_file.users) > 1:
        raise UnknownUser("")
    opened = keyfile.open_slot(key_file, key_file.users[0].name if user is None else user, passphrase)
    path = folder / DATABASE
    with files.as_trouble(folder):
        # SQLite would take a file without one whole page for a new database, and write it.
        if not path.is_file() or path.stat().st_size < sqlcipher.PAGE:
            raise VaultDamaged(str(folder))
    db = sqlcipher.connect(path, opened.data_key.key, opened.data_key.salt)
    try:
        with sqlcipher.as_trouble(path):
            if schema.version(db) > schema.VERSION:
                raise VaultNewer(str(folder), schema.version(db))
            return _assembled(folder, key_file.vault, db, opened, surroundings)
    except BaseException:
        db.conn.close()
        raise


def _fill(folder: Path, desk: DeskCode, key_file: KeyFile, opened: Opened, surroundings: Surroundings) -> None:
    db = sqlcipher.connect(folder / DATABASE, opened.data_key.key, opened.data_key.salt)
    try:
        with sqlcipher.as_trouble(folder / DATABASE):
            schema.migrate(db)
            meta.put(db, "desk", desk)
            meta.put(db, "device_key", new_signing_key(surroundings.random).private.hex())
            meta.put(db, "exchange_key", new_exchange_identity().private)
            meta.put(db, "incarnation", surroundings.random(4).hex())
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.conn.close()
    for name in KEY_FILES:
        files.write(folder / name, keyfile.encode_key_file(key_file))


def _assembled(folder: Path, vault: str, db: Database, opened: Opened, surroundings: Surroundings) -> Vault:
    schema.migrate(db)
    device_key = SigningKey(bytes.fromhex(_fact(db, folder, "device_key")))
    device = device_id(device_key.public)
    chain = chain_id(device, Incarnation(_fact(db, folder, "incarnation")))
    clock = Clock(surroundings.milliseconds, Stamp(int(meta.get(db, "clock") or 0)))
    journal = Journal(db, surroundings.registry, clock, chain, opened.user_id, surroundings.random)
    with sqlcipher.atomic(db):
        schema.fit_projection(db, surroundings.registry, lambda: projection.rebuild(db, surroundings.registry))
    return Vault(
        folder,
        vault,
        db,
        surroundings,
        journal,
        DeskCode(_fact(db, folder, "desk")),
        device,
        opened.user_id,
        opened.user_name,
        device_key,
        ExchangeIdentity(_fact(db, folder, "exchange_key")),
    )


def _fact(db: Database, folder: Path, key: str) -> str:
    found = meta.get(db, key)
    if found is None:
        raise VaultDamaged(str(folder))
    return found


def _mend(folder: Path, data: bytes) -> None:
    """Writes the copies that are not as they should be. One that cannot be written keeps nobody from her work."""
    for name in KEY_FILES:
        path = folder / name
        try:
            if _held(path) != data:
                files.write(path, data)
        except (DiskFull, FileUnwritable, NoAccess):
            _logger.warning("key_file_not_mended")


def _held(path: Path) -> bytes | None:
    try:
        return files.read(path, keyfile.SIZE_CAP)
    except (FileTooLarge, FileUnreadable):
        return None
