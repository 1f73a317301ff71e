"""The form of the key file: one spelling, every damage seen, nothing altered without the vault's key."""

import dataclasses
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.crypto import key_acts, keyring
from desk_app.crypto.key_acts import NewKeys
from desk_app.crypto.keyfile import DataKey, UserSlot, decode_key_file, encode_key_file
from desk_app.crypto.keyring import open_recovery, open_slot
from desk_app.crypto.passphrase import Argon2Parameters
from desk_app.crypto.wrapping import with_macs
from desk_app.domain.errors import (
    KeyFileAltered,
    KeyFileDamaged,
    KeyFileNewer,
    KeyParametersWeak,
    RecoveryCodeWrong,
    Trouble,
    UnknownUser,
    WrongPassphrase,
)
from tests.unit.crypto.key_samples import PASSPHRASE, edited, random_bytes, user

FIRST_FORMAT = Path(__file__).resolve().parents[2] / "data" / "vaults" / "1" / "keys.json"
FIRST_USER, FIRST_PASSPHRASE = "Зарина", "кадом калид дар бораи об"


@pytest.fixture(scope="module")
def new() -> NewKeys:
    return key_acts.new_key_file(user(), random_bytes(1))


def test_the_passphrase_gives_back_what_was_sealed(new: NewKeys) -> None:
    data = encode_key_file(new.key_file)
    assert open_slot(decode_key_file(data), "Мадина", PASSPHRASE) == (new.keys,)
    assert len(new.keys.data_key.key) == 32
    assert len(new.keys.data_key.salt) == 16


def test_a_user_is_found_whatever_the_case_and_spaces(new: NewKeys) -> None:
    assert open_slot(new.key_file, " мадина ", PASSPHRASE)[0].user_name == "Мадина"


def test_a_wrong_passphrase_and_an_unknown_user_are_told_apart(new: NewKeys) -> None:
    with pytest.raises(WrongPassphrase):
        open_slot(new.key_file, "Мадина", PASSPHRASE + " ")
    with pytest.raises(UnknownUser) as trouble:
        open_slot(new.key_file, "Рустам", PASSPHRASE)
    assert trouble.value.user == "Рустам"


def test_a_passphrase_and_a_name_open_however_the_keyboard_composed_them() -> None:
    """One machine sends й as one sign, another as и and a breve; to the person they are the same key."""
    name, phrase = "Зарӣна", "ӯзбек йод ёрдам ӣд"
    spelt = [unicodedata.normalize(form, phrase) for form in ("NFC", "NFD")]
    assert spelt[0] != spelt[1]
    for made in spelt:
        key_file = key_acts.new_key_file(user(name, made), random_bytes()).key_file
        for typed in spelt:
            opened, *_ = open_slot(key_file, unicodedata.normalize("NFD", name), typed)
            assert opened.user_name == name
        with pytest.raises(WrongPassphrase):
            open_slot(key_file, name, phrase.replace("ӯ", "у"))


def test_secrets_do_not_show_in_a_repr(new: NewKeys) -> None:
    shown = repr((new.keys, new.recovery, user(), open_recovery(new.key_file, new.recovery.printed)))
    secrets = (new.keys.data_key.key, new.keys.anchor, new.keys.signing_key.private)
    assert not [secret for secret in secrets if repr(secret) in shown]
    assert not [text for text in (PASSPHRASE, new.recovery.digits, new.keys.identity.private) if text in shown]


def test_the_file_shows_public_halves_alone(new: NewKeys) -> None:
    data = encode_key_file(new.key_file)
    (slot,) = new.key_file.users
    assert isinstance(slot, UserSlot)
    assert slot.sign_key == new.keys.signing_key.public
    assert new.keys.identity.recipient.encode() in data
    assert b"AGE-SECRET" not in data


@pytest.mark.parametrize("memory", [8 * 1024, 64 * 1024 - 1, 1])
def test_parameters_under_the_floor_are_neither_read_nor_written(new: NewKeys, memory: int) -> None:
    def weaken(content: dict[str, Any]) -> None:
        content["slots"][0]["argon2id"]["memory_kib"] = memory

    with pytest.raises(KeyParametersWeak):
        decode_key_file(edited(new.key_file, weaken))
    with pytest.raises(KeyParametersWeak):
        key_acts.new_key_file(dataclasses.replace(user(), parameters=Argon2Parameters(memory, 1, 1)), random_bytes())


def test_parameters_that_no_machine_can_follow_are_refused(new: NewKeys) -> None:
    def inflate(content: dict[str, Any]) -> None:
        content["slots"][0]["argon2id"]["memory_kib"] = 1 << 40

    with pytest.raises(KeyFileDamaged):
        decode_key_file(edited(new.key_file, inflate))


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Рустам"},
        {"user": "ffffffff"},
        {"sign_key": "A" * 43 + "="},
        {"recipient": "age19jzkm48qtt8lfs04m0vmtlxnu0wjexjv0rk7yy3jjzn8gla403hse78gwy"},
        {"argon2id": {"lanes": 2, "memory_kib": 65536, "passes": 1}},
        {"argon2id": {"lanes": 1, "memory_kib": 65536, "passes": 2}},
    ],
)
def test_nothing_of_a_slot_can_be_changed_by_one_who_repairs_the_check_sum(
    new: NewKeys, change: dict[str, Any]
) -> None:
    altered = decode_key_file(edited(new.key_file, lambda content: content["slots"][0].update(change)))
    with pytest.raises(WrongPassphrase):
        open_slot(altered, change.get("name", "Мадина"), PASSPHRASE)
    with pytest.raises(KeyFileAltered):
        open_recovery(altered, new.recovery.printed)


def test_a_slot_does_not_open_in_another_vault(new: NewKeys) -> None:
    altered = decode_key_file(edited(new.key_file, lambda content: content.update(vault="f" * 32)))
    with pytest.raises(WrongPassphrase):
        open_slot(altered, "Мадина", PASSPHRASE)
    with pytest.raises(RecoveryCodeWrong):
        open_recovery(altered, new.recovery.printed)


def _slip_in_a_slot(content: dict[str, Any]) -> None:
    content["slots"].append({"kind": "escrow", "slot": "0" * 16, "recipient": content["slots"][0]["recipient"]})


def _drop_a_wrap(content: dict[str, Any]) -> None:
    del content["keys"][0]["wraps"][content["slots"][0]["slot"]]


def _swap_wraps(content: dict[str, Any]) -> None:
    wraps = content["keys"][0]["wraps"]
    first, second = sorted(wraps)
    wraps[first], wraps[second] = wraps[second], wraps[first]


def _forge_the_mac(content: dict[str, Any]) -> None:
    content["keys"][0]["mac"] = "0" * 64


def _break_a_wrap(content: dict[str, Any]) -> None:
    content["keys"][0]["wraps"][content["slots"][0]["slot"]] = "AAAA"


@pytest.mark.parametrize("change", [_slip_in_a_slot, _drop_a_wrap, _swap_wraps, _forge_the_mac, _break_a_wrap])
def test_whoever_lacks_the_data_key_alters_nothing_unseen(
    new: NewKeys, change: Callable[[dict[str, Any]], None]
) -> None:
    altered = decode_key_file(edited(new.key_file, change))
    with pytest.raises(KeyFileAltered):
        open_slot(altered, "Мадина", PASSPHRASE)


def test_a_data_key_of_an_outsider_is_not_taken_for_the_vaults(new: NewKeys) -> None:
    """Everything that is needed to wrap another key to a user stands in the file, except the anchor."""
    foreign = dataclasses.replace(new.keys, data_key=DataKey(b"k" * 32, b"s" * 16), anchor=bytes(32))
    both = key_acts.begin_rotation(new.key_file, foreign, foreign.data_key)
    forged = with_macs(msgspec.structs.replace(both, keys=both.data_keys[1:]), foreign.data_key)
    with pytest.raises(KeyFileAltered):
        open_slot(forged, "Мадина", PASSPHRASE)
    with pytest.raises(KeyFileAltered):
        open_recovery(forged, new.recovery.printed)


def _no_data_key(content: dict[str, Any]) -> None:
    content["keys"] = [{**content["keys"][0], "purpose": "lawyer"}]


def _three_data_keys(content: dict[str, Any]) -> None:
    content["keys"] *= 3


def _one_slot_twice(content: dict[str, Any]) -> None:
    content["slots"] *= 2


def _a_wrap_of_no_slot(content: dict[str, Any]) -> None:
    content["keys"][0]["wraps"]["0" * 16] = "AAAA"


def _no_mac(content: dict[str, Any]) -> None:
    content["keys"][0]["mac"] = ""


def _something_more(content: dict[str, Any]) -> None:
    content["slots"][0]["note"] = ""


@pytest.mark.parametrize(
    "change", [_no_data_key, _three_data_keys, _one_slot_twice, _a_wrap_of_no_slot, _no_mac, _something_more]
)
def test_a_form_that_no_program_writes_is_damage(new: NewKeys, change: Callable[[dict[str, Any]], None]) -> None:
    with pytest.raises(KeyFileDamaged):
        decode_key_file(edited(new.key_file, change))


def test_a_newer_key_file_is_named_as_such() -> None:
    with pytest.raises(KeyFileNewer) as trouble:
        decode_key_file(b'{"format":3,"something":"else"}')
    assert trouble.value.version == 3


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[" * 60000, b'{"format":1}', b'{"format":2}', b"\xff\xfe", b"x" * 270_000, b'{"format":0}', b"null"],
)
def test_no_key_file_is_damaged(data: bytes) -> None:
    with pytest.raises(KeyFileDamaged):
        decode_key_file(data)


@pytest.mark.parametrize("file", ["first", "second"])
def test_every_flipped_bit_is_damage_not_a_wrong_passphrase(new: NewKeys, file: str) -> None:
    data = encode_key_file(new.key_file) if file == "second" else FIRST_FORMAT.read_bytes()
    decode_key_file(data)
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


def test_format_1_is_read_and_written_as_format_2() -> None:
    old = decode_key_file(FIRST_FORMAT.read_bytes())
    assert [slot.name for slot in old.users] == [FIRST_USER]
    assert old.has_first_slots
    with pytest.raises(WrongPassphrase):
        keyring.renewed(old, FIRST_USER, "кадом калид", random_bytes())
    renewed = keyring.renewed(old, FIRST_USER, FIRST_PASSPHRASE, random_bytes())
    again = decode_key_file(encode_key_file(renewed))
    (keys,) = open_slot(again, FIRST_USER, FIRST_PASSPHRASE)
    assert keys.user_id == old.users[0].user
    assert keyring.renewed(again, FIRST_USER, "anything", random_bytes()) is again
    assert [type(slot).__name__ for slot in again.slots] == ["UserSlot", "FirstRecoverySlot"]


def test_a_key_file_that_nobody_renewed_is_never_written() -> None:
    with pytest.raises(KeyFileDamaged):
        encode_key_file(decode_key_file(FIRST_FORMAT.read_bytes()))
