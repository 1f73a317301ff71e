"""Acts on the key file: who opens what afterwards, and who no longer does."""

import dataclasses

import msgspec
import pytest

from desk_app.crypto import escrow, key_acts, keyring
from desk_app.crypto.key_acts import NewKeys
from desk_app.crypto.keyfile import MAX_USERS, DataKey, KeyFile, decode_key_file, encode_key_file
from desk_app.crypto.keyring import Keyring, open_escrow, open_recovery, open_slot, recovery_slot
from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.crypto.recovery import new_recovery_code
from desk_app.crypto.sealing import new_exchange_identity
from desk_app.domain.errors import (
    EscrowWrong,
    LastSlot,
    ProfessionKeyMissing,
    RecoveryCodeOutdated,
    RecoveryCodeWrong,
    UnknownUser,
    UserNameTaken,
    UsersTooMany,
    WrongPassphrase,
)
from desk_app.domain.rules.roles import Role
from tests.unit.crypto.key_samples import PASSPHRASE, random_bytes, user
from tests.unit.crypto.test_keyfile import FIRST_FORMAT, FIRST_PASSPHRASE, FIRST_USER

NEXT_KEY = DataKey(b"k" * 32, b"s" * 16)
RUSTAM = user("Рустам", "другая фраза", "11111111")
GULNORA = user("Гулнора", "ибораи гулнора", "22222222", Role.PSYCHOLOGIST, Role.SOCIAL_WORKER)


@pytest.fixture(scope="module")
def new() -> NewKeys:
    return key_acts.new_key_file(user(), random_bytes(1))


@pytest.fixture(scope="module")
def with_psychologist(new: NewKeys) -> KeyFile:
    return written(key_acts.add_user(new.key_file, new.keys, GULNORA, random_bytes(3)))


def written(key_file: KeyFile) -> KeyFile:
    """As it comes back from the disk."""
    return decode_key_file(encode_key_file(key_file))


def opened(key_file: KeyFile, name: str, passphrase: str) -> Keyring:
    (keys,) = open_slot(written(key_file), name, passphrase)
    return keys


def madina(key_file: KeyFile) -> Keyring:
    return opened(key_file, "Мадина", PASSPHRASE)


def gulnora(key_file: KeyFile) -> Keyring:
    return opened(key_file, "Гулнора", GULNORA.passphrase)


def test_each_user_has_the_data_key_and_keys_of_her_own(new: NewKeys) -> None:
    added = key_acts.add_user(new.key_file, new.keys, RUSTAM, random_bytes())
    second = opened(added, "Рустам", "другая фраза")
    assert (second.data_key, second.anchor, second.user_id) == (new.keys.data_key, new.keys.anchor, RUSTAM.id)
    assert second.signing_key != new.keys.signing_key
    assert second.identity != new.keys.identity
    assert madina(added) == new.keys


def test_two_users_cannot_have_one_name(new: NewKeys) -> None:
    with pytest.raises(UserNameTaken):
        key_acts.add_user(new.key_file, new.keys, user("МАДИНА"), random_bytes())


def test_a_full_key_file_has_room_for_its_papers(new: NewKeys) -> None:
    slot = new.key_file.named("Мадина")
    more = (msgspec.structs.replace(slot, slot=f"{number:016x}", name=f"{number}") for number in range(MAX_USERS - 1))
    full = msgspec.structs.replace(new.key_file, slots=(*new.key_file.slots, *more))
    with pytest.raises(UsersTooMany) as refused:
        key_acts.add_user(full, new.keys, user("Гулнора"), random_bytes())
    assert refused.value.limit == MAX_USERS == len(full.users)
    older = [recovery_slot(full.vault, new.recovery, bytes(32), random_bytes(number)) for number in (11, 12)]
    paper = key_acts.adopt_escrow(full, new.keys, escrow.new_escrow(random_bytes()).recipient, random_bytes())
    encode_key_file(msgspec.structs.replace(paper, slots=(*paper.slots, *older)))


def test_a_changed_passphrase_keeps_the_keys_and_shuts_out_the_old(with_psychologist: KeyFile) -> None:
    before = gulnora(with_psychologist)
    changed = key_acts.change_passphrase(with_psychologist, before, "новая", FLOOR_PARAMETERS, random_bytes())
    assert opened(changed, "Гулнора", "новая") == before
    with pytest.raises(WrongPassphrase):
        gulnora(changed)
    assert changed.users[1].slot != with_psychologist.users[1].slot


def test_a_reset_user_keeps_her_id_and_gets_new_keys(new: NewKeys) -> None:
    forgot = user("мадина", "после сброса", "99999999")
    again = opened(key_acts.reset_user(new.key_file, new.keys, forgot, random_bytes()), "Мадина", "после сброса")
    assert (again.user_id, again.user_name) == (new.keys.user_id, "Мадина")
    assert again.signing_key != new.keys.signing_key
    assert again.identity != new.keys.identity


def test_the_last_user_cannot_be_removed(new: NewKeys) -> None:
    with pytest.raises(LastSlot):
        key_acts.remove_slot(new.key_file, new.keys, new.key_file.users[0].slot)
    added = key_acts.add_user(new.key_file, new.keys, RUSTAM, random_bytes())
    left = written(key_acts.remove_slot(added, new.keys, added.users[0].slot))
    assert [slot.name for slot in left.users] == ["Рустам"]
    with pytest.raises(UnknownUser):
        madina(left)
    assert opened(left, "Рустам", "другая фраза").data_key == new.keys.data_key


def test_a_profession_has_one_key_that_its_users_and_the_recovery_code_open(
    new: NewKeys, with_psychologist: KeyFile
) -> None:
    hers = gulnora(with_psychologist)
    assert list(hers.professions) == [Role.PSYCHOLOGIST]
    assert madina(with_psychologist).professions == {}
    (unsealed,) = open_recovery(with_psychologist, new.recovery.printed)
    assert unsealed.professions == hers.professions
    key = with_psychologist.key_for(Role.PSYCHOLOGIST)
    assert key is not None
    assert key.recipient == hers.professions[Role.PSYCHOLOGIST].recipient


def test_a_second_of_a_profession_waits_until_the_key_is_handed_over(new: NewKeys, with_psychologist: KeyFile) -> None:
    second = dataclasses.replace(RUSTAM, roles=frozenset({Role.PSYCHOLOGIST}))
    by_the_head = key_acts.add_user(with_psychologist, new.keys, second, random_bytes())
    assert opened(by_the_head, "Рустам", RUSTAM.passphrase).professions == {}
    with pytest.raises(ProfessionKeyMissing):
        key_acts.hand_over(by_the_head, new.keys, Role.PSYCHOLOGIST, RUSTAM.id)
    hers = gulnora(by_the_head)
    handed = key_acts.hand_over(by_the_head, hers, Role.PSYCHOLOGIST, RUSTAM.id)
    assert opened(handed, "Рустам", RUSTAM.passphrase).professions == hers.professions
    by_herself = key_acts.add_user(with_psychologist, hers, second, random_bytes())
    assert opened(by_herself, "Рустам", RUSTAM.passphrase).professions == hers.professions


def test_a_role_given_later_brings_its_key_and_taken_away_it_goes(new: NewKeys) -> None:
    given = key_acts.add_profession(new.key_file, new.keys, Role.LAWYER, new.keys.user_id)
    keys = key_acts.refreshed(written(given), new.keys)
    assert list(keys.professions) == [Role.LAWYER]
    assert madina(given) == keys
    taken = key_acts.drop_profession(given, keys, Role.LAWYER, keys.user_id)
    assert madina(taken).professions == {}
    (unsealed,) = open_recovery(written(taken), new.recovery.printed)
    assert unsealed.professions == keys.professions


def test_a_key_that_the_recovery_code_alone_holds_comes_back_by_it(new: NewKeys, with_psychologist: KeyFile) -> None:
    hers = gulnora(with_psychologist)
    gone = written(key_acts.remove_slot(with_psychologist, new.keys, with_psychologist.users[1].slot))
    held = keyring.recovered_professions(gone, new.recovery.printed)
    acting = dataclasses.replace(new.keys, professions=held)
    handed = key_acts.hand_over(gone, acting, Role.PSYCHOLOGIST, new.keys.user_id)
    assert madina(handed).professions == hers.professions


def test_a_reset_gives_the_professions_back_where_the_acting_keys_hold_them(
    new: NewKeys, with_psychologist: KeyFile
) -> None:
    forgot = dataclasses.replace(GULNORA, passphrase="после сброса")
    before = gulnora(with_psychologist).professions
    by_the_head = key_acts.reset_user(with_psychologist, new.keys, forgot, random_bytes())
    assert opened(by_the_head, "Гулнора", "после сброса").professions == {}
    (unsealed,) = open_recovery(with_psychologist, new.recovery.printed)
    by_the_code = key_acts.reset_user(with_psychologist, unsealed, forgot, random_bytes())
    assert opened(by_the_code, "Гулнора", "после сброса").professions == before
    other = key_acts.reset_user(with_psychologist, unsealed, user("Мадина", "после сброса"), random_bytes())
    assert opened(other, "Мадина", "после сброса").professions == {}


def test_the_recovery_code_opens_the_keys_and_no_other_code_does(new: NewKeys) -> None:
    (unsealed,) = open_recovery(new.key_file, new.recovery.printed)
    assert (unsealed.data_key, unsealed.anchor) == (new.keys.data_key, new.keys.anchor)
    other = new_recovery_code(random_bytes(9))
    with pytest.raises(RecoveryCodeWrong) as trouble:
        open_recovery(new.key_file, other.printed)
    assert trouble.value.group == 0


def test_a_replaced_recovery_code_opens_nothing(new: NewKeys) -> None:
    changed, code = key_acts.replace_recovery(new.key_file, new.keys, random_bytes())
    assert open_recovery(written(changed), code.printed)[0].data_key == new.keys.data_key
    assert len(changed.slots) == len(new.key_file.slots)
    with pytest.raises(RecoveryCodeWrong):
        open_recovery(changed, new.recovery.printed)


def test_a_new_code_never_loses_a_professions_key(new: NewKeys, with_psychologist: KeyFile) -> None:
    hers = gulnora(with_psychologist)
    changed, code = key_acts.replace_recovery(with_psychologist, new.keys, random_bytes())
    changed = written(changed)
    with pytest.raises(RecoveryCodeWrong):
        open_recovery(changed, new.recovery.printed)
    assert open_recovery(changed, code.printed)[0].professions == {}
    assert keyring.recovered_professions(changed, new.recovery.printed) == hers.professions
    complete = written(key_acts.with_recovery_complete(changed, gulnora(changed)))
    assert open_recovery(complete, code.printed)[0].professions == hers.professions
    with pytest.raises(RecoveryCodeWrong):
        keyring.recovered_professions(complete, new.recovery.printed)
    assert key_acts.with_recovery_complete(complete, hers) is complete


def test_a_code_that_never_reached_paper_loses_no_professions_key(new: NewKeys, with_psychologist: KeyFile) -> None:
    removed = key_acts.remove_slot(with_psychologist, new.keys, with_psychologist.of_user(GULNORA.id).slot)
    (unsealed,) = open_recovery(removed, new.recovery.printed)
    reset = key_acts.reset_user(removed, unsealed, user(), random_bytes(6))
    reset, lost = key_acts.replace_recovery(reset, unsealed, random_bytes(7))
    with pytest.raises(RecoveryCodeWrong):
        open_recovery(written(reset), new.recovery.printed)
    for code in (new.recovery, lost):
        assert keyring.recovered_professions(written(reset), code.printed) == unsealed.professions
    acting = dataclasses.replace(madina(reset), professions=unsealed.professions)
    added = key_acts.add_user(reset, acting, GULNORA, random_bytes(8))
    last = written(key_acts.with_recovery_complete(added, gulnora(added)))
    with pytest.raises(RecoveryCodeWrong):
        keyring.recovered_professions(last, new.recovery.printed)
    assert keyring.recovered_professions(last, lost.printed) == unsealed.professions


def test_the_emergency_key_opens_the_vault_and_no_private_note(with_psychologist: KeyFile) -> None:
    key = escrow.new_escrow(random_bytes(5))
    keys = gulnora(with_psychologist)
    adopted = written(key_acts.adopt_escrow(with_psychologist, keys, key.recipient, random_bytes()))
    identity = escrow.join([key.shares[2].printed, key.shares[0].printed])
    (unsealed,) = open_escrow(adopted, identity)
    assert (unsealed.data_key, unsealed.anchor, unsealed.professions) == (keys.data_key, keys.anchor, {})
    with pytest.raises(EscrowWrong):
        open_escrow(adopted, new_exchange_identity())
    again = escrow.new_escrow(random_bytes(6))
    replaced = key_acts.adopt_escrow(adopted, keys, again.recipient, random_bytes())
    assert len(replaced.slots) == len(adopted.slots)
    for left in (with_psychologist, replaced):
        with pytest.raises(EscrowWrong):
            open_escrow(written(left), identity)


def test_a_rotation_gives_everybody_the_new_data_key_and_nobody_the_old(
    new: NewKeys, with_psychologist: KeyFile
) -> None:
    key = escrow.new_escrow(random_bytes(5))
    before = key_acts.adopt_escrow(with_psychologist, new.keys, key.recipient, random_bytes())
    both = written(key_acts.begin_rotation(before, new.keys, NEXT_KEY))
    found = open_slot(both, "Гулнора", GULNORA.passphrase)
    assert [keys.data_key for keys in found] == [new.keys.data_key, NEXT_KEY]
    back = written(key_acts.end_rotation(both, found[0]))
    assert gulnora(back) == found[0]
    ended = written(key_acts.end_rotation(both, found[1]))
    assert gulnora(ended) == found[1]
    assert found[1].professions == found[0].professions != {}
    assert [one.data_key for one in open_recovery(ended, new.recovery.printed)] == [NEXT_KEY]
    identity = escrow.join([share.printed for share in key.shares[:2]])
    assert [one.data_key for one in open_escrow(ended, identity)] == [NEXT_KEY]
    assert key_acts.end_rotation(ended, found[1]) is ended


def test_format_1_keeps_its_recovery_code_until_a_new_one_is_made() -> None:
    old = decode_key_file(FIRST_FORMAT.read_bytes())
    renewed = written(keyring.renewed(old, FIRST_USER, FIRST_PASSPHRASE, random_bytes()))
    keys = opened(renewed, FIRST_USER, FIRST_PASSPHRASE)
    with pytest.raises(RecoveryCodeOutdated):
        key_acts.begin_rotation(renewed, keys, NEXT_KEY)
    changed, code = key_acts.replace_recovery(renewed, keys, random_bytes())
    assert not changed.has_first_slots
    assert open_recovery(written(changed), code.printed)[0].data_key == keys.data_key
    key_acts.begin_rotation(changed, keys, NEXT_KEY)
