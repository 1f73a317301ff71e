"""Sealing one file under a key of its own, in segments, so that neither a cut nor a swap goes unseen.

What comes out are segments of ChaCha20-Poly1305 (RFC 8439) and nothing else: no magic, no name, no length. Of the key
that the file's record keeps come the key that seals and the file's name; so whoever lacks the record has bytes that
say nothing, and when the record's key is gone nobody opens the file again.
"""

import hashlib
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk_app.domain.errors import BlobDamaged
from desk_app.domain.ids import RandomBytes

KEY_BYTES = 32
SEGMENT = 64 * 1024
"""Bytes of content in a segment; the last may have fewer."""
TAG_BYTES = 16
_KEY = re.compile("[0-9a-f]{64}")


def new_key(random: RandomBytes) -> str:
    """A key for one file, as its record keeps it: 64 hex digits."""
    return random(KEY_BYTES).hex()


def is_key(text: str) -> bool:
    """Whether a text has the form of a file's key; another desk may have written anything."""
    return _KEY.fullmatch(text) is not None


def name_of(key: str) -> str:
    """The name a file has on the disk and in bundles: 64 hex digits that tell nothing of its key."""
    return hashlib.sha256(b"roh blob name v1\0" + bytes.fromhex(key)).hexdigest()


def sealed_size(size: int) -> int:
    """How many bytes a content of so many bytes takes when it is sealed."""
    return size + TAG_BYTES * _segments(size)


def seal_blob(content: bytes, key: str) -> bytes:
    """The bytes to put away. A key seals one content and never another."""
    cipher = ChaCha20Poly1305(_sealing_key(key))
    facts = _facts(name_of(key), len(content))
    parts = (content[at : at + SEGMENT] for at in range(0, max(len(content), 1), SEGMENT))
    return b"".join(cipher.encrypt(_nonce(number), part, facts) for number, part in enumerate(parts))


def open_blob(sealed: bytes, key: str, size: int) -> bytes:
    """The content again, of exactly `size` bytes. Raises `BlobDamaged` where a single bit is not as it was sealed."""
    if len(sealed) != sealed_size(size):
        raise BlobDamaged
    cipher = ChaCha20Poly1305(_sealing_key(key))
    facts = _facts(name_of(key), size)
    step = SEGMENT + TAG_BYTES
    try:
        parts = [
            cipher.decrypt(_nonce(number), sealed[at : at + step], facts)
            for number, at in enumerate(range(0, len(sealed), step))
        ]
    except InvalidTag as error:
        raise BlobDamaged from error
    return b"".join(parts)


def check_sum(sealed: bytes) -> str:
    """What the record keeps of the sealed bytes, so that one who only carries them can tell whether they are whole."""
    return hashlib.sha256(sealed).hexdigest()


def _segments(size: int) -> int:
    return max(-(-size // SEGMENT), 1)


def _facts(name: str, size: int) -> bytes:
    """The number of segments follows from the size, so a cut at a border fails as well."""
    return b"roh blob v1\0" + bytes.fromhex(name) + size.to_bytes(8, "big")


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _sealing_key(key: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"roh blob seal v1").derive(bytes.fromhex(key))
