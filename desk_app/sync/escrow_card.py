"""The public half of the programme's emergency key as a small file, signed by the coordinator (FORMAT.md 6)."""

import hashlib
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from desk_app.crypto.sealing import ExchangeKeyError, Recipient, check_recipient
from desk_app.crypto.signing import PublicKey, SigningKey, sign, verify
from desk_app.domain.errors import CardDamaged, CardNewer

FORMAT = 1
SIZE_CAP = 16 * 1024
_SIGNATURE_DOMAIN = "emergency key v1"
_DIGITS_DOMAIN = b"roh emergency key digits v1\0"
_ROWS, _GROUPS, _DIGITS = 2, 6, 3
_NAMING = 3


class EscrowCard(msgspec.Struct, frozen=True, kw_only=True):
    """An age recipient that a vault can be sealed to, and the key of the device that says so."""

    kind: Literal["emergency"] = "emergency"
    key: Annotated[PublicKey, Meta(min_length=32, max_length=32)]
    recipient: Annotated[Recipient, Meta(max_length=100)]


class _SignedCard(EscrowCard, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: int
    signature: bytes


class _Version(msgspec.Struct):
    format: int


def write_escrow_card(recipient: Recipient, key: SigningKey) -> bytes:
    """The card's file, signed with the coordinator's device key."""
    card = EscrowCard(key=key.public, recipient=recipient)
    signature = sign(key, _SIGNATURE_DOMAIN, _encoded(card))
    return _encoded(_SignedCard(key=card.key, recipient=card.recipient, format=FORMAT, signature=signature))


def read_escrow_card(data: bytes) -> EscrowCard:
    """A card from its file, as the holder of its `key` made it. Raises `CardDamaged`, `CardNewer`."""
    if len(data) > SIZE_CAP:
        raise CardDamaged
    try:
        version = msgspec.json.decode(data, type=_Version).format
        if version > FORMAT:
            raise CardNewer(version)
        signed = msgspec.json.decode(data, type=_SignedCard)
        card = EscrowCard(key=signed.key, recipient=signed.recipient)
        proper = check_recipient(card.recipient) == card.recipient and signed.format == FORMAT
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ExchangeKeyError) as error:
        raise CardDamaged from error
    if not proper or not verify(card.key, _SIGNATURE_DOMAIN, _encoded(card), signed.signature):
        raise CardDamaged
    return card


def escrow_digits(recipient: Recipient | str) -> tuple[str, str]:
    """Two rows of six groups of three digits, the same for no other key (119 bits), to read to each other."""
    number = int.from_bytes(hashlib.sha256(_DIGITS_DOMAIN + recipient.encode()).digest())
    drawn = f"{number % 10 ** (_ROWS * _GROUPS * _DIGITS):0{_ROWS * _GROUPS * _DIGITS}}"
    groups = [drawn[at : at + _DIGITS] for at in range(0, len(drawn), _DIGITS)]
    return " ".join(groups[:_GROUPS]), " ".join(groups[_GROUPS:])


def escrow_number(recipient: Recipient | str) -> str:
    """What a key is called on its papers and in the vaults that took it: the first groups of its digits."""
    return " ".join(escrow_digits(recipient)[0].split()[:_NAMING])


def _encoded(card: EscrowCard) -> bytes:
    return msgspec.json.encode(card, order="sorted")
