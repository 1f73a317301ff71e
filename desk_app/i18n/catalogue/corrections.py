"""What readers at a desk corrected: kept apart from the shipped catalogue, and shown in its place.

A file a language, with the corrected sentences alone. A newer version of the program brings new sentences and drops
old ones; a correction of a sentence that is gone is not shown.
"""

import logging
from dataclasses import replace
from pathlib import Path

from desk_app.i18n.catalogue.checks import can_be_filled
from desk_app.i18n.catalogue.entry import Catalogue, Entry
from desk_app.i18n.catalogue.reading import LARGEST, NoLanguage, NotACatalogue, read
from desk_app.i18n.languages import UZBEK_CYRILLIC, UZBEK_LATIN, Language
from desk_app.i18n.uzbek_cyrillic import to_cyrillic

_logger = logging.getLogger(__name__)


def path_of(folder: Path, language: Language) -> Path:
    """The file of a language's corrections."""
    return folder / f"{language.code}.po"


def kept(language: Language, folder: Path) -> Catalogue:
    """What was corrected in a language itself; nothing where no file is, or one that cannot be read any more."""
    try:
        with path_of(folder, language).open("rb") as stream:
            found = read(stream.read(LARGEST + 1))
    except FileNotFoundError:
        return Catalogue(language)
    except (OSError, NotACatalogue, NoLanguage) as error:
        _logger.warning("corrections_unreadable", exc_info=error)
        return Catalogue(language)
    # What cannot be shown was not written by us; a sentence in the wrong words is better than none.
    entries = found.entries if found.language is language else ()
    return Catalogue(language, tuple(entry for entry in entries if can_be_filled(entry, language)))


def derived(language: Language, folder: Path) -> Catalogue:
    """What follows from the corrections of another language: Cyrillic Uzbek from those in Latin letters."""
    latin = kept(UZBEK_LATIN, folder).entries if language is UZBEK_CYRILLIC else ()
    return Catalogue(language, tuple(map(in_cyrillic, latin)))


def corrected(language: Language, folder: Path) -> Catalogue:
    """The sentences to show in place of the shipped ones: what was corrected itself, before what is derived."""
    both = (*derived(language, folder).entries, *kept(language, folder).entries)
    return Catalogue(language, tuple({entry.id: entry for entry in both}.values()))


def in_cyrillic(entry: Entry) -> Entry:
    """A Latin Uzbek sentence in Cyrillic letters."""
    return replace(entry, forms=tuple(map(to_cyrillic, entry.forms)))
