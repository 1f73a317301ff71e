from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desk_app.crypto.exchange_keys import chosen, day_of, first_day_of, is_over, wanted_on
from desk_app.crypto.sealing import Recipient

DAYS = st.integers(0, 40_000)


def test_a_day_is_counted_from_1970() -> None:
    assert day_of(0) == 0
    assert day_of(86_400_000 - 1) == 0
    assert day_of(1_772_668_800_000) == 20_517  # 5 March 2026, midnight at Greenwich


@given(DAYS)
def test_the_present_period_and_twelve_ahead_are_wanted(day: int) -> None:
    wanted = wanted_on(day)
    assert len(wanted) == 13
    assert wanted[0] <= day < wanted[1]
    assert {later - one for one, later in pairwise(wanted)} == {30}


@given(DAYS, st.integers(0, 200))
def test_what_is_sealed_opens_for_60_days_and_never_after_90(day: int, later: int) -> None:
    over = is_over(first_day_of(day), day + later)
    assert not (over and later <= 60)
    assert over or later < 90


def test_the_private_half_goes_60_days_after_the_end_of_its_period_to_the_day() -> None:
    assert [is_over(30, day) for day in (60, 119, 120, 121)] == [False, False, True, True]


@given(st.dictionaries(DAYS.map(first_day_of), st.text(min_size=1).map(Recipient)), DAYS)
def test_the_present_key_is_chosen_else_the_newest(announced: dict[int, Recipient], day: int) -> None:
    key = chosen(announced, day)
    if not announced:
        assert key is None
    elif first_day_of(day) in announced:
        assert key == announced[first_day_of(day)]
    else:
        assert key == announced[max(announced)]
