"""Whoever answers what was typed, the best first."""

from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

from desk_app.domain.ids import RecordId
from desk_app.domain.names import sort_key
from desk_app.domain.rules.ranking import Fit, Ranking, Why
from desk_app.storage import finding
from desk_app.storage.finding import Seen, Way
from desk_app.storage.vault import Vault

_GUESSED = {Way.LAYOUT: Why.OTHER_LAYOUT, Way.SLIP: Why.SLIP}
_ANOTHER_READING = 0.02


class Ranked(NamedTuple):
    """A person who was found, how well (0..1), and why."""

    seen: Seen
    points: float
    why: Why


def ranked(vault: Vault, text: str, limit: int, language: str, apart: Collection[RecordId]) -> list[Ranked]:
    """People whose names or numbers match what was typed in any script, the best first; of clients who are one person
    the one found best. Equally good ones stand in the order of the language's alphabet; those `apart` nowhere."""
    answer = finding.matching(vault.db, vault.registry["client"], text)
    best: dict[RecordId, Ranked] = {}
    rankings = [Ranking(reading) for reading in answer.readings]
    for seen in answer.people:
        points, why = rankings[0].fit(seen.written) if len(rankings) == 1 else _best_reading(rankings, seen)
        before = best.get(seen.page)
        if seen.page not in apart and (before is None or points > before.points):
            best[seen.page] = Ranked(seen, points, why)
    found = (
        [one._replace(why=_GUESSED[answer.way]) for one in best.values()] if answer.way in _GUESSED else best.values()
    )
    return _in_order(found, limit, language)


def called(seen: Seen) -> str:
    """What the person is called on screen."""
    written = seen.written
    return " ".join(written.names) or (written.others[0] if written.others else "")


def _in_order(found: Iterable[Ranked], limit: int, language: str) -> list[Ranked]:
    """The best so many. Names are put in order only among those who may be seen."""
    by_points = sorted(found, key=attrgetter("points"), reverse=True)
    last = by_points[limit - 1].points if len(by_points) > limit else 0.0
    keyed = [
        (-one.points, sort_key(called(one.seen), language), one.seen.page, one)
        for one in by_points
        if one.points >= last
    ]
    keyed.sort(key=itemgetter(0, 1, 2))
    return [one for *_, one in keyed[:limit]]


def _best_reading(rankings: Sequence[Ranking], seen: Seen) -> Fit:
    first, *others = (ranking.fit(seen.written) for ranking in rankings)
    return max([first, *(Fit(fit.points - _ANOTHER_READING, fit.why) for fit in others)])
