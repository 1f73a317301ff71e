"""Whether a way still brings something, and whether anybody still waits for it.

Every single read comes within its time at a server that trickles, and the whole never ends. So what comes is counted
against the clock; and whoever waits is another than who reads, so that she goes on at once when she has had enough.
"""

import errno
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

SPAN = 120.0
"""Seconds, counted anew for each question to a server: it may think for as long as it is otherwise given."""
LEAST = 8 * 1024
"""Bytes that go or come in that time. A satellite telephone brings four times as many."""
PIECE = 4 * 1024
"""Bytes read or written at once: at the slowest pace that is borne they still come in half of the time."""

_LOOK = 0.2

Seconds = Callable[[], float]
T = TypeVar("T")


class NotWanted(Exception):
    """Whoever waited stopped."""


class Pace:
    """What goes and comes in one exchange. `seconds` is a clock that nobody sets; any thread may ask."""

    def __init__(self, seconds: Seconds = time.monotonic) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._since: float | None = None
        self._moved = 0
        self._over = False

    def begins(self) -> None:
        """A question is asked: its answer has the whole time."""
        with self._lock:
            self._since, self._moved = self._seconds(), 0

    def moved(self, count: int) -> None:
        """So many bytes went or came. Raises `ConnectionAbortedError` once it is over."""
        with self._lock:
            self._moved += count
        if self.is_over:
            raise ConnectionAbortedError(errno.ECONNABORTED, "nobody waits for the rest")

    def end(self) -> None:
        """Nobody waits any more: who reads stops at the next piece."""
        with self._lock:
            self._over = True

    @property
    def is_over(self) -> bool:
        """Whether it was ended, or next to nothing came."""
        with self._lock:
            if self._since is not None and self._seconds() - self._since >= SPAN:
                self._over = self._over or self._moved < LEAST
                self._since, self._moved = self._seconds(), 0
            return self._over


def wait_for(act: Callable[[], T], wanted: Callable[[], bool], pace: Pace | None = None) -> T:
    """What `act` gives, done on a thread of its own without the vault. What nobody waits for any more ends by itself.

    Raises `NotWanted` within a second of `wanted` being False, `ConnectionAbortedError` when the pace is over.
    """
    if not wanted():
        raise NotWanted
    pace, done = pace or Pace(), Future[T]()
    threading.Thread(target=_do, args=(act, done), name="way", daemon=True).start()
    try:
        while not wait((done,), _LOOK).done:
            if not wanted():
                raise NotWanted
            if pace.is_over:
                raise ConnectionAbortedError(errno.ECONNABORTED, "next to nothing comes")
    except BaseException:
        pace.end()
        raise
    return done.result()


def _do(act: Callable[[], T], done: "Future[T]") -> None:
    try:
        done.set_result(act())
    except BaseException as error:
        done.set_exception(error)
