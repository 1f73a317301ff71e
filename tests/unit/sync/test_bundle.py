"""What is written is read back exactly, and whatever else is read comes out as a refusal."""

import dataclasses
import random
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.crypto.sealing import new_exchange_identity, seal
from desk_app.crypto.signing import device_id, new_signing_key
from desk_app.domain.change import FIRST_HASH, Change, hash_body, hash_change
from desk_app.domain.clock import Stamp
from desk_app.domain.errors import BundleRefused, Damaged, Foreign, Revoked, TooLarge, UnknownSender
from desk_app.domain.ids import DeskCode, DeviceId, Incarnation, RecordId, UserId
from desk_app.sync import bundle as bundles
from desk_app.sync.bundle import bundle_hash, digits, open_bundle, read_header, unseal, write_bundle
from desk_app.sync.bundle_changes import decode_chunk, encode_chunk
from desk_app.sync.bundle_header import Receipt, encode_header, ranges_of
from desk_app.sync.framing import build
from tests.unit.sync import hostile

US = new_exchange_identity()
KEY = hostile.SENDER_KEY
random_bytes = random.Random(3).randbytes

hexes = {size: st.binary(min_size=size, max_size=size).map(bytes.hex) for size in (4, 16)}
bodies = st.one_of(
    st.binary(min_size=1, max_size=60).map(lambda data: data.replace(b"\n", b" ")),
    st.sampled_from([b'{"b":[["' + b"ab" * 16 + b'.0badcafe",7]],"f":{}}', b'{"f":{"1":["\xd0\xb0"]}}', b'{"b":[["']),
    st.builds(
        lambda chain, seq, rest: f'{{"b":[["{chain}",{seq}]{rest}'.encode(),
        st.sampled_from(["cd" * 16 + ".00000000", "CD" * 16 + ".00000000", ""]),
        st.integers(-3, 10**17) | st.just("007"),
        st.sampled_from(["]", ',["x",1]],"f":{}}', ""]),
    ),
)


@st.composite
def chains(draw: st.DrawFn) -> list[Change]:
    """Changes of one chain: with gaps, broken links, erased bodies, and records that come again."""
    device, incarnation = DeviceId(draw(hexes[16])), Incarnation(draw(hexes[4]))
    records = draw(st.lists(hexes[16].map(RecordId), min_size=1, max_size=3))
    numbers = sorted(draw(st.sets(st.integers(1, 12) | st.integers(1, 2**40 - 1), max_size=12)))
    made: list[Change] = []
    for seq in numbers:
        body = draw(bodies)
        salt = draw(st.binary(min_size=12, max_size=12))
        body_hash = hash_body(salt, body)
        if draw(st.integers(0, 5)) == 0:
            body = salt = b""
        follows = made and made[-1].seq == seq - 1
        prev = hash_change(made[-1]) if follows else FIRST_HASH
        if draw(st.integers(0, 5)) == 0:
            prev = draw(st.binary(min_size=32, max_size=32))
        made.append(
            Change(
                device,
                incarnation,
                seq,
                Stamp(draw(st.integers(0, 2**63 - 1))),
                draw(st.sampled_from(records)),
                draw(st.integers(0, 2**31 - 1)),
                UserId(draw(hexes[4])),
                body,
                salt,
                body_hash,
                prev,
            )
        )
    return made


logs = st.lists(chains(), max_size=4, unique_by=lambda made: made[0].chain if made else "").map(
    lambda parts: [change for part in parts for change in part]
)


def written(changes: list[Change], **said: object) -> bytes:
    facts = msgspec.structs.replace(hostile.facts(changes), **said)
    return write_bundle(facts, changes, KEY, [US.recipient], random_bytes)


@given(logs, st.randoms(use_true_random=False))
def test_random_changes_come_back_exactly_in_order(changes: list[Change], shuffler: random.Random) -> None:
    mixed = list(changes)
    shuffler.shuffle(mixed)
    bundle = hostile.read_bundle(written(mixed), [US])
    assert bundle.changes == tuple(sorted(changes, key=lambda change: change[:3]))
    assert bundle.header.ranges == ranges_of(changes)


def test_what_the_sender_said_arrives() -> None:
    changes = hostile.make_changes(random.Random(1), 20)
    said = {
        "have": {changes[0].chain: 12},
        "acknowledges": Receipt(4, "cd" * 32),
        "previous": None,
        "number": 9,
        "roster": 11,
    }
    header = hostile.read_bundle(written(changes, **said), [US]).header
    assert {name: getattr(header, name) for name in said} == said
    assert header.counts.changes == 20
    assert header.recipients == (bundles.fingerprint(US.recipient),)


def test_many_changes_are_split_into_chunks_and_read_in_batches() -> None:
    changes = [change for change in hostile.make_changes(random.Random(1), 40) if change.body]
    long = [with_body(change, b'"' + b"x" * (2 << 20) + b'"') for change in changes[:9]]
    opened = open_bundle(written(long), [US], hostile.SENDERS)
    batches = list(opened.batches())
    assert [len(batch) for batch in batches] == [3, 3, 3]
    assert [change for batch in batches for change in batch] == long


def test_the_size_of_a_bundle_says_little() -> None:
    sizes = {len(unseal(written(hostile.make_changes(random.Random(seed), 20)), [US])) for seed in range(20)}
    assert len(sizes) < 8


def test_the_header_can_be_shown_before_it_is_proved() -> None:
    changes = hostile.make_changes(random.Random(1), 5)
    data = write_bundle(
        hostile.facts(changes, hostile.UNKNOWN_KEY, "murghob"),
        changes,
        hostile.UNKNOWN_KEY,
        [US.recipient],
        random_bytes,
    )
    assert read_header(unseal(data, [US])).sender.desk == "murghob"
    with pytest.raises(UnknownSender) as refused:
        hostile.read_bundle(data, [US])
    assert (refused.value.device, refused.value.desk) == (device_id(hostile.UNKNOWN_KEY.public), "murghob")


def test_a_bundle_opens_for_an_older_key_of_ours_and_for_nobody_else() -> None:
    data = written(hostile.make_changes(random.Random(1), 5))
    newer = new_exchange_identity()
    assert len(hostile.read_bundle(data, [newer, US]).changes) == 5
    with pytest.raises(Foreign):
        hostile.read_bundle(data, [newer])


def test_a_bundle_sealed_for_one_of_our_keys_but_meant_for_another_desk_is_foreign() -> None:
    stranger = new_exchange_identity()
    plain = unseal(written(hostile.make_changes(random.Random(1), 5)), [US])
    with pytest.raises(Foreign):
        hostile.read_bundle(seal(plain, [stranger.recipient]), [stranger])


def test_revocation_counts_only_for_what_the_device_really_signed() -> None:
    changes = hostile.make_changes(random.Random(1), 5)
    senders = {device: dataclasses.replace(known, revoked=True) for device, known in hostile.SENDERS.items()}
    with pytest.raises(Revoked):
        hostile.read_bundle(written(changes), [US], senders)
    forger = new_signing_key(random_bytes)
    forged = write_bundle(hostile.facts(changes), changes, forger, [US.recipient], random_bytes)
    with pytest.raises(Damaged):
        hostile.read_bundle(forged, [US], senders)


def test_files_beyond_the_caps_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    data = written(hostile.make_changes(random.Random(1), 5))
    monkeypatch.setattr(bundles, "FILE_CAP", len(data) - 1)
    with pytest.raises(TooLarge) as refused:
        hostile.read_bundle(data, [US])
    assert refused.value.size == len(data)
    with pytest.raises(TooLarge):
        written(hostile.make_changes(random.Random(1), 50))


def test_what_would_unpack_too_large_is_never_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "CHUNK_CAP", 1000)
    with pytest.raises(TooLarge):
        written(hostile.make_changes(random.Random(1), 50))


def with_body(change: Change, body: bytes) -> Change:
    return change._replace(body=body, body_hash=hash_body(change.salt, body))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda change: change._replace(body_hash=bytes(32)),
        lambda change: change._replace(body=b""),
        lambda change: change._replace(salt=b"short"),
        lambda change: with_body(change, b"two\nlines"),
        lambda change: change._replace(record=RecordId(change.record.upper())),
        lambda change: change._replace(hlc=Stamp(-1)),
    ],
)
def test_a_change_that_no_log_holds_is_not_written(spoil: Callable[[Change], Change]) -> None:
    changes = [change for change in hostile.make_changes(random.Random(1), 5) if change.body]
    with pytest.raises(ValueError, match=r"another form|hash|salt"):
        written([spoil(changes[0]), *changes[1:]])


def test_a_change_given_twice_is_not_written() -> None:
    changes = hostile.make_changes(random.Random(1), 5)
    with pytest.raises(ValueError, match="twice"):
        written([*changes, changes[2]])


def test_facts_that_no_reader_takes_are_not_written() -> None:
    changes = hostile.make_changes(random.Random(1), 5)
    for said in ({"number": 0}, {"programme": ""}, {"previous": "x"}, {"have": {"y": 1}}, {"app": "x" * 70000}):
        with pytest.raises(ValueError, match="header"):
            written(changes, **said)


def test_the_number_for_the_phone_follows_every_byte() -> None:
    data = written(hostile.make_changes(random.Random(1), 5))
    assert len(digits(data)) == 6
    assert digits(data).isdigit()
    assert digits(data) == digits(bytes(data))
    assert len({digits(data[:at]) for at in range(100)}) > 95
    assert bundle_hash(data) == hostile.read_bundle(data, [US]).hash


CHANGES = hostile.make_changes(random.Random(8), 60)
GOOD = written(CHANGES)
PLAIN = unseal(GOOD, [US])
TEXT = encode_chunk(CHANGES)


def mutated(data: bytes) -> st.SearchStrategy[bytes]:
    """The data with stretches overwritten, cut out or put in."""
    edit = st.tuples(st.integers(0, len(data)), st.integers(0, 40), st.binary(max_size=40))

    def apply(edits: list[tuple[int, int, bytes]]) -> bytes:
        out = data
        for at, drop, put in edits:
            out = out[:at] + put + out[at + drop :]
        return out

    return st.lists(edit, min_size=1, max_size=4).map(apply)


@settings(max_examples=300)
@given(mutated(GOOD))
def test_a_mutated_file_is_refused(data: bytes) -> None:
    if data != GOOD:
        with pytest.raises(BundleRefused):
            hostile.read_bundle(data, [US])


@settings(max_examples=300)
@given(mutated(PLAIN))
def test_mutated_content_under_a_fresh_seal_is_refused(plain: bytes) -> None:
    if plain != PLAIN:
        with pytest.raises(BundleRefused):
            hostile.read_bundle(seal(plain, [US.recipient]), [US])


numbers = st.integers(-(2**70), 2**70) | st.sampled_from([-1, 0, 1, 59, 60, 61, 2**53, 2**63])


@settings(max_examples=300)
@given(mutated(TEXT) | st.just(TEXT), st.integers(0, 300), numbers)
def test_signed_nonsense_reads_or_is_refused_and_never_breaks(text: bytes, nth: int, number: int) -> None:
    """By one whose signature counts: whatever still reads is again something that can be written."""
    digits_at = [at for at in range(TEXT.index(b"\n")) if text[at : at + 1].isdigit()]
    if digits_at:
        at = digits_at[nth % len(digits_at)]
        text = text[:at] + str(number).encode() + text[at + 1 :]
    chunks = [hostile.pack(text)]
    line = encode_header(hostile.header(hostile.facts(CHANGES), len(CHANGES), chunks, [US.recipient]))
    data = seal(build(line, chunks, KEY), [US.recipient])
    try:
        changes = hostile.read_bundle(data, [US]).changes
    except BundleRefused:
        return
    assert decode_chunk(encode_chunk(sorted(changes))) == sorted(changes)


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_anything_under_a_seal_is_refused(inside: bytes) -> None:
    with pytest.raises(BundleRefused):
        hostile.read_bundle(seal(inside, [US.recipient]), [US])
    with pytest.raises(BundleRefused):
        hostile.read_bundle(seal(b"roh bundle 1\n" + inside, [US.recipient]), [US])


def test_a_desk_is_bound_to_its_device() -> None:
    changes = hostile.make_changes(random.Random(1), 5)
    senders = {
        device: dataclasses.replace(known, desk=DeskCode("elsewhere")) for device, known in hostile.SENDERS.items()
    }
    with pytest.raises(Damaged) as refused:
        hostile.read_bundle(written(changes), [US], senders)
    assert refused.value.where == "sender"
