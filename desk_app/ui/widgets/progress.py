"""Progress in plain words with a way to stop it; stays away from work that is quickly done."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from desk_app.ui.background import Progress
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.text import label


class ProgressStrip(QFrame):
    """Shows itself half a second after `begin`; `cancelled` when the person stops the work."""

    PATIENCE_MS = 500

    cancelled = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("look", "foot")
        line = row(self, gap=16)
        line.setContentsMargins(Measure.EDGE, 12, Measure.EDGE, 12)
        self._words = label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        middle = column(gap=4)
        middle.addWidget(self._words)
        middle.addWidget(self._bar)
        line.addLayout(middle, 1)
        stop = button(look, look.tr.text("Cancel"))
        stop.clicked.connect(self.cancelled)
        line.addWidget(stop)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(self.PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    def begin(self, words: str) -> None:
        """Work has begun: say what it is, should it take long."""
        self._say(words)
        self._bar.setRange(0, 0)
        self._patience.start()

    def follow(self, progress: Progress) -> None:
        """Show how far the work is."""
        if progress.words:
            facts: dict[str, str | int] = {"done": progress.done, "total": progress.total, **progress.facts}
            self._say(self._look.tr.text(progress.words, **facts))
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def end(self) -> None:
        """The work is over."""
        self._patience.stop()
        self.hide()

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._bar.setAccessibleName(words)
