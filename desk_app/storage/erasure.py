"""Erasures in the tables: which records they reach, and emptying everything that was kept of these.

The ledger is the log's own changes of the kind `erasure`; whether a record was erased is one look for an id.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, json
from sqlite_utils import Database

from desk_app.domain.change import Change
from desk_app.domain.desks import is_coordinator
from desk_app.domain.erasing import (
    UNTOUCHED,
    Fate,
    can_be_erased,
    closure,
    is_erasure,
    lasting,
    named,
    named_in,
    reaching,
    references,
)
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Registry
from desk_app.domain.records.erasure import ERASURE, erasure_of
from desk_app.storage import audience, blob_table, log_table, meta, partner_table, projection, transfers
from desk_app.storage.audience import ERASED
from desk_app.storage.parts import marks, parts
from desk_app.storage.sqlcipher import Row

_UNTIDY = "untidy"
"""The fact that bytes of emptied records may still lie about outside the tables' rows, and in which files."""
_ID = re.compile("[0-9a-f]{32}")

Naming = defaultdict[RecordId, set[RecordId]]
"""Record -> those that name it."""


class Left(Struct, frozen=True):
    """What may still hold something of emptied records beside the database: names of attachments' files and of backups
    made before; None as long as nobody has looked which there are.
    """

    files: tuple[str, ...]
    backups: tuple[str, ...] | None = None


def ledger(db: Database) -> set[RecordId]:
    """The ids of all erasures."""
    # The number stands in the question itself, so that the index of erasures alone is walked through.
    return {RecordId(row[0]) for row in db.execute(f"SELECT record FROM change WHERE kind = {ERASURE.number}")}


def fate(db: Database, registry: Registry, came: Sequence[Change]) -> Fate:
    """What the erasures held and those that arrive mean for these changes and for what the vault holds."""
    known = ledger(db)
    fresh = {RecordId(change.record) for change in came if is_erasure(change)} - known
    return _fate(db, registry, came, known, fresh) if known or fresh else UNTOUCHED


def fate_anew(db: Database, registry: Registry) -> Fate:
    """As if every erasure had just arrived: a kind that the program has come to know may lead to an erased person."""
    known = ledger(db)
    return _fate(db, registry, (), set(), known) if known else UNTOUCHED


def reached(db: Database, registry: Registry, root: RecordId) -> set[RecordId]:
    """The record and all that goes with it when it is erased."""
    return set(_spread(db, registry, {root}, set(), defaultdict(set), {}))


def kinds_of(db: Database, records: Iterable[RecordId]) -> dict[RecordId, int]:
    """The number of each record's kind."""
    found: dict[RecordId, int] = {}
    for part in parts(sorted(records)):
        rows = db.execute(f"SELECT DISTINCT record, kind FROM change WHERE record IN ({marks(part)})", part)
        found.update(rows.fetchall())
    return found


def empty(db: Database, registry: Registry, records: Iterable[RecordId]) -> None:
    """Empties every change of these records and takes them out of the tables, the index, the lists and the drafts."""
    emptied = set(records)
    gone = sorted(emptied)
    if not gone:
        return
    files = [one.name for one in blob_table.in_log(db).values() if one.record in emptied]
    blob_table.forget(db, files)
    for kind in registry:
        if can_be_erased(registry, kind.number):
            projection.remove(db, kind, gone)
    stay = ", ".join(map(str, sorted(lasting(registry))))
    for part in parts(gone):
        condition = f"record IN ({marks(part)}) AND kind NOT IN ({stay})"
        db.execute(f"UPDATE change SET body = x'', salt = x'' WHERE {condition}", part)
    drop_drafts(db, emptied)
    # Whoever was sent one has to hear of all that went with it, of the links to others too.
    for record in gone:
        mark = ERASED + erasure_of(record)
        db.execute("INSERT OR IGNORE INTO shared SELECT partner, ?, 0 FROM shared WHERE record = ?", [mark, record])
    add_left(db, files)


def writers(db: Database, records: Iterable[RecordId]) -> dict[DeskCode, set[RecordId]]:
    """Desk -> those of the records of which its device wrote something: it may hold it, whosever the record was."""
    desks = {one.device: one.code for one in partner_table.partners(db) if not is_coordinator(one.code)}
    found: defaultdict[DeskCode, set[RecordId]] = defaultdict(set)
    for record, changes in log_table.of_records(db, sorted(records), whole=True).items():
        for device in {change.device for change in changes} & desks.keys():
            found[desks[device]].add(record)
    return found


def holders(db: Database, registry: Registry, records: Iterable[RecordId]) -> dict[DeskCode, set[RecordId]]:
    """Desk -> those of the records of which it may hold something, as far as is known here before they are emptied: who
    wrote of them, and every desk at which their person was."""
    found: defaultdict[DeskCode, set[RecordId]] = defaultdict(set, writers(db, records))
    for client, about in _by_client(db, registry, records).items():
        for desk in transfers.desks_ever(db, client):
            found[desk] |= about
    return found


def _by_client(db: Database, registry: Registry, records: Iterable[RecordId]) -> dict[RecordId, set[RecordId]]:
    of_kind: defaultdict[int, list[RecordId]] = defaultdict(list)
    for record, number in kinds_of(db, records).items():
        of_kind[number].append(record)
    found: defaultdict[RecordId, set[RecordId]] = defaultdict(set)
    for number, listed in of_kind.items():
        kind = registry.numbered(number)
        if kind is None or not (number == CLIENT.number or any(field.name == "client" for field in kind.own_fields)):
            continue
        column = "id" if number == CLIENT.number else "client"
        for part in parts(listed):
            rows = db.execute(f'SELECT "{column}", id FROM "{kind.name}" WHERE id IN ({marks(part)})', part)
            for client, record in rows:
                found[RecordId(client)].add(RecordId(record))
    return found


def heed(db: Database, registry: Registry, sent: Mapping[DeskCode, Iterable[RecordId]]) -> None:
    """Notes, at a coordinator, which desks hold something of erased records and have to hear of it though no erasure
    names them: whoever lost a part of the log with a damaged file erases without knowing who else was told."""
    for desk, records in sent.items():
        ids = {erasure_of(record) for record in records}
        unknown = sorted(ids - audience.among(db, registry, desk, {ERASURE.number: ids}))
        marks = [(desk, ERASED + one) for one in unknown]
        db.conn.executemany("INSERT OR IGNORE INTO shared VALUES(?, ?, 0)", marks)


def left(db: Database) -> Left | None:
    """What may still lie about since records were emptied; None when all of it was cleaned."""
    said = meta.get(db, _UNTIDY)
    return json.decode(said, type=Left) if said else None


def note_left(db: Database, found: Left) -> None:
    """Keeps what may still lie about, until `note_tidy`."""
    meta.put(db, _UNTIDY, json.encode(found).decode())


def is_about_erased(db: Database, key: str) -> bool:
    """Whether a draft's key names a record that was erased."""
    ids = [erasure_of(RecordId(found)) for found in _ID.findall(key)]
    sql = "SELECT 1 FROM change WHERE record = ? AND kind = ?"
    return any(db.execute(sql, [one, ERASURE.number]).fetchone() for one in ids)


def add_left(db: Database, files: Sequence[str]) -> None:
    """Keeps that records were emptied just now, and which attachments' files went with them."""
    before = left(db)
    note_left(db, Left((*before.files, *files) if before else tuple(files)))


def note_tidy(db: Database) -> None:
    """Keeps that nothing of what was emptied lies about any more."""
    meta.put(db, _UNTIDY, "")


def clean_file(db: Database) -> None:
    """Leaves no byte of what was emptied in the log ahead, in free pages or between rows."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def drafts_about(db: Database, records: set[RecordId]) -> int:
    """How many unfinished forms there are about these records, of all users."""
    return sum(len(_draft_keys(db, table, records)) for table in ("draft", "user_draft"))


def _fate(db: Database, registry: Registry, came: Sequence[Change], known: set[RecordId], fresh: set[RecordId]) -> Fate:
    naming: Naming = defaultdict(set)
    kinds: dict[RecordId, int] = {}
    for change in came:
        if can_be_erased(registry, change.kind):
            kinds[change.record] = change.kind
            for target in named(registry, change):
                naming[target].add(change.record)
    arriving = frozenset(kinds)
    ids = known | fresh
    roots = {record for record in arriving.union(naming) if erasure_of(record) in ids}
    # What the ledger held before has reached all that it can in this vault.
    asked = {record for record in roots if erasure_of(record) in known}
    if fresh:
        roots |= {record for record in _mentioned(db, registry, kinds) if erasure_of(record) in fresh}
    found = _spread(db, registry, roots, asked, naming, kinds)
    derived = {record: root for record, root in found.items() if erasure_of(record) not in ids}
    return Fate(arriving & found.keys(), _with_content(db, registry, found), derived)


def _mentioned(db: Database, registry: Registry, kinds: dict[RecordId, int]) -> Iterator[RecordId]:
    """Every record that the vault holds, whose kind is noted, or that its records name though it has not come yet."""
    stay = ", ".join(map(str, sorted(lasting(registry))))
    for record, kind in db.execute(f"SELECT DISTINCT record, kind FROM change WHERE kind NOT IN ({stay})"):
        kinds.setdefault(RecordId(record), kind)
    yield from kinds
    for kind_name, field, _ in _reference_columns(registry):
        rows = db.execute(f'SELECT DISTINCT "{field}" FROM "{kind_name}" WHERE "{field}" IS NOT NULL')
        yield from (RecordId(row[0]) for row in rows)
    for _, kind, body in _histories(db, registry):
        yield from named_in(registry, kind, body)


def _spread(
    db: Database,
    registry: Registry,
    roots: set[RecordId],
    asked: set[RecordId],
    naming: Naming,
    kinds: dict[RecordId, int],
) -> dict[RecordId, RecordId]:
    """All that the roots reach, each with its root: by what is in `naming`, and in the vault by all not `asked` yet."""
    found = closure(roots, roots, naming)
    while more := {one for one in found.keys() - asked if kinds.get(one, CLIENT.number) in reaching(registry)}:
        asked = asked | more
        for target, record, kind in _naming_in(db, registry, more):
            naming[target].add(record)
            kinds[record] = kind
        found = closure(roots, roots, naming)
    return found


def _naming_in(db: Database, registry: Registry, targets: set[RecordId]) -> Iterator[tuple[RecordId, RecordId, int]]:
    """Which records of the vault name one of these, or did so once: the named, the naming and its kind."""
    for kind_name, field, number in _reference_columns(registry):
        for part in parts(sorted(targets)):
            rows = db.execute(f'SELECT "{field}", id FROM "{kind_name}" WHERE "{field}" IN ({marks(part)})', part)
            yield from ((RecordId(target), RecordId(record), number) for target, record in rows)
    for record, number, body in _histories(db, registry):
        # Decoding only what may name one: an escaped text is not searched, but read.
        if b"\\" in body or not targets.isdisjoint(map(RecordId, _ID.findall(body.decode(errors="replace")))):
            for target in named_in(registry, number, body) & targets:
                yield target, RecordId(record), number


def _reference_columns(registry: Registry) -> Iterator[tuple[str, str, int]]:
    for kind in registry:
        for field in references(registry).get(kind.number, {}).values():
            yield kind.name, field, kind.number


def _histories(db: Database, registry: Registry) -> Iterator[Row]:
    """The bodies of records of which the tables do not show all: changed more than once, with refused values, or with
    changes that were set aside."""
    kinds = ", ".join(map(str, references(registry)))
    aside = " ".join(
        f"UNION SELECT record FROM change WHERE version > {first} AND version < {last} AND kind IN ({kinds})"
        for first, last in log_table.set_aside(db)
    )
    yield from db.execute(
        f"""SELECT record, kind, body FROM change WHERE kind IN ({kinds}) AND record IN (
            SELECT record FROM change WHERE kind IN ({kinds}) GROUP BY record HAVING count(*) > 1
            UNION SELECT record FROM refused UNION SELECT record FROM disbelieved {aside})"""
    )


def _with_content(db: Database, registry: Registry, records: Iterable[RecordId]) -> frozenset[RecordId]:
    stay = ", ".join(map(str, sorted(lasting(registry))))
    found: set[RecordId] = set()
    for part in parts(sorted(records)):
        condition = f"record IN ({marks(part)}) AND kind NOT IN ({stay}) AND body != x''"
        found.update(RecordId(row[0]) for row in db.execute(f"SELECT record FROM change WHERE {condition}", part))
    return frozenset(found)


def drop_drafts(db: Database, records: set[RecordId]) -> None:
    """Forgets the unfinished forms about these records, of all users."""
    for table in ("draft", "user_draft"):
        for key in _draft_keys(db, table, records):
            db.execute(f"DELETE FROM {table} WHERE key = ?", [key])


def _draft_keys(db: Database, table: str, records: set[RecordId]) -> list[str]:
    keys = [str(row[0]) for row in db.execute(f"SELECT DISTINCT key FROM {table}")]
    return [key for key in keys if not records.isdisjoint(map(RecordId, _ID.findall(key)))]
