"""The words of the program: how far each language is translated, a catalogue given to a reader and taken back."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desk_app import paths
from desk_app.domain.errors import CatalogueDamaged, CatalogueLanguageUnknown, FileUnwritable
from desk_app.i18n.catalogue import coverage, reading, taking
from desk_app.i18n.catalogue.corrections import corrected, derived, kept, path_of
from desk_app.i18n.catalogue.coverage import Coverage
from desk_app.i18n.catalogue.entry import Catalogue, Entry
from desk_app.i18n.catalogue.glossary import Glossary, read_glossary
from desk_app.i18n.catalogue.taking import Taken
from desk_app.i18n.catalogue.writing import written
from desk_app.i18n.languages import ENGLISH, LANGUAGES, Language
from desk_app.i18n.translator import DOMAIN
from desk_app.storage import files

ENDING = ".po"
_MOST_HINTS = 6


def covered() -> list[Coverage]:
    """Every language in the order of the window; English, the source, is whole by what it is."""
    found = [_covered(language) for language in LANGUAGES if language is not ENGLISH]
    count = found[0].sentences
    return [*found, Coverage(ENGLISH, count, count)]


def export(language: Language, path: Path) -> int:
    """Writes the words as they are shown, for Poedit or any other editor of PO files, with the glossary's words for
    the terms of each sentence. Returns how many sentences. Raises `NoAccess`, `DiskFull`, `FileUnwritable`.
    """
    shown = _shown(_shipped(language))
    hint = _hints(read_glossary(paths.resources() / "glossary.csv"), language)
    entries = tuple(replace(entry, notes=(*entry.notes, *hint(entry))) for entry in shown.entries)
    # A signature is for words that nobody has touched since.
    files.write(path, written(Catalogue(language, entries)).encode("utf-8"))
    return len(entries)


def take(path: Path) -> Taken:
    """Checks a catalogue that came back and shows its good sentences from now on, on this computer.

    Raises `CatalogueDamaged`, `CatalogueLanguageUnknown`, `FileTooLarge`, `FileUnreadable`, `NoAccess`, and what
    `export` raises.
    """
    data = files.read(path, reading.LARGEST)
    try:
        brought = reading.read(data)
    except reading.NotACatalogue as error:
        raise CatalogueDamaged(str(path), error.line) from error
    except reading.NoLanguage as error:
        raise CatalogueLanguageUnknown(str(path)) from error
    language, folder = brought.language, paths.corrections()
    shipped = _shipped(language)
    taken = taking.judged(brought, _shown(shipped), read_glossary(paths.resources() / "glossary.csv"))
    if taken.changed:
        plain = _with(shipped, derived(language, folder))
        made = taking.corrections(taken, kept(language, folder), plain)
        with files.as_trouble(folder, FileUnwritable):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write(path_of(folder, language), written(made).encode("utf-8"))
    return taken


def put_back(language: Language) -> None:
    """Shows the words that the program came with again. Raises `NoAccess`, `FileUnwritable`."""
    file = path_of(paths.corrections(), language)
    with files.as_trouble(file):
        file.unlink(missing_ok=True)


def _covered(language: Language) -> Coverage:
    shipped = _shipped(language)
    shown = _shown(shipped)
    changed = sum(one.forms != other.forms for one, other in zip(shipped.entries, shown.entries, strict=True))
    return coverage.coverage(shown, changed)


def _shipped(language: Language) -> Catalogue:
    file = paths.translations() / language.code / "LC_MESSAGES" / f"{DOMAIN}{ENDING}"
    return reading.read(files.read(file, reading.LARGEST))


def _shown(shipped: Catalogue) -> Catalogue:
    """The words on the screen: the shipped ones, and the corrected ones in their places."""
    return _with(shipped, corrected(shipped.language, paths.corrections()))


def _with(shipped: Catalogue, others: Catalogue) -> Catalogue:
    words = {entry.id: entry.forms for entry in others.entries}
    entries = tuple(
        replace(entry, forms=words[entry.id], fuzzy=False) if entry.id in words else entry for entry in shipped.entries
    )
    return replace(shipped, entries=entries)


def _hints(glossary: Glossary, language: Language) -> Callable[[Entry], tuple[str, ...]]:
    """What the glossary says about the terms of a sentence."""
    words = {term: sorted(of_language[language.code]) for term, of_language in glossary.items()}
    terms = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")\b")

    def hints(entry: Entry) -> tuple[str, ...]:
        found = list(dict.fromkeys(terms.findall(entry.source.casefold())))
        return tuple(f"{term}: {', '.join(words[term])}" for term in found[:_MOST_HINTS])

    return hints
