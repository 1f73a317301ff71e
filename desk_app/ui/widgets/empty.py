"""The empty state: one sentence that says why, one action that helps."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Role
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.text import muted, picture


class EmptyState(QWidget):
    """Stands where a list would; `acted` when the person takes the action."""

    acted = Signal()

    def __init__(self, look: Look, sentence: str, action: str = "", icon: Icon = Icon.EMPTY) -> None:
        super().__init__()
        lines = column(self, gap=12)
        lines.setContentsMargins(0, 24, 0, 24)  # A long action needs the whole width of a list.
        lines.addStretch(1)
        lines.addWidget(picture(look, icon, Role.MUTED, 32), 0, Qt.AlignmentFlag.AlignHCenter)
        words = muted(sentence)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setMaximumWidth(look.theme.px(400))
        middle = row(gap=0)  # An alignment would give the words the height of one line.
        middle.addStretch(1)
        middle.addWidget(words)
        middle.addStretch(1)
        lines.addLayout(middle)
        if action:
            act = button(look, action, weight=Weight.MAIN)
            act.clicked.connect(self.acted)
            lines.addWidget(act, 0, Qt.AlignmentFlag.AlignHCenter)
        self._more = column(gap=12)
        lines.addLayout(self._more)
        lines.addStretch(2)

    def add_action(self, act: QPushButton) -> None:
        """A second way on, of lesser rank."""
        self._more.addWidget(act, 0, Qt.AlignmentFlag.AlignHCenter)
