"""Partners: showing one's own keys, admitting another's, and where the exchange with each stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desk_app.domain.desks import COORDINATOR
from desk_app.domain.errors import DigitsDiffer, NotForOurselves
from desk_app.domain.rules.auditing import Action
from desk_app.storage import exchange as storage
from desk_app.storage import files
from desk_app.storage.exchange import Partner
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync import card
from desk_app.sync.card import Card
from desk_app.usecases import attachment_exchange, audit, exchange, records


@dataclass(frozen=True, slots=True)
class CardShown:
    """Whose card it claims to be, and two rows of digits to read to each other."""

    code: str
    name: str
    digits: tuple[str, str]


@dataclass(frozen=True, slots=True)
class PartnerStatus:
    """Where the exchange with a partner stands. Numbers are of bundles, times Unix milliseconds.

    `waiting` counts changes not acknowledged yet, `files_waiting` and `bytes_waiting` the files of attachments; `gaps`
    are the partner's bundle numbers that never came.
    """

    code: str
    name: str
    sent: int
    sent_on: int | None
    acknowledged: int
    received: int
    received_on: int | None
    waiting: int
    files_waiting: int
    bytes_waiting: int
    gaps: tuple[int, ...]
    revoked: bool


def own_card(vault: Vault) -> CardShown:
    """The digits of this vault's own card, for the screen."""
    return _shown(_own(vault))


def write_card(vault: Vault, path: Path) -> CardShown:
    """Writes this vault's public keys to a file. Raises `DiskFull`, `NoAccess`, `FileUnwritable`."""
    own = _own(vault)
    files.write(path, card.write_card(own, vault.device_key))
    return _shown(own)


def read_card(path: Path) -> CardShown:
    """Whose card a file is, before anybody is admitted. Raises `CardDamaged`, `FileUnreadable`."""
    return _shown(card.read_card(files.read(path, card.SIZE_CAP)))


def enrol(vault: Vault, path: Path, digits: str | None = None) -> CardShown:
    """Admits the device whose card this is, in place of an older device of the same desk.

    Raises `DigitsDiffer` when digits are given and are not the card's, `NotForOurselves`, `CardDamaged`.
    """
    read = card.read_card(files.read(path, card.SIZE_CAP))
    shown = _shown(read)
    if read.device == vault.device:
        raise NotForOurselves
    if digits is not None and _bare(digits) != _bare("".join(shown.digits)):
        raise DigitsDiffer(read.desk)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        admitted = Partner(read.desk, read.device, read.name, read.key, read.exchange, vault.now(), revoked=None)
        storage.admit(vault.db, admitted)
        audit.note(vault, Action.PARTNER_ADMITTED, detail=read.desk)
    return shown


def partners(vault: Vault) -> list[PartnerStatus]:
    """Everybody admitted, with what was sent, received, acknowledged and is missing."""
    with as_trouble(vault.folder / DATABASE):
        return [_status(vault, partner) for partner in storage.partners(vault.db)]


def data_safe_until(vault: Vault) -> int | None:
    """When the newest bundle was made that the coordinator says it holds, in Unix milliseconds."""
    with as_trouble(vault.folder / DATABASE):
        acknowledged = storage.last_acknowledged(vault.db, COORDINATOR)
    return acknowledged.made if acknowledged else None


def _status(vault: Vault, partner: Partner) -> PartnerStatus:
    sent = storage.last_sent(vault.db, partner.code)
    acknowledged = storage.last_acknowledged(vault.db, partner.code)
    received = storage.received_from(vault.db, partner.code)
    files_waiting, bytes_waiting = attachment_exchange.waiting_for(vault, partner.code)
    return PartnerStatus(
        code=partner.code,
        name=partner.name,
        sent=sent.number if sent else 0,
        sent_on=sent.made if sent else None,
        acknowledged=acknowledged.number if acknowledged else 0,
        received=received[-1].number if received else 0,
        received_on=max((one.received for one in received), default=None),
        waiting=len(exchange.waiting_for(vault, partner)),
        files_waiting=files_waiting,
        bytes_waiting=bytes_waiting,
        gaps=exchange.missing_numbers(vault, partner.device),
        revoked=partner.revoked is not None,
    )


def _own(vault: Vault) -> Card:
    profiles = records.find_all(vault, "desk_profile", {"desk": vault.desk})
    name = next((name for one in profiles if (name := one.text("name_tg"))), vault.desk)
    return Card(
        desk=vault.desk,
        name=name,
        kind="coordinator" if vault.is_coordinator else "desk",
        key=vault.device_key.public,
        exchange=vault.exchange.recipient,
    )


def _shown(read: Card) -> CardShown:
    return CardShown(read.desk, read.name, card.card_digits(read))


def _bare(digits: Sequence[str] | str) -> str:
    return "".join(sign for sign in digits if sign.isdigit())
