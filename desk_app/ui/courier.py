"""Carries bundles while the desk is open, on threads of its own: a slow server never keeps the vault waiting."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desk_app.domain.errors import LoginRefused, NoConnection, ServerNotTrusted, Trouble
from desk_app.ui.background import Background, Job
from desk_app.ui.session import Session
from desk_app.usecases import carriers, carrying, fetching
from desk_app.usecases.carriers import Opener
from desk_app.usecases.carrying import Errand
from desk_app.usecases.fetching import Fetched

OUTBOX = "outbox"
"""Told like a kind of record when something went into the outbox, was sent, or could not be."""

LOOK_MS = 60 * 1000
FIRST_MS = 4 * 1000

Failed = Callable[[BaseException], None]


class Courier(QObject):
    """Asks the vault what is due, carries it, writes down what became of it. `tried` after each try."""

    tried = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._line = Background(self)
        # What a person asks for does not wait for what is being carried.
        self._asked_for = Background(self)
        self._under_way: list[Errand] = []
        self._silent: dict[str, Trouble] = {}
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self.carry)
        self._looks.start()
        QTimer.singleShot(FIRST_MS, self, self.carry)
        session.at_end(self.stop)

    @property
    def busy(self) -> bool:
        """Whether something is being carried, fetched or tried."""
        return self._line.busy or self._asked_for.busy

    def carry(self, *, now: bool = False) -> None:
        """Carry what is due; with `now` everything that waits. One round after another, never two at once."""
        if self._looks.isActive() and not self._under_way:
            self._session.ask(lambda vault: carrying.due(vault, now=now), self._begin, owner=self)

    def fetch(
        self,
        errands: Sequence[fetching.Errand],
        then: Callable[[list[Fetched]], None],
        failed: Failed,
        owner: QObject,
    ) -> Job:
        """Get what is new from these ways; the job can be cancelled, then what came so far is given on."""

        def work(job: Job) -> list[Fetched]:
            return [fetching.fetch(one, lambda _done, _all: not job.cancelled) for one in errands]

        return self._asked_for.run(work, then, failed, on_cancelled=lambda: then([]), owner=owner)

    def try_out(self, opener: Opener, then: Callable[[None], None], failed: Failed, owner: QObject) -> None:
        """Sign in and look, without putting a file."""
        self._asked_for.run(lambda _job: carriers.try_out(opener), then, failed, owner=owner)

    def stop(self) -> None:
        """The desk locks: nothing new begins, and nobody waits for what is under way."""
        self._looks.stop()
        self._line.abandon()
        self._asked_for.abandon()

    def _begin(self, errands: Sequence[Errand]) -> None:
        if self._under_way or not self._looks.isActive():
            return
        self._silent.clear()
        self._under_way = list(errands)
        self._next()

    def _next(self) -> None:
        if not self._under_way:
            return
        errand = self._under_way[0]
        trouble = self._silent.get(errand.opener.name)
        if trouble is not None:
            self._note(errand, trouble)
        else:
            self._line.run(lambda _job: carrying.carry(errand), partial(self._note, errand), self._broken)

    def _note(self, errand: Errand, trouble: Trouble | None) -> None:
        if isinstance(trouble, NoConnection | LoginRefused | ServerNotTrusted):
            self._silent[errand.opener.name] = trouble
        self._session.act(
            lambda vault: carrying.note(vault, errand.entry, trouble),
            self._noted,
            OUTBOX,
            owner=self,
            on_error=self._broken,
        )

    def _noted(self, _entry: object) -> None:
        del self._under_way[:1]
        self.tried.emit()
        self._next()

    def _broken(self, error: BaseException) -> None:
        """A bug of ours, or a vault that takes no notes: the round ends and is tried again at the next look."""
        self._under_way.clear()
        self._session.fail(error)
