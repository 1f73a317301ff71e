"""One worker thread for slow or writing work; the window asks it for news and is never asked by it.

The worker touches no Qt object: it puts progress and results where a timer of the window finds them. Python's cycle
collector could still free a widget in the worker, so the window collects in its own thread (`GuiThreadCollector`).
"""

import gc
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import shiboken6
from PySide6.QtCore import QObject, QTimer


class Cancelled(Exception):
    """The person stopped the work; raised inside it by `Job.report` and `Job.check`."""


class Progress(NamedTuple):
    """How far a job is. `total` 0 means unknown; `words` is an English msgid with {done} and {total}."""

    done: int
    total: int
    words: str
    facts: dict[str, str]


@dataclass(eq=False)
class Job:
    """One piece of work: handed to its function, and back to whoever started it as a handle."""

    _stop: threading.Event = field(default_factory=threading.Event)
    _progress: Progress | None = None

    def cancel(self) -> None:
        """Ask the work to stop at its next report; nothing but `on_cancelled` is delivered afterwards."""
        self._stop.set()

    def check(self) -> None:
        """Raise Cancelled once the person has asked to stop."""
        if self._stop.is_set():
            raise Cancelled

    def report(self, done: int, total: int = 0, words: str = "", **facts: str) -> None:
        """Say how far the work is. Raises Cancelled once the person has asked to stop."""
        self.check()
        self._progress = Progress(done, total, words, facts)

    @property
    def cancelled(self) -> bool:
        """Whether the person asked to stop."""
        return self._stop.is_set()

    @property
    def progress(self) -> Progress | None:
        """The latest report."""
        return self._progress


Work = Callable[[Job], Any]


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    job: Job
    work: Work
    on_done: Callable[[Any], None]
    on_error: Callable[[BaseException], None]
    on_progress: Callable[[Progress], None] | None
    on_cancelled: Callable[[], None] | None
    owner: QObject | None

    @property
    def wanted(self) -> bool:
        """Whether whoever asked is still there to hear the answer."""
        return self.owner is None or shiboken6.isValid(self.owner)


class Background(QObject):
    """The one door for slow or writing work. Jobs run one after another, in the order they were asked for."""

    POLL_MS = 20

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._finished: queue.SimpleQueue[tuple[_Order, Any, BaseException | None]] = queue.SimpleQueue()
        self._open: list[_Order] = []
        self._shown: dict[Job, Progress] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(self.POLL_MS)
        self._timer.timeout.connect(self.poll)
        self._thread = threading.Thread(target=_serve, args=(self._orders, self._finished), name="store", daemon=True)
        self._thread.start()

    def run(
        self,
        work: Work,
        on_done: Callable[[Any], None],
        on_error: Callable[[BaseException], None],
        on_progress: Callable[[Progress], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run `work(job)` in the worker and call back in the window's thread.

        `on_error` gets every exception, trouble or bug: pass `ErrorReport.show`. When `owner` (a page, a dialog) is
        gone by then, nobody is called.
        """
        order = _Order(Job(), work, on_done, on_error, on_progress, on_cancelled, owner)
        self._open.append(order)
        self._orders.put(order)
        self._timer.start()
        return order.job

    @property
    def busy(self) -> bool:
        """Whether anything is running or waiting."""
        return bool(self._open)

    def poll(self) -> None:
        """Deliver what is new. The timer calls it while there is work."""
        self._tell_progress()
        while not self._finished.empty():
            order, result, error = self._finished.get()
            self._open.remove(order)
            self._shown.pop(order.job, None)
            if not self._open:
                self._timer.stop()
            _deliver(order, result, error)

    def close(self) -> None:
        """Let the running job end, drop the waiting ones, end the thread."""
        for order in self._open:
            order.job.cancel()
        self._orders.put(None)
        self._thread.join()
        self._timer.stop()

    def abandon(self) -> None:
        """Drop everything and wait for nothing: the thread ends after what it is at, and nobody hears of it."""
        for order in self._open:
            order.job.cancel()
        self._open.clear()
        self._orders.put(None)
        self._timer.stop()

    def _tell_progress(self) -> None:
        for order in tuple(self._open):
            latest = order.job.progress
            if latest is None or order.on_progress is None or self._shown.get(order.job) is latest:
                continue
            self._shown[order.job] = latest
            if order.wanted and not order.job.cancelled:
                order.on_progress(latest)


def _serve(
    orders: "queue.SimpleQueue[_Order | None]",
    finished: "queue.SimpleQueue[tuple[_Order, Any, BaseException | None]]",
) -> None:
    while (order := orders.get()) is not None:
        try:
            order.job.check()
            outcome: tuple[_Order, Any, BaseException | None] = (order, order.work(order.job), None)
        except BaseException as error:
            outcome = (order, None, error)
        finished.put(outcome)
        del order, outcome  # The next wait must not keep a page alive and free it in this thread.


def _deliver(order: _Order, result: Any, error: BaseException | None) -> None:
    if not order.wanted:
        return
    if isinstance(error, Cancelled):
        if order.on_cancelled is not None:
            order.on_cancelled()
    elif error is not None:
        order.on_error(error)
    else:
        order.on_done(result)


class GuiThreadCollector(QObject):
    """Collects garbage cycles from the window's thread alone, by the interpreter's own thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Hand collection back to the interpreter."""
        self._timer.stop()
        gc.enable()
