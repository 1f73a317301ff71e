"""What seals the key file: AEAD under a stretched secret for slots, age to a recipient for keys, and the macs."""

import hashlib
import hmac
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk_app.crypto.keyfile import (
    DATA,
    DataKey,
    FirstRecoverySlot,
    FirstUserSlot,
    KeyFile,
    RecoverySlot,
    UserSlot,
    WrappedKey,
    as_authenticated,
    encoded,
)
from desk_app.crypto.sealing import (
    ExchangeIdentity,
    ExchangeKeyError,
    NotForUsError,
    NotSealedError,
    Recipient,
    SealBrokenError,
    open_sealed,
    seal,
)
from desk_app.domain.errors import KeyFileAltered

_SLOT_DOMAIN = b"roh key slot v2\0"
_FIRST_SLOT_DOMAIN = b"roh key slot v1\0"
_WRAP_DOMAIN = b"roh key wrap v2\0"
_MAC_DOMAIN = b"roh key file mac v2\0"
_ANCHOR_DOMAIN = b"roh anchor v2\0"

_Sealed = TypeVar("_Sealed", UserSlot, RecoverySlot)


class SlotShutError(Exception):
    """The secret does not open this slot, or the slot was altered."""


def seal_slot(vault: str, slot: _Sealed, secret: bytes, payload: bytes) -> _Sealed:
    """The slot with a payload that the secret opens, and that no other slot or vault can hold."""
    sealed = ChaCha20Poly1305(secret).encrypt(slot.nonce, payload, _associated(vault, slot))
    return msgspec.structs.replace(slot, sealed=sealed)


def open_payload(vault: str, slot: UserSlot | RecoverySlot | FirstUserSlot | FirstRecoverySlot, secret: bytes) -> bytes:
    """What the slot seals. Raises `SlotShutError`."""
    try:
        return ChaCha20Poly1305(secret).decrypt(slot.nonce, slot.sealed, _associated(vault, slot))
    except InvalidTag as error:
        raise SlotShutError from error


def wrap(vault: str, purpose: str, payload: bytes, recipient: str) -> bytes:
    """A key for one recipient; vault and purpose stand inside, so it counts nowhere else."""
    return seal(_bound(vault, purpose) + payload, [Recipient(recipient)])


def unwrap(vault: str, key: WrappedKey, slot: str, identity: ExchangeIdentity) -> bytes | None:
    """The key that a slot's identity opens; None where the slot has no part in it. Raises `KeyFileAltered`."""
    if slot not in key.wraps:
        return None
    try:
        opened = open_sealed(key.wraps[slot], [identity])
    except (NotSealedError, NotForUsError, SealBrokenError, ExchangeKeyError) as error:
        raise KeyFileAltered from error
    bound = _bound(vault, key.purpose)
    if not opened.startswith(bound):
        raise KeyFileAltered
    return opened[len(bound) :]


def with_macs(key_file: KeyFile, *data_keys: DataKey) -> KeyFile:
    """The key file with the mac of each data key, in their order."""
    macs = iter([mac(key_file, data_key) for data_key in data_keys])
    keys = tuple(msgspec.structs.replace(key, mac=next(macs)) if key.purpose == DATA else key for key in key_file.keys)
    return msgspec.structs.replace(key_file, keys=keys)


def mac(key_file: KeyFile, data_key: DataKey) -> str:
    """What only a holder of the data key can say of the whole file, its macs and check sum aside."""
    keys = tuple(msgspec.structs.replace(key, mac="") for key in key_file.keys)
    said = encoded(msgspec.structs.replace(key_file, keys=keys, check=""))
    secret = HKDF(SHA256(), 32, data_key.salt, _MAC_DOMAIN).derive(data_key.key)
    return hmac.new(secret, said, hashlib.sha256).hexdigest()


def is_vouched_for(key_file: KeyFile, key: WrappedKey, data_key: DataKey) -> bool:
    """Whether the mac of this entry was made with that data key over the file as it stands."""
    return hmac.compare_digest(key.mac, mac(key_file, data_key))


def anchor_of(data_key: DataKey) -> bytes:
    """The anchor of a vault that was made in format 1, which had none: it follows from its first data key."""
    return HKDF(SHA256(), 32, data_key.salt, _ANCHOR_DOMAIN).derive(data_key.key)


def _bound(vault: str, purpose: str) -> bytes:
    return _WRAP_DOMAIN + vault.encode() + b"\0" + purpose.encode() + b"\0"


def _associated(vault: str, slot: UserSlot | RecoverySlot | FirstUserSlot | FirstRecoverySlot) -> bytes:
    """Everything about the slot but its sealed payload, and the vault it is for."""
    is_first = isinstance(slot, FirstUserSlot | FirstRecoverySlot)
    return (_FIRST_SLOT_DOMAIN if is_first else _SLOT_DOMAIN) + vault.encode() + as_authenticated(slot)
