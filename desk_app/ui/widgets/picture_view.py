"""A scan or photo inside the program: one page at a time, turned, made larger and smaller. It lives in memory alone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import Weight, button, icon_button
from desk_app.ui.widgets.letter_preview import LetterSheet, page_picture
from desk_app.ui.widgets.text import muted

if TYPE_CHECKING:
    from desk_app.documents.preview import PageImage

_LARGEST, _STEP = 4.0, 1.25


class PictureView(QWidget):
    """Shows the page it is given; `turned(number)` asks for another, counted from 0. At first a page fits the width."""

    turned = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._number, self._count = 0, 0
        self.zoom = 1.0
        tr = look.tr
        self.sheet = LetterSheet(look, "")
        self.sheet.hide()
        self.before = icon_button(look, Icon.LEFT, tr.text("Page before"))
        self.after = icon_button(look, Icon.RIGHT, tr.text("Next page"))
        self.smaller = button(look, tr.text("Smaller"), weight=Weight.QUIET)
        self.larger = button(look, tr.text("Larger"), weight=Weight.QUIET)
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.smaller.clicked.connect(lambda: self.zoom_to(self.zoom / _STEP))
        self.larger.clicked.connect(lambda: self.zoom_to(self.zoom * _STEP))
        self._where = muted("")
        bar = row()
        for made in (self.before, self._where, self.after):
            bar.addWidget(made)
        bar.addStretch(1)
        for made in (self.smaller, self.larger):
            bar.addWidget(made)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(tr.text("The scan or photo"))
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll.setWidget(self.sheet)
        lines = column(self)
        lines.addLayout(bar)
        lines.addWidget(self._scroll, 1)
        self.setFocusProxy(self._scroll)
        self._tell()

    def show_page(self, image: "PageImage", number: int, count: int) -> None:
        """Show a page; the zoom stays."""
        self._number, self._count = number, count
        self.sheet.show_picture(page_picture(image), self._width())
        self._tell()
        self.sheet.setAccessibleName(self._where.text())
        self.sheet.show()

    def clear(self) -> None:
        """Let the picture go."""
        self._number = self._count = 0
        self.zoom = 1.0
        self.sheet.hide()
        self.sheet.let_go()
        self._tell()

    def zoom_to(self, factor: float) -> None:
        """As many times the width of the view."""
        self.zoom = min(max(factor, 1 / _LARGEST), _LARGEST)
        self.sheet.fit(self._width())
        self._tell()

    def minimumSizeHint(self) -> QSize:
        """It can be narrow."""
        return QSize(200, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page takes the new width."""
        super().resizeEvent(event)
        self.sheet.fit(self._width())

    def _turn(self, by: int) -> None:
        self.turned.emit(self._number + by)

    def _width(self) -> int:
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        return round(max(self._scroll.width() - bar - Measure.INSIDE, 160) * self.zoom)

    def _tell(self) -> None:
        words = self._look.tr.text("Page {number} of {count}", number=self._number + 1, count=self._count)
        self._where.setText(words if self._count else "")
        self.before.setEnabled(self._number > 0)
        self.after.setEnabled(self._number + 1 < self._count)
        self.smaller.setEnabled(self._count > 0 and self.zoom > 1 / _LARGEST)
        self.larger.setEnabled(self._count > 0 and self.zoom < _LARGEST)
