"""What the fuzzer reads: everything that takes bytes from outside. Each reader ends well or with an error of ours.

A reader that checks a sum or a signature before it looks further is also given the same bytes with that mended, as an
enemy who knows this program would.
"""

import hashlib
import io
import json
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, pairwise
from random import Random
from typing import Any, cast

import _fuzz_seeds as seeds
import msgspec
from _fuzz_merge import exchanged, read_exchanged, vary_exchanged
from _fuzz_mutations import Vary, vary_bytes, vary_frames, vary_json, vary_lines, with_words
from _fuzz_vault import read_taken
from PIL import Image

from desk_app.crypto import escrow, keyfile, recovery
from desk_app.crypto.signing import device_id, sign
from desk_app.documents import qr_code
from desk_app.domain.change import Change, chain_id, decode_body
from desk_app.domain.errors import BundleRefused, Trouble
from desk_app.domain.fold import fold
from desk_app.domain.ids import DeskCode
from desk_app.domain.record_state import RecordState
from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import Kind
from desk_app.domain.roster import Coordinator, Version
from desk_app.sync import bundle, card, escrow_card, framing, roster, signed_roster
from desk_app.sync.bundle_changes import BadChunk, decode_chunk, encode_chunk
from desk_app.sync.bundle_files import MAX_LACKS, PIECE, decode_files, encode_files
from desk_app.sync.bundle_header import decode_header, encode_header
from desk_app.sync.carriers import message, xml_reading
from desk_app.sync.carriers.s3 import S3Carrier
from desk_app.sync.carriers.s3_signing import Signer
from desk_app.sync.carriers.web import Answer, Web
from desk_app.sync.carriers.webdav import WebDavCarrier
from desk_app.sync.framing import Chunk, FileParts, take_apart
from desk_app.sync.plan import compare


@dataclass(frozen=True, slots=True)
class Target:
    """A reader. `read` lets out nothing but faults; `vary` edits a sample."""

    read: Callable[[bytes], None]
    seeds: Callable[[], Sequence[bytes]]
    vary: Vary
    share: int = 1
    """How much of a campaign's executions it gets."""
    longest: int = 4096


class Wrong(AssertionError):
    """A reader took what it should not, or gave back something else than it read."""


def must(held: bool, what: str) -> None:
    """Raises `Wrong` for what does not hold."""
    if not held:
        raise Wrong(what)


def read_header(data: bytes) -> None:
    """Whatever is taken is written again as it was, or says less where it is of a later format."""
    with suppress(BundleRefused):
        header = decode_header(data)
        if header.format == 1:
            must(encode_header(header) == data, "a header is spelt in one way")


def read_frame(data: bytes) -> None:
    """As it is, and with a tree hash and padding that fit."""
    for plain in (data, _retreed(data)):
        with suppress(BundleRefused):
            frame = take_apart(plain)
            frame.is_signed_by(_RAW)
            must(len(plain) == framing.padded_length(len(plain)), "the padding is what the length asks for")


_RAW = seeds.KEY.public


def _retreed(plain: bytes) -> bytes:
    start = plain.find(b"\n", plain.find(b"\n") + 1) + 1
    starts = [start]
    while plain[starts[-1] : starts[-1] + 1] in (b"C", b"L", b"P") and starts[-1] + 13 <= len(plain):
        starts.append(starts[-1] + 13 + struct.unpack_from(">I", plain, starts[-1] + 5)[0])
    top = b"roh bundle tree v1\0" + struct.pack(">I", len(starts) - 1) + hashlib.sha256(plain[:start]).digest()
    leaves = b"".join(hashlib.sha256(plain[at:end]).digest() for at, end in pairwise(starts))
    tree = hashlib.sha256(top + leaves).digest()
    made = plain[: starts[-1]] + b"T" + struct.pack(">I", len(starts) - 1) + tree
    made += sign(seeds.KEY, framing.SIGNATURE_DOMAIN, tree)
    return made + bytes(framing.padded_length(len(made)) - len(made))


def read_chunk(data: bytes) -> None:
    """The changes of a chunk, folded and compared in two orders: any order, split or double gives one state."""
    try:
        found = decode_chunk(data)
    except BadChunk:
        return
    must(len({change.version for change in found}) == len(found), "a change comes twice")
    ordered = sorted(found)
    must(decode_chunk(encode_chunk(ordered)) == ordered, "what is read is written again")
    half = len(found) // 2
    held = _by_record(found[:half])
    compare(ALL, found, {})
    compare(ALL, found[half // 2 :], held)
    for of_record in _by_record(found).values():
        _fold_all(of_record)


def _by_record(changes: Sequence[Change]) -> dict[Any, list[Change]]:
    grouped: dict[Any, list[Change]] = {}
    for change in changes:
        grouped.setdefault(change.record, []).append(change)
    return grouped


def _fold_all(changes: Sequence[Change]) -> None:
    for number in {change.kind for change in changes}:
        kind = ALL.numbered(number)
        if kind is None:
            continue
        state, again = fold(kind, changes), fold(kind, [*reversed(changes), *changes[::2]])
        must(_shown(kind, state) == _shown(kind, again), "order and doubles do not matter")


def _shown(kind: Kind, state: RecordState | None) -> object:
    """All that is to be seen of a record; troubles by their names, for two of them are never equal."""
    if state is None:
        return None
    refused = [(one.version, one.field, type(one.trouble).__name__) for one in state.refused]
    return state._replace(refused=()), refused, state.disagreements(kind)


def read_packed(data: bytes) -> None:
    """A packed chunk behind the size that it claims, in a bundle whose header claims everything."""
    if len(data) < 4:
        return
    size, packed = int.from_bytes(data[:4]) % bundle.CHUNK_CAP, data[4:]
    with suppress(BundleRefused):
        for _ in bundle.unpacked(_HEADER, (Chunk(size, packed),)):
            pass


_HEADER = msgspec.structs.replace(seeds.header([], []), ranges={seeds.CHAIN: (1, 2**53)})


def read_files(data: bytes) -> None:
    """A list of files and a piece, behind the list's length."""
    at = 2 + int.from_bytes(data[:2])
    with suppress(BundleRefused):
        files = decode_files(FileParts(data[2:at], (data[at:],)))
        must(len(files.lacks) <= MAX_LACKS and len(files.pieces[0].data) <= PIECE, "caps hold")
        if files.pieces[0].fits:
            parts = encode_files(files)
            must((parts.lacks, *parts.pieces) == (data[2:at], data[at:]), "what is read is written again")


def read_sealed(data: bytes) -> None:
    """The seal alone."""
    with suppress(BundleRefused):
        bundle.unseal(data, [_READER])


_READER = seeds.reader()


def read_key_file(data: bytes) -> None:
    """As it is, and with a check sum that fits."""
    for told in (data, _rechecked(data)):
        with suppress(Trouble):
            read = keyfile.decode_key_file(told)
            must(bool(read.data_keys), "a data key is there")
            for user in read.users:
                must(read.named(user.name) is not None, "who is in it can be named")
            if not read.is_first_format:
                must(keyfile.encode_key_file(read) == told, "a key file is spelt in one way")


def _rechecked(data: bytes) -> bytes:
    said = _json(data)
    if not isinstance(said, dict):
        return data
    version = said.get("format")
    domain = b"roh key file v%d\0" % (version if version in (1, 2) else 2)
    content = _spelt({**said, "check": ""})
    return _spelt({**said, "check": hashlib.sha256(domain + content).hexdigest()})


def read_card(data: bytes) -> None:
    """As it is, and signed anew."""
    for told in (data, *(_resigned(data, domain, ("format", "signature")) for domain in ("card v1", "card v2"))):
        with suppress(Trouble):
            rows = card.card_digits(card.read_card(told))
            must([len(row) for row in rows] == [23, 23], "two rows of digits")


def read_code(data: bytes) -> None:
    """A picture of a code, and what the code holds as a card."""
    with suppress(qr_code.PictureBrokenError):
        for held in qr_code.read(data):
            must(len(held) <= qr_code.MOST_BYTES + 100, "a code holds no more than a code can")
            with suppress(Trouble):
                card.read_card(held)


def vary_picture(data: bytes, chance: Random) -> bytes:
    """Edits the dots, or the bytes where they are no picture, and now and then where they are."""
    if chance.random() < 0.3:
        return vary_bytes(data, chance)
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as opened:
            dots = opened.convert("L")
    except Exception:  # Readers of pictures fail in many ways.
        return vary_bytes(data, chance)
    edited = vary_bytes(dots.tobytes(), chance)
    side = max(1, dots.width + chance.choice((0, 0, 0, -1, 1, -40)))
    file = io.BytesIO()
    Image.frombytes("L", (side, dots.height), edited[: side * dots.height].ljust(side * dots.height)).save(file, "PNG")
    return file.getvalue()


def read_roster(data: bytes) -> None:
    """Lines as versions that two coordinators wrote in turns: truly signed, each after the one before."""
    versions: list[Version] = []
    last = dict.fromkeys(_COORDINATORS, signed_roster.FIRST)
    for number, line in enumerate(data.split(b"\n")[:5]):
        chain = list(_COORDINATORS)[number % 3 // 2]
        content = line.decode("utf-8", "replace")
        entries = signed_roster.decode(content)
        if entries is not None:
            made = signed_roster.make(chain, number + 1, last[chain], entries, _COORDINATORS[chain])
            must(made.content == content, "a version is spelt in one way")
        else:
            made = Version(chain, number + 1, number + 1, last[chain], content, content[:90])
        last[chain] = signed_roster.version_hash(made)
        versions.append(made)
    shown = roster.effective(versions, _TRUSTED)
    if sum(data) % 8 == 0:
        again = roster.effective([*reversed(versions), *versions[:2]], _TRUSTED)
        must((shown.listed, shown.numbers) == (again.listed, again.numbers), "order and doubles do not matter")
    words = [word for one in shown.listed.values() for word in one.revoked_by.values()]
    must(all(number >= 0 for word in words for number in word.good.values()), "no number is negative")


_COORDINATORS = {chain_id(device_id(key.public), seeds.INCARNATION): key for key in (seeds.KEY, seeds.SECOND_KEY)}
_TRUSTED = {device_id(seeds.KEY.public): Coordinator(DeskCode("coordinator"), seeds.KEY.public)}


def read_escrow_card(data: bytes) -> None:
    """As it is, and signed anew."""
    for told in (data, _resigned(data, "emergency key v1", ("format", "signature"))):
        with suppress(Trouble):
            escrow_card.escrow_number(escrow_card.read_escrow_card(told).recipient)


def _resigned(data: bytes, domain: str, unsigned: Sequence[str]) -> bytes:
    """With our key and its signature: `unsigned` are the members that it does not cover."""
    said = _json(data)
    if not isinstance(said, dict):
        return data
    if "key" in said:
        said["key"] = _PUBLIC
    covered = _spelt({name: value for name, value in said.items() if name not in unsigned})
    signature = msgspec.json.decode(msgspec.json.encode(sign(seeds.KEY, domain, covered)))
    return _spelt({**said, "signature": signature})


_PUBLIC = msgspec.json.decode(msgspec.json.encode(seeds.KEY.public))


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _spelt(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def read_paper(data: bytes) -> None:
    """Codes that a person types."""
    text = data.decode("utf-8", "surrogateescape")
    with suppress(Trouble):
        must(recovery.parse_recovery_code(text).printed.replace(" ", "").isdecimal(), "a code is digits")
    with suppress(Trouble):
        escrow.parse_share(text)
    with suppress(Trouble):
        escrow.join([text, _SHARE])


_SHARE = escrow.new_escrow(Random(4).randbytes).shares[1].printed


class _OneAnswer:
    """A server that says the same to everything, once."""

    server = "host"

    def __init__(self) -> None:
        self.data = b""

    def ask(self, method: str, *_asked: object) -> Answer:
        data, self.data = self.data, b"<ListBucketResult/>"
        return Answer(207 if method == "PROPFIND" else 200, {}, data)


def _dav_and_s3() -> tuple[_OneAnswer, WebDavCarrier, S3Carrier]:
    server, box = _OneAnswer(), "ab" * 8
    dav = WebDavCarrier("https://host/dav", "u", "p", box)
    s3 = S3Carrier("https://host", "b", "x", Signer("a", "s", "r"), box, lambda: seeds.START)
    dav._web = s3._web = cast(Web, server)
    return server, dav, s3


_SERVER, _DAV, _S3 = _dav_and_s3()


def read_listing(data: bytes) -> None:
    """The XML, and what both kinds of stores make of it."""
    with suppress(xml_reading.NotXml):
        xml_reading.read(data)
    for store in (_DAV, _S3):
        _SERVER.data = data
        with suppress(Trouble):
            store.list_files()


def read_mail(data: bytes) -> None:
    """A message, and a file that mail hurt."""
    for name, _held in message.bundles_in("x.eml", data):
        must(bool(name), "a bundle has a name")
    message.bundles_in("x.roh", data)


def read_body(data: bytes) -> None:
    """A body alone, as a change of every kind."""
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        decode_body(data)
    change = seeds.changes(Random(1), 1)[0]
    for kind in _SOME_KINDS:
        changes = [change._replace(kind=kind.number, body=data, seq=seq) for seq in (1, 2)]
        _fold_all(changes)


_SOME_KINDS = [kind for kind in ALL if kind.name in ("client", "consent", "note", "link", "erasure", "user")]


def bodies() -> list[bytes]:
    """Bodies of the samples."""
    return [change.body for change in seeds.changes(Random(7), 60) if change.body]


Words = tuple[bytes, ...]
_XML: Words = (
    b"<!DOCTYPE x [",
    b"<!ENTITY a 'b'>",
    b"&a;",
    b"<![CDATA[",
    b"]]>",
    b' encoding="utf-16"',
    b' encoding="x"',
)
_XML += (b'<?xml version="1.0"?>', b"<a>", b"</a>", b'xmlns:d="y"', b"http://[", b"%ff", b"//", b"<!--", b"&#0;")
_MAIL: Words = (
    b"\r\n",
    b"\n\n",
    b"--x",
    b"boundary=",
    b'boundary="',
    b"charset=x",
    b"=?utf-8?b?",
    b"?=",
    b"filename*0*=",
)
_MAIL += (b"Content-Type: multipart/mixed; boundary=x\n", b"Content-Transfer-Encoding: base64\n", b"quoted-printable")
_MAIL += (
    b"Content-Type: message/rfc822\n\n",
    b"Content-Disposition: attachment; filename=",
    b"x-uuencode",
    b"begin 6 a\n",
)
_AGE: Words = (
    b"\n--- ",
    b"-> X25519 ",
    b"-> scrypt AAAA 30\n",
    b"-> ssh-rsa A\n",
    b"age-encryption.org/v1\n",
    b"-> a-grease\n",
)
_DIGITS: Words = ("٣".encode(), "７".encode(), "²".encode(), b"0", b"9", b"\xff", b" ", b"-")

TARGETS: dict[str, Target] = {
    "header": Target(read_header, seeds.headers, vary_json, 600),
    "framing": Target(read_frame, seeds.frames, vary_frames, 40, 8192),
    "chunk": Target(read_chunk, seeds.chunk_texts, vary_lines, 12, 8192),
    "body": Target(read_body, bodies, vary_json, 12, 2048),
    "vault": Target(read_taken, seeds.chunk_texts, vary_lines, 3, 8192),
    "merge": Target(read_exchanged, exchanged, vary_exchanged, 2, 16384),
    "packed": Target(read_packed, seeds.packed, vary_frames, 500, 8192),
    "files": Target(read_files, seeds.lists_and_pieces, vary_frames, 600),
    "seal": Target(read_sealed, seeds.sealed, with_words(_AGE), 100, 2048),
    "keys": Target(read_key_file, seeds.key_files, vary_json, 40, 8192),
    "card": Target(read_card, seeds.cards, vary_json, 30),
    "code": Target(read_code, seeds.codes, vary_picture, 1, 16384),
    "roster": Target(read_roster, seeds.rosters, vary_lines, 3, 8192),
    "emergency": Target(read_escrow_card, seeds.escrow_cards, vary_json, 60),
    "paper": Target(read_paper, seeds.papers, with_words(_DIGITS), 60, 400),
    "listing": Target(read_listing, seeds.listings, with_words(_XML), 50),
    "mail": Target(read_mail, seeds.mails, with_words(_MAIL), 20),
}
"""Quick readers get more of a campaign than slow ones."""


def edited(name: str, target: Target, seed: int) -> Iterator[bytes]:
    """Edited samples without an end, the same for a seed."""
    chance, samples = Random(f"{seed} {name}"), list(target.seeds())
    while True:
        data = chance.choice(samples)
        for _ in range(chance.randint(1, 3)):
            data = (target.vary if chance.random() < 0.8 else vary_bytes)(data, chance)[: 2 * target.longest]
        yield data


def run(name: str, target: Target, executions: int, seed: int) -> None:
    """Reads so many edited samples; the first fault is let out with its sample in its notes."""
    for data in islice(edited(name, target, seed), executions):
        try:
            target.read(data)
        except BaseException as fault:
            fault.add_note(f"target {name}, seed {seed}, sample {data!r}")
            raise
