"""Holes that damaged files leave: nothing waits over them for ever, and what comes into one late is taken in."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from msgspec import UNSET

from desk_app.storage import log_table, partner_table
from desk_app.storage.vault import Vault
from desk_app.usecases import backups, exchange, merging, partners, records, roster, salvage
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import PASSPHRASE, USER, acquaint, carry, make_client, make_vault, open_vault, surroundings
from tests.unit.usecases.backup_files import restored
from tests.unit.usecases.test_salvage import damage, state

Salvaging = Callable[[Vault], Vault]


@pytest.fixture
def salvaging(tmp_path: Path) -> Iterator[Salvaging]:
    """Loses the pages on which some changes stand, goes on with what is left, and closes it at the end."""
    made: list[Vault] = []

    def salvaging(vault: Vault) -> Vault:
        assert damage(vault, 10, 30) > 0
        around = surroundings(("salvaged", vault.desk))
        assert salvage.salvage(vault.folder, vault.folder, USER, PASSPHRASE, around).missing > 0
        made.append(open_vault(vault.folder, around))
        assert has_hole(made[-1])
        return made[-1]

    yield salvaging
    for vault in made:
        vault.db.conn.close()


def has_hole(vault: Vault) -> bool:
    return log_table.held(vault.db) != log_table.reached(vault.db)


def names(vault: Vault) -> list[str]:
    return sorted(one.text("number") for one in records.find_all(vault, "client"))


def waiting(vaults: Sequence[Vault]) -> int:
    """The most that waits at any of them for another, by the number that is shown and by what would go."""
    there = {vault.desk for vault in vaults}
    most = 0
    for vault in vaults:
        counted = {status.code: status.waiting for status in partners.partners(vault)}
        for one in partner_table.partners(vault.db):
            assert counted[one.code] == len(exchange.waiting_for(vault, one))
            most = max(most, counted[one.code] if one.code in there else 0)
    return most


def rounds(vaults: Sequence[Vault], folder: Path) -> None:
    """Bundles of everybody to everybody, until nothing waits."""
    for _ in range(4):
        for one in vaults:
            for other in vaults:
                if partner_table.partner(one.db, other.desk):
                    carry(one, other, folder)
        if not waiting(vaults):
            return
    raise AssertionError("it waits for ever")


def test_changes_that_nobody_has_any_more_wait_nowhere_and_are_taken_in_when_they_come_after_all(
    tmp_path: Path, salvaging: Salvaging, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, first, second = (make_vault(tmp_path, code) for code in ("khorugh", "coordinator", "coordinator_2"))
    acquaint(whole, first, tmp_path)
    acquaint(first, second, tmp_path)
    for _ in range(12):
        make_client(whole)
    everybody = names(whole)
    (tmp_path / "lost").mkdir()
    late = exchange.export(whole, "coordinator", tmp_path / "lost").file
    desk = salvaging(whole)
    vaults, stick = (desk, first, second), tmp_path / "stick"
    rounds(vaults, stick)
    assert all(map(has_hole, vaults))
    assert names(desk) == names(first) == names(second) != everybody
    assert len({state(vault) for vault in vaults}) == 1
    with monkeypatch.context() as patch:
        # A coordinator with an older version does not tell what it holds over holes.
        patch.setattr(exchange, "_beyond", lambda *_: UNSET)
        carry(first, desk, stick)
    assert waiting(vaults) == 0

    (done,) = merging.merge_files(first, [late])
    assert done.outcome is Outcome.MERGED
    assert names(first) == everybody
    assert waiting(vaults) > 0
    rounds(vaults, stick)
    assert not any(map(has_hole, (first, second)))
    assert names(desk) == names(second) == everybody
    assert len({state(vault) for vault in vaults}) == 1
    for vault in (first, second):
        vault.close()


def test_what_a_coordinator_lost_of_a_desk_that_is_gone_holds_nothing_up(tmp_path: Path, salvaging: Salvaging) -> None:
    desk, whole, second = (make_vault(tmp_path, code) for code in ("khorugh", "coordinator", "coordinator_2"))
    acquaint(desk, whole, tmp_path)
    for _ in range(20):
        make_client(desk)
    carry(desk, whole, tmp_path / "stick")
    desk.close()
    first = salvaging(whole)
    acquaint(first, second, tmp_path)
    rounds((first, second), tmp_path / "stick")
    left = names(first)
    assert left == names(second)
    assert left
    # All that came counts, what lies above the hole too.
    roster.revoke(first, "khorugh")
    rounds((first, second), tmp_path / "stick")
    assert names(first) == names(second) == left
    second.close()


def test_what_only_the_backup_has_of_a_hole_goes_to_a_desk_that_confirms_what_was_sent_without_it(
    tmp_path: Path, salvaging: Salvaging
) -> None:
    author, first, desk = (make_vault(tmp_path, code) for code in ("khorugh", "coordinator", "vose"))
    for one in (author, desk):
        acquaint(first, one, tmp_path)
    for number in range(80):
        records.add(author, "organisation", {"name_tg": f"Марказ {number}", "category": "legal_aid"})
    carry(author, first, tmp_path / "stick")
    backup = backups.back_up(first, tmp_path).file
    salvaged = salvaging(first)
    carry(salvaged, desk, tmp_path / "stick")
    salvaged.close()
    assert 0 < organisations(desk) < 80
    again = restored(backup, first.folder, replace=True)
    rounds((desk, again), tmp_path / "stick")
    assert organisations(again) == organisations(desk) == 80
    for one in (author, again, desk):
        one.close()


def organisations(vault: Vault) -> int:
    return len(records.find_all(vault, "organisation"))
