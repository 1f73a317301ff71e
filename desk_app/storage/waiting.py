"""How many changes wait for each partner, counted for all of them in one pass and without reading what they say."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from desk_app.domain.change import ChainId, split_chain
from desk_app.domain.desks import is_coordinator
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Registry
from desk_app.storage import log_table
from desk_app.storage.exchange import Vector
from desk_app.storage.log_table import SEQ_BITS, SEQ_MASK

_MANY = 500
_ALL = 20_000
"""From so many records on it costs less to read of all of them which desk they belong to."""

Seqs = dict[ChainId, list[int]]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a desk is: above `after` everything is new to it; of its own chains it holds what is up to `has`."""

    code: DeskCode
    device: DeviceId
    after: Vector
    has: Vector


def own(db: Database, device: DeviceId, after: Vector) -> int:
    """How many changes this device wrote above the vector: what a desk has to send."""
    mine = (chain for chain in log_table.chains(db) if split_chain(chain)[0] == device)
    return sum(_count_above(db, chain, after.get(chain, 0)) for chain in mine)


def for_desks(db: Database, registry: Registry, marks: Sequence[Mark]) -> dict[DeskCode, int]:
    """How many changes a coordinator has to send to each desk: its own records and what goes to all; of the desk's own
    chains all that it lost."""
    travelling = {kind.number for kind in registry if kind.travels}
    maybe_travelling = {kind.number for kind in registry if kind.travels_from_coordinator}
    to_all: Seqs = defaultdict(list)
    to_one: defaultdict[DeskCode, Seqs] = defaultdict(lambda: defaultdict(list))
    lost: dict[DeskCode, int] = dict.fromkeys((mark.code for mark in marks), 0)
    rows: list[tuple[ChainId, int, int, RecordId]] = []
    for chain in log_table.chains(db):
        owners = [mark for mark in marks if split_chain(chain)[0] == mark.device]
        for mark in owners:
            lost[mark.code] += _count_above(db, chain, mark.has.get(chain, 0))
        others = [mark.after.get(chain, 0) for mark in marks if mark not in owners]
        for seq, kind, record in _above(db, chain, min(others)) if others else ():
            if kind in travelling:
                to_all[chain].append(seq)
            else:
                rows.append((chain, seq, kind, record))
    desks = _desks(db, registry, {row[-1] for row in rows})
    for chain, seq, kind, record in rows:
        if (desk := desks.get(record)) is not None:
            if kind in maybe_travelling and is_coordinator(desk):
                insort(to_all[chain], seq)
            else:
                to_one[desk][chain].append(seq)
    return {mark.code: lost[mark.code] + _new(mark, to_all) + _new(mark, to_one[mark.code]) for mark in marks}


def _new(mark: Mark, seqs: Mapping[ChainId, Sequence[int]]) -> int:
    return sum(
        len(of_chain) - bisect_right(of_chain, mark.after.get(chain, 0))
        for chain, of_chain in seqs.items()
        if split_chain(chain)[0] != mark.device
    )


def _above(db: Database, chain: ChainId, after: int) -> list[tuple[int, int, RecordId]]:
    question = "SELECT version, kind, record FROM change WHERE version > ? AND version < ? ORDER BY version"
    rows = db.execute(question, _span(db, chain, after))
    return [(version & SEQ_MASK, kind, RecordId(record)) for version, kind, record in rows]


def _count_above(db: Database, chain: ChainId, after: int) -> int:
    question = "SELECT count(*) FROM change WHERE version > ? AND version < ?"
    return int(db.execute(question, _span(db, chain, after)).fetchone()[0])


def _span(db: Database, chain: ChainId, after: int) -> list[int]:
    local = log_table.local_chain(db, chain)
    return [local << SEQ_BITS | after, (local + 1) << SEQ_BITS]


def _desks(db: Database, registry: Registry, records: Collection[RecordId]) -> dict[RecordId, DeskCode]:
    """Whose each record is."""
    found: dict[RecordId, DeskCode] = {}
    for kind in registry:
        if kind.travels or not records:
            continue
        if len(records) > _ALL:
            found.update(db.execute(f'SELECT id, desk FROM "{kind.name}"').fetchall())
            continue
        for part in _parts(records):
            marks = ", ".join("?" * len(part))
            found.update(db.execute(f'SELECT id, desk FROM "{kind.name}" WHERE id IN ({marks})', part).fetchall())
    return found


def _parts(records: Iterable[RecordId]) -> Iterable[list[RecordId]]:
    listed = list(records)
    return (listed[start : start + _MANY] for start in range(0, len(listed), _MANY))


def clients_of(db: Database, registry: Registry, records: Mapping[str, Collection[RecordId]]) -> set[RecordId]:
    """Whom records are about, given by the names of their kinds: the clients among them, and those they refer to."""
    found = set(records.get(CLIENT.name, ()))
    for kind in registry:
        if kind.name in records and any(field.name == "client" for field in kind.own_fields):
            for part in _parts(records[kind.name]):
                marks = ", ".join("?" * len(part))
                rows = db.execute(f'SELECT DISTINCT client FROM "{kind.name}" WHERE id IN ({marks})', part)
                found.update(RecordId(row[0]) for row in rows if row[0])
    return found
