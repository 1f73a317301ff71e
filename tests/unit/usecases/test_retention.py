"""What has been kept long enough is proposed, and goes only when somebody confirms it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desk_app.domain.errors import RecordNotFound
from desk_app.domain.rules.retention import RULE, RULES, is_due
from desk_app.storage.vault import Vault
from desk_app.usecases import drafts, erasure, people, records, retention
from tests.fakes import FakeClock, make_client, make_vault

YEAR = 365


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock) -> Iterator[Vault]:
    vault = make_vault(tmp_path, clock=clock)
    yield vault
    vault.close()


def proposed(vault: Vault) -> list[tuple[str, str]]:
    return [(one.rule, one.name) for one in retention.proposals(vault)]


def test_every_rule_has_its_words_and_its_reason() -> None:
    assert {rule.code for rule in RULES} == set(RULE.words)
    assert all(rule.reason.endswith(".") and rule.days > 0 for rule in RULES)


@pytest.mark.parametrize(
    ("last", "due"), [("2021-03-06", True), ("2021-03-07", False), ("2021", False), ("", False), ("9999-12-31", False)]
)
def test_a_rule_counts_whole_days(last: str, due: bool) -> None:
    assert is_due("quiet", last, date(2026, 3, 5)) is due


def test_who_was_quiet_for_five_years_is_proposed(desk: Vault, clock: FakeClock) -> None:
    make_client(desk, "Карим")
    busy = make_client(desk, "Раҳим")
    clock.forward(days=3 * YEAR)
    records.add(desk, "need", {"client": busy, "pathway": "housing"})
    clock.forward(days=2 * YEAR - 1)
    assert proposed(desk) == []
    clock.forward(days=2)
    (one,) = retention.proposals(desk)
    assert (one.rule, one.name, one.last, one.desk) == ("quiet", "Карим", "2026-03-05", "khorugh")
    clock.forward(days=3 * YEAR)
    assert proposed(desk) == [("quiet", "Карим"), ("quiet", "Раҳим")]


def test_withdrawn_consent_shortens_it_to_a_year(desk: Vault, clock: FakeClock) -> None:
    client = make_client(desk, "Карим")
    other = make_client(desk, "Раҳим")
    people.withdraw_consent(desk, client, "service")
    people.withdraw_consent(desk, other, "service")
    people.record_consent(desk, other, "service", "given", {"method": "signed"})
    clock.forward(days=YEAR + 1)
    assert proposed(desk) == [("withdrawn", "Карим")]
    clock.forward(days=4 * YEAR)
    assert proposed(desk) == [("withdrawn", "Карим"), ("quiet", "Раҳим")]


def test_participants_who_are_no_clients_are_kept_five_years_after_the_course(desk: Vault, clock: FakeClock) -> None:
    course = records.add(
        desk, "course", {"title": "Дуредгарӣ", "course_kind": "vocational", "ended_on": "2026-03-01"}
    ).id
    client = make_client(desk, "Карим")
    records.add(desk, "participant", {"course": course, "name": "Салим", "sex": "male"})
    records.add(desk, "participant", {"course": course, "client": client})
    clock.forward(days=5 * YEAR)
    records.edit(desk, client, {"phone": "900"})
    assert proposed(desk) == [("course", "Салим")]
    retention.confirm(desk, retention.proposals(desk)[0])
    assert proposed(desk) == []
    assert len(records.find_all(desk, "participant")) == 1


def test_a_forgotten_form_is_let_go_after_ninety_days(desk: Vault, clock: FakeClock) -> None:
    client = make_client(desk, "Карим")
    drafts.keep(desk, f"need:{client}", {"description": "хона"})
    clock.forward(days=89)
    assert proposed(desk) == []
    clock.forward(days=2)
    (one,) = retention.proposals(desk)
    assert (one.rule, one.name) == ("draft", "Карим")
    retention.confirm(desk, one)
    assert drafts.all_drafts(desk) == []
    assert records.show(desk, client).id == client


def test_nothing_goes_until_somebody_confirms_and_then_as_an_erasure(desk: Vault, clock: FakeClock) -> None:
    client = make_client(desk, "Карим")
    clock.forward(days=5 * YEAR + 1)
    (one,) = retention.proposals(desk)
    assert records.show(desk, client).id == client
    done = retention.confirm(desk, one)
    assert done is not None
    assert done.records == 3
    assert [shown.reason for shown in erasure.state(desk)] == ["retention"]
    assert retention.proposals(desk) == []


def test_whoever_came_back_meanwhile_stays(desk: Vault, clock: FakeClock) -> None:
    client = make_client(desk, "Карим")
    clock.forward(days=5 * YEAR + 1)
    (one,) = retention.proposals(desk)
    records.edit(desk, client, {"phone": "900"})
    with pytest.raises(RecordNotFound):
        retention.confirm(desk, one)
    assert records.show(desk, client).id == client
