"""Keeps the letter on screen true to what is being typed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from desk_app.domain.errors import ConsentMissing, FieldMissing, Trouble
from desk_app.ui.errors import ErrorReport
from desk_app.ui.look import Look
from desk_app.ui.pages.referrals.questions import Wanted, drawn
from desk_app.ui.session import Session
from desk_app.ui.widgets.letter_preview import LetterPreview
from desk_app.ui.widgets.live_drawing import LiveDrawing

if TYPE_CHECKING:
    from desk_app.documents.preview import PageImage


class LiveLetter(LiveDrawing):
    """`wanted` is asked for what to draw when the typing pauses. Trouble stands in the letter's place, in words."""

    def __init__(
        self,
        look: Look,
        session: Session,
        errors: ErrorReport,
        preview: LetterPreview,
        wanted: Callable[[], Wanted],
    ) -> None:
        super().__init__(preview)
        self._look = look
        self._session = session
        self._errors = errors
        self._preview = preview
        self._wanted = wanted
        self.to_desk = False
        """Whether the letter goes to another desk and not to an organisation."""
        self.missing_consent = ""
        """The purpose of the consent without which there is no letter, if that is why there is none."""

    def _begin(self) -> None:
        wanted = self._wanted()
        self._session.ask(lambda vault: drawn(vault, wanted), self._show, owner=self, on_error=self._refused)

    def _show(self, pages: "list[PageImage]") -> None:
        if not self._again():
            self._preview.show_pages(pages)

    def _refused(self, error: BaseException) -> None:
        if self._again():
            return
        tr = self._look.tr
        if isinstance(error, FieldMissing):
            words = tr.text("Choose the organisation: the letter appears here as it will print.")
            if self.to_desk:
                words = tr.text("Choose the desk: the letter appears here as it will print.")
            self._preview.show_words(words)
        elif isinstance(error, ConsentMissing):
            self.missing_consent = error.purpose
            self._preview.show_words(self._errors.words(error), tr.text("Ask for the consent"))
        elif isinstance(error, Trouble):
            self._preview.show_words(self._errors.words(error))
        else:
            self._errors.show(error)
