"""Clients who were linked as one person. The table follows from what is visible, and is made anew with it.

Rows keep the client they were written about. `alias` says whose page each linked client stands on: that of the smallest
id among those who are not removed. Whoever is linked to nobody has no row, so where nothing is linked it costs nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlite_utils import Database

from desk_app.domain.ids import RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Kind
from desk_app.domain.records.sameness import SAME, SAMENESS, sameness_of
from desk_app.domain.sameness import people
from desk_app.storage.parts import marks, parts

TABLES = (
    "CREATE TABLE alias(client TEXT PRIMARY KEY, person TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX alias_person ON alias(person)",
)


def follow(db: Database, kind: Kind, records: Collection[RecordId]) -> None:
    """Rows of these records were written or taken away: keeps the table as it should be."""
    if kind.number == SAMENESS.number:
        if records:
            _renew(db)
    elif kind.number == CLIENT.number and db.execute("SELECT EXISTS(SELECT 1 FROM sameness)").fetchone()[0]:
        linked = db.execute("SELECT one FROM sameness UNION SELECT other FROM sameness")
        if not {RecordId(row[0]) for row in linked}.isdisjoint(records):
            _renew(db)


def expected(db: Database) -> dict[RecordId, RecordId]:
    """What the table should hold, by what is visible: client -> the person whose page it stands on."""
    found: dict[RecordId, RecordId] = {}
    groups = people(_links(db))
    shown = _shown(db, groups)
    for group in {id(group): group for group in groups.values()}.values():
        visible = [client for client in group if client in shown]
        if len(visible) > 1:
            found.update(dict.fromkeys(visible, visible[0]))
    return found


def held(db: Database) -> dict[RecordId, RecordId]:
    """What the table holds."""
    return {RecordId(client): RecordId(person) for client, person in db.execute("SELECT client, person FROM alias")}


def members(db: Database, client: RecordId) -> tuple[RecordId, ...]:
    """Everybody on record who is the same person and not removed, the one whose page it is first."""
    rows = db.execute(
        "SELECT client FROM alias WHERE person = (SELECT person FROM alias WHERE client = ?) ORDER BY client", [client]
    ).fetchall()
    return tuple(RecordId(row[0]) for row in rows) or (client,)


def leads(db: Database, clients: Sequence[RecordId]) -> dict[RecordId, RecordId]:
    """Those of the clients who are linked -> the person whose page they stand on."""
    found: dict[RecordId, RecordId] = {}
    for part in parts(clients):
        found.update(db.execute(f"SELECT client, person FROM alias WHERE client IN ({marks(part)})", part).fetchall())
    return found


def doubled(db: Database) -> int:
    """How many clients stand on the page of another one."""
    return int(db.execute("SELECT count(*) FROM alias WHERE client != person").fetchone()[0])


def component(db: Database, client: RecordId) -> tuple[RecordId, ...]:
    """Everybody linked to this client, directly or through others, removed ones too, itself among them."""
    return people(_links(db)).get(client, (client,))


def judged(db: Database, clients: Iterable[RecordId]) -> list[RecordId]:
    """The records that judge a pair with one of these clients in it."""
    found: dict[RecordId, None] = {}
    for client in clients:
        rows = db.execute("SELECT id FROM sameness WHERE (one = ? OR other = ?) ORDER BY id", [client, client])
        found.update((RecordId(row[0]), None) for row in rows)
    return list(found)


def _links(db: Database) -> Iterator[tuple[RecordId, RecordId]]:
    rows = db.execute("SELECT id, one, other FROM sameness WHERE state = ? AND deleted IS NOT 1", [SAME])
    for record, one, other in rows:
        # Whoever names another pair than the record's own forged it.
        if one and other and one != other and record == sameness_of(RecordId(one), RecordId(other)):
            yield RecordId(one), RecordId(other)


def _shown(db: Database, clients: Iterable[RecordId]) -> set[RecordId]:
    found: set[RecordId] = set()
    for part in parts(clients):
        rows = db.execute(f"SELECT id FROM client WHERE id IN ({marks(part)}) AND deleted IS NOT 1", part)
        found.update(RecordId(row[0]) for row in rows)
    return found


def _renew(db: Database) -> None:
    there, wanted = held(db), expected(db)
    gone = [(client,) for client in there if client not in wanted]
    changed = [(client, person) for client, person in wanted.items() if there.get(client) != person]
    db.conn.executemany("DELETE FROM alias WHERE client = ?", gone)
    db.conn.executemany("INSERT OR REPLACE INTO alias VALUES(?, ?)", changed)
