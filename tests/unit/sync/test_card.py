import json
import random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.crypto.sealing import Recipient, new_exchange_identity
from desk_app.crypto.signing import device_id, new_signing_key
from desk_app.domain.errors import CardDamaged, CardNewer, Trouble
from desk_app.domain.ids import DeskCode
from desk_app.sync.card import Card, card_digits, read_card, write_card

KEY = new_signing_key(random.Random(1).randbytes)
OTHER = new_signing_key(random.Random(2).randbytes)
CARD = Card(
    desk=DeskCode("khorugh"),
    name="Хоруғ",
    kind="desk",
    key=KEY.public,
    exchange=new_exchange_identity().recipient,
)
FILE = write_card(CARD, KEY)


def edited(**changes: Any) -> bytes:
    return json.dumps(json.loads(FILE) | changes).encode()


def test_a_card_reads_back() -> None:
    assert read_card(FILE) == CARD
    assert read_card(FILE + b"\r\n") == CARD
    assert CARD.device == device_id(KEY.public)


@pytest.mark.parametrize(
    "changes",
    [
        {"desk": "vose"},
        {"name": "Восеъ"},
        {"kind": "coordinator"},
        {"exchange": new_exchange_identity().recipient},
        {"exchange": "age1nonsense"},
        {"signature": "AAAA"},
        {"extra": 1},
        {"key": "AAAA"},
        {"desk": "../up"},
        {"kind": "admin"},
        {"format": 0},
    ],
)
def test_an_altered_card_is_damaged(changes: dict[str, Any]) -> None:
    with pytest.raises(CardDamaged):
        read_card(edited(**changes))


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
    for unfit in ({"exchange": Recipient("age1x")}, {"desk": DeskCode("No Code")}, {"name": ""}):
        with pytest.raises(ValueError, match="card"):
            write_card(msgspec.structs.replace(CARD, **unfit), KEY)


def test_the_digits_follow_everything_on_the_card() -> None:
    rows = card_digits(CARD)
    assert [[len(group) for group in row.split(" ")] for row in rows] == [[3] * 6, [3] * 6]
    others = [
        msgspec.structs.replace(CARD, **changed)
        for changed in ({"name": "Хоруг"}, {"key": OTHER.public}, {"exchange": new_exchange_identity().recipient})
    ]
    assert len({rows, *map(card_digits, others)}) == 4
    assert card_digits(read_card(FILE)) == rows


@given(st.binary(max_size=200) | st.integers(0, len(FILE) - 1).map(lambda at: FILE[:at] + b"7" + FILE[at + 2 :]))
def test_only_our_own_troubles_come_out_of_anything(data: bytes) -> None:
    with pytest.raises(Trouble):
        read_card(data)


@pytest.mark.parametrize("data", [b"[" * 10000, b"x" * 20000, b"\xff", b"null", b'{"format":1}'])
def test_what_is_no_card_is_damaged(data: bytes) -> None:
    with pytest.raises(CardDamaged):
        read_card(data)
