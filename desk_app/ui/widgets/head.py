"""The page head: title, one line of context, actions at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import icon_button
from desk_app.ui.widgets.text import label, muted


class PageHead(QFrame):
    """The top of every page. `back` shows an arrow before the title; it emits `went_back`."""

    went_back = Signal()

    def __init__(
        self, look: Look, title: str, context: str = "", actions: Sequence[QWidget] = (), *, back: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("look", "head")
        self.setFixedHeight(look.theme.px(Measure.HEAD))
        line = row(self)
        line.setContentsMargins(Measure.EDGE, 0, Measure.EDGE, 0)
        if back:
            arrow = icon_button(look, Icon.BACK, look.tr.text("Back"))
            arrow.clicked.connect(self.went_back)
            line.addWidget(arrow)
        self._title = label(title, Text.TITLE, wrap=False)
        self._context = muted(context, wrap=False)
        self._context.setMinimumWidth(1)
        # Both stand on one line of writing.
        low = QFontMetrics(look.theme.font(Text.TITLE)).descent() - QFontMetrics(look.theme.font()).descent()
        self._context.setContentsMargins(0, 0, 0, low)
        words = row(gap=12)
        words.addWidget(self._title, 0, Qt.AlignmentFlag.AlignBottom)
        words.addWidget(self._context, 1, Qt.AlignmentFlag.AlignBottom)
        middle = column(gap=0)
        middle.addStretch(1)
        middle.addLayout(words)
        middle.addStretch(1)
        line.addLayout(middle, 1)
        for action in actions:
            line.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)

    def set_context(self, context: str) -> None:
        """Other words beside the title; empty takes them away."""
        self._context.setText(context)
