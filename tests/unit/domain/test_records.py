"""The declarations: permanent numbers, complete words, and checks that every kind of field passes or refuses."""

import unicodedata
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.errors import InvalidValue
from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import FIRST_OWN_NUMBER, Field, FieldType, Kind, MergeClass
from desk_app.domain.records.validation import checked, checked_typed, checked_value, missing
from desk_app.domain.rules.roles import PROFESSIONS
from desk_app.domain.vocabulary import OwnChoice, OwnChoices, Vocabulary, is_own_code

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
    "user": 13,
    "note": 14,
    "attachment": 15,
    "erasure": 16,
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


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.sealed_fields], ids=lambda kind: kind.name)
def test_sealed_text_has_a_reader_and_a_place_to_be_bound_to_and_nothing_else_looks_into_it(kind: Kind) -> None:
    assert kind.event, "a correction is sealed anew, to its own record"
    client = kind.field("client")
    assert (client.refers_to, client.required, client.merge) == ("client", True, MergeClass.EVENT)
    for field in kind.sealed_fields:
        reader = kind.field(field.reader)
        assert (reader.type, reader.required, reader.merge) == (FieldType.CHOICE, True, MergeClass.EVENT)
        assert reader.vocabulary is not None
        assert set(reader.vocabulary.words) <= set(PROFESSIONS)
        assert (field.search, field.inner) == (None, False)
    assert not kind.travels


def test_only_sealed_text_has_a_reader_of_its_own() -> None:
    assert [field.name for kind in KINDS for field in kind.fields if field.reader] == ["text"]
    assert ALL["note"].sealed_fields == (ALL["note"].field("text"),)


def test_words_that_somebody_typed_are_never_taken_for_sealed_ones() -> None:
    note = ALL["note"]
    sealed = b64encode(b"age-encryption.org/v1\n-> X25519 abc").decode()
    assert checked(note, {"text": sealed}) == {"text": sealed}
    for typed in ("abcd", "Исмоил", b64encode(b"Ismoil is afraid.").decode(), sealed + " more", sealed[:28]):
        with pytest.raises(InvalidValue):
            checked(note, {"text": typed})
    assert checked_typed(note, {"text": " Ӣ\nб "}) == {"text": "Ӣ\nб"}
    longest = "𝄞" * 20_000
    assert checked_typed(note, {"text": longest}) == {"text": longest}
    with pytest.raises(InvalidValue):
        checked_typed(note, {"text": longest + "𝄞"})


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


def test_an_own_code_is_valid_in_an_open_list_alone() -> None:
    listed, closed = Vocabulary("listed", {"a": "A"}, open=True), Vocabulary("listed", {"a": "A"})
    for code in ("x_a", "x_0", "x_" + "a" * 38):
        assert code in listed
        assert code not in closed
    for code in ("x_", "x_A", "x_ä", "x_a b", "x_a\n", "y_a", "xa", "x_" + "a" * 39, "x_a_b", 5, None):
        assert code not in listed
    vocabularies = [field.vocabulary for kind in KINDS for field in kind.fields if field.vocabulary is not None]
    assert not [code for one in vocabularies for code in one.words if is_own_code(code)]
    # A register that only rises needs the order of all its codes.
    rising = [field for kind in KINDS for field in kind.fields if field.merge is MergeClass.MONOTONE]
    assert not any(field.vocabulary.open for field in rising if field.vocabulary is not None)
    own = OwnChoices((OwnChoice("listed", "a", {}, off=True), OwnChoice("listed", "x_a", {"tg": "Б"}, off=True)))
    assert own.offered(listed) == ("a",)  # There is always something to choose.
    assert own.codes(listed) == ("a", "x_a")
    assert own.codes(closed) == ("a",)
    assert (own.words(listed, "x_a", ("ru", "tg")), own.words(listed, "x_b", ("tg",))) == ("Б", "")
