"""Bundles sent and received, and which changes a partner has not acknowledged yet."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import msgspec
from sqlite_utils import Database

from desk_app.domain.change import ChainId, Change, chain_id, split_chain
from desk_app.domain.holdings import Holdings
from desk_app.domain.ids import DeskCode, DeviceId
from desk_app.storage import log_table, meta

_EMPTIED = "emptied_up_to"
MOST_FORGOTTEN = 10_000
"""A receipt for a bundle further ahead than this is no word of an earlier life but nonsense."""

Vector = Mapping[ChainId, int]
"""Chain -> the number of its last change."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle made for a partner; `held` is what the log held when it was made."""

    partner: DeskCode
    number: int
    hash: str
    made: int
    changes: int
    held: Vector
    acknowledged: int | None


@dataclass(frozen=True, slots=True)
class Received:
    """A bundle of a partner that was taken in."""

    hash: str
    partner: DeskCode
    number: int
    made: int
    received: int


def last_sent(db: Database, code: DeskCode) -> Sent | None:
    """The newest bundle made for a partner."""
    return _sent(db, "partner = ? ORDER BY number DESC LIMIT 1", code)


def last_acknowledged(db: Database, code: DeskCode) -> Sent | None:
    """The newest bundle that the partner's last receipt covers."""
    return _sent(db, "partner = ? AND acknowledged IS NOT NULL ORDER BY number DESC LIMIT 1", code)


def note_sent(db: Database, sent: Sent) -> None:
    """Keeps that a bundle was made."""
    held = msgspec.json.encode(dict(sent.held)).decode()
    row = [sent.partner, sent.number, sent.hash, sent.made, sent.changes, held, sent.acknowledged]
    db.execute("INSERT INTO bundle_sent VALUES(?, ?, ?, ?, ?, ?, ?)", row)


def note_receipt(db: Database, code: DeskCode, number: int, bundle_hash: str, at: int, held: Vector) -> None:
    """Moves the acknowledgement to the bundle a receipt names; a receipt that goes back takes later ones away.

    A receipt for a bundle that this vault does not know of tells of another life of it: it was put back since, or it is
    a copy. That bundle is kept in the place of its own of that number, with what the partner says to have now of what
    came from here, `held`: on what this vault counted on before the two would never agree. Named again it is measured
    again, for of two copies of the partner each has something else.
    """
    sql = "SELECT 1 FROM bundle_sent WHERE partner = ? AND number = ? AND hash = ? AND made"
    if not db.execute(sql, [code, number, bundle_hash]).fetchone():
        last = db.execute("SELECT coalesce(max(number), 0) FROM bundle_sent WHERE partner = ?", [code]).fetchone()[0]
        if number > last + MOST_FORGOTTEN:
            return
        db.execute("DELETE FROM bundle_sent WHERE partner = ? AND number = ?", [code, number])
        note_sent(db, Sent(code, number, bundle_hash, made=0, changes=0, held=held, acknowledged=None))
    db.execute("UPDATE bundle_sent SET acknowledged = NULL WHERE partner = ? AND number > ?", [code, number])
    db.execute(
        "UPDATE bundle_sent SET acknowledged = coalesce(acknowledged, ?) WHERE partner = ? AND number <= ?",
        [at, code, number],
    )


def note_lacking(db: Database, code: DeskCode, lacking: Vector) -> None:
    """No bundle counts as bringing a partner more of these chains than it says to have: it was put back since, and what
    it confirms was made by a copy of this vault, or in another life of it."""
    sent = last_acknowledged(db, code)
    told = {chain: min(seq, lacking.get(chain, seq)) for chain, seq in sent.held.items()} if sent else {}
    if sent and told != sent.held:
        sql = "UPDATE bundle_sent SET held = ? WHERE partner = ? AND number = ?"
        db.execute(sql, [msgspec.json.encode(told).decode(), code, sent.number])


def forget_receipts(db: Database, code: DeskCode) -> None:
    """Nothing counts as acknowledged: the partner was emptied, or has another device; everything goes to it again."""
    db.execute("UPDATE bundle_sent SET acknowledged = NULL WHERE partner = ?", [code])


def take_back(db: Database, chain: ChainId, seq: int) -> None:
    """No partner counts as holding more of a chain than up to this number, whatever it confirmed: it was not sent."""
    rows = db.execute("SELECT partner, number, held FROM bundle_sent WHERE instr(held, ?)", [chain]).fetchall()
    for code, number, said in rows:
        held = msgspec.json.decode(said, type=dict[ChainId, int])
        if held.get(chain, 0) > seq:
            lowered = msgspec.json.encode({**held, chain: seq}).decode()
            db.execute("UPDATE bundle_sent SET held = ? WHERE partner = ? AND number = ?", [lowered, code, number])


def take_back_filled(db: Database, arriving: Iterable[Change], device: DeviceId | None = None) -> None:
    """What is about to come into a hole went to nobody with what lies above it: no partner counts as holding more than
    what lies below. With a `device` of its chains alone, for others' chains have holes at a desk by design."""
    lowest: dict[ChainId, int] = {}
    for one, of_chain in groupby(arriving, key=itemgetter(0, 1)):
        if device in (None, one[0]):
            chain, first = chain_id(*one), min(change.seq for change in of_chain)
            lowest[chain] = min(first, lowest.get(chain, first))
    for chain, first in lowest.items():
        if first < log_table.last_number(db, chain):
            take_back(db, chain, first - 1)


def take_back_kinds(db: Database, kinds: Collection[int]) -> None:
    """What came in kinds that this vault could not read until now was sent to nobody: whose it is shows only now."""
    question = f"""SELECT chain.name, min(change.version & {log_table.SEQ_MASK}) FROM change
        JOIN chain ON chain.id = change.version >> {log_table.SEQ_BITS}
        WHERE change.kind IN (SELECT value FROM json_each(?)) GROUP BY chain.id"""
    for chain, first in db.execute(question, [msgspec.json.encode(sorted(kinds)).decode()]).fetchall():
        take_back(db, ChainId(chain), first - 1)


def note_received(db: Database, received: Received, counts: Mapping[str, int], upto: Vector | None = None) -> None:
    """Keeps that a bundle was taken in, and how far its sender had written its own chains with it."""
    db.execute(
        "INSERT INTO bundle_received VALUES(?, ?, ?, ?, ?, ?, ?)",
        [
            received.hash,
            received.partner,
            received.number,
            received.made,
            received.received,
            msgspec.json.encode(dict(counts)).decode(),
            msgspec.json.encode(dict(upto or {})).decode(),
        ],
    )


def note_emptied(db: Database, before: Database) -> None:
    """Keeps, in a vault that was emptied, up to which number bundles had come: those are no gap, and nothing of them
    is there any more."""
    newest = dict(before.execute("SELECT partner, max(number) FROM bundle_received GROUP BY partner").fetchall())
    reached = {**newest, **{code: max(number, newest.get(code, 0)) for code, number in emptied_up_to(before).items()}}
    meta.put(db, _EMPTIED, msgspec.json.encode(reached).decode())


def emptied_up_to(db: Database) -> dict[DeskCode, int]:
    """The numbers up to which partners' bundles came before this vault was emptied."""
    said = meta.get(db, _EMPTIED)
    return msgspec.json.decode(said, type=dict[DeskCode, int]) if said else {}


def received_as(db: Database, bundle_hash: str) -> Received | None:
    """How this very bundle was taken in before, or None."""
    row = db.execute(
        "SELECT hash, partner, number, made, received FROM bundle_received WHERE hash = ?", [bundle_hash]
    ).fetchone()
    return Received(*row) if row else None


def received_from(db: Database, code: DeskCode) -> list[Received]:
    """The bundles taken in from a partner, by number; of two with one number the later last."""
    rows = db.execute(
        "SELECT hash, partner, number, made, received FROM bundle_received WHERE partner = ? ORDER BY number, rowid",
        [code],
    )
    return [Received(*row) for row in rows]


def note_since(db: Database, bundle_hash: str, since: str) -> None:
    """Keeps that a bundle holds only what is newer than another one of its sender."""
    db.execute("INSERT OR IGNORE INTO bundle_since VALUES(?, ?)", [bundle_hash, since])


def last_whole(db: Database, code: DeskCode) -> Received | None:
    """The newest bundle of a partner that may be confirmed."""
    return next(reversed(whole_from(db, code)), None)


def whole_from(db: Database, code: DeskCode) -> list[Received]:
    """The bundles of a partner that were taken in whole, with those they go on from; in the order of `received_from`.

    One that goes on from a bundle which is not here was made before the partner knew that this vault had been put back,
    or for a copy of it: what lies between the two never came.
    """
    received = {one.hash: one for one in received_from(db, code)}
    since = dict(db.execute("SELECT hash, since FROM bundle_since").fetchall())
    whole: set[str] = {name for name in received if name not in since}
    while more := {name for name in received.keys() - whole if since[name] in whole}:
        whole |= more
    return [one for one in received.values() if one.hash in whole]


def own_chains_by_number(db: Database, code: DeskCode) -> dict[int, set[ChainId]]:
    """Of which of its own chains a partner's bundles brought something, by their numbers."""
    found: dict[int, set[ChainId]] = {}
    for number, upto in db.execute("SELECT number, upto FROM bundle_received WHERE partner = ?", [code]).fetchall():
        found.setdefault(number, set()).update(msgspec.json.decode(upto, type=dict[ChainId, int]) if upto else ())
    return found


def newest_received(db: Database) -> dict[DeskCode, int]:
    """When the last bundle of each partner was taken in, in Unix milliseconds."""
    rows = db.execute("SELECT partner, max(received) FROM bundle_received GROUP BY partner")
    return {DeskCode(code): at for code, at in rows}


def own_changes(db: Database, device: DeviceId, after: Vector) -> list[Change]:
    """What this device wrote, in all its incarnations, above the vector."""
    return [
        change
        for chain in log_table.chains(db)
        if split_chain(chain)[0] == device
        for change in log_table.of_chain(db, chain, after.get(chain, 0))
    ]


def all_changes(db: Database, device: DeviceId, after: Vector, device_has: Holdings) -> list[Change]:
    """What one coordinator sends another: everything above the vector, and of the other's own chains what it lost."""
    found = lost(db, device, device_has)
    for chain in log_table.chains(db):
        if split_chain(chain)[0] != device:
            found += log_table.of_chain(db, chain, after.get(chain, 0))
    return found


def lost(db: Database, device: DeviceId, has: Holdings) -> list[Change]:
    """What is here of a device's own chains and not there."""
    return [
        change
        for chain in log_table.chains(db)
        if split_chain(chain)[0] == device
        for change in log_table.of_chain(db, chain, has.upto.get(chain, 0))
        if not has.hold(chain, change.seq)
    ]


def _sent(db: Database, condition: str, code: DeskCode) -> Sent | None:
    row = db.execute(
        f"SELECT partner, number, hash, made, changes, held, acknowledged FROM bundle_sent WHERE {condition}", [code]
    ).fetchone()
    if row is None:
        return None
    held: dict[ChainId, int] = msgspec.json.decode(row[5], type=dict[ChainId, int])
    code, number, name, made, changes, _, acknowledged = row
    return Sent(code, number, name, made, changes, held, acknowledged)
