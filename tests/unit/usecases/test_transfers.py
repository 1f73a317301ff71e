"""People move from desk to desk, with their whole history and nobody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.errors import (
    AnsweredAlready,
    ConsentMissing,
    FieldMissing,
    OfferedAlready,
    OthersAnswer,
    RecordNotFound,
    ThereAlready,
    WithAnotherDesk,
)
from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.usecases import audit, duplicates, exchange, linking, people, records, sweeping, transfers
from tests.fakes import make_client
from tests.unit.usecases.moving import Moving, programme


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    with programme(tmp_path, "vahdat", "khorugh", "vose") as made:
        yield made


def helped(vault: Vault, client: str) -> RecordId:
    said = {"client": client, "type": "legal", "delivered_on": "2026-03-05"}
    return records.add(vault, "service", said).id


def holds(vault: Vault, record: str) -> bool:
    try:
        return bool(records.show(vault, record))
    except RecordNotFound:
        return False


def test_a_person_moves_with_all_of_her_history_and_the_old_desk_hears_no_more(moving: Moving) -> None:
    vahdat, khorugh, vose = moving["vahdat"], moving["khorugh"], moving["vose"]
    client, other = make_client(vahdat, "Исмоил", surname="Исмаилов"), make_client(vahdat, "Зуҳро")
    first = helped(vahdat, client)
    moving.round()
    with pytest.raises(ThereAlready):
        transfers.offer(vahdat, client, "vahdat")
    (offered,) = transfers.offer(vahdat, client, "khorugh", "moved", "came on foot")
    with pytest.raises(OfferedAlready):
        transfers.offer(vahdat, client, "vose")
    with pytest.raises(OthersAnswer):
        transfers.accept(vahdat, offered)
    moving.round()

    (shown,) = transfers.open_for(khorugh).offered_to_us
    assert (shown.client_name, shown.from_desk, shown.reason, shown.note) == (
        "Исмаилов Исмоил",
        "vahdat",
        "moved",
        "came on foot",
    )
    assert holds(khorugh, first)
    assert not holds(khorugh, other)
    assert not any(holds(vose, one) for one in (client, first, offered))
    assert people.person(khorugh, client).consents == people.person(vahdat, client).consents
    assert transfers.moved(vahdat) == {}

    assert transfers.accept(khorugh, offered) == (client,)
    number = records.show(khorugh, client).text("number")
    assert number == records.show(vahdat, client).text("number")
    assert number.startswith("VHD")
    assert people.register(khorugh, {"given_name": "Нав"}, {}, {}).number == "KHG-2026-1"
    moving.round()
    second = helped(khorugh, client)
    records.edit(khorugh, client, {"phone": "+992935001122"})
    moving.round()
    moving.round()

    assert holds(moving["coordinator"], second)
    assert not holds(vahdat, second)
    assert records.show(vahdat, client).text("phone") == ""
    assert transfers.moved(vahdat) == {client: "khorugh"}
    (found,) = people.find(vahdat, "исмаилов")
    assert (found.moved_to, people.person(vahdat, client).moved_to) == ("khorugh", "khorugh")
    (here,) = people.find(khorugh, "исмаилов")
    assert (here.desk, here.moved_to) == ("khorugh", "")
    with pytest.raises(WithAnotherDesk):
        transfers.offer(vahdat, client, "vose")
    with pytest.raises(AnsweredAlready):
        transfers.withdraw(vahdat, offered)
    assert {one.action for one in audit.entries(khorugh)} >= {"transfer_accepted"}
    assert moving.knows("khorugh", [client, first, second])


def test_a_desk_asks_the_coordinator_routes_and_the_desk_that_has_her_answers(moving: Moving) -> None:
    vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
    client = make_client(vahdat, "Исмаил", consents="service", surname="Исмаилов", birth_date="1980-05-01")
    moving.round()
    with pytest.raises(ConsentMissing):
        transfers.offer(vahdat, client, "khorugh")
    with pytest.raises(FieldMissing):
        transfers.ask(khorugh, {"birth_date": "1980"}, agreed=True)
    with pytest.raises(ConsentMissing):
        transfers.ask(khorugh, {"client_name": "Исмоилов Исмоил"}, agreed=False)
    wanted = {"client_name": "Исмоилов Исмоил", "birth_date": "1980", "reason": "moved"}
    request = transfers.ask(khorugh, wanted, agreed=True)
    moving.round("khorugh")
    assert transfers.open_for(vahdat).asked_of_us == ()
    (asked,) = transfers.open_for(coordinator).asked_of_us
    assert [one.id for one in transfers.meant_by(coordinator, asked.id)] == [client]
    with pytest.raises(OthersAnswer):
        transfers.route(vahdat if holds(vahdat, request) else khorugh, request, "vahdat")
    for nowhere in ("khorugh", "coordinator"):
        with pytest.raises(ThereAlready):
            transfers.route(coordinator, request, nowhere)
    transfers.route(coordinator, request, "vahdat")
    moving.round()
    (asked,) = transfers.open_for(vahdat).asked_of_us
    assert (asked.desk, asked.client_name, asked.reason) == ("khorugh", "Исмоилов Исмоил", "moved")
    (offered,) = transfers.offer(vahdat, client, request=asked.id)
    for again in (transfers.refuse, lambda vault, request: transfers.offer(vault, client, request=request)):
        with pytest.raises(AnsweredAlready):
            again(vahdat, asked.id)
    moving.round()
    assert transfers.open_for(khorugh).asked_by_us == ()
    transfers.accept(khorugh, offered)
    moving.round()
    assert records.show(coordinator, client).text("desk") == "khorugh"
    assert not holds(moving["vose"], request)
    second = transfers.ask(khorugh, {"client_number": "VOS-2020-1"}, agreed=True, to_desk="vose")
    moving.round()
    transfers.refuse(moving["vose"], second, "never heard of")
    moving.round()
    (answered,) = [one for one in transfers.all_requests(khorugh) if one.id == second]
    assert (answered.state, answered.answer) == ("refused", "never heard of")
    with pytest.raises(AnsweredAlready):
        transfers.refuse(moving["vose"], second)


def test_declined_withdrawn_and_both_at_once(moving: Moving) -> None:
    vahdat, khorugh = moving["vahdat"], moving["khorugh"]
    names = ("Як", "Ду", "Се", "Чор")
    said = {"surname": "Исмаилов", "birth_date": "1990-02-03"}
    first, second, third, fourth = (make_client(vahdat, name, **said) for name in names)
    (declined,), (withdrawn,), (crossed,) = (transfers.offer(vahdat, one, "khorugh") for one in (first, second, third))
    moving.carry("vahdat", "coordinator")
    (unsent,) = transfers.offer(vahdat, fourth, "khorugh")
    transfers.withdraw(vahdat, unsent)
    moving.carry("vahdat", "coordinator")
    going = exchange.export(moving["coordinator"], "khorugh", moving.stick).file
    assert {withdrawn, unsent} & {change.record for change in moving.in_bundle(going, "khorugh")} == {withdrawn}
    going.unlink()
    moving.round()
    assert not holds(khorugh, unsent)
    assert not holds(khorugh, fourth)
    assert {one.id for one in people.find(khorugh, "Исмаилов")} == {first, second, third}
    transfers.decline(khorugh, declined, "not ours")
    transfers.withdraw(vahdat, withdrawn)
    # She accepts what he withdraws: she works with the person already.
    transfers.withdraw(vahdat, crossed)
    transfers.accept(khorugh, crossed)
    moving.round()
    moving.round()
    states = {one.id: one.state for one in transfers.all_transfers(vahdat)}
    assert (states[declined], states[withdrawn]) == ("declined", "withdrawn")
    assert states[crossed] == "accepted"
    assert transfers.moved(vahdat) == {third: "khorugh"}
    # Who did not come is found no more where she was offered, and neither is the offer; who came stays.
    assert {one.id: one.state for one in transfers.all_transfers(khorugh)} == {crossed: "accepted"}
    for late in (declined, withdrawn):
        with pytest.raises(AnsweredAlready):
            transfers.accept(khorugh, late)
    assert not holds(khorugh, first)
    assert {one.id for one in people.find(khorugh, "Исмаилов")} == {third}
    assert [one.id for one in people.find(khorugh, "Исмаилов", 1)] == [third]
    assert {one.id for one in people.latest(khorugh, 9)} == {third}
    assert len(people.find(vahdat, "Исмаилов")) == len(people.find(moving["coordinator"], "Исмаилов")) == 4
    again = make_client(khorugh, "Як", **said)
    assert [one.id for one in people.look_alikes(khorugh, {**said, "given_name": "Як"})] == [again]
    sweeping.compare(khorugh)
    assert (duplicates.listed(khorugh), duplicates.of(khorugh, again), duplicates.counts(khorugh).open) == ([], [], 0)
    records.edit(vahdat, first, {"phone": "+992935001122"})
    moving.round()
    (pair,) = duplicates.of(moving["coordinator"], again)
    assert {pair.one.id, pair.other.id} == {first, again}
    assert not holds(khorugh, first)
    # And back again: whoever returns is at home.
    (back,) = transfers.offer(khorugh, third, "vahdat")
    moving.round()
    transfers.accept(vahdat, back)
    moving.round()
    assert (transfers.moved(vahdat), transfers.moved(khorugh)) == ({}, {third: "vahdat"})
    assert records.show(moving["coordinator"], third).text("desk") == "vahdat"


def test_the_coordinator_gives_a_case_and_who_is_linked_goes_along(moving: Moving) -> None:
    vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
    one, other, here = make_client(vahdat, "Як"), make_client(vahdat, "Якӣ"), make_client(khorugh, "Якум")
    moving.round()
    linking.link(coordinator, one, other)
    link = linking.link(coordinator, one, here)
    made = transfers.offer(coordinator, one, "khorugh")
    assert len(made) == 2
    moving.round()
    assert holds(khorugh, link.id)
    assert not holds(vahdat, link.id)
    assert [shown.to_desk for shown in transfers.open_for(vahdat).offered_by_us] == ["khorugh", "khorugh"]
    assert set(transfers.accept(khorugh, made[0])) == {one, other}
    assert people.count(khorugh) == 1
    assert people.person(khorugh, here).client.id == one
    moving.round()
    moving.round()
    assert set(transfers.moved(vahdat)) == {one, other}
    assert len(transfers.of_person(khorugh, here)) == 2
