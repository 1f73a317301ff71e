"""Notices that nobody has touched the window for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

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
    """Emits `idle` once when the shown window got no key, pointer or touch for so many milliseconds."""

    idle = Signal()

    def __init__(self, window: QWidget, milliseconds: int) -> None:
        super().__init__(window)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(self.idle)
        # The native window sees input only, and all of it: far fewer events than a filter of the application.
        handle = window.windowHandle()
        handle.installEventFilter(self)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count anew at each touch."""
        if event.type() in _TOUCHES:
            self._timer.start()
        return False
