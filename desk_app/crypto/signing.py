"""Ed25519 signatures, each bound to what it was made for."""

import hashlib
from dataclasses import dataclass, field
from typing import NewType

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desk_app.domain.ids import DeviceId, RandomBytes

PublicKey = NewType("PublicKey", bytes)
"""A raw Ed25519 public key, 32 bytes."""

KEY_BYTES = 32
SIGNATURE_BYTES = 64
_FRAME = b"roh signature v1\0"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private Ed25519 key, 32 bytes. Its repr shows nothing, so no log ever holds it."""

    private: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.private) != KEY_BYTES:
            raise ValueError("an Ed25519 private key has 32 bytes")

    @property
    def public(self) -> PublicKey:
        """The public half."""
        return PublicKey(Ed25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw())


def new_signing_key(random: RandomBytes) -> SigningKey:
    """A new key for a device or a user."""
    return SigningKey(random(KEY_BYTES))


def sign(key: SigningKey, domain: str, data: bytes) -> bytes:
    """64 bytes that only the holder of `key` can make, good for this domain alone."""
    return Ed25519PrivateKey.from_private_bytes(key.private).sign(_framed(domain, data))


def verify(key: PublicKey, domain: str, data: bytes, signature: bytes) -> bool:
    """Whether the holder of `key` signed `data` for this domain. Never raises on hostile input."""
    if len(key) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _framed(domain, data))
    except (InvalidSignature, ValueError):
        return False
    return True


def device_id(key: PublicKey) -> DeviceId:
    """The device's id, which its key proves."""
    return DeviceId(hashlib.sha256(key).digest()[:16].hex())


def _framed(domain: str, data: bytes) -> bytes:
    """The domain's length stands first, so no domain and data read as another pair."""
    name = domain.encode()
    return _FRAME + len(name).to_bytes(1, "big") + name + data
