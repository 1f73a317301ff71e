"""Kept cards come out for ever as their companions say, and a second reader finds the same on them."""

import json
from pathlib import Path

import pytest

from desk_app.domain.errors import CardDamaged, CardNewer
from desk_app.sync.card import card_digits, read_card
from desk_app.sync.escrow_card import escrow_digits, read_escrow_card
from desk_app.usecases import card_files
from tests.unit.sync import hostile_cards, independent_reader

NAMES = sorted(path.stem for path in hostile_cards.FOLDER.glob("[a-z]*.json"))


def outcome(data: bytes) -> str:
    """What becomes of a file, in the words of the companions."""
    try:
        if b'"kind":"emergency"' in data:
            rows = escrow_digits(read_escrow_card(data).recipient)
        else:
            rows = card_digits(read_card(data))
    except CardNewer as newer:
        return f"CardNewer {newer.version}"
    except CardDamaged:
        return "CardDamaged"
    return f"digits {' / '.join(rows)}"


def file_of(name: str) -> Path:
    return hostile_cards.FOLDER / f"{name}.json"


def expected(name: str) -> str:
    first = file_of(name).with_suffix(".txt").read_text("utf-8").splitlines()[0]
    return first.removeprefix("outcome: ")


@pytest.mark.parametrize("name", NAMES)
def test_each_kept_card_comes_out_as_its_companion_says(name: str) -> None:
    assert outcome(file_of(name).read_bytes()) == expected(name)


@pytest.mark.parametrize("name", ["first", "second"])
def test_the_kept_picture_of_a_code_is_the_card(name: str) -> None:
    assert card_files.read(file_of(name).with_suffix(".png")) == read_card(file_of(name).read_bytes())


def test_cards_made_today_are_the_kept_ones(tmp_path: Path) -> None:
    hostile_cards.main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in hostile_cards.FOLDER.glob("[a-z]*.[jt]*")}
    assert len(NAMES) > 25


@pytest.mark.parametrize("name", [name for name in NAMES if expected(name).startswith("digits")])
def test_a_second_reader_finds_the_same(name: str) -> None:
    data = file_of(name).read_bytes()
    card, rows = independent_reader.read_card(data)
    assert f"digits {' / '.join(rows)}" == expected(name)
    assert card.items() <= json.loads(data).items()
    if card["kind"] != "emergency":
        read = read_card(data)
        assert (card["desk"], card["name"], card["kind"]) == (read.desk, read.name, read.kind)
        keys = [(day, key) for day, key in card.get("keys", ())]
        assert (keys, card.get("exchange", keys and keys[-1][1])) == (list(read.keys), read.last_key)
