"""Which records are worth comparing at all: those that share a key."""

from functools import lru_cache
from itertools import pairwise

from desk_app.domain.names.known_names import usual_keys
from desk_app.domain.names.numbers import paper_number, phone_end
from desk_app.domain.names.scoring import PersonFacts, swapped
from desk_app.domain.names.tokens import Role, Token, joined, tokens

_MOST_OTHERS = 6


def candidate_keys(facts: PersonFacts) -> tuple[str, ...]:
    """The keys of a record, sorted: loose stems `n:`, birth date and its swap `b:`, phone ends `p:`, papers `d:`.

    Two records that share none are never compared. Fathers' names give no key: too many share them.
    """
    name = facts.name
    keys = {key for text in (name.surname, name.given_name, *name.others[:_MOST_OTHERS]) for key in _stems(text)}
    if len(facts.birth_date) == 10:
        keys.add("b:" + facts.birth_date)
        if swapped(facts.birth_date):
            keys.add("b:" + swapped(facts.birth_date))
    keys.update("p:" + phone_end(phone) for phone in facts.phones)
    keys.update("d:" + paper_number(paper) for paper in facts.papers)
    return tuple(sorted(key for key in keys if len(key) > 2))


def forget_stems() -> None:
    """Empties the cache of names' stems."""
    _stems.cache_clear()


@lru_cache(maxsize=16384)
def _stems(text: str) -> frozenset[str]:
    words = [word for word in tokens(text) if word.role is not Role.FATHER]
    pairs = [joined(x, y) for x, y in pairwise(words)]
    return frozenset("n:" + key for word in (*words, *pairs) for key in _keys(word))


def _keys(word: Token) -> set[str]:
    return {word.key, *usual_keys(word.key), *((word.other_key,) if word.other_key else ())}
