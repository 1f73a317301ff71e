"""Putting a vault in the place of another, which is set aside and never removed, and what a restored one is told.

The new vault is made and checked in a folder beside, under a hidden name. Only when it is complete does it get the name
`.<folder>.restored`; then the old folder is renamed, then the new one. `finish` completes what was cut short between.
"""

import glob
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk_app.domain.change import ChainId, Change, chain_id, split_chain
from desk_app.domain.clock import today
from desk_app.domain.errors import FileUnwritable, VaultExists
from desk_app.domain.ids import RandomBytes, RecordId
from desk_app.domain.records.erasure import ERASURE
from desk_app.storage import blobs, exchange, files, lease, log_table, rows, sqlcipher
from desk_app.storage.sqlcipher import Row
from desk_app.storage.vault import DATABASE, Vault

_SURELY_OVER = 3600
"""Seconds: another program may be at work on a younger folder."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a vault that is replaced leaves to its successor: erasures, given numbers, bundles it made, which desks were
    sent what, and of series with a hole how far they reach without one: what it lost there went with none of them."""

    erasures: tuple[Change, ...]
    counters: tuple[Row, ...]
    sent: tuple[Row, ...]
    shared: tuple[Row, ...]
    holes: tuple[tuple[ChainId, int], ...]


@contextmanager
def beside(folder: Path, random: RandomBytes) -> Iterator[Path]:
    """A new empty folder beside, gone at the end unless it was put in the place. Raises `NoAccess`, `DiskFull`."""
    with files.as_trouble(folder, FileUnwritable):
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = folder.with_name(f".{folder.name}.{random(4).hex()}")
        part.mkdir(mode=0o700)
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def refuse_taken(folder: Path) -> None:
    """Raises `VaultExists` unless the folder is empty or not there, `NoAccess`, `FileUnreadable`."""
    with files.as_trouble(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise VaultExists(str(folder))


def put_in_place(part: Path, folder: Path, on: date) -> Path | None:
    """Gives a complete vault its folder; what lay there is renamed, and its new place returned.

    Raises `NoAccess`, `FileUnwritable`.
    """
    with files.as_trouble(folder, FileUnwritable):
        ready = _ready(folder)
        part.rename(ready)
        files.flush_folder(folder.parent)
        aside = None
        if folder.exists() and any(folder.iterdir()):
            aside = _free(folder, on)
            folder.rename(aside)
            files.flush_folder(folder.parent)
        elif folder.exists():
            folder.rmdir()
        ready.rename(folder)
        files.flush_folder(folder.parent)
        return aside


def finish(folder: Path) -> None:
    """Completes a replacement that was cut short after the old vault had been set aside; before that, nothing was done.
    What it had made beside by then is removed: a whole vault, which an older passphrase may open.

    Raises `NoAccess`, `FileUnwritable`.
    """
    folder = folder.absolute()
    ready = _ready(folder)
    with files.as_trouble(folder, FileUnwritable):
        for part in folder.parent.glob(f".{glob.escape(folder.name)}.{'[0-9a-f]' * 8}"):
            if part.is_dir() and part.stat().st_mtime < time.time() - _SURELY_OVER:
                shutil.rmtree(part)
        if not ready.is_dir():
            return
        if folder.exists():
            shutil.rmtree(ready)
        else:
            ready.rename(folder)
            files.flush_folder(folder.parent)


def left_by(vault: Vault) -> Left:
    """What the successor of this vault is to know."""
    with sqlcipher.as_trouble(vault.folder / DATABASE):
        sql = "SELECT DISTINCT record FROM change WHERE kind = ?"
        records = [RecordId(row[0]) for row in vault.db.execute(sql, [ERASURE.number])]
        found = log_table.of_records(vault.db, records)
        erasures = tuple(one for changes in found.values() for one in changes if one.kind == ERASURE.number)
        counters = tuple(vault.db.execute("SELECT name, value FROM counter"))
        sent = tuple(vault.db.execute("SELECT * FROM bundle_sent"))
        shared = tuple(vault.db.execute("SELECT partner, record FROM shared"))
        return Left(erasures, counters, sent, shared, tuple(_holes(vault)))


def begin_anew(vault: Vault) -> None:
    """Gives a restored vault a new incarnation, so that it never reuses a number of its lost changes."""
    incarnation = lease.begin_anew(vault.db, vault.surroundings.random, vault.profile)
    vault.journal.chain = chain_id(vault.device, incarnation)


def take_over(vault: Vault, left: Left) -> None:
    """Lifts the counters of human numbers to those of the replaced vault, and keeps which bundles it had made and what
    had gone to whom, not that it is still there: what was withdrawn or has ended since is to be told there."""
    lifted = "INSERT INTO counter VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = max(value, excluded.value)"
    vault.db.conn.executemany(lifted, left.counters)
    vault.db.conn.executemany("INSERT OR IGNORE INTO bundle_sent VALUES(?, ?, ?, ?, ?, ?, ?)", left.sent)
    vault.db.conn.executemany("INSERT OR IGNORE INTO shared VALUES(?, ?, 0)", left.shared)
    for chain, upto in left.holes:
        exchange.take_back(vault.db, chain, upto)


def _holes(vault: Vault) -> Iterator[tuple[ChainId, int]]:
    """At a desk of its own series alone, for others' have holes there by design."""
    whole = log_table.held(vault.db)
    for chain, last in log_table.reached(vault.db).items():
        if last > whole.get(chain, 0) and (vault.is_coordinator or split_chain(chain)[0] == vault.device):
            yield chain, whole.get(chain, 0)


def skip_numbers(vault: Vault, count: int) -> None:
    """Leaves out human numbers that were given since the backup: a gap harms nobody, one number for two people does."""
    rows.skip_numbers(vault.db, count, today(vault.now()).year)


def copy_blobs(source: Path, folder: Path, wanted: Mapping[str, int]) -> None:
    """Copies those attachments' files that the vault names, each with the size that its record says, and does not have.

    Raises `DiskFull`, `NoAccess`, `FileUnreadable`.
    """
    for name in sorted(wanted):
        found, size = source / name, wanted[name]
        with files.as_trouble(found):
            if found.is_file() and found.stat().st_size == size and not blobs.present(folder, name, size):
                blobs.put(folder, name, files.read(found, size))


def _ready(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.restored")


def _free(folder: Path, on: date) -> Path:
    """A name that says what it is: `<folder>.before-<day>`, with a number where there is one already."""
    plain = folder.with_name(f"{folder.name}.before-{on.isoformat()}")
    found, number = plain, 2
    while found.exists():
        found = plain.with_name(f"{plain.name}-{number}")
        number += 1
    return found
