"""Exchange keys by the month: a pair for every 30 days, several announced ahead, the private half of old ones gone.

Whoever takes a device later than 90 days after a bundle was sealed for it finds nothing that opens the bundle. Days
are counted from 1 January 1970 (UTC); a period begins on a day that 30 divides.
"""

from collections.abc import Mapping
from typing import TypeVar

_Keys = TypeVar("_Keys")

PERIOD_DAYS = 30
AHEAD = 12
"""Periods announced beside the present one."""
KEPT_DAYS = 60
"""Days after the end of its period for which a private half is kept: so long may a bundle be under way."""
LEAP_DAYS = (AHEAD + 1) * PERIOD_DAYS
"""A clock that goes further ahead between two looks at the keys may be wrong, and no key is destroyed on its word."""
LEAP_BELIEVED_DAYS = PERIOD_DAYS + KEPT_DAYS
"""Days after which such a clock is believed: until they hear of the new keys partners seal with the newest of the old
ones, whether it was the clock that was wrong or the device that lay still."""
_MILLISECONDS = 24 * 3600 * 1000


def day_of(milliseconds: int) -> int:
    """The day of a moment in Unix milliseconds."""
    return milliseconds // _MILLISECONDS


def first_day_of(day: int) -> int:
    """The first day of the period that a day lies in."""
    return day // PERIOD_DAYS * PERIOD_DAYS


def wanted_on(day: int) -> tuple[int, ...]:
    """The first days of the periods for which a device has keys announced on that day: the present and those ahead."""
    present = first_day_of(day)
    return tuple(present + ahead * PERIOD_DAYS for ahead in range(AHEAD + 1))


def is_over(first_day: int, day: int) -> bool:
    """Whether the private half of a period's key is to be gone on that day."""
    return day >= first_day + PERIOD_DAYS + KEPT_DAYS


def chosen(announced: Mapping[int, _Keys], day: int) -> _Keys | None:
    """Of keys by the first day of their period those to seal with on that day: the present period's, else the newest;
    None where nothing was announced."""
    present = announced.get(first_day_of(day))
    return present or (announced[max(announced)] if announced else None)
