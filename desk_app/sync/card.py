"""The card: a desk's public keys as a small file, signed by themselves, compared by digits (FORMAT.md 5)."""

import hashlib
from itertools import pairwise
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from desk_app.crypto.exchange_keys import AHEAD, PERIOD_DAYS
from desk_app.crypto.sealing import ExchangeKeyError, Recipient, check_recipient
from desk_app.crypto.signing import PublicKey, SigningKey, device_id, sign, verify
from desk_app.domain.errors import CardDamaged, CardNewer
from desk_app.domain.ids import DeviceId
from desk_app.sync.bundle_header import Code

FORMAT = 2
SIZE_CAP = 16 * 1024
LONGEST_NAME = 200
"""Characters."""
_ROWS, _GROUPS, _DIGITS = 2, 6, 3
_LAST_DAY = 10**6
"""Of a period, counted from 1970: the year 4707."""

Kind = Literal["coordinator", "desk"]
"""What a vault is in its programme."""
Key = Annotated[Recipient, Meta(max_length=100)]
MonthKey = tuple[Annotated[int, Meta(ge=0, le=_LAST_DAY, multiple_of=PERIOD_DAYS)], Key]
"""The first day of a period, counted from 1970, and the key to seal with in it."""


class _Who(msgspec.Struct, frozen=True, kw_only=True):
    """Who a desk is. `desk` and `name` are claims; comparing digits proves them."""

    desk: Code
    name: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    kind: Kind
    key: Annotated[PublicKey, Meta(min_length=32, max_length=32)]

    @property
    def device(self) -> DeviceId:
        """The id of the device that signs with `key`."""
        return device_id(self.key)


class Card(_Who, frozen=True, kw_only=True):
    """Who a desk is and how to seal for it, in the present period and in those to come."""

    keys: Annotated[tuple[MonthKey, ...], Meta(min_length=AHEAD + 1, max_length=AHEAD + 1)]

    @property
    def last_key(self) -> Recipient:
        """The key that lasts longest."""
        return self.keys[-1][1]


class FirstCard(_Who, frozen=True, kw_only=True):
    """A card of format 1, of a version that had one key for ever."""

    exchange: Key

    @property
    def keys(self) -> tuple[MonthKey, ...]:
        """None has a period."""
        return ()

    @property
    def last_key(self) -> Recipient:
        """The only key."""
        return self.exchange


AnyCard = Card | FirstCard


class _SignedCard(Card, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: Literal[2]
    signature: bytes


class _SignedFirstCard(FirstCard, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: Literal[1]
    signature: bytes


class _Version(msgspec.Struct):
    format: int


def write_card(card: Card, key: SigningKey) -> bytes:
    """The card's file. `key` is the device's, the private half of `card.key`. Raises `ValueError` for an unfit card."""
    signature = sign(key, _domain(card), _encoded(card))
    data = _encoded(_SignedCard(**msgspec.structs.asdict(card), format=2, signature=signature))
    try:
        read_card(data)
    except CardDamaged as error:
        raise ValueError("these facts make no card") from error
    return data


def read_card(data: bytes) -> AnyCard:
    """A card from its file; its maker has the private key. Raises `CardDamaged`, `CardNewer`."""
    if len(data) > SIZE_CAP:
        raise CardDamaged
    try:
        version = msgspec.json.decode(data, type=_Version).format
        if version > FORMAT:
            raise CardNewer(version)
        card, signature = _read_first(data) if version == 1 else _read_second(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ExchangeKeyError) as error:
        raise CardDamaged from error
    if not verify(card.key, _domain(card), _encoded(card), signature):
        raise CardDamaged
    return card


def card_digits(card: AnyCard) -> tuple[str, str]:
    """Two rows of six groups of three digits, the same for no other card (119 bits), to read to each other."""
    domain = b"roh card digits v1\0" if isinstance(card, FirstCard) else b"roh card digits v2\0"
    number = int.from_bytes(hashlib.sha256(domain + _encoded(card)).digest())
    drawn = f"{number % 10 ** (_ROWS * _GROUPS * _DIGITS):0{_ROWS * _GROUPS * _DIGITS}}"
    groups = [drawn[at : at + _DIGITS] for at in range(0, len(drawn), _DIGITS)]
    return " ".join(groups[:_GROUPS]), " ".join(groups[_GROUPS:])


def _read_first(data: bytes) -> tuple[AnyCard, bytes]:
    signed = msgspec.json.decode(data, type=_SignedFirstCard)
    _check_recipients([signed.exchange])
    return FirstCard(**{name: getattr(signed, name) for name in FirstCard.__struct_fields__}), signed.signature


def _read_second(data: bytes) -> tuple[AnyCard, bytes]:
    signed = msgspec.json.decode(data, type=_SignedCard)
    _check_recipients([recipient for _, recipient in signed.keys])
    if any(later - day != PERIOD_DAYS for (day, _), (later, _) in pairwise(signed.keys)):
        raise CardDamaged
    return Card(**{name: getattr(signed, name) for name in Card.__struct_fields__}), signed.signature


def _check_recipients(recipients: list[Recipient]) -> None:
    """Raises `CardDamaged`, `ExchangeKeyError`. Keys are spelt in one way alone, and no period has another's."""
    proper = all(check_recipient(recipient) == recipient for recipient in recipients)
    if not proper or len(set(recipients)) != len(recipients):
        raise CardDamaged


def _domain(card: AnyCard) -> str:
    return "card v1" if isinstance(card, FirstCard) else "card v2"


def _encoded(card: AnyCard) -> bytes:
    return msgspec.json.encode(card, order="sorted")
