"""SQLCipher under sqlite-utils: opening a database with a raw key, and errors a person can act on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlite_utils import Database

from desk_app.domain.errors import DiskFull, NoAccess, Trouble, VaultDamaged, VaultInUse
from desk_app.domain.names import sort_key
from desk_app.storage import files, wal

# Both are bound as they are. Unless that is said, the library asks each for methods that neither has, which takes it
# longer than writing the row.
sqlcipher3.register_adapter(bytes, bytes)
_NOTHING: dict[None, None] = {}
sqlcipher3.register_adapter(type(None), _NOTHING.get)  # Most values of a row are none: no function of our own for each.

Row = tuple[Any, ...]
PAGE = 4096
"""Bytes of a page of the database, and of its write-ahead log."""
_WAIT_SECONDS = 5
"""How long another program that writes is waited for."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
)


class VaultDatabase(Database):
    """An opened database that knows what is still to be done when the transaction under way ends."""

    def __init__(self, connection: sqlcipher3.Connection) -> None:
        super().__init__(connection, execute_plugins=False)
        self.at_end: dict[Callable[[], None], None] = {}


def connect(path: Path, key: bytes, salt: bytes) -> VaultDatabase:
    """Opens the encrypted database at path with its raw 32-byte key and 16-byte salt.

    Raises `VaultDamaged`, `NoAccess`, `DiskFull` or `VaultInUse`.
    """
    with files.as_trouble(path):
        if wal.is_foreign(path, key, salt):
            raise VaultDamaged(str(path.parent))
    with as_trouble(path):
        # An absolute path is never taken for an address of the form "file:...".
        connection = sqlcipher3.connect(str(path.absolute()), isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.set_key(f"x'{key.hex()}{salt.hex()}'")
            connection.set_busy_timeout(_WAIT_SECONDS)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            connection.create_function("sort_key", 2, _sort_key, deterministic=True)
        except BaseException:
            connection.close()
            raise
        return VaultDatabase(connection)


def _sort_key(text: str | None, language: str) -> str:
    """What SQL puts names in order by. A function of the row, no collation: it is called once a row, not once a
    comparison, so that 100,000 names take half a second and not six."""
    return sort_key(text or "", language)


@contextmanager
def as_trouble(path: Path) -> Iterator[None]:
    """Turns the database's errors that a person can act on into trouble; all others are bugs and pass."""
    try:
        yield
    except (sqlcipher3.DatabaseError, MemoryError) as error:
        trouble = _trouble(error, path)
        if trouble is None:
            raise
        raise trouble from error


def _trouble(error: Exception, path: Path) -> Trouble | None:
    # After a page whose seal is broken SQLCipher refuses the next one as if it were short of memory.
    said = "out of memory" if isinstance(error, MemoryError) else str(error)
    if "disk is full" in said or "disk I/O error" in said:
        return DiskFull(str(path.parent))
    if "unable to open" in said or "readonly" in said or "authorization" in said:
        return NoAccess(str(path.parent))
    if "locked" in said:
        return VaultInUse(str(path.parent))
    if "not a database" in said or "malformed" in said or "out of memory" in said or "hmac" in said:
        return VaultDamaged(str(path.parent))
    return None


def can_be_stored(parameter: object) -> bool:
    """False for a text with halves of surrogate pairs, as bytes typed in another encoding leave them: no row has it."""
    try:
        return not isinstance(parameter, str) or parameter.isascii() or bool(parameter.encode())
    except UnicodeEncodeError:
        return False


@contextmanager
def atomic(db: Database) -> Iterator[None]:
    """One transaction that takes the write lock at once; inside another it is a savepoint of that one."""
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        for act in _acts_at_end(db):
            act()
        db.conn.execute("COMMIT")
    except BaseException:
        db.conn.rollback()
        _acts_at_end(db)
        raise


@contextmanager
def joining(db: Database) -> Iterator[None]:
    """The transaction under way, or one of its own. What fails in it must undo all: to be able to undo a part alone,
    the library seals a copy of every page that the part touches and keeps it in memory."""
    with nullcontext() if db.conn.in_transaction else atomic(db):
        yield


def at_end(db: Database, act: Callable[[], None]) -> None:
    """Does this inside the transaction under way, as its last thing and once, however often it was asked for."""
    if not isinstance(db, VaultDatabase) or not db.conn.in_transaction:
        raise TypeError("nothing is under way that could end")
    db.at_end[act] = None


def _acts_at_end(db: Database) -> list[Callable[[], None]]:
    acts = list(db.at_end) if isinstance(db, VaultDatabase) else []
    if isinstance(db, VaultDatabase):
        db.at_end.clear()
    return acts
