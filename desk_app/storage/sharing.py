"""What a coordinator has to send to a desk: what is new of what the desk knows, and the whole past of what it does not.

`shared` holds which records a partner was sent that it may have come to late, and the number of the bundle that carried
them first: once a bundle of at least that number is confirmed, the partner knows them, and only what is newer than that
bundle goes. Number 0 stands for what is no longer its business: if it comes back, its whole past goes again. Who is
referred stands there for herself: her referral may end and live again, and what was written meanwhile has to come.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import msgspec
from sqlite_utils import Database

from desk_app.domain import custody
from desk_app.domain.change import ChainId, Change, Version, fields_in, split_chain
from desk_app.domain.erasing import named, references
from desk_app.domain.holdings import Holdings
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Registry
from desk_app.domain.records.erasure import ERASURE, erasure_of
from desk_app.domain.records.referral import REFERRAL
from desk_app.domain.records.transfer import TRANSFER
from desk_app.storage import audience, exchange, log_table
from desk_app.storage.exchange import Vector
from desk_app.storage.log_table import SEQ_BITS, SEQ_MASK

_COUNTS = f"""(chain.good IS NULL OR change.version & {SEQ_MASK} <= chain.good OR change.kind = {ERASURE.number})
    AND change.version NOT IN (SELECT version FROM disbelieved)"""
"""What a device wrote after it was shut out, or had no right to write, goes to nobody."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a partner is: it confirmed our bundle of that number, None for none, and with it holds what is up to
    `after`; of its own chains it `has` what it said.
    """

    code: DeskCode
    device: DeviceId
    after: Vector
    has: Holdings
    confirmed: int | None


@dataclass(frozen=True, slots=True)
class News:
    """A change without what it says."""

    chain: ChainId
    seq: int
    kind: int
    record: RecordId


def changes(db: Database, registry: Registry, mark: Mark) -> list[Change]:
    """What a bundle for the desk holds, each chain's numbers rising."""
    whole = past(db, registry, mark)
    found = {one.version: one for one in _of_records(db, mark.device, whole)}
    found |= {one.version: one for one in exchange.lost(db, mark.device, mark.has)}
    if mark.confirmed is not None:
        new = _of_versions(db, touched(db, registry, mark))
        found |= {one.version: one for one in new}
        given = {one.record for one in new if named(registry, one)} | come_back(db, registry, mark)
        found |= {one.version: one for one in _of_records(db, mark.device, given - whole)}
    return [found[version] for version in sorted(found)]


def past(db: Database, registry: Registry, mark: Mark) -> set[RecordId]:
    """The records that go with all that was ever written of them."""
    if mark.confirmed is None:
        return audience.of_desk(db, registry, mark.code)
    fresh = audience.fresh(db, registry, mark.code, mark.confirmed)
    people = _clients(db, fresh) | audience.newly_referred(db, mark.code, mark.confirmed)
    return fresh | audience.about(db, registry, mark.code, people)


def moved(db: Database, registry: Registry, mark: Mark, new: Collection[News]) -> set[RecordId]:
    """Those of new changes' records that go with their past because one of these says anew whom they are about: the
    desk may have had nothing of them. Only where there is a past is it read what a change says."""
    about = {one.record for one in new if one.kind in references(registry)}
    older = _with_past(db, mark, about)
    said = _of_versions(db, [Version(one.chain, one.seq) for one in new if one.record in older])
    return {one.record for one in said if named(registry, one)}


def come_back(db: Database, registry: Registry, mark: Mark) -> set[RecordId]:
    """Records that the desk made, where this came here only after others' changes of them: it had been lost here, and
    whoever knows nothing of whose a record is may have counted these as sent and sent them to nobody."""
    chains = [chain for chain in log_table.chains(db) if split_chain(chain)[0] == mark.device]
    own = [one for chain in chains for one in news(db, chain, mark.after.get(chain, 0))]
    older = _with_past(db, mark, {one.record for one in own})
    said = _of_versions(db, [Version(one.chain, one.seq) for one in own if one.record in older])
    made = {one.record for one in said if len(fields_in(one.body).get(custody.DESK, ())) == 1}
    return audience.among(db, registry, mark.code, by_kind(one for one in own if one.record in made))


def touched(db: Database, registry: Registry, mark: Mark) -> list[Version]:
    """Which changes above the mark are the desk's business, written by others than itself."""
    new = [one for chain in _others(db, mark.device) for one in news(db, chain, mark.after.get(chain, 0))]
    meant = audience.among(db, registry, mark.code, by_kind(new))
    return [Version(one.chain, one.seq) for one in new if one.record in meant]


def news(db: Database, chain: ChainId, after: int) -> list[News]:
    """The changes of a chain above a number."""
    local = log_table.local_chain(db, chain)
    question = f"""SELECT version, kind, record FROM change JOIN chain ON chain.id = ?
        WHERE version > ? AND version < ? AND {_COUNTS} ORDER BY version"""
    rows = db.execute(question, [local, local << SEQ_BITS | after, (local + 1) << SEQ_BITS])
    return [News(chain, version & SEQ_MASK, kind, RecordId(record)) for version, kind, record in rows]


def by_kind(new: Iterable[News]) -> dict[int, set[RecordId]]:
    """Their records, by the numbers of their kinds."""
    found: defaultdict[int, set[RecordId]] = defaultdict(set)
    for one in new:
        found[one.kind].add(one.record)
    return found


def count(db: Database, records: Collection[RecordId], mark: Mark) -> int:
    """How many changes of these records go that the mark does not show as new: the past, or all of it."""
    upto = mark.after if mark.confirmed is not None else {}
    versions = _versions(db, mark.device, records)
    return sum(mark.confirmed is None or one.seq <= upto.get(one.chain, 0) for one in versions)


def leave(db: Database, registry: Registry, mark: Mark) -> None:
    """Forgets what the desk knew of that is no longer its business, and notes which of it was erased meanwhile."""
    known = {RecordId(row[0]) for row in db.execute("SELECT record FROM shared WHERE partner = ?", [mark.code])}
    known = {record for record in known if not record.startswith(audience.ERASED)}
    here = {RecordId(audience.REFERRED_HERE + client) for client in audience.referred(db, mark.code)}
    gone = sorted(known - audience.late(db, registry, mark.code) - here)
    entries = {erasure_of(record): record for record in gone}
    erased = db.execute("SELECT id FROM erasure WHERE id IN (SELECT value FROM json_each(?))", [_listed(entries)])
    marks = [(mark.code, audience.ERASED + row[0]) for row in erased.fetchall()]
    db.conn.executemany("INSERT OR IGNORE INTO shared VALUES(?, ?, 0)", marks)
    db.conn.executemany(
        "UPDATE shared SET number = 0 WHERE partner = ? AND record = ?", [(mark.code, record) for record in gone]
    )


def note(db: Database, registry: Registry, mark: Mark, number: int) -> None:
    """Keeps that the bundle of that number carries what is new to the desk."""
    confirmed = mark.confirmed or 0
    fresh = {str(record) for record in audience.fresh(db, registry, mark.code, confirmed)}
    fresh |= {audience.REFERRED_HERE + client for client in audience.newly_referred(db, mark.code, confirmed)}
    db.conn.executemany(
        """INSERT INTO shared VALUES(?, ?, ?) ON CONFLICT(partner, record)
        DO UPDATE SET number = excluded.number WHERE number = 0""",
        [(mark.code, record, number) for record in sorted(fresh)],
    )
    # Not their history, but enough that the desk has to hear of an erasure.
    named_to = sorted(audience.referred(db, mark.code))
    db.conn.executemany("INSERT OR IGNORE INTO shared VALUES(?, ?, 0)", [(mark.code, client) for client in named_to])


def sent_to(db: Database, records: Collection[RecordId]) -> set[DeskCode]:
    """The partners that were ever sent one of these records."""
    question = "SELECT DISTINCT partner FROM shared WHERE record IN (SELECT value FROM json_each(?))"
    return {DeskCode(row[0]) for row in db.execute(question, [_listed(records)])}


def _clients(db: Database, fresh: Collection[RecordId]) -> set[RecordId]:
    """Whose history goes whole: the people new to the desk, those newly referred to it, and those newly offered, of
    whom it may have let go what came with an offer before."""
    found: set[RecordId] = set()
    for kind, column in ((CLIENT, "id"), (REFERRAL, "client"), (TRANSFER, "client")):
        question = f'SELECT "{column}" FROM "{kind.name}" WHERE id IN (SELECT value FROM json_each(?))'
        found.update(RecordId(row[0]) for row in db.execute(question, [_listed(fresh)]) if row[0])
    return found


def _others(db: Database, device: DeviceId) -> list[ChainId]:
    return [chain for chain in log_table.chains(db) if split_chain(chain)[0] != device]


def _versions(db: Database, device: DeviceId, records: Collection[RecordId]) -> list[Version]:
    return [version for _, version in _known(db, device, records)]


def _known(db: Database, device: DeviceId, records: Collection[RecordId]) -> list[tuple[RecordId, Version]]:
    """Every change of these records that others than the device wrote; in a record's place in the index alone."""
    if not records:
        return []
    question = f"""SELECT change.record, chain.name, change.version & {SEQ_MASK} FROM change
        JOIN chain ON chain.id = change.version >> {SEQ_BITS}
        WHERE change.record IN (SELECT value FROM json_each(?)) AND chain.name NOT LIKE ? AND {_COUNTS}"""
    rows = db.execute(question, [_listed(records), f"{device}.%"])
    return [(RecordId(record), Version(ChainId(name), seq)) for record, name, seq in rows]


def _with_past(db: Database, mark: Mark, records: Collection[RecordId]) -> set[RecordId]:
    """Those of which others than the partner wrote something that counts as held by it."""
    return {record for record, one in _known(db, mark.device, records) if one.seq <= mark.after.get(one.chain, 0)}


def _of_records(db: Database, device: DeviceId, records: Collection[RecordId]) -> list[Change]:
    return _of_versions(db, _versions(db, device, records))


def _of_versions(db: Database, versions: Collection[Version]) -> list[Change]:
    return log_table.of_versions(db, versions)


def _listed(records: Collection[RecordId]) -> str:
    return msgspec.json.encode(sorted(records)).decode()
