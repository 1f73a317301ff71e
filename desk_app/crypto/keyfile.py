"""The vault's `keys.json`: who can open the vault's data key, and how. Bytes in, values out; FORMAT.md has the form.

Every function returns a new value; writing its bytes to disk, twice, is the storage's work.
"""

import hashlib
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desk_app.crypto.passphrase import SALT_BYTES, Argon2Parameters, stretch
from desk_app.crypto.recovery import RecoveryCode, new_recovery_code, parse_recovery_code, recovery_key
from desk_app.crypto.signing import SigningKey, new_signing_key
from desk_app.domain.errors import (
    KeyFileDamaged,
    KeyFileNewer,
    LastSlot,
    RecoveryCodeWrong,
    UnknownUser,
    UserNameTaken,
    WrongPassphrase,
)
from desk_app.domain.ids import RandomBytes, UserId

FORMAT = 1
SIZE_CAP = 64 * 1024
MAX_SLOTS = 64
_SLOT_DOMAIN = b"roh key slot v1\0"
_CHECK_DOMAIN = b"roh key file v1\0"

SlotId = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]
Salt = Annotated[bytes, msgspec.Meta(min_length=SALT_BYTES, max_length=SALT_BYTES)]
Nonce = Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)]


@dataclass(frozen=True, slots=True)
class DataKey:
    """What opens the database: 32 bytes of key and the 16 of its salt. Its repr shows nothing."""

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)


class UserSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="user"):
    """The data key and a user's signing key, sealed by her passphrase."""

    slot: SlotId
    user: Annotated[UserId, msgspec.Meta(pattern="^[0-9a-f]{8}$")]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    argon2id: Argon2Parameters
    salt: Salt
    nonce: Nonce
    sealed: Annotated[bytes, msgspec.Meta(min_length=96, max_length=96)]


class RecoverySlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="recovery"):
    """The data key, sealed by the recovery code."""

    slot: SlotId
    salt: Salt
    nonce: Nonce
    sealed: Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]


Slot = UserSlot | RecoverySlot


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All slots of one vault."""

    format: int
    vault: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    slots: Annotated[tuple[Slot, ...], msgspec.Meta(min_length=1, max_length=MAX_SLOTS)]
    check: str = ""

    @property
    def users(self) -> tuple[UserSlot, ...]:
        """The users who can open the vault, for the unlock window."""
        return tuple(slot for slot in self.slots if isinstance(slot, UserSlot))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a user's passphrase gives."""

    data_key: DataKey
    signing_key: SigningKey
    user_id: UserId
    user_name: str


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user to be given a slot."""

    id: UserId
    name: str
    passphrase: str = field(repr=False)
    parameters: Argon2Parameters


@dataclass(frozen=True, slots=True)
class NewKeys:
    """A new key file, what its first user can do, and the recovery code to print once."""

    key_file: KeyFile
    opened: Opened
    recovery: RecoveryCode


class _Version(msgspec.Struct):
    format: int


def encode_key_file(key_file: KeyFile) -> bytes:
    """The bytes of `keys.json`, with their check sum, read back: what cannot be opened again is never written."""
    data = _encoded(msgspec.structs.replace(key_file, check=_check_sum(key_file)))
    decode_key_file(data)
    return data


def decode_key_file(data: bytes) -> KeyFile:
    """The slots in `keys.json`. Raises `KeyFileDamaged`, `KeyParametersWeak`, `KeyFileNewer`."""
    if len(data) > SIZE_CAP:
        raise KeyFileDamaged
    try:
        version = msgspec.json.decode(data, type=_Version).format
        if version > FORMAT:
            raise KeyFileNewer(version)
        key_file = msgspec.json.decode(data, type=KeyFile)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise KeyFileDamaged from error
    if key_file.format != FORMAT or key_file.check != _check_sum(key_file) or _encoded(key_file) != data:
        raise KeyFileDamaged
    for slot in key_file.users:
        slot.argon2id.check()
    return msgspec.structs.replace(key_file, check="")


def new_key_file(first: NewUser, random: RandomBytes) -> NewKeys:
    """Keys for a new vault: a data key that no passphrase determines, its first user and a recovery code."""
    data_key = DataKey(random(32), random(16))
    vault = random(16).hex()
    signing_key = new_signing_key(random)
    recovery = new_recovery_code(random)
    slots = (_user_slot(vault, first, data_key, signing_key, random), _recovery_slot(vault, recovery, data_key, random))
    return NewKeys(KeyFile(FORMAT, vault, slots), Opened(data_key, signing_key, first.id, first.name), recovery)


def open_slot(key_file: KeyFile, user: str, passphrase: str) -> Opened:
    """What the user's passphrase opens. Raises `UnknownUser`, `WrongPassphrase`, `KeyMemoryShort`."""
    slot = _slot_of(key_file, user)
    try:
        payload = _unseal(key_file.vault, slot, stretch(passphrase, slot.salt, slot.argon2id))
    except InvalidTag as error:
        raise WrongPassphrase from error
    return Opened(DataKey(payload[:32], payload[32:48]), SigningKey(payload[48:]), slot.user, slot.name)


def open_recovery(key_file: KeyFile, text: str) -> DataKey:
    """The data key for a typed recovery code. Raises `RecoveryCodeWrong`, with group 0 if it fits no slot."""
    code = parse_recovery_code(text)
    for slot in key_file.slots:
        if isinstance(slot, RecoverySlot):
            try:
                payload = _unseal(key_file.vault, slot, recovery_key(code, slot.salt))
            except InvalidTag:
                continue
            return DataKey(payload[:32], payload[32:])
    raise RecoveryCodeWrong(0)


def add_user(key_file: KeyFile, data_key: DataKey, user: NewUser, random: RandomBytes) -> tuple[KeyFile, Opened]:
    """The key file with one more user, who gets a signing key of her own. Raises `UserNameTaken`."""
    if any(_folded(slot.name) == _folded(user.name) for slot in key_file.users):
        raise UserNameTaken(user.name)
    signing_key = new_signing_key(random)
    slot = _user_slot(key_file.vault, user, data_key, signing_key, random)
    opened = Opened(data_key, signing_key, user.id, user.name)
    return msgspec.structs.replace(key_file, slots=(*key_file.slots, slot)), opened


def change_passphrase(
    key_file: KeyFile, opened: Opened, new: str, parameters: Argon2Parameters, random: RandomBytes
) -> KeyFile:
    """The user's slot rewritten for another passphrase, with her keys as they were. Raises `UnknownUser`."""
    old = _slot_of(key_file, opened.user_name)
    user = NewUser(opened.user_id, opened.user_name, new, parameters)
    slot = _user_slot(key_file.vault, user, opened.data_key, opened.signing_key, random)
    return _replaced(key_file, old, slot)


def reset_user(key_file: KeyFile, data_key: DataKey, user: NewUser, random: RandomBytes) -> tuple[KeyFile, Opened]:
    """A new passphrase for a user who forgot hers. Her old signing key is lost, so she gets a new one.

    Raises `UnknownUser`.
    """
    old = _slot_of(key_file, user.name)
    user = replace(user, id=old.user, name=old.name)
    signing_key = new_signing_key(random)
    slot = _user_slot(key_file.vault, user, data_key, signing_key, random)
    return _replaced(key_file, old, slot), Opened(data_key, signing_key, user.id, user.name)


def replace_recovery(key_file: KeyFile, data_key: DataKey, random: RandomBytes) -> tuple[KeyFile, RecoveryCode]:
    """A new recovery code; the old paper opens nothing any more."""
    recovery = new_recovery_code(random)
    slot = _recovery_slot(key_file.vault, recovery, data_key, random)
    return msgspec.structs.replace(key_file, slots=(*key_file.users, slot)), recovery


def remove_slot(key_file: KeyFile, slot: str) -> KeyFile:
    """The key file without a slot. Raises `LastSlot` if no user's slot remained."""
    left = msgspec.structs.replace(key_file, slots=tuple(kept for kept in key_file.slots if kept.slot != slot))
    if not left.users:
        raise LastSlot
    return left


def _replaced(key_file: KeyFile, old: UserSlot, new: UserSlot) -> KeyFile:
    slots = tuple(new if slot is old else slot for slot in key_file.slots)
    return msgspec.structs.replace(key_file, slots=slots)


def _slot_of(key_file: KeyFile, user: str) -> UserSlot:
    for slot in key_file.users:
        if _folded(slot.name) == _folded(user):
            return slot
    raise UnknownUser(user)


def _folded(name: str) -> str:
    """Names are compared as a person reads them: spaces around and case do not count."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _user_slot(vault: str, user: NewUser, data_key: DataKey, signing_key: SigningKey, random: RandomBytes) -> UserSlot:
    user.parameters.check()
    empty = UserSlot(random(8).hex(), user.id, user.name, user.parameters, random(SALT_BYTES), random(12), b"")
    secret = stretch(user.passphrase, empty.salt, empty.argon2id)
    payload = data_key.key + data_key.salt + signing_key.private
    return msgspec.structs.replace(empty, sealed=_seal(vault, empty, secret, payload))


def _recovery_slot(vault: str, code: RecoveryCode, data_key: DataKey, random: RandomBytes) -> RecoverySlot:
    empty = RecoverySlot(random(8).hex(), random(SALT_BYTES), random(12), b"")
    payload = data_key.key + data_key.salt
    return msgspec.structs.replace(empty, sealed=_seal(vault, empty, recovery_key(code, empty.salt), payload))


def _seal(vault: str, slot: Slot, secret: bytes, payload: bytes) -> bytes:
    return ChaCha20Poly1305(secret).encrypt(slot.nonce, payload, _associated(vault, slot))


def _unseal(vault: str, slot: Slot, secret: bytes) -> bytes:
    return ChaCha20Poly1305(secret).decrypt(slot.nonce, slot.sealed, _associated(vault, slot))


def _associated(vault: str, slot: Slot) -> bytes:
    """Everything about the slot but its sealed payload, and the vault it is for."""
    return _SLOT_DOMAIN + vault.encode() + _encoded(msgspec.structs.replace(slot, sealed=b""))


def _check_sum(key_file: KeyFile) -> str:
    """Tells a damaged copy from a wrong passphrase. It stops nobody who alters the file on purpose: the slots do."""
    return hashlib.sha256(_CHECK_DOMAIN + _encoded(msgspec.structs.replace(key_file, check=""))).hexdigest()


def _encoded(value: KeyFile | Slot) -> bytes:
    return msgspec.json.encode(value, order="sorted")
