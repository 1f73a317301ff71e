"""Whether the files of attachments that were put away whole are still so."""

from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from desk_app.crypto.blobs import check_sum
from desk_app.domain.errors import FileUnreadable, NoAccess
from desk_app.storage import blob_table, blobs
from desk_app.storage.check import Finding


def files(db: Database, folder: Path) -> Iterator[Finding]:
    """Reads every file that was here whole; one that is gone, cut or altered is a finding."""
    whole = blob_table.whole(db)
    for name, one in blob_table.attached(db).items():
        if name not in whole:
            continue
        try:
            sealed = blobs.get(folder, name, one.sealed)
        except (FileUnreadable, NoAccess):
            sealed = None
        if sealed is None or check_sum(sealed) != one.hash:
            yield Finding("file", kind="attachment", record=one.record)
