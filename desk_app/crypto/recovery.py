"""The recovery code: 40 random decimal digits on paper, which any keyboard in any language can type.

132.9 bits, so no slow hash is needed and HKDF makes the key. It is printed as 8 groups of 6: five digits and a
Damm check digit over the group's number (1 to 8) and those five. That finds every single wrong digit, every
swap of neighbours and every swap of whole groups, and names the group (Damm, "Total anti-symmetrische
Quasigruppen", 2004).
"""

import unicodedata
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk_app.domain.errors import RecoveryCodeWrong
from desk_app.domain.ids import RandomBytes

GROUPS = 8
DIGITS = 5
PRINTED = DIGITS + 1
_KEY_DOMAIN = b"roh recovery key v1\0"
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """The 40 digits without check digits. Its repr shows nothing."""

    digits: str = field(repr=False)

    @property
    def printed(self) -> str:
        """Eight groups of six digits, as it stands on paper."""
        parts = (self.digits[at : at + DIGITS] for at in range(0, len(self.digits), DIGITS))
        return " ".join(part + _check_digit(number, part) for number, part in enumerate(parts, 1))


def new_recovery_code(random: RandomBytes) -> RecoveryCode:
    """A new code, every digit equally likely."""
    digits = ""
    while len(digits) < GROUPS * DIGITS:
        # Bytes from 250 on would favour the digits 0 to 5.
        digits += "".join(str(byte % 10) for byte in random(16) if byte < 250)
    return RecoveryCode(digits[: GROUPS * DIGITS])


def parse_recovery_code(text: str) -> RecoveryCode:
    """The code a person typed; digits of any script, anything else between them is ignored.

    Raises `RecoveryCodeWrong` with the number of the first wrong or missing group, 9 where there is too much.
    """
    typed = "".join(str(value) for char in text[:1000] if (value := unicodedata.decimal(char, None)) is not None)
    found = ""
    for number in range(1, GROUPS + 1):
        group = typed[(number - 1) * PRINTED : number * PRINTED]
        if len(group) < PRINTED or _check_digit(number, group[:DIGITS]) != group[DIGITS]:
            raise RecoveryCodeWrong(number)
        found += group[:DIGITS]
    if len(typed) > GROUPS * PRINTED:
        raise RecoveryCodeWrong(GROUPS + 1)
    return RecoveryCode(found)


def recovery_key(code: RecoveryCode, salt: bytes) -> bytes:
    """The 32-byte key of the recovery slot."""
    return HKDF(SHA256(), 32, salt, _KEY_DOMAIN).derive(code.digits.encode())


def _check_digit(number: int, digits: str) -> str:
    state = "0"
    for digit in str(number) + digits:
        state = _DAMM[int(state)][int(digit)]
    return state
