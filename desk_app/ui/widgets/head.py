"""The page head: title, one line of context, actions at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import icon_button
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.text import label, tip


class _Context(QLabel):
    """One line beside the title; what has no room ends in dots and is told by the tool tip."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", "muted")
        self.setMinimumWidth(1)
        self.say(words)

    def say(self, words: str) -> None:
        """Other words."""
        self._words = words
        self.setAccessibleName(words)
        self._fit()

    def sizeHint(self) -> QSize:
        """All of the words."""
        room = self.contentsMargins()
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 2, super().sizeHint().height()).grownBy(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less of them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room, needed = self.contentsRect().width(), self.fontMetrics().horizontalAdvance(self._words)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        if room * 2 < needed:  # The beginning of a sentence says nothing.
            shown = ""
        self.setText(shown)
        self.setToolTip(tip(self._words) if shown != self._words else "")


class PageHead(QFrame):
    """The top of every page. `back` shows an arrow before the title; it emits `went_back`."""

    went_back = Signal()

    def __init__(
        self, look: Look, title: str, context: str = "", actions: Sequence[QWidget] = (), *, back: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("look", "head")
        self._look = look
        self._line = row(self)
        self._line.setContentsMargins(Measure.EDGE, 0, Measure.EDGE, 0)
        line = row()
        self._line.addLayout(line, 1)
        if back:
            arrow = icon_button(look, Icon.BACK, look.tr.text("Back"))
            arrow.clicked.connect(self.went_back)
            line.addWidget(arrow)
        self._title = label(title, Text.TITLE, wrap=False)
        self._context = _Context(context)
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
        holder = QWidget()
        self._actions = Flow(holder)
        self._line.addWidget(holder, 0, Qt.AlignmentFlag.AlignVCenter)
        for action in actions:
            self._actions.addWidget(action)
        self._icons = [
            (made, made.icon(), made.text()) for made in actions if isinstance(made, QPushButton) and made.text()
        ]
        self._stand(below=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where large text leaves too little room, the buttons go without their icons, then below the title."""
        super().resizeEvent(event)
        self._with_icons()
        if self._too_wide():
            self._without_icons()
        below = self._too_wide()
        if below:
            self._with_icons()
            if self._actions.sizeHint().width() + 2 * Measure.EDGE > self.width():
                self._without_icons()
        self._stand(below=below)

    def _with_icons(self) -> None:
        for made, icon, words in self._icons:
            made.setIcon(icon)
            made.setText(words)

    def _without_icons(self) -> None:
        for made, _icon, words in self._icons:
            made.setIcon(QIcon())
            made.setText(words.strip())  # The room before the words was the icon's.

    def _too_wide(self) -> bool:
        needed = self._title.sizeHint().width() + self._actions.sizeHint().width() + 2 * Measure.EDGE
        return needed + self._look.theme.px(Measure.CONTROL) + Measure.EDGE > self.width()

    def _stand(self, *, below: bool) -> None:
        directions, theme = QBoxLayout.Direction, self._look.theme
        self._line.setDirection(directions.TopToBottom if below else directions.LeftToRight)
        room = max(self.width() - 2 * Measure.EDGE, 1)
        more = self._actions.heightForWidth(room) + Measure.BETWEEN if below else 0
        self._line.setContentsMargins(Measure.EDGE, 0, Measure.EDGE, Measure.INSIDE if below else 0)
        self.setFixedHeight(theme.px(Measure.HEAD) + more)

    def set_context(self, context: str) -> None:
        """Other words beside the title; empty takes them away."""
        self._context.say(context)
