"""The figure tile: a number, its word, how it changed; opens the records behind it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy

from desk_app.ui.look import Look
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import PressButton
from desk_app.ui.widgets.text import label

WIDTH = 200
LOWEST = 108
"""Pixels: what a tile asks for; one whose words need one line each is as low as that."""


class FigureTile(PressButton):
    """A button: `clicked` opens the records. `change` is words, for example "12 more than last quarter"."""

    def __init__(self, look: Look, number: str, words: str, change: str = "", tone: Tone = Tone.PLAIN) -> None:
        super().__init__()
        self.setProperty("weight", "tile")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(". ".join(part for part in (f"{number} {words}", change) if part))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
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

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All of its words."""
        return max(self._lines.totalHeightForWidth(width), LOWEST)

    def sizeHint(self) -> QSize:
        """The same for all, so that tiles in a row share it evenly; their words decide the height."""
        return QSize(WIDTH, self.heightForWidth(WIDTH))

    def minimumSizeHint(self) -> QSize:
        """Narrower than it would like."""
        return QSize(140, LOWEST)
