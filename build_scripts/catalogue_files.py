"""Catalogues on disk: read, merged and written so that the same words always give the same bytes.

No dates, no line numbers and no persons stand in them: a change of the code that changes no word changes no catalogue.
"""

import io
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from desk_app.i18n.languages import ENGLISH, Language
from desk_app.i18n.translator import DOMAIN
from desk_app.i18n.uzbek_cyrillic import to_cyrillic

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
TEMPLATE = TRANSLATIONS / f"{DOMAIN}.pot"

# A record has a `text` too: record.text("due") names a field, tr.text("today") says a word.
KEYWORDS = {"text": None, "plural": (1, 2), "N_": None}
NOTE = "Note:"
"""How a comment for translators starts in the code."""

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_ENGLISH_NAMES = {"tg": "Tajik", "ru": "Russian", "uz_Latn": "Uzbek (Latin)", "uz_Cyrl": "Uzbek (Cyrillic)"}
_ORIGINS = {"uz_Cyrl": "Generated from uz_Latn by build_scripts/catalogues.py: do not edit."}
_NOT_SIGNED = "Machine-assisted; no native reader has signed it yet."

Found = tuple[int, str, object, list[str]]
"""Line, function, words and notes, as Babel's extractors give them."""

Forms = str | tuple[str, ...]
Id = str | tuple[str, str]
"""A message's source words: one sentence, or the singular and the plural."""


def path_of(language: Language) -> Path:
    """Where a language's catalogue lies."""
    return TRANSLATIONS / language.code / "LC_MESSAGES" / f"{DOMAIN}.po"


def extracted() -> Catalog:
    """Every message of the code, in the order of the files, with the notes for translators."""
    catalog = _empty(ENGLISH)
    # Babel takes a function as well as the name of one; its types know only names.
    methods: list[Any] = [("**.py", _extracted_python)]
    found = extract_from_dir(
        ROOT / "desk_app",
        method_map=methods,
        keywords=KEYWORDS,
        comment_tags=(NOTE,),
        strip_comment_tags=True,
    )
    for file, _line, words, notes, _context in found:
        if words:
            origin = f"desk_app/{Path(file).as_posix()}"
            catalog.add(words, None, [(origin, 0)], auto_comments=notes)
    return catalog


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


def read(language: Language) -> Catalog:
    """The checked-in catalogue of a language; empty when there is none yet."""
    file = path_of(language)
    if not file.is_file():
        return _empty(language)
    with file.open("rb") as stream:
        return read_po(stream, domain=DOMAIN)


def merged(template: Catalog, old: Catalog, language: Language) -> Catalog:
    """The template's messages with the words the old catalogue has for them; nothing is guessed or kept unused."""
    known = {message_id(message): message for message in old if message.id}

    def translated(message: Message) -> Message:
        before = known.get(message_id(message))
        if before is None:
            blank: Forms = ("",) * language.plural_forms if message.pluralizable else ""
            return _reworded(message, blank)
        after = _reworded(message, forms_of(before) if before.pluralizable else forms_of(before)[0])
        after.user_comments = before.user_comments
        if before.fuzzy:
            after.flags.add("fuzzy")
        return after

    return _filled(language, map(translated, messages_of(template)))


def in_cyrillic(latin: Catalog, language: Language) -> Catalog:
    """The Cyrillic Uzbek catalogue of the Latin one."""

    def respelled(message: Message) -> Message:
        forms = forms_of(message)
        return _reworded(message, tuple(map(to_cyrillic, forms)) if message.pluralizable else to_cyrillic(forms[0]))

    return _filled(language, map(respelled, messages_of(latin)))


def messages_of(catalog: Catalog) -> Iterator[Message]:
    """The messages without the header."""
    return (message for message in catalog if message.id)


def message_id(message: Message) -> Id:
    """The source words as something to look up by."""
    return (message.id[0], message.id[1]) if isinstance(message.id, (list, tuple)) else message.id


def forms_of(message: Message) -> tuple[str, ...]:
    """The translated forms: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def written(catalog: Catalog, language: Language) -> str:
    """The catalogue as text; for English, the template."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=0, omit_header=True, ignore_obsolete=True, include_lineno=False)
    return _header(language) + stream.getvalue().decode("utf-8").rstrip("\n") + "\n"


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as gettext loads it."""
    catalog.creation_date = catalog.revision_date = _NO_DATE
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def _empty(language: Language) -> Catalog:
    catalog = Catalog(
        domain=DOMAIN,
        project="Roh",
        version="words",
        last_translator="",
        language_team="",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        fuzzy=False,
    )
    catalog.mime_headers = [("Plural-Forms", language.plural_rule)]
    return catalog


def _filled(language: Language, messages: Iterable[Message]) -> Catalog:
    catalog = _empty(language)
    for message in messages:
        catalog[message.id] = message
    return catalog


def _reworded(message: Message, words: Forms) -> Message:
    return Message(
        message.id,
        words,
        message.locations,
        message.flags - {"fuzzy"},
        message.auto_comments,
        message.user_comments,
    )


def _header(language: Language) -> str:
    lines = [
        f"# {_ENGLISH_NAMES.get(language.code, 'Source')} words of Roh.",
        f"# {_ORIGINS.get(language.code, _NOT_SIGNED)}" if language is not ENGLISH else "# Written by extract.",
        'msgid ""',
        'msgstr ""',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
    ]
    if language is not ENGLISH:
        lines += [f'"Language: {language.code}\\n"', f'"Plural-Forms: {language.plural_rule}\\n"']
    return "\n".join(lines) + "\n\n"
