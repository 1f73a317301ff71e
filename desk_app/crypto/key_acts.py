"""Every act on a key file: a key file and the acting keys in, a new key file out. Nothing here touches a disk.

A key file with two data keys stands for a rotation under way; whoever opens a vault ends it before any other act.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from desk_app.crypto.keyfile import (
    DATA,
    FORMAT,
    MAX_USERS,
    AnyUserSlot,
    DataKey,
    EscrowSlot,
    FirstRecoverySlot,
    KeyFile,
    RecoverySlot,
    Slot,
    UserSlot,
    WrappedKey,
    folded,
)
from desk_app.crypto.keyring import (
    Keyring,
    NewUser,
    Unsealed,
    granted,
    granted_data,
    professions_of,
    recovery_slot,
    user_slot,
)
from desk_app.crypto.passphrase import Argon2Parameters
from desk_app.crypto.recovery import RecoveryCode, new_recovery_code
from desk_app.crypto.sealing import ExchangeIdentity, Recipient, check_recipient, new_exchange_identity
from desk_app.crypto.signing import new_signing_key
from desk_app.crypto.wrapping import is_vouched_for, with_macs
from desk_app.domain.errors import LastSlot, ProfessionKeyMissing, RecoveryCodeOutdated, UserNameTaken, UsersTooMany
from desk_app.domain.ids import RandomBytes, UserId
from desk_app.domain.rules.roles import PROFESSIONS, Role, professions


@dataclass(frozen=True, slots=True)
class NewKeys:
    """A new key file, what its first user can do, and the recovery code to print once."""

    key_file: KeyFile
    keys: Keyring
    recovery: RecoveryCode


def new_key_file(first: NewUser, random: RandomBytes) -> NewKeys:
    """Keys for a new vault: a data key that no passphrase determines, its first user and a recovery code."""
    keys = Unsealed(DataKey(random(32), random(16)), random(32), {})
    vault = random(16).hex()
    signing_key, identity, recovery = new_signing_key(random), new_exchange_identity(), new_recovery_code(random)
    user = user_slot(vault, first, signing_key, identity, keys.anchor, random)
    code = recovery_slot(vault, recovery, keys.anchor, random)
    key_file = KeyFile(FORMAT, vault, (user, code), (WrappedKey(DATA, "", {}),))
    for slot in (user, code):
        key_file = granted_data(key_file, keys, slot.slot, slot.recipient)
    key_file = _with_professions(key_file, keys, user, first.roles)
    held = professions_of(key_file, user.slot, identity)
    keyring = Keyring(keys.data_key, keys.anchor, held, signing_key, identity, first.id, first.name)
    return NewKeys(with_macs(key_file, keys.data_key), keyring, recovery)


def add_user(key_file: KeyFile, keys: Unsealed, user: NewUser, random: RandomBytes) -> KeyFile:
    """The key file with one more user, who gets an identity and a signing key of her own, and her professions' keys
    as far as the acting keys hold them or nobody had them yet. Raises `UserNameTaken`, `UsersTooMany`."""
    if any(folded(slot.name) == folded(user.name) for slot in key_file.users):
        raise UserNameTaken(user.name)
    if len(key_file.users) >= MAX_USERS:
        raise UsersTooMany(MAX_USERS)
    slot = user_slot(key_file.vault, user, new_signing_key(random), new_exchange_identity(), keys.anchor, random)
    key_file = _with_slots(key_file, [*key_file.slots, slot])
    key_file = granted_data(key_file, keys, slot.slot, slot.recipient)
    return with_macs(_with_professions(key_file, keys, slot, user.roles), keys.data_key)


def change_passphrase(
    key_file: KeyFile, keys: Keyring, new: str, parameters: Argon2Parameters, random: RandomBytes
) -> KeyFile:
    """The user's slot rewritten for another passphrase, with her keys as they were. Raises `UnknownUser`."""
    old = key_file.of_user(keys.user_id)
    user = NewUser(old.user, old.name, new, parameters)
    slot = user_slot(key_file.vault, user, keys.signing_key, keys.identity, keys.anchor, random)
    entries = tuple(_renamed(entry, old.slot, slot.slot) for entry in key_file.keys)
    key_file = msgspec.structs.replace(_replaced(key_file, old, slot), keys=entries)
    return with_macs(key_file, keys.data_key)


def reset_user(key_file: KeyFile, keys: Unsealed, user: NewUser, random: RandomBytes) -> KeyFile:
    """A new passphrase for a user, found by her name, who forgot hers. Her old identity and signing key are lost, so
    she gets new ones, and those professions' keys that she had as far as the acting keys hold them.

    Raises `UnknownUser`.
    """
    old = key_file.named(user.name)
    who = replace(user, id=old.user, name=old.name)
    had = [role for role in PROFESSIONS if _holds(key_file, role, old.slot)]
    slot = user_slot(key_file.vault, who, new_signing_key(random), new_exchange_identity(), keys.anchor, random)
    key_file = _replaced(_without_wraps(key_file, old.slot), old, slot)
    key_file = granted_data(key_file, keys, slot.slot, slot.recipient)
    for role in had:
        if role in keys.professions:
            key_file = granted(key_file, role, _payload(keys.professions[role]), slot.slot, slot.recipient)
    return with_macs(key_file, keys.data_key)


def remove_slot(key_file: KeyFile, keys: Unsealed, slot: str) -> KeyFile:
    """The key file without a slot. Raises `LastSlot` if no user's slot remained."""
    left = _with_slots(_without_wraps(key_file, slot), (kept for kept in key_file.slots if kept.slot != slot))
    if not left.users:
        raise LastSlot
    return with_macs(left, keys.data_key)


def replace_recovery(key_file: KeyFile, keys: Unsealed, random: RandomBytes) -> tuple[KeyFile, RecoveryCode]:
    """A new recovery code; the old paper opens no vault any more.

    A profession's key that the acting keys lack stays behind with the old paper, until somebody of that profession
    unlocks (`with_recovery_complete`): otherwise a new code could lose the private notes for good.
    """
    recovery = new_recovery_code(random)
    new = recovery_slot(key_file.vault, recovery, keys.anchor, random)
    for old in key_file.slots:
        if isinstance(old, FirstRecoverySlot):
            key_file = _with_slots(key_file, (slot for slot in key_file.slots if slot is not old))
        elif isinstance(old, RecoverySlot):
            key_file = _without_wraps(key_file, old.slot, DATA)
    key_file = granted_data(_with_slots(key_file, [*key_file.slots, new]), keys, new.slot, new.recipient)
    return with_macs(_with_recovery(key_file, keys), keys.data_key), recovery


def with_recovery_complete(key_file: KeyFile, keys: Unsealed) -> KeyFile:
    """The key file with every held profession's key wrapped to the recovery slot; the same where it was already."""
    complete = _with_recovery(key_file, keys)
    return key_file if complete == key_file else with_macs(complete, keys.data_key)


def adopt_escrow(key_file: KeyFile, keys: Unsealed, recipient: Recipient, random: RandomBytes) -> KeyFile:
    """The data key wrapped to the programme's emergency key as well, in place of an earlier one; never a profession's.

    Raises `ExchangeKeyError`.
    """
    slot = EscrowSlot(random(8).hex(), check_recipient(recipient))
    key_file = _with_slots(_without_escrow(key_file), [*_without_escrow(key_file).slots, slot])
    return with_macs(granted_data(key_file, keys, slot.slot, slot.recipient), keys.data_key)


def add_profession(key_file: KeyFile, keys: Unsealed, profession: Role, user: UserId) -> KeyFile:
    """A profession's key for a user. It is made when nobody has it; one that the acting keys lack is left to be handed
    over by whoever holds it. Raises `UnknownUser`."""
    slot = key_file.of_user(user)
    return with_macs(_with_professions(key_file, keys, slot, [profession]), keys.data_key)


def drop_profession(key_file: KeyFile, keys: Unsealed, profession: Role, user: UserId) -> KeyFile:
    """The key file without the user's part in a profession's key. Raises `UnknownUser`."""
    slot = key_file.of_user(user)
    return with_macs(_without_wraps(key_file, slot.slot, profession), keys.data_key)


def hand_over(key_file: KeyFile, keys: Unsealed, profession: Role, to_user: UserId) -> KeyFile:
    """A profession's key given on by one who holds it. Raises `ProfessionKeyMissing`, `UnknownUser`."""
    slot = key_file.of_user(to_user)
    if profession not in keys.professions or not isinstance(slot, UserSlot):
        raise ProfessionKeyMissing(profession)
    payload = _payload(keys.professions[profession])
    return with_macs(granted(key_file, profession, payload, slot.slot, slot.recipient), keys.data_key)


def begin_rotation(key_file: KeyFile, keys: Unsealed, new: DataKey) -> KeyFile:
    """The key file with two data keys, the second new and wrapped to whoever has the first.

    Raises `RecoveryCodeOutdated` while a slot of format 1 is left: it could never open another data key.
    """
    if key_file.has_first_slots:
        raise RecoveryCodeOutdated
    (old,) = key_file.data_keys
    rotated = replace(keys, data_key=new) if isinstance(keys, Keyring) else Unsealed(new, keys.anchor, keys.professions)
    alone = msgspec.structs.replace(key_file, keys=(WrappedKey(DATA, "", {}),))
    for slot in key_file.slots:
        if slot.slot in old.wraps and isinstance(slot, UserSlot | RecoverySlot | EscrowSlot):
            alone = granted_data(alone, rotated, slot.slot, slot.recipient)
    others = tuple(key for key in key_file.keys if key.purpose != DATA)
    both = msgspec.structs.replace(key_file, keys=(old, *alone.keys, *others))
    return with_macs(both, keys.data_key, new)


def end_rotation(key_file: KeyFile, keys: Unsealed) -> KeyFile:
    """The key file with the acting data key alone; the same where no rotation was under way."""
    if len(key_file.data_keys) == 1:
        return key_file
    left = tuple(key for key in key_file.keys if key.purpose != DATA or is_vouched_for(key_file, key, keys.data_key))
    return with_macs(msgspec.structs.replace(key_file, keys=left), keys.data_key)


def is_ours(key_file: KeyFile, vault: str, keys: Unsealed) -> bool:
    """Whether the key file is this vault's, as it was last written by one who holds its data key."""
    return key_file.vault == vault and any(is_vouched_for(key_file, key, keys.data_key) for key in key_file.data_keys)


def refreshed(key_file: KeyFile, keys: Keyring) -> Keyring:
    """The keyring with the professions' keys that the key file now gives its user."""
    slot = key_file.of_user(keys.user_id)
    return replace(keys, professions=professions_of(key_file, slot.slot, keys.identity))


def _with_professions(key_file: KeyFile, keys: Unsealed, slot: AnyUserSlot, roles: Iterable[Role]) -> KeyFile:
    for role in sorted(professions(roles)):
        identity, entry = keys.professions.get(role), key_file.key_for(role)
        if entry is None or not entry.wraps:
            identity = new_exchange_identity()
            others = tuple(key for key in key_file.keys if key is not entry)
            key_file = msgspec.structs.replace(key_file, keys=(*others, WrappedKey(role.value, identity.recipient, {})))
            key_file = _with_recovery(key_file, Unsealed(keys.data_key, keys.anchor, {role: identity}))
        if identity and isinstance(slot, UserSlot):
            key_file = granted(key_file, role, _payload(identity), slot.slot, slot.recipient)
    return key_file


def _with_recovery(key_file: KeyFile, keys: Unsealed) -> KeyFile:
    """Every held profession's key on the current recovery paper and off older ones, which go when nothing is left.

    A key that no user holds stays on the older paper too: whether the new code ever reached paper nobody knows.
    """
    papers = [slot for slot in key_file.slots if isinstance(slot, RecoverySlot)]
    current = next((slot for slot in papers if _holds(key_file, DATA, slot.slot)), None)
    if current is None:
        return key_file
    for role, identity in keys.professions.items():
        if not _holds(key_file, role, current.slot):
            key_file = granted(key_file, role, _payload(identity), current.slot, current.recipient)
    for old in papers:
        if old is current:
            continue
        for role in keys.professions:
            if any(_holds(key_file, role, slot.slot) for slot in key_file.users):
                key_file = _without_wraps(key_file, old.slot, role)
        if not any(old.slot in key.wraps for key in key_file.keys):
            key_file = _with_slots(key_file, (slot for slot in key_file.slots if slot is not old))
    return key_file


def _without_escrow(key_file: KeyFile) -> KeyFile:
    for slot in key_file.slots:
        if isinstance(slot, EscrowSlot):
            key_file = _without_wraps(key_file, slot.slot)
    return _with_slots(key_file, (slot for slot in key_file.slots if not isinstance(slot, EscrowSlot)))


def _with_slots(key_file: KeyFile, slots: Iterable[Slot]) -> KeyFile:
    return msgspec.structs.replace(key_file, slots=tuple(slots))


def _replaced(key_file: KeyFile, old: Slot, new: Slot) -> KeyFile:
    return _with_slots(key_file, (new if slot is old else slot for slot in key_file.slots))


def _without_wraps(key_file: KeyFile, slot: str, purpose: str = "") -> KeyFile:
    """The key file without a slot's part in one key, or in all of them."""
    keys = tuple(
        msgspec.structs.replace(key, wraps={name: held for name, held in key.wraps.items() if name != slot})
        if purpose in ("", key.purpose)
        else key
        for key in key_file.keys
    )
    return msgspec.structs.replace(key_file, keys=keys)


def _renamed(key: WrappedKey, old: str, new: str) -> WrappedKey:
    return msgspec.structs.replace(key, wraps={new if slot == old else slot: held for slot, held in key.wraps.items()})


def _holds(key_file: KeyFile, purpose: str, slot: str) -> bool:
    return any(slot in key.wraps for key in key_file.keys if key.purpose == purpose)


def _payload(identity: ExchangeIdentity) -> bytes:
    return identity.private.encode()
