"""Clocks that stand wrong are told: this computer's against what it recorded, a partner's against the day it came."""

from pathlib import Path

from desk_app.usecases import exchange, exchange_overview, merging, partners
from desk_app.usecases.exchange_overview import Concern
from desk_app.usecases.status import status
from desk_app.usecases.today import today
from tests.fakes import FakeClock, acquaint, make_client, make_vault


def test_a_clock_that_stands_before_what_was_recorded_is_told_until_it_has_come_as_far(tmp_path: Path) -> None:
    clock = FakeClock()
    vault = make_vault(tmp_path, "khorugh", clock)
    recorded = clock.at
    make_client(vault)
    assert (status(vault).clock_before, today(vault).clock_before) == (None, None)
    # As far as another desk's clock may have led ours, it proves nothing.
    clock.forward(hours=-23)
    assert today(vault).clock_before is None
    clock.forward(days=-46 * 365)
    told = status(vault).clock_before
    assert told is not None
    assert recorded < told < recorded + 60_000
    assert today(vault).clock_before == told
    make_client(vault)
    assert today(vault).clock_before == told
    clock.forward(days=46 * 365)
    assert today(vault).clock_before is None
    vault.close()


def test_a_desk_whose_clock_runs_ahead_is_marked_until_its_next_bundle(tmp_path: Path) -> None:
    clock, ahead = FakeClock(), FakeClock()
    coordinator, desk = make_vault(tmp_path, "coordinator", clock), make_vault(tmp_path, "khorugh", ahead)
    acquaint(coordinator, desk, tmp_path)

    def marked() -> tuple[bool, bool]:
        merging.merge_files(coordinator, [exchange.export(desk, "coordinator", tmp_path).file])
        (one,) = exchange_overview.standings(coordinator)
        assert partners.partners(coordinator) == [one.status]
        return one.status.clock_ahead, Concern.CLOCK in one.concerns

    assert not partners.partners(coordinator)[0].clock_ahead
    ahead.forward(hours=23)
    assert marked() == (False, False)
    ahead.forward(days=34 * 365)
    make_client(desk)
    assert marked() == (True, True)
    ahead.forward(days=-34 * 365)
    clock.forward(hours=1)
    assert marked() == (False, False)
    for vault in (coordinator, desk):
        vault.close()
