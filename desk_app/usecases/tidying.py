"""After an erasure: no byte of what was erased stays in the vault's files, in its free pages or in its backups."""

import logging
from collections.abc import Callable

from desk_app.domain.errors import Trouble
from desk_app.storage import blob_table, blobs, erasure
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import backups

Progress = Callable[[int, int], object]
"""Called with steps done and steps in all; what was erased stays erased, so nobody can stop it."""

STEPS = 3
_logger = logging.getLogger(__name__)


def tidy(vault: Vault, progress: Progress | None = None) -> None:
    """Cleans up after erasures, here or taken in; does nothing when there was none since. A kill only puts it off.

    Raises `DiskFull`, `NoAccess`, `FileUnwritable`: what was erased stays so, and the next call goes on.
    """
    with as_trouble(vault.folder / DATABASE):
        left = erasure.left(vault.db)
        if left is None:
            return
        if left.backups is None:
            # A backup made from here on is of the vault without what was erased; a restored one looks for no others.
            left = erasure.Left(left.files, backups.within_reach(vault))
            with atomic(vault.db):
                erasure.note_left(vault.db, left)
        # Of a person who was let go a file may have come again since, with another offer.
        gone = tuple(sorted(set(left.files) - blob_table.in_log(vault.db).keys()))
        blobs.forget(vault.folder, gone)
        _tell(progress, 1)
        erasure.clean_file(vault.db)
        _tell(progress, 2)
    backups.renew(vault, left.backups or (), gone)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        erasure.note_tidy(vault.db)
    _tell(progress, STEPS)


def catch_up(vault: Vault) -> None:
    """The same, where something else is under way that a full disk must not undo: then it is put off once more."""
    try:
        tidy(vault)
    except Trouble:
        _logger.warning("not_tidied", exc_info=True)


def _tell(progress: Progress | None, done: int) -> None:
    if progress is not None:
        progress(done, STEPS)
