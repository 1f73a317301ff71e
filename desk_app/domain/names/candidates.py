"""Which records are worth comparing at all: those that share a key."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from desk_app.domain.names.facts import PersonFacts, paper_numbers, phone_ends, swapped
from desk_app.domain.names.known_names import usual_keys
from desk_app.domain.names.tokens import Role, Token, joined, tokens

STEM_KEY = "n:"
"""What the key of a name's loose stem starts with."""
_MOST_OTHERS = 6
_LONGEST_PLACE = 60


def candidate_keys(facts: PersonFacts) -> tuple[str, ...]:
    """The keys of a record, sorted: loose stems `n:`, birth date and its swap `b:`, phone ends `p:`, papers `d:`,
    place and day of release `e:`.

    Two records that share none are never compared. Fathers' names give no key: too many share them.
    """
    name, release = facts.name, (facts.institution, facts.release_date)
    return keys_of(name.surname, name.given_name, name.others, facts.birth_date, facts.phones, facts.papers, release)


def keys_of(
    surname: str,
    given_name: str,
    others: Sequence[str],
    birth_date: str,
    phones: Sequence[str],
    papers: Sequence[str],
    release: tuple[str, str] = ("", ""),
) -> tuple[str, ...]:
    """The same from the texts themselves: an index asks for millions."""
    texts = [text for text in (surname, given_name, *others[:_MOST_OTHERS]) if text]
    keys = set(_birth_keys(birth_date)).union(*map(_stems, texts))
    keys.update(["p:" + end for end in phone_ends(phones)])
    keys.update(["d:" + number for number in paper_numbers(papers)])
    if release[0] and len(release[1]) == 10:
        keys.add(f"e:{release[1]} {release[0][:_LONGEST_PLACE]}")
    return tuple(sorted(keys))


def forget_stems() -> None:
    """Empties the caches of names' stems and of dates."""
    _stems.cache_clear()
    _words.cache_clear()
    _birth_keys.cache_clear()


@lru_cache(maxsize=16384)
def _birth_keys(date: str) -> frozenset[str]:
    found = (date, swapped(date)) if len(date) == 10 else ()
    return frozenset({"b:" + one for one in found if one})


@lru_cache(maxsize=16384)
def _stems(text: str) -> frozenset[str]:
    return frozenset(key for word in _words(text) for key in word)


def readings(facts: PersonFacts) -> tuple[tuple[frozenset[str], ...], ...]:
    """The name and what each other name makes of it, each as the keys of its words, neighbours as one word besides."""
    surname, given = _words(facts.name.surname), _words(facts.name.given_name)
    found = [(*surname, *given)]
    for other in facts.name.others[:_MOST_OTHERS]:
        words = _words(other)
        found += [words] if len(words) > 1 else [(*surname, *words), (*words, *given)]
    return tuple(dict.fromkeys([reading for reading in found if reading]))


@lru_cache(maxsize=16384)
def _words(text: str) -> tuple[frozenset[str], ...]:
    words = [word for word in tokens(text) if word.role is not Role.FATHER]
    pairs = [joined(x, y) for x, y in pairwise(words)]
    return tuple([keys for word in (*words, *pairs) if (keys := _keys(word))])


def _keys(word: Token) -> frozenset[str]:
    keys = {word.key, *usual_keys(word.key), *((word.other_key,) if word.other_key else ())}
    return frozenset([STEM_KEY + key for key in keys if key])
