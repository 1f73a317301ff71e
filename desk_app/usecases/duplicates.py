"""Two people on record who may be one: listed best first, judged by a person.

`sweeping` finds them. What is said of a pair (`linking`) moves it at once; nothing here changes a record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk_app.domain import names
from desk_app.domain.ids import RecordId
from desk_app.domain.names.scoring import LIKELY
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.sameness import DIFFERENT, OPEN, SAME, pair_of
from desk_app.storage import alias, comparing, rows, search
from desk_app.storage import duplicates as storage
from desk_app.storage.duplicates import Alike
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import people
from desk_app.usecases.merge_plan import FilePlan, Outcome
from desk_app.usecases.merge_results import Became
from desk_app.usecases.sweeping import closed_pairs, settle

AT_ONCE = 100
"""So many new people are compared when a bundle was taken in; more wait for a sweep, which takes its time."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two people of a pair, as listed."""

    id: RecordId
    number: str
    name: str
    desk: str
    birth_date: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people on record who may be one. `reasons` are codes of `names.FactReason` and `names.NameReason`: what
    agrees by its weight, what was seen in the names, what differs. `state` is one of `domain.records.sameness`."""

    one: Side
    other: Side
    points: float
    likely: bool
    reasons: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pairs are open, how many of these are likely, how many were judged to be two people and how many to be
    one, and how many people wait to be compared."""

    open: int
    likely: int
    different: int
    linked: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Of the people who came new with bundles: how many there are, how many were compared at once, and who of these
    looks like somebody on record."""

    new: int
    compared: int
    alike: tuple[RecordId, ...]


def listed(vault: Vault, state: str = OPEN, limit: int = 200, offset: int = 0) -> list[Pair]:
    """The pairs of one state, best first; `limit` below 0 for all. No pair of people who are linked already, or known
    to be two, is open; nor two pairs of the same two people."""
    with as_trouble(vault.folder / DATABASE):
        if state != OPEN:
            pairs = _judged(vault, state)
            return pairs[offset:] if limit < 0 else pairs[offset : offset + limit]
        closed = closed_pairs(vault)
        most = -1 if limit < 0 else offset + limit + len(closed)
        found = [one for one in storage.best(vault.db, most) if one.rows not in closed][offset:]
        return _as_pairs(vault, found if limit < 0 else found[:limit])


def counts(vault: Vault) -> Counts:
    """How much is to be judged, was judged, and is to be compared."""
    with as_trouble(vault.folder / DATABASE):
        closed = closed_pairs(vault).values()
        likely = sum(points >= LIKELY * storage.HUNDRED for points in closed)
        return Counts(
            storage.count(vault.db) - len(closed),
            storage.count(vault.db, LIKELY) - likely,
            len(storage.judged(vault.db, DIFFERENT)),
            len(storage.judged(vault.db, SAME)),
            comparing.waiting(vault.db),
        )


def of(vault: Vault, *wanted: RecordId) -> list[Pair]:
    """The open pairs of some people, by whichever client, best first. Whoever still waits is compared now."""
    with as_trouble(vault.folder / DATABASE):
        clients = [client for one in wanted for client in alias.members(vault.db, one)]
        settle(vault, storage.rows_of(vault.db, clients).values())
        closed = closed_pairs(vault)
        return _as_pairs(vault, [one for one in storage.with_people(vault.db, clients) if one.rows not in closed])


def arrived(vault: Vault, files: Sequence[FilePlan]) -> Arrivals:
    """Compares the first of the people who came new with these bundles, once they were taken in; the others wait."""
    merged = [one for one in files if one.outcome is Outcome.MERGED]
    new = sum((one.told.kinds or {}).get(CLIENT.name, (0, 0))[0] for one in merged)
    told = [each for one in merged for each in one.told.records if each.kind is CLIENT and each.became is Became.NEW]
    named = [one.record for one in told[:AT_ONCE]]
    if not named:
        return Arrivals(new, 0, ())
    with as_trouble(vault.folder / DATABASE):
        rids = storage.rows_of(vault.db, named)
        settle(vault, set(rids.values()))
        closed = closed_pairs(vault)
        alike = {rid for one in storage.with_people(vault.db, named) if one.rows not in closed for rid in one.rows}
    return Arrivals(new, len(rids), tuple(one for one in named if rids.get(one) in alike))


def _as_pairs(vault: Vault, found: Sequence[Alike]) -> list[Pair]:
    ids = storage.ids(vault.db, {rid for one in found for rid in one.rows})
    clients = _clients(vault, ids.values())
    pairs = []
    for one in found:
        two = pair_of(*(ids[rid] for rid in one.rows))
        sides = (_side(clients[two[0]]), _side(clients[two[1]]))
        pairs.append(Pair(*sides, one.points, one.points >= LIKELY, one.reasons, OPEN))
    return pairs


def _judged(vault: Vault, state: str) -> list[Pair]:
    judged = storage.judged(vault.db, state)
    clients = _clients(vault, {client for pair in judged for client in pair})
    pairs = []
    for one, other in (sorted(pair) for pair in judged):
        a, b = clients[one], clients[other]
        found = names.score(search.facts(a.values), search.facts(b.values))
        likely = found.verdict is names.Verdict.LIKELY
        pairs.append(Pair(_side(a), _side(b), found.points, likely, found.reasons, state))
    return sorted(pairs, key=lambda one: (-one.points, one.one.id, one.other.id))


def _clients(vault: Vault, ids: Iterable[RecordId]) -> dict[RecordId, Record]:
    return {one.id: one for one in rows.many(vault.db, CLIENT, sorted(ids))}


def _side(client: Record) -> Side:
    name = people.display_name(client)
    return Side(client.id, client.text("number"), name, client.text("desk"), client.text("birth_date"))
