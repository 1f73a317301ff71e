"""A restored desk and its coordinator: what was lost comes back, and no number is used twice."""

import shutil
from pathlib import Path

from desk_app.domain.change import hash_change
from desk_app.storage import log_table, restoring, roster
from desk_app.storage.vault import Vault
from desk_app.usecases import (
    backups,
    checking,
    erasure,
    exchange,
    merging,
    partners,
    people,
    records,
)
from tests.fakes import (
    FakeClock,
    acquaint,
    acquainted,
    carry,
    make_client,
    make_organisation,
    make_vault,
    open_vault,
    surroundings,
)
from tests.unit.usecases.backup_files import restored


def state(vault: Vault) -> str:
    found = checking.check(vault, deep=True)
    assert found.problems == ()
    return found.state


def test_what_a_restored_desk_lost_comes_back_and_no_number_is_used_twice(tmp_path: Path) -> None:
    clock = FakeClock()
    desk, coordinator = acquainted(tmp_path, clock)
    make_client(desk, "Исмоил")
    carry(desk, coordinator, tmp_path)
    carry(coordinator, desk, tmp_path)
    made = backups.back_up(desk, tmp_path / "a.roh-backup")
    for name in ("Зуҳро", "Далер"):
        make_client(desk, name)
        carry(desk, coordinator, tmp_path)
    carry(coordinator, desk, tmp_path)
    lost = state(desk)
    desk.close()

    again = restored(made.file, tmp_path / "new computer", clock)
    new = make_client(again, "Мадина")
    carry(again, coordinator, tmp_path)
    carry(coordinator, again, tmp_path)
    assert {one.name for one in people.find(again, "а")} | {"Зуҳро"}
    assert {str(one.values["given_name"]) for one in records.find_all(again, "client")} == {
        "Исмоил",
        "Зуҳро",
        "Далер",
        "Мадина",
    }
    numbers = [one.text("number") for one in records.find_all(again, "client")]
    assert len(set(numbers)) == 4
    assert records.show(again, new).values["number"] in numbers
    # Both go on from there: everything is acknowledged after one more round.
    make_client(again, "Сабо")
    carry(again, coordinator, tmp_path)
    carry(coordinator, again, tmp_path)
    (status,) = partners.partners(again)
    assert status.waiting == 0
    assert state(again) == state(coordinator) != lost
    again.close()
    coordinator.close()


def test_a_number_that_came_back_is_not_given_again(tmp_path: Path) -> None:
    """The counter of a restored desk stands behind; the lost numbers come back and are left out."""
    clock = FakeClock()
    desk, coordinator = acquainted(tmp_path, clock)
    make_client(desk)
    made = backups.back_up(desk, tmp_path / "a.roh-backup")
    for _ in range(3):
        make_client(desk)
    carry(desk, coordinator, tmp_path)
    desk.close()
    again = restored(made.file, tmp_path / "again", clock)
    carry(again, coordinator, tmp_path)
    carry(coordinator, again, tmp_path)
    again.db.execute("UPDATE counter SET value = 1")
    make_client(again)
    numbers = [one.text("number") for one in records.find_all(again, "client")]
    assert len(numbers) == 5 == len(set(numbers))
    again.close()
    coordinator.close()


def test_a_bundle_made_before_the_coordinator_knew_of_a_restore_confirms_nothing_that_was_lost(tmp_path: Path) -> None:
    clock = FakeClock()
    desk, coordinator = acquainted(tmp_path, clock)
    carry(desk, coordinator, tmp_path)
    made = backups.back_up(desk, tmp_path / "a.roh-backup")
    lost = make_organisation(coordinator)
    carry(coordinator, desk, tmp_path)
    carry(desk, coordinator, tmp_path)
    # It holds only what is newer than the bundle that the desk has confirmed, and loses.
    make_organisation(coordinator, name_ru="Центр занятости")
    under_way = exchange.export(coordinator, desk.desk, tmp_path / "under way.roh")
    desk.close()

    again = restored(made.file, tmp_path / "new computer", clock)
    try:
        merging.merge_files(again, [under_way.file])
        assert missing_at(again) == ((1,), ())
        carry(again, coordinator, tmp_path)
        carry(coordinator, again, tmp_path)
        assert missing_at(again) == ((1,), (1,))
        assert records.show(again, lost)
        assert len(records.find_all(again, "organisation")) == 2
    finally:
        coordinator.close()
        again.close()


def test_a_number_that_never_came_of_a_desk_that_was_put_back_may_have_held_what_nobody_has(tmp_path: Path) -> None:
    clock = FakeClock()
    desk, coordinator = acquainted(tmp_path, clock)
    carry(desk, coordinator, tmp_path)
    made = backups.back_up(desk, tmp_path / "a.roh-backup")
    make_client(desk)
    exchange.export(desk, "coordinator", tmp_path).file.unlink()
    desk.close()
    again = restored(made.file, tmp_path / "new computer", clock)
    exchange.export(again, "coordinator", tmp_path).file.unlink()
    make_client(again)
    carry(again, coordinator, tmp_path)
    assert missing_at(coordinator) == ((2,), ())
    clock.forward(days=365)
    assert missing_at(coordinator) == ((2,), ())
    again.close()
    coordinator.close()


def missing_at(vault: Vault) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What is to be asked for, and what of it is here by now."""
    (status,) = partners.partners(vault)
    return status.gaps, status.came_since


def test_what_a_coordinator_lost_of_one_copy_comes_again_though_it_confirms_the_other_copys_bundle(
    tmp_path: Path,
) -> None:
    clock = FakeClock()
    desk, coordinator = acquainted(tmp_path, clock)
    carry(desk, coordinator, tmp_path)
    shutil.copytree(desk.folder, tmp_path / "copy")
    copy = open_vault(tmp_path / "copy", surroundings("copy", clock))
    restoring.begin_anew(copy)
    for _ in range(2):
        carry(desk, coordinator, tmp_path)
    made = backups.back_up(coordinator, tmp_path / "c.roh-backup")
    make_client(copy, "Зуҳро")
    carry(copy, coordinator, tmp_path)
    # The coordinator confirms the newest, which the other one wrote: with it the copy knows that its own is there.
    carry(coordinator, copy, tmp_path)
    coordinator.close()

    again = restored(made.file, tmp_path / "new computer", clock)
    carry(again, copy, tmp_path)
    make_client(copy, "Далер")
    carry(copy, again, tmp_path)
    assert {one.text("given_name") for one in records.find_all(again, "client")} == {"Зуҳро", "Далер"}
    carry(again, copy, tmp_path)
    (status,) = partners.partners(copy)
    assert status.waiting == 0
    for vault in (desk, copy, again):
        vault.close()


def test_two_copies_of_a_desk_confirm_each_for_itself_what_a_restored_coordinator_said_since(tmp_path: Path) -> None:
    """Both name a bundle of the coordinator's earlier life, and only one of them has what came after that."""
    clock = FakeClock()
    desk, coordinator = acquainted(tmp_path, clock)
    carry(coordinator, desk, tmp_path)
    carry(desk, coordinator, tmp_path)
    made = backups.back_up(coordinator, tmp_path / "c.roh-backup")
    for _ in range(2):
        carry(coordinator, desk, tmp_path)
    shutil.copytree(desk.folder, tmp_path / "copy")
    copy = open_vault(tmp_path / "copy", surroundings("copy", clock))
    restoring.begin_anew(copy)
    coordinator.close()
    again = restored(made.file, tmp_path / "new computer", clock)
    said = make_organisation(again)
    carry(again, copy, tmp_path)
    carry(copy, again, tmp_path)

    carry(desk, again, tmp_path)
    carry(again, desk, tmp_path)
    assert records.show(desk, said).values == records.show(copy, said).values
    for vault in (desk, copy, again):
        vault.close()


def test_a_desk_and_a_coordinator_that_were_both_put_back_agree_on_what_is_there(tmp_path: Path) -> None:
    """Numbers of bundles were given in two lives: what is confirmed and what was counted on would never meet."""
    clock = FakeClock()
    desk, coordinator = acquainted(tmp_path, clock)
    carry(desk, coordinator, tmp_path)
    of_desk = backups.back_up(desk, tmp_path / "d.roh-backup")
    for _ in range(2):
        carry(desk, coordinator, tmp_path)
    of_coordinator = backups.back_up(coordinator, tmp_path / "c.roh-backup")
    desk.close()
    desk = restored(of_desk.file, tmp_path / "new desk", clock)
    make_client(desk)
    for _ in range(3):
        carry(desk, coordinator, tmp_path)
    carry(coordinator, desk, tmp_path)
    coordinator.close()
    coordinator = restored(of_coordinator.file, tmp_path / "new coordinator", clock)

    carry(coordinator, desk, tmp_path)
    carry(desk, coordinator, tmp_path)
    carry(coordinator, desk, tmp_path)
    (status,) = partners.partners(desk)
    assert status.waiting == 0
    (client,) = records.find_all(coordinator, "client")
    assert records.show(desk, client.id).values == client.values
    desk.close()
    coordinator.close()


def test_two_coordinators_who_each_lost_of_the_other_do_not_wait_for_each_other(tmp_path: Path) -> None:
    clock = FakeClock()
    pair = make_vault(tmp_path, "coordinator", clock), make_vault(tmp_path, "coordinator_2", clock)
    acquaint(*pair, tmp_path)
    for _ in range(2):
        for one, other in (pair, pair[::-1]):
            make_organisation(one)
            carry(one, other, tmp_path)
    for one, other in (pair, pair[::-1]):
        # As a damaged file leaves it: of the other's series the end is gone, and with it what had come.
        *_, left, first, lost = log_table.of_chain(one.db, other.chain, 0)
        last = log_table.local_version(one.db, lost.version)
        one.db.execute("DELETE FROM change WHERE version IN (?, ?)", [last - 1, last])
        log_table.set_last(one.db, other.chain, left.seq, hash_change(left))
        one.db.execute("DELETE FROM bundle_received")
        for change in (first, lost):
            roster.refold(one.db, one.registry, {change.kind: [change.record]})
        make_organisation(one)
    for _ in range(2):
        for one, other in (pair, pair[::-1]):
            merging.merge_files(other, [exchange.export(one, other.desk, tmp_path).file])
    assert [len(records.find_all(one, "organisation")) for one in pair] == [6, 6]
    for one in pair:
        one.close()


def test_erasures_that_only_a_replaced_vault_knew_of_reach_everybody_and_nothing_waits_for_ever(tmp_path: Path) -> None:
    """What was written before them since the backup is lost: above that hole nobody would ever confirm them."""
    clock = FakeClock()
    desk, coordinator = acquainted(tmp_path, clock)
    client = make_client(desk, "Исмоил")
    carry(desk, coordinator, tmp_path)
    carry(coordinator, desk, tmp_path)
    made = backups.back_up(desk, tmp_path / "a.roh-backup")
    make_client(desk, "Зуҳро")
    erasure.erase(desk, client, "retention")
    desk.close()

    again = restored(made.file, desk.folder, clock, replace=True)
    assert records.find_all(again, "client") == []
    for _ in range(2):
        carry(again, coordinator, tmp_path)
        carry(coordinator, again, tmp_path)
    assert records.find_all(coordinator, "client") == []
    (shown,) = erasure.state(coordinator)
    assert shown.reason == "retention"
    assert [one.waiting for vault in (again, coordinator) for one in partners.partners(vault)] == [0, 0]
    assert state(again) == state(coordinator)
    again.close()
    coordinator.close()
