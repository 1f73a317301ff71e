"""The public half of the emergency key as a file."""

import json

import pytest

from desk_app.crypto.sealing import new_exchange_identity
from desk_app.crypto.signing import new_signing_key
from desk_app.domain.errors import CardDamaged, CardNewer
from desk_app.sync.escrow_card import escrow_digits, escrow_number, read_escrow_card, write_escrow_card
from tests.fakes import seeded

KEY = new_signing_key(seeded("coordinator"))
RECIPIENT = new_exchange_identity().recipient


def test_a_card_gives_back_its_recipient_and_who_signed_it() -> None:
    card = read_escrow_card(write_escrow_card(RECIPIENT, KEY))
    assert (card.recipient, card.key) == (RECIPIENT, KEY.public)


@pytest.mark.parametrize("field", ["recipient", "key", "signature", "kind"])
def test_a_card_with_another_field_is_refused(field: str) -> None:
    said = json.loads(write_escrow_card(RECIPIENT, KEY))
    other = json.loads(write_escrow_card(new_exchange_identity().recipient, new_signing_key(seeded("other"))))
    said[field] = other[field] if field != "kind" else "desk"
    with pytest.raises(CardDamaged):
        read_escrow_card(json.dumps(said).encode())


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 10_000, b"x" * 20_000, b"\xff\xfe", b'{"format": 1}'])
def test_what_is_no_card_is_refused(data: bytes) -> None:
    with pytest.raises(CardDamaged):
        read_escrow_card(data)


def test_a_newer_card_asks_for_a_newer_program() -> None:
    with pytest.raises(CardNewer):
        read_escrow_card(b'{"format": 2}')


def test_digits_name_one_key() -> None:
    rows = escrow_digits(RECIPIENT)
    assert [len(row.split()) for row in rows] == [6, 6]
    assert rows != escrow_digits(new_exchange_identity().recipient)
    assert rows[0].startswith(escrow_number(RECIPIENT) + " ")
