"""One page of a SQLCipher 4 database by itself: whether it is as it was sealed, and what it holds.

A page ends with its IV (16 bytes) and an HMAC-SHA512 over the sealed content, the IV and the page's number, little
endian; the HMAC's key is derived from the raw key with two rounds over the salt, each byte of it combined with 0x3a.
The content is AES-256 in CBC mode without padding. The first page begins with the salt, which neither covers.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE = 4096
IV, MAC = 16, 64
USABLE = PAGE - IV - MAC
"""Bytes of a page that hold content."""
_SALT_MASK = 0x3A


class PageKeys:
    """What opens the pages of one database."""

    def __init__(self, key: bytes, salt: bytes) -> None:
        self._key = key
        self._salt_bytes = len(salt)
        self._mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ _SALT_MASK for byte in salt), 2, 32)

    def fits(self, page: bytes, number: int) -> bool:
        """Whether a page of that number, counted from 1, is as it was sealed with these keys."""
        covered = page[self._salt_bytes if number == 1 else 0 : PAGE - MAC]
        expected = hmac.new(self._mac_key, covered + number.to_bytes(4, "little"), hashlib.sha512).digest()
        return len(page) == PAGE and hmac.compare_digest(expected, page[PAGE - MAC :])

    def opened(self, page: bytes, number: int) -> bytes | None:
        """The content of a page, None unless it is as it was sealed. The first page's begins with 16 zero bytes."""
        if not self.fits(page, number):
            return None
        start = self._salt_bytes if number == 1 else 0
        decryptor = Cipher(AES256(self._key), CBC(page[USABLE : USABLE + IV])).decryptor()
        return bytes(start) + decryptor.update(page[start:USABLE]) + decryptor.finalize()
