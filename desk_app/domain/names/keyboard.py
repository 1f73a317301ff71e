"""Text typed while the keyboard stood in the other layout: ЙЦУКЕН for QWERTY and back."""

import re

_QWERTY = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_QWERTY_SHIFT = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
_RUSSIAN_SHIFT = _RUSSIAN.upper()

_AS_RUSSIAN = str.maketrans(_QWERTY + _QWERTY_SHIFT, _RUSSIAN + _RUSSIAN_SHIFT)
_AS_LATIN = str.maketrans(_RUSSIAN + _RUSSIAN_SHIFT, _QWERTY + _QWERTY_SHIFT)
_CYRILLIC = re.compile("[\u0400-\u052f]")
_VOWELS = frozenset("aeiouyаеёиоуыэюяӣӯў")


def same_keys(text: str) -> str:
    """What the same keys give in the other layout, whatever comes of it."""
    return text.translate(_AS_LATIN if _CYRILLIC.search(text) else _AS_RUSSIAN)


def layout_variants(text: str) -> tuple[str, ...]:
    """What the same keys give in the other layout: none, or one reading with vowels where a word needs them."""
    other = same_keys(text)
    letters = [c for c in other.lower() if c.isalpha()]
    if other == text or not letters or (len(letters) > 2 and not _VOWELS.intersection(letters)):
        return ()
    return (other,)


def in_likely_layout(text: str) -> str:
    """The text, or the same keys in the other layout when only that one can be spoken (a name of `rfhbvjd`)."""
    if _vowel_share(text) >= 0.2:
        return text
    for other in layout_variants(text):
        if _vowel_share(other) >= 0.3:
            return other
    return text


def _vowel_share(text: str) -> float:
    letters = [c for c in text.lower() if c.isalpha()]
    if len(letters) < 5:
        return 1.0
    return sum(c in _VOWELS for c in letters) / len(letters)
