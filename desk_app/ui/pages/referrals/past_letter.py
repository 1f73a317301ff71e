"""A letter that was printed, shown to the dot as it was, to be read and printed again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.ids import RecordId
from desk_app.domain.records.referral import LETTER_LANGUAGE
from desk_app.storage.rows import Record
from desk_app.ui.dialogs.letter_printing import Paper
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.referrals import words
from desk_app.ui.pages.referrals.questions import printed_pages
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.letter_preview import LetterPreview

if TYPE_CHECKING:
    from desk_app.documents.preview import PageImage


class PastLetter(QWidget):
    """`again_asked` wants it printed again; `left` goes back."""

    again_asked = Signal()
    left = Signal()

    def __init__(self, around: Surroundings, session: Session, letter: Record, referral: Record) -> None:
        super().__init__()
        look, tr = around.look, around.look.tr
        self._session = session
        self.letter = letter
        self.referral = referral
        again = button(look, tr.text("Print again"), Icon.PRINT, Weight.MAIN, Key.PRINT)
        again.clicked.connect(self.again_asked)
        printed = tr.text("Printed on {moment}", moment=words.printed_at(letter))
        context = f"{tr.choice(LETTER_LANGUAGE, letter.text('language'))} · {printed}"
        title = tr.text("Letter {number}", number=referral.text("number"))
        head = PageHead(look, title, context, [again], back=True)
        head.went_back.connect(self.left)
        lines = column(self, gap=0)
        lines.addWidget(head)
        self.preview = LetterPreview(look)
        self.preview.refit.connect(self.draw)
        lines.addWidget(self.preview, 1)
        self.setFocusProxy(self.preview)

    @property
    def paper(self) -> Paper:
        """What to print again."""
        number, language = self.referral.text("number"), self.letter.text("language")
        return Paper(self.referral.id, number, language, RecordId(self.letter.id))

    def draw(self) -> None:
        """Draw it for the width there is."""
        letter, dots = self.letter.id, self.preview.dots_per_inch
        self._session.ask(lambda vault: printed_pages(vault, letter, dots), self._show, owner=self)

    def _show(self, pages: "list[PageImage]") -> None:
        self.preview.show_pages(pages)
