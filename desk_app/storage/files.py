"""Files that are whole or not there: written beside, flushed to the disk, then renamed."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app.domain.errors import DiskFull, FileTooLarge, FileUnreadable, NoAccess


@contextmanager
def as_trouble(path: Path) -> Iterator[None]:
    """Turns the system's errors that a person can act on into trouble."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(str(path)) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise NoAccess(str(path)) from error
        raise FileUnreadable(str(path)) from error


def read(path: Path, cap: int) -> bytes:
    """A file's bytes. Raises `FileTooLarge` above `cap` bytes, `NoAccess`, `FileUnreadable`."""
    with as_trouble(path):
        if path.stat().st_size > cap:
            raise FileTooLarge(str(path), path.stat().st_size)
        return path.read_bytes()


def write(path: Path, data: bytes) -> None:
    """Writes the file whole, over an older one. Raises `DiskFull`, `NoAccess`, `FileUnreadable`."""
    part = path.with_name(path.name + ".part")
    with as_trouble(path):
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Makes a folder's entries durable where the system can do that; Windows does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
