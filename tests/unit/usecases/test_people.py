"""People: registered all or nothing, found in any script, look-alikes named, consent that counts, a time line."""

import pytest

from desk_app.domain.errors import ClientNameMissing, InvalidValue, RecordNotFound
from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.usecases import followups, letters, needs, people, records, referrals, services
from tests.fakes import FakeClock, make_client, make_organisation


def test_a_first_name_alone_is_enough(vault: Vault) -> None:
    saved = people.register(vault, {"given_name": "Исмоил"}, {}, {})
    assert saved.number == "KHG-2026-1"
    assert people.display_name(records.show(vault, saved.id)) == "Исмоил"
    assert records.show(vault, "KHG-2026-1").id == saved.id


@pytest.mark.parametrize("nobody", [{}, {"given_name": "  "}, {"sex": "male", "surname": None}])
def test_nobody_is_registered_without_any_name(vault: Vault, nobody: dict[str, str]) -> None:
    with pytest.raises(ClientNameMissing):
        people.register(vault, nobody, {}, {})


def test_a_bad_consent_registers_nobody(vault: Vault) -> None:
    with pytest.raises(InvalidValue):
        people.register(vault, {"given_name": "Карим"}, {"service": "given", "sharing": "perhaps"}, {})
    assert records.find_all(vault, "client") == records.find_all(vault, "consent") == []
    assert people.find(vault, "Карим") == []
    assert people.register(vault, {"given_name": "Карим"}, {}, {}).number == "KHG-2026-1"


@pytest.mark.parametrize(
    "typed", ["Раҳмонов", "рахмонов", "Rahmonov", "Rakhmonov", "раҳм", "RAHMONZODA", "Саид Раҳмонов"]
)
def test_a_person_is_found_in_any_script(vault: Vault, typed: str) -> None:
    wanted = make_client(vault, "Саид", surname="Раҳмонов")
    make_client(vault, "Карим", surname="Назаров")
    assert [found.id for found in people.find(vault, typed)] == [wanted]


@pytest.mark.parametrize("typed", ["KHG-2026-1", "khg-2026-1", "935001234", "+992 93 500 12 34", "A12345678"])
def test_a_person_is_found_by_any_number(vault: Vault, typed: str) -> None:
    wanted = make_client(vault, phone="+992 93 500 12 34", paper_number="A12345678")
    make_client(vault, "Карим", phone="900000000")
    assert people.find(vault, typed)[0].id == wanted


def test_the_name_as_typed_comes_first(vault: Vault) -> None:
    make_client(vault, "Карима", surname="Салимова")
    exact = make_client(vault, "Карим", surname="Салимов")
    make_client(vault, "Каримҷон", surname="Салимзода")
    assert people.find(vault, "Салимов Карим")[0].id == exact


@pytest.mark.parametrize("typed", ["", "  ", '"', "* OR (", "NEAR(", "a" * 10_000, "\x00", "%_", "';--"])
def test_whatever_is_typed_finds_or_does_not(vault: Vault, typed: str) -> None:
    make_client(vault)
    assert isinstance(people.find(vault, typed), list)


def test_the_other_keyboard_layout_is_guessed_only_when_nobody_is_found(vault: Vault) -> None:
    guessed = make_client(vault, "Фарид", surname="Шералиев")
    assert [(found.id, found.why) for found in people.find(vault, "ism")] == [(guessed, "other_layout")]
    meant = make_client(vault, "Исмоил", surname="Назаров")
    assert [found.id for found in people.find(vault, "ism")] == [meant]
    assert people.find(vault, "ism")[0].why != "other_layout"
    assert [(found.id, found.why) for found in people.find(vault, "yfpfhjd")] == [(meant, "other_layout")]


def test_a_removed_person_is_not_found_until_restored(vault: Vault) -> None:
    client = make_client(vault, surname="Назаров")
    records.remove(vault, client)
    assert people.find(vault, "назаров") == []
    assert people.look_alikes(vault, {"surname": "Назаров", "given_name": "Исмоил"}) == []
    records.restore(vault, client)
    assert [found.id for found in people.find(vault, "назаров")] == [client]


def test_a_corrected_name_is_found_and_the_wrong_one_no_more(vault: Vault) -> None:
    client = make_client(vault, surname="Назаров")
    records.edit(vault, client, {"surname": "Бобоев"})
    assert [found.id for found in people.find(vault, "бобоев")] == [client]
    assert people.find(vault, "назаров") == []


def test_look_alikes_are_named_with_their_reasons(vault: Vault) -> None:
    twin = make_client(vault, "Саид", surname="Раҳмонов", birth_date="1980-05-04", sex="male")
    make_client(vault, "Карим", surname="Назаров", birth_date="1971-01-01")
    typed = {"given_name": "Said", "surname": "Rahmonov", "birth_date": "1980-05-04", "sex": "male"}
    (found,) = people.look_alikes(vault, typed)
    assert (found.id, found.likely) == (twin, True)
    assert "birth_same" in found.reasons
    assert people.look_alikes(vault, {"given_name": "Зафар"}) == []
    assert people.look_alikes(vault, {}) == []


def test_a_withdrawal_counts_until_a_newer_answer(vault: Vault) -> None:
    client = make_client(vault)
    people.withdraw_consent(vault, client, "sharing")
    assert people.consents_of(vault, client) == {"service": "given", "sharing": "withdrawn"}
    people.record_consent(vault, client, "sharing", "given", {})
    assert people.consents_of(vault, client)["sharing"] == "given"


def test_a_withdrawal_of_an_older_consent_counts_after_a_newer_yes(vault: Vault) -> None:
    client = make_client(vault)
    old = records.find_all(vault, "consent", {"purpose": "sharing"})[0]
    people.record_consent(vault, client, "sharing", "given", {})
    records.edit(vault, old.id, {"state": "withdrawn"})
    assert people.consents_of(vault, client)["sharing"] == "withdrawn"


def test_a_withdrawn_consent_is_never_given_again_by_an_edit(vault: Vault) -> None:
    client = make_client(vault)
    people.withdraw_consent(vault, client, "sharing")
    consent = records.find_all(vault, "consent", {"purpose": "sharing"})[0]
    records.edit(vault, consent.id, {"state": "given"})
    assert people.consents_of(vault, client)["sharing"] == "withdrawn"


def test_everything_about_one_person_newest_first(vault: Vault) -> None:
    clock = vault.surroundings.milliseconds
    assert isinstance(clock, FakeClock)
    client = make_client(vault)
    clock.forward(days=1)
    need = needs.note(vault, {"client": client, "pathway": "housing"})
    service = services.record(vault, {"client": client, "type": "legal", "delivered_on": "2026-03-01"})
    clock.forward(days=1)
    asked = {"client": client, "organisation": make_organisation(vault), "service_asked": "Машварат"}
    referral = referrals.refer(vault, asked)
    letter = letters.print_letter(vault, referral.id, "ru").letter
    followup = followups.plan(vault, {"client": client, "type": "contact", "due": "2026-04-01"})
    services.record(vault, {"client": make_client(vault, "Салим"), "type": "legal"})
    shown = people.person(vault, client)
    assert [entry.record.id for entry in shown.timeline][:3] == [followup.id, letter.id, referral.id]
    assert [entry.on for entry in shown.timeline] == sorted((entry.on for entry in shown.timeline), reverse=True)
    assert [one.id for one in (*shown.needs, *shown.services)] == [need.id, service.id]
    assert len(shown.timeline) == 7
    assert shown.consents == {"service": "given", "sharing": "given"}


def test_nobody_has_that_id(vault: Vault) -> None:
    for wanted in ("0" * 32, "KHG-2026-99", ""):
        with pytest.raises(RecordNotFound):
            people.person(vault, RecordId(wanted))
