"""The vault: made whole, opened by its passphrase alone, and every way in which it may not open has its trouble."""

import json
import os
import shutil
from pathlib import Path

import pytest

from desk_app.crypto import keyring
from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.errors import (
    KeyFileDamaged,
    KeyFileNewer,
    NoAccess,
    PassphraseTooShort,
    Trouble,
    UnknownUser,
    UserNameMissing,
    UserNameTooLong,
    VaultDamaged,
    VaultExists,
    VaultMissing,
    VaultNewer,
    WrongPassphrase,
)
from desk_app.domain.ids import DeskCode
from desk_app.storage import files
from desk_app.storage.key_files import KEY_FILES, read_all
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import checking, records, vaults
from tests.fakes import PASSPHRASE, USER, FakeClock, make_client, make_vault, open_vault, surroundings


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The folder of a closed vault with one client in it."""
    vault = make_vault(tmp_path)
    make_client(vault, surname="Назаров")
    vault.close()
    return vault.folder


def create(folder: Path) -> str:
    return vaults.create_vault(folder, DeskCode("khorugh"), USER, PASSPHRASE, surroundings(), FLOOR_PARAMETERS)


def clients(folder: Path) -> list[str]:
    vault = open_vault(folder)
    try:
        return [client.text("surname") for client in records.find_all(vault, "client")]
    finally:
        vault.close()


def test_a_new_vault_opens_and_keeps_what_was_saved(closed: Path) -> None:
    assert clients(closed) == ["Назаров"]
    assert vaults.users(closed) == (USER,)


def test_a_vault_is_made_whole_with_a_code_to_write_down(tmp_path: Path) -> None:
    folder = tmp_path / "below" / "khorugh"
    code = create(folder)
    assert len(code.split()) == 8
    assert keyring.open_recovery(read_all(folder)[0], code)[0].data_key.key
    assert clients(folder) == []


def test_a_closed_vault_is_one_database_and_two_copies_of_the_keys(closed: Path) -> None:
    assert sorted(path.name for path in closed.iterdir()) == sorted([DATABASE, *KEY_FILES])
    assert [path.name for path in closed.parent.iterdir()] == ["khorugh"]


def test_nothing_personal_can_be_read_from_the_files(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    make_client(vault, surname="Nazarov")
    for path in vault.folder.iterdir():
        held = path.read_bytes()
        assert b"Nazarov" not in held
        assert b"SQLite format" not in held
    vault.close()


def test_the_device_stays_the_same_when_opened_again(closed: Path) -> None:
    first = open_vault(closed)
    seen = (first.chain, first.device, first.desk, first.exchange_identities)
    first.close()
    again = open_vault(closed, surroundings("another start"))
    assert (again.chain, again.device, again.desk, again.exchange_identities) == seen
    again.close()


@pytest.mark.parametrize("wrong", ["", "кадом калид дар бораи обҳо", PASSPHRASE.upper()])
def test_a_wrong_passphrase_opens_nothing(closed: Path, wrong: str) -> None:
    with pytest.raises(WrongPassphrase):
        vaults.unlock(closed, USER, wrong, surroundings())
    assert clients(closed) == ["Назаров"]


def test_an_unknown_user_is_named(closed: Path) -> None:
    with pytest.raises(UnknownUser) as told:
        vaults.unlock(closed, "Ҷамшед", PASSPHRASE, surroundings())
    assert told.value.user == "Ҷамшед"


def test_the_only_user_need_not_be_named(closed: Path) -> None:
    vaults.lock(vaults.unlock(closed, None, PASSPHRASE, surroundings()))


def test_a_short_passphrase_and_an_empty_name_make_no_vault(tmp_path: Path) -> None:
    with pytest.raises(PassphraseTooShort):
        vaults.create_vault(tmp_path / "v", DeskCode("vose"), USER, "кӯтоҳ", surroundings())
    with pytest.raises(UserNameMissing):
        vaults.create_vault(tmp_path / "v", DeskCode("vose"), " \u200b ", PASSPHRASE, surroundings())
    assert not list(tmp_path.iterdir())


def test_a_vault_is_never_made_over_other_files(closed: Path, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "letter.txt").write_text("mine")
    for taken in (closed, tmp_path / "papers", tmp_path / "papers" / "letter.txt"):
        with pytest.raises(VaultExists):
            vaults.create_vault(taken, DeskCode("vose"), USER, PASSPHRASE, surroundings())
    assert clients(closed) == ["Назаров"]
    assert (tmp_path / "papers" / "letter.txt").read_text() == "mine"


def test_an_empty_folder_becomes_a_vault(tmp_path: Path) -> None:
    (tmp_path / "khorugh").mkdir()
    create(tmp_path / "khorugh")
    assert clients(tmp_path / "khorugh") == []


def test_a_vault_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, data: bytes) -> None:
        raise NoAccess(str(path))

    monkeypatch.setattr(files, "write", refused)
    with pytest.raises(NoAccess):
        create(tmp_path / "khorugh")
    assert not list(tmp_path.iterdir())


def test_a_folder_without_a_vault(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nothing here"):
        with pytest.raises(VaultMissing):
            open_vault(folder)


def test_keys_that_were_not_copied_with_the_database(closed: Path) -> None:
    for name in KEY_FILES:
        (closed / name).unlink()
    with pytest.raises(KeyFileDamaged):
        open_vault(closed)


@pytest.mark.parametrize("keep", [0, 1, 1000, 4096, 8192, 0.5, 0.9])
def test_a_half_copied_database_is_damaged(closed: Path, keep: float) -> None:
    path = closed / DATABASE
    data = path.read_bytes()
    path.write_bytes(data[: int(keep if keep >= 1 or keep == 0 else keep * len(data))])
    with pytest.raises(VaultDamaged):
        open_vault(closed)


def test_a_database_that_was_not_copied(closed: Path) -> None:
    (closed / DATABASE).unlink()
    with pytest.raises(VaultDamaged):
        open_vault(closed)
    assert not (closed / DATABASE).exists()


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + bytes(100_000), b"SQLite format 3\0" + bytes(4096), bytes(8192)]
)
def test_another_file_in_the_place_of_the_database(closed: Path, content: bytes) -> None:
    (closed / DATABASE).write_bytes(content)
    with pytest.raises(VaultDamaged):
        open_vault(closed)


def test_the_database_of_another_vault_does_not_open(closed: Path, tmp_path: Path) -> None:
    other = make_vault(tmp_path, "vose")
    other.close()
    shutil.copy(other.folder / DATABASE, closed / DATABASE)
    with pytest.raises(VaultDamaged):
        open_vault(closed)


def test_an_overwritten_first_page(closed: Path) -> None:
    path = closed / DATABASE
    data = bytearray(path.read_bytes())
    data[100:200] = bytes(100)
    path.write_bytes(bytes(data))
    with pytest.raises(VaultDamaged):
        open_vault(closed)


def test_a_vault_of_a_newer_program_is_left_alone(closed: Path) -> None:
    vault = open_vault(closed)
    vault.db.execute("PRAGMA user_version = 99")
    vault.close()
    before = (closed / DATABASE).read_bytes()
    with pytest.raises(VaultNewer) as told:
        open_vault(closed)
    assert told.value.version == 99
    assert (closed / DATABASE).read_bytes() == before


@pytest.mark.parametrize("bad", KEY_FILES)
@pytest.mark.parametrize("harm", ["cut", "flipped", "missing", "picture"])
def test_one_bad_copy_of_the_keys_is_mended_from_the_other(closed: Path, bad: str, harm: str) -> None:
    path = closed / bad
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[len(damaged) // 2] ^= 1
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes({"cut": whole[:100], "flipped": bytes(damaged), "picture": b"\x89PNG" + bytes(70_000)}[harm])
    assert clients(closed) == ["Назаров"]
    assert path.read_bytes() == whole


def test_two_bad_copies_of_the_keys(closed: Path) -> None:
    for name in KEY_FILES:
        (closed / name).write_bytes(b"{}")
    with pytest.raises(KeyFileDamaged):
        open_vault(closed)


def test_keys_of_a_newer_program_are_never_overwritten(closed: Path) -> None:
    newer = (closed / KEY_FILES[0]).read_bytes().replace(b'"format":2', b'"format":3')
    (closed / KEY_FILES[0]).write_bytes(newer)
    with pytest.raises(KeyFileNewer):
        open_vault(closed)
    assert (closed / KEY_FILES[0]).read_bytes() == newer


@pytest.mark.parametrize("newer", KEY_FILES)
def test_a_newer_copy_of_the_keys_keeps_an_older_program_out(closed: Path, newer: str) -> None:
    path = closed / newer
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "format": 99}))
    before = {name: (closed / name).read_bytes() for name in KEY_FILES}
    with pytest.raises(KeyFileNewer):
        open_vault(closed)
    assert {name: (closed / name).read_bytes() for name in KEY_FILES} == before


@pytest.mark.parametrize("swapped", KEY_FILES)
def test_the_keys_of_another_vault_never_displace_our_own(closed: Path, tmp_path: Path, swapped: str) -> None:
    other = make_vault(tmp_path, "vose")
    other.close()
    own = (closed / swapped).read_bytes()
    shutil.copy(other.folder / swapped, closed / swapped)
    with pytest.raises(WrongPassphrase):
        vaults.unlock(closed, USER, "another passphrase", surroundings())
    assert (closed / swapped).read_bytes() != own
    assert clients(closed) == ["Назаров"]
    assert (closed / swapped).read_bytes() == own


def test_both_keys_of_another_vault_open_nothing_and_change_nothing(closed: Path, tmp_path: Path) -> None:
    other = make_vault(tmp_path, "vose")
    other.close()
    for name in KEY_FILES:
        shutil.copy(other.folder / name, closed / name)
    before = {path.name: path.read_bytes() for path in closed.iterdir()}
    with pytest.raises(VaultDamaged):
        open_vault(closed)
    assert {path.name: path.read_bytes() for path in closed.iterdir()} == before


@pytest.mark.expects_log("key_file_not_mended")
def test_a_copy_that_cannot_be_mended_keeps_nobody_out(closed: Path) -> None:
    (closed / KEY_FILES[0]).unlink()
    (closed / KEY_FILES[0]).mkdir()
    assert clients(closed) == ["Назаров"]


def test_less_than_a_page_is_not_taken_for_a_new_database(closed: Path) -> None:
    for size in (1, 511, 4095):
        (closed / DATABASE).write_bytes(bytes(size))
        with pytest.raises(VaultDamaged):
            open_vault(closed)
        assert (closed / DATABASE).read_bytes() == bytes(size)


def test_a_vault_is_made_in_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    create(Path("."))
    assert clients(tmp_path) == []


@pytest.mark.parametrize("name", ["Зарина\nНазарова", "Зарина\u200b", "З" * 200])
def test_a_user_opens_the_vault_with_the_name_she_gave(tmp_path: Path, name: str) -> None:
    vaults.create_vault(tmp_path / "v", DeskCode("vose"), name, PASSPHRASE, surroundings(), FLOOR_PARAMETERS)
    vaults.lock(vaults.unlock(tmp_path / "v", name, PASSPHRASE, surroundings()))


def test_a_users_name_too_long_for_the_key_file_makes_no_vault(tmp_path: Path) -> None:
    with pytest.raises(UserNameTooLong):
        vaults.create_vault(tmp_path / "v", DeskCode("vose"), "З" * 201, PASSPHRASE, surroundings(), FLOOR_PARAMETERS)
    assert not list(tmp_path.iterdir())


def test_an_unreadable_folder_is_trouble_not_a_bug(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, _flags: int) -> int:
        raise PermissionError(13, "denied", str(path))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(NoAccess):
        open_vault(closed)


def test_a_lost_fact_of_the_vault_is_damage(closed: Path) -> None:
    vault = open_vault(closed)
    vault.db.execute("DELETE FROM meta WHERE key = 'device_key'")
    vault.close()
    with pytest.raises(VaultDamaged):
        open_vault(closed)


def test_a_locked_vault_answers_no_more(vault: Vault) -> None:
    other = make_vault(vault.folder.parent, "vose")
    vaults.lock(other)
    with pytest.raises(Exception, match="closed") as told:
        records.find_all(other, "client")
    assert not isinstance(told.value, Trouble)


def test_a_machine_whose_clock_fell_back_still_writes_after_what_it_wrote(closed: Path) -> None:
    vault = open_vault(closed, surroundings("old battery", FakeClock(0)))
    client = records.find_all(vault, "client")[0]
    records.edit(vault, client.id, {"surname": "Раҳимов"})
    shown = records.show(vault, client.id)
    assert shown.text("surname") == "Раҳимов"
    assert shown.changed >= client.changed > 10**12
    vault.close()
    assert clients(closed) == ["Раҳимов"]


def test_a_machine_whose_clock_ran_ahead_and_came_back_still_writes_after_what_it_wrote(tmp_path: Path) -> None:
    clock = FakeClock()
    vault = make_vault(tmp_path, clock=clock)
    now = clock.at
    for years in (0, 34, -46, 0):
        clock.at = now + years * 365 * 24 * 3600 * 1000
        client = make_client(vault, surname="Назаров")
        for one in records.find_all(vault, "client"):
            records.edit(vault, one.id, {"surname": f"Назаров {years}"})
        assert {one.text("surname") for one in records.find_all(vault, "client")} == {f"Назаров {years}"}
        assert records.show(vault, client).text("number")
    numbers = [one.text("number") for one in records.find_all(vault, "client")]
    assert len(set(numbers)) == len(numbers) == 4
    assert checking.check(vault).ok
    vault.close()
