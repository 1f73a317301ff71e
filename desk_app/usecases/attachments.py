"""Scans and photos of a client: adding, showing, saving outside the vault, and where each file is."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.crypto import blobs as sealing
from desk_app.domain.desks import COORDINATOR
from desk_app.domain.errors import (
    BlobDamaged,
    BlobElsewhere,
    FileTooLarge,
    PictureTooLarge,
    PictureUnreadable,
    RecordNotFound,
    Trouble,
)
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.records.declaration import Values
from desk_app.domain.rules.auditing import Action
from desk_app.storage import blob_table, blobs, files
from desk_app.storage.blob_table import Attached
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import attachment_exchange, audit, linking, records
from desk_app.usecases.attachment_exchange import KIND
from desk_app.usecases.records import Saved

if TYPE_CHECKING:
    from desk_app.documents.preview import PageImage

SUFFIXES = {"jpeg": ".jpg", "pdf": ".pdf"}
"""What a file of each form is called outside the vault."""
_logger = logging.getLogger(__name__)


class Where(StrEnum):
    """Where the file of an attachment is."""

    HERE = "here"
    COMING = "coming"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is; `came` of `size` bytes for one on its way, `desk` for one that has not begun to come."""

    where: Where
    came: int = 0
    size: int = 0
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """An attachment and where its file is."""

    record: Record
    place: Place


@dataclass(frozen=True, slots=True)
class Content:
    """What an attachment holds: a JPEG or a PDF, as `media` says."""

    media: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be shown, and how many there are to turn."""

    count: int
    image: "PageImage"


def add(vault: Vault, client: RecordId, path: Path, values: Values) -> Saved:
    """Adds a scan or photo, made anew from what is seen on it; `values` are its type, title and date.

    The sealed file lies on the disk before its record counts. Raises `PictureUnreadable`, `PictureTooLarge`,
    `FileUnreadable`, `NoAccess`, `DiskFull` and what `records.add` raises.
    """
    from desk_app.documents import pictures  # slow to load, and needed for nothing else

    if records.show(vault, client).kind != "client":
        raise RecordNotFound(client)
    try:
        picture = pictures.prepared(_read(path))
    except pictures.NotAPictureError as error:
        raise PictureUnreadable(str(path)) from error
    except pictures.PictureTooLargeError as error:
        raise PictureTooLarge(str(path)) from error
    key = sealing.new_key(vault.surroundings.random)
    name, sealed = sealing.name_of(key), sealing.seal_blob(picture.content, key)
    facts: Values = {
        "media": picture.media,
        "size": len(picture.content),
        "hash": sealing.check_sum(sealed),
        "key": key,
    }
    with as_trouble(vault.folder / DATABASE), _not_left_behind(vault, name), atomic(vault.db):
        saved = records.add(vault, KIND, {**values, "client": client, **facts})
        blobs.put(vault.folder, name, sealed)
        blob_table.note_held(vault.db, name, len(sealed), len(sealed))
    return saved


def of_client(vault: Vault, client: RecordId) -> list[Listed]:
    """The attachments of a client, and of all who are the same person, newest first, with where their files are."""
    found = linking.about_person(vault, KIND, linking.members(vault, client), order="-made")
    with as_trouble(vault.folder / DATABASE):
        return [Listed(one, _place(vault, one)) for one in found]


def place(vault: Vault, record: RecordId) -> Place:
    """Where the file is. Raises `RecordNotFound`."""
    found = _attachment(vault, record)
    with as_trouble(vault.folder / DATABASE):
        return _place(vault, found)


def content(vault: Vault, record: RecordId) -> Content:
    """The picture or document, to be shown inside the program; the record of access tells who opened it.

    Raises `RecordNotFound`, `BlobElsewhere` for a file that has not come, `BlobDamaged`.
    """
    opened = _opened(vault, _attachment(vault, record))
    audit.note_seen(vault, KIND, record)
    return opened


def page(vault: Vault, record: RecordId, number: int) -> Page:
    """One page of it, counted from 0, as dots for the screen. Raises what `content` raises."""
    from desk_app.documents import pictures

    opened = content(vault, record)
    picture = pictures.Picture(opened.media, opened.data)
    try:
        return Page(pictures.page_count(picture), pictures.page(picture, number))
    except (pictures.NotAPictureError, pictures.PictureTooLargeError) as error:
        raise BlobDamaged from error


def save_as(vault: Vault, record: RecordId, path: Path) -> None:
    """Writes a copy outside the vault, where nothing protects it, and writes down who did.

    Raises what `content` raises, `DiskFull`, `NoAccess`, `FileUnwritable`.
    """
    opened = _opened(vault, _attachment(vault, record))
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        audit.note(vault, Action.SAVED_AS, KIND, record, SUFFIXES[opened.media])
        files.write(path, opened.data)


def remove(vault: Vault, record: RecordId) -> Saved:
    """Hides an attachment; `records.restore` undoes it, so its file stays. Raises `RecordNotFound`."""
    return records.remove(vault, _attachment(vault, record).id)


def waiting_for(vault: Vault, partner: DeskCode) -> tuple[int, int]:
    """How many files, and bytes of them, the partner has not confirmed yet."""
    return attachment_exchange.waiting_for(vault, partner)


def sweep(vault: Vault) -> None:
    """Takes away sealed files that a power cut left without a record; one that will not go keeps nobody from work."""
    if not files.is_folder(vault.folder / blobs.FOLDER):
        return
    # Inside a transaction, so that no other program is about to write the record of a file that lies there already.
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        try:
            blobs.sweep(vault.folder, blob_table.to_keep(vault.db).keys())
        except Trouble:
            _logger.warning("files_not_swept")


def _read(path: Path) -> bytes:
    from desk_app.documents import pictures

    try:
        return files.read(path, pictures.FILE_CAP)
    except FileTooLarge as error:
        raise PictureTooLarge(str(path)) from error


@contextmanager
def _not_left_behind(vault: Vault, name: str) -> Iterator[None]:
    """A file whose record came to nothing goes with it."""
    try:
        yield
    except BaseException:
        try:
            blobs.forget(vault.folder, [name])
        except Trouble:
            _logger.warning("file_left_behind")
        raise


def _attachment(vault: Vault, record: RecordId) -> Record:
    found = records.show(vault, record)
    if found.kind != KIND:
        raise RecordNotFound(record)
    return found


def _file(record: Record) -> Attached | None:
    text, size = record.text, record.values.get("size")
    return blob_table.file_of(record.id, text("desk"), size, text("hash"), text("key"))


def _place(vault: Vault, record: Record) -> Place:
    file = _file(record)
    if file is not None:
        if attachment_exchange.is_here(vault, file, blob_table.incomplete(vault.db)):
            return Place(Where.HERE, file.sealed, file.sealed)
        came = sum(length for _, length in blob_table.pieces(vault.db, file.name))
        if came:
            return Place(Where.COMING, came, file.sealed)
    desk = record.text("desk")
    return Place(Where.ELSEWHERE, desk=COORDINATOR if desk == vault.desk else desk)


def _opened(vault: Vault, record: Record) -> Content:
    file, media = _file(record), record.text("media")
    sealed = blobs.get(vault.folder, file.name, file.sealed) if file is not None else None
    if file is None or sealed is None:
        with as_trouble(vault.folder / DATABASE):
            raise BlobElsewhere(_place(vault, record).desk or record.text("desk"))
    if media not in SUFFIXES:
        raise BlobDamaged
    try:
        return Content(media, sealing.open_blob(sealed, file.key, file.size))
    except BlobDamaged:
        # From now on it is asked for, from whoever has it whole.
        with as_trouble(vault.folder / DATABASE), atomic(vault.db):
            blob_table.note_held(vault.db, file.name, file.sealed, 0)
        raise
