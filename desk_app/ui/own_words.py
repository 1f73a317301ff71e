"""The words of the choices that coordinators added, kept in step with the vault while its window is open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.domain.records.choice import CHOICE
from desk_app.ui.appearance import Appearance
from desk_app.ui.changes import Changes
from desk_app.usecases import choices

if TYPE_CHECKING:
    from desk_app.ui.main_window import MainWindow
    from desk_app.ui.session import Session


class OwnWords(QObject):
    """Belongs to one open window and ends with it. Other words are another look: every page is made again."""

    def __init__(self, window: "MainWindow", session: "Session", changes: Changes, appearance: Appearance) -> None:
        super().__init__(window)
        self._session, self._appearance = session, appearance
        changes.changed.connect(self._changed)
        self.ask()

    def ask(self) -> None:
        """Read the choices again."""
        self._session.ask(choices.own, self._appearance.learn, owner=self)

    def _changed(self, kinds: frozenset[str]) -> None:
        if CHOICE.name in kinds:
            self.ask()
