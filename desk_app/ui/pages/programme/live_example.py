"""Keeps the example letter true to the wording that is being typed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desk_app.ui.errors import ErrorReport
from desk_app.ui.pages.programme.read import Drawn, drawn
from desk_app.ui.session import Session
from desk_app.ui.widgets.letter_preview import LetterPreview
from desk_app.ui.widgets.live_drawing import LiveDrawing

if TYPE_CHECKING:
    from desk_app.documents.templates import Parts


class LiveExample(LiveDrawing):
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

    def _begin(self) -> None:
        language, parts, dots = self._wanted()
        self._session.ask(lambda _vault: drawn(language, parts, dots), self._show, owner=self, on_error=self._failed)

    def _show(self, made: Drawn) -> None:
        if not self._again():
            self.drawn.emit(made)

    def _failed(self, error: BaseException) -> None:
        if not self._again():
            self._errors.show(error)
