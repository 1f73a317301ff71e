"""A look into the write-ahead log before SQLite does: a log of another database must not reach this one.

SQLite copies the pages of a log that lies beside a database into it, at the latest when it closes, without knowing
whose they are; under encryption nothing could ever read the database again. Format: "WAL file format" in SQLite's
"Database File Format".
"""

import struct
from pathlib import Path

from desk_app.crypto.pages import PAGE, PageKeys

_HEADER = struct.Struct(">IIIIIIII")
_FRAME = struct.Struct(">IIIIII")
_MAGIC = 0x377F0682
"""With the lowest bit set, check sums read their words big-endian."""
_MASK = 0xFFFFFFFF


def is_foreign(database: Path, key: bytes, salt: bytes) -> bool:
    """Whether a log with pages lies beside the database, sealed with another key. Raises OSError.

    The first frame speaks for all: each frame's check sum goes on from the one before. A torn one is no page to SQLite.
    """
    path = database.with_name(database.name + "-wal")
    if not path.is_file():
        return False
    with path.open("rb") as file:
        header, frame, page = file.read(_HEADER.size), file.read(_FRAME.size), file.read(PAGE)
    if len(page) < PAGE or not _is_valid(header, frame, page):
        return False
    number = _FRAME.unpack(frame)[0]
    return not PageKeys(key, salt).fits(page, number)


def committed(database: Path) -> tuple[dict[int, bytes], int]:
    """The newest form of each page that waits in the log of a database, as far as the log is whole, and how many pages
    the database then has, 0 where the log says nothing. Raises OSError.

    For reading past SQLite: whose pages they are is for the caller to find out.
    """
    path = database.with_name(database.name + "-wal")
    if not path.is_file():
        return {}, 0
    found: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    size = 0
    with path.open("rb") as file:
        header = file.read(_HEADER.size)
        sums = _sums_of(header)
        while sums is not None:
            frame, page = file.read(_FRAME.size), file.read(PAGE)
            sums = _continued(header, frame, page, sums)
            if sums is None:
                break
            number, pages_after, *_ = _FRAME.unpack(frame)
            waiting[number] = page
            if pages_after:  # The last frame of a transaction.
                found.update(waiting)
                waiting.clear()
                size = pages_after
    return found, size


def _is_valid(header: bytes, frame: bytes, page: bytes) -> bool:
    begun = _sums_of(header)
    return begun is not None and _continued(header, frame, page, begun) is not None


def _sums_of(header: bytes) -> tuple[int, int] | None:
    """The check sums that the first frame goes on from, None where the header is none."""
    if len(header) < _HEADER.size:
        return None
    magic, _, size, _, _, _, *sums = _HEADER.unpack(header)
    if magic & ~1 != _MAGIC or size != PAGE:
        return None
    begun = _summed(header[:24], (0, 0), _order(header))
    return begun if begun == tuple(sums) else None


def _continued(header: bytes, frame: bytes, page: bytes, begun: tuple[int, int]) -> tuple[int, int] | None:
    """The check sums after a frame, None where the log ends before it."""
    if len(frame) < _FRAME.size or len(page) < PAGE or frame[8:16] != header[16:24]:
        return None
    order = _order(header)
    sums = _summed(page, _summed(frame[:8], begun, order), order)
    return sums if sums == tuple(_FRAME.unpack(frame)[4:]) else None


def _order(header: bytes) -> str:
    return ">" if header[3] & 1 else "<"


def _summed(data: bytes, begun: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = begun
    for left, right in struct.iter_unpack(f"{order}II", data):
        first = (first + left + second) & _MASK
        second = (second + right + first) & _MASK
    return first, second
