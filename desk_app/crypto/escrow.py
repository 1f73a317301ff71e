"""The programme's emergency key: an age identity that exists on paper alone, in three shares of which two open it.

Shamir's scheme ("How to share a secret", 1979) over the prime 2^256 + 297: a line through the secret, and a point of it
on each paper. One share says nothing about the secret. A share is 80 digits in 16 groups: its number, then its point.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from desk_app.crypto import paper_digits
from desk_app.crypto.paper_digits import DIGITS, GroupWrongError
from desk_app.crypto.sealing import ExchangeIdentity, Recipient
from desk_app.domain.errors import EscrowShareWrong, EscrowWrong
from desk_app.domain.ids import RandomBytes

SHARES = 3
NEEDED = 2
GROUPS = 16
PRIME = 2**256 + 297
_SECRET_BYTES = 32
_POINT_DIGITS = GROUPS * DIGITS - 1
_AGE_PREFIX = "age-secret-key-"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


@dataclass(frozen=True, slots=True)
class EscrowShare:
    """One paper: its number from 1 to 3 and its point. Its repr shows no point."""

    number: int
    point: int = field(repr=False)

    @property
    def printed(self) -> str:
        """Sixteen groups of six digits, as it stands on paper."""
        return paper_digits.printed(f"{self.number}{self.point:0{_POINT_DIGITS}d}")


@dataclass(frozen=True, slots=True)
class EscrowKey:
    """A new emergency key: the public half for every vault, the private one in shares to print once."""

    recipient: Recipient
    shares: tuple[EscrowShare, ...]


def new_escrow(random: RandomBytes) -> EscrowKey:
    """A new emergency key, split. The private half is kept nowhere."""
    secret = random(_SECRET_BYTES)
    # 16 bytes more than the prime has leave no slope likelier than another by more than 2^-128.
    slope = int.from_bytes(random(_SECRET_BYTES + 16), "big") % PRIME
    value = int.from_bytes(secret, "big")
    shares = tuple(EscrowShare(number, (value + slope * number) % PRIME) for number in range(1, SHARES + 1))
    return EscrowKey(_identity(secret).recipient, shares)


def parse_share(text: str) -> EscrowShare:
    """The share a person typed. Raises `EscrowShareWrong` with the first wrong group, 0 for a wrong length."""
    try:
        digits = paper_digits.parsed(text, GROUPS)
    except GroupWrongError as error:
        raise EscrowShareWrong(error.group if error.group <= GROUPS else 0) from error
    number, point = int(digits[0]), int(digits[1:])
    if not 1 <= number <= SHARES or point >= PRIME:
        raise EscrowShareWrong(1)
    return EscrowShare(number, point)


def join(texts: Sequence[str]) -> ExchangeIdentity:
    """The private half from two shares as they were typed. Shares of two keys give a key that opens nothing.

    Raises `EscrowShareWrong`, and `EscrowWrong` where it is not two different shares or they fit no key.
    """
    shares = {share.number: share.point for share in map(parse_share, texts)}
    if len(shares) < NEEDED:
        raise EscrowWrong
    (first, at_first), (second, at_second) = list(shares.items())[:NEEDED]
    rise = pow(second - first, -1, PRIME)
    secret = (at_first * second - at_second * first) * rise % PRIME
    if secret >> 8 * _SECRET_BYTES:
        raise EscrowWrong
    return _identity(secret.to_bytes(_SECRET_BYTES, "big"))


def _identity(secret: bytes) -> ExchangeIdentity:
    """The secret as age writes it: Bech32 (BIP 173) of its 32 bytes, in capitals."""
    bits = int.from_bytes(secret, "big") << 4
    values = [bits >> 5 * at & 31 for at in reversed(range(52))]
    expanded = [ord(sign) >> 5 for sign in _AGE_PREFIX] + [0] + [ord(sign) & 31 for sign in _AGE_PREFIX]
    sum_ = _checked([*expanded, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [sum_ >> 5 * at & 31 for at in reversed(range(6))]
    return ExchangeIdentity(f"{_AGE_PREFIX}1{''.join(_BECH32[value] for value in values)}".upper())


def _checked(values: Sequence[int]) -> int:
    state = 1
    for value in values:
        top, state = state >> 25, (state & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate(_GENERATOR):
            state ^= generator if top >> at & 1 else 0
    return state
