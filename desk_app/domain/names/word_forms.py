"""The words of a name in the forms that search compares: as typed, by sound, by loose sound, by stem."""

from functools import lru_cache
from typing import NamedTuple

from desk_app.domain.names.cleaning import clean
from desk_app.domain.names.folding import loose, neutral
from desk_app.domain.names.known_names import usual_keys
from desk_app.domain.names.stems import stem_of_folded


class WordForms(NamedTuple):
    """One word: small letters as typed, one Latin letter for each sound, its loose key, the loose keys of its stem, and
    those of the common names that this may be."""

    typed: str
    neutral: str
    loose: str
    stems: frozenset[str]
    known: frozenset[str]


@lru_cache(maxsize=16384)
def word_forms(text: str) -> tuple[WordForms, ...]:
    """The words of a name or of what was typed, in order. Names repeat, so their forms are kept until `forget`."""
    words = clean(text).lower().replace("-", " ").split()
    return tuple(
        WordForms(word, folded, loose(folded), stems, _known(stems))
        for word in words
        for folded in (neutral(word),)
        for stems in (_stems(folded),)
    )


def stem_keys(folded: str) -> frozenset[str]:
    """The loose keys by which other endings and other usual spellings of a folded word are found."""
    stems = _stems(folded)
    return stems | _known(stems)


def _stems(folded: str) -> frozenset[str]:
    cut = stem_of_folded(folded)
    return frozenset(loose(text) for text in (cut.text, cut.other) if text)


def _known(stems: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(usual_keys, stems))


def forget_word_forms() -> None:
    """Empties the cache of words."""
    word_forms.cache_clear()
