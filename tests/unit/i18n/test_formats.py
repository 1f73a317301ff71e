"""Dates, numbers, money and phones as the desks write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.i18n import formats
from desk_app.i18n.languages import ENGLISH, LANGUAGES, RUSSIAN, TAJIK, UZBEK_CYRILLIC, UZBEK_LATIN, Language

FIFTH_OF_MARCH = date(2026, 3, 5)


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def test_a_day_is_written_alike_everywhere() -> None:
    assert formats.day(FIFTH_OF_MARCH) == "05.03.2026"
    assert formats.day(date(987, 1, 2)) == "02.01.0987"


@pytest.mark.parametrize(("stored", "shown"), [("1973", "1973"), ("1973-03", "03.1973"), ("1973-03-05", "05.03.1973")])
def test_a_partial_date_says_no_more_than_is_known(stored: str, shown: str) -> None:
    assert formats.partial_date(stored) == shown


@pytest.mark.parametrize("text", ["", "73", "1973-3", "1973-03-05T10", "1973\n", "١٩٧٣x"])
def test_what_is_no_stored_date_is_refused(text: str) -> None:
    assert not formats.is_stored_date(text)
    with pytest.raises(ValueError, match="stored date"):
        formats.partial_date(text)


@pytest.mark.parametrize(
    ("language", "letter", "heading", "month"),
    [
        (TAJIK, "5 марти соли 2026", "Панҷшанбе, 5 март", "марти соли 2026"),
        (RUSSIAN, "5 марта 2026 г.", "Четверг, 5 марта", "март 2026 г."),
        (UZBEK_LATIN, "2026-yil 5-mart", "Payshanba, 5-mart", "2026-yil mart"),
        (UZBEK_CYRILLIC, "2026 йил 5 март", "Пайшанба, 5 март", "2026 йил март"),
        (ENGLISH, "5 March 2026", "Thursday 5 March", "March 2026"),
    ],
)
def test_a_date_in_words(language: Language, letter: str, heading: str, month: str) -> None:
    assert plain(formats.letter_date(FIFTH_OF_MARCH, language)) == letter
    assert formats.weekday_date(FIFTH_OF_MARCH, language) == heading
    assert plain(formats.month_of_year(FIFTH_OF_MARCH, language)) == month


def test_a_letter_date_is_never_broken_over_two_lines() -> None:
    for language in LANGUAGES:
        assert " " not in formats.letter_date(FIFTH_OF_MARCH, language)


def test_times_are_those_of_dushanbe() -> None:
    evening = datetime(2026, 3, 5, 20, 5, tzinfo=UTC)
    assert plain(formats.moment(evening)) == "06.03.2026 01:05"
    with pytest.raises(ValueError, match="zone"):
        formats.moment(datetime(2026, 3, 5, 20, 5))


def test_a_period_names_both_ends() -> None:
    assert plain(formats.period(date(2026, 1, 1), FIFTH_OF_MARCH)) == "01.01.2026 – 05.03.2026"


@pytest.mark.parametrize(
    ("value", "decimals", "russian", "english"),
    [
        (0, None, "0", "0"),
        (999, None, "999", "999"),
        (1234567, None, "1 234 567", "1 234 567"),
        (-1234, None, "−1 234", "−1 234"),
        (Decimal("1234567.89"), None, "1 234 567,89", "1 234 567.89"),
        (Decimal("0.125"), 2, "0,13", "0.13"),
        (Decimal("1E+3"), None, "1 000", "1 000"),
        (12, 1, "12,0", "12.0"),
    ],
)
def test_a_number(value: int | Decimal, decimals: int | None, russian: str, english: str) -> None:
    assert plain(formats.number(value, RUSSIAN, decimals)) == russian
    assert plain(formats.number(value, ENGLISH, decimals)) == english


@given(st.integers(-(10**12), 10**12))
def test_a_number_can_be_read_back(value: int) -> None:
    shown = formats.number(value, TAJIK)
    assert int(shown.replace("\u00a0", "").replace("−", "-")) == value
    assert " " not in shown


def test_shares_are_percent() -> None:
    assert formats.percent(Decimal("0.125"), RUSSIAN) == "13\u00a0%"
    assert formats.percent(Decimal("0.125"), ENGLISH, 1) == "12.5%"


def test_money_is_stored_in_dirams() -> None:
    assert plain(formats.money(123450, TAJIK)) == "1 234,50 сомонӣ"
    assert plain(formats.money(100000, UZBEK_LATIN)) == "1 000 somoni"


@pytest.mark.parametrize("typed", ["+992931234567", "992 93 123-45-67", "93 123 45 67", "(93)1234567", "8931234567"])
def test_a_phone_of_the_country_is_grouped(typed: str) -> None:
    assert plain(formats.phone(typed)) == "+992 93 123 45 67"


@pytest.mark.parametrize("typed", ["+7 912 345 67 89", "112", "после обеда", ""])
def test_any_other_phone_stays_as_typed(typed: str) -> None:
    assert formats.phone(typed) == typed


def test_a_date_in_another_form_is_shown_as_it_stands() -> None:
    assert [formats.any_date(stored) for stored in ("1973-03-05", "", "spring 1973")] == [
        "05.03.1973",
        "",
        "spring 1973",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_weekdays_and_money_are_in_every_language(language: Language) -> None:
    assert {len(set(words)) for words in (language.months, language.months_after_day)} == {12}
    assert len(set(language.weekdays)) == 7
    for month in range(1, 13):
        words = formats.letter_date(date(2026, month, 28), language)
        assert language.months_after_day[month - 1] in words
        assert "2026" in words
    assert formats.money(123456789, language).startswith("1\u00a0234\u00a0567")
    assert formats.number(Decimal("1234567.89"), language)[:-3] == "1\u00a0234\u00a0567"


def test_the_clock_has_24_hours_and_midnight_belongs_to_the_new_day() -> None:
    assert plain(formats.moment(datetime(2026, 3, 5, 18, 59, tzinfo=UTC))) == "05.03.2026 23:59"
    assert plain(formats.moment(datetime(2025, 12, 31, 19, 0, tzinfo=UTC))) == "01.01.2026 00:00"
