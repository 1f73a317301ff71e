"""The directory: found in any script, named in a language, its age known."""

from datetime import date

import pytest

from desk_app.domain.errors import FieldMissing
from desk_app.storage.vault import Vault
from desk_app.usecases import directory, records
from tests.fakes import make_organisation

ON = date(2026, 3, 5)


def test_signs_that_are_no_words_find_nothing(vault: Vault) -> None:
    make_organisation(vault)
    entries = directory.organisations(vault)
    assert (len(directory.matching(entries, " ")), directory.matching(entries, "ъъ")) == (1, [])


@pytest.mark.parametrize("typed", ["ёрии ҳуқуқӣ", "yori huquqi", "ЮРИДИЧ", "yordam", "гагарин", "(центр)", ""])
def test_found_in_any_script(vault: Vault, typed: str) -> None:
    make_organisation(vault, name_tg="«Шуғл»", name_ru="", name_uz="", address="", head_name="")
    wanted = make_organisation(vault)
    found = directory.matching(directory.organisations(vault), typed)
    assert wanted in [one.id for one in found]
    assert len(found) == (2 if not typed else 1)


@pytest.mark.parametrize(
    ("names", "language", "called"),
    [
        (("т", "р", "ў"), "tg", "т"),
        (("т", "р", "ў"), "ru", "р"),
        (("т", "р", "ў"), "uz_Latn", "ў"),
        (("т", "р", "ў"), "uz_Cyrl", "ў"),
        (("т", "р", "ў"), "en", "т"),
        (("", "р", ""), "tg", "р"),
        (("", "", ""), "ru", ""),
    ],
)
def test_named_in_a_language(names: tuple[str, str, str], language: str, called: str) -> None:
    assert directory.name_in(names, language) == called


@pytest.mark.parametrize(
    ("checked_on", "months", "late"),
    [
        ("", None, True),
        ("2026-03-05", 0, False),
        ("2026-02-06", 0, False),
        ("2026-02-05", 1, False),
        ("2025-09-03", 6, False),
        ("2025-09-02", 6, True),
        ("2025-03-06", 11, True),
        ("2024-03-05", 24, True),
        ("2027-01-01", 0, False),
    ],
)
def test_the_age_of_an_entry(vault: Vault, checked_on: str, months: int | None, late: bool) -> None:
    values = {"checked_on": checked_on} if checked_on else {}
    entry = records.show(vault, make_organisation(vault, **values))
    assert directory.months_since_check(entry, ON) == months
    assert directory.needs_check(entry, ON) is late


def test_saved_with_the_day_it_was_checked(vault: Vault) -> None:
    saved = directory.save(vault, None, {"name_ru": "Приют"})
    assert records.show(vault, saved.id).text("checked_on") == "2026-03-05"
    directory.save(vault, saved.id, {"checked_on": "2025-01-01"})
    assert records.show(vault, saved.id).text("checked_on") == "2025-01-01"
    directory.checked(vault, saved.id)
    assert records.show(vault, saved.id).text("checked_on") == "2026-03-05"


def test_no_organisation_without_a_name(vault: Vault) -> None:
    with pytest.raises(FieldMissing):
        directory.save(vault, None, {"address": "кӯчаи Рӯдакӣ"})
    saved = directory.save(vault, None, {"name_uz": "Markaz"})
    with pytest.raises(FieldMissing):
        directory.save(vault, saved.id, {"name_uz": None})
    directory.save(vault, saved.id, {"name_uz": None, "name_tg": "Марказ"})
    assert directory.called(records.show(vault, saved.id), "uz_Latn") == "Марказ"
