import dataclasses
import json
import random
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.crypto import keyfile, passphrase
from desk_app.crypto.keyfile import NewKeys, NewUser, decode_key_file, encode_key_file, open_recovery, open_slot
from desk_app.crypto.passphrase import FLOOR_PARAMETERS, Argon2Parameters
from desk_app.domain.errors import (
    KeyFileDamaged,
    KeyFileNewer,
    KeyParametersWeak,
    LastSlot,
    RecoveryCodeWrong,
    Trouble,
    UnknownUser,
    UserNameTaken,
    WrongPassphrase,
)
from desk_app.domain.ids import UserId

PASSPHRASE = "чор дарахти зард"


def user(name: str = "Мадина", phrase: str = PASSPHRASE, user_id: str = "0a0b0c0d") -> NewUser:
    return NewUser(UserId(user_id), name, phrase, FLOOR_PARAMETERS)


@pytest.fixture(scope="module")
def keys() -> NewKeys:
    return keyfile.new_key_file(user(), random.Random(1).randbytes)


def random_bytes(seed: int = 2) -> Callable[[int], bytes]:
    return random.Random(seed).randbytes


def test_the_passphrase_gives_back_what_was_sealed(keys: NewKeys) -> None:
    data = encode_key_file(keys.key_file)
    assert open_slot(decode_key_file(data), "Мадина", PASSPHRASE) == keys.opened
    assert len(keys.opened.data_key.key) == 32
    assert len(keys.opened.data_key.salt) == 16


def test_a_user_is_found_whatever_the_case_and_spaces(keys: NewKeys) -> None:
    assert open_slot(keys.key_file, " мадина ", PASSPHRASE).user_name == "Мадина"


def test_a_wrong_passphrase_and_an_unknown_user_are_told_apart(keys: NewKeys) -> None:
    with pytest.raises(WrongPassphrase):
        open_slot(keys.key_file, "Мадина", PASSPHRASE + " ")
    with pytest.raises(UnknownUser) as trouble:
        open_slot(keys.key_file, "Рустам", PASSPHRASE)
    assert trouble.value.user == "Рустам"


def test_composed_and_decomposed_spelling_are_one_passphrase() -> None:
    salt = bytes(16)
    composed, decomposed = (unicodedata.normalize(form, "Тоҷикӣ, Ёр") for form in ("NFC", "NFD"))
    assert composed != decomposed
    assert passphrase.stretch(composed, salt, FLOOR_PARAMETERS) == passphrase.stretch(
        decomposed, salt, FLOOR_PARAMETERS
    )


def test_secrets_do_not_show_in_a_repr(keys: NewKeys) -> None:
    shown = repr((keys.opened, keys.recovery, user()))
    assert PASSPHRASE not in shown
    assert keys.recovery.digits not in shown
    assert repr(keys.opened.data_key.key) not in shown
    assert repr(keys.opened.signing_key.private) not in shown


def test_the_recovery_code_opens_the_data_key(keys: NewKeys) -> None:
    assert open_recovery(keys.key_file, keys.recovery.printed) == keys.opened.data_key


def test_a_well_formed_code_of_another_vault_is_refused(keys: NewKeys) -> None:
    other = keyfile.new_recovery_code(random_bytes(9))
    with pytest.raises(RecoveryCodeWrong) as trouble:
        open_recovery(keys.key_file, other.printed)
    assert trouble.value.group == 0


def test_a_replaced_recovery_code_opens_nothing(keys: NewKeys) -> None:
    changed, code = keyfile.replace_recovery(keys.key_file, keys.opened.data_key, random_bytes())
    assert open_recovery(changed, code.printed) == keys.opened.data_key
    with pytest.raises(RecoveryCodeWrong):
        open_recovery(changed, keys.recovery.printed)


def test_each_user_has_the_data_key_and_her_own_signing_key(keys: NewKeys) -> None:
    added, opened = keyfile.add_user(
        keys.key_file, keys.opened.data_key, user("Рустам", "другая фраза", "11111111"), random_bytes()
    )
    second = open_slot(added, "Рустам", "другая фраза")
    assert second == opened
    assert second.data_key == keys.opened.data_key
    assert second.signing_key != keys.opened.signing_key
    assert open_slot(added, "Мадина", PASSPHRASE) == keys.opened


def test_two_users_cannot_have_one_name(keys: NewKeys) -> None:
    with pytest.raises(UserNameTaken):
        keyfile.add_user(keys.key_file, keys.opened.data_key, user("МАДИНА"), random_bytes())


def test_a_changed_passphrase_keeps_the_keys_and_shuts_out_the_old(keys: NewKeys) -> None:
    changed = keyfile.change_passphrase(keys.key_file, keys.opened, "новая", FLOOR_PARAMETERS, random_bytes())
    assert open_slot(changed, "Мадина", "новая") == keys.opened
    with pytest.raises(WrongPassphrase):
        open_slot(changed, "Мадина", PASSPHRASE)
    assert changed.users[0].slot != keys.key_file.users[0].slot


def test_a_reset_user_keeps_her_id_and_gets_a_new_signing_key(keys: NewKeys) -> None:
    forgot = user("мадина", "после сброса", "99999999")
    changed, opened = keyfile.reset_user(keys.key_file, keys.opened.data_key, forgot, random_bytes())
    assert open_slot(changed, "Мадина", "после сброса") == opened
    assert opened.user_id == keys.opened.user_id
    assert opened.signing_key != keys.opened.signing_key


def test_the_last_user_cannot_be_removed(keys: NewKeys) -> None:
    with pytest.raises(LastSlot):
        keyfile.remove_slot(keys.key_file, keys.key_file.users[0].slot)
    added, _ = keyfile.add_user(
        keys.key_file, keys.opened.data_key, user("Рустам", "другая", "11111111"), random_bytes()
    )
    left = keyfile.remove_slot(added, added.users[0].slot)
    assert [slot.name for slot in left.users] == ["Рустам"]


@pytest.mark.parametrize("memory", [8 * 1024, 64 * 1024 - 1, 1])
def test_parameters_under_the_floor_are_neither_read_nor_written(keys: NewKeys, memory: int) -> None:
    def weaken(content: dict[str, Any]) -> None:
        content["slots"][0]["argon2id"]["memory_kib"] = memory

    with pytest.raises(KeyParametersWeak):
        decode_key_file(edited(keys, weaken))
    with pytest.raises(KeyParametersWeak):
        keyfile.new_key_file(dataclasses.replace(user(), parameters=Argon2Parameters(memory, 1, 1)), random_bytes())


def test_parameters_that_no_machine_can_follow_are_refused(keys: NewKeys) -> None:
    def inflate(content: dict[str, Any]) -> None:
        content["slots"][0]["argon2id"]["memory_kib"] = 1 << 40

    with pytest.raises(KeyFileDamaged):
        decode_key_file(edited(keys, inflate))


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Рустам"},
        {"user": "ffffffff"},
        {"slot": "0" * 16},
        {"argon2id": {"lanes": 2, "memory_kib": 65536, "passes": 1}},
        {"argon2id": {"lanes": 1, "memory_kib": 65536, "passes": 2}},
    ],
)
def test_nothing_of_a_slot_can_be_changed_by_one_who_repairs_the_check_sum(
    keys: NewKeys, change: dict[str, Any]
) -> None:
    altered = decode_key_file(edited(keys, lambda content: content["slots"][0].update(change)))
    with pytest.raises(WrongPassphrase):
        open_slot(altered, change.get("name", "Мадина"), PASSPHRASE)


def test_a_slot_does_not_open_in_another_vault(keys: NewKeys) -> None:
    altered = decode_key_file(edited(keys, lambda content: content.update(vault="f" * 32)))
    with pytest.raises(WrongPassphrase):
        open_slot(altered, "Мадина", PASSPHRASE)
    with pytest.raises(RecoveryCodeWrong):
        open_recovery(altered, keys.recovery.printed)


def test_a_newer_key_file_is_named_as_such(keys: NewKeys) -> None:
    with pytest.raises(KeyFileNewer) as trouble:
        decode_key_file(b'{"format":2,"something":"else"}')
    assert trouble.value.version == 2


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[" * 60000, b'{"format":1}', b"\xff\xfe", b"x" * 70000, b'{"format":0}', b"null"]
)
def test_no_key_file_is_damaged(data: bytes) -> None:
    with pytest.raises(KeyFileDamaged):
        decode_key_file(data)


def test_every_flipped_bit_is_damage_not_a_wrong_passphrase(keys: NewKeys) -> None:
    data = encode_key_file(keys.key_file)
    for at in range(len(data)):
        flipped = bytearray(data)
        flipped[at] ^= 1 << at % 8
        with pytest.raises((KeyFileDamaged, KeyFileNewer)):
            decode_key_file(bytes(flipped))


@settings(max_examples=200)
@given(st.binary(max_size=300) | st.recursive(st.integers() | st.text(), st.lists).map(json.dumps).map(str.encode))
def test_only_our_own_troubles_come_out_of_anything(data: bytes) -> None:
    with pytest.raises(Trouble):
        decode_key_file(data)


def edited(keys: NewKeys, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The key file as an attacker would alter it: its check sum made right again."""
    content = json.loads(encode_key_file(keys.key_file))
    content["check"] = ""
    change(content)

    def packed() -> bytes:
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    content["check"] = keyfile.hashlib.sha256(b"roh key file v1\0" + packed()).hexdigest()
    return packed()
