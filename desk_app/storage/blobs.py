"""The sealed files of attachments: one file each in the vault's folder `blobs`, whole or not there."""

import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from desk_app.domain.errors import FileTooLarge, FileUnreadable, FileUnwritable
from desk_app.storage import files

FOLDER = "blobs"
_NAME = re.compile("[0-9a-f]{64}")
_PART = ".part"
_STEP = 1024 * 1024


def put(folder: Path, name: str, sealed: bytes) -> None:
    """Puts a sealed file away, on the disk before this returns. Raises `DiskFull`, `NoAccess`, `FileUnwritable`."""
    place = folder / FOLDER
    with files.as_trouble(place, FileUnwritable):
        if not place.is_dir():
            place.mkdir(mode=0o700)
            files.flush_folder(folder)
    files.write(place / name, sealed)


def get(folder: Path, name: str, size: int) -> bytes | None:
    """The sealed bytes, or None where no file of that size lies. Raises `NoAccess`, `FileUnreadable`."""
    if not present(folder, name, size):
        return None
    try:
        return files.read(folder / FOLDER / name, size)
    except FileTooLarge as error:
        raise FileUnreadable(error.path) from error


def present(folder: Path, name: str, size: int) -> bool:
    """Whether a file of that name and size lies there; what is in it, only opening it tells."""
    path = folder / FOLDER / name
    try:
        return path.is_file() and path.stat().st_size == size
    except OSError:
        return False


def forget(folder: Path, names: Iterable[str]) -> None:
    """Takes sealed files away for ever; one that is not there is no trouble. Raises `NoAccess`, `FileUnwritable`.

    They are overwritten first, but a solid-state disk may keep the old bytes all the same: what makes them unreadable
    is that their keys went with their records.
    """
    place = folder / FOLDER
    with files.as_trouble(place, FileUnwritable):
        paths = [path for name in names if _NAME.fullmatch(name) and (path := place / name).is_file()]
        for path in paths:
            _overwrite(path)
            path.unlink(missing_ok=True)
        if paths:
            files.flush_folder(place)


def sweep(folder: Path, known: Collection[str]) -> int:
    """Takes away what a power cut left: sealed files that no record names, and half-written ones; says how many.

    Raises `NoAccess`, `FileUnwritable`.
    """
    place = folder / FOLDER
    with files.as_trouble(place, FileUnwritable):
        if not place.is_dir():
            return 0
        left = [path for path in place.iterdir() if path.is_file() and _is_left(path.name, known)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


def _is_left(name: str, known: Collection[str]) -> bool:
    if _NAME.fullmatch(name):
        return name not in known
    return name.startswith(".") and name.endswith(_PART)


def _overwrite(path: Path) -> None:
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(bytes(min(left, _STEP)))
        file.flush()
        os.fsync(file.fileno())
