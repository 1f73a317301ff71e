"""Why somebody was found is said in words, where it is not plain to see."""

import pytest

from desk_app.domain.ids import RecordId
from desk_app.domain.rules.ranking import Why
from desk_app.i18n import Translator
from desk_app.i18n.found_words import REASONS, why_found
from desk_app.i18n.languages import ENGLISH
from desk_app.usecases.people import Found


@pytest.mark.parametrize(
    ("typed", "name", "words"),
    [
        ("Rahmonov", "Раҳмонов", "written in Cyrillic letters"),
        ("Раҳмонов", "Rahmonov", "written in Latin letters"),
        ("Ҷамшед", "Джамшед", "name in Russian letters"),
        ("Джамшед", "Ҷамшед", "name in Tajik letters"),
        ("Исмаил", "Исмоил", "written another way"),
    ],
)
def test_another_spelling_says_in_which_letters(typed: str, name: str, words: str) -> None:
    found = Found(RecordId("a"), "", name, "", "", 0.9, Why.OTHER_SPELLING)
    assert why_found(found, typed, Translator(ENGLISH)) == words


def test_every_reason_has_words_or_is_plain_to_see() -> None:
    assert {*REASONS, Why.SAME, Why.BEGINNING, Why.OTHER_SPELLING} == set(Why)
