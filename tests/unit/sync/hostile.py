"""Makes the samples in tests/data/bundles: bundles as they should be, and as an enemy or an accident makes them.

    python -m tests.unit.sync.hostile FOLDER

The samples in the repository stay as they are for ever: they show that later versions still read, and still refuse,
what this one did. age draws its own randomness, so another run gives other bytes with the same meaning.
"""

import hashlib
import random
import struct
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import msgspec
import zstandard

from desk_app.crypto.sealing import ExchangeIdentity, Recipient, fingerprint, new_exchange_identity, seal
from desk_app.crypto.signing import SigningKey, device_id, new_signing_key
from desk_app.domain.change import FIRST_HASH, Body, Change, encode_body, hash_body, hash_change
from desk_app.domain.clock import stamp_of
from desk_app.domain.ids import DeskCode, DeviceId, Incarnation, UserId, uuid7
from desk_app.sync.bundle import Bundle, KnownSender, open_bundle
from desk_app.sync.bundle_changes import encode_chunk
from desk_app.sync.bundle_header import Counts, Facts, Header, Sender, encode_header, ranges_of
from desk_app.sync.framing import Chunk, build, padded_length, take_apart

FOLDER = Path(__file__).parents[2] / "data" / "bundles"
KEY_FILE = FOLDER / "reader.key"
SENDER_KEY = new_signing_key(random.Random("khorugh").randbytes)
REVOKED_KEY = new_signing_key(random.Random("vose").randbytes)
UNKNOWN_KEY = new_signing_key(random.Random("nobody").randbytes)
SENDERS = {
    device_id(SENDER_KEY.public): KnownSender(SENDER_KEY.public, DeskCode("khorugh")),
    device_id(REVOKED_KEY.public): KnownSender(REVOKED_KEY.public, DeskCode("vose"), revoked=True),
}
_START = 1_770_000_000_000
_WORDS = "Гулнора Рустам Мадина Фирӯз Зарина қӯрғон ҷавоб суроға 1987-03-12 Хоруғ O'tkir maʼlumot".split()


@dataclass(frozen=True)
class Sample:
    """A file and what must become of it: `changes` with their digest, or the refusal and its fact."""

    data: bytes
    outcome: str
    about: str


def reader(key: Path = KEY_FILE) -> ExchangeIdentity:
    """The recipient whom the samples are sealed for; `age -d -i` takes the same file."""
    return ExchangeIdentity(key.read_text("ascii").split()[-1])


def read_bundle(
    data: bytes, identities: Sequence[ExchangeIdentity], senders: Mapping[DeviceId, KnownSender] = SENDERS
) -> Bundle:
    """A file verified to its last change. Raises a `BundleRefused`."""
    opened = open_bundle(data, identities, senders)
    for _ in opened.batches():
        pass
    return opened


def digest(changes: Sequence[Change]) -> str:
    """One hash for the changes in their order: each one's own hash, its body and salt."""
    total = hashlib.sha256()
    for change in changes:
        total.update(hash_change(change) + change.prev_hash + change.salt + change.body)
    return total.hexdigest()


def make_changes(source: random.Random, count: int, key: SigningKey = SENDER_KEY) -> list[Change]:
    """A desk's changes: new records, edits with one base and with two, erased ones, and numbers held back."""
    device, incarnation = device_id(key.public), Incarnation("0badcafe")
    made: list[Change] = []
    prev = FIRST_HASH
    for seq in range(1, count + 1):
        now = _START + seq * 60_000
        old = source.choice(made) if made and source.random() < 0.4 else None
        bases = [(old.chain, old.seq), (f"{'ab' * 16}.00000001", seq)][: source.randint(1, 2)] if old else []
        body = encode_body(Body(f={"1": [" ".join(source.choices(_WORDS, k=6)), *range(len(bases))]}, b=bases))
        salt = source.randbytes(12)
        record = old.record if old else uuid7(now, source.randbytes)
        body_hash = hash_body(salt, body)
        if source.random() < 0.05:
            body = salt = b""
        change = Change(
            device, incarnation, seq, stamp_of(now), record, 1, UserId("0a0b0c0d"), body, salt, body_hash, prev
        )
        prev = hash_change(change)
        made.append(change)
    return [change for change in made if not 30 <= change.seq < 40]


def facts(changes: Sequence[Change], key: SigningKey = SENDER_KEY, desk: str = "khorugh") -> Facts:
    """What a sender says with these changes."""
    return Facts(
        programme="tj",
        number=7,
        sender=Sender(device_id(key.public), Incarnation("0badcafe"), DeskCode(desk)),
        previous="ab" * 32,
        ranges=ranges_of(changes),
        have={},
        acknowledges=None,
        roster=3,
        made_on=_START,
        app="0.1.0",
    )


def header(said: Facts, changes: int, chunks: Sequence[Chunk], recipients: Sequence[Recipient]) -> Header:
    """An honest header."""
    return Header(
        **msgspec.structs.asdict(said),
        format=1,
        minimum_reader=1,
        bundle="5a" * 16,
        recipients=tuple(fingerprint(recipient) for recipient in recipients),
        counts=Counts(changes, len(chunks), sum(chunk.raw_size for chunk in chunks)),
    )


def pack(raw: bytes) -> Chunk:
    """A chunk of anything."""
    return Chunk(len(raw), zstandard.ZstdCompressor(level=19).compress(raw))


def retree(plain: bytes) -> bytes:
    """The plain bytes with a tree hash that fits them again, as one without the sender's key can make it."""
    starts = section_starts(plain)
    trailer = starts[-1]
    top = b"roh bundle tree v1\0" + struct.pack(">I", len(starts) - 1) + hashlib.sha256(plain[: starts[0]]).digest()
    leaves = b"".join(hashlib.sha256(plain[start:end]).digest() for start, end in pairwise(starts))
    return plain[: trailer + 5] + hashlib.sha256(top + leaves).digest() + plain[trailer + 37 :]


def samples(us: ExchangeIdentity) -> Iterator[tuple[str, Sample]]:
    """Every sample with its name."""
    source = random.Random("samples")
    changes = make_changes(source, 300)
    chunks = [pack(encode_chunk(changes[at : at + 100])) for at in range(0, len(changes), 100)]
    honest = header(facts(changes), len(changes), chunks, [us.recipient])
    plain = build(encode_header(honest), chunks, SENDER_KEY)
    good = seal(plain, [us.recipient])
    yield "good", Sample(good, f"changes {digest(changes)}", "A bundle as it should be, in three chunks.")
    yield from _accidents(good)
    yield from _tampered(plain, us, honest)
    few = changes[:60]
    yield from _misdirected(us, few)
    yield from _headers(us, few)
    yield from _contents(us, few)
    yield from _numbers(us, few)
    from tests.unit.sync import hostile_chunks, hostile_files, hostile_headers  # Which are made of the same parts.

    yield from hostile_files.samples(us, few[:12])
    yield from hostile_headers.samples(us, few[:12])
    yield from hostile_chunks.samples(us, few)


def _accidents(good: bytes) -> Iterator[tuple[str, Sample]]:
    for cut in range(0, len(good), 4096):
        where = "seal" if cut else "not a bundle"
        yield f"cut-at-{cut:05}", Sample(good[:cut], f"Damaged {where}", "The copying stopped here.")
    yield "one-byte-short", Sample(good[:-1], "Damaged seal", "The last byte is missing.")
    yield "garbage-appended", Sample(good + b"\0" * 512, "Damaged seal", "A sector of zeros follows.")
    yield "doubled", Sample(good + good, "Damaged seal", "The file twice, one after the other.")
    yield "line-ends", Sample(good.replace(b"\n", b"\r\n"), "Damaged not a bundle", "Mailed as text.")
    at = good.index(b"\n--- ") + 200
    yield "flip-in-seal", Sample(_flip(good, at), "Damaged seal", "A bit turned over on the stick.")
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200)
    yield "picture", Sample(picture, "Damaged not a bundle", "A picture with a bundle's name.")


def _tampered(plain: bytes, us: ExchangeIdentity, honest: Header) -> Iterator[tuple[str, Sample]]:
    """By one who can seal for us, as everybody can, and lacks the sender's key."""

    def sealed(inside: bytes, outcome: str, about: str) -> Sample:
        return Sample(seal(inside, [us.recipient]), outcome, about)

    trailer = _trailer(plain)
    *starts, _ = section_starts(plain)
    header_at = plain.index(b'"programme":"') + 13
    yield "flip-in-header", sealed(_flip(plain, header_at), "Damaged trailer", "A letter of the header changed.")
    fixed = retree(_flip(plain, header_at))
    yield "flip-in-header-tree-fixed", sealed(fixed, "Damaged signature", "The same, and the tree hash made to fit.")
    for number, start in enumerate(starts):
        flipped = _flip(plain, start + 40)
        yield f"flip-in-chunk-{number}", sealed(flipped, "Damaged trailer", "A bit of a chunk turned over.")
        yield f"flip-in-chunk-{number}-tree-fixed", sealed(retree(flipped), "Damaged signature", "And the tree fits.")
    yield "flip-in-tree", sealed(_flip(plain, trailer + 6), "Damaged trailer", "The tree hash altered.")
    yield "flip-in-signature", sealed(_flip(plain, trailer + 40), "Damaged signature", "The signature altered.")
    yield "flip-in-padding", sealed(_flip(plain, len(plain) - 1), "Damaged padding", "Something hides in the padding.")
    yield "longer-padding", sealed(plain + bytes(64), "Damaged padding", "More padding than the length asks for.")
    first, second = plain[starts[0] : starts[1]], plain[starts[1] : starts[2]]
    swapped = plain[: starts[0]] + second + first + plain[starts[2] :]
    yield "chunks-swapped", sealed(swapped, "Damaged chunk 0", "The first two chunks in the other order.")
    renumbered = plain[: starts[0]] + second[:1] + first[1:5] + second[5:] + first[:1] + second[1:5] + first[5:]
    renumbered = retree(renumbered + plain[starts[2] :])
    yield "chunks-swapped-and-numbered", sealed(renumbered, "Damaged signature", "Swapped, numbered and treed anew.")
    end = plain[trailer : trailer + 1] + struct.pack(">I", 2) + plain[trailer + 5 : trailer + 101]
    dropped = retree(_repadded(plain[: starts[2]] + end))
    yield "chunk-dropped", sealed(dropped, "Damaged signature", "The last chunk left out, count and tree fitting.")
    other = make_changes(random.Random("other"), 100)
    foreign_chunk = pack(encode_chunk(other))
    parts = list(take_apart(plain).chunks)
    forged = build(encode_header(honest), [foreign_chunk, *parts[1:]], UNKNOWN_KEY)
    yield (
        "chunk-from-another",
        sealed(forged, "Damaged signature", "A chunk of another bundle, falsely signed."),
    )
    elsewhere = header(facts(other), len(other), parts, [us.recipient])
    tail = plain.index(b"\n", plain.index(b"\n") + 1)
    swapped_header = b"roh bundle 1\n" + encode_header(elsewhere) + plain[tail:]
    swapped_header = retree(_repadded(swapped_header[: _trailer(swapped_header) + 101]))
    yield "header-swapped", sealed(swapped_header, "Damaged signature", "The header of another bundle, tree fitting.")


def _misdirected(us: ExchangeIdentity, changes: Sequence[Change]) -> Iterator[tuple[str, Sample]]:
    chunks = [pack(encode_chunk(changes))]
    stranger = new_exchange_identity().recipient
    for_stranger = build(encode_header(header(facts(changes), len(changes), chunks, [stranger])), chunks, SENDER_KEY)
    yield "wrong-recipient", Sample(seal(for_stranger, [stranger]), "Foreign", "Sealed for somebody else.")
    rewrapped = seal(for_stranger, [us.recipient])
    yield "rewrapped", Sample(rewrapped, "Foreign", "A true bundle for another desk, which sealed it anew for us.")

    def signed(key: SigningKey, claimed: SigningKey, desk: str, outcome: str, about: str) -> Sample:
        line = encode_header(header(facts(changes, claimed, desk), len(changes), chunks, [us.recipient]))
        return Sample(seal(build(line, chunks, key), [us.recipient]), outcome, about)

    device = device_id(UNKNOWN_KEY.public)
    yield (
        "unknown-sender",
        signed(UNKNOWN_KEY, UNKNOWN_KEY, "murghob", f"UnknownSender {device} murghob", "Nobody enrolled this device."),
    )
    yield "forged", signed(UNKNOWN_KEY, SENDER_KEY, "khorugh", "Damaged signature", "Signed with another key.")
    yield "revoked", signed(REVOKED_KEY, REVOKED_KEY, "vose", "Revoked vose", "A device that was shut out.")
    yield "other-desk", signed(SENDER_KEY, SENDER_KEY, "coordinator", "Damaged sender", "A desk that poses as another.")


def _headers(us: ExchangeIdentity, changes: Sequence[Change]) -> Iterator[tuple[str, Sample]]:
    """Signed by a known sender."""
    chunks = [pack(encode_chunk(changes))]
    honest = header(facts(changes), len(changes), chunks, [us.recipient])

    def with_line(line: bytes, outcome: str, about: str) -> Sample:
        return Sample(seal(build(line, chunks, SENDER_KEY), [us.recipient]), outcome, about)

    def edited(about: str, outcome: str, old: bytes, new: bytes) -> Sample:
        line = encode_header(honest)
        assert old in line
        return with_line(line.replace(old, new), outcome, about)

    counts = msgspec.json.encode(honest.counts, order="sorted")
    huge = msgspec.json.encode(Counts(2**53, 2**53, 2**53), order="sorted")
    yield "huge-counts", edited("The header promises more than there is.", "Damaged counts", counts, huge)
    beyond = counts.replace(b"%d" % len(changes), b"9" * 40)
    yield "counts-beyond-integers", edited("A count of forty digits.", "Damaged header", counts, beyond)
    more = counts.replace(b"%d" % len(changes), b"%d" % (len(changes) + 1))
    yield "one-change-missing", edited("One change fewer than promised.", "Damaged counts", counts, more)
    yield "spaces", edited("A header spelt otherwise.", "Damaged header", b'"format":1', b'"format": 1')
    yield "key-twice", edited("A key that comes twice.", "Damaged header", b'"format":1', b'"format":1,"format":1')
    yield (
        "unknown-key",
        edited("A key format 1 has not.", "Damaged header", b'"format":1', b'"extra":1,"format":1'),
    )
    backwards = b'"roster":3', b'"roster":-3'
    yield "negative", edited("A negative number.", "Damaged header", *backwards)
    yield "nested", with_line(b"[" * 60000, "Damaged header", "Nested deeper than a reader's stack.")
    yield "no-json", with_line(b"\xff\xfe\0", "Damaged header", "No text.")
    yield "newer-format", edited("For a later reader.", "NewerFormat 2", b'"minimum_reader":1', b'"minimum_reader":2')
    line = encode_header(honest).replace(b'"format":1', b'"extra":{"a":[1]},"format":2')
    yield "later-but-readable", with_line(line, f"changes {digest(changes)}", "A later format that format 1 can read.")
    newer = build(encode_header(honest), chunks, SENDER_KEY).replace(b"roh bundle 1\n", b"roh bundle 7\n", 1)
    yield "newer-frame", Sample(seal(newer, [us.recipient]), "NewerFormat 7", "A frame of a later make.")
    long = b"roh bundle 1\n" + b"x" * 70000
    yield "long-header", Sample(seal(long, [us.recipient]), "Damaged header", "A header without an end.")
    yield "other-content", Sample(seal(b"Dear colleague", [us.recipient]), "Damaged magic", "A letter sealed with age.")
    empty = header(facts([]), 0, [], [us.recipient])
    nothing = seal(build(encode_header(empty), [], SENDER_KEY), [us.recipient])
    yield "no-changes", Sample(nothing, f"changes {digest([])}", "An acknowledgement alone.")


def _contents(us: ExchangeIdentity, changes: Sequence[Change]) -> Iterator[tuple[str, Sample]]:
    """Signed by a known sender whose program is broken, or who turned."""

    def with_chunks(chunks: Sequence[Chunk], outcome: str, about: str) -> Sample:
        line = encode_header(header(facts(changes), len(changes), chunks, [us.recipient]))
        return Sample(seal(build(line, chunks, SENDER_KEY), [us.recipient]), outcome, about)

    text = encode_chunk(changes)
    zeros = pack(bytes(16 * 1024 * 1024))
    yield "bomb", with_chunks([zeros] * 8, f"TooLarge {8 * zeros.raw_size}", "Each chunk 16 MiB of zeros.")
    claimed = Chunk(2**32 - 1, zeros.packed)
    yield "bomb-declared", with_chunks([claimed], f"TooLarge {2**32 - 1}", "A chunk that claims 4 GiB.")
    yield "bomb-hidden", with_chunks([Chunk(1000, zeros.packed)], "Damaged chunk 0", "16 MiB declared as 1,000 bytes.")
    unsized = zstandard.ZstdCompressor(write_content_size=False).compress(text)
    yield "size-not-stated", with_chunks([Chunk(len(text), unsized)], "Damaged chunk 0", "zstd states no size.")
    yield "not-packed", with_chunks([Chunk(len(text), text)], "Damaged chunk 0", "A chunk that is not zstd.")
    whole = pack(text)
    yield "chunk-twice", with_chunks([whole, whole], "Damaged ranges", "The same changes once more.")
    trailing = Chunk(whole.raw_size, bytes(whole.packed) + b"more")
    yield "more-after-zstd", with_chunks([trailing], "Damaged chunk 0", "Bytes after the end of the zstd frame.")
    runs = b'"runs":[[0,0,29]'
    spoilt: list[tuple[str, Callable[[bytes], bytes], str]] = [
        (
            "runs-huge",
            lambda raw: raw.replace(runs, b'"runs":[[0,0,9007199254740991]'),
            "Too long a run.",
        ),
        ("runs-backwards", lambda raw: raw.replace(runs, b'"runs":[[0,-1,29]'), "A negative gap."),
        (
            "chain-missing",
            lambda raw: raw.replace(runs, b'"runs":[[9,0,29]'),
            "A place beyond the table.",
        ),
        ("column-short", lambda raw: raw.replace(b'"counter":[0,', b'"counter":['), "A column one value short."),
        ("line-missing", lambda raw: raw[: raw.rindex(b"\n")], "A body too few."),
        ("line-empty", lambda raw: b"\n".join([raw.split(b"\n")[0], b"", *raw.split(b"\n")[2:]]), "An empty body."),
        ("column-unknown", lambda raw: raw.replace(b'"runs"', b'"odd":1,"runs"', 1), "A column that format 1 has not."),
        ("no-text", lambda raw: b"\xff" * 100, "No text."),
        ("nothing", lambda raw: b"{}", "No columns."),
    ]
    for name, spoil, about in spoilt:
        raw = spoil(text)
        assert raw != text, name
        yield name, with_chunks([pack(raw)], "Damaged chunk 0", about)
    narrow = msgspec.structs.replace(facts(changes), ranges={changes[0].chain: (1, 20)})
    line = encode_header(header(narrow, len(changes), [whole], [us.recipient]))
    outside = seal(build(line, [whole], SENDER_KEY), [us.recipient])
    yield "outside-ranges", Sample(outside, "Damaged ranges", "Changes beyond what the header claims.")


def _numbers(us: ExchangeIdentity, changes: Sequence[Change]) -> Iterator[tuple[str, Sample]]:
    """Signed by a known sender: numbers that would reach into another chain of a reader's log."""

    def sample(made: Sequence[Change], text: bytes, outcome: str, about: str) -> Sample:
        narrow = msgspec.structs.replace(facts(made), ranges={made[0].chain: (1, 2**40 - 1)})
        line = encode_header(header(narrow, len(made), [pack(text)], [us.recipient]))
        return Sample(seal(build(line, [pack(text)], SENDER_KEY), [us.recipient]), outcome, about)

    last = [*changes[:-1], changes[-1]._replace(seq=2**40 - 1)]
    yield (
        "number-highest",
        sample(last, encode_chunk(last), f"changes {digest(last)}", "The highest number of a chain."),
    )
    beyond = encode_chunk([*changes[:-1], changes[-1]._replace(seq=2**40)])
    yield "number-beyond", sample(changes, beyond, "Damaged chunk 0", "A number above the highest.")
    text = encode_chunk(changes)
    twice = text.replace(b'"chains":[', b'"chains":["%s",' % changes[0].chain.encode(), 1)
    yield "chain-in-two-places", sample(changes, twice, "Damaged chunk 0", "A chain that has two places in its table.")
    line = encode_header(header(facts(changes), len(changes), [pack(text)], [us.recipient]))
    far = line.replace(b":[1,%d]}" % changes[-1].seq, b":[1,%d]}" % 2**40)
    assert far != line
    inside = build(far, [pack(text)], SENDER_KEY)
    yield "range-beyond", Sample(seal(inside, [us.recipient]), "Damaged header", "A range above the highest number.")


def _flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _repadded(data: bytes) -> bytes:
    return data + bytes(padded_length(len(data)) - len(data))


def section_starts(plain: bytes) -> list[int]:
    """Where each chunk, list and piece begins, and the trailer."""
    starts = []
    at = plain.index(b"\n", plain.index(b"\n") + 1) + 1
    while plain[at : at + 1] in (b"C", b"L", b"P"):
        starts.append(at)
        at += 13 + struct.unpack_from(">I", plain, at + 5)[0]
    return [*starts, at]


def _trailer(plain: bytes) -> int:
    return section_starts(plain)[-1]


def main(folder: Path) -> None:
    """Writes every sample that is not there yet with its companion, and the key that opens them where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / KEY_FILE.name
    if not key.is_file():
        private = new_exchange_identity().private
        key.write_text(f"# Opens the samples in this folder, and nothing else.\n{private}\n", "ascii")
    for name, sample in samples(reader(key)):
        file = folder / f"{name}.roh"
        if not file.exists():
            file.write_bytes(sample.data)
            file.with_suffix(".txt").write_text(f"outcome: {sample.outcome}\n\n{sample.about}\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
