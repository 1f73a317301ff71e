"""Time, passed in; and the hybrid logical clock that orders changes of devices whose clocks disagree.

A stamp is 48 bits of Unix milliseconds and a 16-bit counter in one integer (Kulkarni et al., "Logical physical
clocks", 2014), so stamps compare as integers and fit SQLite's signed 64 bits until the year 6429.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NewType

Stamp = NewType("Stamp", int)
Milliseconds = Callable[[], int]
"""Unix time in milliseconds."""

COUNTER_BITS = 16
MAX_COUNTER = (1 << COUNTER_BITS) - 1
MAX_LIFT_MS = 24 * 3600 * 1000
"""A remote clock lifts ours by at most a day: a laptop that woke up in 2060 must not drag every desk there."""

_CALENDAR_ENDS = 253402214400
"""Seconds; the last day of the year 9999, in which Python's calendar ends."""

DUSHANBE = timezone(timedelta(hours=5), "Asia/Dushanbe")
"""Tajikistan keeps UTC+5 all year."""


def system_milliseconds() -> int:
    """The machine's clock."""
    return int(datetime.now(UTC).timestamp() * 1000)


def stamp_of(milliseconds: int, counter: int = 0) -> Stamp:
    """The stamp of a moment."""
    return Stamp(milliseconds << COUNTER_BITS | counter)


def milliseconds_of(stamp: Stamp) -> int:
    """The Unix milliseconds inside a stamp."""
    return stamp >> COUNTER_BITS


def moment_of(stamp: Stamp) -> datetime:
    """The stamp as a date and time in Tajikistan; a stamp beyond the calendar shows its end."""
    return _moment(milliseconds_of(stamp))


def today(milliseconds: int) -> date:
    """The date in Tajikistan; a moment beyond the calendar shows its end."""
    return _moment(milliseconds).date()


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(min(milliseconds / 1000, _CALENDAR_ENDS), DUSHANBE)


class Clock:
    """Hands out rising stamps: never below one seen before, whatever the machine's clock does."""

    def __init__(self, milliseconds: Milliseconds = system_milliseconds, last: Stamp = Stamp(0)) -> None:
        self.milliseconds = milliseconds
        self.last = last

    def tick(self) -> Stamp:
        """The stamp of a new local change."""
        now = stamp_of(self.milliseconds())
        self.last = now if now > self.last else Stamp(self.last + 1)
        return self.last

    def witness(self, remote: Stamp) -> None:
        """Lifts the clock above a received stamp, unless that stamp lies more than a day ahead of the machine."""
        if self.last < remote <= stamp_of(self.milliseconds() + MAX_LIFT_MS, MAX_COUNTER):
            self.last = remote
