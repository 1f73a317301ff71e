"""Where the exchange stands with everybody at a glance, what would go to one of them, and writing to all in one go."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desk_app.domain.clock import today
from desk_app.domain.errors import DiskFull, FileUnwritable, NoAccess, Trouble, UnknownPartner
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.storage import alarms as alarm_table
from desk_app.storage import exchange as storage
from desk_app.storage import files, partner_table, waiting
from desk_app.storage import held as held_table
from desk_app.storage.held import Why
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import attachment_exchange, exchange, missing, partners
from desk_app.usecases.exchange import Exported
from desk_app.usecases.partners import PartnerStatus

LATE_DAYS = 14
"""Whoever sent nothing for longer is silent."""

Progress = Callable[[int, int], bool]
"""Called with bundles written and bundles in all; False stops before the next one."""


class Concern(StrEnum):
    """What is the matter with a partner, the gravest first."""

    REVOKED = "revoked"
    ALARM = "alarm"
    HELD = "held"
    NEVER = "never"
    SILENT = "silent"
    CLOCK = "clock"
    GAPS = "gaps"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Standing:
    """One partner. `silent` is how many days ago its last bundle came, None before the first; `alarms` wait for a
    person, `held` are bundles of it that are not taken in; `confirmed_on` is when the last bundle that it confirmed was
    made, in Unix milliseconds.
    """

    status: PartnerStatus
    silent: int | None
    alarms: int
    held: int
    confirmed_on: int | None

    @property
    def concerns(self) -> tuple[Concern, ...]:
        """What is the matter, the gravest first; what waits is no trouble and stands last."""
        is_so = {
            Concern.REVOKED: self.status.revoked,
            Concern.ALARM: self.alarms > 0,
            Concern.HELD: self.held > 0,
            Concern.NEVER: self.silent is None,
            Concern.SILENT: self.silent is not None and self.silent > LATE_DAYS,
            Concern.CLOCK: self.status.clock_ahead,
            Concern.GAPS: bool(self.status.gaps),
            Concern.WAITING: self.status.waiting > 0 or self.status.files_waiting > 0,
        }
        return tuple(one for one, so in is_so.items() if so)


@dataclass(frozen=True, slots=True)
class WouldGo:
    """What a bundle made now would hold: records of each kind, about how many people, and files. `since` is the number
    and the time in Unix milliseconds of the bundle that the partner confirmed last, None where it is to get all."""

    to: str
    kinds: dict[str, int]
    people: int
    changes: int
    files: int
    size: int
    since: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle that was written for a partner, or why it was not."""

    to: str
    made: Exported | None
    trouble: Trouble | None = None


def standings(vault: Vault) -> list[Standing]:
    """Everybody who is admitted, whoever needs a person first; of those alike the longest silent first."""
    with as_trouble(vault.folder / DATABASE):
        alarms = Counter(one.device for one in alarm_table.everything(vault.db) if one.settled is None)
        held = Counter(one.device for one in held_table.everything(vault.db) if one.why is not Why.EVIDENCE)
        devices = {one.code: one.device for one in partner_table.partners(vault.db)}
        on = today(vault.now())
        found = []
        for status in partners.partners(vault):
            code = DeskCode(status.code)
            silent = (on - today(status.received_on)).days if status.received_on is not None else None
            confirmed = storage.last_acknowledged(vault.db, code)
            made = confirmed.made if confirmed else None
            found.append(Standing(status, silent, alarms[devices[code]], held[devices[code]], made))
    found.sort(key=_urgency)
    return found


def troubles(vault: Vault) -> dict[Concern, int]:
    """How many bundles are held, how many desks are silent, how many bundles are missing: what a coordinator looks at
    every day, without counting what waits. Empty at a desk."""
    if not vault.is_coordinator:
        return {}
    with as_trouble(vault.folder / DATABASE):
        known = [one for one in partner_table.partners(vault.db) if one.revoked is None]
        on = today(vault.now())
        newest = storage.newest_received(vault.db)
        silent = sum((on - today(newest.get(one.code, 0))).days > LATE_DAYS for one in known)
        found = {
            Concern.HELD: sum(one.why is not Why.EVIDENCE for one in held_table.everything(vault.db)),
            Concern.SILENT: silent,
            Concern.GAPS: sum(len(missing.of(vault, one).numbers) for one in known),
        }
    return {concern: count for concern, count in found.items() if count}


def would_go(vault: Vault, code: str) -> WouldGo:
    """What a bundle made now would hold. Raises `UnknownPartner`."""
    with as_trouble(vault.folder / DATABASE):
        partner = partner_table.partner(vault.db, code)
        if partner is None:
            raise UnknownPartner(code)
        changes = exchange.waiting_for(vault, partner)
        records: dict[str, set[RecordId]] = {}
        for change in changes:
            kind = vault.registry.numbered(change.kind)
            if kind is not None and not kind.inner:
                records.setdefault(kind.name, set()).add(change.record)
        people = len(waiting.clients_of(vault.db, vault.registry, records))
        confirmed = storage.last_acknowledged(vault.db, partner.code)
        since = (confirmed.number, confirmed.made) if confirmed and confirmed.made else None
        kinds = {kind.name: len(records[kind.name]) for kind in vault.registry if kind.name in records}
        files, size = attachment_exchange.waiting_for(vault, partner.code)
    return WouldGo(code, kinds, people, len(changes), files, size, since)


def write_all(vault: Vault, folder: Path, progress: Progress | None = None) -> list[Written]:
    """Writes a bundle for everybody who is not shut out into a folder. What keeps one partner's from being written does
    not keep the others'; a folder that takes no more ends it, and is told with the bundle that found out."""
    codes = [one.code for one in partners.partners(vault) if not one.revoked]
    written: list[Written] = []
    for done, code in enumerate(codes):
        if progress and not progress(done, len(codes)):
            break
        try:
            if not files.is_folder(folder):  # A stick that was pulled: its name must not become a file's.
                raise FileUnwritable(str(folder))
            written.append(Written(code, exchange.export(vault, code, folder)))
        except Trouble as trouble:
            written.append(Written(code, None, trouble))
            if isinstance(trouble, (DiskFull, NoAccess, FileUnwritable)):
                break
    return written


def _urgency(one: Standing) -> tuple[int, int, str]:
    order = list(Concern)
    first = next(iter(one.concerns), None)
    place = order.index(first) if first is not None and first is not Concern.WAITING else len(order)
    if first is Concern.REVOKED:
        place = len(order) + 1
    return place, -(one.silent or 0), one.status.code
