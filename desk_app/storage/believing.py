"""What moves people and was said by somebody who may not: found among what arrived, and kept aside.

Such changes stay in the log and go on to other coordinators. They take part in no fold, and no desk is sent them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import msgspec
from sqlite_utils import Database

from desk_app.domain.change import Change, Version
from desk_app.domain.custody import CLIENT_OF, DESK, REFERRED_TO, disbelieved, misnamed, said
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Registry
from desk_app.domain.records.referral import REFERRAL
from desk_app.domain.records.transfer import TRANSFER
from desk_app.storage import exchange, log_table, roster

_DESK, _CLIENT_OF, _REFERRED_TO = (f'"{field}":'.encode() for field in (DESK, CLIENT_OF, REFERRED_TO))
_REPLACES = b'{"b":'
"""What a body starts with that names bases."""
Judgement = tuple[RecordId, Mapping[Version, Change], set[Version]]
"""Under which id it is kept, the changes that were looked at, and those of them that are not believed."""


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be judged: clients, and records about clients, with the numbers of their kinds."""

    clients: Collection[RecordId] = ()
    records: Mapping[RecordId, int] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether there is anything to judge."""
        return bool(self.clients or self.records)


@dataclass(frozen=True, slots=True)
class Planned:
    """Changes that are not in the log yet, by record; the transfers and referrals of clients among them; and those
    that would not be believed."""

    changes: Sequence[Mapping[RecordId, Sequence[Change]]] = ()
    moving: Mapping[RecordId, Collection[RecordId]] = field(default_factory=dict)
    doubted: Collection[Version] = ()

    def of(self, record: RecordId) -> Iterator[Change]:
        """Those of a record."""
        for one in self.changes:
            yield from one.get(record, ())


NOTHING_PLANNED = Planned()


def in_question(
    db: Database,
    registry: Registry,
    arrived: Iterable[Change],
    known: Collection[RecordId],
    desks: Mapping[DeviceId, DeskCode],
    planned: Planned = NOTHING_PLANNED,
) -> Question:
    """The clients of whom changes that arrive say whose they are, unless they can be nobody else's; and the records
    about clients of which they may say anew whom they are about. `known` are the records of which something was here.
    """
    made: defaultdict[RecordId, list[Change]] = defaultdict(list)
    moving: defaultdict[int, dict[RecordId, list[Change]]] = defaultdict(lambda: defaultdict(list))
    fields, records, seen = naming(registry), dict[RecordId, int](), set[RecordId]()
    for change in arrived:
        kind, record, body = change.kind, change.record, change.body
        if kind == CLIENT.number and _DESK in body:
            made[record].append(change)
        elif kind == TRANSFER.number or (kind == REFERRAL.number and (_REFERRED_TO in body or _CLIENT_OF in body)):
            moving[kind][record].append(change)
        if kind in fields:
            is_edit = record in seen or record in known or body.startswith(_REPLACES)
            if is_edit and (fields[kind] in body or _DESK in body):
                records[record] = kind
            seen.add(record)
    lone = {record for record, changes in made.items() if len(changes) == 1 and _is_own(changes[0], desks)}
    lone -= {record for record in lone if any(planned.of(record))}
    told = _told_before(db, lone, 1 if planned is NOTHING_PLANNED else 0)
    return Question(_moved(db, moving) | (made.keys() - lone) | told, records)


def in_question_again(db: Database, registry: Registry, touched: Mapping[int, Collection[RecordId]]) -> Question:
    """The clients and records that changes decide on which count, or count no more, since a device was shut out or
    admitted again. `touched` are those changes' records by the numbers of their kinds."""
    moving = sorted({record for kind in (TRANSFER, REFERRAL) for record in touched.get(kind.number, ())})
    told = log_table.of_records(db, moving, whole=True).values()
    named = {RecordId(said(one, CLIENT_OF)) for changes in told for one in changes} - {RecordId("")}
    clients = named | _told_before(db, touched.get(CLIENT.number, ()), 1)
    records = {
        record: number
        for number, field in naming(registry).items()
        for record in _said_anew(db, touched.get(number, ()), field)
    }
    return Question(clients, records)


def _said_anew(db: Database, records: Collection[RecordId], field: bytes) -> list[RecordId]:
    """Those of the records of which more than one change may say whom they are about, or whose they are."""
    question = """SELECT record FROM change WHERE record IN (SELECT value FROM json_each(?))
        AND (instr(body, ?) OR instr(body, ?)) GROUP BY record HAVING count(*) > 1"""
    return [RecordId(row[0]) for row in db.execute(question, [_listed(records), field, _DESK])]


@cache
def naming(registry: Registry) -> Mapping[int, bytes]:
    """The numbers of the kinds whose records are always about a client -> the field that says about whom, as bodies
    name it. Transfers aside: of them `disbelieved` tells."""
    return {
        kind.number: f'"{one.number}":'.encode()
        for kind in registry
        for one in kind.own_fields
        if one.name == "client" and one.required and kind.number != TRANSFER.number
    }


def deciding(arrived: Iterable[Change], question: Question) -> dict[RecordId, list[Change]]:
    """Those of arriving changes on which the answer can depend, by record."""
    found: defaultdict[RecordId, list[Change]] = defaultdict(list)
    for change in arrived:
        moves = change.kind in (TRANSFER.number, REFERRAL.number)
        if moves or change.record in question.clients or change.record in question.records:
            found[change.record].append(change)
    return found


def moving(changes: Iterable[Change]) -> dict[RecordId, set[RecordId]]:
    """Client -> her transfers and referrals, as far as these changes say so."""
    found: dict[RecordId, set[RecordId]] = {}
    for change in changes:
        if change.kind in (TRANSFER.number, REFERRAL.number) and (client := said(change, CLIENT_OF)):
            found.setdefault(RecordId(client), set()).add(change.record)
    return found


def judge(
    db: Database,
    registry: Registry,
    question: Question,
    desks: Mapping[DeviceId, DeskCode],
    new: Collection[Version],
) -> list[Change]:
    """Says anew what is believed, and shows the records so. Returns what is no longer believed. `new` are the changes
    that were just taken in."""
    doubted: list[Change] = []
    touched: defaultdict[int, set[RecordId]] = defaultdict(set)
    for key, known, aside in _judgements(db, registry, question, desks, new):
        was = {one for one in _kept(db, key) if one in known}
        for version in aside ^ was:
            touched[known[version].kind].add(known[version].record)
        doubted += (known[version] for version in sorted(aside - was))
        for version in sorted(was - aside):
            exchange.take_back(db, version.chain, version.seq - 1)
        if aside != was:
            _keep(db, key, [known[version] for version in sorted(aside)])
    if touched:
        roster.refold(db, registry, {kind: sorted(records) for kind, records in touched.items()})
    return doubted


def would_doubt(
    db: Database,
    registry: Registry,
    question: Question,
    desks: Mapping[DeviceId, DeskCode],
    new: Collection[Version],
    planned: Planned,
) -> list[Change]:
    """Those of the new ones among the planned changes that would not be believed. Changes nothing."""
    found = {
        version: known[version]
        for _, known, aside in _judgements(db, registry, question, desks, new, planned)
        for version in aside.intersection(new)
    }
    return [found[version] for version in sorted(found)]


def _judgements(
    db: Database,
    registry: Registry,
    question: Question,
    desks: Mapping[DeviceId, DeskCode],
    new: Collection[Version],
    planned: Planned = NOTHING_PLANNED,
) -> Iterator[Judgement]:
    before = log_table.disbelieved(db).union(planned.doubted)
    for client in sorted(question.clients):
        known = _by_version(about(db, client, planned))
        yield client, known, disbelieved(client, known.values(), desks, known.keys() - new - before)
    for record, kind in sorted(question.records.items()):
        known = _by_version(_of_records(db, [record], planned))
        fields = (DESK, naming(registry)[kind].decode().strip('":'))
        yield record, known, misnamed(known.values(), fields, desks, known.keys() - new - before)


def _by_version(found: Mapping[RecordId, Iterable[Change]]) -> dict[Version, Change]:
    return {one.version: one for changes in found.values() for one in changes}


def _of_records(db: Database, records: Sequence[RecordId], planned: Planned) -> dict[RecordId, list[Change]]:
    found = log_table.of_records(db, records, doubted=True)
    for record in records:
        if came := list(planned.of(record)):
            found.setdefault(record, []).extend(came)
    return found


def _is_own(change: Change, desks: Mapping[DeviceId, DeskCode]) -> bool:
    desk = desks.get(change.device)
    return desk is None or _says_first(change.body, desk) or said(change, DESK) == desk


def _says_first(body: bytes, desk: DeskCode) -> bool:
    """Whether the body says so where one in order does that makes a record: then the rest need not be read. No key
    comes twice in it, in other spelling either."""
    once = body.count(b'"f"') == body.count(b'"1"') == 1 and b"\\" not in body
    return once and body.startswith(b'{"f":{"1":["%s"]' % desk.encode())


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
        found |= set(shown.values())
        for record, changes in records.items():
            if kind is TRANSFER or record in shown or any(said(one, REFERRED_TO) for one in changes):
                found |= {RecordId(said(one, CLIENT_OF)) for one in changes}
    # Of a record that is aside as a whole no table tells.
    question = "SELECT client FROM disbelieved WHERE client != record AND record IN (SELECT value FROM json_each(?))"
    aside = db.execute(question, [_listed(record for records in moving.values() for record in records)])
    found |= {RecordId(row[0]) for row in aside}
    return found - {RecordId("")}


def _told_before(db: Database, clients: Collection[RecordId], most: int) -> set[RecordId]:
    """Those of the clients of whom something else tells whose they are; of their own changes `most` may."""
    if not clients:
        return set()
    among = "IN (SELECT value FROM json_each(:clients))"
    question = f"""SELECT client FROM transfer WHERE client {among}
        UNION SELECT client FROM referral WHERE client {among} AND to_desk IS NOT NULL
        UNION SELECT client FROM disbelieved WHERE client {among}"""
    listed = _listed(clients)
    told = {RecordId(row[0]) for row in db.execute(question, {"clients": listed})}
    question = f"SELECT record FROM change WHERE record {among} GROUP BY record HAVING count(*) > :most"
    changed = {RecordId(row[0]) for row in db.execute(question, {"clients": listed, "most": most})}
    return told | _often_told(db, changed - told, most)


def _often_told(db: Database, clients: Collection[RecordId], most: int) -> set[RecordId]:
    """Those of the clients of whom more than `most` of their own changes may say whose they are, or one that replaces
    something. What is spelt as no program of ours spells it may say anything."""
    question = "SELECT record, kind, body FROM change WHERE record IN (SELECT value FROM json_each(?))"
    counted: Counter[RecordId] = Counter()
    for record, kind, body in db.execute(question, [_listed(clients)]) if clients else ():
        if kind != CLIENT.number or _DESK in body or b"\\" in body:
            counted[RecordId(record)] += most + 1 if b'"b":' in body else 1
    return {client for client, count in counted.items() if count > most}


def about(db: Database, client: RecordId, planned: Planned = NOTHING_PLANNED) -> dict[RecordId, list[Change]]:
    """Every change that counts, unless it is not believed, of her record, her transfers and her referrals to desks."""
    question = """SELECT id FROM transfer WHERE client = :client
        UNION SELECT id FROM referral WHERE client = :client AND to_desk IS NOT NULL
        UNION SELECT record FROM disbelieved WHERE client = :client"""
    records = {RecordId(row[0]) for row in db.execute(question, {"client": client})} | {client}
    return _of_records(db, sorted(records.union(planned.moving.get(client, ()))), planned)


def _kept(db: Database, key: RecordId) -> list[Version]:
    rows = db.execute("SELECT version FROM disbelieved WHERE client = ?", [key]).fetchall()
    names = {log_table.local_chain(db, chain): chain for chain in log_table.chains(db)}
    return [Version(names[one >> log_table.SEQ_BITS], one & log_table.SEQ_MASK) for (one,) in rows]


def _keep(db: Database, key: RecordId, aside: Iterable[Change]) -> None:
    db.execute("DELETE FROM disbelieved WHERE client = ?", [key])
    rows = [(log_table.local_version(db, one.version), key, one.record, one.kind) for one in aside]
    db.conn.executemany("INSERT INTO disbelieved VALUES(?, ?, ?, ?)", rows)


def _listed(records: Iterable[RecordId]) -> str:
    return msgspec.json.encode(sorted(records)).decode()
