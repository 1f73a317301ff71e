"""Stamps rise whatever the machine's clock does, and a wrong remote clock drags nobody along."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.clock import MAX_LIFT_MS, Clock, Stamp, milliseconds_of, moment_of, stamp_of, today

DAY = 24 * 3600 * 1000


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=30), st.lists(st.integers(0, 2**56), max_size=5))
def test_stamps_rise_whatever_the_clock_says(times: list[int], remote: list[int]) -> None:
    now = iter(times)
    clock = Clock(lambda: next(now))
    last = -1
    for at, _ in enumerate(times):
        stamp = clock.tick()
        assert stamp > last
        last = stamp
        for seen in remote[: at % 3]:
            Clock(lambda: 0, stamp).witness(Stamp(seen))


def test_a_clock_is_lifted_by_a_day_and_no_more() -> None:
    assert MAX_LIFT_MS == DAY
    clock = Clock(lambda: 1000)
    clock.witness(stamp_of(1000 + MAX_LIFT_MS))
    assert clock.last == stamp_of(1000 + MAX_LIFT_MS)
    clock.witness(stamp_of(1000 + MAX_LIFT_MS + 1))
    assert clock.last == stamp_of(1000 + MAX_LIFT_MS)
    assert clock.tick() == clock.last == stamp_of(1000 + MAX_LIFT_MS, 1)


def test_a_full_counter_runs_over_into_the_next_millisecond() -> None:
    clock = Clock(lambda: 5, stamp_of(5, 0xFFFF))
    assert clock.tick() == stamp_of(6)


def test_stamps_and_days_are_read_in_dushanbe() -> None:
    evening = 1772737200000  # 5 March 2026, 19:00 UTC
    assert today(evening) == date(2026, 3, 6)
    assert moment_of(stamp_of(evening, 9)).strftime("%Y-%m-%d %H:%M") == "2026-03-06 00:00"
    assert milliseconds_of(stamp_of(evening, 9)) == evening


def test_a_stamp_beyond_the_calendar_is_shown() -> None:
    assert moment_of(Stamp(2**63 - 1)).year == 6429
    assert moment_of(Stamp(2**70)).year == 9999
