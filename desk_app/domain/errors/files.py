"""Trouble with files, paper and scans."""

from dataclasses import dataclass

from desk_app.domain.errors.root import Trouble


@dataclass(eq=False)
class NoAccess(Trouble):
    """The file or folder may not be read or written by this user of the machine."""

    path: str


@dataclass(eq=False)
class DiskFull(Trouble):
    """No room is left; nothing of the attempted change was kept."""

    path: str


@dataclass(eq=False)
class NotEnoughRoom(DiskFull):
    """The disk plainly cannot hold what is to be written, so nothing was begun. `needed` and `free` in bytes."""

    needed: int
    free: int


@dataclass(eq=False)
class FileUnreadable(Trouble):
    """A file that was named cannot be read."""

    path: str


@dataclass(eq=False)
class FileUnwritable(Trouble):
    """A file or folder cannot be made there: the folder is missing, the name is not possible, the drive is gone."""

    path: str


@dataclass(eq=False)
class FileExists(Trouble):
    """The file to write is there already."""

    path: str


@dataclass(eq=False)
class GlyphMissing(Trouble):
    """The printed font lacks signs of the program's own words: a template or a catalogue needs mending."""

    characters: tuple[str, ...]


@dataclass(eq=False)
class LetterTemplateBroken(Trouble):
    """The wording of a letter cannot be used; `place` is the part of the template, `problem` a code:

    unreadable (not TOML), too_large, missing (a part is not there), unknown (a part or a placeholder that does not
    exist), syntax (braces that do not close), forbidden (more than placeholders and conditions).
    """

    language: str
    place: str
    problem: str


@dataclass(eq=False)
class FileTooLarge(Trouble):
    """A file that was named is larger than anything of its kind can be; `size` in bytes."""

    path: str
    size: int


@dataclass(eq=False)
class ColumnsMissing(Trouble):
    """A table lacks columns that it cannot do without, or is no table at all."""

    path: str
    columns: tuple[str, ...]


@dataclass(eq=False)
class PictureUnreadable(Trouble):
    """A file to be attached is no picture and no PDF that can be read."""

    path: str


@dataclass(eq=False)
class BlobElsewhere(Trouble):
    """The file of an attachment has not arrived yet; `desk` holds it."""

    desk: str


class BlobDamaged(Trouble):
    """The file of an attachment is not as it was put away."""


@dataclass(eq=False)
class PictureTooLarge(Trouble):
    """A file to be attached has more dots, pages or bytes than a scan has."""

    path: str


@dataclass(eq=False)
class CatalogueDamaged(Trouble):
    """A file that was given back is no catalogue of sentences; `line` says where, 0 for the file as a whole."""

    path: str
    line: int


@dataclass(eq=False)
class CatalogueLanguageUnknown(Trouble):
    """A catalogue does not say which of the program's languages it is in."""

    path: str
