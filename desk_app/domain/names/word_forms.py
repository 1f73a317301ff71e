"""The words of a name in the forms that search compares: as typed, by sound, by loose sound."""

from functools import lru_cache
from typing import NamedTuple

from desk_app.domain.names.cleaning import clean
from desk_app.domain.names.folding import loose, neutral


class WordForms(NamedTuple):
    """One word: small letters as typed, one Latin letter for each sound, and its loose key."""

    typed: str
    neutral: str
    loose: str


@lru_cache(maxsize=16384)
def word_forms(text: str) -> tuple[WordForms, ...]:
    """The words of a name or of what was typed, in order. Names repeat, so their forms are kept until `forget`."""
    return tuple(
        WordForms(word, folded, loose(folded)) for word in clean(text).lower().split() for folded in (neutral(word),)
    )


def forget_word_forms() -> None:
    """Empties the cache of words."""
    word_forms.cache_clear()
