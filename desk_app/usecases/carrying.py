"""Sending when there is a connection: sealed bundles wait in the outbox until a way takes them.

A bundle is sealed and counted as sent when it is put into the outbox, exactly as when it is written to a stick; whether
a way then takes it changes nothing of the exchange. What never arrives is in the next bundle again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from desk_app.domain.carriers import Kind
from desk_app.domain.errors import (
    AddressRefused,
    CarrierSettingWrong,
    CarrierUnknown,
    DiskFull,
    FileUnreadable,
    FileUnwritable,
    LoginRefused,
    NameTaken,
    NoAccess,
    NoConnection,
    NotEnoughRoom,
    ServerKeyChanged,
    ServerKeyUnknown,
    ServerNotTrusted,
    StickCrowded,
    StickFull,
    StickPulled,
    StickReadOnly,
    TooLargeToCarry,
    Trouble,
    UnknownPartner,
)
from desk_app.storage import files, outbox, partner_table
from desk_app.storage.outbox import Waiting
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync import bundle
from desk_app.sync.carriers import message, sticks
from desk_app.sync.carriers.carrier import Addressee, Carrier, box_of
from desk_app.sync.carriers.sticks import Machine, Stick
from desk_app.usecases import carriers, exchange
from desk_app.usecases.carriers import Opener
from desk_app.usecases.exchange import Exported

MINUTE = 60 * 1000
PAUSES = (1, 5, 15, 60, 180, 360)
"""Minutes between tries; the last goes on for ever."""

_FOR_A_PERSON = (
    AddressRefused,
    CarrierSettingWrong,
    CarrierUnknown,
    LoginRefused,
    ServerKeyChanged,
    ServerKeyUnknown,
    ServerNotTrusted,
    TooLargeToCarry,
    UnknownPartner,
)
"""What trying again does not mend; a wrong password said often enough locks a mail box."""

_ROOM = 1024 * 1024

Report = Callable[[int, int], bool]
"""Called with bundles tried and bundles in all; False stops before the next one."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A bundle and the way that is to take it, to be carried on any thread, without the vault."""

    entry: Waiting
    opener: Opener
    file: Path
    to: Addressee


def send(vault: Vault, to: str, way: str, address: str = "", full: bool = False) -> Waiting:
    """Seals what a partner has not confirmed and puts it into the outbox. `address` for a mail box; it is remembered.

    Raises `CarrierUnknown`, `CarrierSettingWrong` for a mail box without an address, and what `exchange.export` raises.
    """
    shown = carriers.way(vault, way)
    if shown.kind is Kind.MAIL:
        address = address.strip() or shown.addresses.get(to, "")
        if "@" not in address or not address.isprintable() or " " in address:
            raise CarrierSettingWrong("to")
    made = exchange.export(vault, to, outbox.folder(vault.folder), full)
    entry = Waiting(made.file.name, way, to, made.number, made.digits, made.size, vault.now(), address)
    if address and shown.addresses.get(to) != address:
        carriers.remember_address(vault, way, to, address)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        outbox.keep(vault.db, [*outbox.entries(vault.db), entry])
    return entry


def send_to_stick(vault: Vault, to: str, path: Path, full: bool = False, machine: Machine | None = None) -> Exported:
    """Writes a bundle to a stick, and says exactly what is wrong with it.

    Raises `StickPulled`, `StickReadOnly`, `NotEnoughRoom`, `StickFull`, `StickCrowded`, and what `exchange.export`
    raises.
    """
    stick = sticks.at(path, machine)
    if stick is None:
        raise StickPulled(path.name or str(path))
    if stick.read_only:
        raise StickReadOnly(stick.name)
    try:
        return exchange.export(vault, to, stick.path, full)
    except (DiskFull, FileUnreadable, FileUnwritable, NoAccess) as trouble:
        if vault.folder in (Path(trouble.path), *Path(trouble.path).parents):
            raise
        raise _of_stick(stick, trouble, machine) from trouble


def waiting(vault: Vault) -> list[Waiting]:
    """The outbox: what waits, and what was sent of late, oldest first."""
    with as_trouble(vault.folder / DATABASE):
        return outbox.entries(vault.db)


def take_out(vault: Vault, name: str) -> None:
    """Takes a bundle that waits off the list. What it held goes with the next one."""
    _keep(vault, name, None)
    outbox.sweep(vault.folder, _names(vault))


def due(vault: Vault, *, now: bool = False) -> list[Errand]:
    """What is to be carried at this time; with `now` everything that waits, whatever happened before.

    What waits without its file, as in a vault that was restored, is forgotten: the next bundle holds it too.
    """
    at, found = vault.now(), []
    for entry in waiting(vault):
        if entry.sent is None and not (vault.folder / outbox.FOLDER / entry.name).is_file():
            _keep(vault, entry.name, None)
        elif entry.sent is None and (now or (entry.next_try is not None and entry.next_try <= at)):
            try:
                found.append(_errand(vault, entry))
            except (CarrierUnknown, UnknownPartner) as trouble:
                note(vault, entry, trouble)
    return found


def carry(errand: Errand) -> Trouble | None:
    """Gives a bundle to its way; what went wrong, or None. Needs no vault."""
    try:
        data = files.read(errand.file, bundle.FILE_CAP)
        carriers.using(errand.opener, lambda carrier: _put(carrier, errand, data))
    except Trouble as trouble:
        return trouble
    return None


def note(vault: Vault, entry: Waiting, trouble: Trouble | None) -> Waiting:
    """Writes down what became of a try, and when the next one is. What was sent leaves the outbox."""
    at = vault.now()
    if trouble is None:
        done = msgspec.structs.replace(entry, tries=entry.tries + 1, sent=at, next_try=None, trouble=None)
    else:
        pause = PAUSES[min(entry.tries, len(PAUSES) - 1)] * MINUTE
        again = None if isinstance(trouble, _FOR_A_PERSON) else at + pause
        done = msgspec.structs.replace(entry, tries=entry.tries + 1, next_try=again, trouble=outbox.told(trouble))
    _keep(vault, entry.name, done)
    outbox.sweep(vault.folder, _names(vault))
    return done


def carry_all(vault: Vault, *, now: bool = False, report: Report | None = None) -> list[Waiting]:
    """Carries what is due, one after another; a way that does not answer is not asked again in this round."""
    silent: dict[str, Trouble] = {}
    errands, done = due(vault, now=now), []
    for number, errand in enumerate(errands):
        if report and not report(number, len(errands)):
            break
        trouble = silent.get(errand.opener.name) or carry(errand)
        if isinstance(trouble, NoConnection | LoginRefused | ServerNotTrusted):
            silent[errand.opener.name] = trouble
        done.append(note(vault, errand.entry, trouble))
    return done


def export_message(vault: Vault, to: str, target: Path, full: bool = False) -> Exported:
    """Writes a message with the bundle in it, for a mail program to send.

    Raises `FileExists`, `DiskFull`, `NoAccess`, `FileUnwritable`, and what `exchange.export` raises.
    """
    files.refuse_taken(target)
    made = exchange.export(vault, to, outbox.folder(vault.folder), full)
    try:
        data = files.read(made.file, bundle.FILE_CAP)
        files.write_new(target, message.as_draft(message.make("", "", made.file.name, data, vault.now())))
    finally:
        outbox.sweep(vault.folder, _names(vault))
    return replace(made, file=target)


def _errand(vault: Vault, entry: Waiting) -> Errand:
    opener = carriers.opener(vault, entry.way)
    with as_trouble(vault.folder / DATABASE):
        partner = partner_table.partner(vault.db, entry.to)
    if partner is None:
        raise UnknownPartner(entry.to)
    to = Addressee(box_of(partner.device), entry.address)
    return Errand(entry, opener, vault.folder / outbox.FOLDER / entry.name, to)


def _put(carrier: Carrier, errand: Errand, data: bytes) -> None:
    """A name that is taken by the very same bytes is ours: the answer to an earlier try was lost on its way back."""
    try:
        carrier.put(errand.entry.name, data, errand.to)
    except NameTaken:
        there = (errand.entry.name, f"{errand.to.box}/{errand.entry.name}")
        place = there[0] if errand.opener.kind is Kind.FOLDER else there[1]
        if carrier.get(place, bundle.FILE_CAP) != data:
            raise


def _keep(vault: Vault, name: str, done: Waiting | None) -> None:
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        entries = outbox.entries(vault.db)
        outbox.keep(vault.db, [one for old in entries if (one := done if old.name == name else old) is not None])


def _names(vault: Vault) -> set[str]:
    return {entry.name for entry in waiting(vault) if entry.sent is None}


def _of_stick(stick: Stick, trouble: Trouble, machine: Machine | None) -> Trouble:
    now = sticks.at(stick.path, machine)
    if now is None:
        return StickPulled(stick.name)
    if now.read_only:
        return StickReadOnly(stick.name)
    if isinstance(trouble, NotEnoughRoom):
        return NotEnoughRoom(stick.name, trouble.needed, trouble.free)
    if isinstance(trouble, DiskFull):
        return StickCrowded(stick.name) if now.free > bundle.FILE_CAP + _ROOM else StickFull(stick.name)
    return trouble
