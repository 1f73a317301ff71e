"""What somebody typed into the search box, parted into the words of names and into numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from desk_app.domain.names.numbers import is_number, number_readings

_LONGEST = 320
_MOST_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """`words` without the pieces that have digits; `numbers` what each number may mean, all of them to be met;
    `whole` what everything typed means as one number. Empty where there is nothing of the sort.
    """

    words: str
    numbers: tuple[tuple[str, ...], ...] = ()
    whole: tuple[str, ...] = ()


def asked(text: str) -> Asked:
    """Parts what was typed: pieces with digits that stand beside each other are one number (93 500 12 34)."""
    parted = [(numeric, list(pieces)) for numeric, pieces in groupby(text[:_LONGEST].split(), is_number)]
    numbers = _read(" ".join(pieces) for numeric, pieces in parted if numeric)
    words = " ".join(piece for numeric, pieces in parted if not numeric for piece in pieces)
    return Asked(words, numbers[:_MOST_NUMBERS], number_readings(text) if numbers else ())


def _read(numbers: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(readings for number in numbers if (readings := number_readings(number)))
