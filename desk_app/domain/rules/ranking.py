"""How well a person who was found fits what was typed: decides the order of hits, never whether there is a hit."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from desk_app.domain import names
from desk_app.domain.names import WordForms, word_forms


class Why(StrEnum):
    """Why a person was found; the words for it live in the catalogues."""

    NUMBER = "number"
    PHONE = "phone"
    PAPER = "paper"
    SAME = "same"
    BEGINNING = "beginning"
    OTHER_SPELLING = "other_spelling"
    OTHER_ENDING = "other_ending"
    OTHER_NAME = "other_name"
    OTHER_LAYOUT = "other_layout"
    SLIP = "slip"


class Written(NamedTuple):
    """What is on record of a person and may be typed: names in order, further names, numbers by what they are."""

    names: Sequence[str]
    others: Sequence[str] = ()
    numbers: Sequence[str] = ()
    phones: Sequence[str] = ()
    papers: Sequence[str] = ()


class Fit(NamedTuple):
    """How well one word, one number or all that was typed fits: 0..1, and why."""

    points: float
    why: Why


_NO_FIT = Fit(0.3, Why.OTHER_SPELLING)
_NEXT_NAME = 0.01
"""Less for each name behind the first, so that surnames come before the same given names."""
_FURTHER_NAME = 0.05
"""Less for a former name, or for the one in the paper."""
_FEWEST_LETTERS = 2
_FEWEST_DIGITS = 3
"""Of a part of a number; fewer are a whole one or nothing."""
_NEXT_READING = 0.02


class Ranking:
    """What was typed, made ready once to be held against hundreds of people. Names repeat, so fits are remembered."""

    def __init__(self, typed: str) -> None:
        asked = names.asked(typed)
        forms = [form for word in names.typed_words(asked.words) for form in word_forms(word)]
        self._words: list[tuple[WordForms, dict[str, Fit]]] = [(form, {}) for form in forms]
        self._numbers = asked.numbers
        self._whole = asked.whole

    def fit(self, written: Written) -> Fit:
        """How well a person fits; the weakest of the words says why."""
        if self._whole and (whole := _number_fit(self._whole, written)) is not _NO_FIT:
            return whole
        fits = [_word_fit(word, remembered, written) for word, remembered in self._words]
        fits += [_number_fit(readings, written) for readings in self._numbers]
        if not fits:
            return Fit(0.0, Why.OTHER_SPELLING)
        return fits[0] if len(fits) == 1 else Fit(sum([fit.points for fit in fits]) / len(fits), min(fits).why)


def _word_fit(word: WordForms, remembered: dict[str, Fit], written: Written) -> Fit:
    best = _NO_FIT
    less = 0.0
    for name in written.names:
        found = remembered.get(name) or _remember(word, remembered, name)
        if found.points - less > best.points:
            best = Fit(found.points - less, found.why) if less else found
        less += _NEXT_NAME
    for name in written.others:
        found = remembered.get(name) or _remember(word, remembered, name)
        if found.points - _FURTHER_NAME > best.points:
            best = Fit(found.points - _FURTHER_NAME, Why.OTHER_NAME)
    return best


def _remember(word: WordForms, remembered: dict[str, Fit], name: str) -> Fit:
    best = remembered[name] = max((_fit(word, form) for form in word_forms(name)), default=_NO_FIT)
    return best


def _fit(word: WordForms, name: WordForms) -> Fit:
    if name.typed == word.typed:
        return Fit(1.0, Why.SAME)
    if name.neutral == word.neutral:
        return Fit(0.95, Why.OTHER_SPELLING)
    if name.loose == word.loose:
        return Fit(0.92, Why.OTHER_SPELLING)
    if name.typed.startswith(word.typed):
        return Fit(0.8 + 0.1 * len(word.typed) / len(name.typed), Why.BEGINNING)
    if name.neutral.startswith(word.neutral):
        return Fit(0.7 + 0.1 * len(word.neutral) / len(name.neutral), Why.OTHER_SPELLING)
    if len(word.neutral) > _FEWEST_LETTERS and not name.stems.isdisjoint(word.stems):
        return Fit(0.68, Why.OTHER_ENDING)
    if not name.known.isdisjoint(word.known):
        return Fit(0.66, Why.OTHER_SPELLING)
    return Fit(0.5, Why.OTHER_SPELLING) if name.loose.startswith(word.loose) else _NO_FIT


def _number_fit(readings: Sequence[str], written: Written) -> Fit:
    """How well a number fits: that of the client before a telephone's and a paper's, the whole before a part."""
    best, why, less = _NO_FIT.points, _NO_FIT.why, 0.0
    kept = ((written.numbers, _of_number, Why.NUMBER), (written.phones, _of_phone, Why.PHONE))
    for reading in readings:
        for numbers, share, what in (*kept, (written.papers, _of_paper, Why.PAPER)):
            for number in numbers:
                points = share(reading, number) - less
                if points > best:
                    best, why = points, what
        less += _NEXT_READING
    return Fit(best, why) if best > _NO_FIT.points else _NO_FIT


def _of_number(reading: str, kept: str) -> float:
    """A client's number: all of it, the count at its end with or without the desk's letters, its beginning."""
    letters = reading.rstrip("0123456789")
    if kept.endswith("-" + reading[len(letters) :]) and (not letters or names.compact(kept).startswith(letters)):
        return 0.98
    return _of_paper(reading, kept)


def _of_paper(reading: str, kept: str) -> float:
    # Folding letters is dear, and seldom needed: most numbers are typed without.
    whole = names.digits(kept) if reading.isdigit() else names.compact(kept)
    if reading == whole:
        return 1.0
    return 0.9 if len(reading) >= _FEWEST_DIGITS and whole.startswith(reading) else 0.0


def _of_phone(reading: str, kept: str) -> float:
    figures = names.digits(kept)
    if len(reading) < _FEWEST_DIGITS or reading not in figures:
        return 0.0
    if reading == figures or (len(reading) > 8 and figures.endswith(reading)):
        return 1.0
    return 0.88 if figures.endswith(reading) else 0.9
