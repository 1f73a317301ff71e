"""Which records are worth comparing at all: those that share a key."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from desk_app.domain.names.facts import PersonFacts, swapped
from desk_app.domain.names.known_names import usual_keys
from desk_app.domain.names.numbers import paper_number, phone_end
from desk_app.domain.names.tokens import Role, Token, joined, tokens

STEM_KEY = "n:"
"""What the key of a name's loose stem starts with."""
PAPER_KEY, PHONE_KEY = "d:", "p:"
"""What the keys of papers' numbers and of telephones' ends start with."""
_MOST_OTHERS = 6
_LONGEST_PLACE = 60


def candidate_keys(facts: PersonFacts) -> tuple[str, ...]:
    """The keys of a record, sorted: loose stems `n:`, birth date and its swap `b:`, phone ends `p:`, papers `d:`,
    place and day of release `e:`.

    Two records that share none are never compared. Fathers' names give no key: too many share them.
    """
    name, release = facts.name, (facts.institution, facts.release_date)
    keys = keys_of(name.surname, name.given_name, name.others, facts.birth_date, facts.phones, facts.papers, release)
    return tuple(sorted(keys))


def keys_of(
    surname: str,
    given_name: str,
    others: Sequence[str],
    birth_date: str,
    phones: Sequence[str],
    papers: Sequence[str],
    release: tuple[str, str] = ("", ""),
) -> set[str]:
    """The same from the texts themselves: an index asks for millions."""
    keys: set[str] = set().union(_birth_keys(birth_date), *map(_stems, (surname, given_name, *others[:_MOST_OTHERS])))
    keys.update([PHONE_KEY + end for phone in phones if (end := phone_end(phone))])
    keys.update([PAPER_KEY + number for paper in papers if (number := paper_number(paper))])
    if release[0] and len(release[1]) == 10:
        keys.add(f"e:{release[1]} {release[0][:_LONGEST_PLACE]}")
    return keys


def forget_stems() -> None:
    """Empties the caches of names' stems and of dates."""
    _stems.cache_clear()
    _words.cache_clear()
    _birth_keys.cache_clear()


@lru_cache(maxsize=16384)
def _birth_keys(date: str) -> frozenset[str]:
    found = (date, swapped(date)) if len(date) == 10 else ()
    return frozenset(["b:" + one for one in found if one])


@lru_cache(maxsize=16384)
def _stems(text: str) -> frozenset[str]:
    return frozenset([key for word in _words(text) for key in word])


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
