"""Catalogues on disk: collected from the code, merged and read; how one is written says `desk_app/i18n/catalogue`."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from babel.messages.extract import extract_from_dir, extract_python

from desk_app.i18n.catalogue import reading
from desk_app.i18n.catalogue.corrections import in_cyrillic as respelled
from desk_app.i18n.catalogue.entry import Catalogue, Entry, Id, Signature
from desk_app.i18n.catalogue.writing import forms_of_nothing, written_template
from desk_app.i18n.languages import Language
from desk_app.i18n.translator import DOMAIN

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
TEMPLATE = TRANSLATIONS / f"{DOMAIN}.pot"

# A record has a `text` too: record.text("due") names a field, tr.text("today") says a word.
KEYWORDS = {"text": None, "plural": (1, 2), "N_": None}
NOTE = "Note:"
"""How a comment for translators starts in the code."""

Found = tuple[int, str, object, list[str]]
"""Line, function, words and notes, as Babel's extractors give them."""


def template_text(entries: tuple[Entry, ...]) -> str:
    """The template as it is checked in."""
    return written_template(entries, ("Source words of Roh.", "Written by extract."))


def path_of(language: Language) -> Path:
    """Where a language's catalogue lies."""
    return TRANSLATIONS / language.code / "LC_MESSAGES" / f"{DOMAIN}.po"


def extracted() -> tuple[Entry, ...]:
    """Every sentence of the code, in the order of the files, with the notes for translators."""
    # Babel takes a function as well as the name of one; its types know only names.
    methods: list[Any] = [("**.py", _extracted_python)]
    found = extract_from_dir(
        ROOT / "desk_app",
        method_map=methods,
        keywords=KEYWORDS,
        comment_tags=(NOTE,),
        strip_comment_tags=True,
    )
    entries: dict[str, Entry] = {}
    for file, _line, words, notes, _context in found:
        if words:
            one, many = (words, "") if isinstance(words, str) else (words[0], words[1])
            _add(entries, Entry(one, many, ("",), tuple(notes), places=(f"desk_app/{Path(file).as_posix()}",)))
    return tuple(entries.values())


def _add(entries: dict[str, Entry], new: Entry) -> None:
    # One sentence said in two places is one; said with and without a plural, it has the plural.
    old = entries.get(new.one, new)
    entries[new.one] = replace(
        old,
        many=old.many or new.many,
        forms=("", "") if old.many or new.many else ("",),
        notes=tuple(dict.fromkeys((*old.notes, *new.notes))),
        places=tuple(dict.fromkeys((*old.places, *new.places))),
    )


def _extracted_python(stream: IO[bytes], keywords: Any, tags: Collection[str], options: Any) -> Iterator[Found]:
    lines = stream.read().decode("utf-8").splitlines()
    stream.seek(0)
    found: Any = extract_python(stream, keywords, tags, options)
    for line, function, words, notes in found:
        names_a_field = isinstance(words, str) and words.isidentifier() and words.islower()
        if function == "N_" or not names_a_field or _says(str(words), "\n".join(lines[max(line - 2, 0) : line + 1])):
            yield line, function, words, notes


def _says(word: str, lines: str) -> bool:
    return re.search(rf"\b_?tr\.text\(\s*[\"']{word}[\"']", lines) is not None


def read(language: Language) -> Catalogue:
    """The checked-in catalogue of a language; empty when there is none yet."""
    file = path_of(language)
    return reading.read(file.read_bytes()) if file.is_file() else Catalogue(language)


def merged(template: tuple[Entry, ...], old: Catalogue) -> Catalogue:
    """The template's sentences with the words the old catalogue has for them; nothing is guessed or kept unused."""
    known = old.by_id()
    entries = tuple(_taken_over(entry, known, old.language) for entry in template)
    return Catalogue(old.language, entries, old.signature)


def _taken_over(entry: Entry, known: dict[Id, Entry], language: Language) -> Entry:
    before = known.get(entry.id)
    if before is None:
        return replace(entry, forms=forms_of_nothing(language, entry.many))
    return replace(entry, forms=before.forms, remarks=before.remarks, fuzzy=before.fuzzy)


def in_cyrillic(latin: Catalogue, language: Language, signature: Signature | None = None) -> Catalogue:
    """The Cyrillic Uzbek catalogue of the Latin one, with its own signature."""
    return Catalogue(
        language, tuple(replace(respelled(entry), remarks=(), fuzzy=False) for entry in latin.entries), signature
    )
