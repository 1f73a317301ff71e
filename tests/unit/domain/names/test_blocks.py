"""Pairs of large blocks: whatever can come to points that count is among them, and no more than one can wait for."""

import random
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from desk_app.domain import names
from desk_app.domain.names import PersonFacts, PersonName, blocks
from tests.unit.domain.names.labelled_pairs import rows, slip

Found = set[tuple[int, int]]


def people(count: int, seed: int) -> list[PersonFacts]:
    """People of few names, born in few years, so that every block is large; every third twice, typed worse."""
    chance = random.Random(seed)
    surnames = [row["tg"] for row in rows() if row["kind"] == "surname"][:6]
    given = [row["tg"] for row in rows() if row["kind"] == "given" and row["sex"] == "m"][:6]
    found: list[PersonFacts] = []
    while len(found) < count:
        date = f"{chance.randint(1980, 1991)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        name = PersonName(chance.choice(surnames), chance.choice(given), chance.choice(given))
        release = ("3", f"2026-01-{chance.randint(1, 28):02}") if chance.random() < 0.3 else ("", "")
        birth = chance.choice((date, date, date, date[:4], ""))
        found.append(PersonFacts(name, "male", birth, institution=release[0], release_date=release[1]))
        if chance.random() < 0.3:
            typed = PersonName(slip(name.surname, chance), name.given_name, name.father_name)
            near = chance.choice((date, f"{date[:8]}{chance.randint(1, 28):02}", str(int(date[:4]) + 1) + date[4:]))
            found.append(PersonFacts(typed, "male", near, institution=release[0], release_date=release[1]))
    return found


def scored(everybody: Sequence[PersonFacts], every_pair: bool, wanted: set[int] | None = None) -> Found:
    sharing: defaultdict[str, list[names.Comparable]] = defaultdict(list)
    for number, facts in enumerate(everybody):
        for key in names.candidate_keys(facts):
            sharing[key].append(names.comparable(number, facts))
    found: Found = set()
    for key, block in sharing.items():
        for one, other in combinations(block, 2) if every_pair else names.pairs(key, block, wanted):
            if names.possible(one.facts, other.facts):
                found.add((min(one.number, other.number), max(one.number, other.number)))
    return found


def test_a_second_key_loses_nobody() -> None:
    everybody = people(400, 1)
    every = scored(everybody, every_pair=True)
    assert len(every) > 100
    assert scored(everybody, every_pair=False) == every


def test_only_pairs_with_somebody_wanted() -> None:
    everybody = people(200, 2)
    wanted = set(range(0, 200, 7))
    every = scored(everybody, every_pair=True)
    assert scored(everybody, False, wanted) == {pair for pair in every if not wanted.isdisjoint(pair)}


def test_a_name_that_all_share_costs_no_square() -> None:
    alike = [names.comparable(number, PersonFacts(PersonName("Каримов", "Саид"))) for number in range(2000)]
    pairs = list(names.pairs("n:karim", alike))
    assert len(pairs) <= 2000 * 4 * blocks.NEXT
    assert {one.number for pair in pairs for one in pair} == set(range(2000))


def test_dates_that_a_slip_makes() -> None:
    near = names.dates_near("1989-12-31")
    assert {"1990-12-31", "1988-12-31", "1989-12-13", "1989-12-30", "1998-12-31", "1979-12-31"} <= set(near)
    assert "1989-12-31" not in near
    assert all(names.score(_born("1989-12-31"), _born(date)).points == 8.0 for date in near)
    assert names.dates_near("1989") == ()


def _born(date: str) -> PersonFacts:
    return PersonFacts(PersonName("Каримов", "Саид"), birth_date=date)
