"""How many changes wait for each partner, counted for all of them in one pass and without reading what they say."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import attrgetter

from sqlite_utils import Database

from desk_app.domain.change import ChainId, split_chain
from desk_app.domain.holdings import Holdings
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Registry
from desk_app.storage import audience, log_table, sharing
from desk_app.storage.exchange import Vector
from desk_app.storage.log_table import SEQ_BITS
from desk_app.storage.parts import marks, parts
from desk_app.storage.sharing import Mark, News


def own(db: Database, device: DeviceId, after: Vector) -> int:
    """How many changes this device wrote above the vector: what a desk has to send."""
    mine = (chain for chain in log_table.chains(db) if split_chain(chain)[0] == device)
    return sum(_count_above(db, chain, after.get(chain, 0)) for chain in mine)


def everything(db: Database, mark: Mark) -> int:
    """How many changes one coordinator has to send another."""
    return sum(
        _count_lost(db, chain, mark.has)
        if split_chain(chain)[0] == mark.device
        else _count_above(db, chain, mark.after.get(chain, 0))
        for chain in log_table.chains(db)
    )


def for_desks(db: Database, registry: Registry, marks: Sequence[Mark]) -> dict[DeskCode, int]:
    """How many changes a coordinator has to send to each desk: what is new of its business, the past of what is new to
    it, and of the desk's own chains all that it lost."""
    lost: dict[DeskCode, int] = dict.fromkeys((mark.code for mark in marks), 0)
    new: list[News] = []
    for chain in log_table.chains(db):
        owners = [mark for mark in marks if split_chain(chain)[0] == mark.device]
        for mark in owners:
            lost[mark.code] += _count_lost(db, chain, mark.has)
        others = [mark.after.get(chain, 0) for mark in marks if mark.confirmed is not None and mark not in owners]
        new += sharing.news(db, chain, min(others)) if others else []
    desks = audience.desks_of(db, registry, sharing.by_kind(new))
    told: defaultdict[DeskCode, dict[ChainId, list[News]]] = defaultdict(lambda: defaultdict(list))
    for one in new:
        for desk in desks.get(one.record, ()):
            told[desk][one.chain].append(one)
    return {mark.code: lost[mark.code] + _to_send(db, registry, mark, told) for mark in marks}


def _to_send(
    db: Database, registry: Registry, mark: Mark, told: Mapping[DeskCode, Mapping[ChainId, Sequence[News]]]
) -> int:
    whole = sharing.past(db, registry, mark)
    if mark.confirmed is None:
        return sharing.count(db, whole, mark)
    new = [one for desk in (mark.code, audience.ALL_DESKS) if desk in told for one in _new(mark, told[desk])]
    again = sharing.moved(db, registry, mark, new) | sharing.come_back(db, registry, mark)
    return sharing.count(db, whole | again, mark) + len(new)


def _new(mark: Mark, told: Mapping[ChainId, Sequence[News]]) -> Iterator[News]:
    for chain, of_chain in told.items():
        if split_chain(chain)[0] != mark.device:
            yield from of_chain[bisect_right(of_chain, mark.after.get(chain, 0), key=attrgetter("seq")) :]


def _count_lost(db: Database, chain: ChainId, has: Holdings) -> int:
    """What lies above the partner's own mark, without what it holds over holes."""
    spans = has.beyond.get(chain, ())
    kept = sum(_count_above(db, chain, first - 1) - _count_above(db, chain, last) for first, last in spans)
    return _count_above(db, chain, has.upto.get(chain, 0)) - kept


def _count_above(db: Database, chain: ChainId, after: int) -> int:
    question = "SELECT count(*) FROM change WHERE version > ? AND version < ?"
    return int(db.execute(question, _span(db, chain, after)).fetchone()[0])


def _span(db: Database, chain: ChainId, after: int) -> list[int]:
    local = log_table.local_chain(db, chain)
    return [local << SEQ_BITS | after, (local + 1) << SEQ_BITS]


def clients_of(db: Database, registry: Registry, records: Mapping[str, Collection[RecordId]]) -> set[RecordId]:
    """Whom records are about, given by the names of their kinds: the clients among them, and those they refer to."""
    found = set(records.get(CLIENT.name, ()))
    for kind in registry:
        if kind.name in records and any(field.name == "client" for field in kind.own_fields):
            for part in parts(records[kind.name]):
                rows = db.execute(f'SELECT DISTINCT client FROM "{kind.name}" WHERE id IN ({marks(part)})', part)
                found.update(RecordId(row[0]) for row in rows if row[0])
    return found
