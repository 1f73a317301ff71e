"""The page head: title, one line of context, actions at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import icon_button
from desk_app.ui.widgets.text import label


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
        self._context = label(context, Text.CAPTION, wrap=False)
        words = column(gap=0)
        words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        words.addWidget(self._title)
        words.addWidget(self._context)
        self._context.setVisible(bool(context))
        line.addLayout(words, 1)
        for action in actions:
            line.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)

    def set_context(self, context: str) -> None:
        """Another line below the title; empty takes it away."""
        self._context.setText(context)
        self._context.setVisible(bool(context))
