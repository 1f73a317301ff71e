"""The header of a bundle: one line of canonical JSON that says from whom, for whom and how far (FORMAT.md 3)."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from desk_app.domain.change import MAX_SEQ, ChainId, Change
from desk_app.domain.errors import Damaged, NewerFormat
from desk_app.domain.holdings import MOST_SPANS, Holdings, are_apart
from desk_app.domain.ids import DeskCode, DeviceId, Incarnation

FORMAT = 3
READER = 1
"""What is asked of a reader: one of format 1 reads a header of format 3, and leaves aside what that has more."""

MOST_GIVEN_BACK = 16 * 1024
"""Signs of all that is given back together: the header has to hold it."""
MOST_VERSIONS = 100

Count = Annotated[int, Meta(ge=0, le=2**53)]
Seq = Annotated[int, Meta(ge=1, le=2**53)]
ChangeSeq = Annotated[int, Meta(ge=1, le=MAX_SEQ)]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Fingerprint = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
Chain = Annotated[ChainId, Meta(pattern=r"^[0-9a-f]{32}\.[0-9a-f]{8}$")]
Code = Annotated[DeskCode, Meta(pattern="^[a-z0-9_-]{1,40}$")]
Range = tuple[ChangeSeq, ChangeSeq]


class Sender(msgspec.Struct, frozen=True):
    """The device that made the bundle, its present incarnation and its desk."""

    device: Annotated[DeviceId, Meta(pattern="^[0-9a-f]{32}$")]
    incarnation: Annotated[Incarnation, Meta(pattern="^[0-9a-f]{8}$")]
    desk: Code


class Receipt(msgspec.Struct, frozen=True):
    """The last bundle that the sender has from the recipient."""

    number: Seq
    hash: Hash


class Counts(msgspec.Struct, frozen=True):
    """What the reader will find; it must come out so."""

    changes: Count
    chunks: Count
    raw_bytes: Count


class GivenBack(msgspec.Struct, frozen=True):
    """A version of the recipient's own roster which it no longer holds, as it signed it (FORMAT.md 11)."""

    chain: Chain
    version: Seq
    previous: Hash
    content: Annotated[str, Meta(max_length=MOST_GIVEN_BACK)]
    signature: Annotated[str, Meta(max_length=100)]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the sender says with a bundle.

    `ranges` claims, per chain: every change from first to last that is for this recipient is inside. `have` is the
    acknowledgement: per chain, the highest number up to which the sender has everything meant for it.
    `beyond` are the spans that the sender holds over holes of its own chains, and a coordinator of the recipient's.
    `made_on` is in Unix milliseconds; `previous` the hash of the bundle before in this series. `since` names the
    bundle that the recipient is counted on to hold: everything newer is inside; None: this one holds everything.
    `heads` are, of the recipient's own chains, the last numbers up to which a coordinator has everything,
    with the hashes of those changes. `given_back` is what a coordinator that was put back has lost of its own roster.
    """

    programme: Annotated[str, Meta(min_length=1, max_length=64)]
    number: Seq
    sender: Sender
    previous: Hash | None
    ranges: dict[Chain, Range]
    have: dict[Chain, Count]
    beyond: dict[Chain, Annotated[list[Range], Meta(max_length=MOST_SPANS)]] | UnsetType = UNSET
    acknowledges: Receipt | None
    roster: Count
    since: Receipt | UnsetType | None = UNSET
    made_on: Count
    app: Annotated[str, Meta(min_length=1, max_length=32)]
    heads: dict[Chain, tuple[ChangeSeq, Hash]] | UnsetType = UNSET
    given_back: Annotated[tuple[GivenBack, ...], Meta(max_length=MOST_VERSIONS)] | UnsetType = UNSET


class Header(Facts, frozen=True, kw_only=True):
    """The facts, and what the writer adds to them."""

    format: Annotated[int, Meta(ge=1)]
    minimum_reader: Annotated[int, Meta(ge=1)]
    bundle: Fingerprint
    recipients: Annotated[tuple[Fingerprint, ...], Meta(min_length=1, max_length=256)]
    counts: Counts

    @property
    def holdings(self) -> Holdings:
        """What the sender says to hold."""
        return Holdings(self.have, self.beyond or {})


class _Needs(msgspec.Struct):
    minimum_reader: Annotated[int, Meta(ge=1)]


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Header)
_needs_decoder = msgspec.json.Decoder(_Needs)


def encode_header(header: Header) -> bytes:
    """The header line without its line end. Raises `ValueError` for facts that no reader would take."""
    line = _encoder.encode(header)
    try:
        if decode_header(line) == header:
            return line
    except Damaged as error:
        raise ValueError("these facts make no header") from error
    raise ValueError("these facts make no header")


def decode_header(line: bytes) -> Header:
    """A header from its line. Raises `Damaged`, or `NewerFormat` where a later reader is asked for.

    A header of format 1 must be spelt exactly as this program spells it; one of a later format that format 1 may
    read keeps its unknown keys to itself.
    """
    try:
        needs = _needs_decoder.decode(line).minimum_reader
        if needs > READER:
            raise NewerFormat(needs)
        header = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Damaged("header") from error
    newer = header.since, header.heads, header.beyond, header.given_back
    is_newer = any(one is not UNSET for one in newer)
    if header.format == 1 and (is_newer or _encoder.encode(header) != line):
        raise Damaged("header")
    spans = header.beyond or {}
    if not all(are_apart(header.have.get(chain, 0), of_chain) for chain, of_chain in spans.items()):
        raise Damaged("header")
    if any(first > last for first, last in header.ranges.values()):
        raise Damaged("header")
    return header


def ranges_of(changes: Iterable[Change]) -> dict[ChainId, tuple[int, int]]:
    """The span of each chain in these changes: the ranges to claim when nothing between was held back."""
    spans: dict[ChainId, tuple[int, int]] = {}
    for change in changes:
        first, last = spans.get(change.chain, (change.seq, change.seq))
        spans[change.chain] = min(first, change.seq), max(last, change.seq)
    return spans
