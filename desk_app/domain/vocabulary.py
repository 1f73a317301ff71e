"""Vocabularies: choices with permanent codes whose words live in the catalogues of every language."""

from collections.abc import Mapping
from dataclasses import dataclass


def N_(words: str) -> str:
    """Marks English source words for the catalogues and returns them unchanged."""
    return words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The choices of one kind of field: permanent code -> English source words, in the order they are shown."""

    name: str
    words: Mapping[str, str]

    def __contains__(self, code: object) -> bool:
        return code in self.words
