"""What can still be read of a damaged database, row by row, into a new one under the same key.

The damaged file is only read. Which table a row belongs to follows from its form: the number and the types of its cells
differ in all tables that cannot be made again from the log. So neither the first page, where the tables are listed, nor
the pages that lead to the rows are needed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import msgspec
from sqlite_utils import Database

from desk_app.crypto.keyfile import DataKey
from desk_app.crypto.pages import PageKeys
from desk_app.crypto.signing import SigningKey, device_id, new_signing_key
from desk_app.domain.change import FIRST_HASH, ChainId, Change, chain_id, decode_body, hash_change
from desk_app.domain.clock import Stamp, milliseconds_of, today
from desk_app.domain.desks import COORDINATOR, is_coordinator
from desk_app.domain.errors import NothingSalvaged
from desk_app.domain.ids import RandomBytes
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.referral import REFERRAL
from desk_app.domain.records.roster import ROSTER
from desk_app.storage import audit, exchange, files, lease, log_table, meta, rows, schema, sqlcipher
from desk_app.storage.log_table import SEQ_BITS
from desk_app.storage.page_rows import Cell, Pages, Row

DERIVED = (
    *("disagreement", "refused", "person_key", "person_entry", "person_search", "alias", "look_alike", "compared"),
    "shared",
)
"""Made again from the log, as are the tables of the kinds. Without `shared`, whose rows look like an index of these,
a desk is sent once more what it knows.
"""
_CHAIN = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{8}")
_DESK_FIELD = "1"
_BATCH = 2000

Progress = Callable[[int, int], None]
"""Called with pages done and pages in all; whoever wants to stop raises."""
Shape = tuple[bool, tuple[tuple[type, ...], ...]]
"""Of a table: whether its rows stand in an index, and which types each cell may have."""


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
            nameless = _name_chains(db, names)
            missing = _recount(db)
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


def shapes(db: Database) -> dict[Shape, tuple[str, int]]:
    """The tables that are salvaged, with the number of their columns, by the form of their rows."""
    found: dict[Shape, tuple[str, int]] = {}
    listed = db.execute(
        "SELECT name, wr FROM pragma_table_list WHERE type = 'table' AND strict ORDER BY name"
    ).fetchall()
    for name, in_index in listed:
        if name not in DERIVED:
            shape = bool(in_index), _columns(db, name, bool(in_index))
            if shape in found:
                raise ValueError(f"the rows of {name} look like those of {found[shape][0]}")
            found[shape] = name, len(shape[1])
    return found


def _columns(db: Database, table: str, in_index: bool) -> tuple[tuple[type, ...], ...]:
    """In an index the columns of its key come first; a table's own number stands beside its row, not in it."""
    described = db.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', [table]).fetchall()
    keys = [one for one in described if one[3]]
    numbered = not in_index and len(keys) == 1 and keys[0][1] == "INTEGER"
    if in_index:
        described = sorted(keys, key=lambda one: int(one[3])) + [one for one in described if not one[3]]
    types = {"INTEGER": int, "TEXT": str, "BLOB": bytes}
    columns: list[tuple[type, ...]] = []
    for _, declared, not_null, key in described:
        if key and numbered:
            columns.append((type(None),))
        else:
            columns.append((types[declared],) if not_null or key else (types[declared], type(None)))
    return tuple(columns)


class _Sorter:
    """Knows a row's table by its form."""

    def __init__(self, db: Database) -> None:
        self._by_length: defaultdict[tuple[bool, int], list[tuple[str, tuple[tuple[type, ...], ...]]]]
        self._by_length = defaultdict(list)
        for (in_index, columns), (table, length) in shapes(db).items():
            self._by_length[in_index, length].append((table, columns))

    def table_of(self, row: Row) -> str | None:
        """The table, None for a row that is made again from the log or leads to others."""
        for table, columns in self._by_length.get((row.rowid is None, len(row.cells)), ()):
            if all(type(cell) in allowed for cell, allowed in zip(row.cells, columns, strict=True)):
                return table
        return None


def _fill(db: Database, pages: Pages, progress: Progress) -> dict[int, str]:
    """Writes every row that belongs to a table of ours; returns the chains' names that an index still knew."""
    sorter = _Sorter(db)
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
            if isinstance(name, str) and isinstance(number, int) and _CHAIN.fullmatch(name):
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


# The series of changes


def _name_chains(db: Database, from_index: Mapping[int, str]) -> int:
    """Gives every series its name back: from the table, from its index, else the one name that the hashes allow.

    Changes of a series that stays nameless cannot be told whose they are; they are dropped, and counted.
    """
    for number, name in from_index.items():
        db.execute("INSERT OR IGNORE INTO chain(id, name) VALUES(?, ?)", [number, name])
    nameless = f"FROM change WHERE version >> {SEQ_BITS} NOT IN (SELECT id FROM chain)"
    for (number,) in db.execute(f"SELECT DISTINCT version >> {SEQ_BITS} {nameless}").fetchall():
        _name_by_hash(db, number)
    count = int(db.execute(f"SELECT count(*) {nameless}").fetchone()[0])
    db.execute(f"DELETE {nameless}")
    return count


def _name_by_hash(db: Database, number: int) -> None:
    taken = {row[0] for row in db.execute("SELECT name FROM chain")}
    for name in _mentioned(db):
        if name not in taken:
            db.execute("INSERT INTO chain(id, name) VALUES(?, ?)", [number, name])
            if _is_linked(log_table.of_chain(db, name, 0, _BATCH)):
                return
            db.execute("DELETE FROM chain WHERE id = ?", [number])


def _is_linked(changes: Sequence[Change]) -> bool:
    """Whether two neighbours among the changes prove the name of their series: the hash of a change covers it."""
    pairs = ((one, other) for one, other in pairwise(changes) if other.seq == one.seq + 1)
    return any(other.prev_hash == hash_change(one) for one, other in pairs)


def _mentioned(db: Database) -> list[ChainId]:
    """Every name of a series that changes, bundles or this vault's own facts speak of."""
    found: set[str] = set()
    key = meta.get(db, "device_key")
    if key:
        device = device_id(SigningKey(bytes.fromhex(key)).public)
        found.update(chain_id(device, incarnation) for incarnation in lease.incarnations(db))
    for (held,) in db.execute("SELECT held FROM bundle_sent"):
        found.update(_CHAIN.findall(held))
    for (body,) in db.execute("SELECT body FROM change WHERE body != x''"):
        try:
            found.update(chain for chain, _ in decode_body(body).b)
        except msgspec.DecodeError:
            continue
    return [ChainId(name) for name in sorted(found) if _CHAIN.fullmatch(name)]


def _recount(db: Database) -> int:
    """Sets the mark of every series to where it is whole; returns how many changes below the old marks are missing."""
    missing = 0
    for number, name, held in db.execute("SELECT id, name, held FROM chain").fetchall():
        first, last = number << SEQ_BITS, number << SEQ_BITS | held
        sql = "SELECT count(*) FROM change WHERE version > ? AND version <= ?"
        missing += held - int(db.execute(sql, [first, last]).fetchone()[0])
        log_table.set_last(db, ChainId(name), *_whole_until(db, ChainId(name)))
    return missing


def _whole_until(db: Database, chain: ChainId) -> tuple[int, bytes]:
    seq, last_hash = 0, FIRST_HASH
    while changes := log_table.of_chain(db, chain, seq, _BATCH):
        for change in changes:
            if change.seq != seq + 1 or change.prev_hash != last_hash:
                return seq, last_hash
            seq, last_hash = change.seq, hash_change(change)
    return seq, last_hash


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


# What a vault cannot do without


def _complete(db: Database, random: RandomBytes) -> None:
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
