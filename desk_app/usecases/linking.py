"""Two clients on record who are one person, or who are known to be two: saying so, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk_app.domain.errors import (
    KnownDifferent,
    LinkedThroughOthers,
    NotLinked,
    RecordNotFound,
    SameClient,
)
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import FieldValue, Values
from desk_app.domain.records.sameness import DIFFERENT, OPEN, SAME, SAMENESS, pair_of, sameness_of
from desk_app.storage import alias, rows
from desk_app.storage.journal import Write
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import records, serving


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said about a pair, and what stood there before."""

    id: RecordId
    one: RecordId
    other: RecordId
    state: str
    former: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two clients who were linked directly. `at` in Unix milliseconds, `by` a user's id."""

    id: RecordId
    one: Record
    other: Record
    at: int
    by: str


def link(vault: Vault, a: str, b: str) -> Judged:
    """Says that two clients, given by id or number, are one person.

    Raises `RecordNotFound`, `SameClient`, `NotAcceptedYet`, and `KnownDifferent` where that would make one of two
    people who are known to be different.
    """
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        one, other = _pair(vault, a, b)
        joined = {*alias.component(vault.db, one.id), *alias.component(vault.db, other.id)}
        for record in alias.judged(vault.db, joined):
            said = rows.get(vault.db, SAMENESS, record)
            apart = {said.text("one"), said.text("other")} if said and said.text("state") == DIFFERENT else None
            if apart and apart <= joined and apart != {one.id, other.id}:
                raise KnownDifferent(*(_name(vault, RecordId(client)) for client in sorted(apart)))
        return _judge(vault, one, other, SAME)


def unlink(vault: Vault, a: str, b: str) -> Judged:
    """Takes a link between two clients back: each stands on the page where it stood before.

    Raises `RecordNotFound`, `SameClient`, `NotAcceptedYet`, `NotLinked`, and `LinkedThroughOthers` where others link
    the two.
    """
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        one, other = _pair(vault, a, b)
        if _state(vault, one, other) != SAME:
            through = other.id in alias.component(vault.db, one.id)
            raise (LinkedThroughOthers if through else NotLinked)(_number(one), _number(other))
        return _judge(vault, one, other, OPEN)


def differ(vault: Vault, a: str, b: str) -> Judged:
    """Says that two clients are two people, however alike; a link between them is taken back by it.

    Raises `RecordNotFound`, `SameClient`, `NotAcceptedYet`, and `LinkedThroughOthers` where others link the two.
    """
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        one, other = _pair(vault, a, b)
        done = _judge(vault, one, other, DIFFERENT)
        if other.id in alias.component(vault.db, one.id):
            raise LinkedThroughOthers(_number(one), _number(other))
        return done


def undo(vault: Vault, done: Judged) -> None:
    """Puts back what stood there before."""
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        _write(vault, done.id, {"state": done.former})


def members(vault: Vault, client: RecordId) -> tuple[RecordId, ...]:
    """Everybody on record who is this person, the one whose page it is first; removed ones aside."""
    with as_trouble(vault.folder / DATABASE):
        return alias.members(vault.db, client)


def about_person(
    vault: Vault, kind: str, clients: Sequence[RecordId], equal: Values | None = None, order: str = "id"
) -> list[Record]:
    """Visible records of a kind about any of these clients, in the order of `records.find_all`."""
    if len(clients) == 1:
        return records.find_all(vault, kind, {**(equal or {}), "client": clients[0]}, order)
    found = [one for client in clients for one in records.find_all(vault, kind, {**(equal or {}), "client": client})]
    column = order.lstrip("-")
    found.sort(key=lambda one: (_sortable(one, column), one.id), reverse=order.startswith("-"))
    return found


def links_of(vault: Vault, clients: Sequence[RecordId]) -> list[Link]:
    """The links between these clients and others, the oldest first."""
    with as_trouble(vault.folder / DATABASE):
        said = (_link(vault, record) for record in alias.judged(vault.db, clients))
        return sorted((one for one in said if one is not None), key=lambda one: (one.at, one.id))


def state_of(vault: Vault, a: RecordId, b: RecordId) -> str:
    """What was said about a pair: same, different or open; open where nobody judged it."""
    with as_trouble(vault.folder / DATABASE):
        found = rows.get(vault.db, SAMENESS, sameness_of(a, b))
        return (found.text("state") if found else "") or OPEN


def _sortable(record: Record, column: str) -> str:
    """Of numbers only times are sorted by: as long as each other for a thousand years."""
    times = {"id": record.id, "made": f"{record.made:020}", "changed": f"{record.changed:020}"}
    return times[column] if column in times else record.text(column)


def _pair(vault: Vault, a: str, b: str) -> tuple[Record, Record]:
    found = []
    for wanted in (a, b):
        client = records.show(vault, wanted)
        if client.kind != "client":
            raise RecordNotFound(wanted)
        found.append(client)
    serving.require_people(vault, [one.id for one in found])
    if found[0].id == found[1].id:
        raise SameClient(_number(found[0]))
    return (found[0], found[1]) if found[0].id < found[1].id else (found[1], found[0])


def _judge(vault: Vault, one: Record, other: Record, state: str) -> Judged:
    record = sameness_of(one.id, other.id)
    former = _state(vault, one, other)
    values: dict[str, FieldValue] = {"state": state}
    if rows.get(vault.db, SAMENESS, record) is None:
        first, second = pair_of(one.id, other.id)
        desks = {one.text("desk"), other.text("desk")}
        # Told to a desk only if both are its own people.
        values.update(one=first, other=second, desk=desks.pop() if len(desks) == 1 else vault.desk)
    _write(vault, record, values)
    return Judged(record, one.id, other.id, state, former)


def _write(vault: Vault, record: RecordId, values: dict[str, FieldValue]) -> None:
    """A person's word about a pair counts over everything that was said of it before."""
    replaces = {}
    if rows.get(vault.db, SAMENESS, record) is not None:
        state = vault.journal.state(SAMENESS, record)
        number = SAMENESS.field("state").number
        if number in state.disagreements(SAMENESS):
            replaces["state"] = [head.version for head in state.heads[number]]
    vault.journal.write([Write(SAMENESS, record, values, replaces)])


def _state(vault: Vault, one: Record, other: Record) -> str:
    found = rows.get(vault.db, SAMENESS, sameness_of(one.id, other.id))
    return (found.text("state") if found else "") or OPEN


def _link(vault: Vault, record: RecordId) -> Link | None:
    said = rows.get(vault.db, SAMENESS, record)
    if said is None or said.text("state") != SAME:
        return None
    clients = [rows.get(vault.db, vault.registry["client"], RecordId(said.text(name))) for name in ("one", "other")]
    one, other = clients
    return Link(record, one, other, said.changed, said.changed_by) if one and other else None


def _name(vault: Vault, client: RecordId) -> str:
    found = rows.get(vault.db, vault.registry["client"], client)
    return _number(found) if found else client


def _number(client: Record) -> str:
    return client.text("number") or client.id
