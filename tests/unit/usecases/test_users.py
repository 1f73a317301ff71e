"""Who opens a vault: added, reset, removed, with other roles, and the keys to private notes that go with them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest

from desk_app.crypto import keyring
from desk_app.crypto.passphrase import FLOOR_PARAMETERS, stretch
from desk_app.domain.errors import (
    DiskFull,
    LastHolder,
    LastLeader,
    LastSlot,
    NotAllowed,
    NotYourProfession,
    OwnUser,
    PassphraseSame,
    PassphraseTooShort,
    ProfessionKeyMissing,
    RoleMissing,
    ShutOut,
    UnknownUser,
    UserNameMissing,
    UserNameTaken,
    VaultInUse,
    WrongPassphrase,
)
from desk_app.domain.ids import DeskCode, UserId
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Act, Role
from desk_app.storage import members
from desk_app.storage.key_files import KEY_FILES
from desk_app.storage.vault import Vault
from desk_app.usecases import audit, checking, keys, records, users, vaults
from desk_app.usecases.users import UserShown
from tests.fakes import PASSPHRASE, USER, can_read, make_client, make_vault, open_vault, surroundings

FIRUZA, SAID, MEHRI = "Фирӯза", "Саид", "Меҳрӣ"
NEW = "дарахти сабзи баланд"
NEWER = "оби соф аз кӯҳ"


class Entry(Protocol):
    """Opens the vault once more."""

    def __call__(self, user: str, passphrase: str = NEW) -> Vault: ...


@pytest.fixture
def head(tmp_path: Path) -> Iterator[Vault]:
    made = make_vault(tmp_path)
    yield made
    made.close()


@pytest.fixture
def enter(head: Vault) -> Iterator[Entry]:
    """Opens the same vault as another user, beside the head's session."""
    opened: list[Vault] = []

    def entered(user: str, passphrase: str = NEW) -> Vault:
        opened.append(vaults.unlock(head.folder, user, passphrase, surroundings(("entered", len(opened)))))
        return opened[-1]

    yield entered
    for one in opened:
        one.close()


def add(vault: Vault, name: str, *roles: Role) -> UserShown:
    return users.add_user(vault, name, NEW, roles or (Role.SOCIAL_WORKER,), FLOOR_PARAMETERS)


def noted(vault: Vault) -> list[tuple[str, str]]:
    about = set(Action) - {Action.UNLOCKED, Action.REFUSED, Action.LOCKED, Action.MADE, Action.CHANGED}
    return [(one.action, one.detail) for one in reversed(audit.entries(vault)) if one.action in about]


def test_the_first_user_leads(head: Vault, tmp_path: Path) -> None:
    (only,) = users.members(head)
    assert (only.user, only.name, only.roles, only.gone, only.has_slot) == (head.user, USER, (Role.HEAD,), None, True)
    users.require(head, Act.MANAGE_USERS)
    coordinator = make_vault(tmp_path, "coordinator")
    assert users.members(coordinator)[0].roles == (Role.COORDINATOR,)
    coordinator.close()


def test_a_first_user_may_have_a_profession_too(tmp_path: Path) -> None:
    folder, roles = tmp_path / "vose", (Role.LAWYER, Role.SOCIAL_WORKER)
    vaults.create_vault(folder, DeskCode("vose"), USER, PASSPHRASE, surroundings(), FLOOR_PARAMETERS, roles=roles)
    vault = open_vault(folder)
    assert users.members(vault)[0].roles == (Role.SOCIAL_WORKER, Role.LAWYER, Role.HEAD)
    assert can_read(vault, Role.LAWYER)
    vault.close()


def test_an_added_user_opens_the_vault_with_her_own_keys_and_rights(head: Vault, enter: Entry) -> None:
    made = add(head, f" {FIRUZA} ", Role.PSYCHOLOGIST)
    assert (made.name, made.roles, made.waits_for) == (FIRUZA, (Role.PSYCHOLOGIST,), ())
    hers = enter(FIRUZA.upper(), NEW)
    assert hers.user == made.user
    assert hers.keys.signing_key.public != head.keys.signing_key.public
    member = members.get(hers.db, made.user)
    assert member is not None
    assert member.sign_key == hers.keys.signing_key.public
    assert can_read(hers, Role.PSYCHOLOGIST)
    assert not can_read(head, Role.PSYCHOLOGIST)
    with pytest.raises(NotAllowed):
        users.require(hers, Act.MANAGE_USERS)
    for refused in (
        lambda: add(hers, MEHRI),
        lambda: users.reset_passphrase(hers, head.user, NEWER, FLOOR_PARAMETERS),
        lambda: users.remove_user(hers, head.user),
        lambda: users.set_roles(hers, hers.user, [Role.HEAD]),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert noted(head) == [("user_added", f"{made.user} psychologist")]


def test_what_a_new_user_lacks_is_said(head: Vault) -> None:
    with pytest.raises(PassphraseTooShort):
        users.add_user(head, FIRUZA, "кӯтоҳ", [Role.LAWYER], FLOOR_PARAMETERS)
    with pytest.raises(RoleMissing):
        users.add_user(head, FIRUZA, NEW, [], FLOOR_PARAMETERS)
    with pytest.raises(UserNameMissing):
        add(head, "  ")
    with pytest.raises(UserNameTaken):
        add(head, USER.upper())
    assert len(users.members(head)) == len(head.key_file().users) == 1
    assert noted(head) == []


def test_a_second_psychologist_waits_until_the_key_is_handed_over(head: Vault, enter: Entry) -> None:
    first, second = add(head, FIRUZA, Role.PSYCHOLOGIST), add(head, MEHRI, Role.PSYCHOLOGIST)
    assert second.waits_for == (Role.PSYCHOLOGIST,)
    assert not can_read(enter(MEHRI), Role.PSYCHOLOGIST)
    with pytest.raises(ProfessionKeyMissing):
        users.hand_over(head, Role.PSYCHOLOGIST, second.user)
    hers = enter(FIRUZA)
    lawyer = add(head, SAID, Role.LAWYER)
    with pytest.raises(NotYourProfession):
        users.hand_over(hers, Role.PSYCHOLOGIST, lawyer.user)
    assert users.hand_over(hers, Role.PSYCHOLOGIST, second.user).waits_for == ()
    assert can_read(enter(MEHRI), Role.PSYCHOLOGIST)
    assert ("key_handed_over", f"{second.user} psychologist") in noted(head)
    assert first.holds == (Role.PSYCHOLOGIST,)


def test_a_forgotten_passphrase_is_reset_by_a_colleague(head: Vault, enter: Entry) -> None:
    made = add(head, FIRUZA, Role.SOCIAL_WORKER, Role.PSYCHOLOGIST)
    before = enter(FIRUZA).keys
    reset = users.reset_passphrase(head, made.user, NEWER, FLOOR_PARAMETERS)
    assert reset.waits_for == (Role.PSYCHOLOGIST,)
    with pytest.raises(WrongPassphrase):
        enter(FIRUZA, NEW)
    again = enter(FIRUZA, NEWER)
    assert again.keys.signing_key.public != before.signing_key.public
    assert again.keys.identity.recipient != before.identity.recipient
    assert not can_read(again, Role.PSYCHOLOGIST)
    assert ("user_reset", made.user) in noted(head)


def test_a_reset_by_somebody_of_the_profession_hands_its_key_over_again(head: Vault, enter: Entry) -> None:
    made = add(head, FIRUZA, Role.PSYCHOLOGIST, Role.HEAD)
    second = add(head, MEHRI, Role.PSYCHOLOGIST)
    hers = enter(FIRUZA)
    assert users.reset_passphrase(hers, second.user, NEWER, FLOOR_PARAMETERS).waits_for == ()
    assert can_read(enter(MEHRI, NEWER), Role.PSYCHOLOGIST)
    assert users.member(head, made.user).holds == (Role.PSYCHOLOGIST,)


def test_a_removed_user_opens_nothing_any_more_and_is_remembered(head: Vault, enter: Entry) -> None:
    made = add(head, FIRUZA)
    users.remove_user(head, made.user)
    with pytest.raises(UnknownUser):
        enter(FIRUZA)
    assert [(one.name, one.gone is None, one.has_slot) for one in users.members(head)] == [
        (USER, True, True),
        (FIRUZA, False, False),
    ]
    with pytest.raises(UnknownUser):
        users.remove_user(head, made.user)
    assert add(head, FIRUZA).user != made.user


def test_a_removed_head_leads_nothing_in_a_window_left_open(head: Vault, enter: Entry) -> None:
    made = add(head, SAID, Role.HEAD)
    his = enter(SAID)
    users.require(his, Act.ERASE)
    users.remove_user(head, made.user)
    for act in Act:
        with pytest.raises(NotAllowed):
            users.require(his, act)
    with pytest.raises(NotAllowed):
        audit.entries(his)


def test_a_window_left_open_saves_nothing_for_who_was_removed_or_reset(head: Vault, enter: Entry) -> None:
    gone, reset = add(head, SAID), add(head, FIRUZA)
    left_open = [enter(SAID), enter(FIRUZA)]
    make_client(left_open[1])
    users.remove_user(head, gone.user)
    users.reset_passphrase(head, reset.user, NEWER, FLOOR_PARAMETERS)
    for window in left_open:
        with pytest.raises(ShutOut):
            make_client(window)
    make_client(enter(FIRUZA, NEWER))
    assert len(records.find_all(head, "client")) == 2
    assert "author" not in {one.code for one in checking.check(head, deep=True).problems}


@pytest.mark.expects_log("older_keys_put_back")
def test_an_older_key_file_brings_nobody_back_who_was_removed(head: Vault, enter: Entry) -> None:
    made = add(head, SAID, Role.HEAD)
    code = keys.new_recovery_code(head)
    older = {name: (head.folder / name).read_bytes() for name in KEY_FILES}
    users.remove_user(head, made.user)
    for name, data in older.items():
        (head.folder / name).write_bytes(data)
    with pytest.raises(UnknownUser):
        enter(SAID)
    with pytest.raises(UnknownUser):
        keys.reset_with_recovery(head.folder, code, SAID, NEWER, surroundings("back"), FLOOR_PARAMETERS)
    again = enter(USER, PASSPHRASE)
    assert [slot.name for slot in again.key_file().users] == [USER]
    assert [one.name for one in users.members(again) if one.gone is None] == [USER]
    assert noted(again).count(("user_removed", made.user)) == 2


def test_somebody_who_leads_remains(head: Vault, enter: Entry) -> None:
    with pytest.raises(LastSlot):
        users.remove_user(head, head.user)
    add(head, FIRUZA)
    with pytest.raises(LastLeader):
        users.remove_user(head, head.user)
    with pytest.raises(LastLeader):
        users.set_roles(head, head.user, [Role.LAWYER])
    add(head, SAID, Role.HEAD)
    with pytest.raises(OwnUser):
        users.remove_user(head, head.user)
    users.remove_user(enter(SAID), head.user)
    with pytest.raises(UnknownUser):
        enter(USER, PASSPHRASE)


def test_the_last_holder_of_a_key_leaves_only_when_that_was_confirmed(head: Vault) -> None:
    made = add(head, FIRUZA, Role.PSYCHOLOGIST)
    for refused in (
        lambda: users.remove_user(head, made.user),
        lambda: users.set_roles(head, made.user, [Role.LAWYER]),
    ):
        with pytest.raises(LastHolder) as told:
            refused()
        assert (told.value.name, told.value.role) == (FIRUZA, "psychologist")
    assert users.set_roles(head, made.user, [Role.LAWYER], confirmed=True).holds == (Role.LAWYER,)
    users.remove_user(head, made.user, confirmed=True)
    key = head.key_file().key_for(Role.PSYCHOLOGIST)
    assert key is not None
    assert len(key.wraps) == 1  # The recovery paper's.


def test_roles_bring_and_take_the_keys_to_private_notes(head: Vault, enter: Entry) -> None:
    assert users.set_roles(head, head.user, [Role.HEAD, Role.LAWYER]).holds == (Role.LAWYER,)
    assert can_read(head, Role.LAWYER)
    second = add(head, SAID, Role.SOCIAL_WORKER)
    assert users.set_roles(head, second.user, [Role.LAWYER]).waits_for == ()
    assert users.set_roles(head, head.user, [Role.HEAD]).holds == ()
    assert not can_read(head, Role.LAWYER)
    assert can_read(enter(SAID), Role.LAWYER)
    assert noted(head)[-1] == ("roles_set", f"{head.user} head")


def test_one_changes_the_own_passphrase_with_the_old_one(head: Vault, enter: Entry) -> None:
    with pytest.raises(WrongPassphrase):
        users.change_passphrase(head, NEW, NEWER, FLOOR_PARAMETERS)
    with pytest.raises(PassphraseSame):
        users.change_passphrase(head, PASSPHRASE, PASSPHRASE, FLOOR_PARAMETERS)
    with pytest.raises(PassphraseTooShort):
        users.change_passphrase(head, PASSPHRASE, "кӯтоҳ", FLOOR_PARAMETERS)
    users.change_passphrase(head, PASSPHRASE, NEW, FLOOR_PARAMETERS)
    with pytest.raises(WrongPassphrase):
        enter(USER, PASSPHRASE)
    assert enter(USER, NEW).keys.signing_key == head.keys.signing_key
    assert noted(head) == [("passphrase_changed", "")]


def test_names_find_users(head: Vault) -> None:
    assert users.named(head, f" {USER.lower()} ") == head.user
    with pytest.raises(UnknownUser):
        users.named(head, FIRUZA)
    with pytest.raises(UnknownUser):
        users.member(head, UserId("00000000"))


def test_a_power_cut_between_key_file_and_database_is_settled(head: Vault, enter: Entry) -> None:
    made = add(head, FIRUZA, Role.LAWYER)
    gone = add(head, SAID)
    head.db.execute("DELETE FROM member WHERE user = ?", [made.user])
    head.db.execute("UPDATE member SET sign_key = x'00' WHERE user = ?", [gone.user])
    found = {one.name: one for one in users.members(enter(USER, PASSPHRASE))}
    assert (found[FIRUZA].roles, found[FIRUZA].gone) == ((Role.LAWYER,), None)
    assert ("user_added", made.user) in noted(head)
    assert ("user_reset", gone.user) in noted(head)


def test_an_act_that_fails_leaves_the_key_file_as_it_was(head: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    before = head.key_file()

    def full(*_: object) -> None:
        raise DiskFull("")

    monkeypatch.setattr(audit.storage, "append", full)
    with pytest.raises(DiskFull):
        add(head, FIRUZA)
    monkeypatch.undo()
    assert head.key_file() == before
    assert [one.name for one in users.members(head)] == [USER]


@contextmanager
def while_stretching(act: Callable[[], object]) -> Iterator[None]:
    """Does this in the second in which the next passphrase is stretched: somebody else is at the vault too."""

    def stretched(*args: Any) -> bytes:
        patch.undo()
        act()
        return stretch(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desk_app.crypto.keyring.stretch", stretched)
        yield


def test_what_another_window_did_with_keys_is_never_written_over(head: Vault, enter: Entry) -> None:
    made = add(head, FIRUZA, Role.HEAD)
    hers = enter(FIRUZA)
    codes: list[str] = []
    with while_stretching(lambda: codes.append(keys.new_recovery_code(head))), pytest.raises(VaultInUse):
        users.change_passphrase(hers, NEW, NEWER, FLOOR_PARAMETERS)
    assert keyring.open_recovery(head.key_file(), codes[0])
    with while_stretching(lambda: add(head, SAID)), pytest.raises(VaultInUse):
        users.reset_passphrase(hers, head.user, NEWER, FLOOR_PARAMETERS)
    assert {one.name for one in users.members(head) if one.has_slot} == {USER, FIRUZA, SAID}
    with while_stretching(lambda: users.remove_user(head, made.user)), pytest.raises(UnknownUser):
        enter(FIRUZA)
    with while_stretching(lambda: add(head, "Ҷамшед")), pytest.raises(VaultInUse):
        enter(SAID)
    with while_stretching(lambda: add(head, MEHRI)), pytest.raises(VaultInUse):
        keys.reset_with_recovery(head.folder, codes[0], USER, NEWER, surroundings("reset"), FLOOR_PARAMETERS)
    assert keyring.open_recovery(head.key_file(), codes[0])


def test_who_was_reset_and_has_not_written_since_is_no_forger(head: Vault, enter: Entry) -> None:
    """Her last signature is by the key she had; the new one signs when she writes again."""
    lawyer = users.add_user(head, SAID, NEW, [Role.LAWYER], FLOOR_PARAMETERS).user
    own = enter(SAID)
    make_client(own)
    users.reset_passphrase(head, lawyer, NEWER, FLOOR_PARAMETERS)
    assert checking.check(head, deep=True).problems == ()
    again = enter(SAID, NEWER)
    assert checking.check(again, deep=True).problems == ()
    make_client(again)
    assert checking.check(again, deep=True).problems == ()
