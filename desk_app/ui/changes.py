"""One signal for "something was written": the pages that show it read again."""

from PySide6.QtCore import QObject, Signal

DRAFT = "draft"
"""Told like a kind of record when drafts change; they stay on this computer and change nothing else."""


class Changes(QObject):
    """`changed` carries the names of the kinds of records that changed, as a frozenset of str."""

    changed = Signal(object)

    def tell(self, *kinds: str) -> None:
        """Say that records of these kinds changed. GUI thread only."""
        self.changed.emit(frozenset(kinds))
