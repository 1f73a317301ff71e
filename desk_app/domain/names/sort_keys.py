"""Sort keys: text in the order of a language's alphabet, as plain ASCII that a database compares byte by byte.

Own tables, because no collation at hand knows Tajik and Uzbek Cyrillic, or Uzbek Latin with all its apostrophes.
"""

import re
import string
from functools import lru_cache

from desk_app.domain.names.cleaning import APOSTROPHE, MOST_CHARACTERS, clean

_TAJIK = "а б в г ғ д е ё ж з и ӣ й к қ л м н о п р с т у ӯ ў ф х ҳ ц ч ҷ ш щ ъ ы ь э ю я і".split()
_RUSSIAN = "а б в г ғ д её ж з и ӣ й к қ л м н о п р с т у ӯ ў ф х ҳ ц ч ҷ ш щ ъ ы ь э ю я і".split()
_UZBEK_CYRILLIC = "а б в г д е ё ж ҷ з и ӣ й к л м н о п р с т у ӯ ф х ц ч ш щ ъ ы ь э ю я ў қ ғ ҳ і".split()
_UZBEK_LATIN = f"a b c d e f g h i j k l m n o p q r s t u v w x y z o{APOSTROPHE} g{APOSTROPHE} sh ch".split()
_ENGLISH = list(string.ascii_lowercase)

_FOREIGN = "~"
"""Before a letter of the other script: behind every letter of the language's own."""
_CODES = string.ascii_uppercase + string.ascii_lowercase


class _Alphabet:
    """Letters in order, some of them two signs, some sharing a place, and those of the other script behind them."""

    def __init__(self, own: list[str], other: list[str]) -> None:
        self._codes: dict[str, str] = {}
        for prefix, letters in ((_FOREIGN, other), ("", own)):
            for code, letter in zip(_CODES, letters, strict=False):
                signs = [letter] if APOSTROPHE in letter or letter in ("sh", "ch") else list(letter)
                self._codes.update(dict.fromkeys(signs, prefix + code))
        longest_first = sorted(self._codes, key=len, reverse=True)
        self._letters = re.compile("|".join(map(re.escape, longest_first)) + "|.", re.DOTALL)

    def key(self, text: str) -> str:
        """The text's letters as codes, digits as they are, every gap between words as one space."""
        codes = (self._code(letter) for letter in self._letters.findall(text))
        return " ".join("".join(codes).split())

    def _code(self, letter: str) -> str:
        known = self._codes.get(letter)
        if known is not None:
            return known
        if letter == APOSTROPHE:
            return ""
        if letter.isascii():
            return letter if letter.isdigit() else " "
        return f"~~{ord(letter):06x}" if letter.isalpha() else " "


_ALPHABETS = {
    "tg": _Alphabet(_TAJIK, _ENGLISH),
    "ru": _Alphabet(_RUSSIAN, _ENGLISH),
    "uz_Cyrl": _Alphabet(_UZBEK_CYRILLIC, _ENGLISH),
    "uz_Latn": _Alphabet(_UZBEK_LATIN, _TAJIK),
    "en": _Alphabet(_ENGLISH, _TAJIK),
}

LANGUAGES = tuple(_ALPHABETS)
"""The languages that have an order of their own here."""


def sort_key(text: str, language: str) -> str:
    """An ASCII text whose byte order is the language's order: apostrophes folded, case and punctuation aside.

    Letters of the other script stand behind the language's own, those of further scripts behind both.

    Raises `KeyError` for a language not in `LANGUAGES`.
    """
    alphabet = _ALPHABETS[language]
    return " ".join(key for word in text[:MOST_CHARACTERS].split() if (key := _word_key(alphabet, word)))


@lru_cache(maxsize=16384)
def _word_key(alphabet: _Alphabet, word: str) -> str:
    # Names repeat: a list of thousands is sorted by some hundreds of words.
    return alphabet.key(clean(word).lower())


def forget_sort_keys() -> None:
    """Empties the cache of words in order."""
    _word_key.cache_clear()
