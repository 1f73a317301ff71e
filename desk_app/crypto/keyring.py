"""What a key file opens to: a user's keyring by her passphrase, or the bare keys by the recovery code or the escrow."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from desk_app.crypto.keyfile import (
    DATA,
    DataKey,
    FirstRecoverySlot,
    FirstUserSlot,
    KeyFile,
    RecoverySlot,
    UserSlot,
    WrappedKey,
)
from desk_app.crypto.passphrase import SALT_BYTES, Argon2Parameters, stretch
from desk_app.crypto.recovery import RecoveryCode, parse_recovery_code, recovery_key
from desk_app.crypto.sealing import ExchangeIdentity, ExchangeKeyError, new_exchange_identity
from desk_app.crypto.signing import SigningKey
from desk_app.crypto.wrapping import (
    SlotShutError,
    anchor_of,
    is_vouched_for,
    open_payload,
    seal_slot,
    unwrap,
    with_macs,
    wrap,
)
from desk_app.domain.errors import EscrowWrong, KeyFileAltered, RecoveryCodeWrong, WrongPassphrase
from desk_app.domain.ids import RandomBytes, UserId
from desk_app.domain.rules.roles import PROFESSIONS, Role

_KEY, _SALT, _IDENTITY, _SIGNING = 32, 16, 74, 32


@dataclass(frozen=True, slots=True)
class Unsealed:
    """The keys of a vault. The anchor is the same for the vault's whole life and no slot shows it: a data key that
    an outsider wraps to a public recipient lacks it."""

    data_key: DataKey = field(repr=False)
    anchor: bytes = field(repr=False)
    professions: Mapping[Role, ExchangeIdentity] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keyring(Unsealed):
    """What a user's passphrase gives; `professions` are the keys of her own professions."""

    signing_key: SigningKey = field(repr=False)
    identity: ExchangeIdentity = field(repr=False)
    user_id: UserId
    user_name: str


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user to be given a slot; her roles say which professions' keys she gets."""

    id: UserId
    name: str
    passphrase: str = field(repr=False)
    parameters: Argon2Parameters
    roles: frozenset[Role] = frozenset()


def open_slot(key_file: KeyFile, user: str, passphrase: str) -> tuple[Keyring, ...]:
    """What the user's passphrase opens: one keyring for each data key, more than one only while a rotation is under
    way. A slot of format 1 has to be renewed first (`renewed`).

    Raises `UnknownUser`, `WrongPassphrase`, `KeyFileAltered`, `KeyMemoryShort`.
    """
    slot = key_file.named(user)
    if isinstance(slot, FirstUserSlot):
        raise ValueError("a slot of format 1 is renewed before it is opened")
    payload = _opened(key_file, slot, passphrase)
    identity, rest = _split_identity(payload)
    signing_key, anchor = SigningKey(rest[:_SIGNING]), rest[_SIGNING:]
    held = professions_of(key_file, slot.slot, identity)
    return tuple(
        Keyring(data_key, anchor, held, signing_key, identity, slot.user, slot.name)
        for data_key in _data_keys(key_file, slot.slot, identity, anchor)
    )


def renewed(key_file: KeyFile, user: str, passphrase: str, random: RandomBytes) -> KeyFile:
    """The key file with the user's slot in today's form, unchanged where it is already.

    Raises `UnknownUser`, `WrongPassphrase`, `KeyFileAltered`, `KeyMemoryShort`.
    """
    old = key_file.named(user)
    if not isinstance(old, FirstUserSlot):
        return key_file
    payload = _opened(key_file, old, passphrase)
    data_key, signing_key = DataKey(payload[:_KEY], payload[_KEY:-_SIGNING]), SigningKey(payload[-_SIGNING:])
    keys = _first_keys(key_file, data_key)
    who = NewUser(old.user, old.name, passphrase, old.argon2id)
    slot = user_slot(key_file.vault, who, signing_key, new_exchange_identity(), keys.anchor, random)
    slots = tuple(slot if kept is old else kept for kept in key_file.slots)
    key_file = msgspec.structs.replace(key_file, slots=slots)
    return with_macs(granted_data(key_file, keys, slot.slot, slot.recipient), data_key)


def open_recovery(key_file: KeyFile, text: str) -> tuple[Unsealed, ...]:
    """The keys for a typed recovery code, as many as `open_slot` gives. Raises `KeyFileAltered`, and
    `RecoveryCodeWrong` with group 0 if it fits no slot or one that has no part in the data key any more."""
    slot, payload = _by_code(key_file, text)
    if isinstance(slot, FirstRecoverySlot):
        return (_first_keys(key_file, DataKey(payload[:_KEY], payload[_KEY:])),)
    identity, anchor = _split_identity(payload)
    held = professions_of(key_file, slot.slot, identity)
    found = tuple(
        Unsealed(data_key, anchor, held) for data_key in _data_keys(key_file, slot.slot, identity, anchor, missing=True)
    )
    if not found:
        raise RecoveryCodeWrong(0)
    return found


def recovered_professions(key_file: KeyFile, text: str) -> Mapping[Role, ExchangeIdentity]:
    """The professions' keys that a typed recovery code opens, of a replaced code too while it alone holds one.

    Raises `RecoveryCodeWrong`, `KeyFileAltered`.
    """
    slot, payload = _by_code(key_file, text)
    if isinstance(slot, FirstRecoverySlot):
        return {}
    return professions_of(key_file, slot.slot, _split_identity(payload)[0])


def open_escrow(key_file: KeyFile, identity: ExchangeIdentity) -> tuple[Unsealed, ...]:
    """The keys that the programme's emergency key opens, never a profession's. Raises `EscrowWrong`,
    `KeyFileAltered`."""
    slot = key_file.escrow
    if slot is None or slot.recipient != identity.recipient:
        raise EscrowWrong
    return tuple(Unsealed(data_key, anchor, {}) for data_key, anchor in _unwrapped(key_file, slot.slot, identity))


def professions_of(key_file: KeyFile, slot: str, identity: ExchangeIdentity) -> dict[Role, ExchangeIdentity]:
    """The professions' keys that a slot holds. Raises `KeyFileAltered`."""
    held = {}
    for profession in PROFESSIONS:
        key = key_file.key_for(profession)
        opened = unwrap(key_file.vault, key, slot, identity) if key else None
        if key and opened is not None:
            held[profession] = _identity_of(key, opened)
    return held


def _identity_of(key: WrappedKey, opened: bytes) -> ExchangeIdentity:
    """What anybody may have wrapped to a public recipient is read before the mac is checked."""
    try:
        identity = ExchangeIdentity(opened.decode())
        if identity.recipient != key.recipient:
            raise KeyFileAltered
    except (UnicodeDecodeError, ExchangeKeyError) as error:
        raise KeyFileAltered from error
    return identity


def user_slot(
    vault: str, user: NewUser, signing_key: SigningKey, identity: ExchangeIdentity, anchor: bytes, random: RandomBytes
) -> UserSlot:
    """A slot that the user's passphrase opens, with no part in any key yet. Raises `KeyParametersWeak`."""
    user.parameters.check()
    empty = UserSlot(
        random(8).hex(),
        user.id,
        user.name,
        user.parameters,
        random(SALT_BYTES),
        random(12),
        identity.recipient,
        signing_key.public,
        b"",
    )
    secret = stretch(user.passphrase, empty.salt, empty.argon2id)
    return seal_slot(vault, empty, secret, identity.private.encode() + signing_key.private + anchor)


def recovery_slot(vault: str, code: RecoveryCode, anchor: bytes, random: RandomBytes) -> RecoverySlot:
    """A slot that the recovery code opens, with no part in any key yet."""
    identity = new_exchange_identity()
    empty = RecoverySlot(random(8).hex(), random(SALT_BYTES), random(12), identity.recipient, b"")
    return seal_slot(vault, empty, recovery_key(code, empty.salt), identity.private.encode() + anchor)


def granted_data(key_file: KeyFile, keys: Unsealed, slot: str, recipient: str) -> KeyFile:
    """The key file with the data key wrapped to a slot; the mac is still to be made."""
    payload = keys.data_key.key + keys.data_key.salt + keys.anchor
    return granted(key_file, DATA, payload, slot, recipient)


def granted(key_file: KeyFile, purpose: str, payload: bytes, slot: str, recipient: str) -> KeyFile:
    """The key file with a key wrapped to a slot; the mac is still to be made."""
    sealed = wrap(key_file.vault, purpose, payload, recipient)
    keys = tuple(
        msgspec.structs.replace(key, wraps={**key.wraps, slot: sealed}) if key.purpose == purpose else key
        for key in key_file.keys
    )
    return msgspec.structs.replace(key_file, keys=keys)


def _opened(key_file: KeyFile, slot: UserSlot | FirstUserSlot, passphrase: str) -> bytes:
    try:
        return open_payload(key_file.vault, slot, stretch(passphrase, slot.salt, slot.argon2id))
    except SlotShutError as error:
        raise WrongPassphrase from error


def _by_code(key_file: KeyFile, text: str) -> tuple[RecoverySlot | FirstRecoverySlot, bytes]:
    code = parse_recovery_code(text)
    for slot in key_file.slots:
        if isinstance(slot, RecoverySlot | FirstRecoverySlot):
            try:
                return slot, open_payload(key_file.vault, slot, recovery_key(code, slot.salt))
            except SlotShutError:
                continue
    raise RecoveryCodeWrong(0)


def _split_identity(payload: bytes) -> tuple[ExchangeIdentity, bytes]:
    return ExchangeIdentity(payload[:_IDENTITY].decode()), payload[_IDENTITY:]


def _first_keys(key_file: KeyFile, data_key: DataKey) -> Unsealed:
    """What a slot of format 1 gives. It knows the vault's first data key alone, and the anchor that follows from it."""
    entry = key_file.data_keys[0]
    if not key_file.is_first_format and not is_vouched_for(key_file, entry, data_key):
        raise KeyFileAltered
    return Unsealed(data_key, anchor_of(data_key), {})


def _data_keys(
    key_file: KeyFile, slot: str, identity: ExchangeIdentity, anchor: bytes, missing: bool = False
) -> list[DataKey]:
    found = _unwrapped(key_file, slot, identity)
    if any(said != anchor for _, said in found) or (not found and not missing):
        raise KeyFileAltered
    return [data_key for data_key, _ in found]


def _unwrapped(key_file: KeyFile, slot: str, identity: ExchangeIdentity) -> list[tuple[DataKey, bytes]]:
    """Each data key that the slot opens, with the anchor beside it, vouched for by its mac."""
    found = []
    for entry in key_file.data_keys:
        payload = unwrap(key_file.vault, entry, slot, identity)
        if payload is None:
            continue
        data_key = DataKey(payload[:_KEY], payload[_KEY : _KEY + _SALT])
        if not is_vouched_for(key_file, entry, data_key):
            raise KeyFileAltered
        found.append((data_key, payload[_KEY + _SALT :]))
    return found
