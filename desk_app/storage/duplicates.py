"""Pairs of people on record who may be one, as comparing found them.

The tables here and in `comparing` follow from what is visible and take no part in `state`. `look_alike` holds pairs of
rows of clients, the smaller first, with hundredths of points.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from msgspec import json
from sqlite_utils import Database

from desk_app.domain.ids import RecordId
from desk_app.domain.records.sameness import DIFFERENT, sameness_of
from desk_app.storage import alias
from desk_app.storage.parts import marks, parts
from desk_app.storage.sqlcipher import Row

TABLES = ("look_alike", "compared")
HUNDRED = 100
"""Points are kept as whole numbers of hundredths."""

Rows = tuple[int, int]
"""The rows of two people, the smaller first."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A pair as it was found."""

    rows: Rows
    points: float
    reasons: tuple[str, ...]


def closed(db: Database) -> dict[Rows, int]:
    """The pairs that are not open, each with its points in hundredths: of people known to be one, or to be two, by
    whichever of the clients that they have on record; of two people with several pairs, all but the best."""
    found = {(one, other): int(points) for one, other, points in _apart(db)}
    seen: set[frozenset[str]] = set()
    for one, other, points, person, second in sorted(_of_linked(db), key=lambda row: (-row[2], row[0], row[1])):
        persons = frozenset((person, second))
        if len(persons) == 1 or persons in seen:
            found[one, other] = points
        elif (one, other) not in found:
            seen.add(persons)
    return found


def best(db: Database, limit: int) -> list[Alike]:
    """The first of all pairs, those with most points first."""
    sql = "SELECT one, other, points, reasons FROM look_alike ORDER BY points DESC, one, other LIMIT ?"
    return [_alike(row) for row in db.execute(sql, [limit])]


def count(db: Database, least: float = 0) -> int:
    """How many pairs there are with so many points."""
    sql = "SELECT count(*) FROM look_alike WHERE points >= ?"
    return int(db.execute(sql, [round(least * HUNDRED)]).fetchone()[0])


def points_of(db: Database, pairs: Iterable[Rows]) -> list[float]:
    """The points of those pairs that still stand."""
    rows = (db.execute("SELECT points FROM look_alike WHERE one = ? AND other = ?", pair).fetchone() for pair in pairs)
    return [row[0] / HUNDRED for row in rows if row]


def with_people(db: Database, clients: Sequence[RecordId]) -> list[Alike]:
    """All pairs with one of these clients, those with most points first."""
    found: dict[Rows, Alike] = {}
    for part in parts(rows_of(db, clients).values()):
        for column in ("one", "other"):
            sql = f"SELECT one, other, points, reasons FROM look_alike WHERE {column} IN ({marks(part)})"
            found.update((one.rows, one) for row in db.execute(sql, part) for one in [_alike(row)])
    return sorted(found.values(), key=lambda one: (-one.points, one.rows))


def judged(db: Database, state: str) -> list[tuple[RecordId, RecordId]]:
    """The pairs of visible clients of whom somebody said that they are one person, or two."""
    rows = db.execute(
        """SELECT said.id, said.one, said.other FROM sameness AS said
           JOIN client AS a ON a.id = said.one JOIN client AS b ON b.id = said.other
           WHERE said.state = ? AND said.deleted IS NOT 1 AND a.deleted IS NOT 1 AND b.deleted IS NOT 1""",
        [state],
    )
    # Whoever names another pair than the record's own forged it.
    return [(one, other) for record, one, other in rows if record == sameness_of(RecordId(one), RecordId(other))]


def ids(db: Database, rids: Iterable[int]) -> dict[int, RecordId]:
    """Whose rows these are."""
    found: dict[int, RecordId] = {}
    for part in parts(rids):
        found.update(db.execute(f"SELECT rid, id FROM client WHERE rid IN ({marks(part)})", part).fetchall())
    return found


def rows_of(db: Database, clients: Sequence[RecordId]) -> dict[RecordId, int]:
    """The rows of these clients."""
    found: dict[RecordId, int] = {}
    for part in parts(clients):
        found.update(db.execute(f"SELECT id, rid FROM client WHERE id IN ({marks(part)})", part).fetchall())
    return found


def _apart(db: Database) -> list[Row]:
    """The pairs between any client of one and any of the other of two people who are known to be two."""
    said = judged(db, DIFFERENT)
    people = _members(db, {client for pair in said for client in pair})
    rids = rows_of(db, sorted({client for members in people.values() for client in members}))
    pairs = {(rids[x], rids[y]) for one, other in said for x in people[one] for y in people[other]}
    sql = """SELECT pair.one, pair.other, pair.points FROM json_each(?) AS said
             JOIN look_alike AS pair ON pair.one = said.value ->> 0 AND pair.other = said.value ->> 1"""
    return db.execute(sql, [json.encode([sorted(pair) for pair in pairs]).decode()]).fetchall()


def _members(db: Database, clients: Collection[RecordId]) -> dict[RecordId, Sequence[RecordId]]:
    """Each of the clients -> all who are the same person."""
    leads = alias.leads(db, sorted(clients))
    people = {lead: alias.members(db, lead) for lead in set(leads.values())}
    return {client: people[leads[client]] if client in leads else (client,) for client in clients}


def _of_linked(db: Database) -> list[Row]:
    """Every pair with a client who was linked, and whose pages the two stand on."""
    found: dict[Rows, Row] = {}
    for column in ("one", "other"):
        rows = db.execute(
            f"""SELECT pair.one, pair.other, pair.points, coalesce(x.person, a.id), coalesce(y.person, b.id)
                FROM alias AS linked JOIN client ON client.id = linked.client
                JOIN look_alike AS pair ON pair.{column} = client.rid
                JOIN client AS a ON a.rid = pair.one JOIN client AS b ON b.rid = pair.other
                LEFT JOIN alias AS x ON x.client = a.id LEFT JOIN alias AS y ON y.client = b.id"""
        )
        found.update(((row[0], row[1]), row) for row in rows)
    return list(found.values())


def _alike(row: Row) -> Alike:
    one, other, points, reasons = row
    return Alike((one, other), points / HUNDRED, tuple(reasons.split()))
