"""A bundle that would remove unusually much stops and asks; confirmed, it is taken in like any other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.errors import LargeChange
from desk_app.storage.vault import Vault
from desk_app.usecases import erasure, exchange, merging, records
from desk_app.usecases.merge_plan import MOST_HIDDEN, Outcome, too_large
from tests.fakes import FakeClock, acquaint, make_client, make_vault

PEOPLE = 20


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Vault, Vault]]:
    """A coordinator who holds twenty people of a desk, and the desk."""
    clock = FakeClock()
    coordinator, desk = (make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh"))
    acquaint(coordinator, desk, tmp_path)
    for number in range(PEOPLE):
        make_client(desk, f"Исмоил{'ҷон' * (number % 7)}", consents="")
    merging.merge_files(coordinator, [exchange.export(desk, "coordinator", tmp_path).file])
    yield coordinator, desk
    for vault in (coordinator, desk):
        vault.close()


def people(vault: Vault) -> int:
    return len(records.find_all(vault, "client"))


def remove(vault: Vault, count: int) -> None:
    for one in records.find_all(vault, "client")[:count]:
        records.remove(vault, one.id)


@pytest.mark.parametrize(
    ("records", "people", "all_people", "asks"),
    [
        (MOST_HIDDEN, 0, 1000, False),
        (MOST_HIDDEN + 1, 0, 1000, True),
        (1, 1, 1, False),
        (2, 2, 40, False),
        (2, 2, 39, True),
        (MOST_HIDDEN, MOST_HIDDEN, 1000, False),
    ],
)
def test_where_unusually_much_begins(records: int, people: int, all_people: int, asks: bool) -> None:
    assert (too_large(records, people, all_people) is not None) is asks


def test_one_person_is_removed_without_a_question(two: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = two
    remove(desk, 1)
    plan = merging.plan_files(coordinator, [exchange.export(desk, "coordinator", tmp_path).file])
    assert (plan.large, plan.files[0].would_hide, plan.files[0].would_hide_people) == (None, 1, 1)
    assert merging.apply_plan(coordinator, plan)[0].outcome == Outcome.MERGED
    assert people(coordinator) == PEOPLE - 1


def test_more_than_one_in_twenty_stops_and_asks(two: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = two
    remove(desk, 2)
    file = exchange.export(desk, "coordinator", tmp_path).file
    plan = merging.plan_files(coordinator, [file])
    with pytest.raises(LargeChange) as caught:
        merging.apply_plan(coordinator, plan)
    assert (caught.value.records, caught.value.people, caught.value.all_people) == (2, 2, PEOPLE)
    assert people(coordinator) == PEOPLE

    (held,) = merging.merge_files(coordinator, [file])
    assert held.outcome == Outcome.HELD
    assert isinstance(held.trouble, LargeChange)
    assert people(coordinator) == PEOPLE

    (done,) = merging.apply_plan(coordinator, plan, confirmed=True)
    assert (done.outcome, done.would_hide) == (Outcome.MERGED, 2)
    assert people(coordinator) == PEOPLE - 2
    again = merging.plan_files(coordinator, [exchange.export(desk, "coordinator", tmp_path, full=True).file])
    assert (again.large, again.files[0].would_hide) == (None, 0)


def test_erasing_many_stops_and_asks_too(two: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = two
    for one in records.find_all(desk, "client")[:2]:
        erasure.erase(desk, one.id, "asked")
    plan = merging.plan_files(coordinator, [exchange.export(desk, "coordinator", tmp_path).file])
    assert plan.large is not None
    assert (plan.files[0].would_hide, plan.files[0].would_hide_people) == (2, 2)
    merging.apply_plan(coordinator, plan, confirmed=True)
    assert people(coordinator) == PEOPLE - 2


def test_small_pieces_in_one_plan_count_together(two: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = two
    files = []
    for _ in range(2):
        remove(desk, 1)
        files.append(exchange.export(desk, "coordinator", tmp_path).file)
    plan = merging.plan_files(coordinator, files)
    assert [one.would_hide for one in plan.files] == [1, 1]
    assert plan.large is not None
    first, second = merging.merge_files(coordinator, files)
    assert (first.outcome, second.outcome) == (Outcome.MERGED, Outcome.HELD)
    assert people(coordinator) == PEOPLE - 1


def test_more_than_fifty_records_of_whatever_kind(two: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = two
    client = records.find_all(desk, "client")[0].id
    needs = [records.add(desk, "need", {"client": client, "pathway": "housing"}).id for _ in range(MOST_HIDDEN + 1)]
    merging.merge_files(coordinator, [exchange.export(desk, "coordinator", tmp_path).file])
    for need in needs:
        records.remove(desk, need)
    plan = merging.plan_files(coordinator, [exchange.export(desk, "coordinator", tmp_path).file])
    assert plan.large is not None
    assert (plan.large.records, plan.large.people) == (MOST_HIDDEN + 1, 0)
