"""The English words of trouble with files, paper and scans."""

from collections.abc import Mapping

from desk_app.domain import errors
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message

WORDS: Mapping[type[errors.Trouble], Message] = {
    errors.NoAccess: Message(
        N_("This computer does not allow reading or writing “{path}”."),
        N_("Choose another place, or ask whoever looks after this computer for access."),
    ),
    errors.DiskFull: Message(
        N_("There is no room left for “{path}”. The last change was not saved; everything before it is safe."),
        N_("Free some room on the disk and save again."),
    ),
    errors.NotEnoughRoom: Message(
        N_("“{path}” needs room for {needed} more, and only {free} is free. It was not begun."),
        N_("Free some room on the disk, then try again."),
    ),
    errors.FileUnreadable: Message(
        N_("The file “{path}” cannot be read."), N_("Check that the file exists and that the drive is connected.")
    ),
    errors.FileUnwritable: Message(
        N_("The file “{path}” cannot be written."),
        N_("Check that the folder exists, that the name is possible and that the drive is connected."),
    ),
    errors.FileExists: Message(
        N_("The file “{path}” already exists and was not overwritten."), N_("Choose another name.")
    ),
    errors.GlyphMissing: Message(
        N_("The font of the letters lacks these signs: {characters}. Nothing was printed."),
        N_("Replace these signs in the wording, or tell the coordinator."),
    ),
    errors.LetterTemplateBroken: Message(
        N_("The letter wording in {language} cannot be used. The place is “{place}”."),
        N_("Correct this place in the wording, or go back to the wording that came with the program."),
    ),
    errors.FileTooLarge: Message(
        N_("The file “{path}” is too large to be what it should be. It was not read."),
        N_("Check that this is the right file."),
    ),
    errors.ColumnsMissing: Message(
        N_("The table “{path}” lacks these columns: {columns}."), N_("Name the columns in its first line.")
    ),
    errors.PictureUnreadable: Message(
        N_("“{path}” is no picture or PDF that can be read. Nothing was added."),
        N_("Choose a JPEG, PNG or TIFF picture, or a PDF document."),
    ),
    errors.BlobElsewhere: Message(
        N_("This file has not arrived yet. It lies at the desk {desk}."),
        N_("It comes with one of the next bundles. Until then ask that desk."),
    ),
    errors.BlobDamaged: Message(
        N_("This file is not as it was put away."),
        N_("Restore it from a backup, or ask the desk that added it for a new bundle."),
    ),
    errors.PictureTooLarge: Message(
        N_("“{path}” is larger than a scan or photo may be. Nothing was added."),
        N_("Scan it with fewer dots per inch, or in parts of at most 50 pages."),
    ),
    errors.CatalogueDamaged: Message(
        N_("“{path}” cannot be read as a catalogue: the trouble is in line {line}. No word was changed."),
        N_("Save it again in the program it was written with, as a PO file in UTF-8."),
    ),
    errors.CatalogueLanguageUnknown: Message(
        N_("“{path}” does not say which language it is in. No word was changed."),
        N_("Export a catalogue here, and translate in that file."),
    ),
}

OF_PARTS: Mapping[str, str] = {
    "too_large": N_("This is too long, or names too many placeholders."),
    "unknown": N_("There is no placeholder with this name. Take one from the list above."),
    "syntax": N_("A brace or a condition is not closed. Compare it with the wording that came with the program."),
    "forbidden": N_("Only placeholders and conditions can stand between braces."),
    "missing": N_("Something is missing here."),
    "unreadable": N_("This cannot be read."),
}
"""What is wrong in one part of a letter wording: the codes of `LetterTemplateBroken`, to stand beside the part."""
