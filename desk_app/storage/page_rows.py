"""Rows read from a database's pages one by one, past SQLite, which gives up where this goes on.

Every page says by itself whether it is as it was sealed, so a damaged one costs only what stood on it. Format:
"Database File Format" of SQLite, 1.6 and 2.1. Pages that hold rows are leaves of tables, and leaves and inner pages of
indexes: the rows of a table WITHOUT ROWID are an index.
"""

import struct
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import BinaryIO, NamedTuple

from desk_app.crypto.pages import PAGE, USABLE, PageKeys
from desk_app.storage import wal

Cell = int | float | str | bytes | None

_FIRST_HEADER = 100
_LOCK_PAGE = 0x40000000 // PAGE + 1
"""SQLite never writes the page at this place."""
_MOST_BYTES = 256 * 1024 * 1024
"""No row of ours comes near; more is claimed by a page that is none."""


class Form(Enum):
    """What a page's first byte says it is."""

    INNER_INDEX = 2
    INDEX = 10
    TABLE = 13


class Row(NamedTuple):
    """One row as it stands on its page; `rowid` is None in an index."""

    rowid: int | None
    cells: tuple[Cell, ...]


class _TornError(Exception):
    """A row that does not hold together: a page it goes on in cannot be read."""


class Pages:
    """The pages of one database file with what its write-ahead log adds. Raises OSError when it is made."""

    def __init__(self, database: Path, keys: PageKeys) -> None:
        self._database = database
        self._keys = keys
        self._newer, size = wal.committed(database)
        on_disk = database.stat().st_size
        self.count = size or -(-on_disk // PAGE)
        self.lost: list[int] = []
        """The numbers of pages that could not be read, once `rows` has run."""
        self.torn = 0
        """How many rows were cut off by a page that could not be read."""

    def any_fits(self) -> bool:
        """Whether one page at least was sealed with these keys. Raises OSError."""
        with self._database.open("rb") as file:
            return any(self._content(file, number) is not None for number in range(1, self.count + 1))

    def rows(self, progress: Callable[[int, int], None]) -> Iterator[Row]:
        """Every row that stands whole. `progress` is told pages done and pages in all. Raises OSError."""
        with self._database.open("rb") as file:
            for number in range(1, self.count + 1):
                progress(number, self.count)
                if number == _LOCK_PAGE:
                    continue
                page = self._content(file, number)
                if page is None:
                    self.lost.append(number)
                    continue
                yield from self._rows_of(file, page, _FIRST_HEADER if number == 1 else 0)

    def _content(self, file: BinaryIO, number: int) -> bytes | None:
        sealed = self._newer.get(number)
        opened = self._keys.opened(sealed, number) if sealed is not None else None
        if opened is None:
            file.seek((number - 1) * PAGE)
            opened = self._keys.opened(file.read(PAGE), number)
        return opened

    def _rows_of(self, file: BinaryIO, page: bytes, start: int) -> Iterator[Row]:
        try:
            form = Form(page[start])
        except ValueError:
            return
        head = start + (12 if form is Form.INNER_INDEX else 8)
        (count,) = struct.unpack_from(">H", page, start + 3)
        for place in range(head, min(head + 2 * count, USABLE - 1), 2):
            (cell,) = struct.unpack_from(">H", page, place)
            try:
                yield self._row(file, page, cell, form)
            except (_TornError, IndexError, struct.error, UnicodeDecodeError):
                self.torn += 1

    def _row(self, file: BinaryIO, page: bytes, at: int, form: Form) -> Row:
        if form is Form.INNER_INDEX:
            at += 4
        size, at = _varint(page, at)
        rowid: int | None = None
        if form is Form.TABLE:
            rowid, at = _varint(page, at)
            rowid -= 1 << 64 if rowid >> 63 else 0
        if size > _MOST_BYTES:
            raise _TornError
        local = _local(size, form)
        payload = page[at : at + local]
        if local < size:
            payload += self._overflow(file, int.from_bytes(page[at + local : at + local + 4], "big"), size - local)
        return Row(rowid, _cells(payload, size))

    def _overflow(self, file: BinaryIO, number: int, size: int) -> bytes:
        parts: list[bytes] = []
        while size > 0:
            page = self._content(file, number) if 0 < number <= self.count else None
            if page is None:
                raise _TornError
            number = int.from_bytes(page[:4], "big")
            parts.append(page[4 : 4 + size] if size < USABLE - 4 else page[4:USABLE])
            size -= len(parts[-1])
        return b"".join(parts)


def _local(size: int, form: Form) -> int:
    """How much of a row stands on its page ("Database File Format", 1.6)."""
    most = USABLE - 35 if form is Form.TABLE else (USABLE - 12) * 64 // 255 - 23
    if size <= most:
        return size
    least = (USABLE - 12) * 32 // 255 - 23
    kept = least + (size - least) % (USABLE - 4)
    return kept if kept <= most else least


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(at, at + 8):
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9


def _cells(payload: bytes, size: int) -> tuple[Cell, ...]:
    if len(payload) != size:
        raise _TornError
    head, at = _varint(payload, 0)
    types: list[int] = []
    while at < head:
        one, at = _varint(payload, at)
        types.append(one)
    cells: list[Cell] = []
    for one in types:
        width = (one - 12) // 2 if one >= 12 else _WIDTHS[one]
        part = payload[at : at + width]
        if len(part) != width:
            raise _TornError
        cells.append(_cell(one, part))
        at += width
    return tuple(cells)


_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


def _cell(serial: int, part: bytes) -> Cell:
    if serial >= 12:
        return part.decode() if serial % 2 else part
    if serial == 0:
        return None
    if serial == 7:
        return float(struct.unpack(">d", part)[0])
    return serial - 8 if serial >= 8 else int.from_bytes(part, "big", signed=True)
