"""Samples of what a known sender may sign and no reader takes: frames, headers, columns a little beyond the rules."""

import json
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import zstandard

from desk_app.crypto.sealing import ExchangeIdentity, seal
from desk_app.domain.change import Change
from desk_app.sync.bundle_changes import encode_chunk
from desk_app.sync.bundle_header import encode_header
from desk_app.sync.framing import Chunk, build
from tests.unit.sync import hostile
from tests.unit.sync.hostile import SENDER_KEY, Sample

Said = dict[str, Any]
BROKEN = "Damaged chunk 0"


def samples(us: ExchangeIdentity, changes: Sequence[Change]) -> Iterator[tuple[str, Sample]]:
    """Every sample with its name."""
    text = encode_chunk(changes)
    chunk = hostile.pack(text)
    line = encode_header(hostile.header(hostile.facts(changes), len(changes), [chunk], [us.recipient]))

    def with_chunk(chunk: Chunk, about: str, outcome: str = BROKEN) -> Sample:
        counted = encode_header(hostile.header(hostile.facts(changes), len(changes), [chunk], [us.recipient]))
        return Sample(seal(build(counted, [chunk], SENDER_KEY), [us.recipient]), outcome, about)

    yield from _frames(us, build(line, [chunk], SENDER_KEY))
    for name, said, about in _HEADERS:
        spelt = json.dumps({**json.loads(line), **said}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        data = seal(build(spelt.encode(), [chunk], SENDER_KEY), [us.recipient])
        yield f"header-{name}", Sample(data, "Damaged header", about)
    missing = json.dumps({key: value for key, value in json.loads(line).items() if key != "roster"}, sort_keys=True)
    data = seal(build(missing.replace(": ", ":").replace(", ", ",").encode(), [chunk], SENDER_KEY), [us.recipient])
    yield "header-key-missing", Sample(data, "Damaged header", "A key that must be there is not.")
    for name, spoil, about in _COLUMNS:
        head, _, lines = text.partition(b"\n")
        columns = json.loads(head)
        spoil(columns)
        spoilt = json.dumps(columns, separators=(",", ":")).encode() + b"\n" + lines
        assert spoilt != text, name
        yield f"column-{name}", with_chunk(hostile.pack(spoilt), about)
    yield "column-erased-with-a-body", with_chunk(hostile.pack(_erased_with_a_body(text)), "An erased change speaks.")
    empty = {name: [] for name in json.loads(text.split(b"\n")[0])} | {"rest": "", "salts": ""}
    yield "no-rows", with_chunk(hostile.pack(json.dumps(empty).encode()), "A chunk without a change.")
    yield "two-zstd-frames", with_chunk(_two_frames(text), "A chunk of two zstd frames.")
    read = f"changes {hostile.digest(changes)}"
    yield "window-wide", with_chunk(_wide(text), "A zstd frame that names a window of 128 MiB needs none.", read)


def _frames(us: ExchangeIdentity, plain: bytes) -> Iterator[tuple[str, Sample]]:
    def sealed(inside: bytes, outcome: str, about: str) -> Sample:
        return Sample(seal(inside, [us.recipient]), outcome, about)

    start, end = hostile.section_starts(plain)
    for name, magic in (("nought", b"roh bundle 0"), ("spelt-otherwise", b"roh bundle 01")):
        inside = plain.replace(b"roh bundle 1", magic, 1)
        yield f"frame-{name}", sealed(inside, "Damaged magic", "A frame whose number no writer gives.")
    longer = plain[: start + 5] + struct.pack(">I", 2**31) + plain[start + 9 :]
    yield "chunk-beyond-the-end", sealed(longer, BROKEN, "A chunk that is longer than the file.")
    counted = hostile.retree(plain[: end + 1] + struct.pack(">I", 2) + plain[end + 5 :])
    yield "trailer-count", sealed(counted, "Damaged trailer", "A trailer that counts a chunk more.")
    yield "trailer-missing", sealed(plain[:end], "Damaged trailer", "The file ends after its chunk.")
    stanzas = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
    many = b"age-encryption.org/v1\n" + stanzas * 700 + b"--- " + b"A" * 43 + b"\n" + bytes(64)
    yield "seal-for-hundreds", Sample(many, "Damaged seal", "An age header above 64 KiB.")


_HEADERS: tuple[tuple[str, Said, str], ...] = (
    ("recipients-none", {"recipients": []}, "For nobody."),
    ("recipients-many", {"recipients": ["ab" * 16] * 257}, "For more than 256."),
    ("number-nought", {"number": 0}, "A number before the first."),
    ("programme-empty", {"programme": ""}, "Of no programme."),
    ("range-backwards", {"ranges": {f"{'ab' * 16}.00000001": [5, 4]}}, "A range that ends before it begins."),
    ("range-nought", {"ranges": {f"{'ab' * 16}.00000001": [0, 4]}}, "A range that begins before the first change."),
    ("bundle-odd", {"bundle": "../../x"}, "An id of another form."),
    ("previous-odd", {"previous": "AB" * 32}, "A hash in capitals."),
    ("reader-text", {"minimum_reader": "1"}, "A number as text."),
)


def _put(column: str, at: int, value: Any) -> Callable[[Said], None]:
    def spoil(columns: Said) -> None:
        columns[column][at] = value

    return spoil


def _put_in_place(column: str, value: int) -> Callable[[Said], None]:
    """In the first row that refers to something, so that no other column is of another length now."""

    def spoil(columns: Said) -> None:
        columns[column][next(at for at, place in enumerate(columns[column]) if place)] = value

    return spoil


def _less(column: str) -> Callable[[Said], None]:
    """One value fewer; of texts in base64 four signs, which are three bytes."""

    def spoil(columns: Said) -> None:
        columns[column] = columns[column][:-4] if isinstance(columns[column], str) else columns[column][:-1]

    return spoil


def _erased_beyond(columns: Said) -> None:
    columns["erased"].append([60000, "A" * 43 + "="])
    columns["salts"] = columns["salts"][16:]


_COLUMNS: tuple[tuple[str, Callable[[Said], None], str], ...] = (
    ("stamp-before", _put("ms", 0, -1), "A stamp before 1970."),
    ("stamp-beyond", _put("ms", 0, 2**47), "A stamp above the highest."),
    ("counter-beyond", _put("counter", 0, 65536), "A counter of more than 16 bits."),
    ("kind-beyond", _put("kind", 0, 2**31), "A kind above the highest."),
    ("user-odd", _put("users", 0, "zz"), "A user's id of another form."),
    ("user-beyond", _put("user", 0, 7), "A user beyond the table."),
    ("chain-odd", _put("chains", 0, "../x"), "A chain that is none."),
    ("record-beyond", _put_in_place("record", 60000), "A record beyond those met so far."),
    ("made-before", _put("made", 0, -1), "A record's id below zero."),
    ("made-beyond", _put("made", 0, 2**48), "A record's id of more digits than there are."),
    ("base-beyond", _put_in_place("base", 60000), "A base in a chain beyond the table."),
    ("base-seq-short", _less("base_seq"), "A base without its number."),
    ("run-empty", lambda columns: columns["runs"].append([0, 0, 0]), "A run of no changes."),
    ("rest-short", _less("rest"), "A record's id cut short."),
    ("salts-short", _less("salts"), "A salt cut short."),
    ("prev-missing", _less("prev"), "The hash before a later run is not there."),
    (
        "prev-short",
        lambda columns: columns["prev"].__setitem__(0, [columns["prev"][0][0], "AAAA"]),
        "A hash cut short.",
    ),
    ("erased-beyond", _erased_beyond, "An erased row beyond the last."),
)


def _erased_with_a_body(text: bytes) -> bytes:
    """The first row that has a body is called erased, and keeps its line."""
    head, *lines = text.split(b"\n")
    columns = json.loads(head)
    row = next(at for at, line in enumerate(lines) if line)
    columns["erased"] = sorted([*columns["erased"], [row, "A" * 43 + "="]])
    columns["salts"] = columns["salts"][16:]
    return b"\n".join([json.dumps(columns, separators=(",", ":")).encode(), *lines])


def _two_frames(text: bytes) -> Chunk:
    half = len(text) // 2
    return Chunk(len(text), b"".join(zstandard.ZstdCompressor().compress(part) for part in (text[:half], text[half:])))


def _wide(text: bytes) -> Chunk:
    """By hand (RFC 8878 3.1.1): window of 2^27, content size in four bytes, one raw block."""
    front = bytes.fromhex("28b52ffd") + b"\x80" + bytes([(27 - 10) << 3]) + struct.pack("<I", len(text))
    return Chunk(len(text), front + (len(text) << 3 | 1).to_bytes(3, "little") + text)
