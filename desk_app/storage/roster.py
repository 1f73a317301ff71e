"""The roster in the tables: its versions as they lie in the log, who is trusted, and what devices wrote that were shut
out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from sqlite_utils import Database

from desk_app.domain.change import ChainId, Change, fields_in, split_chain
from desk_app.domain.desks import is_coordinator
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.domain.quarantine import Limits
from desk_app.domain.records.declaration import Registry
from desk_app.domain.records.roster import ROSTER
from desk_app.domain.roster import Coordinator, Version
from desk_app.storage import exchange, log_table, meta, partner_table, projection

_ROOTS, _KNOWN = "roster_roots", "roster"


class Shut(msgspec.Struct, frozen=True):
    """A device that was shut out: whose it was, its key, and what each coordinator says of its chains."""

    desk: DeskCode
    key: bytes
    good: tuple[dict[ChainId, int], ...]

    def limit(self, chain: ChainId) -> int:
        """The last number of the chain that counts."""
        return min(one.get(chain, 0) for one in self.good)


class Known(msgspec.Struct, frozen=True):
    """What every bundle needs of the roster: `numbers` of the versions known, by the coordinator's device; `said` what
    partners' bundles ever said of them; `went_back` what the newest bundle of one says who said more before; `shut` who
    is out."""

    numbers: dict[DeviceId, int] = {}
    said: dict[DeviceId, int] = {}
    went_back: dict[DeviceId, int] = {}
    shut: dict[DeviceId, Shut] = {}


@dataclass(frozen=True, slots=True)
class SetAside:
    """What of a chain does not count: so many changes of so many records above the number `good`."""

    chain: ChainId
    good: int
    last: int
    changes: int
    records: int


def versions(db: Database) -> list[Version]:
    """Every version in the log, whoever wrote it, what was set aside too: `sync.roster` says what each is worth."""
    records = [RecordId(row[0]) for row in db.execute(f'SELECT id FROM "{ROSTER.name}"')]
    records += [record for record, kind in _set_aside_records(db) if kind == ROSTER.number]
    found = log_table.of_records(db, list(dict.fromkeys(records)), whole=True)
    return [_version(change) for changes in found.values() for change in changes if change.kind == ROSTER.number]


def roots(db: Database) -> dict[DeviceId, Coordinator]:
    """The coordinators whose digits somebody compared here, once and now."""
    said = meta.get(db, _ROOTS)
    if said is not None:
        stored = msgspec.json.decode(said, type=dict[DeviceId, tuple[DeskCode, bytes]])
        return {device: Coordinator(desk, key) for device, (desk, key) in stored.items()}
    return {
        one.device: Coordinator(one.code, one.sign_key)
        for one in partner_table.partners(db)
        if is_coordinator(one.code)
    }


def put_roots(db: Database, found: Mapping[DeviceId, Coordinator]) -> None:
    """Keeps whose digits were compared."""
    stored = {device: (one.desk, one.key) for device, one in found.items()}
    meta.put(db, _ROOTS, msgspec.json.encode(stored).decode())


def known(db: Database) -> Known:
    """What was kept of the roster when it last changed."""
    said = meta.get(db, _KNOWN)
    return msgspec.json.decode(said, type=Known) if said else Known()


def put_known(db: Database, found: Known) -> None:
    """Keeps it."""
    meta.put(db, _KNOWN, msgspec.json.encode(found).decode())


def limits(db: Database, chains: Iterable[ChainId]) -> Limits:
    """Up to where chains count: those of which this vault has heard, and these."""
    found = log_table.good(db)
    shut = known(db).shut
    for chain in chains if shut else ():
        one = shut.get(split_chain(chain)[0])
        if one is not None and chain not in found:
            found[chain] = one.limit(chain)
    return found


def put_limits(db: Database, wanted: Limits) -> dict[int, list[RecordId]]:
    """Lets chains count up to these numbers and all others whole. Returns the records that may say something else now,
    by the numbers of their kinds."""
    touched: defaultdict[int, set[RecordId]] = defaultdict(set)
    before = log_table.good(db)
    for chain in before.keys() | wanted.keys():
        was, becomes = before.get(chain), wanted.get(chain)
        if was == becomes:
            continue
        lowest = min(number for number in (was, becomes) if number is not None)
        for record, kind in log_table.records_in(db, chain, lowest):
            touched[kind].add(record)
        if was is not None and (becomes is None or becomes > was):
            exchange.take_back(db, chain, was)
        log_table.set_good(db, chain, becomes)
    return {kind: sorted(records) for kind, records in touched.items()}


def refold(db: Database, registry: Registry, touched: Mapping[int, list[RecordId]]) -> None:
    """Shows these records as their changes that count say."""
    for kind in registry:
        records = touched.get(kind.number)
        if records:
            projection.remove(db, kind, records)
            projection.project(db, kind, records, fresh=True)


def set_aside(db: Database) -> list[SetAside]:
    """What lies in the log and does not count, by chain."""
    found = []
    for chain, good in sorted(log_table.good(db).items()):
        local = log_table.local_chain(db, chain) << log_table.SEQ_BITS
        row = db.execute(
            "SELECT max(version), count(*), count(DISTINCT record) FROM change WHERE version > ? AND version < ?",
            [local | good, local + (1 << log_table.SEQ_BITS)],
        ).fetchone()
        if row[1]:
            found.append(SetAside(chain, good, row[0] & log_table.SEQ_MASK, row[1], row[2]))
    return found


def last_of_bundles(db: Database, code: DeskCode, device: DeviceId, number: int) -> dict[ChainId, int] | None:
    """How far a partner's device had written its chains with its bundle of that number; None where none came.

    What was taken in by an earlier version of the program kept no numbers: there the time of its making tells.
    """
    found = [one for one in exchange.received_from(db, code) if one.number == number]
    if not found:
        return None
    made = max(one.made for one in found)
    rows = db.execute("SELECT upto FROM bundle_received WHERE partner = ? AND number <= ?", [code, number]).fetchall()
    upto: dict[ChainId, int] = {}
    for chain in (one for one in log_table.chains(db) if split_chain(one)[0] == device):
        if all(row[0] is not None for row in rows):
            said = (msgspec.json.decode(row[0], type=dict[ChainId, int]).get(chain, 0) for row in rows)
            upto[chain] = max(said, default=0)
        else:
            upto[chain] = _written_until(db, chain, made)
    return upto


def _written_until(db: Database, chain: ChainId, made: int) -> int:
    local = log_table.local_chain(db, chain) << log_table.SEQ_BITS
    last = db.execute(
        "SELECT coalesce(max(version), ?) FROM change WHERE version > ? AND version < ? AND hlc < ?",
        [local, local, local + (1 << log_table.SEQ_BITS), (made + 1) << 16],
    ).fetchone()[0]
    return int(last & log_table.SEQ_MASK)


def _set_aside_records(db: Database) -> Iterable[tuple[RecordId, int]]:
    for chain, good in log_table.good(db).items():
        yield from log_table.records_in(db, chain, good)


def _version(change: Change) -> Version:
    """What a change says of a version; one that says nothing that could be read has no signature, so nobody made it."""
    said = fields_in(change.body)

    def value(field: int, wanted: type[int] | type[str]) -> int | str:
        one = said.get(str(field))
        found = one[0] if isinstance(one, list) and one else None
        return found if isinstance(found, wanted) and not isinstance(found, bool) else wanted()

    number = int(value(10, int))
    return Version(change.chain, change.seq, number, *(str(value(field, str)) for field in (11, 12, 13)))
