"""A coordinator that was put back lost offers, or what had become of them: in the end everybody agrees all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.errors import FieldMissing, RecordNotFound
from desk_app.domain.ids import RecordId
from desk_app.storage.journal import Write
from desk_app.usecases import assigning, backups, records, referrals, review, transfers
from tests.fakes import make_client
from tests.unit.usecases.backup_files import restored
from tests.unit.usecases.moving import Moving, programme
from tests.unit.usecases.test_transfers import holds


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    with programme(tmp_path, "vahdat", "khorugh") as made:
        yield made


def open_offers(moving: Moving, desk: str) -> list[RecordId]:
    found = transfers.open_for(moving[desk])
    return [one.id for one in (*found.offered_to_us, *found.offered_by_us)]


def test_who_got_an_offer_hears_that_it_was_withdrawn_from_a_coordinator_that_does_not_know_it_sent_it(
    moving: Moving, tmp_path: Path
) -> None:
    vahdat = moving["vahdat"]
    clients = [make_client(vahdat, name) for name in ("Як", "Ду")]
    moving.round()
    first = transfers.offer(vahdat, clients[0], "khorugh")
    moving.carry("vahdat", "coordinator")
    made = backups.back_up(moving["coordinator"], tmp_path / "c.roh-backup")
    second = transfers.offer(vahdat, clients[1], "khorugh")
    moving.round()
    assert open_offers(moving, "khorugh") == [*first, *second]

    # Of one the coordinator knows that it was made, of the other nothing; that either went out it cannot know.
    transfers.withdraw(vahdat, second[0])
    moving.put_back(made.file)
    transfers.withdraw(moving["coordinator"], first[0])
    moving.round()
    assert open_offers(moving, "khorugh") == open_offers(moving, "vahdat") == []
    assert not any(holds(moving["khorugh"], one) for one in clients)


def test_a_coordinator_is_asked_whose_a_person_is_whom_a_desk_took_over_by_an_offer_that_it_lost(
    moving: Moving, tmp_path: Path
) -> None:
    vahdat, khorugh = moving["vahdat"], moving["khorugh"]
    clients = [make_client(vahdat, name) for name in ("Як", "Ду", "Се", "Чор")]
    moving.round()
    moving.round()
    made = backups.back_up(moving["coordinator"], tmp_path / "c.roh-backup")
    offers = [transfers.offer(moving["coordinator"], one, "khorugh")[0] for one in clients]
    moving.round()
    transfers.accept(khorugh, offers[0])
    moving.round()
    # One it had heard of, two come after, and one is never accepted.
    transfers.accept(khorugh, offers[1])
    transfers.accept(khorugh, offers[2])
    moving.clock.forward(days=-3)
    moving.put_back(made.file)
    coordinator = moving["coordinator"]
    moving.round()
    assert transfers.all_transfers(coordinator) == []
    assert [(one.client, one.desks) for one in assigning.contested(coordinator)] == [
        (one, ("vahdat", "khorugh")) for one in clients[:3]
    ]
    assigning.assign(coordinator, clients[0], "khorugh")
    assigning.assign(coordinator, clients[1], "vahdat")
    # She may as well be offered once more.
    (again,) = transfers.offer(coordinator, clients[2], "khorugh")
    moving.round()
    transfers.accept(khorugh, again)
    moving.round()
    assert assigning.contested(coordinator) == ()
    with_khorugh = {clients[0]: "khorugh", clients[2]: "khorugh"}
    assert transfers.moved(vahdat) == with_khorugh
    assert transfers.moved(khorugh) == {clients[1]: "vahdat"}
    for one in clients[:3]:
        assert records.show(coordinator, one).text("desk") == with_khorugh.get(one, "vahdat")
    assert [review.disagreements(one) for one in (coordinator, vahdat, khorugh)] == [[], [], []]

    # Of an offer that nobody knows any more each of both desks ends its own.
    transfers.decline(khorugh, offers[3])
    assert open_offers(moving, "khorugh") == []
    for one in open_offers(moving, "vahdat"):
        transfers.withdraw(vahdat, one)
    moving.round()
    assert open_offers(moving, "vahdat") == []
    with pytest.raises(RecordNotFound):
        records.show(khorugh, clients[3])
    assert transfers.offer(vahdat, clients[3], "khorugh")


def test_whom_her_desk_gave_away_and_both_others_forgot_is_offered_once_more(moving: Moving, tmp_path: Path) -> None:
    vahdat = moving["vahdat"]
    client = make_client(vahdat, "Як")
    moving.round()
    moving.round()
    made = [backups.back_up(moving[one], tmp_path / f"{one}.roh-backup") for one in ("coordinator", "khorugh")]
    (first,) = transfers.offer(moving["coordinator"], client, "khorugh")
    moving.round()
    transfers.accept(moving["khorugh"], first)
    moving.round()
    moving["khorugh"].close()
    moving.vaults["khorugh"] = restored(made[1].file, tmp_path / "new computer", moving.clock)
    moving.put_back(made[0].file)
    moving.round()
    assert transfers.moved(vahdat) == {client: "khorugh"}
    assert not holds(moving["khorugh"], client)

    (again,) = transfers.offer(moving["coordinator"], client, "khorugh")
    moving.round()
    transfers.accept(moving["khorugh"], again)
    moving.round()
    (back,) = transfers.offer(moving["khorugh"], client, "vahdat")
    moving.round()
    transfers.accept(vahdat, back)
    moving.round()
    assert (transfers.moved(vahdat), transfers.moved(moving["khorugh"])) == ({}, {client: "vahdat"})
    assert records.show(moving["coordinator"], client).text("desk") == "vahdat"


def test_who_was_referred_hears_that_it_was_taken_back_from_a_coordinator_put_in_the_place_of_one_that_told_her(
    moving: Moving, tmp_path: Path
) -> None:
    vahdat, khorugh = moving["vahdat"], moving["khorugh"]
    client = make_client(vahdat, "Як")
    moving.round()
    made = backups.back_up(moving["coordinator"], tmp_path / "c.roh-backup")
    asked = referrals.refer(vahdat, {"client": client, "to_desk": "khorugh", "service_asked": "Кор"}).id
    referrals.change_state(vahdat, asked, "sent")
    moving.round()
    assert records.show(khorugh, asked).text("state") == "sent"
    referrals.change_state(vahdat, asked, "withdrawn", {"result": "Худаш омад"})
    moving.put_back(made.file, moving["coordinator"].folder)
    moving.round()
    assert records.show(khorugh, asked).text("state") == "withdrawn"


def test_of_whom_nothing_tells_whose_she_is_a_coordinator_offers_to_nobody(moving: Moving) -> None:
    coordinator = moving["coordinator"]
    client = make_client(coordinator, "Як")
    coordinator.journal.write([Write(coordinator.registry["client"], client, {"desk": None})])
    with pytest.raises(FieldMissing):
        transfers.offer(coordinator, client, "khorugh")
