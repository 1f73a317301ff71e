"""Partners: showing one's own keys, admitting another's, and where the exchange with each stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import CardDamaged, DigitsDiffer, NotForOurselves
from desk_app.domain.rules.auditing import Action
from desk_app.storage import exchange as storage
from desk_app.storage import exchange_keys as exchange_keys_storage
from desk_app.storage import files, partner_table
from desk_app.storage.partner_table import Partner
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync import card
from desk_app.sync.card import AnyCard, Card
from desk_app.usecases import (
    attachment_exchange,
    audit,
    card_files,
    clocks,
    exchange_keys,
    missing,
    records,
    roster,
    waiting,
)

if TYPE_CHECKING:
    from desk_app.documents.qr_code import QrCode

PICTURE_SUFFIX = ".png"


@dataclass(frozen=True, slots=True)
class CardShown:
    """Whose card it claims to be, and two rows of digits to read to each other."""

    code: str
    name: str
    digits: tuple[str, str]


@dataclass(frozen=True, slots=True)
class CardOnScreen:
    """A card as a QR code, to be photographed by the other side."""

    card: CardShown
    code: "QrCode"


@dataclass(frozen=True, slots=True)
class PartnerStatus:
    """Where the exchange with a partner stands. Numbers are of bundles, times Unix milliseconds.

    `waiting` counts changes not acknowledged yet, `files_waiting` and `bytes_waiting` the files of attachments; `gaps`
    are the partner's bundle numbers that never came and are to be asked for, `came_since` those of them that held
    nothing which is not here by now.
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
    came_since: tuple[int, ...]
    revoked: bool
    clock_ahead: bool
    """Whether its clock stood more than a day ahead when the newest of its bundles came."""


def own_code(vault: Vault) -> CardOnScreen:
    """This vault's own card as a QR code to be shown, with its digits. Raises `DiskFull`."""
    from desk_app.documents import qr_code

    own = _own(vault)
    return CardOnScreen(_shown(own), qr_code.draw(card.write_card(own, vault.device_key)))


def write_card(vault: Vault, path: Path) -> CardShown:
    """Writes this vault's public keys to a file: as a picture of their QR code where its name ends in `.png`.

    Raises `DiskFull`, `NoAccess`, `FileUnwritable`.
    """
    own = _own(vault)
    data = card.write_card(own, vault.device_key)
    if path.suffix.lower() == PICTURE_SUFFIX:
        from desk_app.documents import qr_code

        data = qr_code.as_png(qr_code.draw(data))
    files.write(path, data)
    return _shown(own)


def read_card(path: Path) -> CardShown:
    """Whose card a file or a picture of a QR code is, before anybody is admitted.

    Raises `CardDamaged`, `CardNewer`, `CodeUnreadable`, `FileTooLarge`, `FileUnreadable`.
    """
    return _shown(card_files.read(path))


def enrol(vault: Vault, path: Path, digits: str | None = None) -> CardShown:
    """Admits the device whose card this is, or whose card's QR code is in this picture, in place of an older device of
    the same desk.

    A coordinator puts it on its roster. Raises `DigitsDiffer` when digits are given and are not the card's,
    `NotForOurselves`, `RevokedElsewhere`, and what `read_card` raises.
    """
    read = card_files.read(path)
    shown = _shown(read)
    if (read.kind == "coordinator") is not is_coordinator(read.desk):
        raise CardDamaged
    if read.device == vault.device:
        raise NotForOurselves
    if digits is not None and _bare(digits) != _bare("".join(shown.digits)):
        raise DigitsDiffer(read.desk)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        admitted = Partner(read.desk, read.device, read.name, read.key, read.last_key, vault.now(), revoked=None)
        partner_table.admit(vault.db, admitted)
        exchange_keys_storage.put_card(vault.db, read.device, read.keys)
        roster.note_admitted(vault, admitted)
        audit.note(vault, Action.PARTNER_ADMITTED, detail=read.desk)
    return shown


def partners(vault: Vault) -> list[PartnerStatus]:
    """Everybody admitted, with what was sent, received, acknowledged and is missing."""
    with as_trouble(vault.folder / DATABASE):
        known = partner_table.partners(vault.db)
        counts = waiting.changes(vault, known)
        return [_status(vault, partner, counts[partner.code]) for partner in known]


def data_safe_until(vault: Vault) -> int | None:
    """When the newest bundle was made that a coordinator says it holds, in Unix milliseconds."""
    with as_trouble(vault.folder / DATABASE):
        codes = [one.code for one in partner_table.partners(vault.db) if is_coordinator(one.code)]
        acknowledged = [storage.last_acknowledged(vault.db, code) for code in codes]
    return max((one.made for one in acknowledged if one), default=None)


def safest(known: Iterable[PartnerStatus]) -> PartnerStatus | None:
    """The coordinator who lacks least of what was recorded here; None as long as there is none."""
    coordinators = [one for one in known if is_coordinator(one.code) and not one.revoked]
    return min(coordinators, key=lambda one: (one.waiting, one.code), default=None)


def _status(vault: Vault, partner: Partner, changes: int) -> PartnerStatus:
    sent = storage.last_sent(vault.db, partner.code)
    acknowledged = storage.last_acknowledged(vault.db, partner.code)
    received = storage.received_from(vault.db, partner.code)
    files_waiting, bytes_waiting = attachment_exchange.waiting_for(vault, partner.code)
    never_came = missing.of(vault, partner)
    return PartnerStatus(
        code=partner.code,
        name=partner.name,
        sent=sent.number if sent else 0,
        sent_on=sent.made if sent else None,
        acknowledged=acknowledged.number if acknowledged else 0,
        received=received[-1].number if received else 0,
        received_on=max((one.received for one in received), default=None),
        waiting=changes,
        files_waiting=files_waiting,
        bytes_waiting=bytes_waiting,
        gaps=never_came.numbers,
        came_since=never_came.came_since,
        revoked=partner.revoked is not None,
        clock_ahead=bool(received) and clocks.ran_ahead(max(received, key=lambda one: one.received)),
    )


def _own(vault: Vault) -> Card:
    profiles = records.find_all(vault, "desk_profile", {"desk": vault.desk})
    name = next((name for one in profiles if (name := one.text("name_tg"))), vault.desk)
    return Card(
        desk=vault.desk,
        name=name[: card.LONGEST_NAME],
        kind="coordinator" if vault.is_coordinator else "desk",
        key=vault.device_key.public,
        keys=exchange_keys.ensure(vault),
    )


def _shown(read: AnyCard) -> CardShown:
    return CardShown(read.desk, read.name, card.card_digits(read))


def _bare(digits: Sequence[str] | str) -> str:
    return "".join(sign for sign in digits if sign.isdigit())
