"""A new data key: everything is there under it and nothing under the old one, wherever the program was stopped."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk_app.crypto import key_acts, keyring
from desk_app.crypto.keyfile import DataKey
from desk_app.crypto.keyring import NewUser
from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.errors import (
    DiskFull,
    FileUnwritable,
    NoAccess,
    RecoveryCodeOutdated,
    Trouble,
    VaultDamaged,
    VaultInUse,
)
from desk_app.domain.ids import UserId
from desk_app.domain.rules.roles import Role
from desk_app.storage import files, rotation, schema, sqlcipher, unlocking
from desk_app.storage.key_files import KEY_FILES, read_all
from desk_app.storage.unlocking import NEXT
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import checking, people, records
from tests.fakes import PASSPHRASE, USER, make_client, make_vault, open_vault

COLLEAGUE = NewUser(UserId("11111111"), "Гулнора", "ибораи гулнора", FLOOR_PARAMETERS, frozenset({Role.PSYCHOLOGIST}))
AT_REST = sorted([DATABASE, *KEY_FILES])


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed vault with two users and a client in it; every test works on a copy."""
    vault = make_vault(tmp_path_factory.mktemp("rotation"))
    make_client(vault, surname="Назаров")
    added = key_acts.add_user(vault.key_file(), vault.keys, COLLEAGUE, vault.surroundings.random)
    vault.rewrite_keys(added)
    vault.close()
    return vault.folder


@pytest.fixture
def folder(model: Path, tmp_path: Path) -> Path:
    shutil.copytree(model, tmp_path / "khorugh")
    return tmp_path / "khorugh"


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    opened = open_vault(folder)
    yield opened
    opened.close()


def ignore(_done: int, _steps: int) -> None:
    """Nobody watches."""


def assert_whole(vault: Vault) -> None:
    """All that was saved is there, found and sound."""
    assert [one.text("surname") for one in records.find_all(vault, "client")][:1] == ["Назаров"]
    assert ["Назаров" in found.name for found in people.find(vault, "nazarov")] == [True]
    assert checking.check(vault, deep=True).problems == ()
    assert schema.version(vault.db) == schema.VERSION
    assert vault.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert vault.db.execute("PRAGMA locking_mode").fetchone()[0] == "normal"


def opens(folder: Path, data_key: DataKey) -> bool:
    try:
        sqlcipher.connect(folder / DATABASE, data_key.key, data_key.salt).conn.close()
    except VaultDamaged:
        return False
    return True


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_is_there_under_the_new_key_and_the_old_one_opens_nothing(vault: Vault) -> None:
    before = vault.keys
    seen: list[tuple[int, int]] = []
    rotation.rotate(vault, lambda done, steps: seen.append((done, steps)))
    assert vault.keys.data_key != before.data_key
    assert replace(vault.keys, data_key=before.data_key) == before
    assert seen == [(step, 4) for step in range(5)]
    assert_whole(vault)
    make_client(vault, surname="Раҳимов")
    vault.close()
    assert not opens(vault.folder, before.data_key)
    assert names(vault.folder) == AT_REST
    assert len(read_all(vault.folder)[0].data_keys) == 1
    again = open_vault(vault.folder)
    assert_whole(again)
    assert len(records.find_all(again, "client")) == 2
    again.close()
    assert opens(vault.folder, vault.keys.data_key)
    vault.reopen(vault.keys)


def test_everybody_still_comes_in_with_what_she_has(vault: Vault) -> None:
    key_file = vault.key_file()
    (hers,) = keyring.open_slot(key_file, "Гулнора", COLLEAGUE.passphrase)
    recovered, code = key_acts.replace_recovery(key_file, hers, vault.surroundings.random)
    vault.rewrite_keys(recovered)
    rotation.rotate(vault, ignore)
    (again,) = keyring.open_slot(read_all(vault.folder)[0], "Гулнора", COLLEAGUE.passphrase)
    assert again == replace(hers, data_key=vault.keys.data_key)
    assert hers.professions
    (unsealed,) = keyring.open_recovery(read_all(vault.folder)[0], code.printed)
    assert (unsealed.data_key, unsealed.professions) == (vault.keys.data_key, hers.professions)


def test_a_rotation_can_follow_another(vault: Vault) -> None:
    used = [vault.keys.data_key]
    for _ in range(2):
        rotation.rotate(vault, ignore)
        used.append(vault.keys.data_key)
    assert len(set(used)) == 3
    assert_whole(vault)


def test_while_another_program_has_the_vault_nothing_is_rotated(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    before = vault.keys
    other = open_vault(vault.folder)
    vault.db.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(VaultInUse):
        rotation.rotate(vault, ignore)
    assert vault.keys == before
    assert_whole(other)
    other.close()
    assert_whole(vault)
    assert len(vault.key_file().data_keys) == 1


def test_whoever_unlocks_while_a_rotation_ends_is_told_to_try_again(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rotated_meanwhile(*args: object) -> object:
        monkeypatch.undo()
        rotation.rotate(vault, ignore)
        return connected(*args)

    connected = unlocking.connected
    monkeypatch.setattr(unlocking, "connected", rotated_meanwhile)
    with pytest.raises(VaultInUse):
        open_vault(vault.folder)
    assert_whole(vault)
    open_vault(vault.folder).close()


@pytest.mark.skipif(os.name == "nt", reason="Windows replaces no open file")
def test_the_old_database_is_locked_until_another_stands_in_its_place(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, held = vault.folder / DATABASE, []

    def replaced(self: Path, target: Path) -> Path:
        if target == path:
            held.append(vault.db.conn.execute("PRAGMA locking_mode").fetchone()[0])
        return real(self, target)

    real = Path.replace
    monkeypatch.setattr(Path, "replace", replaced)
    rotation.rotate(vault, ignore)
    assert held == ["exclusive"]
    assert_whole(vault)


def test_a_slot_of_format_1_forbids_it_before_anything_is_touched(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outdated(*_args: object) -> None:
        raise RecoveryCodeOutdated

    monkeypatch.setattr(key_acts, "begin_rotation", outdated)
    with pytest.raises(RecoveryCodeOutdated):
        rotation.rotate(vault, ignore)
    assert_whole(vault)


# Trouble that the program lives through.


@pytest.mark.parametrize("trouble", [DiskFull, NoAccess, FileUnwritable])
@pytest.mark.parametrize("at", range(2))
def test_keys_that_cannot_be_written_leave_the_old_key(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, trouble: type[Trouble], at: int
) -> None:
    before = [(vault.folder / name).read_bytes() for name in KEY_FILES]
    _refuse(monkeypatch, at, trouble(str(vault.folder)))
    with pytest.raises(trouble):
        rotation.rotate(vault, ignore)
    assert [(vault.folder / name).read_bytes() for name in KEY_FILES] == before
    assert not (vault.folder / NEXT).exists()
    assert_whole(vault)
    assert opens(vault.folder, vault.keys.data_key)


@pytest.mark.parametrize("at", [2, 3])
def test_keys_that_cannot_be_written_at_the_end_are_tidied_by_the_next_unlock(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    before = vault.keys.data_key
    with monkeypatch.context() as patch:
        _refuse(patch, at, DiskFull(""))
        with pytest.raises(DiskFull):
            rotation.rotate(vault, ignore)
    assert vault.keys.data_key != before
    assert_whole(vault)
    assert len(vault.key_file().data_keys) == 1
    vault.close()
    _assert_tidied(vault.folder)
    vault.reopen(vault.keys)


def test_an_export_that_lost_a_row_never_takes_the_vaults_place(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = rotation.counts
    monkeypatch.setattr(rotation, "counts", lambda db: {**counts(db), str(id(db)): 1})
    with pytest.raises(VaultDamaged):
        rotation.rotate(vault, ignore)
    monkeypatch.undo()
    assert not (vault.folder / NEXT).exists()
    assert_whole(vault)


def _refuse(patch: pytest.MonkeyPatch, at: int, trouble: Trouble) -> None:
    """The writing of a key file that comes as number `at` fails."""
    real, calls = files.write, iter(range(100))

    def write(path: Path, data: bytes) -> None:
        if path.name in KEY_FILES and next(calls) == at:
            raise trouble
        real(path, data)

    patch.setattr(files, "write", write)


# Kills.


def stop_at(number: int, folder: Path) -> int:
    """Rotates in a process of its own that is gone at its `number`th touch of a file; 0 when it came to its end."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        vault = open_vault(folder)
        left = iter(range(number))

        def touched() -> None:
            if next(left, None) is None:
                os._exit(9)

        def audited(event: str, args: tuple[object, ...]) -> None:
            if event in {"open", "os.rename", "os.remove"} and str(folder) in str(args[0]):
                touched()

        sys.addaudithook(audited)
        _before_each(rotation, "counts", touched)
        _before_each(sqlcipher, "connect", touched)
        _before_each(os, "fsync", touched)
        rotation.rotate(vault, lambda _done, _steps: touched())
    except BaseException:
        os._exit(1)
    os._exit(0)


def _before_each(module: object, name: str, act: Callable[[], None]) -> None:
    real = getattr(module, name)

    def watched(*args: object) -> object:
        act()
        return real(*args)

    setattr(module, name, watched)


def _assert_tidied(folder: Path) -> None:
    again = open_vault(folder)
    assert_whole(again)
    again.close()
    assert names(folder) == AT_REST
    first, second = ((folder / name).read_bytes() for name in KEY_FILES)
    assert first == second
    key_file = read_all(folder)[0]
    assert len(key_file.data_keys) == 1
    (hers,) = keyring.open_slot(key_file, "Гулнора", COLLEAGUE.passphrase)
    assert opens(folder, hers.data_key)
    assert hers.professions


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that is a copy of this one")
def test_a_kill_at_any_step_loses_nothing_and_leaves_one_data_key(model: Path, tmp_path: Path) -> None:
    old_key = keyring.open_slot(read_all(model)[0], USER, PASSPHRASE)[0].data_key
    outcomes: list[bool] = []
    for number in range(100):
        folder = tmp_path / str(number)
        shutil.copytree(model, folder)
        ended = stop_at(number, folder)
        assert ended in (0, 9)
        if ended == 9:
            _assert_tidied(folder)
            outcomes.append(opens(folder, old_key))
        shutil.rmtree(folder)
        if not ended:
            break
    assert len(outcomes) > 20
    assert outcomes == sorted(outcomes, reverse=True), "the old key comes back after the new one was in place"
    assert {True, False} == set(outcomes)
