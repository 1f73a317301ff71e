"""Points for a pair of records, and the keys that make it a pair to look at."""

from dataclasses import replace
from typing import Any

import pytest

from desk_app.domain.names import (
    FactReason,
    NameReason,
    PersonFacts,
    PersonName,
    Verdict,
    candidate_keys,
    possible,
    ready,
    score,
)

SAID = PersonFacts(PersonName("Каримов", "Саид", "Раҳимович"), "male", "1985-03-05")


def _other(**changes: Any) -> PersonFacts:
    return replace(PersonFacts(PersonName("Karimzoda", "Said"), "male"), **changes)


@pytest.mark.parametrize(
    ("birth", "reason", "points"),
    [
        ("1985-03-05", FactReason.BIRTH_SAME, 10.0),
        ("1985-05-03", FactReason.BIRTH_SWAPPED, 9.0),
        ("1985-03-06", FactReason.BIRTH_CLOSE, 8.0),
        ("1986-03-05", FactReason.BIRTH_CLOSE, 8.0),
        ("1990-03-05", FactReason.BIRTH_DIFFERS, 2.0),
        ("1985", FactReason.BIRTH_YEAR, 7.5),
        ("1985-03", FactReason.BIRTH_YEAR, 7.5),
        ("1985-01-01", FactReason.BIRTH_YEAR, 7.5),
        ("1985-11-28", FactReason.BIRTH_DAY_DIFFERS, 6.0),
        ("1958-03-05", FactReason.BIRTH_CLOSE, 8.0),
        ("1985-03-50", FactReason.BIRTH_CLOSE, 8.0),
        ("1970", FactReason.BIRTH_DIFFERS, 2.0),
        ("", None, 6.0),
        ("yesterday", None, 6.0),
    ],
)
def test_dates_of_birth(birth: str, reason: FactReason | None, points: float) -> None:
    found = score(SAID, _other(birth_date=birth))
    assert found.points == points
    assert reason is None or reason in found.reasons
    assert score(_other(birth_date=birth), SAID).points == points


def test_a_year_off_across_a_decade_is_a_year_off() -> None:
    nineties = replace(SAID, birth_date="1990-03-05")
    assert FactReason.BIRTH_CLOSE in score(nineties, _other(birth_date="1989-03-05")).reasons


def test_the_first_of_january_stands_for_its_year() -> None:
    unknown_day = replace(SAID, birth_date="1985-01-01")
    assert FactReason.BIRTH_YEAR in score(unknown_day, _other(birth_date="1985-01-01")).reasons
    assert FactReason.BIRTH_DIFFERS in score(unknown_day, _other(birth_date="1995-01-01")).reasons
    found = score(unknown_day, _other(birth_date="1986"))
    assert (found.points, FactReason.BIRTH_YEAR_CLOSE in found.reasons) == (6.5, True)
    assert possible(ready(unknown_day), ready(_other(birth_date="1986"))) is None


def test_sex_phone_paper_release_and_father() -> None:
    full = replace(
        SAID, phones=("+992 90 011-22-33",), papers=("А1234567",), institution="3", release_date="2026-01-05"
    )
    assert FactReason.SEX_OF_PERSON_DIFFERS in score(full, _other(sex="female")).reasons
    assert FactReason.SEX_OF_PERSON_DIFFERS not in score(full, _other(sex="unknown")).reasons
    assert score(full, _other(phones=("900112233",))).points == 8.0
    assert score(full, _other(papers=("A 1234567",))).points == 16.0
    assert score(full, _other(papers=("A7654321",))).points == 6.0
    assert score(full, _other(institution="3", release_date="2026-01-05")).points == 8.0
    assert score(full, _other(institution="3", release_date="2026-01")).points == 6.0
    assert score(full, replace(SAID, name=PersonName("Каримов", "Саид", "Рахим"))).points == 11.0
    initial = replace(SAID, name=PersonName("Каримов", "Саид", "Р."))
    assert score(full, initial).points == score(full, replace(initial, name=PersonName("Каримов", "Саид"))).points
    assert FactReason.FATHER_DIFFERS in score(full, replace(SAID, name=PersonName("Каримов", "Саид", "Назар"))).reasons


def test_verdicts() -> None:
    assert score(SAID, SAID).verdict is Verdict.LIKELY
    assert score(SAID, _other()).verdict is Verdict.POSSIBLE
    assert score(SAID, PersonFacts(PersonName("Назаров", "Бахтиёр"))).verdict is Verdict.NONE
    assert score(PersonFacts(), PersonFacts()).verdict is Verdict.NONE


def test_a_given_name_alone_speaks_against_nobody() -> None:
    """A woman who married, and one of whom no surname was noted; a brother has another given name."""
    maiden = PersonFacts(PersonName("Назарова", "Зуҳро", "Саидовна"), "female", "1990-03-07")
    married = replace(maiden, name=PersonName("Каримова", "Зухро", "Саидовна"))
    found = score(maiden, married)
    assert (found.points, found.verdict) == (6.0, Verdict.POSSIBLE)
    assert found.reasons[:2] == (FactReason.BIRTH_SAME, FactReason.FATHER_SAME)
    assert NameReason.GIVEN_SAME in found.reasons
    assert NameReason.DIFFERENT not in found.reasons
    assert score(maiden, replace(married, birth_date="1985-12-12")).verdict is Verdict.NONE
    assert score(maiden, PersonFacts(PersonName("", "Зуҳро"), "female", "1990-03-07")).points == 6.0
    twin = replace(maiden, name=PersonName("Назарова", "Фотима", "Саидовна"), phones=("900112233",))
    assert score(replace(maiden, phones=("900112233",)), twin).points == 3.0


def test_reasons_come_with_what_agrees_by_its_weight_first() -> None:
    known = replace(SAID, phones=("900112233",), papers=("A1234567",))
    other = replace(known, name=PersonName("Karimov", "Said", "Назарович"))
    assert score(known, other).reasons == (
        FactReason.PAPER_SAME,
        FactReason.BIRTH_SAME,
        FactReason.PHONE_SAME,
        NameReason.SAME,
        NameReason.OTHER_SCRIPT,
        FactReason.FATHER_DIFFERS,
    )


def test_among_many_a_name_alone_is_no_sign() -> None:
    namesake = PersonFacts(PersonName("Каримов", "Саид"), "male")
    assert score(SAID, namesake).verdict is Verdict.POSSIBLE
    assert possible(ready(SAID), ready(namesake)) is None
    assert possible(ready(SAID), ready(replace(namesake, birth_date="1985"))) == score(
        SAID, replace(namesake, birth_date="1985")
    )


def _share(a: PersonFacts, b: PersonFacts) -> set[str]:
    return set(candidate_keys(a)) & set(candidate_keys(b))


def test_candidates_share_a_key() -> None:
    assert "n:karim" in _share(SAID, _other())
    assert _share(SAID, PersonFacts(birth_date="1985-05-03")) == {"b:1985-03-05", "b:1985-05-03"}
    assert _share(PersonFacts(phones=("+992900112233",)), PersonFacts(phones=("0112233",))) == {"p:0112233"}
    assert _share(PersonFacts(papers=("№ А 1234567",)), PersonFacts(papers=("a1234567",)))
    assert _share(PersonFacts(PersonName(given_name="Абду Раҳмон")), PersonFacts(PersonName(given_name="Абдурахмон")))
    assert _share(PersonFacts(PersonName("Ибрагимов")), PersonFacts(PersonName("Иброҳимзода")))
    assert _share(PersonFacts(PersonName("Каримӣ")), PersonFacts(PersonName("Каримов")))
    assert not _share(SAID, PersonFacts(PersonName("Назаров", "Бахтиёр", "Раҳимович"), birth_date="1990"))
    released = PersonFacts(institution="3", release_date="2026-01-05")
    assert candidate_keys(released) == ("e:2026-01-05 3",)
    assert candidate_keys(replace(released, release_date="2026-01")) == ()
    assert candidate_keys(PersonFacts()) == ()
