"""Text that only one profession reads, and drafts that only their author reads. FORMAT.md has both forms.

A sealed text says inside whose record it is, so that moved to another person's record it is found out. Both are filled
up to whole steps: their length tells little of what is in them.
"""

import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk_app.crypto.sealing import ExchangeIdentity, SealBrokenError, open_sealed, seal
from desk_app.domain.ids import RandomBytes, RecordId, UserId

STEP = 256
"""Bytes to whose next multiple a text is filled up."""

NONCE_BYTES = 12
_TEXT_DOMAIN = b"roh sealed text v1\0"
_DRAFT_DOMAIN = b"roh draft v1\0"
_DRAFT_KEY_INFO = b"roh draft key v1\0"
_PLACE_BYTES = 32


class SealMovedError(Exception):
    """It opens, and was written for another record."""


class DraftNotOursError(Exception):
    """The draft was sealed with another key, for another place, or was altered."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed text belongs: one field of one record about one person."""

    record: RecordId
    client: RecordId
    field: int

    @property
    def code(self) -> bytes:
        """32 bytes that stand for it."""
        return hashlib.sha256(_TEXT_DOMAIN + f"{self.record} {self.client} {self.field}".encode()).digest()


@dataclass(frozen=True, slots=True)
class DraftKey:
    """What one user's drafts are sealed with. Its repr shows nothing."""

    secret: bytes = field(repr=False)


def seal_text(text: str, place: Place, reader: ExchangeIdentity) -> bytes:
    """The text as an age file that only this key opens.

    It takes the private half, so nobody who alters a file of public keys decides who reads. Raises `ExchangeKeyError`.
    """
    return seal(_TEXT_DOMAIN + place.code + _filled(text.encode()), [reader.recipient])


def open_text(sealed: bytes, place: Place, reader: ExchangeIdentity) -> str:
    """The text inside.

    Raises `SealMovedError`, `SealBrokenError`, `NotForUsError`, `NotSealedError`, `ExchangeKeyError`.
    """
    inside = open_sealed(sealed, [reader])
    if not inside.startswith(_TEXT_DOMAIN):
        raise SealBrokenError
    inside = inside[len(_TEXT_DOMAIN) :]
    if inside[:_PLACE_BYTES] != place.code:
        raise SealMovedError
    try:
        return _emptied(inside[_PLACE_BYTES:]).decode()
    except UnicodeDecodeError as error:
        raise SealBrokenError from error


def draft_key(identity: ExchangeIdentity, vault: str) -> DraftKey:
    """The key of a user's drafts in a vault: it comes from her own identity, which no colleague opens."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_DRAFT_KEY_INFO + vault.encode())
    return DraftKey(derived.derive(identity.private.encode()))


def seal_draft(body: bytes, key: DraftKey, user: UserId, name: str, random: RandomBytes) -> bytes:
    """What a user typed, for herself alone; `name` is what it is kept under."""
    nonce = random(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key.secret).encrypt(nonce, _filled(body), _draft_place(user, name))


def open_draft(sealed: bytes, key: DraftKey, user: UserId, name: str) -> bytes:
    """What she typed. Raises `DraftNotOursError`."""
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return _emptied(ChaCha20Poly1305(key.secret).decrypt(nonce, rest, _draft_place(user, name)))
    except (InvalidTag, ValueError, SealBrokenError) as error:
        raise DraftNotOursError from error


def _draft_place(user: UserId, name: str) -> bytes:
    return _DRAFT_DOMAIN + user.encode() + b"\0" + name.encode()


def _filled(data: bytes) -> bytes:
    whole = len(data).to_bytes(4, "big") + data
    return whole + bytes(-len(whole) % STEP)


def _emptied(filled: bytes) -> bytes:
    length = int.from_bytes(filled[:4], "big")
    data = filled[4 : 4 + length]
    if len(data) != length or filled != _filled(data):
        raise SealBrokenError
    return data
