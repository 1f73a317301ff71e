"""A look into the write-ahead log before SQLite does: a log of another database must not reach this one.

SQLite copies the pages of a log that lies beside a database into it, at the latest when it closes, without knowing
whose they are; under encryption nothing could ever read the database again. Formats: "WAL file format" in SQLite's
"Database File Format", and the page of SQLCipher 4 (IV and HMAC-SHA512 at its end, the HMAC's key derived from the
raw key with two rounds over the salt, each byte of it combined with 0x3a).
"""

import hashlib
import hmac
import struct
from pathlib import Path

_PAGE = 4096
_HEADER = struct.Struct(">IIIIIIII")
_FRAME = struct.Struct(">IIIIII")
_MAGIC = 0x377F0682
"""With the lowest bit set, check sums read their words big-endian."""
_MAC = 64
_SALT_MASK = 0x3A
_MASK = 0xFFFFFFFF


def is_foreign(database: Path, key: bytes, salt: bytes) -> bool:
    """Whether a log with pages lies beside the database, sealed with another key. Raises OSError.

    The first frame speaks for all: each frame's check sum goes on from the one before. A torn one is no page to SQLite.
    """
    path = database.with_name(database.name + "-wal")
    if not path.is_file():
        return False
    with path.open("rb") as file:
        header, frame, page = file.read(_HEADER.size), file.read(_FRAME.size), file.read(_PAGE)
    if len(page) < _PAGE or not _is_valid(header, frame, page):
        return False
    number = _FRAME.unpack(frame)[0]
    return not _is_sealed_with(page, number, key, salt)


def _is_valid(header: bytes, frame: bytes, page: bytes) -> bool:
    magic, _, size, _, salt_1, salt_2, *sums = _HEADER.unpack(header)
    if magic & ~1 != _MAGIC or size != _PAGE:
        return False
    order = ">" if magic & 1 else "<"
    begun = _summed(header[:24], (0, 0), order)
    if begun != tuple(sums):
        return False
    _, _, frame_salt_1, frame_salt_2, *frame_sums = _FRAME.unpack(frame)
    if (frame_salt_1, frame_salt_2) != (salt_1, salt_2):
        return False
    return _summed(page, _summed(frame[:8], begun, order), order) == tuple(frame_sums)


def _summed(data: bytes, begun: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = begun
    for left, right in struct.iter_unpack(f"{order}II", data):
        first = (first + left + second) & _MASK
        second = (second + right + first) & _MASK
    return first, second


def _is_sealed_with(page: bytes, number: int, key: bytes, salt: bytes) -> bool:
    mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ _SALT_MASK for byte in salt), 2, 32)
    # The first page begins with the salt, which is not covered.
    covered = page[len(salt) if number == 1 else 0 : _PAGE - _MAC]
    expected = hmac.new(mac_key, covered + struct.pack("<I", number), hashlib.sha512).digest()
    return hmac.compare_digest(expected, page[_PAGE - _MAC :])
