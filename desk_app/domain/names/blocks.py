"""Which pairs of a large block of records are worth scoring: thousands may share one key.

In a block of at most `ALL_PAIRS` records every pair is. In a larger one a pair needs a second thing in common, and by
the weights of `scoring` no other pair can come to `POSSIBLE`: points for a name without a second word in common
(+3 at most) need a birth date nearly the same (+2), or another key, with a block of its own. So nothing is lost, but
for two people born or released on a day, or with a telephone or paper, that very many share, whose names have a slip in
each word; and for groups of which even the second thing is shared by more than `IN_ORDER`, where each record is scored
with the next `NEXT` in the order of birth and father's name alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from desk_app.domain.names.candidates import readings
from desk_app.domain.names.facts import PersonFacts, ReadyFacts, ready, swapped

ALL_PAIRS = 24
IN_ORDER = 150
NEXT = 20

_NAME, _BIRTH = "n:", "b:"
_ONLY_WORD = "1"


@dataclass(frozen=True, slots=True, eq=False)
class Comparable:
    """A record made ready for being compared with many. `number` is its own among those compared."""

    number: int
    facts: ReadyFacts
    readings: tuple[tuple[frozenset[str], ...], ...]


Pair = tuple[Comparable, Comparable]
Group = Sequence[Comparable]


def comparable(number: int, facts: PersonFacts) -> Comparable:
    """A record made ready once for all its blocks."""
    return Comparable(number, ready(facts), readings(facts))


def pairs(key: str, block: Group, wanted: Collection[int] | None = None) -> Iterator[Pair]:
    """The pairs among the records that share a candidate key, at least one of them `wanted` (None: all are).

    A pair that shares several keys comes again in their blocks, but for those that have their birth date in common.
    """
    groups = _born_on(key.removeprefix(_BIRTH), block) if key.startswith(_BIRTH) else [(block, block)]
    of_name = key.startswith(_NAME)
    seen: set[tuple[int, int]] = set()
    for some, others in groups:
        for one, other in _by_second_key(key, some, others, wanted):
            pair = (one.number, other.number)
            if pair not in seen and not (
                of_name and len(one.facts.birth) == 10 and one.facts.birth == other.facts.birth
            ):
                seen.add(pair)
                yield one, other


def _born_on(date: str, block: Group) -> list[tuple[Group, Group]]:
    """Those born on that day with each other, and with those who have day and month exchanged, once of the two."""
    own = [one for one in block if one.facts.birth == date]
    found: list[tuple[Group, Group]] = [(own, own)]
    if date < swapped(date):
        found.append((own, [one for one in block if one.facts.birth != date]))
    return found


def _by_second_key(key: str, some: Group, others: Group, wanted: Collection[int] | None) -> Iterator[Pair]:
    if len(some) + len(others) <= 2 * ALL_PAIRS:
        yield from _scored(some, others, wanted)
        return
    left, right = _grouped(key, some), _grouped(key, others) if others is not some else None
    for second, group in left.items():
        against = group if right is None else right.get(second, ())
        if len(group) > 1 or right is not None:
            yield from _scored(group, against, wanted)


def _grouped(key: str, block: Group) -> dict[str, list[Comparable]]:
    found: defaultdict[str, list[Comparable]] = defaultdict(list)
    of_name = key.startswith(_NAME)
    for one in block:
        seconds = {*_other_words(one, key), *_close_to(one.facts)} if of_name else _every_word(one)
        for second in seconds:
            found[second].append(one)
    return found


def _scored(some: Group, others: Group, wanted: Collection[int] | None) -> Iterable[Pair]:
    if len(some) + len(others) > 2 * IN_ORDER:
        return _neighbours(some if others is some else [*some, *others], wanted)
    if wanted is None:
        return combinations(some, 2) if others is some else product(some, others)
    mine, rest = [one for one in some if one.number in wanted], [one for one in some if one.number not in wanted]
    if others is some:
        return _chained(combinations(mine, 2), product(mine, rest))
    return _chained(product(mine, others), product(rest, [one for one in others if one.number in wanted]))


def _chained(first: Iterable[Pair], second: Iterable[Pair]) -> Iterator[Pair]:
    yield from first
    yield from second


def _neighbours(group: Group, wanted: Collection[int] | None) -> Iterator[Pair]:
    ordered = sorted(group, key=lambda one: (one.facts.birth, [word.key for word in one.facts.father], one.number))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + NEXT]:
            if wanted is None or one.number in wanted or other.number in wanted:
                yield one, other


def _every_word(one: Comparable) -> set[str]:
    return {key for reading in one.readings for word in reading for key in word}


def _other_words(one: Comparable, key: str) -> Iterator[str]:
    """The keys of the words beside that of the block. Of two keys the smaller one's block has the pair."""
    for reading in one.readings:
        for place, word in enumerate(reading):
            if key in word:
                if len(reading) == 1:
                    yield _ONLY_WORD
                for other in (*reading[:place], *reading[place + 1 :]):
                    yield from (second for second in other if second >= key)


def _close_to(facts: ReadyFacts) -> Iterator[str]:
    """What two birth dates that are nearly the same have in common (`scoring.birth_reason`)."""
    birth = facts.birth
    if len(birth) == 10:
        year, month, day = birth[:4], birth[4:7], birth[7:]
        yield from (f"{year}{month}", f"{year}.{day}", f"{year[:3]}.{month}{day}", f"{year[:2]}.{year[3]}{month}{day}")
        yield f"{''.join(sorted(year))}~{month}{day}"
        if year[3] in "90":
            yield f"{(int(year) + 1) // 10}/{month}{day}"


def dates_near(birth: str) -> tuple[str, ...]:
    """The dates that one slip or a year makes of a whole date, itself aside; not each of them is in the calendar."""
    if len(birth) != 10:
        return ()
    found = {f"{int(birth[:4]) + step:04}{birth[4:]}" for step in (-1, 1)}
    places = [place for place, sign in enumerate(birth) if sign.isdigit()]
    for place in places:
        found.update(f"{birth[:place]}{digit}{birth[place + 1 :]}" for digit in "0123456789")
        if place + 1 in places:
            found.add(f"{birth[:place]}{birth[place + 1]}{birth[place]}{birth[place + 2 :]}")
    return tuple(sorted(found - {birth}))
