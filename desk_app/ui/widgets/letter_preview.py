"""The pages of a letter as they will print: sheets below one another, as wide as there is room."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Role
from desk_app.ui.widgets.boxes import column, empty_layout
from desk_app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from desk_app.documents.preview import PageImage

_INCH = 72 / 595.276
"""An inch in widths of an A4 page."""
_WIDEST = 860
"""Wider than so many pixels at 100 % text a page is not easier to read."""


def page_picture(page: "PageImage") -> QImage:
    """The page as a picture of its own memory."""
    return QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()


class LetterSheet(QWidget):
    """One page, drawn dot for dot where its picture was made for this width, else smoothly fitted."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look = look
        self.picture = QImage()
        self.setAccessibleName(words)

    def show_picture(self, picture: QImage, width: int) -> None:
        """Show a page at a width in pixels of the window."""
        self.picture = picture
        self.fit(width)
        self.update()

    def let_go(self) -> None:
        """Forget the page."""
        self.picture = QImage()

    def fit(self, width: int) -> None:
        """Another width; the page keeps its form."""
        self.setFixedSize(width, round(width * self.picture.height() / max(self.picture.width(), 1)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page and a thin line around it: paper is white on every ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, self.width(), self.height()), self.picture)
        painter.setPen(QPen(self._look.theme.colour(Role.LINE), 1))
        painter.drawRect(0, 0, self.width() - 1, self.height() - 1)
        painter.end()


class LetterPreview(QStackedWidget):
    """Sheets, or a sentence that says why there are none and what to do (`acted`). `refit` when the width changed.

    Ask `dots_per_inch` how finely to draw the pages: then a dot of the picture is a dot of the screen.
    """

    acted = Signal()
    refit = Signal()

    REFIT_MS = 150

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(look.tr.text("The letter as it will print"))
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(look.tr.text("The letter as it will print"))
        ground = QWidget()
        ground.setObjectName("ground")
        self._lines = column(ground, margin=Measure.BETWEEN, gap=Measure.BETWEEN)
        self._scroll.setWidget(ground)
        self._words = QWidget()
        self._words_lines = column(self._words)
        self.addWidget(self._words)
        self.addWidget(self._scroll)
        self.sheets: list[LetterSheet] = []
        self.sentence = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(self.REFIT_MS)
        self._pause.timeout.connect(self.refit)

    @property
    def dots_per_inch(self) -> float:
        """How finely a page is to be drawn for the width it has now."""
        return self._sheet_width() * self.devicePixelRatioF() * _INCH

    def show_pages(self, pages: Sequence["PageImage"]) -> None:
        """Show a letter; the place one was reading stays."""
        tr = self._look.tr
        if len(pages) != len(self.sheets):
            empty_layout(self._lines)
            self.sheets = []
            for number in range(1, len(pages) + 1):
                words = tr.text("Page {number} of {count} of the letter", number=number, count=len(pages))
                sheet = LetterSheet(self._look, words)
                self.sheets.append(sheet)
                self._lines.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
            self._lines.addStretch(1)
        for sheet, page in zip(self.sheets, pages, strict=True):
            sheet.show_picture(page_picture(page), self._sheet_width())
        self.sentence = ""
        self.setCurrentWidget(self._scroll)

    def show_words(self, sentence: str, action: str = "") -> None:
        """Say instead of a letter why there is none."""
        if sentence == self.sentence:
            return
        empty_layout(self._words_lines)
        state = EmptyState(self._look, sentence, action)
        state.acted.connect(self.acted)
        self._words_lines.addWidget(state)
        self.sentence = sentence
        self.setCurrentWidget(self._words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheets take the new width at once and are drawn anew for it a moment later."""
        super().resizeEvent(event)
        for sheet in self.sheets:
            sheet.fit(self._sheet_width())
        if self.sheets and event.size().width() != event.oldSize().width():
            self._pause.start()

    def minimumSizeHint(self) -> QSize:
        """It can be narrow."""
        return QSize(200, 200)

    def _sheet_width(self) -> int:
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        return max(min(self.width() - bar - 2 * Measure.BETWEEN, self._look.theme.px(_WIDEST)), 160)
