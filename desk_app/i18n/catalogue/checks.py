"""What must be true of a translation before it stands on a screen: of the shipped ones and of those taken back."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desk_app.domain.vocabulary import N_, Vocabulary
from desk_app.i18n.catalogue.entry import Entry
from desk_app.i18n.catalogue.glossary import ENDS, Glossary, allowed, term
from desk_app.i18n.languages import UZBEK_LATIN, Language
from desk_app.i18n.placeholders import placeholders
from desk_app.i18n.uzbek_cyrillic import KEPT


class Fault(StrEnum):
    """What can be wrong with a translation."""

    UNTRANSLATED = "untranslated"
    UNSURE = "unsure"
    PLACEHOLDERS = "placeholders"
    ENDS = "ends"
    SPACES = "spaces"
    EXCLAMATION = "exclamation"
    QUOTES = "quotes"
    APOSTROPHE = "apostrophe"
    ACCENTS = "accents"
    UNSEEN = "unseen"
    LONG = "long"
    SCRIPTS = "scripts"
    ALPHABET = "alphabet"
    GLOSSARY = "glossary"
    UNKNOWN = "unknown"
    TWICE = "twice"


FAULT = Vocabulary(
    "catalogue_fault",
    {
        Fault.UNTRANSLATED: N_("Not every form of the sentence is translated."),
        Fault.UNSURE: N_("The translation is marked as unsure."),
        Fault.PLACEHOLDERS: N_("The words in braces are not those of the English sentence."),
        Fault.ENDS: N_("The translation ends with another sign than the English sentence."),
        Fault.SPACES: N_("The translation has other spaces at its ends than the English sentence."),
        Fault.EXCLAMATION: N_("The translation has an exclamation mark."),
        Fault.QUOTES: N_("The quotation marks are those of another language."),
        Fault.APOSTROPHE: N_("An apostrophe is not ʻ or ʼ."),
        Fault.ACCENTS: N_("A letter is put together of two signs."),
        Fault.UNSEEN: N_("There are signs that cannot be seen."),
        Fault.LONG: N_("The translation is much longer than the English sentence."),
        Fault.SCRIPTS: N_("A word mixes Latin and Cyrillic letters"),
        Fault.ALPHABET: N_("A word has letters of another alphabet"),
        Fault.GLOSSARY: N_("The glossary has another word"),
        Fault.UNKNOWN: N_("The program has no such sentence."),
        Fault.TWICE: N_("The sentence stands in the file twice."),
    },
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong; `about` is the word it is about, empty where it is the whole sentence."""

    fault: Fault
    about: str = ""


NAMES = frozenset({"роҳ", "roh"})
"""Words that stand in any language though its alphabet lacks a letter of them: the program's name."""

_MANY_TIMES, _SOME = 3, 30
"""A translation may have so many times the characters of the English sentence, and some: «Изменить» for “Edit”."""

_WORD = re.compile(r"[^\W\d_]+(?:[ʻʼ'‘’`´][^\W\d_]+)*[ʻʼ'‘’`´]?")
_WRONG_QUOTES = {"tg": '“”"', "ru": '“”"', "uz_Latn": '«»"', "uz_Cyrl": '«»"'}
_WRONG_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['‘’`´]")
_MARK = re.compile(r"%[1-9n]|<[^<>]*>|[<>]")
_ABBREVIATION = re.compile(r"\b[^\W\d_]{1,2}\.$")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def complaints(entry: Entry, language: Language, glossary: Glossary) -> list[Complaint]:
    """What is wrong with a translation; the first of it comes first."""
    if not entry.is_translated or len(entry.forms) != (language.plural_forms if entry.many else 1):
        return [Complaint(Fault.UNTRANSLATED)]
    found = [Complaint(Fault.UNSURE)] if entry.fuzzy else []
    for words in entry.forms:
        faults = [fault for fault, is_wrong in _RULES.items() if is_wrong(entry.source, words, language)]
        found += map(Complaint, faults)
        # A page of words has thousands of bad ones.
        found += () if Fault.LONG in faults else bad_words(words, language)
    terms = frozenset[str]() if entry.many else allowed(glossary, entry.source, language)
    if terms and term(entry.forms[0]) not in terms:
        found.append(Complaint(Fault.GLOSSARY, ", ".join(sorted(terms))))
    return list(dict.fromkeys(found))


def can_be_filled(entry: Entry, language: Language) -> bool:
    """Whether showing the translation cannot fail, whatever else may be wrong with it."""
    forms = language.plural_forms if entry.many else 1
    return len(entry.forms) == forms and all(
        words and placeholders(words) == placeholders(entry.source) for words in entry.forms
    )


def bad_words(words: str, language: Language) -> Iterator[Complaint]:
    """Words that mix scripts or hold a letter the language does not have."""
    for word in _WORD.findall(KEPT.sub(" ", words)):
        scripts = {unicodedata.name(letter).split()[0] for letter in word if letter.isalpha()} & {"LATIN", "CYRILLIC"}
        if len(scripts) > 1:
            yield Complaint(Fault.SCRIPTS, word)
        elif word.lower() not in NAMES and set(word.lower()) - set(language.alphabet):
            yield Complaint(Fault.ALPHABET, word)


def _marks(words: str) -> tuple[object, ...]:
    # Ours, and those of Qt's own sentences: %1, %n and tags. A tag that is not in the English may fetch pictures.
    return placeholders(words), sorted(_MARK.findall(words))


def _ends_otherwise(source: str, words: str) -> bool:
    end = source[-1] if source[-1] in ENDS else ""
    if not end and _ABBREVIATION.search(words):
        return False
    return end != (words[-1] if words[-1] in ENDS else "")


def _edges(words: str) -> tuple[str, str]:
    return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]


def _unseen(words: str) -> bool:
    return any(unicodedata.category(sign) in _UNSEEN for sign in words.replace("\n", ""))


_RULES: dict[Fault, Callable[[str, str, Language], bool]] = {
    Fault.PLACEHOLDERS: lambda source, words, _: _marks(source) != _marks(words),
    Fault.ENDS: lambda source, words, _: _ends_otherwise(source, words),
    Fault.SPACES: lambda source, words, _: _edges(source) != _edges(words),
    Fault.EXCLAMATION: lambda source, words, _: "!" in words and "!" not in source,
    Fault.ACCENTS: lambda _source, words, _: not unicodedata.is_normalized("NFC", words),
    Fault.UNSEEN: lambda _source, words, _: _unseen(words),
    Fault.LONG: lambda source, words, _: len(words) > _MANY_TIMES * len(source) + _SOME,
    Fault.QUOTES: lambda _, words, language: any(mark in words for mark in _WRONG_QUOTES[language.code]),
    Fault.APOSTROPHE: lambda _, words, language: (
        language is UZBEK_LATIN and _WRONG_APOSTROPHE.search(KEPT.sub(" ", words)) is not None
    ),
}
