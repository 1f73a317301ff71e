"""Words come from the catalogue and facts are never interpreted."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.vocabulary import Vocabulary
from desk_app.i18n.catalogue.entry import Catalogue, Entry
from desk_app.i18n.catalogue.writing import compiled
from desk_app.i18n.languages import ENGLISH, RUSSIAN, TAJIK
from desk_app.i18n.placeholders import placeholders
from desk_app.i18n.translator import DOMAIN, Translator


@pytest.fixture(scope="module")
def russian(tmp_path_factory: pytest.TempPathFactory) -> Translator:
    people = ("{count} человек", "{count} человека", "{count} человек")
    entries = (
        Entry("Hello {name}", forms=("Здравствуйте, {name}",)),
        Entry("Other", forms=("Другое",)),
        Entry("{count} person", "{count} people", people),
    )
    folder = tmp_path_factory.mktemp("words")
    file = folder / "ru" / "LC_MESSAGES" / f"{DOMAIN}.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(compiled(Catalogue(RUSSIAN, entries)))
    return Translator(RUSSIAN, folder)


def test_a_sentence_with_its_facts(russian: Translator) -> None:
    assert russian.text("Hello {name}", name="Зафар") == "Здравствуйте, Зафар"
    assert Translator(ENGLISH).text("Hello {name}", name="Зафар") == "Hello Зафар"


def test_empty_words_are_empty_and_not_the_head_of_the_catalogue(russian: Translator) -> None:
    assert russian.text("") == ""


@given(st.text())
def test_a_fact_is_never_interpreted(fact: str) -> None:
    words = Translator(ENGLISH).text("{name} and {other}", name=fact, other="{name}")
    assert words == fact + " and {name}"


def test_a_missing_fact_is_a_bug(russian: Translator) -> None:
    with pytest.raises(LookupError):
        russian.text("Hello {name}")


def test_words_the_catalogue_lacks_stay_in_the_source_language(russian: Translator) -> None:
    assert russian.text("Brand new words") == "Brand new words"


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 человек"), (3, "3 человека"), (11, "11 человек"), (1101, "1\u00a0101 человек")]
)
def test_a_plural_in_the_form_of_its_number(russian: Translator, count: int, words: str) -> None:
    assert russian.plural("{count} person", "{count} people", count) == words


def test_numbers_and_dates_are_written_the_languages_way(russian: Translator) -> None:
    facts = "{a} {b} {c} {d}"
    moment = datetime(2026, 3, 5, 7, 30, tzinfo=UTC)
    shown = russian.text(facts, a=1234, b=Decimal("0.5"), c=date(2026, 3, 5), d=moment)
    assert shown.replace("\u00a0", " ") == "1 234 0,5 05.03.2026 05.03.2026 12:30"


def test_a_choice_in_words(russian: Translator) -> None:
    vocabulary = Vocabulary("answers", {"other": "Other"})
    assert russian.choice(vocabulary, "other") == "Другое"
    assert russian.choice(vocabulary, "made_by_a_newer_version") == "made_by_a_newer_version"


def test_a_catalogue_that_was_not_compiled_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Translator(TAJIK, tmp_path)


def test_placeholders_are_names_in_braces() -> None:
    assert placeholders("{name}, {number_2} {} {Name} {a b} {{x}") == {"name", "number_2", "x"}
