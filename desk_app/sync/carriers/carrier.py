"""What every way can do, and what its files may be called."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from desk_app.domain.ids import DeviceId

UNFINISHED = ".tmp"
"""Behind the name of a file that is still being put. Nextcloud forbids the more usual `.part`."""

UNREADABLE = "\ufffd"
"""Stands in a name for bytes that are no letters. Such a file is somebody else's; by that name nobody gets it."""

MOST_FILES = 20_000
"""More files in a store are not looked through."""

_BUNDLE = re.compile(r"[^./\\\x00-\x1f\x7f:][^/\\\x00-\x1f\x7f:]{0,199}\.roh", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A file that lies there. `name` is for `get`; `size` in bytes; `mark` changes when the file does."""

    name: str
    size: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a bundle is for: the box in a shared store, and the address where the way is mail."""

    box: str
    address: str = ""


class Carrier(Protocol):
    """A way that was opened. Every method raises a `CarrierTrouble`, or trouble with a file of this computer."""

    def put(self, name: str, data: bytes, to: Addressee) -> None:
        """Puts a file for somebody, whole or not at all. Raises `NameTaken` where one of that name lies."""

    def list_files(self) -> list[Found]:
        """The bundles that lie there for whoever opened it, in no order."""

    def get(self, name: str, cap: int) -> bytes:
        """The bytes of a file that `list_files` named. Raises `FileTooLarge` above `cap` bytes."""

    def check(self) -> None:
        """Raises what stands in the way of putting and getting, as far as that can be seen without doing it."""

    def close(self) -> None:
        """Lets go of the connection."""


def box_of(device: DeviceId) -> str:
    """The name of a device's box in a shared store."""
    return hashlib.sha256(b"roh carrier box v1\0" + device.encode()).hexdigest()[:16]


def is_bundle(name: str) -> bool:
    """Whether the last part of a name can be a bundle's: no folder in it, no hidden file."""
    return _BUNDLE.fullmatch(name) is not None


def in_boxes(names: Iterable[str], boxes: Iterable[str]) -> list[str]:
    """Those of the names that are bundles in the store's own folder or in one of the boxes."""
    known = {f"{box}/" for box in boxes}
    found = []
    for name in names:
        box, slash, last = name.rpartition("/")
        if is_bundle(last) and (not slash or f"{box}/" in known):
            found.append(name)
    return found
