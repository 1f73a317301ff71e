"""A QR code on the screen, to be photographed by the other side."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk_app.ui.look import Look
from desk_app.usecases.partners import CardOnScreen

LEAST, MOST = 4, 8
"""Pixels a module: with fewer a camera loses the dots, with more nothing is won."""


class CodeView(QWidget):
    """The code as large as there is room, never smoothed, dark on light in every theme."""

    def __init__(self, look: Look, shown: CardOnScreen) -> None:
        super().__init__()
        side = shown.code.side
        # A copy: the bytes of the first are Python's, and may be gone when it is painted.
        self._image = QImage(shown.code.dots, side, side, side, QImage.Format.Format_Grayscale8).copy()
        self.setAccessibleName(look.tr.text("QR code of my card"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # So that large text scrolls to it.
        self.fit(0)

    @property
    def scale(self) -> int:
        """Pixels a module."""
        return self.width() // self._image.width()

    @property
    def least(self) -> int:
        """Pixels that it needs to be read."""
        return LEAST * self._image.width()

    def fit(self, room: int) -> None:
        """Be as large as so many pixels allow, but never too small to be read."""
        side = self._image.width()
        self.setFixedSize(*[side * min(max(room // side, LEAST), MOST)] * 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dots."""
        painter = QPainter(self)
        painter.drawImage(self.rect(), self._image)
        painter.end()
