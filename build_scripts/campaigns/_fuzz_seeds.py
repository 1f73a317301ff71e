"""Valid samples for the fuzzer to start from, made in memory: the same in every run, but for what age draws itself."""

import base64
import io
import random
import struct
from typing import Any

import msgspec
import zstandard
from PIL import Image

from desk_app.crypto import escrow, key_acts, keyfile, recovery
from desk_app.crypto.exchange_keys import AHEAD
from desk_app.crypto.keyring import NewUser
from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.crypto.sealing import ExchangeIdentity, fingerprint, seal
from desk_app.crypto.signing import SigningKey, device_id, new_signing_key, sign
from desk_app.documents import qr_code
from desk_app.domain.change import FIRST_HASH, Body, ChainId, Change, encode_body, hash_body, hash_change
from desk_app.domain.clock import stamp_of
from desk_app.domain.ids import DeskCode, Incarnation, RecordId, UserId, uuid7
from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import Field, FieldType, Kind
from desk_app.domain.rules.roles import Role
from desk_app.sync import signed_roster
from desk_app.sync.bundle_changes import encode_chunk
from desk_app.sync.bundle_files import PIECE, Files, Piece, encode_files
from desk_app.sync.bundle_header import Counts, Header, Receipt, Sender, encode_header, ranges_of
from desk_app.sync.card import Card, write_card
from desk_app.sync.carriers import message
from desk_app.sync.escrow_card import write_escrow_card
from desk_app.sync.framing import Chunk, FileParts, build
from desk_app.sync.signed_roster import Entry

KEY: SigningKey = new_signing_key(random.Random("fuzz").randbytes)
START = 1_770_000_000_000
INCARNATION = Incarnation("0badcafe")
CHAIN = ChainId(f"{device_id(KEY.public)}.{INCARNATION}")
_VALUES: dict[FieldType, object] = {
    FieldType.PHONE: "+992 93 517 24 68",
    FieldType.DATE: "2026-03-05",
    FieldType.PARTIAL_DATE: "1980",
    FieldType.NUMBER: 7,
    FieldType.MONEY: 1250,
    FieldType.REFERENCE: "0" * 32,
    FieldType.YES_NO: True,
}


def reader() -> ExchangeIdentity:
    """Who opens the samples: always the same key."""
    made = escrow.new_escrow(random.Random("reader").randbytes)
    return escrow.join([share.printed for share in made.shares[:2]])


def changes(source: random.Random, count: int) -> list[Change]:
    """Changes of every kind of record: new ones, edits with one base or two, removals, emptied ones."""
    kinds = list(ALL)
    made: list[Change] = []
    prev = FIRST_HASH
    for seq in range(1, count + 1):
        now = START + seq * 60_000
        old = source.choice(made) if made and source.random() < 0.5 else None
        kind = ALL.numbered(old.kind) if old else source.choice(kinds)
        bases = [(old.chain, old.seq), (f"{'ab' * 16}.00000001", seq)][: source.randint(1, 2)] if old else []
        body = encode_body(Body(f=_said(kind, bases, source), b=bases)) if kind else b""
        salt = source.randbytes(12)
        record = old.record if old else RecordId(uuid7(now, source.randbytes))
        body_hash = hash_body(salt, body)
        if source.random() < 0.1:
            body = salt = b""
        number, user = kind.number if kind else 1, UserId("0a0b0c0d")
        change = Change(
            device_id(KEY.public), INCARNATION, seq, stamp_of(now), record, number, user, body, salt, body_hash, prev
        )
        prev = hash_change(change)
        made.append(change)
    return made


def _said(
    kind: Kind, bases: list[tuple[str, int]], source: random.Random
) -> dict[str, list[Any] | dict[str, list[Any]]]:
    """Some fields of the kind, each as a body says it."""
    places = list(range(len(bases)))
    said: dict[str, list[Any] | dict[str, list[Any]]] = {}
    for field in source.sample(kind.fields, k=min(3, len(kind.fields))):
        if field.type is FieldType.SET:
            said[str(field.number)] = {_value(field): [True, *places]}
        else:
            said[str(field.number)] = [_value(field), *places]
    return said


def _value(field: Field) -> Any:
    if field.vocabulary is not None:
        return next(iter(field.vocabulary.words))
    return _VALUES.get(field.type, "Гулнора ҷавоб")


def header(chunks: list[Chunk], made: list[Change]) -> Header:
    """An honest header with something in every place."""
    return Header(
        programme="tj",
        number=7,
        sender=Sender(device_id(KEY.public), INCARNATION, DeskCode("khorugh")),
        previous="ab" * 32,
        ranges=ranges_of(made),
        have={CHAIN: 12},
        acknowledges=Receipt(4, "cd" * 32),
        roster=3,
        made_on=START,
        app="0.1.0",
        format=1,
        minimum_reader=1,
        bundle="5a" * 16,
        recipients=(fingerprint(reader().recipient),),
        counts=Counts(len(made), len(chunks), sum(chunk.raw_size for chunk in chunks)),
    )


def pack(raw: bytes) -> Chunk:
    """A chunk of anything."""
    return Chunk(len(raw), zstandard.ZstdCompressor(level=1).compress(raw))


def headers() -> list[bytes]:
    """Header lines: of format 1, of format 2 with all it has, and of a later one that this program may read."""
    first = header([], changes(random.Random(1), 5))
    second = msgspec.structs.replace(first, format=2, since=Receipt(3, "ef" * 32), heads={CHAIN: (9, "ab" * 32)})
    line = encode_header(first)
    return [line, encode_header(second), line.replace(b'"format":1', b'"extra":1,"format":7')]


def chunk_texts() -> list[bytes]:
    """Texts of chunks, from one change to forty."""
    return [encode_chunk(changes(random.Random(count), count)) for count in (1, 2, 5, 12, 40)]


def packed() -> list[bytes]:
    """Packed chunks, each behind the size that it claims."""
    chunks = [pack(text) for text in chunk_texts()]
    return [struct.pack(">I", chunk.raw_size) + bytes(chunk.packed) for chunk in chunks]


def file_parts() -> FileParts:
    """A list of files and three small pieces."""
    pieces = tuple(Piece("0a" * 32, PIECE * at + 3, PIECE * at, b"abc") for at in range(3))
    return encode_files(Files({"0b" * 32: 5, "0c" * 32: PIECE}, pieces))


def frames() -> list[bytes]:
    """Bundles under their seal: without chunks, with two, with files."""
    made = [changes(random.Random(count), count) for count in (3, 4)]
    chunks = [pack(encode_chunk(part)) for part in made]
    line = encode_header(header(chunks, made[1]))
    return [build(line, [], KEY), build(line, chunks, KEY), build(line, chunks[:1], KEY, file_parts())]


def lists_and_pieces() -> list[bytes]:
    """Both parts of frame 2, the length of the first before it."""
    parts = file_parts()
    return [
        struct.pack(">H", len(part)) + bytes(part) + bytes(piece) for piece in parts.pieces for part in [parts.lacks]
    ]


def sealed() -> list[bytes]:
    """Short sealed files, for one reader and for three."""
    others = [escrow.new_escrow(random.Random(name).randbytes).recipient for name in ("a", "b")]
    return [seal(b"roh bundle 1\n", [reader().recipient]), seal(b"x" * 200, [*others, reader().recipient])]


def key_files() -> list[bytes]:
    """Key files of format 2 with one user and with every kind of slot."""
    drawn = random.Random("keys").randbytes
    user = NewUser(UserId("0a0b0c0d"), "Мадина", "чор дарахти зард", FLOOR_PARAMETERS, frozenset({Role.LAWYER}))
    made = key_acts.new_key_file(user, drawn).key_file
    slot = keyfile.EscrowSlot(slot="ab" * 8, recipient=escrow.new_escrow(drawn).recipient)
    wider = msgspec.structs.replace(made, slots=(*made.slots, slot))
    return [keyfile.encode_key_file(made), keyfile.encode_key_file(wider)]


def cards() -> list[bytes]:
    """A desk's card of each format, and a coordinator's."""
    drawn = random.Random("months").randbytes
    keys = tuple((20_460 + 30 * at, escrow.new_escrow(drawn).recipient) for at in range(AHEAD + 1))
    card = Card(desk=DeskCode("khorugh"), name="Хоруғ", kind="desk", key=KEY.public, keys=keys)
    return [write_card(card, KEY), write_card(msgspec.structs.replace(card, kind="coordinator"), KEY), first_card()]


def first_card() -> bytes:
    """A card of format 1, as early versions wrote it."""
    said: dict[str, Any] = {"desk": "khorugh", "exchange": reader().recipient, "kind": "desk", "name": "Хоруғ"}
    said["key"] = base64.b64encode(KEY.public).decode()
    covered = msgspec.json.encode(said, order="sorted")
    signature = base64.b64encode(sign(KEY, "card v1", covered)).decode()
    return msgspec.json.encode({**said, "format": 1, "signature": signature}, order="sorted")


def codes() -> list[bytes]:
    """Small pictures of codes."""
    return [_picture(qr_code.draw(card)) for card in (cards()[0], first_card(), b"roh")]


def _picture(code: qr_code.QrCode) -> bytes:
    file = io.BytesIO()
    Image.frombytes("L", (code.side, code.side), code.dots).resize((code.side * 2,) * 2).save(file, "PNG")
    return file.getvalue()


SECOND_KEY: SigningKey = new_signing_key(random.Random("second").randbytes)
"""Of a second coordinator."""


def rosters() -> list[bytes]:
    """What versions of a roster say, a line each: devices admitted, shut out, admitted again, a second coordinator."""
    drawn = random.Random("roster").randbytes
    desk = Entry(
        device=device_id(KEY.public),
        desk=DeskCode("khorugh"),
        name="Хоруғ",
        kind="desk",
        key=KEY.public,
        recipient=escrow.new_escrow(drawn).recipient,
        state="active",
        since=START,
    )
    lead = msgspec.structs.replace(desk, desk=DeskCode("coordinator"), kind="coordinator")
    second = msgspec.structs.replace(
        lead, device=device_id(SECOND_KEY.public), desk=DeskCode("coordinator_2"), key=SECOND_KEY.public
    )
    out = msgspec.structs.replace(desk, state="revoked", good={CHAIN: 17}, since=START + 1)
    shut = msgspec.structs.replace(second, state="revoked", since=START + 2)
    told = [[desk], [desk, second], [out], [lead, shut], [desk]]
    lines = [signed_roster.make(CHAIN, 1, signed_roster.FIRST, entries, KEY).content.encode() for entries in told]
    return [lines[0], b"\n".join(lines), b"\n".join([*lines[:3], lines[1]]), b"\n".join(lines[1:4])]


def escrow_cards() -> list[bytes]:
    """The card of an emergency key."""
    return [write_escrow_card(reader().recipient, KEY)]


def papers() -> list[bytes]:
    """Codes as people type them: of the recovery paper, and of a share of the emergency key."""
    code = recovery.new_recovery_code(random.Random(3).randbytes).printed
    share = escrow.new_escrow(random.Random(4).randbytes).shares[0].printed
    eastern = "".join(chr(ord(sign) - 48 + 0x660) if sign.isdigit() else sign for sign in code)
    return [code.encode(), share.encode(), share.replace(" ", "-\n").encode(), eastern.encode()]


def listings() -> list[bytes]:
    """What stores answer: WebDAV and S3."""
    dav = b"".join(
        b"<d:response><d:href>/dav/%s</d:href><d:propstat><d:prop><d:getcontentlength>%d</d:getcontentlength>"
        b'<d:getetag>"1"</d:getetag>%s</d:prop></d:propstat></d:response>' % (name, size, kind)
        for name, size, kind in (
            (b"", 0, b"<d:resourcetype><d:collection/></d:resourcetype>"),
            (b"a.roh", 5, b""),
            (b"%d0%b0.roh", 7, b"<d:resourcetype/>"),
            (b"abababababababab/", 0, b"<d:resourcetype><d:collection/></d:resourcetype>"),
        )
    )
    entry = b"<Contents><Key>x/a.roh</Key><Size>5</Size><ETag>1</ETag></Contents>"
    return [
        b'<?xml version="1.0" encoding="utf-8"?><d:multistatus xmlns:d="DAV:">' + dav + b"</d:multistatus>",
        b"<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>n</NextContinuationToken>"
        + entry
        + b"</ListBucketResult>",
        b"<Error><Code>RequestTimeTooSkewed</Code></Error>",
    ]


def mails() -> list[bytes]:
    """Messages with a bundle in them: as this program writes them, forwarded, and as plain text."""
    data = sealed()[0]
    made = message.make("a@example.org", "b@example.org", "0a0b.roh", data, START).as_bytes()
    forwarded = (
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n"
        + made
        + b"\n--x\nContent-Disposition: attachment; filename*=UTF-8''%D1%85.roh\nContent-Transfer-Encoding: base64\n\n"
        + b"YWdl\n--x--\n"
    )
    return [made, forwarded, data.replace(b"\n", b"\r\n")]
