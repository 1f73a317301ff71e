"""One version of a coordinator's roster: its entries as text that is signed and names the one before (FORMAT.md 11)."""

import hashlib
import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64Error
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from desk_app.crypto.sealing import ExchangeKeyError, Recipient, check_recipient
from desk_app.crypto.signing import PublicKey, SigningKey, device_id, sign, verify
from desk_app.domain.change import ChainId, split_chain
from desk_app.domain.desks import is_coordinator
from desk_app.domain.ids import DeviceId
from desk_app.domain.roster import Version
from desk_app.sync.bundle_header import Chain, Code, Count

FIRST = "0" * 64
"""The hash before the first version of a series."""
MOST_ENTRIES = 100
"""In one version; a longer change takes several."""
_SIGNATURE_DOMAIN = "roster v1"
_HASH_DOMAIN = b"roh roster version v1\0"
_REMEMBERED = 2000
"""Versions whose signatures need not be verified again; a programme of a hundred desks has a few hundred."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One device, as a coordinator sees it since `since` (Unix milliseconds). Of one that was shut out, `good` has the
    last number of each of its chains that counts; nothing counts of a chain that is not named."""

    device: Annotated[DeviceId, Meta(pattern="^[0-9a-f]{32}$")]
    desk: Code
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    kind: Literal["coordinator", "desk"]
    key: Annotated[PublicKey, Meta(min_length=32, max_length=32)]
    recipient: Annotated[Recipient, Meta(max_length=100)]
    state: Literal["active", "revoked"]
    since: Count
    good: Annotated[dict[Chain, Count], Meta(max_length=200)] = {}

    @property
    def is_revoked(self) -> bool:
        """Whether this coordinator has shut it out."""
        return self.state == "revoked"


class _AnyFormat(msgspec.Struct, frozen=True):
    """A content of which nothing is known but its format."""

    format: Annotated[int, Meta(gt=1)]


class _Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    entries: Annotated[tuple[Entry, ...], Meta(min_length=1, max_length=MOST_ENTRIES)]


def make(chain: ChainId, number: int, previous: str, entries: Sequence[Entry], key: SigningKey) -> Version:
    """A version of a coordinator. `key` is its device's. Raises `ValueError` for entries that no reader would take."""
    content = _canonical(_Content(1, tuple(sorted(entries, key=lambda one: one.device))))
    if decode(content) is None:
        raise ValueError("these entries make no version")
    data = _signed(chain, number, previous, content)
    signature = b64encode(sign(key, _SIGNATURE_DOMAIN, data)).decode()
    return Version(chain, 0, number, previous, content, signature)


def version_hash(version: Version) -> str:
    """What the next version of the chain names as the one before."""
    data = _signed(version.chain, version.number, version.previous, version.content)
    return hashlib.sha256(_HASH_DOMAIN + data + b"\n" + version.signature.encode()).hexdigest()


def decode(content: str) -> tuple[Entry, ...] | None:
    """The entries of a version, or None unless they are spelt exactly as this program spells them, each key proves its
    device, and what they say of each device is possible."""
    try:
        read = msgspec.json.decode(content, type=_Content)
        proper = _canonical(read) == content and all(map(_is_proper, read.entries))
    except (msgspec.DecodeError, UnicodeError, RecursionError, ExchangeKeyError):
        return None
    devices = [one.device for one in read.entries]
    return read.entries if proper and devices == sorted(set(devices)) else None


@lru_cache(maxsize=_REMEMBERED)
def verified(version: Version, key: bytes) -> tuple[Entry, ...] | None:
    """The entries of a version that the holder of `key` signed, else None."""
    return decode(version.content) if _is_signed(version, key) else None


def _is_signed(version: Version, key: bytes) -> bool:
    data = _signed(version.chain, version.number, version.previous, version.content)
    try:
        signature = b64decode(version.signature, validate=True)
    except (NotBase64Error, ValueError):
        return False
    return verify(PublicKey(key), _SIGNATURE_DOMAIN, data, signature)


def is_newer(version: Version, key: bytes) -> bool:
    """Whether the holder of `key` signed a version in a newer format."""
    try:
        msgspec.json.decode(version.content, type=_AnyFormat)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False
    return _is_signed(version, key)


def _is_proper(entry: Entry) -> bool:
    chains_are_its_own = all(split_chain(chain)[0] == entry.device for chain in entry.good)
    return (
        device_id(entry.key) == entry.device
        and (entry.kind == "coordinator") is is_coordinator(entry.desk)
        and check_recipient(entry.recipient) == entry.recipient
        and chains_are_its_own
        and (entry.is_revoked or not entry.good)
    )


def _canonical(content: _Content) -> str:
    return json.dumps(msgspec.to_builtins(content), sort_keys=True, separators=(",", ":"))


def _signed(chain: ChainId, number: int, previous: str, content: str) -> bytes:
    return json.dumps([chain, number, previous, content], separators=(",", ":")).encode()
