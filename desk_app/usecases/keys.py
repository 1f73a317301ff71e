"""The keys of a vault beyond its users': the recovery code, the programme's emergency key, a new data key.

What happened with them is shown to every user at the next unlock (`notices`).
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from desk_app.crypto import escrow, key_acts, keyring
from desk_app.crypto.keyfile import RecoverySlot
from desk_app.crypto.keyring import NewUser
from desk_app.crypto.passphrase import Argon2Parameters
from desk_app.crypto.recovery import RecoveryCode
from desk_app.crypto.sealing import Recipient
from desk_app.domain import names
from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import EscrowDigitsDiffer, EscrowUnproved, NotACoordinator, NotYourProfession
from desk_app.domain.ids import UserId
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import PROFESSIONS, Act, Role, professions
from desk_app.storage import exchange, members, opening, rotation
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Surroundings, Vault
from desk_app.sync import escrow_card
from desk_app.sync.escrow_card import EscrowCard
from desk_app.usecases import audit, membership, users, vaults
from desk_app.usecases.users import UserShown

_TOLD = (
    Action.RECOVERY_USED,
    Action.ESCROW_USED,
    Action.KEY_HANDED_OVER,
    Action.RECOVERY_MADE,
    Action.COPY_FOUND,
)
_OWN_ARE_KNOWN = (Action.KEY_HANDED_OVER, Action.RECOVERY_MADE)


@dataclass(frozen=True, slots=True)
class EscrowShown:
    """An emergency key: the number that its papers bear, and two rows of digits to read to each other."""

    number: str
    digits: tuple[str, str]


@dataclass(frozen=True, slots=True)
class NewEscrow:
    """A new emergency key: its three shares to be printed once and kept nowhere, and its public card for the desks."""

    number: str
    digits: tuple[str, str]
    card: bytes
    shares: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """What every user must see once: which act, when (Unix milliseconds), by whom, for whom, with which profession's
    key. With a paper nobody else is known to have acted: `by` is then the user who got a new passphrase."""

    number: int
    at: int
    action: Action
    by: str
    whom: str
    profession: Role | None


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


def make_escrow(vault: Vault, deliver: Callable[[NewEscrow], None] = lambda _made: None) -> NewEscrow:
    """A new emergency key of the programme, at the coordinator, whose own vault takes it up at once.

    `deliver` gets its papers before it counts: where that fails an earlier key stays. Raises `NotACoordinator`,
    `NotAllowed`.
    """
    if not vault.is_coordinator:
        raise NotACoordinator
    users.require(vault, Act.MANAGE_KEYS)
    key = escrow.new_escrow(vault.surroundings.random)
    card, shown = escrow_card.write_escrow_card(key.recipient, vault.device_key), _shown(key.recipient)
    made = NewEscrow(shown.number, shown.digits, card, tuple(share.printed for share in key.shares))
    _adopt(vault, key.recipient, lambda: deliver(made))
    return made


def card_of_escrow(vault: Vault) -> bytes | None:
    """The public card once more, for a desk that came later; None where no emergency key was made.

    Raises `NotACoordinator`.
    """
    if not vault.is_coordinator:
        raise NotACoordinator
    slot = vault.key_file().escrow
    return escrow_card.write_escrow_card(Recipient(slot.recipient), vault.device_key) if slot else None


def read_escrow_card(data: bytes) -> EscrowShown:
    """Which key a card is of, before anybody takes it up. Raises `CardDamaged`, `CardNewer`."""
    return _shown(escrow_card.read_escrow_card(data).recipient)


def adopt_escrow(vault: Vault, data: bytes, digits: str | None = None) -> EscrowShown:
    """Lets the programme's emergency key open this vault too, in place of an earlier one. The coordinator admitted
    here has signed it, or the digits that were read out prove it.

    Raises `NotAllowed`, `CardDamaged`, `CardNewer`, `EscrowDigitsDiffer`, `EscrowUnproved`.
    """
    users.require(vault, Act.MANAGE_KEYS)
    card = escrow_card.read_escrow_card(data)
    shown = _shown(card.recipient)
    if digits is not None and _bare(digits) != _bare("".join(shown.digits)):
        raise EscrowDigitsDiffer
    if digits is None and not _is_signed_by_coordinator(vault, card):
        raise EscrowUnproved
    _adopt(vault, card.recipient, lambda: None)
    return shown


def emergency_key(vault: Vault) -> EscrowShown | None:
    """The emergency key that opens this vault."""
    slot = vault.key_file().escrow
    return _shown(slot.recipient) if slot else None


def rotate_data_key(vault: Vault, progress: Callable[[int, int], None]) -> None:
    """Seals all data with a new key, for everybody who could open the vault. `progress` is told done and all steps.

    Raises `NotAllowed`, `RecoveryCodeOutdated`, `DiskFull`, `NoAccess`, `FileUnwritable`, `VaultInUse`.
    """
    users.require(vault, Act.MANAGE_KEYS)
    rotation.rotate(vault, progress)
    audit.note(vault, Action.KEY_ROTATED)


def notices(vault: Vault) -> list[Notice]:
    """What happened with keys since this user was last told, the oldest first."""
    with as_trouble(vault.folder / DATABASE):
        seen = members.seen_up_to(vault.db, vault.user)
        noted = members.noted_after(vault.db, seen, _TOLD)
        called = {member.user: member.name for member in members.everybody(vault.db)}
    return [_notice(one, called) for one in noted if one.user != vault.user or Action(one.action) not in _OWN_ARE_KNOWN]


def mark_notices_seen(vault: Vault, up_to: Notice) -> None:
    """This user was shown that notice and those before it. Raises `DiskFull`."""
    with as_trouble(vault.folder / DATABASE):
        members.put_seen(vault.db, vault.user, up_to.number)


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


def _adopt(vault: Vault, recipient: Recipient, deliver: Callable[[], None]) -> None:
    before = vault.key_file()
    key_file = key_acts.adopt_escrow(before, vault.keys, recipient, vault.surroundings.random)
    with membership.kept(vault, before, key_file):
        audit.note(vault, Action.ESCROW_SET, detail=escrow_card.escrow_number(recipient))
        deliver()


def _is_signed_by_coordinator(vault: Vault, card: EscrowCard) -> bool:
    if vault.is_coordinator:
        return card.key == vault.device_key.public
    with as_trouble(vault.folder / DATABASE):
        known = [one for one in exchange.partners(vault.db) if is_coordinator(one.code) and one.revoked is None]
    return any(one.sign_key == card.key for one in known)


def _shown(recipient: str) -> EscrowShown:
    return EscrowShown(escrow_card.escrow_number(recipient), escrow_card.escrow_digits(recipient))


def _notice(one: members.Noted, called: dict[UserId, str]) -> Notice:
    whom, _, profession = one.detail.partition(" ")
    by = called.get(UserId(one.user), one.user)
    return Notice(
        one.number,
        one.at,
        Action(one.action),
        by,
        called.get(UserId(whom), whom),
        Role(profession) if profession else None,
    )


def _bare(digits: str) -> str:
    return "".join(sign for sign in digits if sign.isdigit())
