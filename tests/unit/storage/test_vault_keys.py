"""The vault and its key file: altered, stale, rewritten, refused, and opened by those who forgot everything."""

import json
import shutil
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk_app.crypto import escrow, key_acts, keyring
from desk_app.crypto.escrow import EscrowKey
from desk_app.crypto.keyfile import UserSlot
from desk_app.crypto.keyring import NewUser
from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.crypto.recovery import new_recovery_code
from desk_app.crypto.wrapping import wrap
from desk_app.domain.errors import (
    DiskFull,
    EscrowShareWrong,
    EscrowWrong,
    KeyFileAltered,
    NoAccess,
    RecoveryCodeWrong,
    UnknownUser,
    UserNotChosen,
    VaultDamaged,
    VaultNewer,
    WrongPassphrase,
)
from desk_app.domain.ids import DeskCode, UserId
from desk_app.domain.rules.roles import Role
from desk_app.storage import files, members, rotation
from desk_app.storage.key_files import KEY_FILES, MOST_REFUSED, REFUSED, Refusal, read_all, take_refused
from desk_app.storage.opening import open_with_escrow, open_with_recovery
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import records, vaults
from tests.fakes import PASSPHRASE, START, USER, FakeClock, make_client, make_vault, open_vault, seeded, surroundings
from tests.unit.crypto.key_samples import edited

FORGOT = NewUser(UserId(""), "гулнора", "ибораи нави ман", FLOOR_PARAMETERS)
COLLEAGUE = NewUser(UserId("11111111"), "Гулнора", "ибораи гулнора", FLOOR_PARAMETERS, frozenset({Role.PSYCHOLOGIST}))
OTHER_CODE = new_recovery_code(seeded("another vault")).printed


@pytest.fixture(scope="module")
def emergency() -> EscrowKey:
    """The programme's emergency key."""
    return escrow.new_escrow(seeded("programme"))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, emergency: EscrowKey) -> tuple[Path, str]:
    """A closed vault with a client, two users and the emergency key, and its recovery code."""
    vault = make_vault(tmp_path_factory.mktemp("keys"))
    make_client(vault, surname="Назаров")
    key_file = key_acts.add_user(vault.key_file(), vault.keys, COLLEAGUE, vault.surroundings.random)
    key_file = key_acts.adopt_escrow(key_file, vault.keys, emergency.recipient, vault.surroundings.random)
    vault.rewrite_keys(key_file)
    (hers,) = keyring.open_slot(key_file, "Гулнора", COLLEAGUE.passphrase)
    key_file, recovery = key_acts.replace_recovery(key_file, hers, vault.surroundings.random)
    vault.rewrite_keys(key_file)
    vault.close()
    return vault.folder, recovery.printed


@pytest.fixture
def folder(model: tuple[Path, str], tmp_path: Path) -> Path:
    shutil.copytree(model[0], tmp_path / "khorugh")
    return tmp_path / "khorugh"


@pytest.fixture
def code(model: tuple[Path, str]) -> str:
    return model[1]


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    opened = open_vault(folder)
    yield opened
    opened.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def altered(folder: Path) -> bytes:
    """The key file with a slot more, as somebody without the vault's key would slip it in."""
    key_file = read_all(folder)[0]

    def slip_in(content: dict[str, list[dict[str, str]]]) -> None:
        own = next(slot for slot in content["slots"] if slot["kind"] == "escrow")
        content["slots"].append({**own, "slot": "0" * 16})

    return edited(key_file, slip_in)


# The copies.


def test_an_altered_key_file_opens_nothing(folder: Path, code: str) -> None:
    data = altered(folder)
    for name in KEY_FILES:
        (folder / name).write_bytes(data)
    before = contents(folder)
    with pytest.raises(KeyFileAltered):
        open_vault(folder)
    with pytest.raises(KeyFileAltered):
        open_with_recovery(folder, code, FORGOT, surroundings())
    assert contents(folder) == before


@pytest.mark.expects_log("altered_copy_of_keys_replaced")
def test_an_altered_first_copy_is_replaced_by_the_second(folder: Path) -> None:
    whole = (folder / KEY_FILES[0]).read_bytes()
    (folder / KEY_FILES[0]).write_bytes(altered(folder))
    open_vault(folder).close()
    assert (folder / KEY_FILES[0]).read_bytes() == whole


def test_an_altered_second_copy_is_never_asked(folder: Path) -> None:
    whole = (folder / KEY_FILES[1]).read_bytes()
    (folder / KEY_FILES[1]).write_bytes(altered(folder))
    open_vault(folder).close()
    assert (folder / KEY_FILES[1]).read_bytes() == whole


@pytest.mark.parametrize("inside", [b"\xff\xfe", b"AGE-SECRET-KEY-1", b""])
def test_a_key_of_a_profession_that_an_outsider_wrapped_is_refused_as_altered(folder: Path, inside: bytes) -> None:
    key_file = read_all(folder)[0]
    slot = key_file.named(COLLEAGUE.name)
    assert isinstance(slot, UserSlot)
    slipped_in = b64encode(wrap(key_file.vault, Role.PSYCHOLOGIST, inside, slot.recipient)).decode()

    def swap(content: dict[str, Any]) -> None:
        (key,) = (one for one in content["keys"] if one["purpose"] == Role.PSYCHOLOGIST)
        key["wraps"][slot.slot] = slipped_in

    for name in KEY_FILES:
        (folder / name).write_bytes(edited(key_file, swap))
    with pytest.raises(KeyFileAltered):
        vaults.unlock(folder, COLLEAGUE.name, COLLEAGUE.passphrase, surroundings())


def test_an_altered_key_file_is_never_the_ground_of_a_rewriting(vault: Vault) -> None:
    data = altered(vault.folder)
    for name in KEY_FILES:
        (vault.folder / name).write_bytes(data)
    with pytest.raises(KeyFileAltered):
        vault.key_file()


def test_a_copy_that_stayed_behind_does_not_bring_back_an_old_passphrase(folder: Path) -> None:
    stale = (folder / KEY_FILES[1]).read_bytes()
    vault = open_vault(folder)
    changed = key_acts.change_passphrase(
        vault.key_file(), vault.keys, "ибораи нав барои ман", FLOOR_PARAMETERS, vault.surroundings.random
    )
    vault.rewrite_keys(changed)
    vault.close()
    (folder / KEY_FILES[1]).write_bytes(stale)
    with pytest.raises(WrongPassphrase):
        open_vault(folder)
    vaults.unlock(folder, USER, "ибораи нав барои ман", surroundings()).close()
    assert (folder / KEY_FILES[1]).read_bytes() == (folder / KEY_FILES[0]).read_bytes() != stale


def test_rewritten_keys_stand_in_both_copies_and_are_taken_up(vault: Vault) -> None:
    key_file = key_acts.add_profession(vault.key_file(), vault.keys, Role.LAWYER, vault.user)
    assert vault.keys.professions == {}
    vault.rewrite_keys(key_file)
    assert list(vault.keys.professions) == [Role.LAWYER]
    assert vault.key_file() == key_file
    assert (vault.folder / KEY_FILES[0]).read_bytes() == (vault.folder / KEY_FILES[1]).read_bytes()


def test_a_second_copy_that_cannot_be_written_leaves_the_first_as_it_was(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = contents(vault.folder), files.write

    def refuse_second(path: Path, data: bytes) -> None:
        if path.name == KEY_FILES[1]:
            raise DiskFull(str(path))
        real(path, data)

    monkeypatch.setattr(files, "write", refuse_second)
    key_file = key_acts.add_profession(vault.key_file(), vault.keys, Role.LAWYER, vault.user)
    with pytest.raises(DiskFull):
        vault.rewrite_keys(key_file)
    assert contents(vault.folder) == before
    assert vault.keys.professions == {}


def test_whoever_is_at_work_cannot_shut_herself_out(vault: Vault) -> None:
    key_file = vault.key_file()
    without = key_acts.remove_slot(key_file, vault.keys, key_file.of_user(vault.user).slot)
    with pytest.raises(UnknownUser):
        vault.rewrite_keys(without)
    assert vault.key_file() == key_file


def test_a_key_of_a_profession_reaches_a_new_recovery_paper_at_the_next_unlock(vault: Vault) -> None:
    key_file, recovery = key_acts.replace_recovery(vault.key_file(), vault.keys, vault.surroundings.random)
    vault.rewrite_keys(key_file)
    assert keyring.recovered_professions(vault.key_file(), recovery.printed) == {}
    hers = vaults.unlock(vault.folder, "Гулнора", COLLEAGUE.passphrase, surroundings())
    hers.close()
    assert keyring.recovered_professions(read_all(vault.folder)[0], recovery.printed) == hers.keys.professions != {}


@pytest.mark.parametrize(("desk", "role"), [("khorugh", Role.HEAD), ("coordinator", Role.COORDINATOR)])
def test_the_first_user_leads(tmp_path: Path, desk: str, role: Role) -> None:
    vaults.create_vault(tmp_path / desk, DeskCode(desk), USER, PASSPHRASE, surroundings(), FLOOR_PARAMETERS)
    vault = open_vault(tmp_path / desk)
    (member,) = members.everybody(vault.db)
    assert (member.user, member.name, member.roles, member.gone) == (vault.user, USER, frozenset({role}), None)
    assert member.sign_key == vault.keys.signing_key.public
    vault.close()


# Forgotten passphrases.


def test_the_recovery_code_gives_a_new_passphrase_and_her_professions_keys(folder: Path, code: str) -> None:
    (before,) = keyring.open_slot(read_all(folder)[0], "Гулнора", COLLEAGUE.passphrase)
    vault, recovery = open_with_recovery(folder, code, FORGOT, surroundings("reset"))
    assert (vault.user, vault.user_name) == (COLLEAGUE.id, "Гулнора")
    assert vault.keys.professions == before.professions != {}
    assert [one.text("surname") for one in records.find_all(vault, "client")] == ["Назаров"]
    vault.close()
    vaults.unlock(folder, "Гулнора", FORGOT.passphrase, surroundings()).close()
    open_vault(folder).close()
    with pytest.raises(WrongPassphrase):
        vaults.unlock(folder, "Гулнора", COLLEAGUE.passphrase, surroundings())
    with pytest.raises(RecoveryCodeWrong):
        open_with_recovery(folder, code, FORGOT, surroundings())
    again, _ = open_with_recovery(folder, recovery.printed, FORGOT, surroundings("once more"))
    assert again.keys.professions == before.professions
    again.close()


@pytest.mark.parametrize("pair", [(0, 1), (2, 0)])
def test_two_shares_give_a_new_passphrase_and_no_private_note(
    folder: Path, code: str, emergency: EscrowKey, pair: tuple[int, int]
) -> None:
    (before,) = keyring.open_slot(read_all(folder)[0], "Гулнора", COLLEAGUE.passphrase)
    shares = [emergency.shares[at].printed for at in pair]
    vault, recovery = open_with_escrow(folder, shares, FORGOT, surroundings("reset"))
    assert vault.keys.professions == {}
    assert [one.text("surname") for one in records.find_all(vault, "client")] == ["Назаров"]
    vault.close()
    key_file = read_all(folder)[0]
    assert keyring.open_recovery(key_file, recovery.printed)[0].data_key == vault.keys.data_key
    with pytest.raises(RecoveryCodeWrong):
        keyring.open_recovery(key_file, code)
    assert keyring.recovered_professions(key_file, code) == before.professions


def unfit_for_papers(folder: Path) -> bytes:
    """The key file as somebody without the vault's key makes it unfit for every paper: none fits a slot."""
    foreign = escrow.new_escrow(seeded("another programme")).recipient

    def spoil(content: dict[str, list[dict[str, str]]]) -> None:
        for slot in content["slots"]:
            if slot["kind"] == "escrow":
                slot["recipient"] = foreign
            elif slot["kind"] == "recovery":
                slot["salt"] = ("B" if slot["salt"][0] == "A" else "A") + slot["salt"][1:]

    return edited(read_all(folder)[0], spoil)


@pytest.mark.expects_log("altered_copy_of_keys_replaced")
def test_a_paper_opens_by_the_second_copy_where_the_first_was_altered_so_that_it_fits_no_slot(
    folder: Path, code: str, emergency: EscrowKey
) -> None:
    (folder / KEY_FILES[0]).write_bytes(unfit_for_papers(folder))
    assert len(read_all(folder)) == 2
    shares = [share.printed for share in emergency.shares[:2]]
    vault, recovery = open_with_escrow(folder, shares, FORGOT, surroundings("by shares"))
    vault.close()
    (folder / KEY_FILES[0]).write_bytes(unfit_for_papers(folder))
    assert len(read_all(folder)) == 2
    open_with_recovery(folder, recovery.printed, FORGOT, surroundings("by code"))[0].close()
    assert (folder / KEY_FILES[0]).read_bytes() == (folder / KEY_FILES[1]).read_bytes()


def test_a_code_that_fits_neither_copy_is_wrong_though_one_was_altered(folder: Path) -> None:
    (folder / KEY_FILES[0]).write_bytes(unfit_for_papers(folder))
    assert len(read_all(folder)) == 2
    before = contents(folder)
    with pytest.raises(RecoveryCodeWrong):
        open_with_recovery(folder, OTHER_CODE, FORGOT, surroundings())
    assert contents(folder) == before


@pytest.mark.parametrize("rotated", [False, True])
def test_a_copy_that_stayed_behind_does_not_bring_back_an_old_paper(folder: Path, code: str, rotated: bool) -> None:
    stale = (folder / KEY_FILES[1]).read_bytes()
    vault, recovery = open_with_recovery(folder, code, FORGOT, surroundings("reset"))
    if rotated:
        rotation.rotate(vault, lambda _done, _all: None)
    vault.close()
    (folder / KEY_FILES[1]).write_bytes(stale)
    before = contents(folder)
    with pytest.raises(RecoveryCodeWrong):
        open_with_recovery(folder, code, FORGOT, surroundings("again"))
    assert contents(folder) == before
    open_with_recovery(folder, recovery.printed, FORGOT, surroundings("newer"))[0].close()


def test_what_was_typed_wrong_resets_nothing(folder: Path, code: str, emergency: EscrowKey) -> None:
    before = contents(folder)
    share = emergency.shares[0].printed
    foreign = escrow.new_escrow(seeded("another programme")).shares
    with pytest.raises(RecoveryCodeWrong):
        open_with_recovery(folder, OTHER_CODE, FORGOT, surroundings())
    with pytest.raises(UnknownUser):
        open_with_recovery(folder, code, NewUser(UserId(""), "Ҷамшед", "x" * 12, FLOOR_PARAMETERS), surroundings())
    with pytest.raises(EscrowShareWrong):
        open_with_escrow(folder, [share, share[:-1]], FORGOT, surroundings())
    with pytest.raises(EscrowWrong):
        open_with_escrow(folder, [share, share], FORGOT, surroundings())
    with pytest.raises(EscrowWrong):
        open_with_escrow(folder, [one.printed for one in foreign[:2]], FORGOT, surroundings())
    assert contents(folder) == before


def test_the_shares_open_no_vault_that_did_not_take_the_key(tmp_path: Path, emergency: EscrowKey) -> None:
    other = make_vault(tmp_path)
    other.close()
    user = NewUser(UserId(""), USER, "ибораи нави ман", FLOOR_PARAMETERS)
    with pytest.raises(EscrowWrong):
        open_with_escrow(other.folder, [one.printed for one in emergency.shares[:2]], user, surroundings())


def test_a_database_that_does_not_open_keeps_its_keys(folder: Path, code: str) -> None:
    vault = open_vault(folder)
    vault.db.execute("PRAGMA user_version = 99")
    vault.close()
    before = contents(folder)
    with pytest.raises(VaultNewer):
        open_with_recovery(folder, code, FORGOT, surroundings())
    assert contents(folder) == before
    (folder / DATABASE).write_bytes(bytes(8192))
    with pytest.raises(VaultDamaged):
        open_with_recovery(folder, code, FORGOT, surroundings())
    assert contents(folder) == {**before, DATABASE: bytes(8192)}


def test_a_reset_that_cannot_be_written_is_none(folder: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, _data: bytes) -> None:
        raise NoAccess(str(path))

    before = [(folder / name).read_bytes() for name in KEY_FILES]
    with monkeypatch.context() as patch:
        patch.setattr(files, "write", refuse)
        with pytest.raises(NoAccess):
            open_with_recovery(folder, code, FORGOT, surroundings())
    assert [(folder / name).read_bytes() for name in KEY_FILES] == before
    vaults.unlock(folder, "Гулнора", COLLEAGUE.passphrase, surroundings()).close()


# Refused passphrases.


def try_wrong(folder: Path, at: int = START) -> None:
    with pytest.raises(WrongPassphrase):
        vaults.unlock(folder, "гулнора", "ибораи дигар", surroundings("wrong", FakeClock(at)))


def test_a_refused_passphrase_is_noted_without_a_name_and_taken_once(folder: Path) -> None:
    try_wrong(folder)
    try_wrong(folder, START + 60_000)
    assert (folder / REFUSED).read_text() == f"{START + 1000} 11111111\n{START + 61_000} 11111111\n"
    assert take_refused(folder) == (Refusal(START + 1000, COLLEAGUE.id), Refusal(START + 61_000, COLLEAGUE.id))
    assert take_refused(folder) == ()
    assert not (folder / REFUSED).exists()


def test_what_is_no_passphrase_is_not_noted(folder: Path) -> None:
    with pytest.raises(UnknownUser):
        vaults.unlock(folder, "Ҷамшед", PASSPHRASE, surroundings())
    with pytest.raises(UserNotChosen):
        vaults.unlock(folder, None, PASSPHRASE, surroundings())
    assert take_refused(folder) == ()


def test_the_newest_refusals_are_kept_up_to_a_limit(folder: Path) -> None:
    (folder / REFUSED).write_text("".join(f"{at} 22222222\n" for at in range(MOST_REFUSED)))
    try_wrong(folder)
    found = take_refused(folder)
    assert len(found) == MOST_REFUSED
    assert (found[0].at, found[-1]) == (1, Refusal(START + 1000, COLLEAGUE.id))


@pytest.mark.parametrize(
    "content", [b"\xff\xfe" * 40, b"5 11111111\n-1 x\n" + b"9" * 40 + b" 11111111", b"x" * 100_000]
)
def test_whatever_lies_in_their_place_is_read_line_by_line(folder: Path, content: bytes) -> None:
    (folder / REFUSED).write_bytes(content)
    try_wrong(folder)
    *older, newest = take_refused(folder)
    assert newest == Refusal(START + 1000, COLLEAGUE.id)
    assert older in ([], [Refusal(5, COLLEAGUE.id)])


@pytest.mark.expects_log("refusal_not_noted", "refusals_not_removed")
def test_a_refusal_that_cannot_be_noted_hides_no_trouble(folder: Path) -> None:
    (folder / REFUSED).mkdir()
    try_wrong(folder)
    assert take_refused(folder) == ()


def test_the_two_copies_and_the_names_in_them(folder: Path, tmp_path: Path) -> None:
    assert vaults.users(folder) == (USER, "Гулнора")
    other = make_vault(tmp_path, "vose")
    other.close()
    shutil.copy(other.folder / KEY_FILES[1], folder / KEY_FILES[1])
    assert len(read_all(folder)) == 2
    assert json.loads((folder / KEY_FILES[0]).read_bytes())["format"] == 2
