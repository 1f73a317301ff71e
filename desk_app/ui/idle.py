"""What reaches the open windows and dialogs: nothing for a while, or the key that locks."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QWidget

from desk_app.ui.shortcuts import Key, sequences

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Emits `idle` once when no window of the program got a key, pointer or touch for so many milliseconds.

    `lock_pressed` is emitted for the key that locks where a dialog keeps it from the window's own shortcut.
    """

    idle = Signal()
    lock_pressed = Signal()

    def __init__(self, window: QWidget, milliseconds: int) -> None:
        super().__init__(window)
        self._keys = sequences(Key.LOCK)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(self.idle)
        # The native windows see input only, and all of it: far fewer events than a filter of the application.
        self._main = window.windowHandle()
        self._main.installEventFilter(self)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._watch)
        self._timer.start()

    def set_milliseconds(self, milliseconds: int) -> None:
        """Another time, counted from now."""
        self._timer.setInterval(milliseconds)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count anew at each touch."""
        if event.type() in _TOUCHES:
            self._timer.start()
            if isinstance(event, QKeyEvent) and watched is not self._main:
                return self._lock_by(event)
        return False

    def _lock_by(self, event: QKeyEvent) -> bool:
        if QKeySequence(event.keyCombination()) not in self._keys:
            return False
        self.lock_pressed.emit()
        return True

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
