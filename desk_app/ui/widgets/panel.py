"""The side panel: a form opens at the right of its list, the list stays visible, what was typed stays."""

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import ScrollColumn, column, row
from desk_app.ui.widgets.buttons import icon_button
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.text import label


class SidePanel(QFrame):
    """One content at a time under a title, actions at the foot. Closing hides it; its content keeps what was typed."""

    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("look", "panel")
        lines = column(self, gap=0)
        head = row()
        head.setContentsMargins(Measure.BETWEEN, 12, 12, 12)
        self._title = label("", Text.SECTION)
        self._cross = icon_button(look, Icon.CLOSE, look.tr.text("Close"))
        self._cross.clicked.connect(self.put_away)
        head.addWidget(self._title, 1)
        head.addWidget(self._cross, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        self._scroll = ScrollColumn(look, margin=Measure.BETWEEN)
        lines.addWidget(self._scroll, 1)
        self._foot = QFrame()
        self._foot.setProperty("look", "foot")
        foot = row(self._foot)
        foot.setContentsMargins(Measure.BETWEEN, 12, Measure.BETWEEN, 12)
        line = QWidget()
        self._actions = Flow(line)
        foot.addWidget(line)
        lines.addWidget(self._foot)
        self._content: QWidget | None = None
        self._came_from: QWidget | None = None
        self.hide()

    @property
    def content(self) -> QWidget | None:
        """What it holds, open or put away."""
        return self._content

    def hold(self, title: str, content: QWidget, actions: Sequence[QPushButton] = ()) -> None:
        """Take another content and let the former go, then open."""
        self.let_go()
        self._content = content
        self._title.setText(title)
        self._scroll.body.addWidget(content)
        for action in actions:
            self._actions.addWidget(action)
        self._foot.setVisible(bool(actions))
        self.open()

    def open(self) -> None:
        """Show it again as it was left."""
        now = QApplication.focusWidget()
        if now is not None and not self.isAncestorOf(now):
            self._came_from = now
        self.show()
        if self._content is not None:
            self._content.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Hide it; the content stays with all that was typed."""
        if not self.isHidden():
            self._go()
            self.closed.emit()

    def let_go(self) -> None:
        """Empty and hide it: the content was saved or thrown away."""
        self._go()
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
            self._content = None
        while (item := self._actions.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _go(self) -> None:
        """Hide it; the keyboard goes back to where it came from, not to the search box."""
        now, back = QApplication.focusWidget(), self._came_from
        within = now is None or self.isAncestorOf(now)  # None: the form was shut while it was being saved.
        self.hide()
        if within and back is not None and shiboken6.isValid(back) and back.isVisible() and back.isEnabled():
            back.setFocus(Qt.FocusReason.OtherFocusReason)


class WithPanel(QWidget):
    """A list (or any widget) with a side panel at its right, 440 px wide.

    Where the list would have less than `least` pixels (large text, small screen), the open panel stands in its place.
    """

    def __init__(self, look: Look, main: QWidget, *, least: int = 360) -> None:
        super().__init__()
        self._least = look.theme.px(least)
        self._wanted = look.theme.width(Measure.PANEL)
        self._main = main
        self.panel = SidePanel(look)
        line = row(self, gap=0)
        line.addWidget(main, 1)
        line.addWidget(self.panel)
        self.panel.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """One of the two must fit."""
        return QSize(320, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The panel was opened or put away: share the width again."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._share()
        return False

    def _share(self) -> None:
        both = self.width() - self._wanted >= max(self._least, self._main.minimumSizeHint().width())
        self.panel.setFixedWidth(self._wanted if both else max(self.width(), 1))
        self._main.setVisible(both or self.panel.isHidden())
