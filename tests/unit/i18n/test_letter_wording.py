"""The shipped wording of letters keeps to the same rules as the catalogues."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator

import pytest
from catalogue_files import ROOT

from desk_app.i18n.catalogue.checks import bad_words
from desk_app.i18n.catalogue.glossary import read_glossary
from desk_app.i18n.languages import TRANSLATED, UZBEK_CYRILLIC, UZBEK_LATIN, Language
from desk_app.i18n.uzbek_cyrillic import to_cyrillic

LETTERS = ROOT / "resources" / "letters"
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def lines(language: Language) -> dict[str, str]:
    wording = tomllib.loads((LETTERS / language.code / "referral.toml").read_text(encoding="utf-8"))
    return dict(_flat("", wording))


def _flat(place: str, part: object) -> Iterator[tuple[str, str]]:
    if isinstance(part, str):
        yield place, part
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from _flat(f"{place}.{name}", inner)
    elif isinstance(part, list):
        for index, inner in enumerate(part):
            yield from _flat(f"{place}.{index}", inner)


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_a_letter_is_written_in_the_letters_of_its_language(language: Language) -> None:
    wording = lines(language)
    assert len(wording) > 40
    wrong = {place: list(bad_words(_PLACEHOLDER.sub(" ", words), language)) for place, words in wording.items()}
    assert {place: words for place, words in wrong.items() if words} == {}
    assert all(unicodedata.is_normalized("NFC", words) for words in wording.values())


def test_the_cyrillic_uzbek_letter_is_the_latin_one_in_other_letters() -> None:
    latin, cyrillic = lines(UZBEK_LATIN), lines(UZBEK_CYRILLIC)
    assert {place: to_cyrillic(words) for place, words in latin.items()} == cyrillic


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_a_letter_keeps_the_words_of_the_glossary(language: Language) -> None:
    glossary = read_glossary(ROOT / "resources" / "glossary.csv")
    wording = lines(language)
    for place, term in {
        ".slip.accepted": "referral accepted",
        ".slip.declined": "referral declined",
        ".fact_labels.birth_date": "date of birth",
        ".fact_labels.document": "identity document",
        ".fact_labels.contact_language": "language of contact",
        ".fact_labels.safe_contact": "safe way to contact",
        ".fact_labels.citizenship": "citizenship",
        ".letter.title": "referral letter",
    }.items():
        assert wording[place].casefold() in glossary[term][language.code]
