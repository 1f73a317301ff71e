"""The figure tile: a number, its word, how it changed; opens the records behind it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desk_app.ui.look import Look
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.text import label


class FigureTile(QPushButton):
    """A button: `clicked` opens the records. `change` is words, for example "12 more than last quarter"."""

    def __init__(self, look: Look, number: str, words: str, change: str = "", tone: Tone = Tone.PLAIN) -> None:
        super().__init__()
        self.setProperty("weight", "tile")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(". ".join(part for part in (f"{number} {words}", change) if part))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        lines = column(self, margin=16, gap=0)
        for text in (
            label(number, Text.FIGURE, wrap=False),
            label(words),
            label(change, Text.CAPTION, tone=tone),
        ):
            text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            lines.addWidget(text)
        lines.addStretch(1)
        self._lines = lines

    def sizeHint(self) -> QSize:
        """As large as its words, not as the button's empty text."""
        return self._lines.sizeHint().expandedTo(QSize(160, 108))

    def minimumSizeHint(self) -> QSize:
        """The same height, narrower."""
        return QSize(140, self.sizeHint().height())
