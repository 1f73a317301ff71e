"""What moves people and was said by somebody who may not: found among what arrived, and kept aside.

Such changes stay in the log and go on to other coordinators. They take part in no fold, and no desk is sent them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from sqlite_utils import Database

from desk_app.domain.change import Change, Version
from desk_app.domain.custody import CLIENT_OF, DESK, REFERRED_TO, disbelieved, said
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Registry
from desk_app.domain.records.referral import REFERRAL
from desk_app.domain.records.transfer import TRANSFER
from desk_app.storage import exchange, log_table, roster

_DESK, _CLIENT_OF, _REFERRED_TO = (f'"{field}":'.encode() for field in (DESK, CLIENT_OF, REFERRED_TO))


def in_question(db: Database, arrived: Iterable[Change], desks: Mapping[DeviceId, DeskCode]) -> set[RecordId]:
    """The clients of whom changes that were taken in say whose they are, unless they can be nobody else's."""
    made: defaultdict[RecordId, list[Change]] = defaultdict(list)
    moving: defaultdict[int, dict[RecordId, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for change in arrived:
        if change.kind == CLIENT.number and _DESK in change.body:
            made[change.record].append(change)
        elif change.kind == TRANSFER.number or (
            change.kind == REFERRAL.number and (_REFERRED_TO in change.body or _CLIENT_OF in change.body)
        ):
            moving[change.kind][change.record].append(change)
    found = _moved(db, moving)
    lone = {record for record, changes in made.items() if len(changes) == 1 and _is_own(changes[0], desks)}
    return found | (made.keys() - lone) | _told_before(db, lone)


def judge(
    db: Database,
    registry: Registry,
    clients: Collection[RecordId],
    desks: Mapping[DeviceId, DeskCode],
    arrived: Sequence[Change],
) -> list[Change]:
    """Says anew what is believed of these clients, and shows their records so. Returns what is no longer believed."""
    before = log_table.disbelieved(db)
    new = {change.version for change in arrived}
    doubted: list[Change] = []
    touched: defaultdict[int, set[RecordId]] = defaultdict(set)
    for client in sorted(clients):
        changes = [one for of_record in about(db, client).values() for one in of_record]
        known = {one.version: one for one in changes}
        aside = disbelieved(client, changes, desks, known.keys() - new - before)
        was = {one for one in _of_client(db, client) if one in known}
        for version in aside ^ was:
            touched[known[version].kind].add(known[version].record)
        doubted += (known[version] for version in sorted(aside - was))
        for version in sorted(was - aside):
            exchange.take_back(db, version.chain, version.seq - 1)
        if aside != was:
            _keep(db, client, [known[version] for version in sorted(aside)])
    if touched:
        roster.refold(db, registry, {kind: sorted(records) for kind, records in touched.items()})
    return doubted


def _is_own(change: Change, desks: Mapping[DeviceId, DeskCode]) -> bool:
    return desks.get(change.device) in (None, said(change, DESK))


def _moved(db: Database, moving: Mapping[int, Mapping[RecordId, list[Change]]]) -> set[RecordId]:
    """The clients of these transfers, and of these referrals to desks."""
    found: set[RecordId] = set()
    for kind in (TRANSFER, REFERRAL):
        records = moving.get(kind.number, {})
        if not records:
            continue
        condition = " AND to_desk IS NOT NULL" if kind is REFERRAL else ""
        question = f"SELECT id, client FROM {kind.name} WHERE id IN (SELECT value FROM json_each(?)){condition}"
        shown = {RecordId(row[0]): RecordId(row[1] or "") for row in db.execute(question, [_listed(records)])}
        named = {RecordId(said(one, CLIENT_OF)) for record in shown for one in records[record]}
        found |= named | set(shown.values())
    # Of a record that is aside as a whole no table tells.
    question = "SELECT client FROM disbelieved WHERE record IN (SELECT value FROM json_each(?))"
    aside = db.execute(question, [_listed(record for records in moving.values() for record in records)])
    found |= {RecordId(row[0]) for row in aside}
    return found - {RecordId("")}


def _told_before(db: Database, clients: Collection[RecordId]) -> set[RecordId]:
    """Those of the clients of whom something else tells whose they are."""
    if not clients:
        return set()
    among = "IN (SELECT value FROM json_each(:clients))"
    question = f"""SELECT client FROM transfer WHERE client {among}
        UNION SELECT client FROM referral WHERE client {among} AND to_desk IS NOT NULL
        UNION SELECT client FROM disbelieved WHERE client {among}
        UNION SELECT record FROM change WHERE record {among} GROUP BY record HAVING count(*) > 1"""
    return {RecordId(row[0]) for row in db.execute(question, {"clients": _listed(clients)})}


def about(db: Database, client: RecordId) -> Mapping[RecordId, list[Change]]:
    """Every change that counts, unless it is not believed, of her record, her transfers and her referrals to desks."""
    question = """SELECT id FROM transfer WHERE client = :client
        UNION SELECT id FROM referral WHERE client = :client AND to_desk IS NOT NULL
        UNION SELECT record FROM disbelieved WHERE client = :client"""
    records = [client, *(RecordId(row[0]) for row in db.execute(question, {"client": client}) if row[0] != client)]
    return log_table.of_records(db, records, doubted=True)


def _of_client(db: Database, client: RecordId) -> list[Version]:
    rows = db.execute("SELECT version FROM disbelieved WHERE client = ?", [client]).fetchall()
    names = {log_table.local_chain(db, chain): chain for chain in log_table.chains(db)}
    return [Version(names[one >> log_table.SEQ_BITS], one & log_table.SEQ_MASK) for (one,) in rows]


def _keep(db: Database, client: RecordId, aside: Iterable[Change]) -> None:
    db.execute("DELETE FROM disbelieved WHERE client = ?", [client])
    rows = [(log_table.local_version(db, one.version), client, one.record, one.kind) for one in aside]
    db.conn.executemany("INSERT INTO disbelieved VALUES(?, ?, ?, ?)", rows)


def _listed(records: Iterable[RecordId]) -> str:
    return msgspec.json.encode(sorted(records)).decode()
