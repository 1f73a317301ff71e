"""From a vault whose users forgot everything: the recovery code, the emergency key's papers, and what opens nothing."""

from collections.abc import Iterator
from itertools import combinations, count
from pathlib import Path

import pytest

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.errors import (
    CardDamaged,
    DiskFull,
    EscrowDigitsDiffer,
    EscrowShareWrong,
    EscrowUnproved,
    EscrowWrong,
    NotACoordinator,
    NotAllowed,
    NotYourProfession,
    PassphraseTooShort,
    ProfessionKeyMissing,
    RecoveryCodeWrong,
    UnknownUser,
    WrongPassphrase,
)
from desk_app.domain.ids import DeskCode
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Role
from desk_app.storage.vault import Surroundings, Vault
from desk_app.usecases import audit, escrow, keys, membership, notices, partners, users, vaults
from desk_app.usecases.escrow import NewEscrow
from tests.fakes import USER, can_read, make_client, make_vault, surroundings

FIRUZA, SAID = "Фирӯза", "Саид"
_TURNS = count()
FIRST, NEW = "калиди фаромӯшшуда", "дарахти сабзи баланд"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], str]:
    """The files of a desk with a head, a psychologist and a lawyer, and its recovery code."""
    folder = tmp_path_factory.mktemp("desk") / "khorugh"
    around = surroundings("desk")
    code = vaults.create_vault(folder, DeskCode("khorugh"), USER, FIRST, around, FLOOR_PARAMETERS)
    vault = vaults.unlock(folder, USER, FIRST, around)
    users.add_user(vault, FIRUZA, FIRST, [Role.PSYCHOLOGIST], FLOOR_PARAMETERS)
    users.add_user(vault, SAID, FIRST, [Role.LAWYER], FLOOR_PARAMETERS)
    make_client(vault)
    vaults.lock(vault)
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}, code


@pytest.fixture
def folder(desk: tuple[dict[str, bytes], str], tmp_path: Path) -> Path:
    """That desk, locked."""
    made = tmp_path / "khorugh"
    made.mkdir()
    for name, data in desk[0].items():
        (made / name).write_bytes(data)
    return made


@pytest.fixture
def code(desk: tuple[dict[str, bytes], str]) -> str:
    return desk[1]


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Vault, NewEscrow]]:
    """The coordinator's vault and the programme's emergency key."""
    vault = make_vault(tmp_path_factory.mktemp("programme"), "coordinator")
    yield vault, escrow.make_escrow(vault)
    vault.close()


def fresh() -> Surroundings:
    """Randomness that no call before had."""
    return surroundings(("fresh", next(_TURNS)))


def opened(folder: Path, user: str, passphrase: str = FIRST) -> Vault:
    return vaults.unlock(folder, user, passphrase, fresh())


def by_code(folder: Path, code: str, user: str) -> str:
    return keys.reset_with_recovery(folder, code, user, NEW, fresh(), FLOOR_PARAMETERS)


def by_shares(folder: Path, shares: tuple[str, ...], user: str = USER) -> str:
    return keys.reset_with_escrow(folder, shares, user, NEW, fresh(), FLOOR_PARAMETERS)


def adopted(folder: Path, made: NewEscrow) -> None:
    vault = opened(folder, USER)
    escrow.adopt_escrow(vault, made.card, " ".join(made.digits))
    vault.close()


def told(vault: Vault) -> list[tuple[str, str, str, str | None]]:
    return [(one.action, one.by, one.whom, one.profession) for one in notices.notices(vault)]


def test_the_recovery_code_gives_a_user_a_new_passphrase_and_her_notes(folder: Path, code: str) -> None:
    by_code(folder, code, FIRUZA.upper())
    with pytest.raises(WrongPassphrase):
        opened(folder, FIRUZA)
    hers = opened(folder, FIRUZA, NEW)
    assert (can_read(hers, Role.PSYCHOLOGIST), can_read(hers, Role.LAWYER)) == (True, False)
    assert users.member(hers, hers.user).roles == (Role.PSYCHOLOGIST,)
    hers.close()
    other = opened(folder, SAID)
    assert (can_read(other, Role.PSYCHOLOGIST), can_read(other, Role.LAWYER)) == (False, True)
    other.close()


def test_the_head_gets_no_private_note_with_the_recovery_code(folder: Path, code: str) -> None:
    by_code(folder, code, USER)
    head = opened(folder, USER, NEW)
    assert not any(can_read(head, role) for role in (Role.PSYCHOLOGIST, Role.LAWYER))
    head.close()


def test_an_old_code_and_a_code_of_another_vault_open_nothing(folder: Path, code: str, tmp_path: Path) -> None:
    newer = by_code(folder, code, USER)
    foreign = vaults.create_vault(
        tmp_path / "vose", DeskCode("vose"), USER, FIRST, surroundings("vose"), FLOOR_PARAMETERS
    )
    before = (folder / "keys.json").read_bytes()
    for wrong in (code, foreign):
        with pytest.raises(RecoveryCodeWrong) as refused:
            by_code(folder, wrong, USER)
        assert refused.value.group == 0
    with pytest.raises(UnknownUser):
        by_code(folder, newer, "Касе")
    with pytest.raises(PassphraseTooShort):
        keys.reset_with_recovery(folder, newer, USER, "кӯтоҳ", surroundings(), FLOOR_PARAMETERS)
    assert (folder / "keys.json").read_bytes() == before
    assert newer != code
    assert by_code(folder, newer, USER) != newer


def test_every_user_sees_once_that_the_recovery_code_was_used(folder: Path, code: str) -> None:
    by_code(folder, code, FIRUZA)
    for user, passphrase in ((USER, FIRST), (FIRUZA, NEW), (SAID, FIRST)):
        vault = opened(folder, user, passphrase)
        assert told(vault) == [("recovery_used", FIRUZA, FIRUZA, None)]
        notices.mark_notices_seen(vault, notices.notices(vault)[-1])
        assert told(vault) == []
        vault.close()


def test_a_recovery_that_was_cut_short_is_told_all_the_same(
    folder: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(membership, "settle", killed)
    with pytest.raises(KeyboardInterrupt):
        by_code(folder, code, FIRUZA)
    monkeypatch.undo()
    head = opened(folder, USER)
    assert told(head) == [("recovery_used", FIRUZA, FIRUZA, None)]
    head.close()


def test_a_handed_over_key_is_told_to_the_others_and_to_nobody_who_came_later(folder: Path) -> None:
    head, hers = opened(folder, USER), opened(folder, FIRUZA)
    second = users.add_user(head, "Меҳрӣ", FIRST, [Role.PSYCHOLOGIST], FLOOR_PARAMETERS)
    users.hand_over(hers, Role.PSYCHOLOGIST, second.user)
    users.add_user(head, "Ҷамшед", FIRST, [Role.SOCIAL_WORKER], FLOOR_PARAMETERS)
    expected = ("key_handed_over", FIRUZA, "Меҳрӣ", Role.PSYCHOLOGIST)
    assert told(head) == [expected]
    assert told(hers) == []
    newest = opened(folder, "Ҷамшед")
    assert told(newest) == []
    for vault in (head, hers, newest):
        vault.close()


def test_a_new_code_counts_only_once_it_was_delivered(folder: Path, code: str) -> None:
    def fails(_code: str) -> None:
        raise DiskFull("")

    head = opened(folder, USER)
    with pytest.raises(DiskFull):
        keys.new_recovery_code(head, fails)
    assert told(head) == []
    head.close()
    newer = by_code(folder, code, USER)
    head = opened(folder, USER, NEW)
    delivered: list[str] = []
    assert [keys.new_recovery_code(head, delivered.append)] == delivered
    head.close()
    with pytest.raises(RecoveryCodeWrong):
        by_code(folder, newer, USER)


def test_a_reset_counts_only_once_its_new_code_was_delivered(
    folder: Path, code: str, programme: tuple[Vault, NewEscrow]
) -> None:
    def fails(_code: str) -> None:
        raise DiskFull("")

    adopted(folder, programme[1])
    with pytest.raises(DiskFull):
        keys.reset_with_recovery(folder, code, USER, NEW, fresh(), FLOOR_PARAMETERS, fails)
    with pytest.raises(DiskFull):
        keys.reset_with_escrow(folder, programme[1].shares[:2], USER, NEW, fresh(), FLOOR_PARAMETERS, fails)
    head = opened(folder, USER)
    assert told(head) == [("recovery_used", USER, USER, None), ("escrow_used", USER, USER, None)]
    head.close()
    delivered: list[str] = []
    made = keys.reset_with_recovery(folder, code, USER, NEW, fresh(), FLOOR_PARAMETERS, delivered.append)
    assert delivered == [made]


def test_the_old_paper_keeps_a_key_to_notes_until_its_holder_has_unlocked(folder: Path, code: str) -> None:
    head = opened(folder, USER)
    assert (keys.not_on_paper(head), keys.not_on_next_paper(head)) == ((), (Role.LAWYER, Role.PSYCHOLOGIST))
    newer = keys.new_recovery_code(head)
    assert keys.not_on_paper(head) == (Role.LAWYER, Role.PSYCHOLOGIST)
    with pytest.raises(RecoveryCodeWrong):
        by_code(folder, code, FIRUZA)
    opened(folder, SAID).close()
    assert keys.not_on_paper(head) == (Role.PSYCHOLOGIST,)
    hers = users.named(head, FIRUZA)
    users.remove_user(head, hers, confirmed=True)
    second = users.add_user(head, "Меҳрӣ", FIRST, [Role.PSYCHOLOGIST], FLOOR_PARAMETERS)
    assert second.waits_for == (Role.PSYCHOLOGIST,)
    with pytest.raises(ProfessionKeyMissing):
        keys.recover_profession(head, newer, Role.PSYCHOLOGIST, second.user)
    assert keys.recover_profession(head, code, Role.PSYCHOLOGIST, second.user).waits_for == ()
    assert keys.not_on_paper(head) == ()
    assert told(head)[-1] == ("recovery_used", USER, "Меҳрӣ", Role.PSYCHOLOGIST)
    head.close()
    reader = opened(folder, "Меҳрӣ")
    assert can_read(reader, Role.PSYCHOLOGIST)
    reader.close()


def test_the_paper_gives_a_profession_its_key_and_nobody_else(folder: Path, code: str) -> None:
    head = opened(folder, USER)
    users.remove_user(head, users.named(head, FIRUZA), confirmed=True)
    with pytest.raises(NotYourProfession):
        keys.recover_profession(head, code, Role.PSYCHOLOGIST, head.user)
    head.close()
    lawyer = opened(folder, SAID)
    for refused in (
        lambda: keys.recover_profession(lawyer, code, Role.PSYCHOLOGIST, lawyer.user),
        lambda: keys.new_recovery_code(lawyer),
        lambda: keys.rotate_data_key(lawyer, lambda _done, _all: None),
        lambda: escrow.adopt_escrow(lawyer, b""),
    ):
        with pytest.raises(NotAllowed):
            refused()
    lawyer.close()


@pytest.mark.parametrize("places", list(combinations(range(3), 2)))
def test_each_pair_of_the_three_papers_opens_a_desk(
    folder: Path, programme: tuple[Vault, NewEscrow], places: tuple[int, int]
) -> None:
    made = programme[1]
    adopted(folder, made)
    by_shares(folder, tuple(made.shares[place] for place in reversed(places)), FIRUZA)
    hers = opened(folder, FIRUZA, NEW)
    assert not can_read(hers, Role.PSYCHOLOGIST)
    assert users.member(hers, hers.user).waits_for == (Role.PSYCHOLOGIST,)
    assert told(hers) == [("escrow_used", FIRUZA, FIRUZA, None)]
    hers.close()


def test_after_the_emergency_key_the_recovery_paper_still_gives_back_the_notes(
    folder: Path, code: str, programme: tuple[Vault, NewEscrow]
) -> None:
    adopted(folder, programme[1])
    by_shares(folder, programme[1].shares[:2], FIRUZA)
    by_shares(folder, programme[1].shares[:2], USER)
    head = opened(folder, USER, NEW)
    made = keys.recover_profession(head, code, Role.PSYCHOLOGIST, users.named(head, FIRUZA))
    assert made.holds == (Role.PSYCHOLOGIST,)
    head.close()


def test_one_paper_a_wrong_one_and_a_desk_without_the_key_open_nothing(
    folder: Path, programme: tuple[Vault, NewEscrow], tmp_path: Path
) -> None:
    first, second, _ = programme[1].shares
    with pytest.raises(EscrowWrong):
        by_shares(folder, (first, second))
    adopted(folder, programme[1])
    other = make_vault(tmp_path, "coordinator", seed="another programme")
    foreign = escrow.make_escrow(other).shares
    other.close()
    for wrong in ((first,), (first, first), (first, foreign[1]), foreign[:2]):
        with pytest.raises(EscrowWrong):
            by_shares(folder, wrong)
    mistyped = second[:7] + str((int(second[7]) + 1) % 10) + second[8:]
    with pytest.raises(EscrowShareWrong) as refused:
        by_shares(folder, (first, mistyped))
    assert refused.value.group == 2
    opened(folder, USER).close()


def test_an_emergency_key_is_taken_only_from_the_coordinator(
    folder: Path, programme: tuple[Vault, NewEscrow], tmp_path: Path
) -> None:
    coordinator, made = programme
    head = opened(folder, USER)
    with pytest.raises(NotACoordinator):
        escrow.make_escrow(head)
    with pytest.raises(EscrowUnproved):
        escrow.adopt_escrow(head, made.card)
    with pytest.raises(EscrowDigitsDiffer):
        escrow.adopt_escrow(head, made.card, "123 456")
    with pytest.raises(CardDamaged):
        escrow.adopt_escrow(head, made.card[:-5])
    assert escrow.emergency_key(head) is None
    partners.write_card(coordinator, tmp_path / "card.json")
    partners.enrol(head, tmp_path / "card.json")
    again = escrow.card_of_escrow(coordinator)
    assert again is not None
    assert escrow.read_escrow_card(again).digits == made.digits
    assert escrow.adopt_escrow(head, again) == escrow.emergency_key(head) == escrow.emergency_key(coordinator)
    head.close()


def test_a_new_data_key_opens_for_everybody_with_every_paper(
    folder: Path, code: str, programme: tuple[Vault, NewEscrow]
) -> None:
    adopted(folder, programme[1])
    head = opened(folder, USER)
    steps: list[tuple[int, int]] = []
    before = head.keys.data_key
    keys.rotate_data_key(head, lambda done, all_: steps.append((done, all_)))
    assert head.keys.data_key != before
    assert steps[-1][0] == steps[-1][1] > 0
    head.close()
    hers = opened(folder, FIRUZA)
    assert can_read(hers, Role.PSYCHOLOGIST)
    assert hers.keys.data_key == head.keys.data_key
    hers.close()
    by_shares(folder, programme[1].shares[1:], SAID)
    with pytest.raises(RecoveryCodeWrong):
        by_code(folder, code, USER)  # The emergency key made a new one.
    head = opened(folder, USER)
    assert Action.KEY_ROTATED in [one.action for one in audit.entries(head)]
    head.close()
