"""Keeps the example letter true to the wording that is being typed: one drawing at a time, the latest wins."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desk_app.ui.errors import ErrorReport
from desk_app.ui.pages.programme.read import Drawn, drawn
from desk_app.ui.session import Session
from desk_app.ui.widgets.letter_preview import LetterPreview

if TYPE_CHECKING:
    from desk_app.documents.templates import Parts

PAUSE_MS = 350


class LiveExample(QObject):
    """`wanted` is asked for language, parts and fineness when the typing pauses; `drawn` brings a `Drawn`."""

    drawn = Signal(object)

    def __init__(
        self,
        session: Session,
        errors: ErrorReport,
        preview: LetterPreview,
        wanted: "Callable[[], tuple[str, Parts, float]]",
    ) -> None:
        super().__init__(preview)
        self._session, self._errors, self._wanted = session, errors, wanted
        self._drawing = self._stale = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.draw)
        preview.refit.connect(self.draw)

    def touch(self) -> None:
        """Something was typed: draw a moment after the last key."""
        self._pause.start()

    def draw(self) -> None:
        """Draw now; while another drawing runs, once it is done."""
        self._pause.stop()
        if self._drawing:
            self._stale = True
            return
        self._drawing = True
        language, parts, dots = self._wanted()
        self._session.ask(lambda _vault: drawn(language, parts, dots), self._show, owner=self, on_error=self._failed)

    def _show(self, made: Drawn) -> None:
        if not self._again():
            self.drawn.emit(made)

    def _failed(self, error: BaseException) -> None:
        if not self._again():
            self._errors.show(error)

    def _again(self) -> bool:
        self._drawing = False
        if self._stale:
            self._stale = False
            self.draw()
            return True
        return False
