"""Making a backup that is known to open, and keeping the right ones of many."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from desk_app.crypto.keyfile import DataKey
from desk_app.domain.errors import BackupDamaged, BackupNewer, BackupUnsound, FileUnwritable, Trouble, VaultDamaged
from desk_app.storage import backup_file, check, files, log_table, sqlcipher
from desk_app.storage.backup_file import Facts

FOLDER = "backup"
DAYS, WEEKS = 7, 4
_SCRATCH, _PART = ".scratch-", ".backup-"
_STEP = 1024
"""Pages copied at once, between two reports."""

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all; whoever wants to stop raises, and nothing is left."""


def nobody_asks(_done: int, _total: int) -> None:
    """The progress for who does not ask how far it is."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a backup is made of."""

    db: Database
    path: Path
    data_key: DataKey
    keys: bytes
    blobs: Mapping[str, Path]


def make(source: Source, target: Path, facts: Facts, progress: Progress) -> int:
    """Writes a backup to `target`, opens it again and checks it before it has that name; returns its size in bytes.

    The pages are read through a connection of the database: reading its file beside SQLite would let go of SQLite's
    locks. The write lock is held until the end, so the copy is of one moment and what a killed run left can be removed.
    Raises `BackupUnsound`, `VaultDamaged`, `VaultInUse`, `DiskFull`, `NoAccess`, `FileUnwritable`.
    """
    room = source.path.parent / FOLDER
    with sqlcipher.as_trouble(source.path):
        # SQLite copies from a damaged page without a word.
        if any(check.seals(source.db)):
            raise VaultDamaged(str(source.path.parent))
    with sqlcipher.as_trouble(source.path), sqlcipher.atomic(source.db):
        with files.as_trouble(room, FileUnwritable):
            if not room.is_dir():
                room.mkdir(mode=0o700)
                files.flush_folder(room.parent)
            _tidy(room)
        _expect_room(source, room, target.parent)
        with _scratch(room) as scratch, _part_of(target) as part:
            copy = scratch / backup_file.DATABASE
            size = _copy_pages(source, copy, lambda done, total: progress(done, 3 * total))
            told = Counted(progress, size, 3 * size + sum(path.stat().st_size for path in source.blobs.values()))
            backup_file.write(part, copy, source.keys, facts, source.blobs, told)
            copy.unlink()
            if not opens_again(part, scratch, source.data_key, told):
                raise BackupUnsound(str(target))
            with files.as_trouble(target, FileUnwritable):
                part.replace(target)
                files.flush_folder(target.parent)
                return target.stat().st_size


def _expect_room(source: Source, room: Path, folder: Path) -> None:
    """A copy lies in the vault while the backup is written and read again. Raises `NotEnoughRoom`."""
    pages, size = (source.db.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size"))
    copy = int(pages) * int(size)
    whole = copy + sum(path.stat().st_size for path in source.blobs.values())
    with files.as_trouble(folder, FileUnwritable):
        is_one_disk = room.stat().st_dev == folder.stat().st_dev
    files.expect_room(room, copy)
    files.expect_room(folder, whole + copy if is_one_disk else whole)


def opens_again(file: Path, room: Path, data_key: DataKey, told: backup_file.Told) -> bool:
    """Whether a backup's database opens with its key, every page is as it was sealed and every chain holds.

    `room` is an empty folder inside the vault, where the database is laid to be looked at.
    """
    try:
        backup_file.unpack(file, room, (backup_file.KEYS,), told, with_blobs=False)
    except (BackupDamaged, BackupNewer):
        return False
    return is_sound(room / backup_file.DATABASE, data_key)


def is_sound(database: Path, data_key: DataKey) -> bool:
    """Whether a database opens with this key and holds together. Raises `DiskFull`."""
    try:
        db = sqlcipher.connect(database, data_key.key, data_key.salt)
    except VaultDamaged:
        return False
    try:
        return holds(db, database)
    finally:
        db.conn.close()


def holds(db: Database, path: Path) -> bool:
    """Whether every page is as it was sealed and every chain holds. Raises `DiskFull`."""
    try:
        with sqlcipher.as_trouble(path):
            steps = [check.pages(db, deep=True), *(check.chain(db, one) for one in log_table.chains(db))]
            return not any(True for step in steps for _finding in step)
    except VaultDamaged:
        return False


def present(folder: Path) -> list[Path]:
    """The backups in a folder that this program named, the oldest first. Raises `NoAccess`, `FileUnreadable`."""
    with files.as_trouble(folder):
        found = [path for path in folder.iterdir() if backup_file.day_of(path.name)] if folder.is_dir() else []
    return sorted(found, key=lambda path: (path.name[:14], path.stat().st_mtime))


def thin_out(folder: Path, vault: str, today: date) -> None:
    """Removes this vault's backups that are no longer wanted; others' stay. Raises `NoAccess`, `FileUnwritable`."""
    ours = of_vault(folder, vault)
    discard(set(ours) - wanted(ours, today))


def of_vault(folder: Path, vault: str) -> list[Path]:
    """This vault's backups in a folder, the oldest first. Raises `NoAccess`, `FileUnreadable`."""
    return [path for path in present(folder) if _is_of(path, vault)]


def discard(backups: Iterable[Path]) -> None:
    """Removes backups, so that no power cut brings them back. Raises `NoAccess`, `FileUnwritable`."""
    gone = list(backups)
    for path in gone:
        with files.as_trouble(path, FileUnwritable):
            path.unlink(missing_ok=True)
    for folder in {path.parent for path in gone}:
        with files.as_trouble(folder, FileUnwritable):
            files.flush_folder(folder)


def wanted(found: Iterable[Path], today: date) -> set[Path]:
    """Of backups from old to new, by their names: the newest of each of the last seven days that have one, and the
    newest of each of the four weeks before.

    What claims a later day than today was made while a clock was wrong, or is: it stays.
    """
    by_day: dict[date, Path] = {}
    ahead: set[Path] = set()
    for path in found:
        day = backup_file.day_of(path.name)
        if day is not None and day <= today:
            by_day[day] = path
        elif day is not None:
            ahead.add(path)
    days = sorted(by_day)
    by_week = {day.isocalendar()[:2]: day for day in days[:-DAYS]}
    kept = [*days[-DAYS:], *sorted(by_week.values())[-WEEKS:]]
    return ahead | {by_day[day] for day in kept}


def _is_of(path: Path, vault: str) -> bool:
    try:
        return backup_file.vault_of(path) == vault
    except Trouble:
        return False  # Whose it is cannot be told, so it is not ours to remove.


class Counted:
    """Adds up pieces and tells how far all of it is."""

    def __init__(self, progress: Progress, done: int, total: int) -> None:
        self._progress, self._done, self._total = progress, done, total

    def __call__(self, more: int) -> None:
        self._done += more
        self._progress(min(self._done, self._total), self._total)


def _copy_pages(source: Source, copy: Path, progress: Progress) -> int:
    with sqlcipher.as_trouble(source.path), sqlcipher.atomic(source.db):
        reader = sqlcipher.connect(source.path, source.data_key.key, source.data_key.salt)
        try:
            written = sqlcipher.connect(copy, source.data_key.key, source.data_key.salt)
            try:

                def told(_status: int, left: int, total: int) -> None:
                    progress((total - left) * sqlcipher.PAGE, total * sqlcipher.PAGE)

                reader.conn.backup(written.conn, pages=_STEP, progress=told)
                written.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                written.conn.close()
        finally:
            reader.conn.close()
    return copy.stat().st_size


@contextmanager
def _scratch(room: Path) -> Iterator[Path]:
    """A folder for a moment."""
    with files.as_trouble(room, FileUnwritable):
        folder = Path(tempfile.mkdtemp(dir=room, prefix=_SCRATCH))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """A file beside the target, gone at the end unless it became the target."""
    with files.as_trouble(target, FileUnwritable):
        if not target.name or target.is_dir():
            raise FileUnwritable(str(target))
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=_PART, suffix=".part")
        os.close(handle)
    try:
        yield Path(name)
    finally:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)


def _tidy(room: Path) -> None:
    for left in room.iterdir():
        if left.name.startswith(_SCRATCH):
            shutil.rmtree(left, ignore_errors=True)
        elif left.name.startswith(_PART):
            left.unlink(missing_ok=True)
