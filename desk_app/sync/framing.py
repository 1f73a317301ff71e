"""The frame of a bundle, under its seal: magic, header line, chunks, signed trailer, padding (FORMAT.md 2).

Frame 2 has files after the chunks: what the sender lacks, and pieces of what it has. Here everything is bytes: neither
the header nor a chunk is looked into, so a signature can be checked first.
"""

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from desk_app.crypto.signing import SIGNATURE_BYTES, PublicKey, SigningKey, sign, verify
from desk_app.domain.errors import Damaged, NewerFormat

CHANGES_ALONE, WITH_FILES = 1, 2
"""The frames this program knows. A bundle without files has the first, which every version reads."""
HEADER_CAP = 64 * 1024
MAX_CHUNKS = 16384
MAX_PIECES = 4096
SIGNATURE_DOMAIN = "bundle v1"
_MAGIC = b"roh bundle "
_TREE_DOMAIN = b"roh bundle tree v1\0"
_FRAME = struct.Struct(">cIII")
_TRAILER = struct.Struct(f">cI32s{SIGNATURE_BYTES}s")
_CHUNK = b"C"
_LACKS = b"L"
_PIECE = b"P"
_END = b"T"

Bytes = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Chunk:
    """One packed chunk: what it says it unpacks to, in bytes, and the packed bytes."""

    raw_size: int
    packed: Bytes


@dataclass(frozen=True, slots=True)
class FileParts:
    """What frame 2 has after the chunks: the sender's list of files it lacks, and pieces of files."""

    lacks: Bytes
    pieces: tuple[Bytes, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A bundle taken apart along its lengths; nothing of it is trusted before `is_signed_by`."""

    header: bytes
    chunks: tuple[Chunk, ...]
    files: FileParts | None
    signature: bytes
    tree: bytes

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether the holder of this key signed this header with these chunks in this order."""
        return verify(key, SIGNATURE_DOMAIN, self.tree, self.signature)


def build(header: bytes, chunks: Sequence[Chunk], key: SigningKey, files: FileParts | None = None) -> bytes:
    """The bytes to seal. Raises `ValueError` where the reader's caps would refuse them."""
    pieces = files.pieces if files else ()
    if len(header) > HEADER_CAP or b"\n" in header or len(chunks) > MAX_CHUNKS or len(pieces) > MAX_PIECES:
        raise ValueError("the header or the number of chunks is beyond what a reader takes")
    front = _MAGIC + b"%d\n" % (WITH_FILES if files else CHANGES_ALONE) + header + b"\n"
    sections = _framed(chunks, files)
    parts: list[Bytes] = [front]
    for section in sections:
        parts += section
    tree = _tree(front, sections)
    parts.append(_TRAILER.pack(_END, len(sections), tree, sign(key, SIGNATURE_DOMAIN, tree)))
    length = sum(map(len, parts))
    parts.append(bytes(padded_length(length) - length))
    return b"".join(parts)


def split_header(plain: bytes) -> bytes:
    """The header line, unverified. Raises `Damaged`, and `NewerFormat` for a frame of a later make."""
    start = plain.find(b"\n", 0, 64) + 1
    if not start or not plain.startswith(_MAGIC):
        raise Damaged("magic")
    version = plain[len(_MAGIC) : start - 1]
    if not version.isdigit() or len(version) > 9 or version.startswith(b"0"):
        raise Damaged("magic")
    if int(version) > WITH_FILES:
        raise NewerFormat(int(version))
    end = plain.find(b"\n", start, start + HEADER_CAP + 1)
    if end < 0:
        raise Damaged("header")
    return plain[start:end]


def take_apart(plain: bytes) -> Frame:
    """The parts of a bundle. Raises `Damaged` where lengths, order, trailer or padding do not fit."""
    header = split_header(plain)
    view = memoryview(plain)
    at = start = plain.index(b"\n") + 1 + len(header) + 1
    chunks, at = _sections(plain, view, at, _CHUNK, MAX_CHUNKS)
    files = None
    if not plain.startswith(_MAGIC + b"%d\n" % CHANGES_ALONE):
        lacks, at = _sections(plain, view, at, _LACKS, 1)
        pieces, at = _sections(plain, view, at, _PIECE, MAX_PIECES)
        if len(lacks) != 1 or any(one.raw_size != len(one.packed) for one in (*lacks, *pieces)):
            raise Damaged("files")
        files = FileParts(lacks[0].packed, tuple(piece.packed for piece in pieces))
    if at + _TRAILER.size > len(plain):
        raise Damaged("trailer")
    mark, count, tree, signature = _TRAILER.unpack_from(plain, at)
    at += _TRAILER.size
    sections = _framed(chunks, files)
    if mark != _END or count != len(sections) or tree != _tree(view[:start], sections):
        raise Damaged("trailer")
    if len(plain) != padded_length(at) or plain[at:].strip(b"\0"):
        raise Damaged("padding")
    return Frame(header, tuple(chunks), files, signature, tree)


def _sections(plain: bytes, view: memoryview, at: int, mark: bytes, most: int) -> tuple[list[Chunk], int]:
    """The sections of one mark from there on, and where they end. Raises `Damaged`."""
    found: list[Chunk] = []
    while view[at : at + 1] == mark:
        where = f"chunk {len(found)}" if mark == _CHUNK else "files"
        if at + _FRAME.size > len(plain):
            raise Damaged(where)
        _, index, size, raw_size = _FRAME.unpack_from(plain, at)
        at += _FRAME.size
        if index != len(found) or index >= most or at + size > len(plain):
            raise Damaged(where)
        found.append(Chunk(raw_size, view[at : at + size]))
        at += size
    return found, at


def padded_length(length: int) -> int:
    """The next length that says little about the content: at most 12 % more (Padmé; Nikitin et al., "PURBs", 2019)."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (length + mask) & ~mask


def _framed(chunks: Sequence[Chunk], files: FileParts | None) -> list[tuple[bytes, Bytes]]:
    """Every section with its head, in order."""
    framed = [(_head(_CHUNK, index, chunk), chunk.packed) for index, chunk in enumerate(chunks)]
    if files is not None:
        framed.append((_head(_LACKS, 0, _plain(files.lacks)), files.lacks))
        framed += [(_head(_PIECE, index, _plain(piece)), piece) for index, piece in enumerate(files.pieces)]
    return framed


def _plain(part: Bytes) -> Chunk:
    """Files are sealed already and do not pack: they stand as they are."""
    return Chunk(len(part), part)


def _head(mark: bytes, index: int, chunk: Chunk) -> bytes:
    return _FRAME.pack(mark, index, len(chunk.packed), chunk.raw_size)


def _tree(front: Bytes, sections: Sequence[tuple[bytes, Bytes]]) -> bytes:
    tree = hashlib.sha256(_TREE_DOMAIN + len(sections).to_bytes(4, "big"))
    tree.update(hashlib.sha256(front).digest())
    for head, part in sections:
        leaf = hashlib.sha256(head)
        leaf.update(part)
        tree.update(leaf.digest())
    return tree.digest()
