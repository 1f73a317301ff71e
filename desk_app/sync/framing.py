"""The frame of a bundle, under its seal: magic, header line, chunks, signed trailer, padding (FORMAT.md 2).

Here everything is bytes: neither the header nor a chunk is looked into, so a signature can be checked first.
"""

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from desk_app.crypto.signing import SIGNATURE_BYTES, PublicKey, SigningKey, sign, verify
from desk_app.domain.errors import Damaged, NewerFormat

CONTAINER = 1
HEADER_CAP = 64 * 1024
MAX_CHUNKS = 16384
SIGNATURE_DOMAIN = "bundle v1"
_MAGIC = b"roh bundle "
_MAGIC_LINE = _MAGIC + b"%d\n" % CONTAINER
_TREE_DOMAIN = b"roh bundle tree v1\0"
_FRAME = struct.Struct(">cIII")
_TRAILER = struct.Struct(f">cI32s{SIGNATURE_BYTES}s")
_CHUNK = b"C"
_END = b"T"


@dataclass(frozen=True, slots=True)
class Chunk:
    """One packed chunk: what it says it unpacks to, in bytes, and the packed bytes."""

    raw_size: int
    packed: bytes | memoryview


@dataclass(frozen=True, slots=True)
class Frame:
    """A bundle taken apart along its lengths; nothing of it is trusted before `is_signed_by`."""

    header: bytes
    chunks: tuple[Chunk, ...]
    signature: bytes
    tree: bytes

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether the holder of this key signed this header with these chunks in this order."""
        return verify(key, SIGNATURE_DOMAIN, self.tree, self.signature)


def build(header: bytes, chunks: Sequence[Chunk], key: SigningKey) -> bytes:
    """The bytes to seal. Raises `ValueError` where the reader's caps would refuse them."""
    if len(header) > HEADER_CAP or b"\n" in header or len(chunks) > MAX_CHUNKS:
        raise ValueError("the header or the number of chunks is beyond what a reader takes")
    parts: list[bytes | memoryview] = [_MAGIC_LINE, header, b"\n"]
    for index, chunk in enumerate(chunks):
        parts += [_head(index, chunk), chunk.packed]
    tree = _tree(header, chunks)
    parts.append(_TRAILER.pack(_END, len(chunks), tree, sign(key, SIGNATURE_DOMAIN, tree)))
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
    if int(version) > CONTAINER:
        raise NewerFormat(int(version))
    end = plain.find(b"\n", start, start + HEADER_CAP + 1)
    if end < 0:
        raise Damaged("header")
    return plain[start:end]


def take_apart(plain: bytes) -> Frame:
    """The parts of a bundle. Raises `Damaged` where lengths, order, trailer or padding do not fit."""
    header = split_header(plain)
    view = memoryview(plain)
    at = len(_MAGIC_LINE) + len(header) + 1
    chunks: list[Chunk] = []
    while view[at : at + 1] == _CHUNK:
        if at + _FRAME.size > len(plain):
            raise Damaged(f"chunk {len(chunks)}")
        _, index, size, raw_size = _FRAME.unpack_from(plain, at)
        at += _FRAME.size
        if index != len(chunks) or index >= MAX_CHUNKS or at + size > len(plain):
            raise Damaged(f"chunk {len(chunks)}")
        chunks.append(Chunk(raw_size, view[at : at + size]))
        at += size
    if at + _TRAILER.size > len(plain):
        raise Damaged("trailer")
    mark, count, tree, signature = _TRAILER.unpack_from(plain, at)
    at += _TRAILER.size
    if mark != _END or count != len(chunks) or tree != _tree(header, chunks):
        raise Damaged("trailer")
    if len(plain) != padded_length(at) or any(view[at:]):
        raise Damaged("padding")
    return Frame(header, tuple(chunks), signature, tree)


def padded_length(length: int) -> int:
    """The next length that says little about the content: at most 12 % more (Padmé; Nikitin et al., "PURBs", 2019)."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (length + mask) & ~mask


def _head(index: int, chunk: Chunk) -> bytes:
    return _FRAME.pack(_CHUNK, index, len(chunk.packed), chunk.raw_size)


def _tree(header: bytes, chunks: Sequence[Chunk]) -> bytes:
    tree = hashlib.sha256(_TREE_DOMAIN + len(chunks).to_bytes(4, "big"))
    tree.update(hashlib.sha256(_MAGIC_LINE + header + b"\n").digest())
    for index, chunk in enumerate(chunks):
        leaf = hashlib.sha256(_head(index, chunk))
        leaf.update(chunk.packed)
        tree.update(leaf.digest())
    return tree.digest()
