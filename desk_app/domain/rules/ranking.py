"""How well a person who was found fits what was typed: decides the order of hits, never whether there is a hit."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from desk_app.domain.names import WordForms, word_forms


class Why(StrEnum):
    """Why a person was found; the words for it live in the catalogues."""

    NUMBER = "number"
    SAME = "same"
    BEGINNING = "beginning"
    OTHER_SPELLING = "other_spelling"
    OTHER_LAYOUT = "other_layout"


_FEWEST_DIGITS = 3
_NEXT_WORD = 0.01
"""Less for each place a name stands behind the first, so that surnames come before the same given names."""


def rank(typed: str, spellings: Sequence[str], numbers: Iterable[str]) -> tuple[float, Why]:
    """How well what was typed fits a person's names and numbers, 0..1, and why."""
    digits = _digits(typed)
    if len(digits) >= _FEWEST_DIGITS and any(digits in _digits(number) for number in numbers):
        return 1.0, Why.NUMBER
    names = [word for spelling in spellings for word in word_forms(spelling)]
    fits = [_best(word, names) for word in word_forms(typed)]
    if not fits:
        return 0.0, Why.OTHER_SPELLING
    weakest = min(fits)[1]
    return round(sum(points for points, _ in fits) / len(fits), 4), weakest


def _best(word: WordForms, names: Sequence[WordForms]) -> tuple[float, Why]:
    fits = [_fit(word, name, place) for place, name in enumerate(names)]
    return max(fits, default=(0.0, Why.OTHER_SPELLING))


def _fit(word: WordForms, name: WordForms, place: int) -> tuple[float, Why]:
    less = _NEXT_WORD * min(place, 9)
    if name.typed == word.typed:
        return 1.0 - less, Why.SAME
    if name.typed.startswith(word.typed):
        return 0.8 - less + 0.1 * len(word.typed) / len(name.typed), Why.BEGINNING
    if name.neutral == word.neutral:
        return 0.85 - less, Why.OTHER_SPELLING
    if name.neutral.startswith(word.neutral):
        return 0.6 - less + 0.1 * len(word.neutral) / len(name.neutral), Why.OTHER_SPELLING
    return (0.5 if name.loose.startswith(word.loose) else 0.3) - less, Why.OTHER_SPELLING


def _digits(text: str) -> str:
    return "".join(char for char in text if char in "0123456789")
