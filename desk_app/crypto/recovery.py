"""The recovery code: 40 random decimal digits on paper, eight groups of six as `paper_digits` prints them.

132.9 bits, so no slow hash is needed and HKDF makes the key.
"""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk_app.crypto import paper_digits
from desk_app.crypto.paper_digits import DIGITS, GroupWrongError
from desk_app.domain.errors import RecoveryCodeWrong
from desk_app.domain.ids import RandomBytes

GROUPS = 8
_KEY_DOMAIN = b"roh recovery key v1\0"


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """The 40 digits without check digits. Its repr shows nothing."""

    digits: str = field(repr=False)

    @property
    def printed(self) -> str:
        """Eight groups of six digits, as it stands on paper."""
        return paper_digits.printed(self.digits)


def new_recovery_code(random: RandomBytes) -> RecoveryCode:
    """A new code, every digit equally likely."""
    digits = ""
    while len(digits) < GROUPS * DIGITS:
        # Bytes from 250 on would favour the digits 0 to 5.
        digits += "".join(str(byte % 10) for byte in random(16) if byte < 250)
    return RecoveryCode(digits[: GROUPS * DIGITS])


def parse_recovery_code(text: str) -> RecoveryCode:
    """The code a person typed. Raises `RecoveryCodeWrong` with the number of the first wrong or missing group, 9 where
    there is too much."""
    try:
        return RecoveryCode(paper_digits.parsed(text, GROUPS))
    except GroupWrongError as error:
        raise RecoveryCodeWrong(error.group) from error


def recovery_key(code: RecoveryCode, salt: bytes) -> bytes:
    """The 32-byte key of the recovery slot."""
    return HKDF(SHA256(), 32, salt, _KEY_DOMAIN).derive(code.digits.encode())
