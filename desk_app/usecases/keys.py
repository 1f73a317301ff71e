"""The keys of a vault beyond its users': the recovery code, a way back with its paper or the emergency key's, a new
data key. What happened with them is shown to every user at the next unlock (`notices`).
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from desk_app.crypto import key_acts, keyring
from desk_app.crypto.keyfile import RecoverySlot
from desk_app.crypto.keyring import NewUser
from desk_app.crypto.passphrase import Argon2Parameters
from desk_app.crypto.recovery import RecoveryCode
from desk_app.domain import names
from desk_app.domain.errors import NotYourProfession
from desk_app.domain.ids import UserId
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import PROFESSIONS, Act, Role, professions
from desk_app.storage import opening, rotation
from desk_app.storage.vault import Surroundings, Vault
from desk_app.usecases import audit, membership, users, vaults
from desk_app.usecases.users import UserShown


def _kept_by_caller(_code: str) -> None:
    """Who gets the new code as the answer sees to it that it is not lost."""


def new_recovery_code(vault: Vault, deliver: Callable[[str], None] = _kept_by_caller) -> str:
    """A new code in groups, to be printed now: it is kept nowhere, and the old paper opens the desk no more.

    `deliver` gets it before it counts: where that fails the old code stays good. Raises `NotAllowed`.
    """
    users.require(vault, Act.MANAGE_KEYS)
    before = vault.key_file()
    key_file, recovery = key_acts.replace_recovery(before, vault.keys, vault.surroundings.random)
    with membership.kept(vault, before, key_file):
        audit.note(vault, Action.RECOVERY_MADE)
        deliver(recovery.printed)
    return recovery.printed


def not_on_paper(vault: Vault) -> tuple[Role, ...]:
    """The professions whose key the newest recovery paper cannot give back yet: it comes onto it when somebody who
    holds that key unlocks the desk. Until then the paper before it must be kept."""
    key_file = vault.key_file()
    newest = {slot for key in key_file.data_keys for slot in key.wraps}
    papers = {slot.slot for slot in key_file.slots if isinstance(slot, RecoverySlot)} & newest
    return tuple(role for role in PROFESSIONS if (key := key_file.key_for(role)) and papers.isdisjoint(key.wraps))


def not_on_next_paper(vault: Vault) -> tuple[Role, ...]:
    """What `not_on_paper` would say if this user made a new code now."""
    key_file = vault.key_file()
    return tuple(role for role in PROFESSIONS if key_file.key_for(role) and role not in vault.keys.professions)


def reset_with_recovery(
    folder: Path,
    code: str,
    user: str,
    new_passphrase: str,
    surroundings: Surroundings,
    parameters: Argon2Parameters | None = None,
    deliver: Callable[[str], None] = _kept_by_caller,
) -> str:
    """A new passphrase for a user, given by name, and her professions' keys again; returns a new recovery code.

    `deliver` gets it before it counts: where that fails, code and passphrase stay as they were, and that the desk was
    opened stays written down. Raises `PassphraseTooShort`, `RecoveryCodeWrong`, `UnknownUser` and what opening a vault
    raises.
    """
    new = _new(user, new_passphrase, parameters)
    vault, recovery = opening.open_with_recovery(
        folder, code, new, surroundings, _noted(Action.RECOVERY_USED), lambda made: deliver(made.printed)
    )
    return _taken_up(vault, recovery)


def reset_with_escrow(
    folder: Path,
    shares: Sequence[str],
    user: str,
    new_passphrase: str,
    surroundings: Surroundings,
    parameters: Argon2Parameters | None = None,
    deliver: Callable[[str], None] = _kept_by_caller,
) -> str:
    """The same with two papers of the emergency key, which open no private notes: those of her professions stay shut
    until a colleague hands the key over or the old recovery paper is found (`recover_profession`).

    Raises `PassphraseTooShort`, `EscrowShareWrong`, `EscrowWrong`, `UnknownUser` and what opening a vault raises.
    """
    new = _new(user, new_passphrase, parameters)
    vault, recovery = opening.open_with_escrow(
        folder, shares, new, surroundings, _noted(Action.ESCROW_USED), lambda made: deliver(made.printed)
    )
    return _taken_up(vault, recovery)


def recover_profession(vault: Vault, code: str, profession: Role, to_user: UserId) -> UserShown:
    """Gives the key to a profession's private notes from the recovery paper to a user of that profession, after the
    last one who held it has left. An older paper does too while it alone still holds that key.

    Raises `NotAllowed`, `RecoveryCodeWrong`, `ProfessionKeyMissing`, `NotYourProfession`, `UnknownUser`.
    """
    users.require(vault, Act.MANAGE_KEYS)
    if profession not in users.member(vault, to_user).roles:
        raise NotYourProfession(profession.value)
    before = vault.key_file()
    acting = replace(vault.keys, professions=keyring.recovered_professions(before, code))
    key_file = key_acts.with_recovery_complete(key_acts.hand_over(before, acting, profession, to_user), acting)
    with membership.kept(vault, before, key_file):
        audit.note(vault, Action.RECOVERY_USED, detail=f"{to_user} {profession}")
    return users.member(vault, to_user)


def rotate_data_key(vault: Vault, progress: Callable[[int, int], None]) -> None:
    """Seals all data with a new key, for everybody who could open the vault. `progress` is told done and all steps.

    Raises `NotAllowed`, `RecoveryCodeOutdated`, `DiskFull`, `NoAccess`, `FileUnwritable`, `VaultInUse`.
    """
    users.require(vault, Act.MANAGE_KEYS)
    rotation.rotate(vault, progress)
    audit.note(vault, Action.KEY_ROTATED)


def _new(user: str, passphrase: str, parameters: Argon2Parameters | None) -> NewUser:
    vaults.check_passphrase(passphrase)
    return NewUser(UserId(""), names.clean(user).strip(), passphrase, parameters or vaults.measured_cost())


def _noted(action: Action) -> Callable[[Vault], None]:
    """The entry that everybody sees."""
    return lambda vault: audit.note(vault, action, detail=vault.user)


def _taken_up(vault: Vault, recovery: RecoveryCode) -> str:
    """Gives the user her professions' keys, as far as the new paper got them from the old one, and closes the vault;
    returns the new code."""
    with closing(vault):
        membership.settle(vault, reset=vault.user)
        before = key_file = vault.key_file()
        recovered = keyring.recovered_professions(key_file, recovery.printed)
        acting = replace(vault.keys, professions=recovered)
        roles = professions(users.member(vault, vault.user).roles)
        for role in sorted(roles & set(recovered) - set(vault.keys.professions)):
            key_file = key_acts.hand_over(key_file, acting, role, vault.user)
        with membership.kept(vault, before, key_file):
            pass
    return recovery.printed
