"""What readers at a desk corrected: kept apart from the shipped catalogue, and shown in its place.

A file a language, with the corrected sentences alone. A newer version of the program brings new sentences and drops
old ones; a correction of a sentence that is gone is not shown.
"""

import logging
from dataclasses import replace
from functools import lru_cache
from io import BufferedReader
from os import fstat
from pathlib import Path

from desk_app.i18n.catalogue.checks import can_be_filled
from desk_app.i18n.catalogue.entry import Catalogue, Entry
from desk_app.i18n.catalogue.reading import LARGEST, NoLanguage, NotACatalogue, read
from desk_app.i18n.languages import UZBEK_CYRILLIC, UZBEK_LATIN, Language
from desk_app.i18n.uzbek_cyrillic import to_cyrillic

_logger = logging.getLogger(__name__)
_State = tuple[str, int, int]
"""A file as it was: its path, when it was changed, how long it is."""
_last_read: dict[Language, tuple[_State, Catalogue]] = {}
"""What was read last in each language: a letter that is drawn while it is written asks for the same at each key."""


def path_of(folder: Path, language: Language) -> Path:
    """The file of a language's corrections."""
    return folder / f"{language.code}.po"


def kept(language: Language, folder: Path) -> Catalogue:
    """What was corrected in a language itself; nothing where no file is, or one that cannot be read any more."""
    try:
        with path_of(folder, language).open("rb") as stream:
            return _found(language, stream)
    except FileNotFoundError:
        pass
    except (OSError, NotACatalogue, NoLanguage) as error:
        _logger.warning("corrections_unreadable", exc_info=error)
    _last_read.pop(language, None)
    return Catalogue(language)


def derived(language: Language, folder: Path) -> Catalogue:
    """What follows from the corrections of another language: Cyrillic Uzbek from those in Latin letters."""
    if language is not UZBEK_CYRILLIC:
        return Catalogue(language)
    return Catalogue(language, _all_in_cyrillic(kept(UZBEK_LATIN, folder).entries))


def corrected(language: Language, folder: Path) -> Catalogue:
    """The sentences to show in place of the shipped ones: what was corrected itself, before what is derived."""
    both = (*derived(language, folder).entries, *kept(language, folder).entries)
    return Catalogue(language, tuple({entry.id: entry for entry in both}.values()))


def in_cyrillic(entry: Entry) -> Entry:
    """A Latin Uzbek sentence in Cyrillic letters."""
    return replace(entry, forms=tuple(map(to_cyrillic, entry.forms)))


def _found(language: Language, stream: BufferedReader) -> Catalogue:
    """What stands in a file; remembered until the file is another."""
    facts = fstat(stream.fileno())
    state = (str(stream.name), facts.st_mtime_ns, facts.st_size)
    known = _last_read.get(language)
    if known is None or known[0] != state:
        known = _last_read[language] = (state, _shown(language, read(stream.read(LARGEST + 1))))
    return known[1]


def _shown(language: Language, found: Catalogue) -> Catalogue:
    # What cannot be shown was not written by us; a sentence in the wrong words is better than none.
    entries = found.entries if found.language is language else ()
    return Catalogue(language, tuple(entry for entry in entries if can_be_filled(entry, language)))


@lru_cache(maxsize=1)
def _all_in_cyrillic(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(map(in_cyrillic, entries))
