"""The programme's emergency key: made at the coordinator, whose card lets it open each desk's vault too."""

from collections.abc import Callable
from dataclasses import dataclass, field

from desk_app.crypto import escrow, key_acts
from desk_app.crypto.sealing import Recipient
from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import EscrowDigitsDiffer, EscrowUnproved, NotACoordinator
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Act
from desk_app.storage import partner_table
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync import escrow_card
from desk_app.sync.escrow_card import EscrowCard
from desk_app.usecases import audit, membership, users


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
        known = [one for one in partner_table.partners(vault.db) if is_coordinator(one.code) and one.revoked is None]
    return any(one.sign_key == card.key for one in known)


def _shown(recipient: str) -> EscrowShown:
    return EscrowShown(escrow_card.escrow_number(recipient), escrow_card.escrow_digits(recipient))


def _bare(digits: str) -> str:
    return "".join(sign for sign in digits if sign.isdigit())
