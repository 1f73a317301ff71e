"""A desk whose file was damaged: what can be read is saved, the coordinator brings the rest, both go on."""

from pathlib import Path

import pytest
from campaigns._damage import damage as spoil

from desk_app.crypto.pages import PAGE
from desk_app.domain.errors import (
    KeyFileDamaged,
    NothingSalvaged,
    RecordNotFound,
    UnknownUser,
    VaultExists,
    WrongPassphrase,
)
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import (
    attachments,
    backups,
    checking,
    erasure,
    exchange,
    merging,
    partners,
    records,
    roster,
    salvage,
    vaults,
)
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import (
    PASSPHRASE,
    USER,
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
from tests.unit.usecases.scans import added, file_of


def state(vault: Vault) -> str:
    found = checking.check(vault, deep=True)
    assert [one for one in found.problems if one.code != "audit"] == []
    return found.state


def damage(vault: Vault, first: int, last: int, chain: str | None = None) -> int:
    """Flips a bit in every page that holds one of these changes, of one chain or of any; returns how many pages."""
    sql = """SELECT body_hash FROM change JOIN chain ON chain.id = version >> 40
        WHERE version & 1099511627775 BETWEEN ? AND ? AND name = coalesce(?, name)"""
    hashes = [bytes(row[0]) for row in vault.db.execute(sql, [first, last, chain])]
    key = vault.keys.data_key
    vault.close()
    return spoil(vault.folder / DATABASE, key, hashes)


def test_what_was_lost_comes_back_from_the_coordinator(tmp_path: Path) -> None:
    clock = FakeClock()
    desk, coordinator = acquainted(tmp_path, clock)
    for _ in range(20):
        make_client(desk)
    carry(desk, coordinator, tmp_path / "stick")
    carry(coordinator, desk, tmp_path / "stick")
    whole = records.find_all(desk, "client")
    assert damage(desk, 10, 30) > 0
    found = salvage.salvage(desk.folder, tmp_path / "saved", USER, PASSPHRASE, surroundings("salvaged", clock))
    assert found.missing > 0
    assert found.nameless == 0
    saved = open_vault(tmp_path / "saved", surroundings("saved", clock))
    assert saved.device == desk.device
    assert saved.chain != desk.chain
    assert len(records.find_all(saved, "client")) < 20
    carry(saved, coordinator, tmp_path / "stick")
    carry(coordinator, saved, tmp_path / "stick")
    assert records.find_all(saved, "client") == whole
    assert state(saved) == state(coordinator)
    saved.close()
    coordinator.close()


def test_changes_lost_before_they_were_sent_do_not_wait_for_ever(tmp_path: Path) -> None:
    clock = FakeClock()
    desk, coordinator = acquainted(tmp_path, clock)
    for _ in range(20):
        make_client(desk)
    damage(desk, 10, 30)
    salvage.salvage(desk.folder, tmp_path / "saved", USER, PASSPHRASE, surroundings("salvaged", clock))
    saved = open_vault(tmp_path / "saved", surroundings("saved", clock))
    for _ in range(2):
        carry(saved, coordinator, tmp_path / "stick")
        carry(coordinator, saved, tmp_path / "stick")
    (status,) = partners.partners(saved)
    assert status.waiting == 0
    assert {one.id for one in records.find_all(saved, "client")} == {
        one.id for one in records.find_all(coordinator, "client")
    }
    saved.close()
    coordinator.close()


def test_what_a_coordinator_lost_of_erasures_and_of_who_is_out_is_said_anew(tmp_path: Path) -> None:
    desk, coordinator = acquainted(tmp_path, FakeClock())
    client = make_client(coordinator)
    for _ in range(25):
        make_organisation(coordinator)
    before = coordinator.journal.last_version.seq
    roster.revoke(coordinator, "khorugh")
    erasure.erase(coordinator, client, "asked")
    assert damage(coordinator, before + 1, before + 9) > 0
    salvage.salvage(coordinator.folder, tmp_path / "saved", USER, PASSPHRASE, surroundings("salvaged"))
    saved = open_vault(tmp_path / "saved", surroundings("saved"))
    assert state(saved)
    assert sum(one.records for one in erasure.state(saved)) > 1
    (member,) = roster.current(saved).members
    assert member.revoked_by == ("coordinator",)
    roster.readmit(saved, "khorugh")
    assert roster.current(saved).troubles == ()
    carry(saved, desk, tmp_path / "stick")
    assert roster.current(desk).troubles == ()
    assert state(desk)
    assert len(erasure.state(desk)) == len(erasure.state(saved))
    saved.close()
    desk.close()


def test_the_file_of_an_attachment_whose_record_was_lost_is_there_when_the_record_comes_again(tmp_path: Path) -> None:
    desk, coordinator = acquainted(tmp_path, FakeClock())
    for _ in range(10):
        make_organisation(desk)
    before = desk.journal.last_version.seq
    record = added(desk, tmp_path, side=60)
    for _ in range(10):
        make_organisation(desk)
    sealed = file_of(desk, record).read_bytes()
    # The record went out, and nothing of the file.
    (done,) = merging.merge_files(coordinator, [exchange.export(desk, "coordinator", tmp_path, files_budget=0).file])
    assert done.outcome is Outcome.MERGED
    assert damage(desk, before + 1, before + 9) > 0
    salvage.salvage(desk.folder, tmp_path / "saved", USER, PASSPHRASE, surroundings("salvaged"))
    saved = open_vault(tmp_path / "saved", surroundings("saved"))
    with pytest.raises(RecordNotFound):
        attachments.place(saved, record)
    # A backup of what was saved takes the file along, whoever's it is.
    kept = backups.back_up(saved, tmp_path / "kept.roh-backup").file
    saved.close()
    saved = restored(kept, tmp_path / "restored", FakeClock())
    for sender, receiver in ((saved, coordinator), (coordinator, saved), (saved, coordinator)):
        carry(sender, receiver, tmp_path / "stick")
    assert state(saved)
    assert file_of(saved, record).read_bytes() == sealed
    assert attachments.content(coordinator, record) == attachments.content(saved, record)
    saved.close()
    coordinator.close()


def test_what_a_coordinator_wrote_of_a_record_goes_to_its_desk_when_its_beginning_comes_again(tmp_path: Path) -> None:
    desk, coordinator = acquainted(tmp_path, FakeClock())
    client = make_client(desk)
    carry(desk, coordinator, tmp_path / "stick")
    need = records.add(desk, "need", {"client": client, "pathway": "health", "description": "кӯчаи 1"}).id
    at = desk.journal.last_version.seq
    for _ in range(40):
        make_organisation(desk)
    carry(desk, coordinator, tmp_path / "stick")
    for _ in range(40):
        make_organisation(coordinator)
    records.edit(coordinator, need, {"description": "кӯчаи 2"})
    assert damage(coordinator, at, at, desk.chain) > 0
    salvage.salvage(coordinator.folder, tmp_path / "saved", USER, PASSPHRASE, surroundings("salvaged"))
    saved = open_vault(tmp_path / "saved", surroundings("saved"))
    # Nobody knows here whose the need is; what was written of it here goes nowhere, and the bundle is confirmed.
    carry(saved, desk, tmp_path / "stick")
    carry(desk, saved, tmp_path / "stick")
    assert [one.waiting for one in partners.partners(saved)] == [1]
    carry(saved, desk, tmp_path / "stick")
    carry(desk, saved, tmp_path / "stick")
    assert records.show(desk, need).text("description") == "кӯчаи 2"
    assert [one.waiting for vault in (saved, desk) for one in partners.partners(vault)] == [0, 0]
    assert state(desk)
    assert state(saved)
    saved.close()
    desk.close()


def test_the_numbers_of_people_who_were_lost_are_not_given_again(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    for _ in range(20):
        make_client(vault)
    given = {one.text("number") for one in records.find_all(vault, "client")}
    vault.db.execute("DELETE FROM counter")
    damage(vault, 10, 30)
    salvage.salvage(vault.folder, tmp_path / "saved", USER, PASSPHRASE, surroundings("salvaged"))
    saved = open_vault(tmp_path / "saved")
    assert records.show(saved, make_client(saved)).values["number"] not in given
    saved.close()


def test_in_its_own_place_the_damaged_vault_is_set_aside(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    make_client(vault)
    vault.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = state(vault)
    vault.close()
    path = vault.folder / DATABASE
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])
    damaged = path.read_bytes()
    salvage.salvage(vault.folder, vault.folder, None, PASSPHRASE, surroundings("salvaged"))
    (aside,) = vault.folder.parent.glob("khorugh.before-*")
    assert (aside / DATABASE).read_bytes() == damaged
    again = open_vault(vault.folder)
    assert state(again) == before
    again.close()


def without_facts(vault: Vault) -> None:
    """Closes it and damages where its own keys and its desk's code stand."""
    pages = [int(row[0]) for row in vault.db.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'meta'")]
    vault.close()
    data = bytearray((vault.folder / DATABASE).read_bytes())
    for page in pages:
        data[page * PAGE - 2000] ^= 1
    (vault.folder / DATABASE).write_bytes(data)


def test_without_its_own_keys_a_second_coordinator_is_known_by_rosters_and_partners(tmp_path: Path) -> None:
    codes = ("coordinator", "coordinator_2", "khorugh")
    first, second, desk = (make_vault(tmp_path, code) for code in codes)
    make_client(desk)
    (tmp_path / "stick").mkdir()
    for other in (first, desk):
        acquaint(other, second, tmp_path)
        carry(other, second, tmp_path / "stick")
    without_facts(second)
    # Whose only clients are one desk's is a coordinator all the same: it has that desk for a partner.
    salvage.salvage(second.folder, tmp_path / "saved", USER, PASSPHRASE, surroundings("salvaged"))
    saved = open_vault(tmp_path / "saved")
    assert saved.desk == "coordinator_2"
    for vault in (saved, first, desk):
        vault.close()


def test_without_this_computers_own_keys_the_desk_is_known_by_its_records(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    make_client(vault)
    device = vault.device
    without_facts(vault)
    found = salvage.salvage(vault.folder, tmp_path / "saved", USER, PASSPHRASE, surroundings("salvaged"))
    assert not found.own_keys
    saved = open_vault(tmp_path / "saved")
    assert saved.desk == "khorugh"
    assert saved.device != device
    assert len(records.find_all(saved, "client")) == 1
    saved.close()


def test_what_is_in_the_way_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    vault.close()
    new = tmp_path / "saved"
    with pytest.raises(WrongPassphrase):
        salvage.salvage(vault.folder, new, USER, "quite another one", surroundings())
    with pytest.raises(UnknownUser):
        salvage.salvage(vault.folder, new, "Nobody", PASSPHRASE, surroundings())
    with pytest.raises(VaultExists):
        salvage.salvage(vault.folder, tmp_path, USER, PASSPHRASE, surroundings())
    (vault.folder / DATABASE).write_bytes(bytes(50_000))
    with pytest.raises(NothingSalvaged):
        salvage.salvage(vault.folder, new, USER, PASSPHRASE, surroundings())
    (vault.folder / DATABASE).unlink()
    with pytest.raises(NothingSalvaged):
        salvage.salvage(vault.folder, new, USER, PASSPHRASE, surroundings())
    for name in ("keys.json", "keys-2.json"):
        (vault.folder / name).write_bytes(b"{}")
    with pytest.raises(KeyFileDamaged):
        salvage.salvage(vault.folder, new, USER, PASSPHRASE, surroundings())
    assert not new.exists()
    assert not list(tmp_path.glob(".*"))


def test_a_folder_in_between_is_found_by_whoever_asks_who_can_open_it(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    vault.close()
    vault.folder.rename(tmp_path / ".khorugh.restored")
    assert vaults.users(vault.folder) == (USER,)
    open_vault(vault.folder).close()
