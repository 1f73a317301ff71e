"""Plain access to records: checked, numbered, corrected, hidden, and nothing half done."""

from typing import Any

import pytest

from desk_app.domain.errors import (
    FieldFixed,
    FieldMissing,
    InvalidValue,
    Problem,
    RecordNotFound,
    UnknownField,
    UnknownKind,
)
from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.usecases import checking, needs, records, services
from tests.fakes import make_client


def test_a_record_belongs_to_the_desk_and_is_shown_as_saved(vault: Vault) -> None:
    client = make_client(vault, surname=" Назаров ", birth_date="1980-05")
    shown = records.show(vault, client)
    assert (shown.text("surname"), shown.text("birth_date"), shown.text("desk")) == ("Назаров", "1980-05", "khorugh")
    assert shown.made_by == shown.changed_by == vault.user


def test_what_does_not_exist_is_named(vault: Vault) -> None:
    with pytest.raises(UnknownKind):
        records.add(vault, "dragon", {})
    with pytest.raises(UnknownField):
        records.add(vault, "client", {"colour": "red"})
    with pytest.raises(UnknownField):
        records.find_all(vault, "client", {"colour": "red"})
    with pytest.raises(FieldMissing) as told:
        records.add(vault, "need", {"pathway": "housing"})
    assert told.value.field == "client"
    with pytest.raises(RecordNotFound):
        records.add(vault, "need", {"client": "0" * 32, "pathway": "housing"})
    assert vault.db.execute("SELECT count(*) FROM change").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("field", "value"), [("desk", "vose"), ("number", "VOS-1"), ("deleted", True), ("corrects", "0" * 32)]
)
def test_what_the_program_sets_is_not_said_from_outside(vault: Vault, field: str, value: Any) -> None:
    client = make_client(vault)
    service = services.record(vault, {"client": client, "type": "legal", "delivered_on": "2026-03-05"}).id
    before = checking.check(vault).state
    with pytest.raises(FieldFixed):
        records.add(vault, "client", {"given_name": "Карим", field: value})
    for record in (client, service):
        with pytest.raises(FieldFixed):
            records.edit(vault, record, {field: value})
    assert checking.check(vault).state == before


def test_a_number_too_long_to_be_read_is_refused(vault: Vault) -> None:
    for digits in ("9" * 5000, "1" + "0" * 13):
        with pytest.raises(InvalidValue) as told:
            records.from_text(vault.registry["service"], {"minutes": digits})
        assert told.value.problem is Problem.NOT_A_NUMBER


HOSTILE = [
    ("given_name", "a\u202eb", Problem.INVISIBLE),
    ("given_name", "a\x00b", Problem.INVISIBLE),
    ("given_name", "а" * 301, Problem.TOO_LONG),
    ("given_name", "а" * 10_000, Problem.TOO_LONG),
    ("given_name", "a\nb", Problem.ONE_LINE),
    ("given_name", 7, Problem.NOT_TEXT),
    ("birth_date", "1980-13", Problem.NOT_A_DATE),
    ("birth_date", "05.03.1980", Problem.NOT_A_DATE),
    ("sex", "other", Problem.NOT_A_CHOICE),
    ("phone", "=1+1", Problem.NOT_A_PHONE),
    ("phone_safe", "yes", Problem.NOT_YES_NO),
    ("safety", frozenset({"dragon"}), Problem.NOT_A_CHOICE),
]


@pytest.mark.parametrize(("field", "value", "problem"), HOSTILE)
def test_hostile_values_get_their_reason_and_change_nothing(
    vault: Vault, field: str, value: Any, problem: Problem
) -> None:
    client = make_client(vault)
    before = checking.check(vault).state
    with pytest.raises(InvalidValue) as told:
        records.add(vault, "client", {field: value})
    assert (told.value.field, told.value.problem) == (field, problem)
    with pytest.raises(InvalidValue):
        records.edit(vault, client, {field: value})
    assert checking.check(vault).state == before


@pytest.mark.parametrize(
    "harmless", ["<b>Карим</b>", "A & B", "{{ name }}", "=1+1", "'; DROP TABLE client; --", "Ӯғли"]
)
def test_odd_but_harmless_text_is_kept_as_it_is(vault: Vault, harmless: str) -> None:
    assert records.show(vault, make_client(vault, harmless)).text("given_name") == harmless


def test_an_edit_that_changes_nothing_writes_nothing(vault: Vault) -> None:
    client = make_client(vault, surname="Назаров")
    service = services.record(vault, {"client": client, "type": "legal"})
    before = vault.db.execute("SELECT count(*) FROM change").fetchone()
    records.edit(vault, client, {"surname": "Назаров "})
    assert services.correct(vault, service.id, {"type": "legal"}).id == service.id
    assert vault.db.execute("SELECT count(*) FROM change").fetchone() == before


def test_what_a_record_cannot_do_without_is_not_emptied(vault: Vault) -> None:
    need = needs.note(vault, {"client": make_client(vault), "pathway": "housing"})
    with pytest.raises(FieldMissing):
        records.edit(vault, need.id, {"pathway": None})
    needs.change_state(vault, need.id, "met")
    assert records.show(vault, need.id).text("pathway") == "housing"


def test_a_correction_stands_in_the_place_of_what_it_corrects(vault: Vault) -> None:
    client = make_client(vault)
    first = services.record(vault, {"client": client, "type": "legal", "minutes": 30})
    assert records.show(vault, first.id).text("delivered_on") == "2026-03-05"
    second = services.correct(vault, first.id, {"minutes": 45})
    third = services.correct(vault, second.id, {"type": "social"})
    (shown,) = records.find_all(vault, "service", {"client": client})
    assert (shown.id, shown.values["minutes"], shown.text("type")) == (third.id, 45, "social")
    assert records.show(vault, first.id).values["minutes"] == 30
    records.remove(vault, third.id)
    assert [one.id for one in records.find_all(vault, "service")] == [second.id]


def test_a_removed_record_comes_back(vault: Vault) -> None:
    client = make_client(vault)
    records.remove(vault, client)
    assert records.find_all(vault, "client") == []
    records.restore(vault, client)
    assert [one.id for one in records.find_all(vault, "client")] == [client]


def test_lists_are_ordered_and_cut(vault: Vault) -> None:
    for name in ("Б", "А", "В"):
        make_client(vault, name)
    listed = records.find_all(vault, "client", order="-given_name", limit=2)
    assert [one.text("given_name") for one in listed] == ["В", "Б"]


def test_values_typed_as_text(vault: Vault) -> None:
    service, client = vault.registry["service"], vault.registry["client"]
    assert records.from_text(service, {"minutes": " 45 ", "type": "legal"}) == {"minutes": 45, "type": "legal"}
    assert records.from_text(client, {"safety": "at_risk, threat", "phone_safe": "no", "phone": ""}) == {
        "safety": frozenset({"at_risk", "threat"}),
        "phone_safe": False,
        "phone": None,
    }
    for kind, field, text in ((service, "minutes", "٤٥"), (service, "minutes", "-1"), (client, "phone_safe", "maybe")):
        with pytest.raises(InvalidValue):
            records.from_text(kind, {field: text})


def test_nothing_has_an_empty_number(vault: Vault) -> None:
    make_client(vault)
    for wanted in ("", "x", "0" * 32, RecordId("f" * 32)):
        with pytest.raises(RecordNotFound):
            records.show(vault, wanted)
