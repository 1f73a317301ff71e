"""A new data key for a vault, safe against a kill at any step: at every moment the key file opens what is `core.db`.

1. `core.next`: the whole database under the new key, checked and on the disk. 2. The key file with both data keys.
3. `core.next` takes the place of `core.db`. 4. The key file with the new data key alone. Whoever opens the vault next
tidies what a kill left (`unlocking.connected`, `unlocking.sweep`).

Backups made before lie where they were, sealed with the old key.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from desk_app.crypto import key_acts
from desk_app.crypto.keyfile import DataKey, KeyFile
from desk_app.crypto.keyring import Keyring
from desk_app.domain.errors import FileUnwritable, VaultDamaged
from desk_app.storage import check, files, key_files, sqlcipher, unlocking
from desk_app.storage.unlocking import NEXT
from desk_app.storage.vault import DATABASE, Vault

Progress = Callable[[int, int], None]
"""Called with steps done and steps in all."""

Export = Callable[[Vault, DataKey], dict[str, int]]
"""Writes `core.next` under a data key and says how many rows each of its tables must have."""

STEPS = 4


def rotate(vault: Vault, progress: Progress) -> None:
    """Seals the whole vault with a new data key, for everybody who could open it, and goes on with it.

    Raises `RecoveryCodeOutdated`, `VaultInUse`, `DiskFull`, `NoAccess`, `FileUnwritable`; where it does so before the
    new database stands in its place, the old key stays.
    """
    renew(vault, progress, _export)


def renew(vault: Vault, progress: Progress, export: Export) -> None:
    """The same with whatever database `export` writes to `core.next` under the new key. Raises as `rotate`."""
    keys = replace(vault.keys, data_key=DataKey(vault.surroundings.random(32), vault.surroundings.random(16)))
    both = key_acts.begin_rotation(vault.key_file(), vault.keys, keys.data_key)
    progress(0, STEPS)
    _prepare(vault, keys, both, progress, export)
    _swap(vault, keys)
    progress(3, STEPS)
    with sqlcipher.as_trouble(vault.folder / DATABASE), sqlcipher.atomic(vault.db):
        # Whoever unlocked since may have ended the rotation, and changed keys after that.
        key_files.write(vault.folder, vault.key_file())
    progress(STEPS, STEPS)


def _prepare(vault: Vault, keys: Keyring, both: KeyFile, progress: Progress, export: Export) -> None:
    try:
        unlocking.sweep(vault.folder)
        lock_out(vault)
        held = export(vault, keys.data_key)
        _verify(vault, keys.data_key, held)
        _make_durable(vault.folder)
        progress(1, STEPS)
        key_files.write(vault.folder, both)
        progress(2, STEPS)
    except BaseException:
        vault.db.conn.close()
        unlocking.sweep(vault.folder)  # First, for opening needs some room on a disk that may be full.
        vault.reopen(vault.keys)
        raise


def lock_out(vault: Vault) -> None:
    """From here on nobody else reads or writes the database until its connection closes. Raises `VaultInUse`."""
    connection = vault.db.conn
    with sqlcipher.as_trouble(vault.folder / DATABASE):
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")  # No write-ahead log may outlive the key it is sealed with.
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")


def _export(vault: Vault, data_key: DataKey) -> dict[str, int]:
    path, connection = vault.folder / NEXT, vault.db.conn
    with sqlcipher.as_trouble(vault.folder / DATABASE):
        raw_key = f"x'{data_key.key.hex()}{data_key.salt.hex()}'"
        connection.execute("ATTACH DATABASE ? AS next KEY ?", [str(path.absolute()), raw_key])
        connection.execute("SELECT sqlcipher_export('next')")
        (version,) = connection.execute("PRAGMA main.user_version").fetchone()
        connection.execute(f"PRAGMA next.user_version = {int(version)}")
        connection.execute("DETACH DATABASE next")
        return counts(vault.db)


def _make_durable(folder: Path) -> None:
    path = folder / NEXT
    with files.as_trouble(path, FileUnwritable):
        with path.open("r+b") as file:
            os.fsync(file.fileno())
        files.flush_folder(folder)


def _verify(vault: Vault, data_key: DataKey, held: dict[str, int]) -> None:
    """Opens `core.next` and reads all of it. Raises `VaultDamaged`."""
    path = vault.folder / NEXT
    db = sqlcipher.connect(path, data_key.key, data_key.salt)
    try:
        with sqlcipher.as_trouble(path):
            if counts(db) != held or any(check.pages(db, deep=True)):
                raise VaultDamaged(str(vault.folder))
    finally:
        db.conn.close()


def counts(db: Database) -> dict[str, int]:
    """How many rows each table has."""
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: int(db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}


def _swap(vault: Vault, keys: Keyring) -> None:
    """The old database stays locked until it is replaced: whoever waits for it then finds it moved, and never writes
    into a file that is gone. Windows replaces no open file, and none that another program has open."""
    old, opens = vault.db.conn, vault.keys
    if os.name == "nt":
        old.close()
    try:
        with files.as_trouble(vault.folder, FileUnwritable):
            # An exclusive connection keeps its journal, empty, until it closes; the new database has no part in it.
            (vault.folder / f"{DATABASE}-journal").unlink(missing_ok=True)
            (vault.folder / NEXT).replace(vault.folder / DATABASE)
            opens = keys
            files.flush_folder(vault.folder)
    finally:
        old.close()
        vault.reopen(opens)
