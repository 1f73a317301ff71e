"""Two desks accept one person whose offers crossed: the coordinator sees it and says whose she is."""

from pathlib import Path

import pytest

from desk_app.domain.errors import NotContested, OthersAnswer
from desk_app.domain.ids import RecordId
from desk_app.usecases import assigning, audit, exchange, records, review, settling, transfers
from tests.fakes import make_client
from tests.unit.usecases.moving import Moving, copied, programme
from tests.unit.usecases.test_transfers import helped, holds


def test_the_coordinator_says_whose_a_person_is_whom_two_desks_took_over(tmp_path: Path) -> None:
    with programme(tmp_path, "vahdat", "khorugh", "vose") as moving:
        vahdat, khorugh, vose, coordinator = (moving[code] for code in ("vahdat", "khorugh", "vose", "coordinator"))
        clients = [make_client(vahdat, name, surname="Исмаилов") for name in ("Як", "Ду")]
        plain = make_client(vahdat, "Се")
        first = [transfers.offer(vahdat, one, "khorugh")[0] for one in (*clients, plain)]
        moving.round("vahdat", "khorugh")
        # He takes the offers back and gives both to another desk: one was accepted before, by the clocks, one after.
        transfers.accept(khorugh, first[0])
        second: list[RecordId] = []
        for offered, one in zip(first, clients, strict=False):
            transfers.withdraw(vahdat, offered)
            second += transfers.offer(vahdat, one, "vose")
        transfers.accept(khorugh, first[1])
        transfers.accept(khorugh, first[2])
        moving.round("vahdat", "vose")
        for one in second:
            transfers.accept(vose, one)
        written = {one: (helped(khorugh, one), helped(vose, one)) for one in clients}
        moving.round("vose", "khorugh")

        for vault in (vahdat, khorugh, vose):
            assert assigning.contested(vault) == ()
        shown = assigning.contested(coordinator)
        assert [one.client for one in shown] == clients
        assert {one.client_name for one in shown} == {"Исмаилов Як", "Исмаилов Ду"}
        assert all(set(one.desks) == {"khorugh", "vose"} for one in shown)
        assert [one.desks[0] for one in shown] == [records.show(coordinator, one).text("desk") for one in clients]
        with pytest.raises(OthersAnswer):
            assigning.assign(khorugh, clients[0], "khorugh")
        for client, desk in ((clients[0], "vahdat"), (plain, "khorugh")):
            with pytest.raises(NotContested):
                assigning.assign(coordinator, client, desk)
        assert assigning.assign(coordinator, clients[0], "khorugh") == (clients[0],)
        assigning.assign(coordinator, clients[1], "vose")
        assert assigning.contested(coordinator) == ()
        assert audit.entries(coordinator)[0].action == "transfer_assigned"

        moving.round("khorugh", "vose")
        pairs = ((clients[0], khorugh, vose), (clients[1], vose, khorugh))
        for client, has, lost in pairs:
            assert records.show(has, client).text("desk") == has.desk
            assert client not in transfers.moved(has)
            assert transfers.moved(lost)[client] == has.desk
            assert all(holds(has, one) for one in written[client])
            records.edit(has, client, {"phone": "+992935001122"})
        moving.round("khorugh", "vose")
        for client, has, lost in pairs:
            shown_here = records.show(coordinator, client)
            assert (shown_here.text("desk"), shown_here.text("phone")) == (has.desk, "+992935001122")
            assert records.show(lost, client).text("phone") == ""
        # Whoever has her now goes on as ever.
        (back,) = transfers.offer(vose, clients[1], "khorugh")
        moving.round("vose", "khorugh")
        transfers.accept(khorugh, back)
        moving.round("khorugh", "vose")
        assert records.show(coordinator, clients[1]).text("desk") == "khorugh"
        assert assigning.contested(coordinator) == ()


def test_the_coordinators_word_stands_at_desks_that_it_did_not_believe_too(tmp_path: Path) -> None:
    """Of two copies of a desk one accepts what the other declines: of that desk's word nothing is believed."""
    with programme(tmp_path, "vahdat", "khorugh") as moving:
        vahdat, khorugh, coordinator = (moving[code] for code in ("vahdat", "khorugh", "coordinator"))
        clients = [make_client(vahdat, name) for name in ("Як", "Ду")]
        first = [transfers.offer(vahdat, one, "khorugh")[0] for one in clients]
        moving.round()
        with copied(moving, "khorugh") as copy:
            for one in first:
                transfers.accept(khorugh, one)
                transfers.decline(copy, one)
            moving.round()
            moving.carry("copy", "coordinator")
            moving.round()
            assert [one.desks for one in assigning.contested(coordinator)] == [("vahdat", "khorugh")] * 2
            for client, desk in zip(clients, ("vahdat", "khorugh"), strict=True):
                assigning.assign(coordinator, client, desk)
            assert assigning.contested(coordinator) == ()
            moving.round()
            # Whoever is offered her again hears at last what was said of her meanwhile.
            transfers.offer(vahdat, clients[0], "khorugh")
            transfers.offer(khorugh, clients[1], "vahdat")
            for _ in range(2):
                moving.round()
                moving.carry("copy", "coordinator")
                moving.take("copy", exchange.export(coordinator, "khorugh", moving.stick).file)
            for vault in (vahdat, khorugh, copy, coordinator):
                assert review.disagreements(vault) == []
                assert [records.show(vault, one).text("desk") for one in clients] == ["vahdat", "khorugh"]


def test_two_coordinators_who_say_otherwise_leave_her_with_one_desk_until_they_agree(tmp_path: Path) -> None:
    with programme(tmp_path, "vahdat", "khorugh", "vose") as moving:
        vahdat, khorugh, vose, coordinator = (moving[code] for code in ("vahdat", "khorugh", "vose", "coordinator"))
        second = moving.add_second(tmp_path)
        moving.carry("coordinator", "coordinator_2")
        client = make_client(vahdat, "Як")
        (first,) = transfers.offer(vahdat, client, "khorugh")
        moving.round()
        transfers.accept(khorugh, first)
        transfers.withdraw(vahdat, first)
        (other,) = transfers.offer(vahdat, client, "vose")
        moving.round("vahdat", "vose")
        transfers.accept(vose, other)
        moving.round()
        moving.carry("coordinator", "coordinator_2")

        assigning.assign(coordinator, client, "khorugh")
        assigning.assign(second, client, "vose")
        everybody_hears(moving)
        (shown,) = review.disagreements(second)
        assert shown.field.name == "desk"
        assert [records.show(one, client).text("desk") for one in (coordinator, second, vose)] == ["vose"] * 3
        assert (transfers.moved(khorugh)[client], transfers.moved(vose)) == ("vose", {})
        # Whoever prefers the other word is asked again, for the desks went by this one.
        settling.settle(second, shown, settling.Keep([one.value for one in shown.values].index("khorugh")))
        everybody_hears(moving)
        (asked,) = assigning.contested(coordinator)
        assert set(asked.desks) == {"khorugh", "vose"}
        assigning.assign(coordinator, client, "khorugh")
        everybody_hears(moving)
        for one in (coordinator, second, khorugh):
            assert (records.show(one, client).text("desk"), review.disagreements(one)) == ("khorugh", [])
        assert (transfers.moved(vose)[client], transfers.moved(khorugh)) == ("khorugh", {})


def everybody_hears(moving: Moving) -> None:
    for sender, receiver in (("coordinator", "coordinator_2"), ("coordinator_2", "coordinator")):
        moving.carry(sender, receiver)
    moving.round()
    moving.carry("coordinator", "coordinator_2")
