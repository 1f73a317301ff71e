"""The words of a name in the forms that search compares: as typed, by sound, by loose sound, by stem."""

from functools import lru_cache
from typing import NamedTuple

from desk_app.domain.names.cleaning import clean
from desk_app.domain.names.folding import loose, neutral
from desk_app.domain.names.known_names import usual_keys
from desk_app.domain.names.stems import stem_of_folded


class WordForms(NamedTuple):
    """One word: small letters as typed, one Latin letter for each sound, its loose key, and the loose keys of its stem
    and of the common names that this may be."""

    typed: str
    neutral: str
    loose: str
    stems: frozenset[str]


@lru_cache(maxsize=16384)
def word_forms(text: str) -> tuple[WordForms, ...]:
    """The words of a name or of what was typed, in order. Names repeat, so their forms are kept until `forget`."""
    return tuple(
        WordForms(word, folded, loose(folded), stem_keys(folded))
        for word in clean(text).lower().replace("-", " ").split()
        for folded in (neutral(word),)
    )


def stem_keys(folded: str) -> frozenset[str]:
    """The loose keys by which other endings and other usual spellings of a folded word are found."""
    cut = stem_of_folded(folded)
    keys = {loose(text) for text in (cut.text, cut.other) if text}
    return frozenset(keys.union(*map(usual_keys, keys)))


def forget_word_forms() -> None:
    """Empties the cache of words."""
    word_forms.cache_clear()
