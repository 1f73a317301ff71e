"""The record of access: acts that are no changes, chained by hash, and beside them what this device changed.

The hash of an entry is SHA-256 of `"roh audit v1\\0"`, the entry before's hash (32 zero bytes before the first) and the
JSON list `[number, at, user, action, kind, record, detail]`. `meta` keeps the last number and hash, so that an entry
taken from the end is missed too. Whoever holds the vault's key could make all that anew: `audit_signatures` binds it.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import msgspec
from sqlite_utils import Database

from desk_app.domain.clock import COUNTER_BITS
from desk_app.domain.ids import DeviceId
from desk_app.domain.rules.auditing import Action
from desk_app.storage import log_table, meta
from desk_app.storage.sqlcipher import Row, atomic, can_be_stored

BEFORE_FIRST = bytes(32)
"""What the first entry follows, in place of a hash."""
_DOMAIN = b"roh audit v1\0"
_LAST = "audit_last"
_CHANGES = frozenset((Action.MADE, Action.CHANGED))


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to which record, when (Unix milliseconds). `kind` of a change is the kind's number in digits."""

    at: int
    user: str
    action: str
    kind: str = ""
    record: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts to list: what is None does not matter. `since` is inside, `until` outside, in Unix milliseconds."""

    user: str | None = None
    record: str | None = None
    action: str | None = None
    since: int | None = None
    until: int | None = None


def append(db: Database, act: Act, seal: Callable[[bytes], str] | None = None) -> None:
    """Writes an act down as the last one. `seal` makes its detail of the hash that it would have with none."""
    with atomic(db):
        number, before = _last(db)
        said: Row = (number + 1, act.at, act.user, act.action, act.kind, act.record)
        row = (*said, act.detail if seal is None else seal(entry_hash(before, (*said, ""))))
        linked = entry_hash(before, row)
        db.execute("INSERT INTO audit VALUES(?, ?, ?, ?, ?, ?, ?, ?)", [*row, linked])
        meta.put(db, _LAST, f"{number + 1} {linked.hex()}")


def follow_last(db: Database) -> None:
    """Goes on from the last entry there is, where what was known of it was lost with a damaged file."""
    found = db.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    if found is not None and meta.get(db, _LAST) is None:
        meta.put(db, _LAST, f"{found[0]} {found[1].hex()}")


def seen_since(db: Database, user: str, record: str, since: int) -> bool:
    """Whether the last act of that user with that record, not before `since`, was to open it."""
    sql = "SELECT action FROM audit WHERE record = ? AND user = ? AND at >= ? ORDER BY number DESC LIMIT 1"
    found = db.execute(sql, [record, user, since]).fetchone()
    return found is not None and found[0] == Action.SEEN


def page(
    db: Database, device: DeviceId, wanted: Wanted, limit: int, offset: int, unsaid: Collection[int] = ()
) -> list[Act]:
    """Acts of the table and changes of this device, the newest first; those of the `unsaid` kinds nobody made."""
    if not all(map(can_be_stored, (wanted.user, wanted.record))):
        return []
    most = limit + offset
    parts: list[str] = []
    parameters: list[str | int] = []
    if wanted.action not in _CHANGES:
        where, values = _conditions(wanted, "at")
        parts.append(
            f"SELECT at, number AS place, user, action, kind, record, detail FROM audit WHERE {where} "
            "ORDER BY at DESC, number DESC LIMIT ?"
        )
        parameters += [*values, most]
    if wanted.action is None or wanted.action in _CHANGES:
        for chain in _own_chains(db, device):
            where, values = _conditions(wanted, f"hlc >> {COUNTER_BITS}")
            where += f" AND kind NOT IN ({', '.join(map(str, unsaid))})"
            parts.append(_changes(where))
            parameters += [chain << log_table.SEQ_BITS, (chain + 1) << log_table.SEQ_BITS, *values, most]
    if not parts:
        return []
    union = " UNION ALL ".join(f"SELECT * FROM ({part})" for part in parts)
    sql = f"SELECT at, user, action, kind, record, detail FROM ({union}) ORDER BY at DESC, place DESC LIMIT ? OFFSET ?"
    return [Act(*row) for row in db.execute(sql, [*parameters, limit, offset])]


def verify(db: Database) -> Iterator[int]:
    """The numbers of entries that are not as they were written, or do not follow the one before them."""
    number, before = 0, BEFORE_FIRST
    rows = db.execute("SELECT number, at, user, action, kind, record, detail, hash FROM audit ORDER BY number")
    for *row, linked in rows:
        if row[0] != number + 1 or linked != entry_hash(before, tuple(row)):
            yield row[0]
        number, before = row[0], linked
    if number and meta.get(db, _LAST) != f"{number} {before.hex()}":
        yield number + 1
    if not number and meta.get(db, _LAST) is not None:
        yield 1


def entry_hash(before: bytes, row: Row) -> bytes:
    """The hash of an entry, `row` without it, that follows the one with the hash `before`."""
    return hashlib.sha256(_DOMAIN + before + msgspec.json.encode(row)).digest()


def _last(db: Database) -> tuple[int, bytes]:
    number, _, linked = (meta.get(db, _LAST) or "0").partition(" ")
    return int(number), bytes.fromhex(linked) or BEFORE_FIRST


def _own_chains(db: Database, device: DeviceId) -> list[int]:
    return [row[0] for row in db.execute("SELECT id FROM chain WHERE substr(name, 1, ?) = ?", [len(device), device])]


def _changes(where: str) -> str:
    """In a chain the numbers rise with the time, so its newest are found without sorting."""
    earlier = "SELECT 1 FROM change AS before WHERE before.record = change.record AND before.hlc < change.hlc"
    action = f"iif(EXISTS ({earlier}), '{Action.CHANGED}', '{Action.MADE}') AS action"
    told = f"hlc >> {COUNTER_BITS} AS at, version AS place, user, {action}, CAST(kind AS TEXT) AS kind, record"
    return (
        f"SELECT {told}, '' AS detail FROM change WHERE version > ? AND version < ? AND {where} "
        "ORDER BY version DESC LIMIT ?"
    )


def _conditions(wanted: Wanted, at: str) -> tuple[str, list[str | int]]:
    asked: list[tuple[str, str | int | None]] = [
        ("user = ?", wanted.user),
        ("record = ?", wanted.record),
        ("action = ?", wanted.action),
        (f"{at} >= ?", wanted.since),
        (f"{at} < ?", wanted.until),
    ]
    given = [(condition, value) for condition, value in asked if value is not None]
    return " AND ".join(["TRUE", *(condition for condition, _ in given)]), [value for _, value in given]
