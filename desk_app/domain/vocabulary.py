"""Vocabularies: choices with permanent codes whose words live in the catalogues of every language.

A coordinator may add choices to an open vocabulary and switch off old ones. An own choice has a code of a form of its
own, and any such code is valid in an open vocabulary, whether or not its words have arrived: so what a record holds
never depends on the order in which changes come. Its words are no msgids: they come with a record of their own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OWN_CODE = re.compile(r"x_[a-z0-9]{1,38}")
"""The code of a choice that a coordinator added: at most 40 characters (storage/FORMAT.md, "Own choices")."""


def N_(words: str) -> str:
    """Marks English source words for the catalogues and returns them unchanged."""
    return words


def is_own_code(code: object) -> bool:
    """Whether it is written as the code of an own choice is."""
    return isinstance(code, str) and OWN_CODE.fullmatch(code) is not None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The choices of one kind of field: permanent code -> English source words, in the order they are shown.

    `open` says that a coordinator may add to it: no rule depends on which codes there are, only on some of them.
    """

    name: str
    words: Mapping[str, str]
    open: bool = False

    def __contains__(self, code: object) -> bool:
        return code in self.words or (self.open and is_own_code(code))


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """What a coordinator said of one choice: words by language code for an own one, none for a shipped one."""

    vocabulary: str
    code: str
    words: Mapping[str, str]
    off: bool = False


@dataclass(frozen=True, slots=True)
class OwnChoices:
    """Everything that coordinators said of choices, in the order in which own ones are shown."""

    said: tuple[OwnChoice, ...] = ()

    def codes(self, vocabulary: Vocabulary) -> tuple[str, ...]:
        """Every code there are words for: the shipped ones first."""
        return (*vocabulary.words, *(one.code for one in self._of(vocabulary) if one.code not in vocabulary.words))

    def offered(self, vocabulary: Vocabulary) -> tuple[str, ...]:
        """The codes to choose from: all but those that are switched off. There is always something to choose."""
        off = {one.code for one in self._of(vocabulary) if one.off}
        return tuple(code for code in self.codes(vocabulary) if code not in off) or tuple(vocabulary.words)

    def words(self, vocabulary: Vocabulary, code: str, languages: Sequence[str]) -> str:
        """The words of an own choice in the first of the languages that has some; empty where none arrived."""
        for one in self._of(vocabulary):
            if one.code == code:
                return next((one.words[language] for language in languages if one.words.get(language)), "")
        return ""

    def _of(self, vocabulary: Vocabulary) -> tuple[OwnChoice, ...]:
        return tuple(one for one in self.said if one.vocabulary == vocabulary.name) if vocabulary.open else ()


SHIPPED = OwnChoices()
"""Nothing was added and nothing switched off."""
