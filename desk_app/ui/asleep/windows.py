"""On Windows: its messages about sleep and about sessions.

https://learn.microsoft.com/windows/win32/power/wm-powerbroadcast
https://learn.microsoft.com/windows/win32/termserv/wm-wtssession-change
"""

import ctypes
import sys
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QObject, Signal

WM_POWERBROADCAST = 0x0218
PBT_APMSUSPEND = 0x0004
WM_WTSSESSION_CHANGE = 0x02B1
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK = 0x2, 0x4, 0x6, 0x7
_LEFT = frozenset((WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK))
_MESSAGES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")


class MessageWatch(QObject):
    """Emits `slept` before the computer sleeps, `left` when the session is locked or switched."""

    slept = Signal()
    left = Signal()

    def __init__(self, window_id: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter = MessageFilter(self)
        if sys.platform == "win32":
            # Whoever is not registered is told nothing of sessions.
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(window_id), 0)

    def take(self, message: int, what: int) -> None:
        """One message of the system."""
        if message == WM_POWERBROADCAST and what == PBT_APMSUSPEND:
            self.slept.emit()
        elif message == WM_WTSSESSION_CHANGE and what in _LEFT:
            self.left.emit()


class MessageFilter(QAbstractNativeEventFilter):
    """Hands the system's messages on and keeps none of them."""

    def __init__(self, watch: MessageWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Qt: called for every native message."""
        name = event_type.data() if isinstance(event_type, QByteArray) else bytes(event_type)
        if name in _MESSAGES:
            told = wintypes.MSG.from_address(int(message))
            if told.message in (WM_POWERBROADCAST, WM_WTSSESSION_CHANGE):
                self._watch.take(told.message, told.wParam)
        return False, 0
