"""Cleaning: one form of a typed name before it is compared, whatever the keyboard, font or program it came from."""

import re
import unicodedata

APOSTROPHE = "\u02bb"
"""The one apostrophe kept: MODIFIER LETTER TURNED COMMA, the letter sign of Uzbek oʻ and gʻ."""

MOST_CHARACTERS = 1000
"""Longer text is no name and is cut, so that hostile text costs no more than a few milliseconds."""

_APOSTROPHES = "'`\u00b4\u02bc\u02b9\u02bd\u02be\u02bf\u2018\u2019\u201b\u2032\uff07\uff40"

_SAME_LETTER = {
    "\u04bb": "ҳ",  # Kazakh shha stands in for the Tajik letter on keyboards without it
    "\u04ba": "Ҳ",
    "\u0450": "е",  # dictionaries put stress marks on vowels
    "\u045d": "и",
    "\u04b7": "ҷ",
    "\u04cc": "ҷ",  # Khakassian che looks the same and sits on some layouts
    "\u04cb": "Ҷ",
    "\u04c4": "қ",  # ka with hook, from Siberian layouts
    "\u04c3": "Қ",
    "\u049b": "қ",
    "\u04f1": "ӯ",  # u with two dots, the nearest on some phones
    "\u04f0": "Ӯ",
    "\u04e5": "ӣ",
    "\u04e4": "Ӣ",
}

_LATIN_IN_CYRILLIC = {
    **dict(zip("ABCEHKMOPTXYaceopxykmtb", "АВСЕНКМОРТХУасеорхукмтб", strict=True)),
    "h": "ҳ",  # drawn like һ, which stands for ҳ
    "i": "і",
    "I": "І",
}
_CYRILLIC_IN_LATIN = dict(zip("АВСЕНКМОРТХУасеорхукмтіІ", "ABCEHKMOPTXYaceopxykmtiI", strict=True))
_LOOKS_LATIN = frozenset("АВСЕНКМОРТХУасеорхуіІ")
_LOOKS_CYRILLIC = frozenset("ABCEHKMOPTXYaceopxyhiI")

_TO_CYRILLIC = str.maketrans(_LATIN_IN_CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC_IN_LATIN)
_FIRST_PASS = str.maketrans({**_SAME_LETTER, **dict.fromkeys(_APOSTROPHES, APOSTROPHE)})

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"\w+")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str) -> str:
    """The text in NFC, in one line, without control and direction marks, with one apostrophe and one script to a word.

    For comparing and searching; what the person wrote is stored unchanged elsewhere. Never raises.
    """
    plain = text[:MOST_CHARACTERS]
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain).translate(_FIRST_PASS)
    else:
        plain = plain.translate(_FIRST_PASS)
    if not plain.isprintable():
        plain = "".join(_printable(c) for c in plain)
    if _CYRILLIC.search(plain) and _LATIN.search(plain):
        plain = _WORD.sub(lambda found: _one_script(found[0]), plain)
    return " ".join(plain.split())


def _printable(character: str) -> str:
    """Spaces for breaks, nothing for marks that no eye sees."""
    if character in "\t\n\r\x0b\x0c\u2028\u2029\x85" or character.isspace():
        return " "
    return "" if unicodedata.category(character) in _DROPPED_CATEGORIES else character


def _one_script(word: str) -> str:
    """The word with look-alikes turned into its main script: that of the letters which look like no other."""
    cyrillic = [c for c in word if "\u0400" <= c <= "\u052f"]
    latin = [c for c in word if c.isascii() and c.isalpha()]
    if not cyrillic or not latin:
        return word
    surely_cyrillic = sum(c not in _LOOKS_LATIN for c in cyrillic)
    surely_latin = sum(c not in _LOOKS_CYRILLIC for c in latin)
    if surely_cyrillic == surely_latin:
        surely_cyrillic, surely_latin = len(cyrillic), len(latin)
    return word.translate(_TO_CYRILLIC if surely_cyrillic >= surely_latin else _TO_LATIN)
