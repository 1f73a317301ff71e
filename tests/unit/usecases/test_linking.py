"""Clients who are one person: shown as one wherever people are met, and exactly as before once that is taken back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desk_app.domain.errors import KnownDifferent, LinkedThroughOthers, NotLinked, RecordNotFound, SameClient
from desk_app.domain.ids import RecordId
from desk_app.domain.rules.indicators import Period
from desk_app.storage.vault import Vault
from desk_app.usecases import (
    checking,
    erasure,
    figures,
    linking,
    notes,
    partners,
    people,
    records,
    referral_list,
    retention,
    review,
    status,
    today,
)
from tests.fakes import FakeClock, carry, make_client, make_organisation, make_vault

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def serve(vault: Vault, client: RecordId) -> RecordId:
    return records.add(vault, "service", {"client": client, "type": "legal", "delivered_on": "2026-03-05"}).id


@pytest.fixture
def twice(vault: Vault) -> tuple[RecordId, RecordId]:
    """One person who was registered twice."""
    facts = {"surname": "Исмоилов", "birth_date": "1973", "stage": "released"}
    first = make_client(vault, "Исмоил", sex="male", **facts)
    return first, make_client(vault, "Исмаил", **facts)


def test_the_page_of_either_shows_everything_about_both(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    first, second = twice
    served = [serve(vault, client) for client in twice]
    linking.link(vault, second, first)
    for client in twice:
        shown = people.person(vault, client)
        assert (shown.client.id, [one.id for one in shown.others]) == (first, [second])
        assert {one.id for one in shown.services} == set(served)
        assert [(one.one.id, one.other.id) for one in shown.links] == [(first, second)]
    assert records.show(vault, served[1]).text("client") == second


def test_people_are_listed_found_and_counted_once(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    first, second = twice
    make_client(vault, "Зуҳро", sex="female")
    linking.link(vault, first, second)
    assert people.count(vault) == status.status(vault).people == 2
    assert [one.id for one in people.latest(vault, 10)].count(first) == 1
    assert second not in [one.id for one in people.latest(vault, 10)]
    assert [one.id for one in people.find(vault, "Исмаил")] == [first]
    assert people.find(vault, "Исмаил")[0].name == "Исмоилов Исмоил"
    typed = {"surname": "Исмоилов", "given_name": "Исмаил", "birth_date": "1973"}
    assert [one.id for one in people.look_alikes(vault, typed)] == [first]


def test_a_person_served_at_both_pages_is_one_person_served(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    for client in twice:
        serve(vault, client)

    def served() -> tuple[int, dict[str, int], int, int]:
        found = {one.indicator.code: one for one in figures.figures(vault, YEAR)}
        whole = found["ex_prisoners_served"].whole
        behind = figures.records_behind(vault, "ex_prisoners_served", YEAR)
        return whole.total, dict(whole.by_sex), len(behind), found["legal_consultations"].whole.total

    assert served() == (2, {"female": 0, "male": 1, "unknown": 1}, 2, 2)
    done = linking.link(vault, *twice)
    assert served() == (1, {"female": 0, "male": 1, "unknown": 0}, 1, 2)
    linking.undo(vault, done)
    assert served()[0] == 2


def test_an_answer_about_counting_speaks_for_all_pages(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    for client in twice:
        serve(vault, client)
    people.record_consent(vault, twice[1], "statistics", "refused", {"method": "signed"})
    linking.link(vault, *twice)
    found = {one.indicator.code: one.whole.total for one in figures.figures(vault, YEAR)}
    assert (found["ex_prisoners_served"], found["legal_consultations"]) == (0, 0)


def test_consent_withdrawn_is_withdrawn_on_every_page(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    linking.link(vault, *twice)
    people.withdraw_consent(vault, twice[1], "sharing")
    assert [people.consents_of(vault, client)["sharing"] for client in twice] == ["withdrawn"] * 2
    linking.unlink(vault, *twice)
    assert [people.consents_of(vault, client)["sharing"] for client in twice] == ["withdrawn"] * 2


def test_what_is_due_and_referred_leads_to_the_one_page(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    first, second = twice
    for client in twice:
        records.edit(vault, client, {"stage": "in_custody", "release_date": "2026-03-20"})
    records.add(vault, "followup", {"client": second, "type": "contact", "due": "2026-03-05", "state": "pending"})
    asked = {"client": second, "organisation": make_organisation(vault), "service_asked": "хона"}
    records.add(vault, "referral", {**asked, "made_on": "2026-03-05", "state": "draft"})
    linking.link(vault, *twice)
    shown = today.today(vault)
    assert [one.client for one in shown.due_soon] == [first]
    assert [(one.id, one.client_name) for one in shown.releases] == [(first, "Исмоилов Исмоил")]
    assert [(one.client, one.client_name) for one in referral_list.overview(vault)] == [(first, "Исмоилов Исмоил")]


def test_taken_back_everything_is_as_it_was(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    first, second = twice
    for client in twice:
        serve(vault, client)
    before = [people.person(vault, client) for client in twice]
    linking.link(vault, first, second)
    linking.unlink(vault, second, first)
    assert [people.person(vault, client) for client in twice] == before
    assert people.count(vault) == 2
    assert checking.check(vault).ok


def test_a_person_is_whoever_is_linked_through_others_too(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    first, second = twice
    third = make_client(vault, "Исмоилҷон")
    linking.link(vault, second, third)
    linking.link(vault, first, second)
    assert linking.members(vault, third) == (first, second, third)
    with pytest.raises(LinkedThroughOthers):
        linking.unlink(vault, first, third)
    with pytest.raises(LinkedThroughOthers):
        linking.differ(vault, first, third)
    assert linking.state_of(vault, first, third) == "open"
    linking.unlink(vault, first, second)
    assert (linking.members(vault, first), linking.members(vault, third)) == ((first,), (second, third))


def test_two_people_known_to_be_different_are_not_made_one_through_a_third(
    vault: Vault, twice: tuple[RecordId, RecordId]
) -> None:
    first, second = twice
    third = make_client(vault, "Исмоилҷон")
    linking.differ(vault, first, second)
    linking.link(vault, second, third)
    with pytest.raises(KnownDifferent):
        linking.link(vault, first, third)
    linking.link(vault, first, second)
    linking.link(vault, first, third)
    assert linking.members(vault, third) == (first, second, third)


def test_not_the_same_takes_a_link_back(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    linking.link(vault, *twice)
    done = linking.differ(vault, *twice)
    assert (people.count(vault), linking.state_of(vault, *twice)) == (2, "different")
    linking.undo(vault, done)
    assert (people.count(vault), linking.state_of(vault, *twice)) == (1, "same")


def test_nobody_is_linked_to_himself_or_to_what_is_no_person(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    number = records.show(vault, twice[0]).text("number")
    with pytest.raises(SameClient):
        linking.link(vault, number, twice[0])
    with pytest.raises(NotLinked):
        linking.unlink(vault, *twice)
    with pytest.raises(RecordNotFound):
        linking.link(vault, serve(vault, twice[0]), twice[0])


def test_the_page_moves_while_its_client_is_removed(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    first, second = twice
    third = make_client(vault, "Исмоилҷон")
    linking.link(vault, first, second)
    linking.link(vault, first, third)
    records.remove(vault, first)
    assert linking.members(vault, third) == (second, third)
    assert people.count(vault) == 1
    assert checking.check(vault).ok
    records.restore(vault, first)
    assert linking.members(vault, third) == (first, second, third)


def test_erasing_a_person_takes_every_page_of_hers_and_says_so(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    first, second = twice
    served = serve(vault, first)
    done = linking.link(vault, *twice)
    found = erasure.consequences(vault, second)
    assert found.linked == (records.show(vault, first).text("number"),)
    assert found.counts["client"] == 2
    erasure.erase(vault, second, "asked")
    for gone in (first, second, served, done.id):
        with pytest.raises(RecordNotFound):
            records.show(vault, gone)
    assert people.count(vault) == 0
    assert checking.check(vault).ok


def test_once_the_link_is_taken_back_one_alone_is_erased(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    linking.link(vault, *twice)
    linking.unlink(vault, *twice)
    erasure.erase(vault, twice[1], "asked")
    assert records.show(vault, twice[0]).id == twice[0]


def test_somebody_met_on_either_page_has_not_been_quiet(tmp_path: Path) -> None:
    clock = FakeClock()
    with_clock = make_vault(tmp_path, clock=clock)
    try:
        first, second = make_client(with_clock, "Исмоил"), make_client(with_clock, "Исмаил")
        linking.link(with_clock, first, second)
        clock.forward(days=365 * 12)
        assert [one.key for one in retention.proposals(with_clock)] == [first]
        serve(with_clock, second)
        assert retention.proposals(with_clock) == []
    finally:
        with_clock.close()


def test_notes_and_the_log_of_a_vault_that_links_are_sound(vault: Vault, twice: tuple[RecordId, RecordId]) -> None:
    linking.link(vault, *twice)
    assert notes.of_client(vault, twice[0]) == []
    vault.db.execute("DELETE FROM alias WHERE client = ?", [twice[1]])
    assert [one.code for one in checking.check(vault).problems] == ["alias"]


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[dict[str, Vault]]:
    clock = FakeClock()
    made = {code: make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh", "vose")}
    for desk in ("khorugh", "vose"):
        for one, other in (("coordinator", desk), (desk, "coordinator")):
            card = tmp_path / f"{one}-{other}.card"
            partners.write_card(made[one], card)
            partners.enrol(made[other], card)
    yield made
    for vault in made.values():
        vault.close()


def test_a_link_goes_to_a_desk_only_if_both_are_its_own(programme: dict[str, Vault], tmp_path: Path) -> None:
    coordinator, khorugh, vose = programme.values()
    first, second = make_client(khorugh, "Исмоил"), make_client(khorugh, "Исмаил")
    third = make_client(vose, "Исмоилҷон")
    for desk in (khorugh, vose):
        carry(desk, coordinator, tmp_path)
    within = linking.link(coordinator, first, second)
    across = linking.link(coordinator, second, third)
    assert linking.members(coordinator, third) == (first, second, third)
    for desk in (khorugh, vose):
        carry(coordinator, desk, tmp_path)
    assert linking.members(khorugh, second) == (first, second)
    assert linking.members(vose, third) == (third,)
    assert records.show(khorugh, within.id).text("state") == "same"
    for desk in (khorugh, vose):
        with pytest.raises(RecordNotFound):
            records.show(desk, across.id)


def test_a_late_bundle_about_one_lands_on_the_persons_page(programme: dict[str, Vault], tmp_path: Path) -> None:
    coordinator, khorugh, vose = programme.values()
    first, third = make_client(khorugh, "Исмоил"), make_client(vose, "Исмоилҷон")
    for desk in (khorugh, vose):
        carry(desk, coordinator, tmp_path)
    linking.link(coordinator, first, third)
    late = serve(vose, third)
    carry(vose, coordinator, tmp_path)
    assert [one.id for one in people.person(coordinator, first).services] == [late]


def test_one_says_the_same_and_one_says_not_is_a_disagreement(programme: dict[str, Vault], tmp_path: Path) -> None:
    coordinator, khorugh, _ = programme.values()
    pair = make_client(khorugh, "Исмоил"), make_client(khorugh, "Исмаил")
    carry(khorugh, coordinator, tmp_path)
    linking.link(coordinator, *pair)
    linking.differ(khorugh, *pair)
    carry(khorugh, coordinator, tmp_path)
    carry(coordinator, khorugh, tmp_path)
    (found,) = review.disagreements(coordinator)
    assert (found.kind.name, {one.value for one in found.values}) == ("sameness", {"same", "different"})
    assert len(linking.members(coordinator, pair[0])) == len(linking.members(khorugh, pair[0]))
    linking.link(coordinator, *pair)
    assert review.count(coordinator) == 0
