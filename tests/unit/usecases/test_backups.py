"""Backups open again or do not count; what is restored never reuses a number and gets its lost changes back."""

import os
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desk_app.domain.errors import (
    BackupUnsound,
    FileExists,
    FileUnwritable,
    VaultDamaged,
    VaultExists,
    VaultInUse,
    WrongPassphrase,
)
from desk_app.domain.records.erasure import ERASURE, erasure_of
from desk_app.storage import backup, backup_file, restoring
from desk_app.storage.journal import Write
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import (
    attachments,
    backups,
    checking,
    erasure,
    people,
    records,
    users,
)
from desk_app.usecases.restoring import restore
from tests.fakes import PASSPHRASE, USER, FakeClock, make_client, make_vault, open_vault, surroundings
from tests.unit.usecases.backup_files import altered, flipped, restored


def state(vault: Vault) -> str:
    found = checking.check(vault, deep=True)
    assert found.problems == ()
    return found.state


def test_a_vault_that_a_window_has_open_is_not_set_aside_under_it(vault: Vault, tmp_path: Path) -> None:
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    with pytest.raises(VaultInUse):
        restored(made.file, vault.folder, replace=True)
    client = make_client(vault)
    again = open_vault(vault.folder)
    assert records.show(again, client)
    again.close()


def test_a_backup_restores_to_what_it_was_made_of(vault: Vault, tmp_path: Path) -> None:
    client = make_client(vault)
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    before = state(vault)
    again = restored(made.file, tmp_path / "restored")
    try:
        assert state(again) == before
        assert records.show(again, client).values["given_name"] == "Исмоил"
        assert again.chain != vault.chain
        assert again.device == vault.device
    finally:
        again.close()


def test_a_backup_shows_nothing_of_anybody(vault: Vault, tmp_path: Path) -> None:
    make_client(vault, "Исмоил")
    made = backups.back_up(vault)
    data = made.file.read_bytes()
    assert made.file.name.startswith("roh-2026-03-05-")
    assert "Исмоил".encode() not in data
    assert b"khorugh" not in made.file.name.encode()
    with zipfile.ZipFile(made.file) as archive:
        assert sorted(archive.namelist()) == ["core.db", "facts.json", "keys.json"]
        assert not archive.read("core.db").startswith(b"SQLite")


def test_nothing_is_left_beside_a_backup(vault: Vault, tmp_path: Path) -> None:
    (vault.folder / backup.FOLDER).mkdir()
    (vault.folder / backup.FOLDER / ".scratch-killed").mkdir()
    (vault.folder / backup.FOLDER / ".scratch-killed" / DATABASE).write_bytes(b"left")
    (vault.folder / backup.FOLDER / ".backup-killed.part").write_bytes(b"left")
    made = backups.back_up(vault)
    assert list((vault.folder / backup.FOLDER).iterdir()) == [made.file]


def test_a_backup_that_does_not_open_does_not_count(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    good = backups.back_up(vault)
    last = backups.last_backup(vault)
    written = backup_file.write

    def torn(path: Path, database: Path, *others: Any) -> None:
        database.write_bytes(flipped(database.read_bytes(), 9000))
        written(path, database, *others)

    monkeypatch.setattr(backup_file, "write", torn)
    with pytest.raises(BackupUnsound):
        backups.back_up(vault)
    assert list((vault.folder / backup.FOLDER).iterdir()) == [good.file]
    assert backups.last_backup(vault) == last


def test_of_a_damaged_vault_no_backup_is_made(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    for _ in range(30):
        make_client(vault)
    vault.close()
    path = vault.folder / DATABASE
    path.write_bytes(flipped(path.read_bytes(), path.stat().st_size - 9000))
    damaged = open_vault(vault.folder)
    try:
        with pytest.raises(VaultDamaged):
            backups.back_up(damaged)
        assert not (vault.folder / backup.FOLDER).exists()
    finally:
        damaged.close()


def test_a_file_that_is_there_stays(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExists):
        backups.back_up(vault, tmp_path / "mine.txt")
    with pytest.raises(FileUnwritable):
        backups.back_up(vault, tmp_path / "nowhere" / "a.roh-backup")
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_stopped_backup_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    for moment in range(1, 4):
        calls = 0

        def progress(_done: int, _total: int, moment: int = moment) -> None:
            nonlocal calls
            calls += 1
            if calls == moment:
                raise Stop

        with pytest.raises(Stop):
            backups.back_up(vault, tmp_path / "a.roh-backup", progress)
    assert not list(tmp_path.glob("*backup*"))
    make_client(vault)


def test_a_wrong_passphrase_moves_nothing(vault: Vault, tmp_path: Path) -> None:
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    with pytest.raises(WrongPassphrase):
        restore(made.file, tmp_path / "restored", USER, "wrong" * 3, surroundings())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.roh-backup", "khorugh"]


def test_a_vault_that_lies_there_is_not_overwritten(vault: Vault, tmp_path: Path) -> None:
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    with pytest.raises(VaultExists):
        restored(made.file, vault.folder)


def test_the_replaced_vault_is_set_aside_and_its_erasures_hold(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    gone = make_client(vault, "Далер")
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    later = make_client(vault, "Зуҳро")
    vault.journal.write(
        [Write(ERASURE, erasure_of(gone), {"desk": "khorugh", "reason": "asked", "erased_on": "2026-03-05"})]
    )
    number = str(records.show(vault, later).values["number"])
    vault.close()
    again = restored(made.file, vault.folder, replace=True)
    try:
        assert (tmp_path / "khorugh.before-2026-03-05" / DATABASE).is_file()
        assert again.db.execute("SELECT count(*) FROM change WHERE kind = ?", [ERASURE.number]).fetchone()[0] > 0
        assert people.find(again, "Далер") == []
        assert (
            again.db.execute("SELECT count(*) FROM change WHERE record = ? AND body != x''", [gone]).fetchone()[0] == 0
        )
        assert str(records.show(again, make_client(again)).values["number"]) > number
    finally:
        again.close()


def test_erasures_hold_though_the_passphrase_is_another_than_on_the_day_of_the_backup(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    gone = make_client(vault)
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    users.change_passphrase(vault, PASSPHRASE, "another passphrase, much newer")
    erasure.erase(vault, gone, "asked")
    vault.close()
    done = restore(made.file, vault.folder, USER, PASSPHRASE, surroundings("restored"), replace=True)
    assert done.erasures
    again = open_vault(vault.folder)
    try:
        assert again.db.execute("SELECT count(*) FROM change WHERE record = ? AND body != x''", [gone]).fetchone() == (
            0,
        )
    finally:
        again.close()


def test_a_file_that_was_cut_in_the_backup_is_taken_whole_from_the_replaced_vault(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    Image.new("RGB", (40, 40), "red").save(tmp_path / "scan.png")
    scan = attachments.add(vault, make_client(vault), tmp_path / "scan.png", {"type": "paper", "title": "x"}).id
    before = attachments.content(vault, scan)
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    (file,) = (vault.folder / "blobs").iterdir()
    vault.close()
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / file.name).write_bytes(b"put there by somebody, and of another size")
    again = restored(altered(made.file, {f"blobs/{file.name}": b"cut"}), vault.folder, replace=True)
    try:
        assert attachments.content(again, scan) == before
    finally:
        again.close()


def test_another_vault_that_is_replaced_leaves_nothing_in_the_restored_one(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    client = make_client(vault)
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    other = make_vault(tmp_path, "vose")
    erasure.erase(other, make_client(other), "asked")
    device = other.device
    for one in (vault, other):
        one.close()
    again = restored(made.file, other.folder, replace=True)
    try:
        assert records.show(again, client)
        assert again.db.execute("SELECT count(*) FROM chain WHERE name LIKE ?", [f"{device}%"]).fetchone() == (0,)
        assert [row[0] for row in again.db.execute("SELECT name FROM counter")] == ["client khorugh 2026"]
        # Numbers that the vault gave since its backup are skipped, as if there were nothing to replace.
        assert records.show(again, make_client(again)).values["number"] == "KHG-2026-22"
    finally:
        again.close()


def test_two_dead_disks_on_one_day_give_no_number_twice(tmp_path: Path) -> None:
    clock = FakeClock()
    vault = make_vault(tmp_path, clock=clock)
    make_client(vault)
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    vault.close()
    numbers = []
    for computer in ("first", "second"):
        clock.forward(hours=2)
        again = restored(made.file, tmp_path / computer, clock)
        numbers += [records.show(again, make_client(again)).values["number"] for _ in range(5)]
        again.close()
    assert len(set(numbers)) == 10


def test_numbers_of_a_year_that_began_after_the_backup_are_skipped_too(tmp_path: Path) -> None:
    clock = FakeClock()
    vault = make_vault(tmp_path, clock=clock)
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    clock.forward(days=300)
    assert records.show(vault, make_client(vault)).values["number"] == "KHG-2026-1"
    clock.forward(days=2)
    assert records.show(vault, make_client(vault)).values["number"] == "KHG-2027-1"
    vault.close()
    again = restored(made.file, tmp_path / "new computer", clock)
    try:
        assert records.show(again, make_client(again)).values["number"] == f"KHG-2027-{20 + 302 * 72 + 1}"
        clock.forward(days=365)
        assert records.show(again, make_client(again)).values["number"] == "KHG-2028-1"
    finally:
        again.close()


def test_what_a_killed_restore_had_made_beside_is_removed_once_it_is_surely_over(vault: Vault) -> None:
    old, young = (vault.folder.with_name(f".{vault.folder.name}.{name}") for name in ("0123abcd", "89abcdef"))
    other = vault.folder.with_name(f".{vault.folder.name}.kept")
    for part in (old, young, other):
        part.mkdir()
        (part / DATABASE).write_bytes(b"sealed")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    restoring.finish(vault.folder)
    assert [part.exists() for part in (old, young, other)] == [False, True, True]


def test_a_restore_that_was_cut_short_is_finished(vault: Vault, tmp_path: Path) -> None:
    """Killed between the two renames, the vault is nowhere until somebody looks for it."""
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    folder = tmp_path / "place"
    restored(made.file, folder).close()
    folder.rename(tmp_path / ".place.restored")
    restoring.finish(folder)
    open_vault(folder).close()
    assert not (tmp_path / ".place.restored").exists()


def test_a_restore_cut_short_before_anything_moved_changes_nothing(vault: Vault, tmp_path: Path) -> None:
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    restored(made.file, tmp_path / ".khorugh.restored").close()
    restoring.finish(vault.folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.roh-backup", "khorugh"]


def test_a_day_has_one_backup_and_seven_days_and_four_weeks_stay(tmp_path: Path) -> None:
    clock = FakeClock()
    vault = make_vault(tmp_path, clock=clock)
    try:
        for _ in range(45):
            assert backups.is_due(vault)
            assert backups.daily(vault).made is not None
            assert not backups.is_due(vault)
            assert backups.daily(vault).made is None
            clock.forward(days=1)
        days = [backup_file.day_of(path.name) for path in backup.present(vault.folder / backup.FOLDER)]
    finally:
        vault.close()
    last = date(2026, 3, 5) + timedelta(days=44)
    recent = [last - timedelta(days=back) for back in range(7)]
    before = recent[-1] - timedelta(days=1)
    sundays = [before - timedelta(days=before.isoweekday() % 7 + 7 * back) for back in range(4)]
    assert set(days) == {*recent, before, *sundays[:3]} or set(days) == {*recent, *sundays}
    assert len(days) == 11


def test_backups_from_a_clock_that_ran_ahead_push_no_other_out() -> None:
    names = [backup_file.new_name(date(2060, 1, day), lambda count: bytes(count)) for day in range(1, 20)]
    real = [backup_file.new_name(date(2026, 3, day), lambda count: bytes(count)) for day in range(1, 6)]
    found = [Path(name) for name in (*real, *names)]
    assert {Path(name) for name in real} <= backup.wanted(found, date(2026, 3, 5))


def test_the_second_folder_gets_them_too_and_keeps_nobody_from_work(tmp_path: Path) -> None:
    clock = FakeClock()
    vault = make_vault(tmp_path, clock=clock)
    stick = tmp_path / "stick"
    stick.mkdir()
    try:
        backups.choose_second_folder(vault, stick)
        assert backups.daily(vault).second is not None
        assert len(backup.present(stick)) == 1
        stick.rename(tmp_path / "pulled out")
        clock.forward(days=1)
        assert backups.daily(vault).second is None
        assert not backups.standing(vault).second_there
        assert not backups.is_due(vault)
        (tmp_path / "pulled out").rename(stick)
        assert backups.is_due(vault)
        done = backups.daily(vault)
        assert done.made is None
        assert done.second is not None
    finally:
        vault.close()


def test_a_stick_that_was_away_during_an_erasure_is_cleaned_when_it_is_back(tmp_path: Path) -> None:
    clock = FakeClock()
    vault = make_vault(tmp_path, clock=clock)
    client = make_client(vault)
    Image.new("RGB", (40, 40), "red").save(tmp_path / "scan.png")
    attachments.add(vault, client, tmp_path / "scan.png", {"type": "paper", "title": "x"})
    stick, away = tmp_path / "stick", tmp_path / "away"
    (stick / "blobs").mkdir(parents=True)
    (stick / "blobs" / ("a" * 64)).write_bytes(b"another vault's")
    backups.choose_second_folder(vault, stick)
    backups.daily(vault)
    assert len(list((stick / "blobs").iterdir())) == 2
    stick.rename(away)
    erasure.erase(vault, client, "asked")
    vault.close()
    away.rename(stick)
    vault = open_vault(vault.folder, surroundings("again", clock))
    try:
        assert backups.is_due(vault)
        made = backups.daily(vault).second
        assert made is not None
        assert sorted(path.name for path in stick.iterdir()) == ["blobs", made.file.name]
        assert [path.name for path in (stick / "blobs").iterdir()] == ["a" * 64]
        assert not backups.is_due(vault)
        again = restored(made.file, tmp_path / "restored", clock)
        assert again.db.execute(
            "SELECT count(*) FROM change WHERE record = ? AND body != x''", [client]
        ).fetchone() == (0,)
        again.close()
    finally:
        vault.close()


def test_another_vaults_backups_on_the_stick_stay(tmp_path: Path) -> None:
    clock = FakeClock()
    stick = tmp_path / "stick"
    stick.mkdir()
    vaults = [make_vault(tmp_path, desk, clock) for desk in ("khorugh", "vose")]
    for vault in vaults:
        backups.choose_second_folder(vault, stick)
    for vault in vaults[:1] * 40 + vaults[1:]:
        backups.daily(vault)
        clock.forward(days=1)
    owners = [backup_file.vault_of(path) for path in backup.present(stick)]
    for vault in vaults:
        vault.close()
    assert owners.count(vaults[1].id) == 1
    assert owners.count(vaults[0].id) == 11


def test_the_second_folder_is_not_inside_the_vault(vault: Vault) -> None:
    with pytest.raises(FileUnwritable):
        backups.choose_second_folder(vault, vault.folder)


def test_a_backup_from_a_clock_that_ran_ahead_does_not_hide_that_one_is_overdue(tmp_path: Path) -> None:
    clock = FakeClock()
    vault = make_vault(tmp_path, clock=clock)
    try:
        clock.forward(days=12000)
        backups.daily(vault)
        assert not backups.standing(vault).overdue
        clock.forward(days=-12000)
        assert backups.standing(vault).overdue
        backups.daily(vault)
        assert not backups.standing(vault).overdue
    finally:
        vault.close()


def test_a_week_without_a_backup_is_said(tmp_path: Path) -> None:
    clock = FakeClock()
    vault = make_vault(tmp_path, clock=clock)
    assert backups.standing(vault).overdue
    backups.back_up(vault)
    assert not backups.standing(vault).overdue
    clock.forward(days=8)
    assert backups.standing(vault).overdue
    vault.close()


def test_attachments_go_with_a_backup_to_a_stick_and_lie_beside_the_daily_ones(tmp_path: Path) -> None:
    clock = FakeClock()
    vault = make_vault(tmp_path, clock=clock)
    scan = tmp_path / "scan.png"
    Image.new("RGB", (40, 30), "white").save(scan)
    record = attachments.add(vault, make_client(vault), scan, {"type": "paper", "title": "Шиноснома"}).id
    content = attachments.content(vault, record)
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_second_folder(vault, stick)
    backups.daily(vault)
    whole = backups.back_up(vault, tmp_path / "whole.roh-backup")
    (daily,) = backup.present(vault.folder / backup.FOLDER)
    (second,) = backup.present(stick)
    vault.close()
    with zipfile.ZipFile(daily) as archive:
        assert sorted(archive.namelist()) == ["core.db", "facts.json", "keys.json"]
    for number, file in enumerate((whole.file, second)):
        again = restored(file, tmp_path / f"again {number}", clock)
        assert attachments.content(again, record) == content
        again.close()
    # The daily one finds the files in the vault that it replaces.
    again = restored(daily, vault.folder, clock, replace=True)
    assert attachments.content(again, record) == content
    again.close()
