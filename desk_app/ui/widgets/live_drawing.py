"""Keeps what is drawn from typed words true to them: one drawing at a time, the latest wins."""

from PySide6.QtCore import QObject, QTimer

from desk_app.ui.widgets.letter_preview import LetterPreview

PAUSE_MS = 350


class LiveDrawing(QObject):
    """Whoever draws gives `_begin`, and asks `_again` of each drawing that came back before it is shown."""

    def __init__(self, preview: LetterPreview) -> None:
        super().__init__(preview)
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
        self._begin()

    def _begin(self) -> None:
        """Ask for the drawing; its answer goes to `_again` first."""
        raise NotImplementedError

    def _again(self) -> bool:
        """A drawing came back: whether it is out of date, and the next is under way."""
        self._drawing = False
        if self._stale:
            self._stale = False
            self.draw()
            return True
        return False
