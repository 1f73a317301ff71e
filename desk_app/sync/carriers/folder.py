"""A folder of this computer: on a stick, or one that another program keeps alike on several computers."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app.domain.errors import (
    DiskFull,
    FileTooLarge,
    FileUnreadable,
    FileUnwritable,
    NameTaken,
    NoAccess,
    StoreCrowded,
    StorePlaceMissing,
)
from desk_app.sync.carriers.carrier import MOST_FILES, UNFINISHED, Addressee, Found, is_bundle


class FolderCarrier:
    """Puts and finds bundles in the folder itself, for people handle them there too. It has no boxes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, name: str, data: bytes, to: Addressee) -> None:
        """Writes beside, flushes, renames, reads back. Raises `NameTaken`, `DiskFull`, `NoAccess`, `FileUnwritable`."""
        path = self._path / name
        with _as_trouble(self._path, path, FileUnwritable):
            self._reserve(path)
            part = path.with_name(f".{name}{UNFINISHED}")
            try:
                with part.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(path)
                _flush(self._path)
                if path.read_bytes() != data:
                    raise OSError(errno.EIO, "not as it was written")
            except BaseException:
                for left in (part, path):
                    _forget(left)
                raise

    def list_files(self) -> list[Found]:
        """Bundles of the folder, not of folders in it. Raises `StorePlaceMissing`, `NoAccess`, `StoreCrowded`."""
        found = []
        with _as_trouble(self._path, self._path, FileUnreadable):
            for entry in os.scandir(self._path):
                held = _looked_at(entry) if is_bundle(entry.name) else None
                # Empty is what is still being put, here or by the program that keeps the folder alike.
                if held is not None and stat.S_ISREG(held.st_mode) and held.st_size:
                    found.append(Found(entry.name, held.st_size, str(held.st_mtime_ns)))
                    if len(found) > MOST_FILES:
                        raise StoreCrowded(str(self._path))
        return found

    def get(self, name: str, cap: int) -> bytes:
        """Reads a file. Raises `FileTooLarge`, `FileUnreadable`, `NoAccess`."""
        path = self._path / name
        with _as_trouble(self._path, path, FileUnreadable), path.open("rb") as file:
            held = os.fstat(file.fileno())
            if not is_bundle(name) or not stat.S_ISREG(held.st_mode):
                raise FileUnreadable(str(path))
            data = file.read(cap + 1)
        if len(data) > cap:
            raise FileTooLarge(str(path), held.st_size)
        return data

    def check(self) -> None:
        """The folder is there and takes files."""
        self.list_files()
        if not os.access(self._path, os.W_OK):
            raise NoAccess(str(self._path))

    def close(self) -> None:
        """Nothing is held."""

    def _reserve(self, path: Path) -> None:
        """An empty file under the name is ours alone, on every file system; FAT has no links to rename by."""
        try:
            path.open("xb").close()
        except FileExistsError as error:
            raise NameTaken(path.name) from error


@contextmanager
def _as_trouble(folder: Path, path: Path, otherwise: type[FileUnreadable] | type[FileUnwritable]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if not _is_there(folder):
            raise StorePlaceMissing(str(folder)) from error
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(str(path)) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise NoAccess(str(path)) from error
        raise otherwise(str(path)) from error


def _looked_at(entry: os.DirEntry[str]) -> os.stat_result | None:
    """What a name in the folder stands for; None where it went since, or points nowhere or at itself."""
    try:
        return entry.stat()
    except OSError:
        return None


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def _forget(path: Path) -> None:
    """Takes away what we put ourselves; where even that fails the disk is gone, and the first trouble says so."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _flush(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
