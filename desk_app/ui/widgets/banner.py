"""The banner: something that needs an act, above the page, until it is done or put away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.boxes import row
from desk_app.ui.widgets.buttons import button, icon_button
from desk_app.ui.widgets.text import label, picture

_ICONS = {
    Tone.PLAIN: Icon.INFO,
    Tone.PRIMARY: Icon.INFO,
    Tone.ATTENTION: Icon.NOTICE,
    Tone.DANGER: Icon.WARNING,
    Tone.DONE: Icon.DONE,
}


class Banner(QFrame):
    """Words, perhaps an action (`acted`), and a cross (`closed`) unless it must stay."""

    acted = Signal()
    closed = Signal()

    def __init__(
        self, look: Look, words: str, tone: Tone = Tone.ATTENTION, action: str = "", *, can_close: bool = True
    ) -> None:
        super().__init__()
        self.setProperty("look", "banner")
        self.setProperty("ground", tone.value)
        self.setAccessibleName(words)
        line = row(self, gap=12)
        line.setContentsMargins(12, 8, 8, 8)
        line.addWidget(picture(look, _ICONS[tone], tone.ink), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(label(words), 1)
        if action:
            act = button(look, action)
            act.clicked.connect(self.acted)
            line.addWidget(act)
        if can_close:
            cross = icon_button(look, Icon.CLOSE, look.tr.text("Close"))
            cross.clicked.connect(self.closed)
            cross.clicked.connect(self.hide)
            line.addWidget(cross)
