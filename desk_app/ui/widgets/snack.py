"""The snack: says in a few words what was done, with Undo, and goes by itself."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QPlainTextEdit, QWidget

from desk_app.ui.look import Look
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.widgets.boxes import row
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.text import label


class Snack(QFrame):
    """Floats at the bottom of its parent for 8 seconds; `undone` when the person takes it back."""

    STAY_MS = 8000

    undone = Signal()

    def __init__(self, look: Look, words: str, parent: QWidget, *, undo: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("look", "snack")
        self.setAccessibleName(words)
        line = row(self, gap=16)
        line.setContentsMargins(16, 8, 8 if undo else 16, 8)
        line.addWidget(label(words, wrap=False))
        if undo:
            back = button(look, look.tr.text("Undo"), tip=Key.UNDO)
            back.clicked.connect(self._undo)
            line.addWidget(back)
            bind(self, Key.UNDO, self._undo_by_key)
        self._ground = parent
        parent.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go)
        self._timer.start(self.STAY_MS)
        self.show()
        self._place()
        self.raise_()

    def go(self) -> None:
        """Disappear."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window is resized, and out of the way of buttons that come."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return False

    def _undo_by_key(self) -> None:
        """Where somebody types, the key takes back what was typed, in every layout of the keyboard."""
        if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            self._undo()

    def _undo(self) -> None:
        self.undone.emit()
        self.go()

    def _place(self) -> None:
        parent = self._ground
        self.setMaximumWidth(max(parent.width() - 48, 1))
        self.adjustSize()
        self.move(QPoint((parent.width() - self.width()) // 2, parent.height() - self.height() - 24))
        if feet := [foot for foot in self._feet() if foot.intersects(self.geometry())]:
            self.move(self.x(), min(foot.top() for foot in feet) - self.height() - 8)

    def _feet(self) -> list[QRect]:
        """Where buttons stand at the foot of a panel or a page."""
        found = [one for one in self._ground.findChildren(QFrame) if one.property("look") == "foot" and one.isVisible()]
        return [QRect(one.mapTo(self._ground, QPoint(0, 0)), one.size()) for one in found]
