"""The declarations: permanent numbers, complete words, and checks that every kind of field passes or refuses."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.errors import InvalidValue
from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import FIRST_OWN_NUMBER, Field, FieldType, Kind, MergeClass
from desk_app.domain.records.validation import checked, checked_value, missing

KINDS = list(ALL)


def test_numbers_and_names_are_used_once() -> None:
    assert len({kind.number for kind in KINDS}) == len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert len({field.number for field in kind.fields}) == len({field.name for field in kind.fields})
        assert len({field.number for field in kind.fields}) == len(kind.fields)
        assert all(field.number >= FIRST_OWN_NUMBER for field in kind.own_fields)
        assert ALL.numbered(kind.number) is kind is ALL[kind.name]
    assert ALL.numbered(9999) is None
    assert "dragon" not in ALL


NUMBERS = {
    "client": 1,
    "consent": 2,
    "need": 3,
    "service": 4,
    "referral": 5,
    "letter": 6,
    "followup": 7,
    "organisation": 8,
    "course": 9,
    "participant": 10,
    "target": 11,
    "desk_profile": 12,
}


def test_kinds_keep_their_numbers_for_ever() -> None:
    assert {kind.name: kind.number for kind in KINDS}.items() >= NUMBERS.items()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_declaration_is_whole(kind: Kind) -> None:
    assert kind.label
    assert kind.plural
    for field in kind.fields:
        assert field.label, field.name
        assert (field.vocabulary is not None) == (field.type in (FieldType.CHOICE, FieldType.SET)), field.name
        assert (field.type is FieldType.REFERENCE and field.name != "corrects") == bool(field.refers_to), field.name
        assert not field.refers_to or field.refers_to in ALL, field.name
        assert (field.merge is MergeClass.SET) == (field.type is FieldType.SET), field.name
        if kind.event and field in kind.own_fields:
            assert field.merge is MergeClass.EVENT, field.name


def accepts(field_type: FieldType, value: Any) -> bool:
    vocabulary = ALL["client"].field("sex").vocabulary
    field = Field(10, "field", "Field", field_type, vocabulary=vocabulary)
    try:
        checked_value(ALL["client"], field, value)
    except InvalidValue:
        return False
    return True


@pytest.mark.parametrize(
    ("field_type", "good", "bad"),
    [
        (FieldType.TEXT, ["a", " b ", "<b>", "ӯ" * 300], ["a" * 301, "a\nb", "\u202e", "\x07", 1, True, ["a"]]),
        (FieldType.LONG_TEXT, ["a\nb", "a" * 20_000], ["a" * 20_001, "\u200b", "\x00", 7]),
        (FieldType.DATE, ["2026-03-05", "1880-01-01"], ["2026-02-30", "2026-3-5", "2026", "0001-01-01", 20260305]),
        (FieldType.PARTIAL_DATE, ["2026", "2026-03", "2024-02-29"], ["2026-13", "26", "2026-03-32", "2026-"]),
        (FieldType.NUMBER, [0, 10**12], [-1, 10**12 + 1, True, "1", 1.5]),
        (FieldType.MONEY, [0, 12_345], [-5, "1"]),
        (FieldType.YES_NO, [True, False], [1, 0, "yes"]),
        (FieldType.PHONE, ["+992 93 500-12-34", "112"], ["1", "call me", "٩٩٢٩٣٥", "1" * 41]),
        (FieldType.CHOICE, ["male"], ["other", 1, ["male"]]),
        (FieldType.SET, [frozenset({"male"}), frozenset()], [frozenset({"other"}), "male", ["male"]]),
        (FieldType.REFERENCE, ["0" * 32], ["0" * 31, "G" * 32, 5]),
    ],
)
def test_what_a_field_accepts(field_type: FieldType, good: list[Any], bad: list[Any]) -> None:
    assert [value for value in good if not accepts(field_type, value)] == []
    assert [value for value in bad if accepts(field_type, value)] == []
    assert accepts(field_type, None)


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=40))
def test_text_is_kept_composed_and_once_checked_stays_so(text: str) -> None:
    field = ALL["client"].field("surname")
    kept = checked_value(ALL["client"], field, text)
    assert kept is None or (isinstance(kept, str) and kept == unicodedata.normalize("NFC", kept).strip() != "")
    assert checked_value(ALL["client"], field, kept) == kept


def test_empty_text_is_nothing_said() -> None:
    assert checked(ALL["client"], {"surname": "  ", "sex": ""}) == {"surname": None, "sex": None}
    with pytest.raises(KeyError):
        checked(ALL["client"], {"colour": "red"})


def test_the_first_field_that_is_missing() -> None:
    lacking = missing(ALL["followup"], {"client": "0" * 32, "due": "2026-03-05"})
    assert lacking is not None
    assert lacking.name == "type"
    assert missing(ALL["client"], {}) is None
