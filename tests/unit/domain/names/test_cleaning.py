"""Cleaning, old fonts and the other keyboard layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.names import OldFont, clean, convert_old_font, layout_variants, old_font, similarity


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("xамъият", "хамъият"),  # a Latin x in a Cyrillic word
        ("һафта", "ҳафта"),
        ("Kaримов", "Каримов"),
        ("Саrdor", "Cardor"),  # Cyrillic С and а in a Latin word
        ("O'tkir", "Oʻtkir"),
        ("O`tkir O’tkir Oʼtkir O´tkir", "Oʻtkir Oʻtkir Oʻtkir Oʻtkir"),
        ("\u202eКарим\u200f\u0000 \t Саид\n", "Карим Саид"),
        ("у\u0304", "ӯ"),  # composed
        ("Каримов Karim", "Каримов Karim"),
        ("", ""),
    ],
)
def test_one_form_of_a_typed_name(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("typed", "font", "meant"),
    [
        ("њуќуќњои", OldFont.A, "ҳуқуқҳои"),
        ("Ѕонуни Їуміурии", OldFont.B, "Қонуни Ҷумҳурии"),
        ("ЉАМОЛЇ", OldFont.A, "ҶАМОЛӢ"),
        ("Їабборњ", OldFont.B, "Ҷабборӣ"),
    ],
)
def test_old_fonts_are_told_apart_and_read(typed: str, font: OldFont, meant: str) -> None:
    assert old_font(typed) is font
    assert convert_old_font(typed, font) == meant


@pytest.mark.parametrize("text", ["Каримов Саид", "Ўткир", "Karim", "", "Олексій", "Сергій Андрієнко"])
def test_living_spellings_are_no_old_font(text: str) -> None:
    assert old_font(text) is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("bcvj", "исмо"), ("Rfhbvjd", "Каримов"), ("hf[bv", "рахим"), ("Лфкшь", "Karim")]
)
def test_the_other_layout(typed: str, meant: str) -> None:
    assert layout_variants(typed) == (meant,)


def test_no_other_layout_where_it_cannot_be_spoken() -> None:
    assert layout_variants("Ali") == ()
    assert layout_variants("123") == ()


def test_a_whole_name_in_the_other_layout_is_read_as_meant() -> None:
    assert similarity("Rfhbvjd Cfbl", "Каримов Саид") == 1.0
