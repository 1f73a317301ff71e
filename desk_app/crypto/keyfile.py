"""The form of the vault's `keys.json`: who can open which key. Bytes in, values out; FORMAT.md has the form.

Format 1 is read too, into slots of kinds of their own, and always written as format 2.
"""

import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated

import msgspec

from desk_app.crypto.passphrase import SALT_BYTES, Argon2Parameters
from desk_app.domain.errors import KeyFileDamaged, KeyFileNewer, UnknownUser
from desk_app.domain.ids import UserId

FORMAT = 2
SIZE_CAP = 256 * 1024
MAX_SLOTS = 64
MAX_USERS = 60
"""The other slots are for papers: the recovery code, older ones that still hold a profession's key, the emergency's."""
DATA = "data"
"""The purpose of the key that opens the database; all others are codes of professions."""

_CHECK_DOMAIN = {1: b"roh key file v1\0", 2: b"roh key file v2\0"}
_TAG_BYTES = 16
_IDENTITY_BYTES = 74
"""An age identity as text: `AGE-SECRET-KEY-1` and 58 signs."""
_ANCHOR_BYTES = 32

SlotId = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]
Salt = Annotated[bytes, msgspec.Meta(min_length=SALT_BYTES, max_length=SALT_BYTES)]
Nonce = Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)]
RecipientText = Annotated[str, msgspec.Meta(pattern="^age1[02-9ac-hj-np-z]{58}$")]
_UserIdText = Annotated[UserId, msgspec.Meta(pattern="^[0-9a-f]{8}$")]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
_USER_SEALED = _IDENTITY_BYTES + 32 + _ANCHOR_BYTES + _TAG_BYTES
_RECOVERY_SEALED = _IDENTITY_BYTES + _ANCHOR_BYTES + _TAG_BYTES


@dataclass(frozen=True, slots=True)
class DataKey:
    """What opens the database: 32 bytes of key and the 16 of its salt. Its repr shows nothing."""

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)


class UserSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="user"):
    """A user's identity and signing key, sealed by her passphrase, and the public halves of both."""

    slot: SlotId
    user: _UserIdText
    name: _Name
    argon2id: Argon2Parameters
    salt: Salt
    nonce: Nonce
    recipient: RecipientText
    sign_key: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    sealed: Annotated[bytes, msgspec.Meta(min_length=_USER_SEALED, max_length=_USER_SEALED)]


class RecoverySlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="recovery"):
    """An identity, sealed by the recovery code."""

    slot: SlotId
    salt: Salt
    nonce: Nonce
    recipient: RecipientText
    sealed: Annotated[bytes, msgspec.Meta(min_length=_RECOVERY_SEALED, max_length=_RECOVERY_SEALED)]


class EscrowSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="escrow"):
    """The programme's emergency key, whose private half is on paper alone."""

    slot: SlotId
    recipient: RecipientText


class _FirstUser(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="user"):
    """A user's slot as format 1 has it: the passphrase seals the data key itself."""

    slot: SlotId
    user: _UserIdText
    name: _Name
    argon2id: Argon2Parameters
    salt: Salt
    nonce: Nonce
    sealed: Annotated[bytes, msgspec.Meta(min_length=96, max_length=96)]


class _FirstRecovery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="recovery"):
    """A recovery slot as format 1 has it: the code seals the data key itself."""

    slot: SlotId
    salt: Salt
    nonce: Nonce
    sealed: Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]


class FirstUserSlot(_FirstUser, frozen=True, tag="user1"):
    """Format 1's slot of a user who has not unlocked since."""


class FirstRecoverySlot(_FirstRecovery, frozen=True, tag="recovery1"):
    """Format 1's recovery slot: its paper stays good until a new code is made."""


Slot = UserSlot | RecoverySlot | EscrowSlot | FirstUserSlot | FirstRecoverySlot
AnyUserSlot = UserSlot | FirstUserSlot


class WrappedKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One key and the slots that open it: an age file for each. `recipient` is empty and `mac` set for a data key."""

    purpose: Annotated[str, msgspec.Meta(pattern="^(data|lawyer|psychologist)$")]
    recipient: Annotated[str, msgspec.Meta(pattern="^(age1[02-9ac-hj-np-z]{58})?$")]
    wraps: Annotated[dict[SlotId, Annotated[bytes, msgspec.Meta(max_length=2048)]], msgspec.Meta(max_length=MAX_SLOTS)]
    mac: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All slots and keys of one vault."""

    format: int
    vault: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    slots: Annotated[tuple[Slot, ...], msgspec.Meta(min_length=1, max_length=MAX_SLOTS)]
    keys: Annotated[tuple[WrappedKey, ...], msgspec.Meta(min_length=1, max_length=4)]
    check: str = ""

    @property
    def users(self) -> tuple[AnyUserSlot, ...]:
        """The users who can open the vault, for the unlock window."""
        return tuple(slot for slot in self.slots if isinstance(slot, AnyUserSlot))

    @property
    def data_keys(self) -> tuple[WrappedKey, ...]:
        """One key of the database; two while a rotation is under way."""
        return tuple(key for key in self.keys if key.purpose == DATA)

    @property
    def escrow(self) -> EscrowSlot | None:
        """The programme's emergency key, where this vault has taken it."""
        return next((slot for slot in self.slots if isinstance(slot, EscrowSlot)), None)

    @property
    def is_first_format(self) -> bool:
        """Whether it was read from format 1 and no passphrase has renewed it yet."""
        return all(not key.mac for key in self.data_keys)

    @property
    def has_first_slots(self) -> bool:
        """Whether slots of format 1 are left, which open the first data key and never another."""
        return any(isinstance(slot, FirstUserSlot | FirstRecoverySlot) for slot in self.slots)

    def named(self, name: str) -> AnyUserSlot:
        """The slot of the user with that name, case and outer spaces aside. Raises `UnknownUser`."""
        for slot in self.users:
            if folded(slot.name) == folded(name):
                return slot
        raise UnknownUser(name)

    def of_user(self, user: UserId) -> AnyUserSlot:
        """The slot of that user. Raises `UnknownUser`."""
        for slot in self.users:
            if slot.user == user:
                return slot
        raise UnknownUser(user)

    def key_for(self, purpose: str) -> WrappedKey | None:
        """A profession's key, or None while there is none."""
        return next((key for key in self.keys if key.purpose == purpose), None)


class _FirstKeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    vault: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    slots: Annotated[tuple[_FirstUser | _FirstRecovery, ...], msgspec.Meta(min_length=1, max_length=MAX_SLOTS)]
    check: str = ""


class _Version(msgspec.Struct):
    format: int


_FORMS: dict[int, type[KeyFile] | type[_FirstKeyFile]] = {1: _FirstKeyFile, FORMAT: KeyFile}


def encode_key_file(key_file: KeyFile) -> bytes:
    """The bytes of `keys.json`, with their check sum, read back: what cannot be opened again is never written."""
    data = encoded(msgspec.structs.replace(key_file, check=_check_sum(key_file)))
    decode_key_file(data)
    return data


def decode_key_file(data: bytes) -> KeyFile:
    """What `keys.json` says. Raises `KeyFileDamaged`, `KeyParametersWeak`, `KeyFileNewer`."""
    if len(data) > SIZE_CAP:
        raise KeyFileDamaged
    try:
        version = msgspec.json.decode(data, type=_Version).format
        if version > FORMAT:
            raise KeyFileNewer(version)
        read: KeyFile | _FirstKeyFile = msgspec.json.decode(data, type=_FORMS.get(version, KeyFile))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise KeyFileDamaged from error
    if read.format not in _FORMS or read.check != _check_sum(read) or encoded(read) != data:
        raise KeyFileDamaged
    key_file = read if isinstance(read, KeyFile) else _taken_over(read)
    if isinstance(read, KeyFile) and not _is_whole(read):
        raise KeyFileDamaged
    for slot in key_file.users:
        slot.argon2id.check()
    return msgspec.structs.replace(key_file, check="")


def folded(name: str) -> str:
    """Names are compared as a person reads them: spaces around and case do not count."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def as_authenticated(slot: Slot) -> bytes:
    """Everything about a slot but its sealed payload, as it was authenticated when it was sealed."""
    if isinstance(slot, EscrowSlot):
        return encoded(slot)
    if isinstance(slot, FirstUserSlot):
        return encoded(_FirstUser(**{**msgspec.structs.asdict(slot), "sealed": b""}))
    if isinstance(slot, FirstRecoverySlot):
        return encoded(_FirstRecovery(**{**msgspec.structs.asdict(slot), "sealed": b""}))
    return encoded(msgspec.structs.replace(slot, sealed=b""))


def encoded(value: msgspec.Struct) -> bytes:
    """The one spelling of a value: JSON with sorted keys and no spaces."""
    return msgspec.json.encode(value, order="sorted")


def _is_whole(key_file: KeyFile) -> bool:
    """What the form alone does not say: a data key or two, each other key once, and only wraps of slots that stand."""
    slots = {slot.slot for slot in key_file.slots}
    counts = Counter(key.purpose for key in key_file.keys)
    return (
        len(slots) == len(key_file.slots)
        and 1 <= counts.pop(DATA, 0) <= 2
        and all(count == 1 for count in counts.values())
        and all((key.purpose == DATA) == bool(key.mac) == (not key.recipient) for key in key_file.keys)
        and all(slots.issuperset(key.wraps) for key in key_file.keys)
    )


def _taken_over(first: _FirstKeyFile) -> KeyFile:
    slots = tuple(
        FirstUserSlot(**msgspec.structs.asdict(slot))
        if isinstance(slot, _FirstUser)
        else FirstRecoverySlot(**msgspec.structs.asdict(slot))
        for slot in first.slots
    )
    return KeyFile(FORMAT, first.vault, slots, (WrappedKey(DATA, "", {}),))


def _check_sum(key_file: KeyFile | _FirstKeyFile) -> str:
    """Tells a damaged copy from a wrong passphrase. It stops nobody who alters the file on purpose: the macs do."""
    said = _CHECK_DOMAIN[key_file.format] + encoded(msgspec.structs.replace(key_file, check=""))
    return hashlib.sha256(said).hexdigest()
