"""A backup as one file: a stored zip of the database, the key file, the facts and perhaps the attachments.

Everything inside is encrypted already, so the zip adds no secrecy; FORMAT.md says what stands where.
"""

import os
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Annotated

import msgspec

from desk_app.crypto import keyfile
from desk_app.domain.errors import BackupDamaged, BackupNewer, FileUnreadable, FileUnwritable, KeyFileDamaged
from desk_app.domain.ids import RandomBytes
from desk_app.storage import files

SUFFIX = ".roh-backup"
DATABASE, KEYS, FACTS, BLOBS = "core.db", "keys.json", "facts.json", "blobs/"
FORMAT = 1

Told = Callable[[int], None]
"""Called with bytes done since the last call; whoever wants to stop raises, and nothing is left."""

_FACTS_CAP = 4096
_LATEST = 253_370_764_800_000
"""The first moment of the year 9999: nothing vouches for the time, and far beyond there is no calendar."""
_CENTRAL_CAP = 64 * 1024 * 1024
_PIECE = 1024 * 1024
_END = re.compile(rb"PK\x05\x06.{18}", re.DOTALL)
_BLOB = re.compile(r"blobs/[0-9a-f]{64}")
_NAME = re.compile(r"roh-(\d{4}-\d\d-\d\d)-[0-9a-f]{8}\.roh-backup")
_NO_DATE = (1980, 1, 1, 0, 0, 0)


class Facts(msgspec.Struct, frozen=True):
    """What a backup says of itself: when it was made, in Unix milliseconds, and the number of its tables' form."""

    format: Annotated[int, msgspec.Meta(ge=1)]
    made: Annotated[int, msgspec.Meta(ge=-_LATEST // 4, le=_LATEST)]
    schema: int


def new_name(day: date, random: RandomBytes) -> str:
    """A file name with the day and nothing else of anybody."""
    return f"roh-{day.isoformat()}-{random(4).hex()}{SUFFIX}"


def day_of(name: str) -> date | None:
    """The day in the name of a backup that this program named, None for any other file."""
    found = _NAME.fullmatch(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def write(path: Path, database: Path, keys: bytes, facts: Facts, blobs: Mapping[str, Path], told: Told) -> None:
    """Writes a backup over whatever is at `path` and flushes it to the disk.

    Raises `DiskFull`, `NoAccess`, `FileUnwritable`.
    """
    with files.as_trouble(path, FileUnwritable), path.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(zipfile.ZipInfo(FACTS, _NO_DATE), msgspec.json.encode(facts, order="sorted"))
            archive.writestr(zipfile.ZipInfo(KEYS, _NO_DATE), keys)
            for name, source in {DATABASE: database, **{BLOBS + name: blobs[name] for name in sorted(blobs)}}.items():
                with source.open("rb") as held, archive.open(_entry(name, source), "w") as place:
                    _copy(held, place, told)
        file.flush()
        os.fsync(file.fileno())


def vault_of(path: Path) -> str:
    """The id of the vault a backup is of. Raises `BackupDamaged`, `BackupNewer`, `NoAccess`, `FileUnreadable`."""
    with _opened(path) as archive:
        return keyfile.decode_key_file(_small(archive, KEYS, keyfile.SIZE_CAP)).vault


def unpack(path: Path, folder: Path, key_files: tuple[str, ...], told: Told, *, with_blobs: bool) -> Facts:
    """Writes what a backup holds into a folder, flushed to the disk; the key file under each of the names given.

    Raises `BackupDamaged`, `BackupNewer`, `DiskFull`, `NoAccess`, `FileUnreadable`, `FileUnwritable`.
    """
    with _opened(path) as archive:
        facts = _facts(archive)
        keys = _small(archive, KEYS, keyfile.SIZE_CAP)
        keyfile.decode_key_file(keys)
        for name in key_files:
            files.write(folder / name, keys)
        for name in archive.namelist():
            if name == DATABASE or (with_blobs and name.startswith(BLOBS)):
                (folder / name).parent.mkdir(mode=0o700, exist_ok=True)
                with archive.open(name) as held, _new(folder / name) as place:
                    _copy(held, place, told)
    with files.as_trouble(folder, FileUnwritable):
        for flushed in (folder / BLOBS, folder):
            if flushed.is_dir():
                files.flush_folder(flushed)
    return facts


def _entry(name: str, source: Path) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_DATE)
    entry.file_size = source.stat().st_size  # Above 4 GiB the zip must know beforehand.
    return entry


def _copy(held: IO[bytes], place: IO[bytes], told: Told) -> None:
    while piece := held.read(_PIECE):
        place.write(piece)
        told(len(piece))


@contextmanager
def _new(path: Path) -> Iterator[IO[bytes]]:
    with files.as_trouble(path, FileUnwritable), path.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The zip, once its list of members is exactly what a backup has."""
    with files.as_trouble(path):
        if path.exists() and not path.is_file():
            raise FileUnreadable(str(path))  # Opening a pipe that nobody writes to would wait for somebody.
        try:
            _check_end(path)
            with zipfile.ZipFile(path) as archive:
                _check_members(archive, path.stat().st_size)
                yield archive
        except _NOT_AS_WRITTEN as error:
            raise BackupDamaged from error


_NOT_AS_WRITTEN = (
    zipfile.BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
    msgspec.MsgspecError,
    KeyFileDamaged,
)
"""What `zipfile` raises for files that are no zip, cut, altered, or of a form that we never write."""


def _check_end(path: Path) -> None:
    """A zip's list stands at its end. It is read whole, so its size must be sane before."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 22))
        end = file.read(22)
    if not _END.fullmatch(end) or int.from_bytes(end[12:16], "little") > _CENTRAL_CAP:
        raise BackupDamaged


def _check_members(archive: zipfile.ZipFile, size: int) -> None:
    names = archive.namelist()
    wanted = {DATABASE, KEYS, FACTS}
    strange = [name for name in names if name not in wanted and not _BLOB.fullmatch(name)]
    if strange or len(set(names)) != len(names) or not wanted <= set(names):
        raise BackupDamaged
    if sum(entry.file_size for entry in archive.infolist()) > size:
        raise BackupDamaged  # Members that lie over each other unpack to many times the file.
    for entry in archive.infolist():
        stored = entry.compress_type == zipfile.ZIP_STORED and entry.file_size == entry.compress_size
        if not stored or entry.flag_bits & 1 or not 0 <= entry.file_size <= size:
            raise BackupDamaged


def _facts(archive: zipfile.ZipFile) -> Facts:
    facts = msgspec.json.decode(_small(archive, FACTS, _FACTS_CAP), type=Facts)
    if facts.format > FORMAT:
        raise BackupNewer(facts.format)
    return facts


def _small(archive: zipfile.ZipFile, name: str, cap: int) -> bytes:
    if archive.getinfo(name).file_size > cap:
        raise BackupDamaged
    return archive.read(name)
