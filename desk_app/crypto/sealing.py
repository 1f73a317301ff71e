"""Sealing for a reader with age v1 (age-encryption.org/v1), so that the `age` command opens it too."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NewType

import pyrage

Recipient = NewType("Recipient", str)
"""A public exchange key as age writes it: `age1...`."""

HEADER_CAP = 64 * 1024
_INTRO = b"age-encryption.org/v1\n"


class NotSealedError(Exception):
    """The data is no age v1 file."""


class NotForUsError(Exception):
    """None of our identities opens it."""


class SealBrokenError(Exception):
    """It was sealed, and is cut or altered."""


class ExchangeKeyError(Exception):
    """The text is no exchange key."""


@dataclass(frozen=True, slots=True)
class ExchangeIdentity:
    """A private X25519 exchange key as age writes it. Its repr shows nothing."""

    private: str = field(repr=False)

    @property
    def recipient(self) -> Recipient:
        """The public half. Raises `ExchangeKeyError`."""
        return Recipient(str(_identity(self).to_public()))


def new_exchange_identity() -> ExchangeIdentity:
    """A new exchange key. The randomness is the operating system's: age takes none from outside."""
    return ExchangeIdentity(str(pyrage.x25519.Identity.generate()))


def check_recipient(text: str) -> Recipient:
    """The text as a recipient. Raises `ExchangeKeyError`."""
    return Recipient(str(_recipient(text)))


def fingerprint(recipient: Recipient) -> str:
    """32 hex digits that stand for a recipient."""
    return hashlib.sha256(b"roh recipient v1\0" + recipient.encode()).digest()[:16].hex()


class _Pieces:
    """Takes what age writes piece by piece, with a step of our own at each: in one call age would let no other thread
    of the program run until a large file is done."""

    def __init__(self) -> None:
        self.joined = io.BytesIO()

    def write(self, piece: bytes) -> int:
        return self.joined.write(piece)

    def flush(self) -> None:
        """There is nothing behind it."""


def seal(data: bytes, recipients: Sequence[Recipient]) -> bytes:
    """Data that only these recipients can open. Raises `ExchangeKeyError`."""
    sealed = _Pieces()
    pyrage.encrypt_io(io.BytesIO(data), sealed, [_recipient(text) for text in recipients])
    return sealed.joined.getvalue()


def open_sealed(data: bytes, identities: Sequence[ExchangeIdentity]) -> bytes:
    """The data inside. Raises `NotSealedError`, `NotForUsError`, `SealBrokenError`, `ExchangeKeyError`."""
    if not data.startswith(_INTRO):
        raise NotSealedError
    # A header with thousands of recipients would keep us busy with every one of them.
    if data.find(b"\n--- ", 0, HEADER_CAP) < 0:
        raise SealBrokenError
    opened = _Pieces()
    try:
        pyrage.decrypt_io(io.BytesIO(data), opened, [_identity(identity) for identity in identities])
    except (pyrage.DecryptError, OSError) as error:  # The latter from the first piece that is cut or altered.
        if "No matching keys" in str(error):
            raise NotForUsError from error
        raise SealBrokenError from error
    return opened.joined.getvalue()


def _identity(identity: ExchangeIdentity) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(identity.private)
    except pyrage.IdentityError as error:
        raise ExchangeKeyError from error


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise ExchangeKeyError from error
