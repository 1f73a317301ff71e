"""A large area to drop files and folders on."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Role
from desk_app.ui.widgets.boxes import column


class DropArea(QWidget):
    """Emits `dropped(list of Path)`; put into `lines` what it says. Takes only files and folders of this computer."""

    dropped = Signal(object)

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look = look
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(words)
        self.lines = column(self, margin=Measure.BETWEEN, gap=12)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped, anything else not."""
        if _paths(event):
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went away again."""
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Here they are."""
        self._mark(False)
        if paths := _paths(event):
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed frame, filled while something is held over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.theme
        pen = QPen(theme.colour(Role.PRIMARY if self._over else Role.MUTED), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour(Role.PRIMARY_SOFT if self._over else Role.SURFACE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Measure.RADIUS, Measure.RADIUS)
        painter.end()

    def _mark(self, over: bool) -> None:
        self._over = over
        self.update()


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
