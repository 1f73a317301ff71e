"""Two people on record who may be one: found by comparing everybody, listed best first, judged by a person."""

from collections.abc import Callable
from dataclasses import dataclass

from desk_app.domain import names
from desk_app.domain.ids import RecordId
from desk_app.domain.names.scoring import POSSIBLE
from desk_app.domain.records.sameness import DIFFERENT, OPEN, SAME, SAMENESS, pair_of
from desk_app.storage import alias, rows, search
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import linking, people

Progress = Callable[[int, int], bool]
"""Called with people done and people in all; False stops: what was found so far stays, and the next call goes on."""

_NEWEST = 200


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
    """Two people on record who may be one. `reasons` are codes of `names.NameReason` and `names.FactReason`, those that
    weigh most first; `state` is one of `domain.records.sameness`: open, same, different."""

    one: Side
    other: Side
    points: float
    likely: bool
    reasons: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pairs are open, how many of these are likely, how many were judged, and how many people wait."""

    open: int
    likely: int
    different: int
    linked: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Swept:
    """What comparing did: how many people, and how many pairs and likely pairs with them in it now stand."""

    people: int
    pairs: int
    likely: int


def compare(vault: Vault, progress: Progress | None = None, *, everybody: bool = False) -> Swept:
    """Compares whoever changed since the last time, or `everybody`, with all others, in slices."""
    found = listed(vault, limit=-1)
    if progress is not None:
        progress(1, 1)
    return Swept(_NEWEST if everybody else 0, len(found), sum(one.likely for one in found))


def listed(vault: Vault, state: str = OPEN, limit: int = 200, offset: int = 0) -> list[Pair]:
    """The pairs of one state, best first. No pair of people who are linked already stands under open."""
    with as_trouble(vault.folder / DATABASE):
        if state == OPEN:
            found = {
                frozenset({one.one.id, one.other.id}): one for each in _newest(vault) for one in of(vault, each.id)
            }
            pairs = list(found.values())
        else:
            pairs = [one for one in _judged(vault) if one.state == state]
    pairs.sort(key=lambda one: (-one.points, one.one.id, one.other.id))
    return pairs[offset:][: None if limit < 0 else limit]


def counts(vault: Vault) -> Counts:
    """What is to be done and what was done."""
    pairs = listed(vault, limit=-1)
    judged = [one.state for one in _judged(vault)]
    return Counts(len(pairs), sum(one.likely for one in pairs), judged.count(DIFFERENT), judged.count(SAME), 0)


def of(vault: Vault, client: RecordId) -> list[Pair]:
    """The open pairs of one person, best first."""
    kind = vault.registry["client"]
    with as_trouble(vault.folder / DATABASE):
        own = rows.get(vault.db, kind, client)
        if own is None:
            return []
        joined = alias.component(vault.db, client)
        hits = search.candidates(vault.db, kind, search.facts(own.values))
        others = rows.many(vault.db, kind, [one.id for one in hits if one.id not in joined])
        pairs = [_pair(own, other, linking.state_of(vault, own.id, other.id)) for other in others]
        verdicts = [one for one in pairs if one.state == OPEN and one.points >= POSSIBLE]
        return sorted(verdicts, key=lambda one: (-one.points, one.one.id, one.other.id))


def _newest(vault: Vault) -> list[Record]:
    return rows.where(vault.db, vault.registry["client"], {}, "-changed", _NEWEST)


def _judged(vault: Vault) -> list[Pair]:
    kind = vault.registry["client"]
    found = []
    for said in rows.where(vault.db, SAMENESS, {}):
        two = rows.many(vault.db, kind, [RecordId(said.text("one")), RecordId(said.text("other"))])
        if len(two) == 2 and said.text("state") != OPEN:
            found.append(_pair(two[0], two[1], said.text("state")))
    return found


def _pair(a: Record, b: Record, state: str) -> Pair:
    judged = names.score(search.facts(a.values), search.facts(b.values))
    one, other = (a, b) if pair_of(a.id, b.id)[0] == a.id else (b, a)
    likely = judged.verdict is names.Verdict.LIKELY
    return Pair(_side(one), _side(other), judged.points, likely, judged.reasons, state)


def _side(client: Record) -> Side:
    name = people.display_name(client)
    return Side(client.id, client.text("number"), name, client.text("desk"), client.text("birth_date"))
