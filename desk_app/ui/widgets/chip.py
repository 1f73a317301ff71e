"""The status chip: a word and an icon on a soft ground; colour never says it alone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.boxes import row
from desk_app.ui.widgets.text import label, picture


class StatusChip(QFrame):
    """Says one state in a word."""

    def __init__(self, look: Look, words: str, icon: Icon, tone: Tone = Tone.PLAIN) -> None:
        super().__init__()
        self.setProperty("look", "chip")
        self.setProperty("ground", tone.value)
        self.setAccessibleName(words)
        self.setFixedHeight(look.theme.px(24))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line = row(self, gap=4)
        line.setContentsMargins(8, 0, 10, 0)
        line.addWidget(picture(look, icon, tone.ink, 14), 0, Qt.AlignmentFlag.AlignVCenter)
        text = label(words, Text.CAPTION, tone=tone, wrap=False)
        line.addWidget(text)
