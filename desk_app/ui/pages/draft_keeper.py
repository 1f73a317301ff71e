"""Keeps what is typed in a form as a draft in the vault, a moment after the last key."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from desk_app.storage.vault import Vault
from desk_app.ui.changes import DRAFT
from desk_app.ui.session import Session
from desk_app.usecases import drafts

PAUSE_MS = 600


class DraftKeeper(QObject):
    """One form's draft under `key`. `typed` is asked when it is kept; a form left empty keeps none."""

    def __init__(self, session: Session, key: str, typed: Callable[[], Mapping[str, str]], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.key = key
        self._typed = typed
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._keep)

    def touch(self) -> None:
        """Something was typed."""
        self._pause.start()

    def flush(self) -> None:
        """Keep it now if something waits: before a lock, before the form goes."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def stop(self) -> None:
        """The form was saved: nothing waits any more."""
        self._pause.stop()

    def forget(self, then: Callable[[], object] = lambda: None) -> None:
        """Throw the draft away."""
        self.stop()
        key = self.key

        def dropped(_none: None) -> None:
            then()

        self._session.act(lambda vault: drafts.drop(vault, key), dropped, DRAFT)

    def _keep(self) -> None:
        typed, key = dict(self._typed()), self.key
        self._session.act(lambda vault: drafts.keep(vault, key, typed), lambda _none: None, DRAFT)


def kept_draft(vault: Vault, key: str) -> Mapping[str, str]:
    """What was typed and kept under a key; empty when there is nothing. For the worker."""
    found = drafts.find(vault, key)
    return {name: str(value) for name, value in found.values.items()} if found is not None else {}
