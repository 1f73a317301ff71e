"""Copies of a vault are told from it by the lease, so that no number of a change is ever given twice."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from desk_app.domain.change import ChainId
from desk_app.domain.holdings import Holdings
from desk_app.domain.rules.auditing import Action
from desk_app.storage import lease
from desk_app.storage.vault import Vault
from desk_app.usecases import backups, copies, exchange, merging, notices, records, restoring, vaults
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import PASSPHRASE, acquaint, make_client, make_vault, open_vault, surroundings

Open = Callable[[Path, str], Vault]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens the vault in a folder as a user of the system whose profile has that name."""
    standing: list[Vault] = []
    number = count()

    def open_as(folder: Path, profile: str) -> Vault:
        around = surroundings(("opened", next(number)))
        standing.append(open_vault(folder, replace(around, profile=tmp_path / "profiles" / profile)))
        return standing[-1]

    yield open_as
    for vault in standing:
        vault.close()


@pytest.fixture
def desk(tmp_path: Path, opened: Open) -> Vault:
    """A desk's vault that its user opened for the first time."""
    make_vault(tmp_path, "khorugh").close()
    return opened(tmp_path / "khorugh", "hers")


@pytest.fixture
def coordinator(tmp_path: Path, desk: Vault) -> Iterator[Vault]:
    """One who knows the desk, and whom it knows."""
    made = make_vault(tmp_path, "coordinator")
    acquaint(desk, made, tmp_path)
    yield made
    made.close()


def unlocked_again(vault: Vault, profile: str = "hers") -> ChainId:
    """What an unlock does about copies, without the second that a passphrase takes."""
    place = vault.surroundings.profile
    assert place is not None
    vault.surroundings = replace(vault.surroundings, profile=place.with_name(profile))
    copies.look(vault)
    return vault.chain


def copied(vault: Vault, to: Path) -> Path:
    """A copy of the vault's folder, as it lies when it is locked."""
    vault.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(shutil.copytree(vault.folder, to))


def told(vault: Vault) -> int:
    return sum(one.action is Action.COPY_FOUND for one in notices.notices(vault))


def side(vault: Vault) -> Path:
    """The one file that the user keeps of the vault."""
    assert vault.surroundings.profile is not None
    (file,) = vault.surroundings.profile.iterdir()
    return file


def sent(vault: Vault, coordinator: Vault, folder: Path) -> Outcome:
    (done,) = merging.merge_files(coordinator, [exchange.export(vault, "coordinator", folder).file])
    return done.outcome


def test_the_same_user_writes_on_in_the_same_series(desk: Vault, opened: Open) -> None:
    chain, token = desk.chain, (desk.folder / lease.FILE).read_bytes()
    again = opened(desk.folder, "hers")
    assert (again.chain, told(again)) == (chain, 0)
    assert (desk.folder / lease.FILE).read_bytes() != token
    kept = side(again)
    ((profile, now),) = json.loads((desk.folder / lease.FILE).read_bytes()).items()
    assert json.loads(kept.read_bytes()) == {"profile": profile, "token": now, "coming": now}
    assert all(one not in kept.name + kept.read_text() for one in (again.id, again.device, "khorugh"))


def test_two_laptops_with_copies_of_one_folder_never_give_one_number_twice(
    tmp_path: Path, desk: Vault, coordinator: Vault, opened: Open
) -> None:
    copy = opened(copied(desk, tmp_path / "copy"), "another laptop")
    assert copy.device == desk.device
    assert copy.chain != desk.chain
    assert (told(desk), told(copy)) == (0, 1)
    assert unlocked_again(copy, "another laptop") == copy.chain
    for number, vault in enumerate((desk, copy, desk, copy)):
        make_client(vault, f"Исмоил {number}")
        assert sent(vault, coordinator, tmp_path) is Outcome.MERGED
    assert len(records.find_all(coordinator, "client")) == 4


def test_a_copy_opened_by_the_same_user_begins_a_new_series(tmp_path: Path, desk: Vault, opened: Open) -> None:
    """Beside the original, and as yesterday's copy that is put in its place."""
    yesterday = copied(desk, tmp_path / "yesterday")
    today = unlocked_again(desk)
    put_back = opened(yesterday, "hers")
    seen = {today, put_back.chain, unlocked_again(desk), unlocked_again(put_back)}
    assert len(seen) == 4
    assert unlocked_again(put_back) in seen
    assert told(put_back) == 2


def test_a_stick_that_goes_between_two_computers_keeps_a_series_for_each(desk: Vault) -> None:
    hers = desk.chain
    office = unlocked_again(desk, "office")
    assert office != hers
    assert [unlocked_again(desk, profile) for profile in ("hers", "office", "hers")] == [hers, office, hers]
    assert told(desk) == 1


def test_a_power_cut_between_the_two_sides_is_no_copy(desk: Vault) -> None:
    chain = desk.chain
    for at, other in (("token", "coming"), ("coming", "token")):
        seen = json.loads(side(desk).read_bytes())
        side(desk).write_text(json.dumps({**seen, at: "0" * 32, other: seen["token"]}))
        assert unlocked_again(desk) == chain
    assert told(desk) == 0


def test_where_the_users_place_cannot_be_written_nothing_is_looked_for(tmp_path: Path, desk: Vault) -> None:
    (tmp_path / "profiles" / "no folder").write_text("a file")
    before = desk.chain, (desk.folder / lease.FILE).read_bytes()
    unlocked_again(desk, "no folder")
    assert (desk.chain, (desk.folder / lease.FILE).read_bytes()) == before


def test_a_spoilt_side_begins_a_new_series_and_stops_nobody(desk: Vault) -> None:
    seen = [desk.chain]
    for written in (b"", b"null", b"[" * 5000, b'{"x":"y"}', b"\xff" * 70_000, b'{"profile":1}'):
        for spoilt in (desk.folder / lease.FILE, side(desk)):
            spoilt.write_bytes(written)
            seen.append(unlocked_again(desk))
            assert unlocked_again(desk) == seen[-1]
    assert len(set(seen)) == len(seen)


def test_computers_without_end_are_forgotten_from_the_first_on(desk: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "MOST_PROFILES", 3)
    seen = [unlocked_again(desk, profile) for profile in "abcd"]
    assert len(json.loads((desk.folder / lease.FILE).read_bytes())) == 3
    assert unlocked_again(desk, "b") == seen[1]
    assert unlocked_again(desk, "a") not in seen


def test_a_restored_backup_begins_one_new_series_and_is_no_copy(tmp_path: Path, desk: Vault) -> None:
    backups.back_up(desk, tmp_path / "a.roh-backup")
    make_client(desk, "Баъд")
    desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    restoring.restore(tmp_path / "a.roh-backup", tmp_path / "restored", None, PASSPHRASE, desk.surroundings)
    restored = vaults.unlock(tmp_path / "restored", None, PASSPHRASE, desk.surroundings)
    assert restored.chain != desk.chain
    assert unlocked_again(restored) == restored.chain
    assert told(restored) == 0
    restored.close()


def test_what_a_partner_has_above_our_own_last_number_begins_a_new_series(
    tmp_path: Path, desk: Vault, coordinator: Vault, opened: Open
) -> None:
    """The whole disk was copied, the user's side with it: the two cannot tell, until one hears of the other."""
    make_client(desk, "Аввал")
    assert sent(desk, coordinator, tmp_path) is Outcome.MERGED
    clone = copied(desk, tmp_path / "clone")
    shutil.copytree(tmp_path / "profiles" / "hers", tmp_path / "profiles" / "cloned")
    other = opened(clone, "cloned")
    assert other.chain == desk.chain
    make_client(desk, "Дуюм")
    assert sent(desk, coordinator, tmp_path) is Outcome.MERGED
    back = exchange.export(coordinator, "khorugh", tmp_path).file
    (done,) = merging.merge_files(other, [back])
    assert done.outcome is Outcome.MERGED
    assert (other.chain != desk.chain, told(other)) == (True, 1)
    make_client(other, "Сеюм")
    assert sent(other, coordinator, tmp_path) is Outcome.MERGED
    named = {one.text("given_name") for one in records.find_all(coordinator, "client")}
    assert named == {"Аввал", "Дуюм", "Сеюм"}
    (done,) = merging.merge_files(desk, [back])
    assert (done.outcome, told(desk)) == (Outcome.MERGED, 0)
    assert unlocked_again(other, "cloned") == other.chain != desk.chain


def test_a_series_of_another_computer_that_was_overtaken_is_not_taken_up_again(desk: Vault) -> None:
    office = unlocked_again(desk, "office")
    hers = unlocked_again(desk)
    copies.heed(desk, Holdings({office: 7}))
    assert (desk.chain, told(desk)) == (hers, 1)
    assert unlocked_again(desk, "office") != office
