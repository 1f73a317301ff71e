"""Files that are whole or not there: written beside, flushed to the disk, then renamed."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app.domain.errors import (
    DiskFull,
    FileExists,
    FileTooLarge,
    FileUnreadable,
    FileUnwritable,
    NoAccess,
    NotEnoughRoom,
)

_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""As bytes on Windows too; and opening a pipe that nobody writes to must not wait for somebody."""


@contextmanager
def as_trouble(path: Path, otherwise: type[FileUnreadable] | type[FileUnwritable] = FileUnreadable) -> Iterator[None]:
    """Turns the system's errors that a person can act on into trouble; a path that cannot be is `otherwise` too."""
    if not _can_be(path):
        raise otherwise(str(path))
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(str(path)) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise NoAccess(str(path)) from error
        raise otherwise(str(path)) from error


def is_folder(path: Path) -> bool:
    """Whether a folder is there; what cannot even be looked at is none, and reading it says why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def read(path: Path, cap: int) -> bytes:
    """A file's bytes. Raises `FileTooLarge` above `cap` bytes, `NoAccess`, and `FileUnreadable` for what is no file."""
    with as_trouble(path), os.fdopen(os.open(path, _READING), "rb") as file:
        held = os.fstat(file.fileno())
        if not stat.S_ISREG(held.st_mode):
            raise FileUnreadable(str(path))
        if held.st_size > cap:
            raise FileTooLarge(str(path), held.st_size)
        data = file.read(cap + 1)
        if len(data) > cap:
            raise FileTooLarge(str(path), len(data))
        return data


def expect_room(folder: Path, needed: int) -> None:
    """Raises `NotEnoughRoom` where the disk of a folder plainly cannot hold so many bytes more. Some of other computers
    do not tell how much they hold: there it shows when it is written, as where more is needed than is known before."""
    try:
        told = shutil.disk_usage(folder)
    except OSError:
        return
    if told.total and told.free < needed:
        raise NotEnoughRoom(str(folder), needed, told.free)


def write(path: Path, data: bytes) -> None:
    """Writes the file whole, over an older one. Raises `NotEnoughRoom`, `DiskFull`, `NoAccess`, `FileUnwritable`."""
    with as_trouble(path, FileUnwritable):
        if not path.name or (path.exists() and not path.is_file()):
            raise FileUnwritable(str(path))  # A folder, or a device in whose place a file would stand.
        expect_room(path.parent, len(data))
        # A name of its own: two programs may write the same file, and what lies there already belongs to somebody.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        flush_folder(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """Writes a file that is not there yet. Raises `FileExists`, `DiskFull`, `NoAccess`, `FileUnwritable`."""
    refuse_taken(path)
    write(path, data)


def refuse_taken(path: Path) -> None:
    """Raises `FileExists` where a file lies already, `NoAccess` and `FileUnwritable` where nobody can look."""
    with as_trouble(path, FileUnwritable):
        if os.path.lexists(path) and not path.is_dir():
            raise FileExists(str(path))


def flush_folder(folder: Path) -> None:
    """Makes a folder's entries durable where the system can do that; Windows does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _can_be(path: Path) -> bool:
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False
