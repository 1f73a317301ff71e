"""All that can tell on this system, as one signal."""

import sys

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from desk_app.ui.asleep.clock import ClockWatch


class AsleepWatch(QObject):
    """Emits `away` when the computer sleeps or slept, or another session has the screen. Goes with its window."""

    away = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        ClockWatch(self).slept.connect(self.away)
        if sys.platform == "win32":
            self._ask_windows(window)
        elif sys.platform == "linux":
            self._ask_logind()

    def _ask_logind(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        from desk_app.ui.asleep.logind import LogindWatch

        watch = LogindWatch(QDBusConnection.systemBus(), parent=self)
        watch.slept.connect(self.away)
        watch.left.connect(self.away)

    def _ask_windows(self, window: QWidget) -> None:
        from desk_app.ui.asleep.windows import MessageWatch

        watch = MessageWatch(int(window.winId()), self)
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(watch.filter)
        # Qt keeps the filter's address and not the filter.
        self.destroyed.connect(lambda _gone, filter=watch.filter: application.removeNativeEventFilter(filter))
        watch.slept.connect(self.away)
        watch.left.connect(self.away)
