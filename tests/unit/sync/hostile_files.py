"""Samples of frame 2, in which files of attachments follow the changes: as they should be, and as they may come."""

import hashlib
import random
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from desk_app.crypto.blobs import name_of, seal_blob
from desk_app.crypto.sealing import ExchangeIdentity, seal
from desk_app.crypto.signing import sign
from desk_app.domain.change import Change
from desk_app.sync.bundle_changes import encode_chunk
from desk_app.sync.bundle_files import PIECE, Files, Piece, encode_files
from desk_app.sync.bundle_header import encode_header
from desk_app.sync.framing import Chunk, FileParts, build, padded_length
from tests.unit.sync import hostile
from tests.unit.sync.hostile import SENDER_KEY, Sample

KEY = "5c" * 32
CONTENT = random.Random("scan").randbytes(PIECE + 4000)
"""The scan that the samples carry, in two pieces, and the key of its attachment."""
NAME = bytes.fromhex(name_of(KEY))

Section = tuple[bytes, int, bytes]
"""A mark, the index that it claims, its bytes."""


def digest(files: Files) -> str:
    """One hash for what a bundle says and sends of files."""
    total = hashlib.sha256(msgspec.json.encode(files.lacks, order="sorted"))
    for piece in files.pieces:
        total.update(struct.pack(">32sQQ", bytes.fromhex(piece.name), piece.size, piece.start) + piece.data)
    return total.hexdigest()


def of_scan() -> tuple[Piece, ...]:
    """Both pieces of the scan."""
    sealed = seal_blob(CONTENT, KEY)
    starts = range(0, len(sealed), PIECE)
    return tuple(Piece(NAME.hex(), len(sealed), at, sealed[at : at + PIECE]) for at in starts)


@dataclass(frozen=True)
class _Maker:
    """Makes samples with the same few changes before whatever follows."""

    us: ExchangeIdentity
    changes: Sequence[Change]

    @property
    def chunk(self) -> Chunk:
        return hostile.pack(encode_chunk(self.changes))

    @property
    def front(self) -> bytes:
        honest = hostile.header(hostile.facts(self.changes), len(self.changes), [self.chunk], [self.us.recipient])
        return b"roh bundle 2\n" + encode_header(honest) + b"\n"

    def honest(self, files: Files, about: str) -> Sample:
        """As the program writes it."""
        return self.sealed(self.plain(encode_files(files)), self.read(files), about)

    def plain(self, parts: FileParts) -> bytes:
        """The bytes under the seal of an honest bundle."""
        line = self.front.split(b"\n")[1]
        return build(line, [self.chunk], SENDER_KEY, parts)

    def read(self, files: Files) -> str:
        """The outcome of a bundle that is read, with these files."""
        return f"changes {hostile.digest(self.changes)} files {digest(files)}"

    def sealed(self, plain: bytes, outcome: str, about: str) -> Sample:
        return Sample(seal(plain, [self.us.recipient]), outcome, about)

    def signed(self, after: Sequence[Section], outcome: str, about: str, frame: int = 2) -> Sample:
        """Whatever follows the one chunk, truly signed."""
        front = self.front.replace(b"roh bundle 2", b"roh bundle %d" % frame)
        packed = struct.pack(">cIII", b"C", 0, len(self.chunk.packed), self.chunk.raw_size) + self.chunk.packed
        parts = [packed, *(struct.pack(">cIII", mark, at, len(data), len(data)) + data for mark, at, data in after)]
        leaves = b"".join(hashlib.sha256(part).digest() for part in parts)
        top = b"roh bundle tree v1\0" + struct.pack(">I", len(parts)) + hashlib.sha256(front).digest()
        tree = hashlib.sha256(top + leaves).digest()
        end = b"T" + struct.pack(">I", len(parts)) + tree + sign(SENDER_KEY, "bundle v1", tree)
        plain = front + b"".join(parts) + end
        return self.sealed(plain + bytes(padded_length(len(plain)) - len(plain)), outcome, about)


def samples(us: ExchangeIdentity, changes: Sequence[Change]) -> Iterator[tuple[str, Sample]]:
    """Every sample with its name."""
    make = _Maker(us, changes)
    both = Files({"ab" * 32: PIECE, "0c" * 32: 0}, of_scan())
    yield "files", make.honest(both, "A scan in two pieces, and two files that the sender lacks.")
    yield "files-none", make.honest(Files({}), "Frame 2 without any file: the sender misses nothing and sends none.")
    yield from _signed(make)
    yield from _tampered(make, both)


def _signed(make: _Maker) -> Iterator[tuple[str, Sample]]:
    """By a known sender whose program is broken, or who turned."""
    entry, other = b"\1" * 32 + bytes(8), b"\2" * 32 + bytes(8)
    piece = NAME + struct.pack(">QQ", 3, 0) + b"abc"
    none = (b"L", 0, b"")
    refused: list[tuple[str, list[Section], str, str]] = [
        ("list-missing", [], "files", "Frame 2 without its list."),
        ("list-twice", [none, (b"L", 1, b"")], "files", "Two lists."),
        ("list-after-piece", [(b"P", 0, piece), none], "files", "A piece before the list."),
        ("list-cut", [(b"L", 0, entry[:-1])], "files", "An entry one byte short."),
        ("list-unsorted", [(b"L", 0, other + entry)], "files", "Names in no order."),
        ("list-name-twice", [(b"L", 0, entry + entry)], "files", "A name that comes twice."),
        ("list-huge", [(b"L", 0, b"\1" * 32 + b"\xff" * 8)], "files", "More held than a file can have."),
        ("piece-empty", [none, (b"P", 0, piece[:48])], "files", "A piece without a byte."),
        ("piece-cut", [none, (b"P", 0, piece[:47])], "files", "A piece without its place."),
        ("piece-long", [none, (b"P", 0, piece[:48] + bytes(PIECE + 1))], "files", "A piece of more than 64 KiB."),
        ("piece-huge", [none, (b"P", 0, NAME + b"\xff" * 16 + b"x")], "files", "A place beyond every file."),
        ("piece-index", [none, (b"P", 1, piece)], "files", "The first piece numbered as the second."),
        ("chunk-after-list", [none, (b"C", 1, b"x")], "trailer", "A chunk after the list."),
        ("unknown-mark", [none, (b"Q", 0, b"x")], "trailer", "A mark that frame 2 has not."),
    ]
    for name, after, where, about in refused:
        yield f"files-{name}", make.signed(after, f"Damaged {where}", about)
    yield "files-in-frame-1", make.signed([none, (b"P", 0, piece)], "Damaged trailer", "Files in frame 1.", frame=1)
    misplaced = Piece(NAME.hex(), 100, 7, b"x")
    parts: list[Section] = [none, (b"P", 0, NAME + struct.pack(">QQ", 100, 7) + b"x")]
    read = make.read(Files({}, (misplaced,)))
    yield (
        "files-piece-misplaced",
        make.signed(parts, read, "A piece that begins where none may: read, and dropped later."),
    )


def _tampered(make: _Maker, files: Files) -> Iterator[tuple[str, Sample]]:
    """By one who lacks the sender's key."""
    plain = make.plain(encode_files(files))
    starts = hostile.section_starts(plain)
    list_at, first, second, trailer = starts[1:5]

    def sealed(inside: bytes, outcome: str, about: str) -> Sample:
        return make.sealed(inside, outcome, about)

    for name, at in (("list", list_at + 20), ("piece", second + 100)):
        bent = plain[:at] + bytes([plain[at] ^ 1]) + plain[at + 1 :]
        yield f"files-flip-in-{name}", sealed(bent, "Damaged trailer", f"A bit of a {name} turned over.")
        fixed = hostile.retree(bent)
        yield f"files-flip-in-{name}-tree-fixed", sealed(fixed, "Damaged signature", "And the tree hash fits.")
    swapped = plain[:first] + plain[second:trailer] + plain[first:second] + plain[trailer:]
    yield "files-pieces-swapped", sealed(swapped, "Damaged files", "The second piece before the first.")
    one, other = plain[first:second], plain[second:trailer]
    numbered = plain[:first] + one[:5] + other[5:] + other[:5] + one[5:] + plain[trailer:]
    numbered = hostile.retree(numbered)
    yield "files-pieces-numbered", sealed(numbered, "Damaged signature", "Swapped, numbered and treed anew.")
    end = plain[trailer : trailer + 1] + struct.pack(">I", 3) + plain[trailer + 5 : trailer + 101]
    dropped = plain[:second] + end
    dropped = hostile.retree(dropped + bytes(padded_length(len(dropped)) - len(dropped)))
    yield (
        "files-piece-dropped",
        sealed(dropped, "Damaged signature", "The last piece left out, tree and count fitting."),
    )
    relabelled = hostile.retree(plain.replace(b"roh bundle 2", b"roh bundle 1", 1))
    yield "files-relabelled", sealed(relabelled, "Damaged trailer", "Frame 2 that says it is frame 1.")
