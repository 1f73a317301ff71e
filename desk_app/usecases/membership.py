"""How the table of members and the key file are kept together: what every act on users and keys goes through."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from desk_app.crypto import key_acts
from desk_app.crypto.keyfile import AnyUserSlot, KeyFile, RecoverySlot, UserSlot
from desk_app.crypto.signing import PublicKey
from desk_app.domain.errors import RecoveryCodeOutdated, VaultInUse
from desk_app.domain.ids import UserId
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import PROFESSIONS, Role
from desk_app.storage import drafts, members
from desk_app.storage.members import Member
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit

_logger = logging.getLogger(__name__)


def settle(vault: Vault, reset: UserId | None = None) -> None:
    """Makes the members fit the key file, which is written apart from them: a power cut can fall between the two.

    A slot of somebody who was removed stands only in an older key file that was put back: it is taken out again.
    Whoever has just been `reset` has new keys for a reason that is written down elsewhere. Raises `DiskFull`,
    `FileUnwritable`, `NoAccess`.
    """
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        known = {member.user: member for member in members.everybody(vault.db)}
        key_file = _without_the_gone(vault, known)
        for slot in key_file.users:
            wanted, action = _as_in_key_file(vault, key_file, slot, known.pop(slot.user, None))
            if wanted is not None:
                members.put(vault.db, wanted)
            if action is not None and slot.user != reset:
                audit.note(vault, action, detail=slot.user)
        for left in known.values():
            if left.gone is None:
                members.put(vault.db, replace(left, gone=vault.now()))
                drafts.drop_all(vault.db, left.user)
                audit.note(vault, Action.USER_REMOVED, detail=left.user)


@contextmanager
def kept(vault: Vault, before: KeyFile, after: KeyFile) -> Iterator[None]:
    """What is done inside is kept together with the new key file, or neither is. `before` is what it was made from.

    The key file is written last: after a power cut between the two `settle` follows it. Raises `VaultInUse` when
    another program has written the key file meanwhile, for that would be lost; and `DiskFull`, `FileUnwritable`,
    `NoAccess`.
    """
    written = False
    try:
        with as_trouble(vault.folder / DATABASE), atomic(vault.db):
            if vault.key_file() != before:
                raise VaultInUse(str(vault.folder))
            yield
            vault.rewrite_keys(after)
            written = True
    except BaseException:
        if written:
            vault.rewrite_keys(before)
        raise


def holders(key_file: KeyFile, profession: Role) -> tuple[AnyUserSlot, ...]:
    """The users who hold the key to a profession's private notes."""
    key = key_file.key_for(profession)
    return tuple(slot for slot in key_file.users if key and slot.slot in key.wraps)


def check_recoverable(key_file: KeyFile) -> None:
    """No key to private notes may hang on one passphrase alone. Raises `RecoveryCodeOutdated`."""
    papers = {slot.slot for slot in key_file.slots if isinstance(slot, RecoverySlot)}
    for profession in PROFESSIONS:
        key = key_file.key_for(profession)
        if key is not None and papers.isdisjoint(key.wraps):
            raise RecoveryCodeOutdated


def sign_key_of(slot: AnyUserSlot) -> PublicKey:
    """A user's public signing key; empty for a slot of the first format, which does not show it."""
    return PublicKey(slot.sign_key if isinstance(slot, UserSlot) else b"")


def _without_the_gone(vault: Vault, known: Mapping[UserId, Member]) -> KeyFile:
    key_file = vault.key_file()
    for slot in key_file.users:
        if slot.user in known and known[slot.user].gone is not None:
            _logger.warning("older_keys_put_back")
            key_file = key_acts.remove_slot(key_file, vault.keys, slot.slot)
            vault.rewrite_keys(key_file)
            audit.note(vault, Action.USER_REMOVED, detail=slot.user)
    return key_file


def _as_in_key_file(
    vault: Vault, key_file: KeyFile, slot: AnyUserSlot, known: Member | None
) -> tuple[Member | None, Action | None]:
    """The member as the key file has her, None when she is known so; and what was done to her that nobody noted."""
    sign_key = sign_key_of(slot)
    if known is None:
        roles = frozenset(role for role in PROFESSIONS if slot in holders(key_file, role))
        return Member(slot.user, slot.name, roles, sign_key, vault.now()), Action.USER_ADDED
    if known.sign_key == sign_key:
        return None, None
    # A slot of the first format did not show its signing key: the first unlock brings it.
    return replace(known, sign_key=sign_key), Action.USER_RESET if known.sign_key else None
