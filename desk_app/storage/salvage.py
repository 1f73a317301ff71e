"""What can still be read of a damaged database, row by row, into a new one under the same key.

The damaged file is only read. Which table a row belongs to follows from its form: the number and the types of its cells
differ in all tables that cannot be made again from the log. So neither the first page, where the tables are listed, nor
the pages that lead to the rows are needed.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from desk_app.crypto.keyfile import DataKey
from desk_app.crypto.pages import PageKeys
from desk_app.crypto.signing import new_signing_key
from desk_app.domain.change import decode_body
from desk_app.domain.clock import Stamp, milliseconds_of, today
from desk_app.domain.desks import COORDINATOR, is_coordinator
from desk_app.domain.errors import NothingSalvaged
from desk_app.domain.ids import RandomBytes
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.referral import REFERRAL
from desk_app.domain.records.roster import ROSTER
from desk_app.storage import audit, exchange, files, lease, log_table, meta, rows, salvaged_chains, schema, sqlcipher
from desk_app.storage.page_rows import Cell, Pages, Row
from desk_app.storage.row_forms import Sorter

_DESK_FIELD = "1"
_BATCH = 2000

Progress = Callable[[int, int], None]
"""Called with pages done and pages in all; whoever wants to stop raises."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was read and what was lost. `nameless` changes lie in a series that nothing names any more: they are lost,
    as are the `missing` ones, unless the coordinator has them. Without `own_keys` this computer is to be admitted anew.
    """

    pages: int
    pages_lost: int
    changes: int
    missing: int
    nameless: int
    own_keys: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost that this vault is known to have held."""
        return self.own_keys and not (self.pages_lost or self.missing or self.nameless)


def fits(database: Path, data_key: DataKey) -> bool:
    """Whether any page of a database was sealed with this key. Raises `NoAccess`, `FileUnreadable`."""
    with files.as_trouble(database):
        return Pages(database, PageKeys(data_key.key, data_key.salt)).any_fits()


def salvage(damaged: Path, made: Path, data_key: DataKey, random: RandomBytes, progress: Progress) -> Salvaged:
    """Makes a new database of what can be read, with a new incarnation and nothing shown yet: whoever opens the vault
    rebuilds that. Raises `NothingSalvaged`, `NoAccess`, `FileUnreadable`, `DiskFull`.
    """
    db = sqlcipher.connect(made, data_key.key, data_key.salt)
    try:
        with sqlcipher.as_trouble(made):
            schema.migrate(db)
        with sqlcipher.as_trouble(made), sqlcipher.atomic(db):
            with files.as_trouble(damaged):
                pages = Pages(damaged, PageKeys(data_key.key, data_key.salt))
                names = _fill(db, pages, progress)
            own_keys = meta.get(db, "device_key") is not None
            if not log_table.count(db) and not own_keys:
                raise NothingSalvaged(str(damaged.parent))
            nameless = salvaged_chains.name_chains(db, names)
            missing = salvaged_chains.recount(db)
            if pages.lost:
                _ask_again(db)
                _skip_numbers(db, missing + nameless)
            _complete(db, random)
            found = Salvaged(pages.count, len(pages.lost), log_table.count(db), missing, nameless, own_keys)
        with sqlcipher.as_trouble(made):
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return found
    finally:
        db.conn.close()


def _fill(db: Database, pages: Pages, progress: Progress) -> dict[int, str]:
    """Writes every row that belongs to a table of ours; returns the chains' names that an index still knew."""
    sorter = Sorter(db)
    waiting: defaultdict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    names: dict[int, str] = {}
    for row in pages.rows(progress):
        table = sorter.table_of(row)
        if table is not None:
            waiting[table].append(_stored(row))
            if len(waiting[table]) >= _BATCH:
                _insert(db, table, waiting.pop(table))
        elif row.rowid is None and len(row.cells) == 2:
            name, number = row.cells
            if isinstance(name, str) and isinstance(number, int) and salvaged_chains.CHAIN.fullmatch(name):
                names[number] = name
    for table, found in waiting.items():
        _insert(db, table, found)
    db.execute("DELETE FROM meta WHERE key = 'projection'")  # What is shown is made again by whoever opens the vault.
    return names


def _stored(row: Row) -> tuple[Cell, ...]:
    first, *others = row.cells
    return (row.rowid if row.rowid is not None and first is None else first, *others)


def _insert(db: Database, table: str, rows: list[tuple[Cell, ...]]) -> None:
    names = [row[0] for row in db.execute("SELECT name, pk FROM pragma_table_info(?)", [table])]
    if db.execute("SELECT wr FROM pragma_table_list WHERE name = ?", [table]).fetchone()[0]:
        described = db.execute("SELECT name FROM pragma_table_info(?) ORDER BY pk = 0, pk, cid", [table])
        names = [row[0] for row in described]
    columns, marks = ", ".join(names), ", ".join("?" * len(names))
    db.conn.executemany(f"INSERT OR IGNORE INTO {table}({columns}) VALUES({marks})", rows)


def _ask_again(db: Database) -> None:
    """Nothing counts as received: partners send again what they think is here, for whatever was lost of it."""
    exchange.note_emptied(db, db)
    db.execute("DELETE FROM bundle_received")


def _skip_numbers(db: Database, lost: int) -> None:
    """Where nothing is left of the counters of human numbers, as many are left out as there may have been."""
    if db.execute("SELECT 1 FROM counter").fetchone() is None:
        question = "SELECT count(DISTINCT record), max(hlc) FROM change WHERE kind IN (?, ?)"
        records, newest = db.execute(question, [CLIENT.number, REFERRAL.number]).fetchone()
        rows.skip_numbers(db, records + lost, today(milliseconds_of(Stamp(newest or 0))).year)


def _complete(db: Database, random: RandomBytes) -> None:
    """What a vault cannot do without."""
    lease.begin_anew(db, random)
    if meta.get(db, "device_key") is None:
        meta.put(db, "device_key", new_signing_key(random).private.hex())
    if meta.get(db, "desk") is None:
        meta.put(db, "desk", _desk(db))
    if meta.get(db, "clock") is None:
        newest = db.execute("SELECT coalesce(max(hlc), 0) FROM change").fetchone()[0]
        meta.put(db, "clock", str(newest))
    audit.follow_last(db)


def _desk(db: Database) -> str:
    """Whose vault it is: a desk's has coordinators alone for partners, and clients of one desk."""
    partners = {row[0] for row in db.execute("SELECT code FROM partner")}
    desks = _said_desks(db, CLIENT.number)
    if len(desks) == 1 and all(map(is_coordinator, partners)):
        return next(iter(desks))
    # Of several coordinators each knows the rosters of all, and the others as partners.
    own = {desk for desk in _said_desks(db, ROSTER.number) if is_coordinator(desk)} - partners
    return next(iter(own)) if len(own) == 1 else COORDINATOR


def _said_desks(db: Database, kind: int) -> set[str]:
    """Every desk that changes of that kind say."""
    desks: set[str] = set()
    for (body,) in db.execute("SELECT body FROM change WHERE kind = ? AND body != x''", [kind]):
        said = decode_body(body).f.get(_DESK_FIELD)
        if isinstance(said, list) and isinstance(said[0], str):
            desks.add(said[0])
    return desks
