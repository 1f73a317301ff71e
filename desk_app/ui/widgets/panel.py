"""The side panel: a form opens at the right of its list, the list stays visible, what was typed stays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import ScrollColumn, column, row
from desk_app.ui.widgets.buttons import icon_button
from desk_app.ui.widgets.field import FieldInput
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.focus import give_keyboard
from desk_app.ui.widgets.search import SearchBox
from desk_app.ui.widgets.text import label

Again = Callable[[Any], object]
"""Opens a content anew in its page, which it is given: the page was made again in another language or theme."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is carried over from a panel to its next making: how its content is opened, and what was typed in it."""

    again: Again
    typed: tuple[str, ...]
    searched: tuple[str, ...]


class SidePanel(QFrame):
    """One content at a time under a title, actions at the foot. Closing hides it; its content keeps what was typed.

    A content that its page does not open again by itself says how that is done (`again`), or it would be lost with
    the page.
    """

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
        self._again: Again | None = None
        self._held: Held | None = None
        self._came_from: QWidget | None = None
        self.hide()

    @property
    def content(self) -> QWidget | None:
        """What it holds, open or put away."""
        return self._content

    def hold(
        self, title: str, content: QWidget, actions: Sequence[QPushButton] = (), again: Again | None = None
    ) -> None:
        """Take another content and let the former go, then open."""
        self.let_go()
        self._content, self._again = content, again
        self._title.setText(title)
        self._scroll.body.addWidget(content)
        for action in actions:
            self._actions.addWidget(action)
        self._foot.setVisible(bool(actions))
        self._put_back()
        self.open()

    def kept(self) -> Held | None:
        """What is to be carried over; None where nothing is open, or the page opens it by itself."""
        if self._again is None or self._content is None or self.isHidden():
            return None
        searched = tuple(box.text() for box in self._content.findChildren(SearchBox))
        return Held(self._again, tuple(one.typed() for one in self._inputs()), searched)

    def take_back(self, held: Held, page: object) -> None:
        """Open it again, with what was typed as soon as it is there."""
        self._held = held
        held.again(page)

    def _put_back(self) -> None:
        held, self._held = self._held, None
        if held is None or self._again is None or self._content is None:
            return
        # Another content may have been opened before this one could be: it has other inputs, or none.
        for one, text in zip(self._inputs(), held.typed, strict=False):
            one.set_typed(text)
        for box, text in zip(self._content.findChildren(SearchBox), held.searched, strict=False):
            box.setText(text)
            box.searched.emit(text)

    def _inputs(self) -> list[FieldInput]:
        return self._content.findChildren(FieldInput) if self._content is not None else []

    def open(self) -> None:
        """Show it again as it was left."""
        now = QApplication.focusWidget()
        if now is not None and not self.isAncestorOf(now):
            self._came_from = now
        self.show()
        if self._content is not None:
            give_keyboard(self._content)

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
            self._content = self._again = None
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
