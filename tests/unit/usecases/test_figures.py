"""Every figure counts what its definition says, once, and its records stand behind it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Values
from desk_app.domain.rules.indicators import BY_CODE, INDICATORS, SEXES, Period
from desk_app.storage.vault import Vault
from desk_app.usecases import figures, people, records
from desk_app.usecases.figures import Figure
from tests.fakes import make_client, make_organisation, make_vault

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = make_vault(tmp_path)
    yield made
    made.close()


def serve(vault: Vault, client: RecordId, on: str = "2026-03-05", kind: str = "legal") -> RecordId:
    return records.add(vault, "service", {"client": client, "type": kind, "delivered_on": on}).id


def figure(vault: Vault, code: str, period: Period = YEAR) -> Figure:
    return next(one for one in figures.figures(vault, period) if one.indicator.code == code)


def total(vault: Vault, code: str, period: Period = YEAR) -> int:
    return figure(vault, code, period).whole.total


def test_a_person_served_many_times_is_one_person(vault: Vault) -> None:
    client = make_client(vault, sex="male", stage="released")
    for day in ("2026-01-01", "2026-03-05", "2026-12-31"):
        serve(vault, client, day)
    found = figure(vault, "ex_prisoners_served")
    assert found.whole.total == 1
    assert found.whole.by_sex == {"female": 0, "male": 1, "unknown": 0}
    assert {code: split.total for code, split in found.desks.items()} == {"khorugh": 1}
    assert total(vault, "legal_consultations") == 3


@pytest.mark.parametrize(
    ("stage", "day", "counted"),
    [
        ("released", "2026-06-01", 1),
        ("probation", "2026-06-01", 1),
        ("in_custody", "2026-06-01", 0),
        ("family", "2026-06-01", 0),
        ("", "2026-06-01", 1),
        ("released", "2025-12-31", 0),
        ("released", "2027-01-01", 0),
    ],
)
def test_only_those_outside_and_served_in_the_period_count(vault: Vault, stage: str, day: str, counted: int) -> None:
    serve(vault, make_client(vault, sex="female", **({"stage": stage} if stage else {})), day)
    assert total(vault, "ex_prisoners_served") == counted
    assert total(vault, "cities_served") == counted


def test_a_client_without_a_consultation_is_not_served(vault: Vault) -> None:
    make_client(vault, sex="male", stage="released")
    assert total(vault, "ex_prisoners_served") == 0


def test_nobody_said_is_a_column_of_its_own(vault: Vault) -> None:
    for facts in ({}, {"sex": "unknown"}, {"sex": "female"}):
        serve(vault, make_client(vault, stage="released", **facts))
    assert figure(vault, "ex_prisoners_served").whole.by_sex == {"female": 1, "male": 0, "unknown": 2}


def test_columns_add_up_in_every_figure(vault: Vault) -> None:
    serve(vault, make_client(vault, stage="released"))
    for one in figures.figures(vault, YEAR):
        if one.indicator.by_sex:
            assert sum(one.whole.by_sex.values()) == one.whole.total
            assert tuple(one.whole.by_sex) == SEXES
        assert sum(split.total for split in one.desks.values()) == one.whole.total


def test_what_was_hidden_or_corrected_is_not_counted(vault: Vault) -> None:
    client = make_client(vault, stage="released")
    wrong = serve(vault, client)
    records.edit(vault, wrong, {"type": "psychological"})
    assert (total(vault, "legal_consultations"), total(vault, "psychological_consultations")) == (0, 1)
    records.remove(vault, client)
    assert (total(vault, "ex_prisoners_served"), total(vault, "psychological_consultations")) == (0, 0)


def test_who_refused_to_be_counted_is_left_out_and_the_last_answer_decides(vault: Vault) -> None:
    client = make_client(vault, consents="service statistics", stage="released")
    serve(vault, client)
    assert total(vault, "ex_prisoners_served") == 1
    people.withdraw_consent(vault, client, "statistics")
    assert (total(vault, "ex_prisoners_served"), total(vault, "legal_consultations")) == (0, 0)
    people.record_consent(vault, client, "statistics", "given", {})
    assert total(vault, "ex_prisoners_served") == 1
    people.record_consent(vault, client, "statistics", "refused", {})
    assert total(vault, "ex_prisoners_served") == 0


def course(vault: Vault, **facts: str | bool | None) -> RecordId:
    known: Values = {"title": "Дӯзандагӣ", "course_kind": "vocational", "place": "ЯТ 3/8", "in_prison": True}
    dates = {"started_on": "2026-02-01", "ended_on": "2026-04-30"}
    return records.add(vault, "course", {**known, **dates, **facts}).id


def test_a_participant_of_two_courses_is_one_person(vault: Vault) -> None:
    first, second = course(vault), course(vault, course_kind="civic")
    client = make_client(vault, sex="female", stage="in_custody")
    for one in (first, second):
        records.add(vault, "participant", {"course": one, "name": "Зебо", "birth_year": 1990, "sex": "female"})
        records.add(vault, "participant", {"course": one, "client": client})
        records.add(vault, "participant", {"course": one, "sex": "male"})
    found = figure(vault, "prisoners_in_education")
    # Zebo, the client, and two of whom nothing is known that would make them one.
    assert found.whole.total == 4
    assert found.whole.by_sex == {"female": 2, "male": 2, "unknown": 0}
    assert {place: split.total for place, split in found.places.items()} == {"ЯТ 3/8": 4}
    assert total(vault, "women_in_vocational_courses") == 2
    assert total(vault, "women_in_civic_education") == 2


@pytest.mark.parametrize(
    ("facts", "counted"),
    [
        ({"started_on": "2025-12-01", "ended_on": "2026-01-01"}, 1),
        ({"started_on": "2025-11-01", "ended_on": "2025-12-31"}, 0),
        ({"started_on": "2026-12-31", "ended_on": "2027-02-01"}, 1),
        ({"started_on": "2026-05-01", "ended_on": None}, 1),
        ({"in_prison": False}, 0),
        ({"in_prison": None}, 0),
        ({"course_kind": "staff"}, 0),
    ],
)
def test_a_course_counts_when_it_ran_in_prison_in_the_period(
    vault: Vault, facts: dict[str, str | bool | None], counted: int
) -> None:
    records.add(vault, "participant", {"course": course(vault, **facts), "name": "Зебо", "sex": "female"})
    assert total(vault, "prisoners_in_education") == counted
    assert total(vault, "vocational_courses") == counted


def test_referrals_needs_and_staff(vault: Vault) -> None:
    client = make_client(vault, sex="male", stage="released")
    asked = {"client": client, "organisation": make_organisation(vault), "service_asked": "Шиноснома"}
    for state, more in (
        ("draft", {}),
        ("withdrawn", {}),
        ("sent", {}),
        ("completed", {"answered_on": "2026-04-01"}),
        ("completed", {"answered_on": "2027-01-01"}),
    ):
        records.add(vault, "referral", {**asked, "made_on": "2026-03-05", "state": state, **more})
    need = {"client": client, "pathway": "money_papers", "noted_on": "2026-03-05"}
    for state in ("open", "met", "met"):
        records.add(vault, "need", {**need, "state": state})
    records.add(vault, "need", {**need, "pathway": "housing", "state": "met"})
    staff = course(vault, course_kind="staff", in_prison=False)
    records.add(vault, "participant", {"course": staff, "name": "Саидов Карим", "sex": "male"})
    numbers = {one.indicator.code: one.whole.total for one in figures.figures(vault, YEAR)}
    assert numbers["referrals_made"] == 3
    assert numbers["referrals_answered"] == 1
    assert numbers["papers_obtained"] == 2
    assert numbers["penitentiary_staff_trained"] == 1
    assert numbers["prisoners_in_education"] == 0


def test_the_records_behind_a_number_are_as_many_as_it_says(vault: Vault) -> None:
    for sex in ("male", "male", "female"):
        serve(vault, make_client(vault, sex=sex, stage="released"))
    for one in figures.figures(vault, YEAR):
        code = one.indicator.code
        assert len(figures.records_behind(vault, code, YEAR)) == one.whole.total
        for desk, split in one.desks.items():
            for sex, count in split.by_sex.items():
                assert len(figures.records_behind(vault, code, YEAR, desk, sex)) == count
    behind = figures.records_behind(vault, "ex_prisoners_served", YEAR, "khorugh", "female")
    assert [record.text("sex") for record in behind] == ["female"]


def test_targets_stand_beside_their_figures_and_the_latest_counts(vault: Vault) -> None:
    assert figure(vault, "ex_prisoners_served").target is None
    for value in (600, 1100):
        records.add(vault, "target", {"indicator": "ex_prisoners_served", "baseline": 60, "value": value})
    found = figure(vault, "ex_prisoners_served")
    assert (found.baseline, found.target) == (60, 1100)


def test_codes_are_unique_and_each_definition_names_choices_that_exist(vault: Vault) -> None:
    assert len(BY_CODE) == len(INDICATORS)
    known = {
        code
        for kind, field in (("client", "stage"), ("service", "type"), ("need", "pathway"), ("course", "course_kind"))
        if (vocabulary := vault.registry[kind].field(field).vocabulary)
        for code in vocabulary.words
    }
    assert {code for one in INDICATORS for code in one.codes | one.stages} <= known
