"""Years that pass in seconds: a clock that is set, and work that waits for its day."""

import heapq
import random
from collections.abc import Iterator
from datetime import date, datetime, time

from desk_app.domain.clock import DUSHANBE

Work = Iterator[int]
"""Something that happens in steps; between two steps it gives the moment of the next, in Unix milliseconds."""

DAY = 24 * 3600 * 1000
MINUTE = 60 * 1000
_READING = 20
"""Milliseconds that pass whenever somebody looks at the clock."""


def moment(day: date, hour: int = 9, minute: int = 0) -> int:
    """A day and hour in Tajikistan in Unix milliseconds."""
    return int(datetime.combine(day, time(hour, minute), DUSHANBE).timestamp() * 1000)


class SimulatedClock:
    """Stands where it is set and never goes back."""

    def __init__(self, at: int) -> None:
        self._at = at

    def __call__(self) -> int:
        """Unix milliseconds."""
        self._at += _READING
        return self._at

    def reach(self, at: int) -> None:
        """Moves on to a moment; one that is over changes nothing."""
        self._at = max(self._at, at)


class SeededRandom:
    """Random bytes that repeat. It begins anew for each piece of work, because sealing uses up more or less of it."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._source = random.Random(seed)

    def __call__(self, count: int) -> bytes:
        """So many bytes."""
        return self._source.randbytes(count)

    def begin(self, work: str) -> None:
        """Starts the series of that piece of work."""
        self._source = random.Random(f"{self._seed} {work}")


class Schedule:
    """Work of one office in the order of time, whoever planned it first."""

    def __init__(self, clock: SimulatedClock) -> None:
        self._clock = clock
        self._waiting: list[tuple[int, int, Work]] = []
        self._planned = 0

    def plan(self, work: Work) -> None:
        """Takes work in; nothing of it happens before the moment it gives first."""
        at = next(work, None)
        if at is not None:
            heapq.heappush(self._waiting, (at, self._planned, work))
            self._planned += 1

    def run_until(self, last: int) -> None:
        """Lets everything happen whose time comes by then; what is later goes on waiting."""
        while self._waiting and self._waiting[0][0] <= last:
            at, _, work = heapq.heappop(self._waiting)
            self._clock.reach(at)
            self.plan(work)
        self._clock.reach(last)
