"""The languages know their letters, months and days."""

import gettext
from typing import Any

import pytest

from desk_app.i18n.languages import ENGLISH, LANGUAGES, RUSSIAN, TAJIK, UZBEK_CYRILLIC, UZBEK_LATIN, Language, by_code


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_its_own_words_are_written_in_its_own_letters(language: Language) -> None:
    assert (len(language.months), len(language.months_after_day)) == (12, 12)
    assert (len(language.weekdays), len(language.weekdays_short)) == (7, 7)
    words = (language.own_name, *language.months, *language.months_after_day, *language.weekdays, language.somoni)
    assert set("".join(words).lower()) <= set(language.alphabet)


def test_an_alphabet_names_each_letter_once() -> None:
    for language in LANGUAGES:
        assert len(set(language.alphabet)) == len(language.alphabet)
    assert len(TAJIK.alphabet) == 35
    assert set("щы").isdisjoint(UZBEK_CYRILLIC.alphabet)
    assert "w" not in UZBEK_LATIN.alphabet


def test_a_language_is_found_by_its_code() -> None:
    assert [by_code(language.code) for language in LANGUAGES] == list(LANGUAGES)
    with pytest.raises(LookupError):
        by_code("uz")


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        (TAJIK, {1: 0, 2: 1, 21: 1, 0: 1}),
        (UZBEK_LATIN, {1: 0, 2: 1, 21: 1}),
        (ENGLISH, {1: 0, 2: 1, 21: 1}),
        (RUSSIAN, {1: 0, 21: 0, 2: 1, 24: 1, 5: 2, 11: 2, 12: 2, 111: 2, 0: 2}),
    ],
)
def test_the_plural_rule_picks_the_form(language: Language, forms: dict[int, int]) -> None:
    library: Any = gettext  # Its stubs leave out the reader of plural rules.
    rule = library.c2py(language.plural_rule.partition("plural=")[2].rstrip(";"))
    assert {count: rule(count) for count in forms} == forms


def test_quotation_marks_are_those_of_the_language() -> None:
    assert TAJIK.quoted("Роҳ") == "«Роҳ»"
    assert UZBEK_LATIN.quoted("Roh") == "“Roh”"
