"""A check finds each kind of harm done to a vault, names where, and says the same of vaults that hold the same."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk_app.domain.errors import VaultInUse
from desk_app.domain.rules.soundness import FINDING
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import checking, people, records, services
from tests.fakes import make_client, make_vault, open_vault
from tests.unit.storage.stores import Store, new_store


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """A vault with a client, consents, a consultation corrected and a client removed."""
    client = make_client(vault, surname="Назаров", phone="935001234")
    service = services.record(vault, {"client": client, "type": "legal"})
    services.correct(vault, service.id, {"type": "social"})
    people.withdraw_consent(vault, client, "sharing")
    records.remove(vault, make_client(vault, "Салим"))
    return vault


def codes(vault: Vault) -> list[str]:
    found = checking.check(vault)
    assert found.ok == (not found.problems)
    assert all(one.code in FINDING for one in found.problems)
    return [one.code for one in found.problems]


def test_a_sound_vault_has_no_problems(filled: Vault) -> None:
    for deep in (False, True):
        found = checking.check(filled, deep=deep)
        assert (found.ok, found.problems, found.stopped) == (True, (), False)
        assert len(found.state) == 64


def test_a_check_changes_nothing_and_every_save_changes_the_state(filled: Vault) -> None:
    first = checking.check(filled).state
    assert checking.check(filled).state == first
    make_client(filled, "Карим")
    assert checking.check(filled).state != first


def test_a_deep_check_beside_a_window_that_reads_is_put_off_and_finds_no_damage(filled: Vault) -> None:
    other = open_vault(filled.folder)
    other.db.execute("BEGIN")
    other.db.execute("SELECT count(*) FROM client").fetchone()
    make_client(filled, "Карим")
    filled.db.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(VaultInUse):
        checking.check(filled, deep=True)
    other.db.execute("COMMIT")
    other.close()
    assert checking.check(filled, deep=True).ok


def test_the_state_is_the_same_through_another_connection(filled: Vault) -> None:
    before = checking.check(filled).state
    again = open_vault(filled.folder)
    assert checking.check(again).state == before
    again.close()


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        ("UPDATE client SET surname = 'Раҳимов' WHERE surname = 'Назаров'", {"row"}),
        ("DELETE FROM client WHERE surname = 'Назаров'", {"row", "search"}),
        (
            "UPDATE client SET id = replace(id, substr(id, 1, 1), 'f') WHERE surname = 'Назаров'",
            {"row", "stray", "search"},
        ),
        ("DELETE FROM person_search", {"search"}),
        ("DELETE FROM person_key", {"search"}),
        ("INSERT INTO disagreement SELECT id, 1, 10 FROM client LIMIT 1", {"review"}),
        ("UPDATE change SET body = CAST(replace(body, 'legal', 'work') AS BLOB)", {"body", "row"}),
        ("UPDATE change SET user = 'ffffffff' WHERE version & 0xffff = 2", {"link", "row", "mark"}),
        ("UPDATE change SET prev_hash = zeroblob(32) WHERE version & 0xffff = 3", {"link"}),
        ("DELETE FROM change WHERE version & 0xffff = 2", {"gap", "stray"}),
        ("UPDATE chain SET held = held + 5", {"mark"}),
        ("UPDATE chain SET held = held - 1", {"mark"}),
        ("UPDATE chain SET last_hash = zeroblob(32)", {"mark"}),
    ],
)
def test_harm_is_found(filled: Vault, harm: str, expected: set[str]) -> None:
    changed = filled.db.conn.execute(harm).rowcount
    assert changed > 0
    assert set(codes(filled)) & expected
    assert set(codes(filled)) <= expected


def test_a_problem_says_where_it_is(filled: Vault) -> None:
    client = records.find_all(filled, "client", {"surname": "Назаров"})[0].id
    filled.db.execute("UPDATE client SET phone = '1' WHERE surname = 'Назаров'")
    (problem,) = checking.check(filled).problems
    assert (problem.code, problem.kind, problem.record) == ("row", "client", client)


@pytest.mark.parametrize("deep", [False, True])
def test_a_page_that_was_overwritten_is_a_problem_and_no_bug(tmp_path: Path, deep: bool) -> None:
    vault = make_vault(tmp_path)
    for number in range(40):
        make_client(vault, f"Карим{number}", other_names="Раҳмонов " * 20)
    vault.close()
    path = vault.folder / DATABASE
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4096] = bytes(4096)
    path.write_bytes(bytes(data))
    damaged = open_vault(vault.folder)
    found = checking.check(damaged, deep=deep)
    assert not found.ok
    assert {one.code for one in found.problems} <= {"pages", "unreadable"}
    damaged.db.conn.close()


def test_a_check_can_be_stopped(filled: Vault) -> None:
    seen: list[tuple[int, int]] = []

    def stop_at_the_third(done: int, total: int) -> bool:
        seen.append((done, total))
        return done < 2

    found = checking.check(filled, progress=stop_at_the_third)
    assert (found.stopped, found.ok) == (True, False)
    assert [done for done, _ in seen] == [0, 1, 2]
    assert seen[0][1] > 10


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Callable[[int], Store]]:
    """Makes databases of devices."""
    made: list[Store] = []

    def make(number: int) -> Store:
        made.append(new_store(tmp_path, number))
        return made[-1]

    yield make
    for store in made:
        store.db.conn.close()


def test_equal_sets_of_changes_give_equal_states_in_other_orders(new: Callable[[int], Store]) -> None:
    one, two, three = new(1), new(2), new(3)
    client = one.write("client", given_name="Карим", safety=frozenset({"at_risk", "threat"}))
    two.take(one.changes())
    one.write("client", client, given_name="Раҳим")
    two.write("client", client, given_name="Салим", safety=frozenset({"threat"}))
    two.write("need", client=client, pathway="housing")
    everything = [*two.changes(), *one.changes()]
    three.take(reversed(everything))
    one.take(two.changes())
    two.take(one.changes())
    assert one.checked() == two.checked() == three.checked()
    assert one.checked()[1] == []
    one.write("client", client, phone="900")
    assert one.checked()[0] != two.checked()[0]


def test_refused_values_are_part_of_the_state(new: Callable[[int], Store]) -> None:
    one, two = new(1), new(2)
    client = one.write("client", given_name="Карим")
    one.db.execute("UPDATE change SET body = ?", [b'{"f":{"11":["\xd0\x9a"],"15":["nobody"]}}'])
    bad = one.changes()
    two.take(bad)
    assert [found.code for found in two.checked()[1]] == ["body"]
    assert two.db.execute("SELECT field, problem, record FROM refused").fetchall() == [(15, "not_a_choice", client)]
