"""Erasing what was recorded about a person, for good: what goes, doing it, and which partners have heard of it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from desk_app.domain import names
from desk_app.domain.change import Change
from desk_app.domain.clock import today
from desk_app.domain.desks import is_coordinator
from desk_app.domain.erasing import can_be_erased
from desk_app.domain.errors import NeverErased, Trouble, WithAnotherDesk
from desk_app.domain.ids import DeskCode, RecordId, UserId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.erasure import ERASURE, erasure_of
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Act
from desk_app.storage import alias, audience, erasure, exchange, log_table, partner_table, rows, sharing
from desk_app.storage.exchange import Vector
from desk_app.storage.journal import Write
from desk_app.storage.partner_table import Partner
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit, people, records, serving, tidying, users

Progress = Callable[[int, int], bool]
"""Called with steps done and steps in all. False stops, as long as nothing has been erased yet."""

STEPS = 2 + tidying.STEPS


@dataclass(frozen=True, slots=True)
class Consequences:
    """What goes when this is erased: how many records of each kind, unfinished forms, and who will be told.

    `number` is what a person types to confirm: the human number, or the id of what has none.
    """

    record: RecordId
    kind: str
    number: str
    name: str
    linked: tuple[str, ...]
    """The numbers of the clients who are the same person: they go together. Whoever wants less takes the link back."""
    counts: Mapping[str, int]
    drafts: int
    partners: tuple[DeskCode, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased. `trouble` kept the files from being cleaned at once; that is done again at the next unlock."""

    records: int
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class ErasureShown:
    """One erasure of a person, or of one record, with all that went with it.

    `acknowledged` and `waiting` are the partners whose receipts cover all of it, and those whose do not yet.
    """

    id: RecordId
    on: str
    reason: str
    desk: DeskCode
    by: str
    records: int
    acknowledged: tuple[DeskCode, ...]
    waiting: tuple[DeskCode, ...]


def consequences(vault: Vault, wanted: str) -> Consequences:
    """What erasing this record takes with it, for who may erase. Changes nothing.

    Raises `NotAllowed`, `RecordNotFound`, `NeverErased`, `WithAnotherDesk`, `NotAcceptedYet`.
    """
    users.require(vault, Act.ERASE)
    record = _erasable(vault, wanted)
    with as_trouble(vault.folder / DATABASE):
        together = alias.component(vault.db, record.id)
        gone = _reached(vault, together)
        kinds = [vault.registry.numbered(number) for number in erasure.kinds_of(vault.db, gone).values()]
        drafts = erasure.drafts_about(vault.db, gone)
        told = _concerned(vault, partner_table.partners(vault.db), _holders(vault, record, gone))
    counts = dict(Counter(kind.name for kind in kinds if kind is not None))
    name = people.display_name(record) if record.kind == "client" else record.text("name")
    linked = tuple(_number_of(vault, one) for one in together if one != record.id)
    number = record.text("number") or record.id
    return Consequences(record.id, record.kind, number, name, linked, counts, drafts, told)


def erase(vault: Vault, wanted: str, reason: str, progress: Progress | None = None) -> Erased | None:
    """Erases a record and all that refers to it, then cleans the vault's files; None when it was stopped before.

    Clients who were linked as one person go together.

    Raises `NotAllowed`, `RecordNotFound`, `NeverErased`, `WithAnotherDesk`, `NotAcceptedYet`, `InvalidValue` for an
    unknown reason, `DiskFull`.
    """
    users.require(vault, Act.ERASE)
    record = _erasable(vault, wanted)
    if progress and not progress(0, STEPS):
        return None
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        gone = sorted(_reached(vault, alias.component(vault.db, record.id)))
        if progress and not progress(1, STEPS):
            return None
        vault.journal.write(_ledger_entries(vault, record, gone, reason))
        erasure.empty(vault.db, vault.registry, gone)
        audit.note(vault, Action.ERASED, record.kind, record.id, f"{reason} {len(gone)}")
    names.forget()
    try:
        tidying.tidy(vault, lambda done, _: progress(2 + done, STEPS) if progress else True)
    except Trouble as trouble:
        return Erased(len(gone), trouble)
    return Erased(len(gone))


def state(vault: Vault) -> list[ErasureShown]:
    """Every erasure, the newest first, with the partners concerned who have and have not acknowledged it."""
    with as_trouble(vault.folder / DATABASE):
        known = users.names(vault)
        partners = partner_table.partners(vault.db)
        acknowledged = {one.code: exchange.last_acknowledged(vault.db, one.code) for one in partners}
        held = {code: sent.held if sent else {} for code, sent in acknowledged.items()}
        changes = log_table.of_records(vault.db, sorted(erasure.ledger(vault.db)))
        found = {one.id: one for one in rows.where(vault.db, ERASURE, {}, "made")}
    parts: dict[RecordId, list[Record]] = {}
    for one in found.values():
        parts.setdefault(RecordId(one.text("part_of") or one.id), []).append(one)
    shown = []
    for whole, together in parts.items():
        first = found.get(whole, together[0])
        codes = _concerned(vault, partners, _told(vault, together))
        have = {
            partner.code
            for partner in partners
            if partner.code in codes and all(_covers(partner, held[partner.code], changes[one.id]) for one in together)
        }
        shown.append(
            ErasureShown(
                whole,
                first.text("erased_on"),
                first.text("reason"),
                DeskCode(first.text("desk")),
                known.get(UserId(first.made_by), ""),
                len(together),
                tuple(code for code in codes if code in have),
                tuple(code for code in codes if code not in have),
            )
        )
    return sorted(shown, key=lambda one: (one.on, one.id), reverse=True)


def _reached(vault: Vault, roots: Iterable[RecordId]) -> set[RecordId]:
    return {one for root in roots for one in erasure.reached(vault.db, vault.registry, root)}


def _number_of(vault: Vault, client: RecordId) -> str:
    found = rows.get(vault.db, vault.registry["client"], client)
    return (found.text("number") if found else "") or client


def _erasable(vault: Vault, wanted: str) -> Record:
    record = records.show(vault, wanted)
    if not can_be_erased(vault.registry, vault.registry[record.kind].number):
        raise NeverErased
    serving.require(vault, vault.registry[record.kind], record)
    client = _client_of(record)
    left_for = people.moved_to(vault).get(client) if client else None
    if left_for:
        raise WithAnotherDesk(_number_of(vault, client), left_for)
    return record


def _client_of(record: Record) -> RecordId:
    return record.id if record.kind == CLIENT.name else RecordId(record.text("client"))


def _ledger_entries(vault: Vault, root: Record, gone: Sequence[RecordId], reason: str) -> list[Write]:
    """An erasure for each record, of the desk whose it is, so that whoever holds it hears of it."""
    on = today(vault.now()).isoformat()
    kinds = erasure.kinds_of(vault.db, gone)
    holders = msgspec.json.encode(sorted(_holders(vault, root, gone))).decode()
    writes = []
    for record in gone:
        # Of somebody linked who was lost with a damaged file nothing is here, and she may come again.
        kind = vault.registry.numbered(kinds[record]) if record in kinds else None
        row = rows.get(vault.db, kind, record) if kind else None
        desk = (row.text("desk") if row else "") or root.text("desk") or vault.desk
        part_of = erasure_of(root.id)
        values = {"desk": desk, "desks": holders, "reason": reason, "erased_on": on, "part_of": part_of}
        writes.append(Write(ERASURE, erasure_of(record), values))
    return writes


def _holders(vault: Vault, root: Record, gone: Collection[RecordId]) -> set[DeskCode]:
    """Every desk that may hold something of it: a person who moved, or was referred, is at several."""
    own = {DeskCode(desk) for desk in (root.text("desk"),) if desk}
    client = _client_of(root)
    sent = sharing.sent_to(vault.db, [client, *gone] if client else gone)
    return own | sent | erasure.holders(vault.db, vault.registry, gone).keys()


def _told(vault: Vault, erasures: Iterable[Record]) -> set[DeskCode]:
    """The desks that some erasures go to, by their own word and by what was sent from here."""
    found: set[DeskCode] = set()
    by_kind = {ERASURE.number: [one.id for one in erasures]}
    for desks in audience.desks_of(vault.db, vault.registry, by_kind).values():
        found |= desks
    return found


def _concerned(vault: Vault, partners: Iterable[Partner], desks: Collection[DeskCode]) -> tuple[DeskCode, ...]:
    """The partners that hear of it: of a desk its coordinators, of a coordinator the others and the desks that hold
    it."""
    leads = vault.is_coordinator
    return tuple(one.code for one in partners if is_coordinator(one.code) or (leads and one.code in desks))


def _covers(partner: Partner, held: Vector, changes: Iterable[Change]) -> bool:
    return any(one.device == partner.device or held.get(one.chain, 0) >= one.seq for one in changes)
