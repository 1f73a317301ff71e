"""The daily backup while somebody works: made a little after the unlock, and a word when there was none for long."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desk_app.domain.vocabulary import N_
from desk_app.ui.changes import BACKUP, Changes

if TYPE_CHECKING:
    from desk_app.ui.main_window import MainWindow
    from desk_app.ui.session import Session
    from desk_app.usecases.backups import Daily, Standing

AFTER_MS = 20_000
"""The pages are read first: whoever unlocks wants to work."""
AGAIN_MS = 60 * 60 * 1000
"""A window that stays open over midnight makes the next day's too, and a stick may have come meanwhile."""


class Safekeeping(QObject):
    """Belongs to one open window and ends with it."""

    def __init__(self, window: "MainWindow", session: "Session", changes: Changes) -> None:
        super().__init__(window)
        self._window, self._session, self._changes = window, session, changes
        QTimer.singleShot(AFTER_MS, self, self.make)
        self._again = QTimer(self)
        self._again.timeout.connect(self.make)
        self._again.start(AGAIN_MS)

    def make(self) -> None:
        """Make today's backup unless it is made; from now on locking makes it too where a new day began."""
        from desk_app.usecases import backups

        self._session.backs_up = True
        self._session.ask(backups.daily, self._made, owner=self, on_error=self._failed)

    def _made(self, done: "Daily") -> None:
        if done.trouble is not None:
            self._window.errors.show(done.trouble)
        if done.made is not None or done.second is not None:
            self._changes.tell(BACKUP)

    def _failed(self, error: BaseException) -> None:
        from desk_app.usecases import backups

        self._window.errors.show(error)
        self._session.ask(backups.standing, self._say_when_overdue, owner=self)

    def _say_when_overdue(self, found: "Standing") -> None:
        if found.overdue:
            words = (
                N_("No good backup has been made yet.")
                if found.last is None
                else N_("The last good backup is more than a week old.")
            )
            self._window.warn(
                lambda tr: tr.text(words),
                action=lambda tr: tr.text("Backups"),
                act=lambda: self._window.go("settings"),
            )
