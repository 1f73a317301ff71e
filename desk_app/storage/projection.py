"""The plain tables: what the log's records look like now, ready for SQL. All of it can be made again from the log."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from sqlite_utils import Database

from desk_app.domain.clock import milliseconds_of
from desk_app.domain.fold import fold
from desk_app.domain.ids import RecordId
from desk_app.domain.record_state import RecordState, Refused
from desk_app.domain.records.declaration import FieldType, FieldValue, Kind, Registry
from desk_app.storage import alias, comparing, duplicates, log_table, search
from desk_app.storage.sqlcipher import Row

_MANY = 500


def project(db: Database, kind: Kind, records: Sequence[RecordId], fresh: bool = False) -> None:
    """Writes the rows of these records as their changes say. `fresh` promises that none has a row yet."""
    changes = log_table.of_records(db, records)
    states = [state for record in records if (state := fold(kind, changes.get(record, ()))) is not None]
    put(db, kind, states, fresh)
    gone = set(records) - {state.record for state in states}
    if gone:
        remove(db, kind, sorted(gone))


def put(db: Database, kind: Kind, states: Sequence[RecordState], fresh: bool) -> None:
    """Writes folded states as rows, with their search entries, disagreements, refused values and aliases."""
    if not states:
        return
    rows = [row_of(kind, state) for state in states]
    kept: set[RecordId] = set()
    if fresh:
        _insert(db, kind, rows)
    else:
        kept = _update(db, kind, rows, search.columns(kind))
    _note_review(db, kind, states, fresh)
    if search.is_searched(kind):
        search.index(db, kind, [state for state in states if state.record not in kept] if kept else states, fresh)
        if not fresh:
            comparing.follow(db, kind, states)
    alias.follow(db, kind, [state.record for state in states])


def _insert(db: Database, kind: Kind, rows: Sequence[Sequence[Any]]) -> None:
    """New rows, some at a time; columns that none of these fills are left out."""
    named = columns(kind)
    for start in range(0, len(rows), _MANY):
        by_column = list(zip(*rows[start : start + _MANY], strict=True))
        used = [place for place, values in enumerate(by_column) if values.count(None) < len(values)]
        quoted = ", ".join(f'"{named[place]}"' for place in used)
        sql = f'INSERT INTO "{kind.name}"({quoted}) VALUES({", ".join("?" * len(used))})'
        db.conn.executemany(sql, zip(*[by_column[place] for place in used], strict=True))


def _update(db: Database, kind: Kind, rows: Sequence[Sequence[Any]], watched: frozenset[str]) -> set[RecordId]:
    """Rows as they are now, new where there are none; returns those of which no watched column is another.

    Only what differs is written: a column in an index would cost one of its pages even where it stays as it is.
    """
    named = columns(kind)
    missing: list[Sequence[Any]] = []
    alike: dict[tuple[int, ...], list[Sequence[Any]]] = {}
    for start in range(0, len(rows), _MANY):
        part = rows[start : start + _MANY]
        there = _rows(db, kind, [row[0] for row in part])
        for row in part:
            old = there.get(row[0])
            if old is None:
                missing.append(row)
            else:
                places = tuple([place for place, value in enumerate(row) if value != old[place]])
                alike.setdefault(places, []).append(row)
    kept: set[RecordId] = set()
    for places, changed in alike.items():
        names = [named[place] for place in places]
        if watched.isdisjoint(names):
            kept.update(row[0] for row in changed)
        if names:
            settings = ", ".join(f'"{name}" = ?' for name in names)
            values = [[*[row[place] for place in places], row[0]] for row in changed]
            db.conn.executemany(f'UPDATE "{kind.name}" SET {settings} WHERE id = ?', values)
    _insert(db, kind, missing)
    return kept


def _rows(db: Database, kind: Kind, records: Sequence[RecordId]) -> dict[RecordId, Row]:
    quoted = ", ".join(f'"{name}"' for name in columns(kind))
    marks = ", ".join("?" * len(records))
    rows = db.execute(f'SELECT {quoted} FROM "{kind.name}" WHERE id IN ({marks})', list(records))
    return {row[0]: row for row in rows}


def remove(db: Database, kind: Kind, records: Sequence[RecordId]) -> None:
    """Takes records out of their table, of the search index and of the review lists."""
    if search.is_searched(kind):
        search.remove(db, kind, records)
        comparing.drop(db, kind, records)
    for record in records:
        db.execute(f'DELETE FROM "{kind.name}" WHERE id = ?', [record])
        db.execute("DELETE FROM disagreement WHERE record = ? AND kind = ?", [record, kind.number])
        db.execute("DELETE FROM refused WHERE record = ? AND kind = ?", [record, kind.number])
    alias.follow(db, kind, records)


def rebuild(db: Database, registry: Registry, page: int = 5000) -> None:
    """Fills empty kind tables, the search index and the review lists from the log."""
    for table in (
        "disagreement",
        "refused",
        "person_key",
        "person_entry",
        "person_search",
        "alias",
        *duplicates.TABLES,
    ):
        db.execute(f"DELETE FROM {table}")
    for kind in registry:
        last = ""
        while records := log_table.records_after(db, kind.number, last, page):
            project(db, kind, records, fresh=True)
            last = records[-1]


def as_stored(value: FieldValue) -> str | int | None:
    """A value as its column holds it: sets as sorted JSON lists."""
    if isinstance(value, frozenset):
        return msgspec.json.encode(sorted(value)).decode()
    return value


def as_value(kind: Kind, name: str, stored: Any) -> FieldValue:
    """A column's value as the field's."""
    field_type = kind.field(name).type
    if stored is None:
        return None
    if field_type is FieldType.SET:
        return frozenset(msgspec.json.decode(stored, type=list[str]))
    if field_type is FieldType.YES_NO:
        return bool(stored)
    found: FieldValue = stored
    return found


def columns(kind: Kind) -> list[str]:
    """The columns of a kind's table that come from the log, the id first."""
    return ["id", *(field.name for field in kind.fields), "made", "made_by", "changed", "changed_by"]


def row_of(kind: Kind, state: RecordState) -> list[str | int | None]:
    """What those columns hold of a record."""
    # Sets are what a column cannot hold; after the loop there is none.
    values: list[Any] = list(state.values.values())
    for place in _sets(kind):
        values[place] = as_stored(values[place])
    times = (milliseconds_of(state.made), state.made_by, milliseconds_of(state.changed), state.changed_by)
    return [state.record, *values, *times]


@cache
def _sets(kind: Kind) -> tuple[int, ...]:
    return tuple(place for place, field in enumerate(kind.fields) if field.type is FieldType.SET)


def _note_review(db: Database, kind: Kind, states: Sequence[RecordState], fresh: bool) -> None:
    for table in ("disagreement", "refused"):
        if not fresh and db.execute(f"SELECT EXISTS(SELECT 1 FROM {table})").fetchone()[0]:
            old = [(state.record, kind.number) for state in states]
            db.conn.executemany(f"DELETE FROM {table} WHERE record = ? AND kind = ?", old)
    db.conn.executemany(
        "INSERT INTO disagreement VALUES(?, ?, ?)",
        [(state.record, kind.number, number) for state in states for number in state.disagreements(kind)],
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO refused VALUES(?, ?, ?, ?, ?)",
        [
            (log_table.local_version(db, refused.version), refused.field, state.record, kind.number, problem(refused))
            for state in states
            for refused in state.refused
        ],
    )


def problem(refused: Refused) -> str:
    """Why a value was refused, as the review list keeps it."""
    found = getattr(refused.trouble, "problem", None)
    return str(found.value) if found else "not_readable"
