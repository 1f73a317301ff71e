"""On Linux: what systemd-logind says on the system's bus. Without a bus, or without logind on it, nothing is said.

https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
"""

import os
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusVariant

SERVICE = "org.freedesktop.login1"
MANAGER_PATH = "/org/freedesktop/login1"
MANAGER = f"{SERVICE}.Manager"
SESSION = f"{SERVICE}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
_ASK_MS = 500


class LogindWatch(QObject):
    """Emits `slept` before the computer sleeps, `left` when the session is locked or is not on the screen any more."""

    slept = Signal()
    left = Signal()

    def __init__(
        self, bus: QDBusConnection, environment: Mapping[str, str] = os.environ, parent: QObject | None = None
    ):
        super().__init__(parent)
        self._bus = bus
        if not bus.isConnected():
            return
        self._listen(MANAGER_PATH, MANAGER, "PrepareForSleep", SLOT("prepare(bool)"))
        self._path = self._session(environment.get("XDG_SESSION_ID", ""))
        if self._path:
            self._listen(self._path, SESSION, "Lock", SLOT("lock()"))
            self._listen(self._path, PROPERTIES, "PropertiesChanged", SLOT("properties(QDBusMessage)"))

    @Slot(bool)
    def prepare(self, begins: bool) -> None:
        """True before the sleep, false after it."""
        if begins:
            self.slept.emit()

    @Slot()
    def lock(self) -> None:
        """The system's own lock."""
        self.left.emit()

    @Slot(QDBusMessage)
    def properties(self, _message: QDBusMessage) -> None:
        """Something changed; whether the session is still the one on the screen is asked, for Qt for Python cannot
        read the dictionary that says so."""
        if self._is_active() is False:
            self.left.emit()

    def _listen(self, path: str, interface: str, name: str, slot: object) -> None:
        # Qt's types ask for bytes here, and Qt refuses bytes.
        bus: Any = self._bus
        bus.connect(SERVICE, path, interface, name, self, slot)

    def _session(self, name: str) -> str:
        if name:
            return _path(self._ask(MANAGER_PATH, MANAGER, "GetSession", name))
        return _path(self._ask(MANAGER_PATH, MANAGER, "GetSessionByPID", os.getpid()))

    def _is_active(self) -> object:
        """Whether this session has the screen; None where nobody knows."""
        answer = self._ask(self._path, PROPERTIES, "Get", SESSION, "Active")
        return answer.variant() if isinstance(answer, QDBusVariant) else None

    def _ask(self, path: str, interface: str, method: str, *arguments: object) -> object:
        """The one value of an answer, None without an answer."""
        asked = QDBusMessage.createMethodCall(SERVICE, path, interface, method)
        asked.setArguments(list(arguments))
        answer = self._bus.call(asked, timeout=_ASK_MS)
        said = answer.arguments() if answer.type() == QDBusMessage.MessageType.ReplyMessage else []
        return said[0] if said else None


def _path(answer: object) -> str:
    return answer.path() if isinstance(answer, QDBusObjectPath) else ""
