"""Files in a bundle: which the sender lacks, and sealed pieces of those it has (FORMAT.md 7)."""

import struct
from dataclasses import dataclass

from desk_app.domain.errors import Damaged
from desk_app.sync.framing import FileParts

PIECE = 64 * 1024
"""Bytes of a piece; a file's last may have fewer. Pieces begin at multiples of it, so two never overlap."""
MAX_LACKS = 16384
_NAME_BYTES = 32
_LACK = struct.Struct(f">{_NAME_BYTES}sQ")
_HEAD = struct.Struct(f">{_NAME_BYTES}sQQ")
_MAX_SIZE = 2**53


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the sealed file `name` (hex), which has `size` bytes in all; this one begins at `start`."""

    name: str
    size: int
    start: int
    data: bytes

    @property
    def fits(self) -> bool:
        """Whether it begins where a piece may and is as long as it must be there."""
        wanted = min(PIECE, self.size - self.start)
        return self.start % PIECE == 0 and len(self.data) == wanted


@dataclass(frozen=True, slots=True)
class Files:
    """`lacks` names (hex) the files of attachments that the sender knows and has not whole, with how many bytes it has
    from the first on; of all others it says that it misses nothing.
    """

    lacks: dict[str, int]
    pieces: tuple[Piece, ...] = ()


def encode_files(files: Files) -> FileParts:
    """As the frame carries them. Raises `ValueError` for what no reader takes."""
    if len(files.lacks) > MAX_LACKS or any(not piece.fits for piece in files.pieces):
        raise ValueError("these lacks or pieces are such as no reader takes")
    lacks = b"".join(_LACK.pack(bytes.fromhex(name), held) for name, held in sorted(files.lacks.items()))
    pieces = [_HEAD.pack(bytes.fromhex(one.name), one.size, one.start) + one.data for one in files.pieces]
    return FileParts(lacks, tuple(pieces))


def decode_files(parts: FileParts) -> Files:
    """As the frame carried them. Raises `Damaged` for what is no list and no piece.

    A piece may still be of a file that nobody knows, or lie where it may not: that harms nothing but itself.
    """
    lacks: dict[str, int] = {}
    if len(parts.lacks) % _LACK.size or len(parts.lacks) > MAX_LACKS * _LACK.size:
        raise Damaged("files")
    last = ""
    for name, held in _LACK.iter_unpack(parts.lacks):
        if name.hex() <= last or held > _MAX_SIZE:
            raise Damaged("files")
        lacks[last := name.hex()] = held
    return Files(lacks, tuple(_piece(part) for part in parts.pieces))


def _piece(part: bytes | memoryview) -> Piece:
    if not _HEAD.size < len(part) <= _HEAD.size + PIECE:
        raise Damaged("files")
    name, size, start = _HEAD.unpack_from(part)
    if max(size, start) > _MAX_SIZE:
        raise Damaged("files")
    return Piece(name.hex(), size, start, bytes(part[_HEAD.size :]))
