"""People on record twice: found by comparing, listed until somebody judged, and gone with whoever goes."""

import random

import pytest

from desk_app.domain import names
from desk_app.domain.ids import RecordId
from desk_app.domain.names import blocks
from desk_app.domain.records.sameness import DIFFERENT, OPEN, SAME
from desk_app.storage import beside, comparing, schema
from desk_app.storage.vault import Vault
from desk_app.usecases import checking, duplicates, erasure, linking, records, sweeping
from desk_app.usecases.duplicates import Counts
from tests.fakes import make_client

FACTS = {"surname": "Исмоилов", "birth_date": "1973-02-03", "sex": "male"}


def together(vault: Vault, state: str = OPEN) -> list[set[RecordId]]:
    return [{one.one.id, one.other.id} for one in duplicates.listed(vault, state)]


@pytest.fixture
def three(vault: Vault) -> tuple[RecordId, RecordId, RecordId]:
    """One person twice, a year apart once more, and two who are like nobody."""
    first = make_client(vault, "Исмоил", **FACTS)
    second = make_client(vault, "Ismail", surname="Ismailov", birth_date="1973-02-03")
    third = make_client(vault, "Исмоил", **{**FACTS, "birth_date": "1974-02-03"})
    make_client(vault, "Зуҳро", surname="Назарова", sex="female", birth_date="1973-02-03")
    make_client(vault, "Исмоил", surname="Каримов", sex="male", birth_date="1990")
    return first, second, third


def test_pairs_are_found_listed_best_first_and_judged(vault: Vault, three: tuple[RecordId, RecordId, RecordId]) -> None:
    first, second, third = three
    assert duplicates.counts(vault) == Counts(0, 0, 0, 0, 5)
    found = sweeping.compare(vault)
    assert (found.people, found.pairs, found.likely, found.stopped) == (5, 3, 1, False)
    assert duplicates.counts(vault) == Counts(3, 1, 0, 0, 0)
    best, *others = duplicates.listed(vault)
    assert {best.one.id, best.other.id} == {first, second}
    assert best.likely
    assert not any(one.likely for one in others)
    assert best.reasons[:2] == ("birth_same", "other_script")
    assert best.one.name == "Исмоилов Исмоил"
    assert best.other.name == "Ismailov Ismail"
    assert duplicates.listed(vault, limit=1, offset=1) == others[:1]
    assert [{one.one.id, one.other.id} for one in duplicates.of(vault, third)] == together(vault)[1:]

    said = linking.link(vault, first, second)
    # Of the two pairs of the third with the same person only one is left.
    assert duplicates.counts(vault) == Counts(1, 0, 0, 1, 0)
    assert together(vault, SAME) == [{first, second}]
    linking.differ(vault, first, third)
    assert together(vault) == []
    assert together(vault, DIFFERENT) == [{first, third}]
    assert duplicates.counts(vault) == Counts(0, 0, 1, 1, 0)
    linking.undo(vault, said)
    assert sorted(map(sorted, together(vault))) == sorted(map(sorted, [{first, second}, {second, third}]))
    assert checking.check(vault).ok


def test_whoever_is_new_or_was_changed_waits_and_is_compared_anew(
    vault: Vault, three: tuple[RecordId, RecordId, RecordId]
) -> None:
    first, second, third = three
    sweeping.compare(vault)
    records.edit(vault, second, {"birth_date": "1999-09-09", "given_name": "Рустам"})
    assert duplicates.counts(vault).waiting == 1
    assert sweeping.compare(vault).people == 1
    assert together(vault) == [{first, third}]
    records.remove(vault, third)
    assert together(vault) == []
    records.restore(vault, third)
    fourth = make_client(vault, "Исмоил", **FACTS)
    assert {first, fourth} in [{one.one.id, one.other.id} for one in duplicates.of(vault, fourth)]
    assert duplicates.counts(vault).waiting == 1
    assert sweeping.compare(vault).people == 1
    assert {frozenset(pair) for pair in together(vault)} == {
        frozenset(pair) for pair in ((first, third), (first, fourth), (third, fourth))
    }
    assert sweeping.compare(vault).people == 0
    for record in (first, third):
        records.edit(vault, record, {"institution": "3", "release_date": "2026-01-05"})
    assert "release_same" in duplicates.of(vault, first)[0].reasons
    assert checking.check(vault).ok
    everybody = sweeping.compare(vault, everybody=True)
    assert (everybody.people, everybody.pairs) == (6, 3)


def test_an_erasure_leaves_no_pair_and_no_key(vault: Vault, three: tuple[RecordId, RecordId, RecordId]) -> None:
    first, second, _ = three
    sweeping.compare(vault, lambda done, total: done < total)
    sweeping.compare(vault)
    erasure.erase(vault, first, "asked")
    assert all(first not in pair for pair in together(vault))
    rows = vault.db.execute(
        "SELECT one FROM look_alike UNION SELECT other FROM look_alike UNION SELECT rid FROM compared"
    )
    on_record = {row[0] for row in vault.db.execute("SELECT rid FROM client")}
    assert {row[0] for row in rows} <= on_record
    assert "1973" not in vault.db.execute("SELECT value FROM meta WHERE key = 'comparing'").fetchone()[0]
    assert duplicates.of(vault, second)


def found(vault: Vault) -> set[tuple[frozenset[RecordId], float]]:
    return {(frozenset((one.one.id, one.other.id)), one.points) for one in duplicates.listed(vault, limit=-1)}


@pytest.fixture
def namesakes(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """People of few names and years, some twice; a block of more than two is a large one."""
    for place in (blocks, names):
        monkeypatch.setattr(place, "ALL_PAIRS", 2)
    chance = random.Random(4)
    for _ in range(22):
        date = f"{chance.randint(1984, 1987)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        person = {"surname": chance.choice(("Каримов", "Назаров")), "birth_date": chance.choice((date, date[:4]))}
        named = chance.choice(("Саид", "Рустам"))
        make_client(vault, named, **person)
        if chance.random() < 0.4:
            near = {**person, "birth_date": str(int(date[:4]) + 1) + date[4:], "surname": "Каримзода"}
            make_client(vault, named, **chance.choice((person, near)), phone="900112233")
    return vault


def test_one_by_one_or_all_together_or_cut_short_finds_the_same(
    namesakes: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = namesakes
    whole = sweeping.compare(vault)
    wanted = found(vault)
    assert whole.pairs == len(wanted) > 10

    def begin_anew() -> None:
        vault.db.execute("DELETE FROM meta WHERE key = 'projection'")
        schema.fit_projection(vault.db, vault.registry, vault.journal.rebuild)
        assert duplicates.counts(vault).waiting == whole.people
        assert found(vault) == set()

    begin_anew()
    monkeypatch.setattr(comparing, "_ROWS", 5)
    monkeypatch.setattr(comparing, "_LARGE", 3)
    steps = 0
    while (swept := sweeping.compare(vault, _Once())).stopped:
        steps += 1
        assert duplicates.counts(vault).waiting == whole.people
    assert steps > 5
    assert (swept.people, found(vault)) == (whole.people, wanted)

    begin_anew()
    for client in records.find_all(vault, "client"):
        duplicates.of(vault, client.id)
    assert duplicates.counts(vault).waiting == 0
    assert found(vault) == wanted

    begin_anew()
    monkeypatch.setattr(sweeping, "_FEW", 0)
    seen: list[tuple[int, int]] = []
    assert sweeping.compare(vault, lambda done, people: bool(seen.append((done, people)) or done < 10)).stopped
    assert duplicates.counts(vault).waiting == whole.people - 10
    assert sweeping.compare(vault).people == whole.people - 10
    assert (seen[0], found(vault)) == ((0, whole.people), wanted)


class _Once:
    """Lets one slice pass, and stops the next."""

    def __init__(self) -> None:
        self._calls = 0

    def __call__(self, done: int, people: int) -> bool:
        assert 0 <= done <= people
        self._calls += 1
        return self._calls < 2


def test_among_very_many_of_one_name_only_the_nearest_are_looked_at(
    vault: Vault, three: tuple[RecordId, RecordId, RecordId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "_MOST", 2)
    facts = names.PersonFacts(name=names.PersonName("Исмоилов", "Исмоил"), birth_date="1973-02-03")
    rows = beside.worth_comparing(vault.db, facts)
    assert len(rows) == 2
    (first,) = vault.db.execute("SELECT rid FROM client WHERE id = ?", [three[0]]).fetchone()
    assert first in rows
