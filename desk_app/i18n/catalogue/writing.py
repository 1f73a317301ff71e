"""Sentences -> a catalogue's file: text for people and editors, or the compiled form that gettext loads.

The same words always give the same bytes: no dates, no line numbers and no names but a signature's stand in them.
"""

import struct
import textwrap
from collections.abc import Iterator, Sequence

from desk_app.i18n.catalogue.entry import Catalogue, Entry
from desk_app.i18n.languages import Language
from desk_app.i18n.placeholders import placeholders

_ENGLISH_NAMES = {"tg": "Tajik", "ru": "Russian", "uz_Latn": "Uzbek (Latin)", "uz_Cyrl": "Uzbek (Cyrillic)"}
_ORIGINS = {"uz_Cyrl": "Generated from uz_Latn by build_scripts/catalogues.py: do not edit."}
_NOT_SIGNED = "Machine-assisted; no native reader has signed it yet."
_SIGNED = "Read and signed by a native reader; see X-Signed-By below."
_PLAIN = ("Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit")
_WIDTH = 76
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_MO_MAGIC = 0x950412DE


def written(catalogue: Catalogue) -> str:
    """The catalogue as a PO file."""
    code = catalogue.language.code
    signed = _SIGNED if catalogue.signature is not None else _NOT_SIGNED
    titles = (f"{_ENGLISH_NAMES[code]} words of Roh.", _ORIGINS.get(code, signed))
    return _file(titles, _head(catalogue), catalogue.entries)


def written_template(entries: Sequence[Entry], titles: Sequence[str]) -> str:
    """The English sentences alone, with nothing translated, under comments that say what the file is."""
    return _file(titles, _PLAIN, entries)


def compiled(catalogue: Catalogue) -> bytes:
    """The catalogue as gettext loads it (GNU gettext manual, "The Format of GNU MO Files"); what is not translated is
    left out, and so is found in the language that is asked next."""
    pairs = {b"": "".join(f"{line}\n" for line in _head(catalogue)).encode("utf-8")}
    for entry in catalogue.entries:
        if entry.is_translated and not entry.fuzzy:
            source = "\0".join((entry.one, entry.many) if entry.many else (entry.one,))
            pairs[source.encode("utf-8")] = "\0".join(entry.forms).encode("utf-8")
    keys = sorted(pairs)
    table = 7 * 4
    place = table + 16 * len(keys)
    rows, words = bytearray(), bytearray()
    for string in (*keys, *(pairs[key] for key in keys)):
        rows += struct.pack("<2I", len(string), place + len(words))
        words += string + b"\0"
    head = struct.pack("<7I", _MO_MAGIC, 0, len(keys), table, table + 8 * len(keys), 0, place)
    return head + rows + words


def _head(catalogue: Catalogue) -> tuple[str, ...]:
    language, signature = catalogue.language, catalogue.signature
    lines = (*_PLAIN, f"Language: {language.code}", f"Plural-Forms: {language.plural_rule}")
    if signature is None:
        return lines
    signed = (f"X-Signed-By: {signature.by}", f"X-Signed-On: {signature.on}", f"X-Signed-Words: {signature.words}")
    return (*lines, *signed)


def _file(titles: Sequence[str], head: Sequence[str], entries: Sequence[Entry]) -> str:
    lines = [f"# {title}" for title in titles]
    lines += ['msgid ""', 'msgstr ""', *(_quoted(f"{line}\n") for line in head)]
    for entry in entries:
        lines += ["", *_entry(entry)]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    for mark, comments in (("#", entry.remarks), ("#.", entry.notes), ("#:", (" ".join(sorted(entry.places)),))):
        for comment in comments:
            yield from (f"{mark} {line}" for line in textwrap.wrap(comment, _WIDTH, break_long_words=False))
    flags = [name for name, is_so in _flags(entry).items() if is_so]
    if flags:
        yield f"#, {', '.join(flags)}"
    yield from _string("msgid", entry.one)
    if not entry.many:
        yield from _string("msgstr", entry.forms[0])
        return
    yield from _string("msgid_plural", entry.many)
    for number, form in enumerate(entry.forms):
        yield from _string(f"msgstr[{number}]", form)


def _flags(entry: Entry) -> dict[str, bool]:
    return {"fuzzy": entry.fuzzy, "python-brace-format": bool(placeholders(entry.one + entry.many))}


def _string(keyword: str, words: str) -> Iterator[str]:
    lines = words.splitlines(keepends=True)
    if len(lines) < 2:
        yield f"{keyword} {_quoted(words)}"
        return
    yield f'{keyword} ""'
    yield from map(_quoted, lines)


def _quoted(words: str) -> str:
    return f'"{words.translate(_ESCAPES)}"'


def forms_of_nothing(language: Language, many: str) -> tuple[str, ...]:
    """As many empty forms as the language has for a sentence without or with a plural."""
    return ("",) * (language.plural_forms if many else 1)
