"""What bundles did to single records, kept to be looked at later: what asks for a person or took something away, and
the first of the people who came or changed. Never a value: the record's id, its fields' numbers, a code for the reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from sqlite_utils import Database

from desk_app.domain.ids import DeskCode, RecordId


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a record by one bundle. `detail` holds pairs of a field's number and, where a value was set
    aside, the code of the reason."""

    record: RecordId
    kind: int
    outcome: str
    detail: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivedBundle:
    """A bundle that was taken in, with what it did in numbers (`storage.exchange.note_received`)."""

    hash: str
    partner: DeskCode
    number: int
    made: int
    received: int
    counts: dict[str, int]


def keep(db: Database, bundle: str, results: Iterable[Result]) -> None:
    """Keeps what a bundle did to records."""
    rows = [(bundle, one.record, one.kind, one.outcome, msgspec.json.encode(one.detail).decode()) for one in results]
    db.conn.executemany("INSERT OR REPLACE INTO result VALUES(?, ?, ?, ?, ?)", rows)


def of_bundle(db: Database, bundle: str) -> list[Result]:
    """What was kept of a bundle, by record."""
    found = db.execute("SELECT record, kind, outcome, detail FROM result WHERE bundle = ? ORDER BY record", [bundle])
    return [
        Result(RecordId(record), kind, outcome, msgspec.json.decode(detail, type=tuple[tuple[int, str], ...]))
        for record, kind, outcome, detail in found
    ]


def bundles(db: Database, code: DeskCode, limit: int) -> list[ReceivedBundle]:
    """The bundles of a partner that were taken in last, the newest first."""
    rows = db.execute(
        "SELECT hash, partner, number, made, received, counts FROM bundle_received WHERE partner = ? "
        "ORDER BY received DESC, number DESC LIMIT ?",
        [code, limit],
    )
    return [
        ReceivedBundle(name, partner, number, made, received, msgspec.json.decode(counts, type=dict[str, int]))
        for name, partner, number, made, received, counts in rows
    ]
