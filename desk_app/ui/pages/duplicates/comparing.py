"""Compare now: everybody who was not compared yet, piece by piece, so that the window goes on answering meanwhile."""

from time import monotonic

from PySide6.QtCore import QObject, Signal

from desk_app.domain.vocabulary import N_
from desk_app.storage.vault import Vault
from desk_app.ui.background import Cancelled, Job
from desk_app.ui.page import Surroundings
from desk_app.ui.session import Session
from desk_app.ui.widgets.progress import ProgressStrip
from desk_app.usecases import sweeping
from desk_app.usecases.sweeping import Swept

WORDS = N_("Comparing people, {done} of {total}")
PIECE = 3.0
"""Seconds after which the worker answers whatever else was asked before it goes on."""


class Comparing(QObject):
    """One run at a time, shown by a strip; `ended` when all are compared, or the person stopped it."""

    ended = Signal()

    def __init__(self, around: Surroundings, session: Session, strip: ProgressStrip) -> None:
        super().__init__(strip)
        self._around = around
        self._session = session
        self._strip = strip
        self._job: Job | None = None
        strip.cancelled.connect(self.stop)
        session.at_end(self.stop)  # Who locks the desk does not wait.

    @property
    def runs(self) -> bool:
        """Whether people are being compared."""
        return self._job is not None

    def start(self) -> None:
        """Compare whoever was not compared yet."""
        if self._job is None:
            self._strip.begin(self._around.look.tr.text("Comparing people"))
            self._go_on()

    def stop(self) -> None:
        """What was found so far stays."""
        if self._job is not None:
            self._job.cancel()

    def _go_on(self) -> None:
        self._job = self._around.background.run(
            self._session.work(_piece), self._piece_done, self._failed, self._strip.follow, self._end, self
        )

    def _piece_done(self, done: Swept) -> None:
        if done.stopped and self._job is not None and not self._job.cancelled:
            self._go_on()
        else:
            self._end()

    def _failed(self, error: BaseException) -> None:
        self._around.errors.show(error)
        self._end()

    def _end(self) -> None:
        self._job = None
        self._strip.end()
        self.ended.emit()


def _piece(vault: Vault, job: Job) -> Swept:
    """A part of what is to be compared; it goes on where the last part ended."""
    began = monotonic()

    def report(done: int, total: int) -> bool:
        try:
            job.report(done, total, WORDS)
        except Cancelled:
            return False
        return not done or monotonic() - began < PIECE

    return sweeping.compare(vault, report)
