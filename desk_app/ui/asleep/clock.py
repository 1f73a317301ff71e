"""On every system: a clock that jumps between two ticks tells that the computer slept."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS = 5_000
JUMP_SECONDS = 30.0
"""Longer than any work that holds up the window; a sleep of less is over before anybody else sits there."""


class ClockWatch(QObject):
    """Emits `slept` at the first tick after a jump forward. `seconds` is the wall clock, which goes on in sleep."""

    slept = Signal()

    def __init__(self, parent: QObject | None = None, seconds: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._last = seconds()
        timer = QTimer(self)
        timer.setInterval(TICK_MS)
        timer.timeout.connect(self.tick)
        timer.start()

    def tick(self) -> None:
        """Compare with the tick before."""
        now, before = self._seconds(), self._last
        self._last = now
        if now - before > JUMP_SECONDS:
            self.slept.emit()
