"""Emptying a vault for a journey: the same device under a new data key, without any record.

The database that is left holds who this computer is and whom it knows. The old one can be opened by nobody any more,
whatever a disk keeps of its bytes, for no slot holds its key; so with the backups and attachments beside it.
"""

import shutil
from collections.abc import Callable

from sqlite_utils import Database

from desk_app.crypto.keyfile import DataKey
from desk_app.domain.change import chain_id
from desk_app.domain.errors import FileUnwritable
from desk_app.domain.ids import Incarnation
from desk_app.storage import (
    backup,
    blobs,
    exchange,
    exchange_keys,
    files,
    lease,
    letting_go,
    meta,
    rotation,
    schema,
    sqlcipher,
    unlocking,
)
from desk_app.storage.vault import DATABASE, Vault

KEPT = ("meta", "member", "partner", "partner_key", "exchange_private", "counter", "audit", "bundle_sent")
_NOT_KEPT = (
    "projection",
    "comparing",
    "backup_last",
    "backup_day",
    "backup_second_last",
    "backup_second_day",
    letting_go.KEPT,
)


def wipe(vault: Vault, progress: rotation.Progress, note: Callable[[], None]) -> None:
    """Empties the vault and goes on with it, safe against a kill at any step: it is either as it was or emptied.

    Once nobody else has the vault open, `note` writes down what is about to be done, and the backups go, whose key
    files hold the old key; the attachments go last, for nothing opens them any more.
    Raises `RecoveryCodeOutdated`, `VaultInUse`, `DiskFull`, `NoAccess`, `FileUnwritable`.
    """

    def emptied(alone: Vault, data_key: DataKey) -> dict[str, int]:
        note()
        held = _emptied(alone, data_key)
        _remove(alone, backup.FOLDER)
        return held

    rotation.renew(vault, progress, emptied)
    with sqlcipher.as_trouble(vault.folder / DATABASE), sqlcipher.atomic(vault.db):
        vault.journal.chain = chain_id(vault.device, Incarnation(meta.get(vault.db, "incarnation") or ""))
        schema.fit_projection(vault.db, vault.registry, vault.journal.rebuild)
    _remove(vault, blobs.FOLDER)


def _emptied(vault: Vault, data_key: DataKey) -> dict[str, int]:
    path = vault.folder / unlocking.NEXT
    db = sqlcipher.connect(path, data_key.key, data_key.salt)
    try:
        with sqlcipher.as_trouble(path):
            schema.migrate(db)
            with sqlcipher.atomic(db):
                for table in KEPT:
                    _copy(vault.db, db, table)
                for key in _NOT_KEPT:
                    db.execute("DELETE FROM meta WHERE key = ?", [key])
                lease.begin_anew(db, vault.surroundings.random, vault.profile)
                exchange_keys.keep_known(db, vault.db)
                exchange.note_emptied(db, vault.db)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return rotation.counts(db)
    finally:
        db.conn.close()


def _copy(source: Database, target: Database, table: str) -> None:
    found = source.execute(f"SELECT * FROM {table}").fetchall()
    if found:
        marks = ", ".join("?" * len(found[0]))
        target.conn.executemany(f"INSERT INTO {table} VALUES({marks})", found)


def _remove(vault: Vault, name: str) -> None:
    place = vault.folder / name
    with files.as_trouble(place, FileUnwritable):
        if place.is_dir():
            shutil.rmtree(place)
            files.flush_folder(vault.folder)
