"""What must be true of the catalogues before they ship; every complaint names the language and the English words."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from catalogue_files import (
    ROOT,
    TEMPLATE,
    extracted,
    forms_of,
    in_cyrillic,
    message_id,
    messages_of,
    path_of,
    read,
    written,
)

from desk_app.i18n.languages import ENGLISH, TRANSLATED, UZBEK_CYRILLIC, UZBEK_LATIN, Language
from desk_app.i18n.translator import placeholders
from desk_app.i18n.uzbek_cyrillic import KEPT

GLOSSARY = ROOT / "resources" / "glossary.csv"
Glossary = dict[str, dict[str, set[str]]]
"""English term in small letters -> language code -> the words it may be given."""

NAMES = frozenset({"роҳ", "roh"})
"""Words that stand in any language though its alphabet lacks a letter of them: the program's name."""

_WORD = re.compile(r"[^\W\d_]+(?:[ʻʼ'‘’`´][^\W\d_]+)*[ʻʼ'‘’`´]?")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_WRONG_QUOTES = {"tg": '“”"', "ru": '“”"', "uz_Latn": '«»"', "uz_Cyrl": '«»"'}
_WRONG_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['‘’`´]")
_QT_MARK = re.compile(r"%[1-9n]|</?[a-z]+>")
_ABBREVIATION = re.compile(r"\b[^\W\d_]{1,2}\.$")
_ENDS = ".…:?"


def complaints() -> list[str]:
    """Everything that is wrong, in the order of languages and messages."""
    template = extracted()
    found = []
    if not _same(TEMPLATE, written(template, ENGLISH)):
        found.append("desk_app.pot is not what the code says: run extract")
    glossary = read_glossary(GLOSSARY)
    for language in TRANSLATED:
        found += in_catalogue(language, read(language), template, glossary)
    cyrillic = written(in_cyrillic(read(UZBEK_LATIN), UZBEK_CYRILLIC), UZBEK_CYRILLIC)
    if not _same(path_of(UZBEK_CYRILLIC), cyrillic):
        found.append("uz_Cyrl is not what uz_Latn makes: run update")
    return found


def in_catalogue(language: Language, catalog: Catalog, template: Catalog, glossary: Glossary) -> list[str]:
    """What is wrong with one language's words."""
    wanted = {message_id(message) for message in messages_of(template)}
    present = {message_id(message) for message in messages_of(catalog)}
    found = [f"{language.code}: not taken over, run update: {one!r}" for one in sorted(wanted ^ present, key=str)]
    for message in messages_of(catalog):
        found += [
            f"{language.code}: {what}: {message_id(message)!r}" for what in in_message(language, message, glossary)
        ]
    return found


def in_message(language: Language, message: Message, glossary: Glossary) -> list[str]:
    """What is wrong with one message's words."""
    forms = forms_of(message)
    if not all(forms) or len(forms) != (language.plural_forms if message.pluralizable else 1):
        return ["not translated"]
    found = ["marked fuzzy"] if message.fuzzy else []
    for words in forms:
        found += [what for what, is_wrong in _RULES.items() if is_wrong(_source(message), words, language)]
        found += [f"{what} in {word!r}" for word, what in bad_words(words, language)]
    source = _source(message)
    allowed = glossary.get(_term(source), {}).get(language.code) if _is_heading(source) else None
    if allowed and not message.pluralizable and _term(forms[0]) not in allowed:
        found.append(f"the glossary says {' or '.join(sorted(allowed))}, not {forms[0]}")
    return found


def bad_words(words: str, language: Language) -> Iterator[tuple[str, str]]:
    """Words that mix scripts or hold a letter the language does not have."""
    for word in _WORD.findall(KEPT.sub(" ", words)):
        scripts = {unicodedata.name(letter).split()[0] for letter in word if letter.isalpha()} & {"LATIN", "CYRILLIC"}
        if len(scripts) > 1:
            yield word, "two scripts"
        elif word.lower() not in NAMES and set(word.lower()) - set(language.alphabet):
            yield word, "letters of another alphabet"


def read_glossary(file: Path) -> Glossary:
    """The glossary, each term also without what it says in brackets."""
    glossary: Glossary = defaultdict(lambda: defaultdict(set))
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    full = {_term(row["en"]) for row in rows}
    for row in rows:
        terms = {_term(row["en"])} | ({_bare(row["en"])} - full)
        for term in terms:
            for language in TRANSLATED:
                words = row[language.code]
                glossary[term][language.code] |= {_term(words), _bare(words)}
    return glossary


def _source(message: Message) -> str:
    # The plural holds every placeholder; the singular of other languages stands for 21 and 31 as well.
    return message.id if isinstance(message.id, str) else message.id[1]


def _is_heading(source: str) -> bool:
    # Small letters and outer spaces mean a part of a sentence or the unit of a number, which bends a term's form.
    return source == source.strip() and source[:1].isupper()


def _marks(words: str) -> tuple[object, ...]:
    # Ours, and those of Qt's own sentences: %1, %n and tags.
    return placeholders(words), sorted(_QT_MARK.findall(words))


def _term(words: str) -> str:
    return words.strip().rstrip(_ENDS).casefold()


def _bare(words: str) -> str:
    return _term(_ASIDE.sub("", words))


def _ends_otherwise(source: str, words: str) -> bool:
    end = source[-1] if source[-1] in _ENDS else ""
    if not end and _ABBREVIATION.search(words):
        return False
    return end != (words[-1] if words[-1] in _ENDS else "")


def _edges(words: str) -> tuple[str, str]:
    return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]


_RULES: dict[str, Callable[[str, str, Language], bool]] = {
    "other placeholders": lambda source, words, _: _marks(source) != _marks(words),
    "ends otherwise": lambda source, words, _: _ends_otherwise(source, words),
    "other spaces at its ends": lambda source, words, _: _edges(source) != _edges(words),
    "an exclamation mark": lambda source, words, _: "!" in words and "!" not in source,
    "not composed (NFC)": lambda _source, words, _: not unicodedata.is_normalized("NFC", words),
    "quotation marks of another language": lambda _, words, language: any(
        mark in words for mark in _WRONG_QUOTES[language.code]
    ),
    "an apostrophe that is not ʻ or ʼ": lambda _, words, language: (
        language is UZBEK_LATIN and _WRONG_APOSTROPHE.search(KEPT.sub(" ", words)) is not None
    ),
}


def _same(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text
