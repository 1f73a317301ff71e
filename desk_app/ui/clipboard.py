"""What was copied out of the program stays in the clipboard for half a minute, and not beyond the lock."""

import hashlib
import secrets
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MS = 30_000
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)
_HINTS = {
    # Collectors of everything that was ever copied leave out what says so: of KDE, of Windows.
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}
_MARK = "x-kde-passwordManagerHint"


class ClipboardWatch(QObject):
    """Empties the clipboard of what this program put there, and of nothing else."""

    def __init__(self, parent: QObject | None = None, milliseconds: int = KEPT_MS) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._salt = secrets.token_bytes(16)
        self._ours: dict[QClipboard.Mode, bytes] = {}
        self._marking = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(self.empty)
        self._clipboard.changed.connect(self._changed)

    def empty(self) -> None:
        """Take out what is still ours."""
        self._timer.stop()
        for mode, hashed in list(self._ours.items()):
            del self._ours[mode]
            if self._owns(mode) or self._hash(mode) == hashed:
                self._clipboard.clear(mode)

    def _changed(self, mode: QClipboard.Mode) -> None:
        if self._marking or mode not in _MODES:
            return
        self._ours.pop(mode, None)
        # Where the platform does not tell who owns it, what comes while our window is worked in is ours.
        working = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        text = self._clipboard.text(mode)
        if text and (self._owns(mode) or working):
            if mode is QClipboard.Mode.Clipboard:
                self._mark(text)
            self._ours[mode] = self._hash(mode)
            self._timer.start()

    def _mark(self, text: str) -> None:
        """Puts the same text there again, with a word to whoever collects what is copied."""
        if self._clipboard.mimeData().hasFormat(_MARK):
            return
        data = QMimeData()
        data.setText(text)
        for name, value in _HINTS.items():
            data.setData(name, QByteArray(value))
        self._marking = True
        try:
            self._clipboard.setMimeData(data)
        finally:
            self._marking = False

    def _owns(self, mode: QClipboard.Mode) -> bool:
        asked: dict[QClipboard.Mode, Callable[[], bool]] = {
            QClipboard.Mode.Clipboard: self._clipboard.ownsClipboard,
            QClipboard.Mode.Selection: self._clipboard.ownsSelection,
        }
        return asked[mode]()

    def _hash(self, mode: QClipboard.Mode) -> bytes:
        return hashlib.sha256(self._salt + self._clipboard.text(mode).encode("utf-8", "replace")).digest()
