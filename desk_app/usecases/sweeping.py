"""Comparing people on record with each other: everybody in slices, or the few who are new, each kept as it is done."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from desk_app.domain import names
from desk_app.domain.names.scoring import LIKELY
from desk_app.storage import alias, beside, comparing
from desk_app.storage import duplicates as storage
from desk_app.storage.comparing import Slice
from desk_app.storage.duplicates import Alike, Rows
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import people

Progress = Callable[[int, int], bool]
"""Called with people done and people in all; False stops: what was found so far stays, and the next call goes on."""

_FEW = 100
"""Where less than one in so many waits, each is compared by herself."""
_SOME = 10
"""So many are kept in one transaction then."""
_KEPT = 150_000
"""So many people are kept in memory, folded; beyond that they are read again."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What comparing did: of how many people, and how many open and likely pairs it found with them; `stopped` where
    the person stopped it, and some still wait."""

    people: int
    pairs: int
    likely: int
    stopped: bool = False


def compare(vault: Vault, progress: Progress | None = None, *, everybody: bool = False) -> Swept:
    """Compares whoever is new or was changed since the last time, or `everybody`, with all others.

    It goes in slices, each kept by itself; one that was cut short goes on where it stood, and then with who came since.
    """
    with as_trouble(vault.folder / DATABASE):
        first = _swept(vault, progress, everybody)
        if first.stopped or everybody or not comparing.waiting(vault.db):
            return first
        then = _swept(vault, progress, False)
    together = (first.people + then.people, first.pairs + then.pairs, first.likely + then.likely)
    return Swept(*together, then.stopped)


def settle(vault: Vault, rids: Collection[int]) -> None:
    """Compares these few now, as far as they wait. Whoever calls turns what the database raises into trouble."""
    waiting = set(rids) - comparing.compared(vault.db, rids)
    if waiting:
        _compare_few(vault, sorted(waiting))


def closed_pairs(vault: Vault) -> dict[Rows, int]:
    """The pairs that are not open, each with its points in hundredths: judged ones, and those of people who were
    offered to this desk and did not come. Whoever calls turns what the database raises into trouble."""
    apart = [client for one in people.passed_by(vault) for client in alias.members(vault.db, one)]
    hidden = {one.rows: round(one.points * storage.HUNDRED) for one in storage.with_people(vault.db, apart)}
    return hidden | storage.closed(vault.db)


class _Comparing:
    """Compares some people with all; keeps those it met in memory."""

    def __init__(self, vault: Vault, wanted: Collection[int] | None = None) -> None:
        self._db = vault.db
        self._wanted = wanted
        self._met: dict[int, names.Comparable] = {}

    def found_beside(self, rid: int, facts: names.PersonFacts) -> list[Alike]:
        """The pairs of one person with all others that may be one."""
        others = beside.worth_comparing(self._db, facts) - {rid}
        own = names.comparable(rid, facts)
        self._meet(others)
        met = (self._met[other] for other in others if other in self._met)
        judged = ((other.number, names.possible(own.facts, other.facts)) for other in met)
        return [_alike(rid, other, score) for other, score in judged if score is not None]

    def found_in(self, some: Slice) -> list[Alike]:
        """The pairs in a slice that may be one."""
        found: dict[Rows, Alike] = {}
        self._meet({rid for _, rids in some.blocks for rid in rids})
        for key, rids in some.blocks:
            block = [self._met[rid] for rid in rids if rid in self._met]
            for one, other in names.pairs(key, block, self._wanted):
                judged = names.possible(one.facts, other.facts)
                if judged is not None:
                    alike = _alike(one.number, other.number, judged)
                    found[alike.rows] = alike
        return list(found.values())

    def _meet(self, rids: Collection[int]) -> None:
        missing = [rid for rid in rids if rid not in self._met]
        if len(self._met) + len(missing) > _KEPT:
            self._met.clear()
            missing = list(rids)
        for rid, facts in comparing.facts(self._db, sorted(missing)):
            self._met[rid] = names.comparable(rid, facts)


def _alike(one: int, other: int, judged: names.PairScore) -> Alike:
    return Alike((min(one, other), max(one, other)), judged.points, judged.reasons)


def _compare_few(vault: Vault, rids: Sequence[int]) -> set[Rows]:
    """Compares each of some people with those who are worth it; returns the pairs found."""
    found: dict[Rows, Alike] = {}
    work = _Comparing(vault)
    for rid, facts in comparing.facts(vault.db, rids):
        found.update((one.rows, one) for one in work.found_beside(rid, facts))
    comparing.keep_of(vault.db, rids, found.values())
    return set(found)


def _swept(vault: Vault, progress: Progress | None, everybody: bool) -> Swept:
    """One sweep, as far as it is let go."""
    go_on: Progress = progress or (lambda _done, _total: True)
    waiting, on_record = comparing.waiting(vault.db), comparing.on_record(vault.db)
    if not everybody and not waiting:
        return Swept(0, 0, 0)
    if not everybody and waiting * _FEW < on_record:
        return _few_swept(vault, go_on)
    sweep = comparing.begin(vault.db, everybody)
    wanted = comparing.under_way(vault.db)
    work = _Comparing(vault, wanted if len(wanted) < on_record else None)
    stopped = not go_on(0, len(wanted))
    for some in () if stopped else comparing.slices(vault.db, sweep.after):
        sweep = comparing.keep(vault.db, sweep, work.found_in(some), some)
        stopped = not go_on(int(len(wanted) * sweep.share), len(wanted))
        if stopped:
            break
    if not stopped:
        comparing.finish(vault.db, sweep)
        go_on(len(wanted), len(wanted))
    return _told(vault, 0 if stopped else len(wanted), comparing.found_in(vault.db, sweep), stopped)


def _few_swept(vault: Vault, go_on: Progress) -> Swept:
    """Compares whoever waits one by one: each who was compared stays so."""
    waiting = comparing.who_waits(vault.db)
    found: set[Rows] = set()
    done = 0
    while done < len(waiting) and go_on(done, len(waiting)):
        found |= _compare_few(vault, waiting[done : done + _SOME])
        done = min(done + _SOME, len(waiting))
    if done == len(waiting):
        go_on(done, done)
    return _told(vault, done, found, done < len(waiting))


def _told(vault: Vault, compared: int, found: Collection[Rows], stopped: bool) -> Swept:
    closed = closed_pairs(vault)
    pairs = [one for one in found if one not in closed]
    likely = storage.points_of(vault.db, pairs)
    return Swept(compared, len(pairs), sum(points >= LIKELY for points in likely), stopped)
