"""The search box: says what was typed a moment after the last key."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Role


class SearchBox(QLineEdit):
    """Emits `searched(text)` after a short pause, at once on Enter; `went_down` when the list should take over."""

    PAUSE_MS = 120

    searched = Signal(str)
    went_down = Signal()

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self.setProperty("look", "search")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        self.addAction(look.icons.icon(Icon.SEARCH, Role.MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(self.PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._pause.start)
        self.textChanged.connect(self._cleared)
        self._asked = ""
        self.returnPressed.connect(self._go_on)

    def event(self, event: QEvent) -> bool:
        """Esc empties the box before the window may take it to go back."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the results, Esc empties the box first and goes on only when it is empty."""
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _cleared(self, text: str) -> None:
        if not text:
            self._search()

    def _go_on(self) -> None:
        """Enter searches at once; where that was done already it goes to what was found."""
        if self._asked and self._asked == self.text().strip():
            self.went_down.emit()
        else:
            self._search()

    def _search(self) -> None:
        self._pause.stop()
        self._asked = self.text().strip()
        self.searched.emit(self._asked)
