import json
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.crypto.sealing import Recipient, new_exchange_identity
from desk_app.crypto.signing import device_id, new_signing_key
from desk_app.domain.errors import CardDamaged, CardNewer, Trouble
from desk_app.domain.ids import DeskCode
from desk_app.sync.card import Card, FirstCard, card_digits, read_card, write_card

KEY = new_signing_key(random.Random(1).randbytes)
OTHER = new_signing_key(random.Random(2).randbytes)
KEYS = tuple((20490 + 30 * ahead, new_exchange_identity().recipient) for ahead in range(13))
CARD = Card(desk=DeskCode("khorugh"), name="Хоруғ", kind="desk", key=KEY.public, keys=KEYS)
FILE = write_card(CARD, KEY)
FIRST = (Path(__file__).resolve().parents[2] / "data" / "cards" / "1.json").read_bytes()
"""As the first version wrote it, with one key for ever; signed by `KEY` too."""


def edited(file: bytes = FILE, **changes: Any) -> bytes:
    return json.dumps(json.loads(file) | changes).encode()


def other_keys(at: int, *key: Any) -> list[Any]:
    return [list(key) if place == at else list(one) for place, one in enumerate(KEYS)]


def test_a_card_reads_back() -> None:
    assert read_card(FILE) == CARD
    assert read_card(FILE + b"\r\n") == CARD
    assert CARD.device == device_id(KEY.public)
    assert CARD.last_key == KEYS[-1][1]


def test_a_card_of_the_first_format_is_still_read_with_its_digits() -> None:
    card = read_card(FIRST)
    assert isinstance(card, FirstCard)
    assert (card.desk, card.name, card.kind, card.key) == ("khorugh", "Хоруғ", "desk", KEY.public)
    assert (card.last_key, card.keys) == ("age1wgcy2du2fzwmhyvdm56mnk20nhastrza020chxh3f4ngu2udpfvslsuun7", ())
    assert card_digits(card) == ("621 482 626 169 850 604", "545 135 566 363 478 218")


NEW = new_exchange_identity().recipient


@pytest.mark.parametrize(
    "changes",
    [
        {"desk": "vose"},
        {"name": "Восеъ"},
        {"kind": "coordinator"},
        {"keys": other_keys(3, KEYS[3][0], NEW)},
        {"keys": other_keys(0, KEYS[0][0] - 30, KEYS[0][1])},
        {"signature": "AAAA"},
        {"extra": 1},
        {"key": "AAAA"},
        {"desk": "../up"},
        {"kind": "admin"},
        {"format": 0},
        {"format": 1},
        {"exchange": NEW},
    ],
)
def test_an_altered_card_is_damaged(changes: dict[str, Any]) -> None:
    with pytest.raises(CardDamaged):
        read_card(edited(**changes))


@pytest.mark.parametrize(
    "changes", [{"exchange": NEW}, {"exchange": "age1nonsense"}, {"name": "Хоруг"}, {"format": 2}, {"keys": []}]
)
def test_an_altered_card_of_the_first_format_is_damaged(changes: dict[str, Any]) -> None:
    with pytest.raises(CardDamaged):
        read_card(edited(FIRST, **changes))


@pytest.mark.parametrize(
    "keys",
    [
        KEYS[:12],
        (*KEYS, (KEYS[-1][0] + 30, NEW)),
        (*KEYS[:5], *KEYS[6:], (KEYS[-1][0] + 30, NEW)),
        tuple(reversed(KEYS)),
        tuple((day + 1, key) for day, key in KEYS),
        (*KEYS[:12], (KEYS[12][0], KEYS[0][1])),
        (*KEYS[:12], (KEYS[12][0], Recipient(KEYS[12][1].upper()))),
        (*KEYS[:12], (KEYS[12][0], Recipient("age1x"))),
        tuple((day - 30 * 700, key) for day, key in KEYS),
        tuple((day + 30 * 40_000, key) for day, key in KEYS),
    ],
)
def test_keys_are_thirteen_periods_in_a_row_each_with_its_own(keys: Any) -> None:
    """Even where the holder of the key signs anything else."""
    with pytest.raises(ValueError, match="card"):
        write_card(msgspec.structs.replace(CARD, keys=keys), KEY)


def test_a_card_signed_by_another_key_is_neither_read_nor_written() -> None:
    with pytest.raises(ValueError, match="card"):
        write_card(CARD, OTHER)
    posed = json.loads(write_card(msgspec.structs.replace(CARD, key=OTHER.public), OTHER))
    with pytest.raises(CardDamaged):
        read_card(edited(signature=posed["signature"]))


def test_a_newer_card_says_so() -> None:
    with pytest.raises(CardNewer) as trouble:
        read_card(b'{"format":3}')
    assert trouble.value.version == 3


def test_an_unfit_card_is_not_written() -> None:
    for unfit in ({"desk": DeskCode("No Code")}, {"name": ""}, {"name": "я" * 201}):
        with pytest.raises(ValueError, match="card"):
            write_card(msgspec.structs.replace(CARD, **unfit), KEY)


def test_the_digits_follow_everything_on_the_card() -> None:
    rows = card_digits(CARD)
    assert [[len(group) for group in row.split(" ")] for row in rows] == [[3] * 6, [3] * 6]
    others = [
        msgspec.structs.replace(CARD, **changed)
        for changed in ({"name": "Хоруг"}, {"key": OTHER.public}, {"keys": (*KEYS[:12], (KEYS[12][0], NEW))})
    ]
    assert len({rows, *map(card_digits, others)}) == 4
    assert card_digits(read_card(FILE)) == rows


@given(st.binary(max_size=200) | st.integers(0, len(FILE) - 1).map(lambda at: FILE[:at] + b"7" + FILE[at + 2 :]))
def test_only_our_own_troubles_come_out_of_anything(data: bytes) -> None:
    with pytest.raises(Trouble):
        read_card(data)


@pytest.mark.parametrize("data", [b"[" * 10000, b"x" * 20000, b"\xff", b"null", b'{"format":1}', b'{"format":2}'])
def test_what_is_no_card_is_damaged(data: bytes) -> None:
    with pytest.raises(CardDamaged):
        read_card(data)
