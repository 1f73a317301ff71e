"""Travelling: everything sent, confirmed, then wiped; the coordinator brings all of it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.errors import NoCoordinator, StillWaiting, VaultInUse
from desk_app.domain.rules.auditing import Action
from desk_app.storage import blobs, meta, partner_table, salvage, sqlcipher
from desk_app.storage.partner_table import Partner
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit, backups, checking, drafts, exchange, merging, partners, people, records, travel
from desk_app.usecases.merge_plan import Outcome
from desk_app.usecases.travel import Stage
from tests.fakes import FakeClock, acquaint, make_client, make_organisation, make_vault, open_vault, surroundings


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[list[Vault]]:
    """A desk and its coordinator; a test that opens the desk anew puts it in the first place."""
    clock = FakeClock()
    pair = [make_vault(tmp_path, clock=clock), make_vault(tmp_path, "coordinator", clock)]
    acquaint(*pair, tmp_path)
    (tmp_path / "stick").mkdir()
    yield pair
    for vault in pair:
        vault.close()


def carry(one: Vault, other: Vault, stick: Path, *, full: bool = False) -> None:
    made = exchange.export(one, other.desk, stick, full)
    (done,) = merging.merge_files(other, [made.file])
    assert done.outcome is Outcome.MERGED


def state(vault: Vault) -> str:
    found = checking.check(vault, deep=True)
    assert found.problems == ()
    return found.state


def sent_and_confirmed(pair: list[Vault], stick: Path) -> None:
    carry(pair[0], pair[1], stick)
    carry(pair[1], pair[0], stick)


def test_the_steps_follow_one_another(pair: list[Vault], tmp_path: Path) -> None:
    desk, coordinator = pair
    stick = tmp_path / "stick"
    assert travel.travel(desk).stage is Stage.EMPTY
    make_client(desk)
    assert travel.travel(desk).stage is Stage.NOTHING_SENT
    made = travel.prepare(desk, stick)
    assert travel.travel(desk).stage is Stage.WAITING
    merging.merge_files(coordinator, [made.file])
    carry(coordinator, desk, stick)
    assert travel.travel(desk) == travel.Travel(Stage.READY, 0, 0)
    make_client(desk)
    assert travel.travel(desk).stage is Stage.NOTHING_SENT


@pytest.mark.parametrize("sent", [False, True])
def test_nothing_is_wiped_that_the_coordinator_has_not_confirmed(pair: list[Vault], tmp_path: Path, sent: bool) -> None:
    desk, _ = pair
    make_client(desk)
    before = state(desk)
    if sent:
        travel.prepare(desk, tmp_path / "stick")
        before = state(desk)
    with pytest.raises(StillWaiting) as refused:
        travel.wipe(desk)
    assert refused.value.count > 0
    assert state(desk) == before


def test_a_wipe_that_is_refused_for_another_window_takes_nothing(pair: list[Vault], tmp_path: Path) -> None:
    desk, _ = pair
    client = make_client(desk)
    sent_and_confirmed(pair, tmp_path / "stick")
    made = backups.back_up(desk)
    window = open_vault(desk.folder)
    with pytest.raises(VaultInUse):
        travel.wipe(desk)
    assert made.file.is_file()
    assert Action.TRAVEL_WIPED not in [one.action for one in audit.entries(desk)]
    assert records.show(window, client)
    window.close()
    travel.wipe(desk)
    assert not made.file.exists()
    assert Action.TRAVEL_WIPED in [one.action for one in audit.entries(desk)]


def test_what_no_bundle_brings_back_is_said_before(pair: list[Vault], tmp_path: Path) -> None:
    desk, _ = pair
    client = make_client(desk)
    sent_and_confirmed(pair, tmp_path / "stick")
    drafts.keep(desk, f"need:{client}", {"description": "x"})
    drafts.keep(desk, "client", {"given_name": "x"})
    assert travel.travel(desk) == travel.Travel(Stage.READY, 0, 2)


def test_without_a_coordinator_nobody_would_keep_the_data(vault: Vault) -> None:
    make_client(vault)
    with pytest.raises(NoCoordinator):
        travel.wipe(vault)


def test_a_wiped_desk_holds_no_record_and_the_old_key_opens_nothing(pair: list[Vault], tmp_path: Path) -> None:
    desk, _ = pair
    make_client(desk, "Далер")
    with sqlcipher.atomic(desk.db):
        meta.put(desk.db, "comparing", '{"number":1,"after":"n:dalir"}')  # Cut short there, it says a name.
    backups.back_up(desk)
    blobs.put(desk.folder, "a" * 64, b"sealed")
    sent_and_confirmed(pair, tmp_path / "stick")
    old, chain = desk.keys.data_key, desk.chain
    travel.wipe(desk)
    assert people.find(desk, "Далер") == []
    assert meta.get(desk.db, "comparing") is None
    assert travel.travel(desk).stage is Stage.EMPTY
    assert desk.chain != chain
    assert [one.code for one in partners.partners(desk)] == ["coordinator"]
    left = sorted(path.name for path in desk.folder.iterdir() if not path.name.endswith(("-wal", "-shm")))
    assert left == ["core.db", "keys-2.json", "keys.json"]
    assert not salvage.fits(desk.folder / DATABASE, old)
    desk.close()
    again = open_vault(desk.folder)
    pair[0] = again
    assert again.device == desk.device
    assert again.keys.data_key != old
    assert records.find_all(again, "client") == []


def test_the_coordinators_bundle_brings_everything_back(pair: list[Vault], tmp_path: Path) -> None:
    desk, coordinator = pair
    stick = tmp_path / "stick"
    client = make_client(desk, "Далер")
    records.edit(desk, client, {"phone": "900000001"})
    make_organisation(coordinator)
    sent_and_confirmed(pair, stick)
    before, number = state(desk), records.show(desk, client).text("number")
    travel.wipe(desk)
    assert state(desk) != before
    carry(coordinator, desk, stick, full=True)
    assert state(desk) == before
    assert records.show(desk, make_client(desk)).text("number") != number


def test_a_wiped_desk_that_writes_first_gets_everything_back_too(pair: list[Vault], tmp_path: Path) -> None:
    """Its bundle acknowledges nothing, so the coordinator's next one holds all of it without being asked for."""
    desk, coordinator = pair
    stick = tmp_path / "stick"
    clients = {make_client(desk, name) for name in ("Далер", "Зуҳро")}
    shared = make_organisation(coordinator)
    sent_and_confirmed(pair, stick)
    travel.wipe(desk)
    new = make_client(desk, "Мадина")
    carry(desk, coordinator, stick)
    carry(coordinator, desk, stick)
    assert {one.id for one in records.find_all(desk, "client")} == {*clients, new}
    assert records.show(desk, shared).kind == "organisation"
    assert len({one.text("number") for one in records.find_all(desk, "client")}) == 3
    assert state(desk) == state(coordinator)
    (seen,) = partners.partners(desk)
    assert seen.gaps == ()
    assert exchange.waiting_for(desk, _partner(desk)) == []


def test_a_second_journey_is_like_the_first(pair: list[Vault], tmp_path: Path) -> None:
    desk, coordinator = pair
    stick = tmp_path / "stick"
    make_client(desk, "Далер")
    for _ in range(2):
        sent_and_confirmed(pair, stick)
        before = state(desk)
        travel.wipe(desk)
        carry(coordinator, desk, stick, full=True)
        assert state(desk) == before
        make_client(desk, "Зуҳро")


@pytest.mark.parametrize("step", range(5))
def test_a_wipe_that_fails_leaves_the_vault_as_it_was_or_empty(pair: list[Vault], tmp_path: Path, step: int) -> None:
    class Cut(Exception):
        pass

    def cut(done: int, _total: int) -> None:
        if done == step:
            raise Cut

    desk, coordinator = pair
    make_client(desk)
    sent_and_confirmed(pair, tmp_path / "stick")
    before = state(desk)
    with pytest.raises(Cut):
        travel.wipe(desk, cut)
    desk.db.conn.close()
    again = open_vault(desk.folder, surroundings("again"))
    pair[0] = again
    assert (state(again) == before) is (step < 3)
    assert bool(records.find_all(again, "client")) is (step < 3)
    if step >= 3:
        carry(coordinator, again, tmp_path / "stick", full=True)
        assert state(again) == before


def _partner(desk: Vault) -> Partner:
    found = partner_table.partner(desk.db, "coordinator")
    assert found is not None
    return found
