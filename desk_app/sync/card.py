"""The card: a desk's public keys as a small file, signed by themselves, compared by digits (FORMAT.md 5)."""

import hashlib
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from desk_app.crypto.sealing import ExchangeKeyError, Recipient, check_recipient
from desk_app.crypto.signing import PublicKey, SigningKey, device_id, sign, verify
from desk_app.domain.errors import CardDamaged, CardNewer
from desk_app.domain.ids import DeviceId
from desk_app.sync.bundle_header import Code

FORMAT = 1
SIZE_CAP = 16 * 1024
_SIGNATURE_DOMAIN = "card v1"
_DIGITS_DOMAIN = b"roh card digits v1\0"
_ROWS, _GROUPS, _DIGITS = 2, 6, 3

Kind = Literal["coordinator", "desk"]
"""What a vault is in its programme."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """Who a desk is and how to seal for it. `desk` and `name` are claims; comparing digits proves them."""

    desk: Code
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    kind: Kind
    key: Annotated[PublicKey, Meta(min_length=32, max_length=32)]
    exchange: Annotated[Recipient, Meta(max_length=100)]

    @property
    def device(self) -> DeviceId:
        """The id of the device that signs with `key`."""
        return device_id(self.key)


class _SignedCard(Card, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: int
    signature: bytes


class _Version(msgspec.Struct):
    format: int


def write_card(card: Card, key: SigningKey) -> bytes:
    """The card's file. `key` is the device's, the private half of `card.key`. Raises `ValueError` for an unfit card."""
    data = _encoded(_SignedCard(**msgspec.structs.asdict(card), format=FORMAT, signature=_signature(card, key)))
    try:
        read_card(data)
    except CardDamaged as error:
        raise ValueError("these facts make no card") from error
    return data


def read_card(data: bytes) -> Card:
    """A card from its file; its maker has the private key. Raises `CardDamaged`, `CardNewer`."""
    if len(data) > SIZE_CAP:
        raise CardDamaged
    try:
        version = msgspec.json.decode(data, type=_Version).format
        if version > FORMAT:
            raise CardNewer(version)
        signed = msgspec.json.decode(data, type=_SignedCard)
        card = Card(**{name: getattr(signed, name) for name in Card.__struct_fields__})
        proper = check_recipient(card.exchange) == card.exchange and signed.format == FORMAT
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ExchangeKeyError) as error:
        raise CardDamaged from error
    if not proper or not verify(card.key, _SIGNATURE_DOMAIN, _encoded(card), signed.signature):
        raise CardDamaged
    return card


def card_digits(card: Card) -> tuple[str, str]:
    """Two rows of six groups of three digits, the same for no other card (119 bits), to read to each other."""
    number = int.from_bytes(hashlib.sha256(_DIGITS_DOMAIN + _encoded(card)).digest())
    drawn = f"{number % 10 ** (_ROWS * _GROUPS * _DIGITS):0{_ROWS * _GROUPS * _DIGITS}}"
    groups = [drawn[at : at + _DIGITS] for at in range(0, len(drawn), _DIGITS)]
    return " ".join(groups[:_GROUPS]), " ".join(groups[_GROUPS:])


def _signature(card: Card, key: SigningKey) -> bytes:
    return sign(key, _SIGNATURE_DOMAIN, _encoded(card))


def _encoded(card: Card) -> bytes:
    return msgspec.json.encode(card, order="sorted")
