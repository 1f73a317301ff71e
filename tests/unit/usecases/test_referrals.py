"""Referrals: numbers, the steps they may take, the facts a step needs, the clocks that start."""

import datetime as dt
from typing import Any

import pytest

from desk_app.domain.errors import ConsentMissing, FieldMissing, InvalidValue, RecordNotFound, StepNotAllowed
from desk_app.domain.ids import RecordId
from desk_app.domain.records.referral import STATE
from desk_app.domain.rules import referral_states
from desk_app.storage.vault import Vault
from desk_app.usecases import needs, people, records, referrals
from tests.fakes import FakeClock, make_client, make_organisation


def referral_of(vault: Vault, **values: Any) -> RecordId:
    client = values.pop("client", None) or make_client(vault)
    asked = {"client": client, "organisation": make_organisation(vault), "service_asked": "Машварат"}
    return referrals.refer(vault, {**asked, **values}).id


def test_numbers_run_per_desk_and_year(vault: Vault) -> None:
    clock = vault.surroundings.milliseconds
    assert isinstance(clock, FakeClock)
    client, organisation = make_client(vault), make_organisation(vault)
    asked = {"client": client, "organisation": organisation, "service_asked": "Машварат"}
    numbers = [referrals.refer(vault, asked).number for _ in range(3)]
    assert numbers == ["Д-1/2026", "Д-2/2026", "Д-3/2026"]
    clock.forward(days=365)
    assert referrals.refer(vault, asked).number == "Д-1/2027"


def test_a_referral_starts_as_a_draft_of_today(vault: Vault) -> None:
    made = records.show(vault, referral_of(vault, state="completed"))
    assert (made.text("state"), made.text("made_on")) == ("draft", "2026-03-05")


@pytest.mark.parametrize(("priority", "due"), [("24h", "06"), ("72h", "08"), ("2w", "19"), (None, "19")])
def test_sending_starts_the_clock_of_the_answer(vault: Vault, priority: str | None, due: str) -> None:
    referral = referral_of(vault, priority=priority)
    referrals.change_state(vault, referral, "sent")
    assert records.show(vault, referral).text("answer_due") == f"2026-03-{due}"
    step = referrals.next_step(records.show(vault, referral))
    assert step == referral_states.NextAction("ask_answer", dt.date(2026, 3, int(due)))


def test_a_due_date_that_was_set_stays(vault: Vault) -> None:
    referral = referral_of(vault, answer_due="2026-04-01")
    referrals.change_state(vault, referral, "sent")
    assert records.show(vault, referral).text("answer_due") == "2026-04-01"


def test_nothing_is_sent_without_consent(vault: Vault) -> None:
    client = make_client(vault, consents="service")
    referral = referral_of(vault, client=client)
    with pytest.raises(ConsentMissing):
        referrals.change_state(vault, referral, "sent")
    assert records.show(vault, referral).text("state") == "draft"


def test_a_whole_life(vault: Vault) -> None:
    referral = referral_of(vault)
    for state, facts in (
        ("sent", {}),
        ("received", {}),
        ("accepted", {}),
        ("appointment", {"due": "2026-03-10", "at": "10:30"}),
        ("no_show", {}),
        ("in_service", {}),
        ("completed", {"result": "шиноснома гирифт"}),
        ("closed", {}),
    ):
        assert state in referrals.steps(vault, referral)
        referrals.change_state(vault, referral, state, facts)
    over = records.show(vault, referral)
    assert (over.text("state"), over.text("answered_on")) == ("closed", "2026-03-05")
    assert over.text("result") == "шиноснома гирифт"
    assert referrals.next_step(over) is None
    (visit,) = records.find_all(vault, "followup")
    assert (visit.text("type"), visit.text("due"), visit.text("at")) == ("appointment", "2026-03-10", "10:30")
    assert visit.text("note") == "Д-1/2026"


def test_a_letter_that_lies_there_is_no_answer(vault: Vault) -> None:
    referral = referral_of(vault)
    referrals.change_state(vault, referral, "sent")
    referrals.change_state(vault, referral, "received")
    assert records.show(vault, referral).values["answered_on"] is None


@pytest.mark.parametrize(("state", "field"), [("declined", "result"), ("completed", "result"), ("appointment", "due")])
def test_a_step_needs_its_facts(vault: Vault, state: str, field: str) -> None:
    referral = referral_of(vault)
    referrals.change_state(vault, referral, "sent")
    with pytest.raises(FieldMissing) as told:
        referrals.change_state(vault, referral, state)
    assert told.value.field == field
    assert records.show(vault, referral).text("state") == "sent"


def test_a_bad_fact_changes_nothing(vault: Vault) -> None:
    referral = referral_of(vault)
    referrals.change_state(vault, referral, "sent")
    with pytest.raises(InvalidValue):
        referrals.change_state(vault, referral, "appointment", {"due": "2026-02-30"})
    assert records.find_all(vault, "followup") == []


@pytest.mark.parametrize("step", ["draft", "received", "closed", "nonsense"])
def test_steps_that_are_not_offered_are_refused(vault: Vault, step: str) -> None:
    referral = referral_of(vault)
    with pytest.raises(StepNotAllowed) as told:
        referrals.change_state(vault, referral, step)
    assert (told.value.state, told.value.step) == ("draft", step)


def test_every_state_has_its_steps_and_all_ends_are_reached() -> None:
    for state in STATE.words:
        assert all(after in STATE for after in referral_states.allowed_after(state))
        assert (referral_states.next_action(state, None) is None) == (state == "closed")
    reached, open_ends = {"draft"}, ["draft"]
    while open_ends:
        for after in referral_states.allowed_after(open_ends.pop()):
            if after not in reached:
                reached.add(after)
                open_ends.append(after)
    assert reached == set(STATE.words)
    assert referral_states.allowed_after("of a newer version") == ()


def test_what_may_be_shared_and_why_not(vault: Vault) -> None:
    client = make_client(vault, consents="service", phone="935001234")
    assert set(referrals.sharable(vault, client).values()) == {"not_asked"}
    people.record_consent(vault, client, "sharing", "refused", {})
    assert set(referrals.sharable(vault, client).values()) == {"refused"}
    people.record_consent(vault, client, "sharing", "given", {})
    needs.note(vault, {"client": client, "pathway": "health"})
    shown = referrals.sharable(vault, client)
    assert shown["phone"] is None
    assert shown["address"] == "not_on_record"
    assert shown["needs"] == "not_asked"
    people.record_consent(vault, client, "health", "given", {})
    assert referrals.sharable(vault, client)["needs"] is None
    people.withdraw_consent(vault, client, "sharing")
    assert set(referrals.sharable(vault, client).values()) == {"withdrawn"}


def test_a_client_who_is_not_there(vault: Vault) -> None:
    with pytest.raises(RecordNotFound):
        referrals.sharable(vault, RecordId("0" * 32))
