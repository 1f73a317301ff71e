"""A vault: one folder with one encrypted database and two copies of the key file. FORMAT.md says what is where."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from desk_app.crypto import key_acts
from desk_app.crypto.keyfile import KeyFile
from desk_app.crypto.keyring import Keyring
from desk_app.crypto.sealing import ExchangeIdentity
from desk_app.crypto.signing import SigningKey
from desk_app.domain.change import ChainId
from desk_app.domain.clock import Milliseconds
from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import KeyFileAltered
from desk_app.domain.ids import DeskCode, DeviceId, RandomBytes, UserId
from desk_app.domain.records.declaration import Registry
from desk_app.storage import exchange_keys, key_files, sqlcipher
from desk_app.storage.journal import Journal

DATABASE = key_files.DATABASE


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the program is given instead of taking it: the kinds it knows, the clock, randomness."""

    registry: Registry
    milliseconds: Milliseconds
    random: RandomBytes
    profile: Path | None = None
    """Where the system's user keeps what she last saw of each vault (`lease`); None: no copy is looked for."""


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
    keys: Keyring
    device_key: SigningKey = field(repr=False)
    profile: str = ""
    """The id that the system's user has in this vault; empty where no copy is looked for."""

    @property
    def exchange_identities(self) -> list[ExchangeIdentity]:
        """Every private half of this device's exchange keys that is left."""
        return exchange_keys.identities(self.db)

    @property
    def user(self) -> UserId:
        """Who opened it."""
        return self.keys.user_id

    @property
    def user_name(self) -> str:
        """The name of who opened it."""
        return self.keys.user_name

    @property
    def registry(self) -> Registry:
        """The kinds that this program knows."""
        return self.surroundings.registry

    @property
    def is_coordinator(self) -> bool:
        """Whether this vault merges the desks."""
        return is_coordinator(self.desk)

    @property
    def chain(self) -> ChainId:
        """The chain this device writes."""
        return self.journal.chain

    def now(self) -> int:
        """Unix milliseconds."""
        return self.surroundings.milliseconds()

    def key_file(self) -> KeyFile:
        """The key file on the disk, as far as this vault's data key vouches for it.

        Raises `KeyFileAltered`, `KeyFileDamaged`, `KeyFileNewer`, `NoAccess`.
        """
        for key_file in key_files.read_all(self.folder):
            if key_acts.is_ours(key_file, self.id, self.keys):
                return key_acts.end_rotation(key_file, self.keys)
        raise KeyFileAltered

    def rewrite_keys(self, key_file: KeyFile) -> None:
        """Writes both copies of the key file, durable, and takes up what it now gives to whoever opened the vault.

        Raises `UnknownUser` where that is nobody any more, `DiskFull`, `NoAccess`, `FileUnwritable`.
        """
        keys = key_acts.refreshed(key_file, self.keys)
        key_files.write(self.folder, key_file)
        self.keys = keys

    def reopen(self, keys: Keyring) -> None:
        """Another connection, with these keys, in place of the one that was closed. Raises what opening raises."""
        self.db = self.journal.db = sqlcipher.connect(self.folder / DATABASE, keys.data_key.key, keys.data_key.salt)
        self.keys = keys

    def close(self) -> None:
        """Leaves nothing in the write-ahead log and drops the keys with the connection."""
        try:
            with sqlcipher.as_trouble(self.folder / DATABASE):
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.db.conn.close()
