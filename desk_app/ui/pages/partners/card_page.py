"""One's own card: its QR code as large as the window allows, its digits, and the card as a file or a picture."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.partners.code_view import CodeView
from desk_app.ui.pages.targets import EXCHANGE
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import ScrollColumn, across, column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_new_file
from desk_app.ui.widgets.digits import digits_card
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import partners
from desk_app.usecases.partners import PICTURE_SUFFIX, CardOnScreen, CardShown

ENDING = ".rohcard"
WORDS = 400
"""Pixels at 100 % text that the words and digits beside the code need."""


class CardPage(Page):
    """Reached from the exchange, and back to it."""

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        look, tr = self.look, self.look.tr
        self._session = session
        self._own: CardShown | None = None
        self.view: CodeView | None = None
        head = PageHead(look, tr.text("My card"), back=True)
        head.went_back.connect(self.back)
        self.body.addWidget(head)
        self._scroll = ScrollColumn(look)
        self._scroll.viewport().installEventFilter(self)
        self.body.addWidget(self._scroll, 1)
        self._line = across(look, gap=Measure.EDGE)
        self._scroll.body.addLayout(self._line)
        self.file = button(look, tr.text("Save the card as a file"), Icon.SAVE, Weight.MAIN)
        self.file.clicked.connect(lambda: self._save(ENDING, tr.text("Cards ({pattern})", pattern=f"*{ENDING}")))
        self.image = button(look, tr.text("Save the card as a picture"), Icon.SAVE)
        pictures = tr.text("Pictures ({pattern})", pattern=f"*{PICTURE_SUFFIX}")
        self.image.clicked.connect(lambda: self._save(PICTURE_SUFFIX, pictures))

    def reload(self) -> None:
        """Draw the card: its keys may have been renewed."""
        self._session.ask(partners.own_code, self._show, owner=self)

    def back(self) -> bool:
        """To the exchange."""
        self.around.shell.go(EXCHANGE)
        return True

    def help_place(self) -> str:
        """How a partner is admitted."""
        return "partners#admit"

    def enter(self) -> None:
        """To saving it."""
        self.file.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window became larger or smaller: so does the code."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    # Inside

    def _show(self, shown: CardOnScreen) -> None:
        if self._own == shown.card:
            return
        look, tr = self.look, self.look.tr
        if self.view is None:
            whole = QWidget()
            words = column(whole, gap=Measure.BETWEEN)
            words.addWidget(
                label(tr.text("The partner photographs this code, or gets the card as a file or a picture."))
            )
            words.addWidget(label(tr.text("Then read these digits to each other, by phone or face to face:")))
            words.addWidget(digits_card(look, "\n".join(shown.card.digits), Text.TITLE))
            said = tr.text(
                "Only the digits prove that the card is yours: a picture can be exchanged on the way. "
                "The card holds no secret and nothing about people."
            )
            words.addWidget(muted(said))
            for made in (self.file, self.image):
                words.addWidget(made)
            self._line.addWidget(whole, 1, Qt.AlignmentFlag.AlignTop)
            self._line.addStretch()
        else:
            self.view.hide()
            self.view.deleteLater()
        self._own, self.view = shown.card, CodeView(look, shown)
        self._line.insertWidget(1, self.view, 0, Qt.AlignmentFlag.AlignTop)
        self._fit()

    def _fit(self) -> None:
        if self.view is not None:
            room = self._scroll.viewport().size()
            words = max(self.look.theme.px(WORDS), self.file.sizeHint().width(), self.image.sizeHint().width())
            beside = room.width() - words - 3 * Measure.EDGE
            directions, is_wide = QBoxLayout.Direction, beside >= self.view.least
            self._line.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
            self._line.setStretch(0, int(is_wide))  # Below one another, what is left over stands below both.
            wide = beside if is_wide else room.width() - 2 * Measure.EDGE
            self.view.fit(min(room.height() - 2 * Measure.EDGE, wide))

    def _save(self, ending: str, kinds: str) -> None:
        tr = self.look.tr
        if self._own is None:
            return
        path = choose_new_file(self.window(), tr.text("Save the card"), file_name(self._own, ending), kinds)
        if path is not None:
            self._session.ask(lambda vault: partners.write_card(vault, _named(path, ending)), self._saved, owner=self)

    def _saved(self, _own: CardShown) -> None:
        self.around.shell.say(self.look.tr.text("The card was saved."))


def file_name(own: CardShown, ending: str) -> str:
    """A name for the card's file that does not tell whose it is."""
    return f"card-{own.digits[0].split()[0]}{ending}"


def _named(path: Path, ending: str) -> Path:
    """A picture is told by its ending."""
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")
