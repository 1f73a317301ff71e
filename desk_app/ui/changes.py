"""One signal for "something was written": the pages that show it read again."""

from PySide6.QtCore import QObject, Signal

LOCKING = "locking"
"""Told like a kind of record when the minutes until the lock change."""
DRAFT = "draft"
"""Told like a kind of record when drafts change; they stay on this computer and change nothing else."""

BACKUP = "backup"
"""Told like a kind of record when a backup was made."""
RESTORING = "restoring"
"""Told when somebody wants to restore a backup: the desk locks, and the door asks which."""
EMPTIED = "emptied"
"""Told when this computer was emptied: nothing that a page shows is there any more, so the desk locks."""


class Changes(QObject):
    """`changed` carries the names of the kinds of records that changed, as a frozenset of str."""

    changed = Signal(object)

    def tell(self, *kinds: str) -> None:
        """Say that records of these kinds changed. GUI thread only."""
        self.changed.emit(frozenset(kinds))
