"""People whom a desk does not serve: they were offered to it, and it declined or the offer was withdrawn.

What came with the offer goes again. In the log its changes stay without what they said, so that every chain still
verifies; rows, search keys, drafts and files go as in an erasure. What the desk itself said stays: its answer to the
offer is its own word. A desk that wrote about the person, or had her before, keeps what it has.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec
from sqlite_utils import Database

from desk_app.domain.change import fields_in
from desk_app.domain.custody import CLIENT_OF, TO
from desk_app.domain.erasing import named_in, references
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Registry
from desk_app.domain.records.sameness import SAMENESS
from desk_app.domain.records.transfer import TRANSFER, TRANSFER_REQUEST
from desk_app.storage import blob_table, erasure, log_table, meta, projection, transfers
from desk_app.storage.parts import marks, parts

KEPT = "let_go"
"""In `meta`, as JSON: the records that were let go and have not come whole again, each with its kind's number."""
_OF_OFFERS = frozenset({TRANSFER.number, SAMENESS.number})
"""What a desk says of a person before it serves her: an answer, and who she may be."""

Kinds = dict[RecordId, int]


def records(db: Database) -> Kinds:
    """The records that were let go and have not come whole again, each with its kind's number."""
    said = meta.get(db, KEPT)
    return msgspec.json.decode(said, type=Kinds) if said else {}


def let_go(db: Database, registry: Registry, desk: DeskCode, device: DeviceId) -> bool:
    """Takes out what the desk holds of people whom it does not serve, in the caller's transaction. Returns whether
    there was anything; the vault's files are to be cleaned then."""
    before = records(db)
    own = _own_chains(db, device)
    over = _over(db, before)
    # Who was let go comes back by another offer alone: an old bundle may still bring something of her, or the offer.
    left = {one for one, kind in before.items() if kind == CLIENT.number} - transfers.at_hand(db, desk, over)
    unserved = transfers.passed_by(db, desk, over) | _offered_by_who_is_out(db, desk, over) | left
    found = _telling_of_nobody(db, registry, before)
    for client in sorted(unserved):
        about = _about(db, registry, client)
        worked = {one for one, kind in about.items() if kind not in _OF_OFFERS}
        if client in left or not _said(db, worked, own, by_others=False):
            found |= about
    gone = {record: found[record] for record in _said(db, found, own, by_others=True)}
    if gone:
        _empty(db, registry, gone, own)
    after = {**before, **gone}
    if after:
        stubs = _stubs(db, after)
        _keep(db, before, {record: kind for record, kind in after.items() if record in stubs})
    return bool(gone)


def _over(db: Database, known: Mapping[RecordId, int]) -> set[RecordId]:
    """Offers that were let go and have not come whole again: a late bundle may bring the offer, and not its end. An end
    that does not count, for its author was shut out before, ended nothing."""
    offers = [record for record, kind in known.items() if kind == TRANSFER.number]
    aside = [f" AND version NOT BETWEEN {first + 1} AND {last - 1}" for first, last in log_table.set_aside(db)]
    return _having(db, offers, "body = x''" + "".join(aside))


def _offered_by_who_is_out(db: Database, desk: DeskCode, over: Collection[RecordId]) -> set[RecordId]:
    """The clients whom a device offered that was shut out before: such an offer counts for nothing."""
    found: set[RecordId] = set()
    for first, last in log_table.set_aside(db):
        question = "SELECT body FROM change WHERE version > ? AND version < ? AND kind = ?"
        said = [fields_in(body) for (body,) in db.execute(question, [first, last, TRANSFER.number])]
        found |= {RecordId(_text(one, CLIENT_OF)) for one in said if _text(one, TO) == desk}
    theirs = (
        {RecordId(row[0]) for row in db.execute("SELECT id FROM client WHERE desk = ?", [desk])} if found else set()
    )
    return found - theirs - transfers.at_hand(db, desk, over) if found else found


def _text(said: Mapping[str, object], field: str) -> str:
    value = said.get(field)
    return value[0] if isinstance(value, list) and value and isinstance(value[0], str) else ""


def _about(db: Database, registry: Registry, client: RecordId) -> Kinds:
    """The person's record and all that tells of her. A request is the business of the desks that ask and are asked."""
    found = {client: CLIENT.number}
    fresh: Kinds = found
    while fresh:
        more = dict(_naming(db, registry, fresh))
        fresh = {record: kind for record, kind in more.items() if record not in found}
        found = {**found, **fresh}
    return found


def _naming(db: Database, registry: Registry, targets: Collection[RecordId]) -> Iterator[tuple[RecordId, int]]:
    for kind in registry:
        for field in references(registry).get(kind.number, {}).values():
            for part in parts(sorted(targets)) if kind.number != TRANSFER_REQUEST.number else ():
                rows = db.execute(f'SELECT id FROM "{kind.name}" WHERE "{field}" IN ({marks(part)})', part)
                yield from ((RecordId(row[0]), kind.number) for row in rows)
    # What a device wrote that was shut out stands in no table.
    for first, last in log_table.set_aside(db):
        aside = db.execute("SELECT record, kind, body FROM change WHERE version > ? AND version < ?", [first, last])
        for record, number, body in aside.fetchall():
            if number != TRANSFER_REQUEST.number and not named_in(registry, number, body).isdisjoint(targets):
                yield RecordId(record), number


def _telling_of_nobody(db: Database, registry: Registry, known: Mapping[RecordId, int]) -> Kinds:
    """Records that were let go and of which something came again that does not say whom they are about."""
    found: Kinds = {}
    for number in {kind for kind in known.values() if kind != CLIENT.number}:
        kind, fields = registry.numbered(number), references(registry).get(number, {})
        if kind is None or not fields:
            continue
        nobody = " AND ".join(f'"{field}" IS NULL' for field in fields.values())
        for part in parts(sorted(record for record, one in known.items() if one == number)):
            rows = db.execute(f'SELECT id FROM "{kind.name}" WHERE id IN ({marks(part)}) AND {nobody}', part)
            found.update((RecordId(row[0]), number) for row in rows)
    return found


def _own_chains(db: Database, device: DeviceId) -> str:
    """The local numbers of this device's chains, as a list of SQL."""
    rows = db.execute("SELECT id FROM chain WHERE name LIKE ?", [f"{device}.%"])
    return "(" + ", ".join(str(int(row[0])) for row in rows) + ")"


def _said(db: Database, wanted: Iterable[RecordId], own: str, *, by_others: bool) -> set[RecordId]:
    """Those of the records of which this device, or others, said something that is still there."""
    whose = f"version >> {log_table.SEQ_BITS} {'NOT ' if by_others else ''}IN {own}"
    return _having(db, wanted, f"body != x'' AND {whose}")


def _stubs(db: Database, wanted: Iterable[RecordId]) -> set[RecordId]:
    return _having(db, wanted, "body = x''")


def _having(db: Database, wanted: Iterable[RecordId], condition: str) -> set[RecordId]:
    found: set[RecordId] = set()
    for part in parts(sorted(wanted)):
        rows = db.execute(f"SELECT DISTINCT record FROM change WHERE record IN ({marks(part)}) AND {condition}", part)
        found.update(RecordId(row[0]) for row in rows)
    return found


def _empty(db: Database, registry: Registry, gone: Kinds, own: str) -> None:
    files = [one.name for one in blob_table.in_log(db).values() if one.record in gone]
    blob_table.forget(db, files)
    for part in parts(sorted(gone)):
        condition = f"record IN ({marks(part)}) AND version >> {log_table.SEQ_BITS} NOT IN {own}"
        db.execute(f"UPDATE change SET body = x'', salt = x'' WHERE {condition}", part)
    for kind in registry:
        projection.project(db, kind, sorted(record for record, number in gone.items() if number == kind.number))
    erasure.drop_drafts(db, set(gone))
    erasure.add_left(db, files)


def _keep(db: Database, before: Kinds, after: Kinds) -> None:
    if after != before:
        meta.put(db, KEPT, msgspec.json.encode(after, order="sorted").decode())
