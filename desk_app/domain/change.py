"""One change: one save of one record by one user. The set of all changes is the state.

The body is canonical JSON (UTF-8, sorted keys, no spaces):

    {"b": [["<device>.<incarnation>", seq], ...], "f": {"<field number>": [value, base, ...], ...}}

`b` lists the versions that were replaced, `base` is an index into it. A field of type set holds its elements
instead, each a register of its own: `{"<element>": [true or false, base, ...]}`. `b` is absent where nothing was
replaced. Unknown keys and field numbers, written by a newer version, are kept and passed on unread.
"""

import hashlib
from typing import Any, NamedTuple, NewType

import msgspec

from desk_app.domain.clock import Stamp
from desk_app.domain.ids import DeviceId, Incarnation, RecordId, UserId

ChainId = NewType("ChainId", str)
"""`<device>.<incarnation>`: the numbered series of changes one device writes between two restores."""

Value = str | int | bool | None
FIRST_HASH = bytes(32)
SALT_BYTES = 12
MAX_SEQ = 2**40 - 1
"""The highest number in a chain: a log keeps chain and number in one integer."""
_CHANGE_DOMAIN = b"roh change v1\0"
_BODY_DOMAIN = b"roh body v1\0"


class Version(NamedTuple):
    """The identity of a change: its chain and its number in it, counted from 1."""

    chain: ChainId
    seq: int


class Body(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a change says: the fields it sets, each with the versions it replaces."""

    f: dict[str, list[Any] | dict[str, list[Any]]]
    b: list[tuple[str, int]] = []


class Change(NamedTuple):
    """A change as the log keeps it. After an erasure `body` and `salt` are empty and the chain still verifies."""

    device: DeviceId
    incarnation: Incarnation
    seq: int
    hlc: Stamp
    record: RecordId
    kind: int
    user: UserId
    body: bytes
    salt: bytes
    body_hash: bytes
    prev_hash: bytes

    @property
    def chain(self) -> ChainId:
        """The chain this change belongs to."""
        return chain_id(self.device, self.incarnation)

    @property
    def version(self) -> Version:
        """The identity of this change."""
        return Version(self.chain, self.seq)


def chain_id(device: DeviceId, incarnation: Incarnation) -> ChainId:
    """The name of a device's chain."""
    return ChainId(f"{device}.{incarnation}")


def split_chain(chain: ChainId) -> tuple[DeviceId, Incarnation]:
    """The device and incarnation that a chain's name holds."""
    device, _, incarnation = chain.partition(".")
    return DeviceId(device), Incarnation(incarnation)


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Body)


def encode_body(body: Body) -> bytes:
    """Canonical bytes of a body."""
    return _encoder.encode(body)


def decode_body(data: bytes) -> Body:
    """A body from its bytes. Raises `msgspec.DecodeError` when it is none."""
    return _decoder.decode(data)


def body_in(data: bytes) -> Body:
    """A body from its bytes; an empty one where they cannot be read."""
    try:
        return decode_body(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Body({})


def fields_in(data: bytes) -> dict[str, list[Any] | dict[str, list[Any]]]:
    """The fields that a body sets; none where it cannot be read."""
    return body_in(data).f


def hash_body(salt: bytes, body: bytes) -> bytes:
    """What of a body stays after an erasure; the salt keeps it from being guessed."""
    return hashlib.sha256(_BODY_DOMAIN + len(salt).to_bytes(1) + salt + body).digest()


def hash_change(change: Change) -> bytes:
    """The hash that the next change of the chain names as `prev_hash`; it covers the body through its hash only."""
    device, incarnation, seq, hlc, record, kind, user, _, _, body_hash, prev_hash = change
    head = f"{device}.{incarnation}\0{seq}\0{hlc}\0{record}\0{kind}\0{user}\0"
    return hashlib.sha256(_CHANGE_DOMAIN + head.encode() + body_hash + prev_hash).digest()
