"""The people who open vaults: who they are, what they may do, how they come, go, and get a passphrase again.

A desk's people are introduced to the coordinator by name too, each in a record of his own.
"""

import hashlib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace

from desk_app.crypto import key_acts, keyring
from desk_app.crypto.keyfile import KeyFile
from desk_app.crypto.keyring import NewUser
from desk_app.crypto.passphrase import Argon2Parameters
from desk_app.domain import names as people_names
from desk_app.domain.errors import (
    LastHolder,
    LastLeader,
    NotAllowed,
    NotYourProfession,
    OwnUser,
    PassphraseSame,
    RoleMissing,
    UnknownUser,
)
from desk_app.domain.ids import RecordId, UserId
from desk_app.domain.records.validation import checked
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import PROFESSIONS, Act, Role, may, professions
from desk_app.i18n.languages import TAJIK
from desk_app.storage import drafts, rows
from desk_app.storage import members as storage
from desk_app.storage.journal import Write
from desk_app.storage.members import Member
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit, membership, vaults

_ID_DOMAIN = b"roh user\0"


@dataclass(frozen=True, slots=True)
class UserShown:
    """A user of this vault. `added` and `gone` in Unix milliseconds; `gone` is None while she can open it.

    `holds` are the professions whose private notes she can open, `waits_for` those of her professions whose key
    somebody has yet to hand over to her.
    """

    user: UserId
    name: str
    roles: tuple[Role, ...]
    added: int
    gone: int | None
    holds: tuple[Role, ...]
    has_slot: bool

    @property
    def waits_for(self) -> tuple[Role, ...]:
        """Her professions without their key."""
        return tuple(role for role in PROFESSIONS if role in self.roles and role not in self.holds and self.has_slot)


def members(vault: Vault, language: str = TAJIK.code) -> list[UserShown]:
    """Everybody who is or was a user here: those who can open the vault first, by name in the language's order."""
    key_file = vault.key_file()
    with as_trouble(vault.folder / DATABASE):
        found = [_shown(key_file, one) for one in storage.everybody(vault.db)]
    return sorted(found, key=lambda one: (one.gone is not None, people_names.sort_key(one.name, language), one.added))


def member(vault: Vault, user: UserId) -> UserShown:
    """A user who can open the vault. Raises `UnknownUser`."""
    return _shown(vault.key_file(), _standing(vault, user))


def named(vault: Vault, name: str) -> UserId:
    """Who has that name, case and outer spaces aside. Raises `UnknownUser`."""
    return vault.key_file().named(people_names.clean(name)).user


def require(vault: Vault, act: Act) -> None:
    """Refuses what the user's roles do not allow, and everything to one who was removed meanwhile. Raises
    `NotAllowed`."""
    with as_trouble(vault.folder / DATABASE):
        who = storage.get(vault.db, vault.user)
    if who is None or who.gone is not None or not may(who.roles, act):
        raise NotAllowed(act.value)


def add_user(
    vault: Vault, name: str, passphrase: str, roles: Collection[Role], parameters: Argon2Parameters | None = None
) -> UserShown:
    """One more user, with an own signing key. The key of a profession that is new here is made for her; one that the
    acting user does not hold has to be handed over by whoever does: until then she `waits_for` it.

    Raises `NotAllowed`, `RoleMissing`, `UserNameMissing`, `UserNameTooLong`, `UserNameTaken`, `UsersTooMany`,
    `PassphraseTooShort`, `RecoveryCodeOutdated`, `VaultInUse`.
    """
    require(vault, Act.MANAGE_USERS)
    name, wanted = vaults.checked_name(name), _checked(roles)
    vaults.check_passphrase(passphrase)
    cost = parameters or vaults.measured_cost()
    new = NewUser(UserId(vault.surroundings.random(4).hex()), name, passphrase, cost, wanted)
    before = vault.key_file()
    key_file = key_acts.add_user(before, vault.keys, new, vault.surroundings.random)
    membership.check_recoverable(key_file)
    sign_key = membership.sign_key_of(key_file.of_user(new.id))
    with membership.kept(vault, before, key_file):
        storage.put(vault.db, Member(new.id, name, wanted, sign_key, vault.now()))
        audit.note(vault, Action.USER_ADDED, detail=_told(new.id, wanted))
        storage.put_seen(vault.db, new.id)
    return member(vault, new.id)


def reset_passphrase(vault: Vault, user: UserId, new: str, parameters: Argon2Parameters | None = None) -> UserShown:
    """A new passphrase for a colleague who forgot hers, and new keys: what she signed stays signed by the old one.

    She gets her professions' keys again as far as the acting user holds them; the others she `waits_for`, as the
    answer says. Raises `NotAllowed`, `UnknownUser`, `PassphraseTooShort`.
    """
    require(vault, Act.MANAGE_USERS)
    who = _standing(vault, user)
    vaults.check_passphrase(new)
    before = vault.key_file()
    key_file = _with_new_passphrase(vault, before, who, new, parameters)
    with membership.kept(vault, before, key_file):
        storage.put(vault.db, replace(who, sign_key=membership.sign_key_of(key_file.of_user(user))))
        audit.note(vault, Action.USER_RESET, detail=user)
    return member(vault, user)


def _with_new_passphrase(
    vault: Vault, key_file: KeyFile, who: Member, new: str, parameters: Argon2Parameters | None
) -> KeyFile:
    """The key file in which this user has another passphrase, and those of her professions' keys that are at hand."""
    cost = parameters or vaults.measured_cost()
    user = NewUser(who.user, key_file.of_user(who.user).name, new, cost, who.roles)
    key_file = key_acts.reset_user(key_file, vault.keys, user, vault.surroundings.random)
    for role in sorted(professions(who.roles) & set(vault.keys.professions)):
        key_file = key_acts.hand_over(key_file, vault.keys, role, who.user)
    return key_file


def remove_user(vault: Vault, user: UserId, *, confirmed: bool = False) -> None:
    """Takes a user's key away. Whoever alone holds the key to private notes is removed only when that was
    `confirmed`: the recovery code still opens them.

    Raises `NotAllowed`, `UnknownUser`, `LastSlot`, `LastLeader`, `OwnUser`, `LastHolder`, `RecoveryCodeOutdated`.
    """
    require(vault, Act.MANAGE_USERS)
    who, before = _standing(vault, user), vault.key_file()
    key_file = key_acts.remove_slot(before, vault.keys, before.of_user(user).slot)
    _check_leader_remains(vault, who, frozenset())
    if user == vault.user:
        raise OwnUser
    _check_holder_remains(before, key_file, who, confirmed)
    with membership.kept(vault, before, key_file):
        storage.put(vault.db, replace(who, gone=vault.now()))
        drafts.drop_all(vault.db, user)
        audit.note(vault, Action.USER_REMOVED, detail=user)


def set_roles(vault: Vault, user: UserId, roles: Collection[Role], *, confirmed: bool = False) -> UserShown:
    """Other roles, and with them the keys to private notes: a lost profession's goes, a new one's comes as in
    `add_user`. `confirmed` as in `remove_user`.

    Raises `NotAllowed`, `UnknownUser`, `RoleMissing`, `LastLeader`, `LastHolder`, `RecoveryCodeOutdated`.
    """
    require(vault, Act.MANAGE_USERS)
    who, wanted = _standing(vault, user), _checked(roles)
    _check_leader_remains(vault, who, wanted)
    before = key_file = vault.key_file()
    for role in sorted(professions(who.roles) - wanted):
        key_file = key_acts.drop_profession(key_file, vault.keys, role, user)
    _check_holder_remains(before, key_file, who, confirmed)
    for role in sorted(professions(wanted) - who.roles):
        key_file = key_acts.add_profession(key_file, vault.keys, role, user)
    membership.check_recoverable(key_file)
    with membership.kept(vault, before, key_file):
        storage.put(vault.db, replace(who, roles=wanted))
        audit.note(vault, Action.ROLES_SET, detail=_told(user, wanted))
    return member(vault, user)


def change_passphrase(vault: Vault, old: str, new: str, parameters: Argon2Parameters | None = None) -> None:
    """The acting user's own passphrase. Raises `WrongPassphrase`, `PassphraseTooShort`, `PassphraseSame`."""
    vaults.check_passphrase(new)
    before = vault.key_file()
    keyring.open_slot(before, vault.user_name, old)
    if unicodedata.normalize("NFKC", old) == unicodedata.normalize("NFKC", new):
        raise PassphraseSame
    cost = parameters or vaults.measured_cost()
    key_file = key_acts.change_passphrase(before, vault.keys, new, cost, vault.surroundings.random)
    with membership.kept(vault, before, key_file):
        audit.note(vault, Action.PASSPHRASE_CHANGED)


def hand_over(vault: Vault, profession: Role, to_user: UserId) -> UserShown:
    """Gives the key to a profession's private notes to a colleague of that profession.

    Raises `ProfessionKeyMissing` when the acting user does not hold it, `NotYourProfession` when the colleague is of
    another profession, `UnknownUser`.
    """
    to = _standing(vault, to_user)
    before = vault.key_file()
    key_file = key_acts.hand_over(before, vault.keys, profession, to_user)
    if profession not in to.roles:
        raise NotYourProfession(profession.value)
    with membership.kept(vault, before, key_file):
        audit.note(vault, Action.KEY_HANDED_OVER, detail=_told(to_user, (profession,)))
    return member(vault, to_user)


def introduce(vault: Vault) -> None:
    """Writes down the name of who opened the vault, once and again when it has changed. Raises `DiskFull`."""
    kind, record = vault.registry["user"], record_of(vault.user)
    values = checked(kind, {"desk": vault.desk, "name": vault.user_name})
    with as_trouble(vault.folder / DATABASE):
        before = rows.get(vault.db, kind, record)
        if before is None or before.text("name") != values["name"]:
            vault.journal.write([Write(kind, record, values)])


def record_of(user: UserId) -> RecordId:
    """The record of a user, the same on every device that he works at."""
    return RecordId(hashlib.sha256(_ID_DOMAIN + user.encode()).hexdigest()[:32])


def names(vault: Vault) -> dict[UserId, str]:
    """The names of the users who are known here: of this vault's own, and of other desks' as each introduced herself.

    A record speaks for its own author, and for nobody else.
    """
    with as_trouble(vault.folder / DATABASE):
        found = rows.where(vault.db, vault.registry["user"], {}, "id", -1)
        own = {one.user: one.name for one in storage.everybody(vault.db)}
    known = {UserId(one.made_by): one.text("name") for one in found if one.id == record_of(UserId(one.made_by))}
    return {**known, **own, vault.user: vault.user_name}


def _standing(vault: Vault, user: UserId) -> Member:
    with as_trouble(vault.folder / DATABASE):
        found = storage.get(vault.db, user)
    if found is None or found.gone is not None:
        raise UnknownUser(found.name if found else user)
    return found


def _shown(key_file: KeyFile, one: Member) -> UserShown:
    slot = next((slot for slot in key_file.users if slot.user == one.user), None)
    roles = tuple(role for role in Role if role in one.roles)
    holds = tuple(role for role in PROFESSIONS if slot and slot in membership.holders(key_file, role))
    return UserShown(one.user, one.name, roles, one.added, one.gone, holds, slot is not None)


def _checked(roles: Collection[Role]) -> frozenset[Role]:
    if not roles:
        raise RoleMissing
    return frozenset(roles)


def _told(user: UserId, roles: Collection[Role]) -> str:
    """A user and her roles as the record of access keeps them."""
    return " ".join([user, *(role for role in Role if role in roles)])


def _check_leader_remains(vault: Vault, who: Member, roles: frozenset[Role]) -> None:
    with as_trouble(vault.folder / DATABASE):
        others = [one for one in storage.everybody(vault.db) if one.user != who.user and one.gone is None]
    if not any(may(one, Act.MANAGE_USERS) for one in (roles, *(other.roles for other in others))):
        raise LastLeader(who.name)


def _check_holder_remains(before: KeyFile, after: KeyFile, who: Member, confirmed: bool) -> None:
    for role in PROFESSIONS:
        if membership.holders(before, role) and not membership.holders(after, role):
            membership.check_recoverable(after)
            if not confirmed:
                raise LastHolder(who.name, role.value)
