"""Comparing everybody with everybody who shares a key, in slices that a cancel or a power cut keeps.

A sweep takes the keys in their order and notes after each slice how far it came. `compared` holds the rows of clients
that were compared as they are now (`done` 1), or belong to the sweep under way (0): whoever is changed loses that row,
so new people and changed ones wait without a word being written.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec import json
from sqlite_utils import Database

from desk_app.domain import names
from desk_app.domain.ids import RecordId
from desk_app.domain.record_state import RecordState
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Kind
from desk_app.storage import meta, search
from desk_app.storage.duplicates import HUNDRED, Alike, Rows, rows_of
from desk_app.storage.parts import marks, parts
from desk_app.storage.sqlcipher import atomic


class Slice(NamedTuple):
    """Keys, each with the rows of two people or more who share it; the last key of the slice, and how many rows of keys
    there were in it."""

    blocks: Sequence[tuple[str, Sequence[int]]]
    last: str
    rows: int


_POSITION = "comparing"
_LAST_KEY = "q"
"""Behind the keys that look-alikes share; what follows leads only from numbers typed in the search box."""
_ROWS = 5_000
_LARGE = 200
_FACTS = (
    *("surname", "given_name", "father_name", "paper_name", "other_names", "sex", "birth_date"),
    *("phone", "other_phone", "paper_number", "institution", "release_date"),
)


class Sweep(msgspec.Struct, frozen=True):
    """A sweep under way: its number, the last key whose people were compared, how many rows of keys are done, and how
    many there were when it began."""

    number: int = 0
    after: str = ""
    done: int = 0
    total: int = 1

    @property
    def share(self) -> float:
        """How far it is, 0..1."""
        return min(self.done / self.total, 1)


# Who waits


def follow(db: Database, kind: Kind, states: Sequence[RecordState]) -> None:
    """Rows of clients were written anew: they wait to be compared, and who was removed is in no pair."""
    if kind.number == CLIENT.number and db.execute("SELECT EXISTS(SELECT 1 FROM compared)").fetchone()[0]:
        for part in parts(_rids(db, [state.record for state in states])):
            db.execute(f"DELETE FROM compared WHERE rid IN ({marks(part)})", part)
        _drop_pairs(db, _rids(db, [state.record for state in states if state.deleted]))


def drop(db: Database, kind: Kind, records: Sequence[RecordId]) -> None:
    """Takes these clients out, whose rows must still stand."""
    if kind.number == CLIENT.number:
        rids = _rids(db, records)
        _drop_pairs(db, rids)
        for part in parts(rids):
            db.execute(f"DELETE FROM compared WHERE rid IN ({marks(part)})", part)
        if rids:
            sweep = _position(db)  # The key where it stands may be a number of theirs.
            _note(db, Sweep(sweep.number, total=sweep.total))


def _drop_pairs(db: Database, rids: Iterable[int]) -> None:
    """Takes every pair with one of these rows in it away."""
    for part in parts(rids):
        for column in ("one", "other"):
            db.execute(f"DELETE FROM look_alike WHERE {column} IN ({marks(part)})", part)


def waiting(db: Database) -> int:
    """How many people are still to be compared."""
    there, done = db.execute(
        "SELECT (SELECT count(*) FROM client), (SELECT count(*) FROM compared WHERE done = 1)"
    ).fetchone()
    return int(there) - int(done)


def who_waits(db: Database) -> list[int]:
    """The people who are still to be compared."""
    rows = db.execute("SELECT rid FROM client WHERE rid NOT IN (SELECT rid FROM compared WHERE done = 1) ORDER BY rid")
    return [row[0] for row in rows]


def compared(db: Database, rids: Iterable[int]) -> set[int]:
    """Those of these people who do not wait."""
    found: set[int] = set()
    for part in parts(rids):
        rows = db.execute(f"SELECT rid FROM compared WHERE done = 1 AND rid IN ({marks(part)})", part)
        found.update(row[0] for row in rows)
    return found


# Comparing


def begin(db: Database, everybody: bool) -> Sweep:
    """The sweep that was cut short, or a new one of whoever waits, or of everybody."""
    with atomic(db):
        last = _position(db)
        if not everybody and db.execute("SELECT EXISTS(SELECT 1 FROM compared WHERE done = 0)").fetchone()[0]:
            return last
        if everybody:
            db.execute("DELETE FROM compared")
        db.execute("INSERT INTO compared SELECT rid, 0 FROM client WHERE rid NOT IN (SELECT rid FROM compared)")
        total = int(db.execute("SELECT count(*) FROM person_key WHERE key < ?", [_LAST_KEY]).fetchone()[0])
        return _note(db, Sweep(last.number + 1, total=max(total, 1)))


def under_way(db: Database) -> set[int]:
    """The people of the sweep."""
    return {row[0] for row in db.execute("SELECT rid FROM compared WHERE done = 0")}


def on_record(db: Database) -> int:
    """How many people there are, removed ones too."""
    return int(db.execute("SELECT count(*) FROM client").fetchone()[0])


def slices(db: Database, after: str) -> Iterator[Slice]:
    """Everybody by the keys that they share, in the order of the keys, some thousand rows at a time."""
    sql = "SELECT key, rid FROM person_key WHERE key > ? AND key < ? ORDER BY key, rid LIMIT ?"
    while rows := db.execute(sql, [after, _LAST_KEY, _ROWS]).fetchall():
        found: dict[str, list[int]] = {}
        for key, rid in rows:
            found.setdefault(key, []).append(rid)
        after = rows[-1][0]
        if len(rows) == _ROWS:
            found[after] = _sharing(db, after)  # It may be cut off.
        yield from _parted(found)


def _parted(found: Mapping[str, Sequence[int]]) -> Iterator[Slice]:
    """Common names by themselves: nobody who waits for the vault, or for the sweep to stop, waits for many of them."""
    blocks: list[tuple[str, Sequence[int]]] = []
    seen = 0
    for key, rids in found.items():
        blocks += [(key, rids)] if len(rids) > 1 else []
        seen += len(rids)
        if len(rids) > _LARGE:
            yield Slice(blocks, key, seen)
            blocks, seen = [], 0
    yield Slice(blocks, max(found), seen)


def facts(db: Database, rids: Sequence[int]) -> Iterator[tuple[int, names.PersonFacts]]:
    """What these people are compared by."""
    columns = ", ".join(_FACTS)
    for part in parts(rids):
        for rid, *stored in db.execute(f"SELECT rid, {columns} FROM client WHERE rid IN ({marks(part)})", part):
            yield rid, search.facts(dict(zip(_FACTS, stored, strict=True)))


def keep(db: Database, sweep: Sweep, found: Iterable[Alike], some: Slice) -> Sweep:
    """Keeps pairs that were found in a slice, and that it is done."""
    with atomic(db):
        _put(db, sweep, found)
        return _note(db, Sweep(sweep.number, some.last, sweep.done + some.rows, sweep.total))


def finish(db: Database, sweep: Sweep) -> None:
    """All of the sweep were compared: pairs of theirs that were not found again go."""
    with atomic(db):
        theirs = "SELECT rid FROM compared WHERE done = 0"
        db.execute(
            f"DELETE FROM look_alike WHERE sweep != ? AND (one IN ({theirs}) OR other IN ({theirs}))", [sweep.number]
        )
        db.execute("UPDATE compared SET done = 1 WHERE done = 0")
        _note(db, Sweep(sweep.number))


def keep_of(db: Database, rids: Collection[int], found: Iterable[Alike]) -> None:
    """These few were compared by themselves; whatever sweep is under way goes on as it was."""
    with atomic(db):
        _drop_pairs(db, rids)
        _put(db, _position(db), found)
        db.conn.executemany("INSERT OR REPLACE INTO compared VALUES(?, 1)", [(rid,) for rid in rids])


def found_in(db: Database, sweep: Sweep) -> list[Rows]:
    """The pairs that a sweep found."""
    return [
        (one, other) for one, other in db.execute("SELECT one, other FROM look_alike WHERE sweep = ?", [sweep.number])
    ]


def _put(db: Database, sweep: Sweep, found: Iterable[Alike]) -> None:
    db.conn.executemany(
        "INSERT OR REPLACE INTO look_alike VALUES(?, ?, ?, ?, ?)",
        [(*one.rows, round(one.points * HUNDRED), " ".join(one.reasons), sweep.number) for one in found],
    )


def _position(db: Database) -> Sweep:
    said = meta.get(db, _POSITION)
    return json.decode(said, type=Sweep) if said else Sweep()


def _note(db: Database, sweep: Sweep) -> Sweep:
    meta.put(db, _POSITION, json.encode(sweep).decode())
    return sweep


def _sharing(db: Database, key: str) -> list[int]:
    return [row[0] for row in db.execute("SELECT rid FROM person_key WHERE key = ? ORDER BY rid", [key])]


def _rids(db: Database, records: Sequence[RecordId]) -> list[int]:
    return list(rows_of(db, records).values())
