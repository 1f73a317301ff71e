"""Comparing names that are kept in fields: surname, given name, father's name, and other names a person goes by."""

import enum
from dataclasses import dataclass, replace
from itertools import pairwise

from desk_app.domain.names.cleaning import clean
from desk_app.domain.names.likeness import Match, match
from desk_app.domain.names.tokens import Role, Token, token, tokens

OTHER_NAME = 0.98
"""Factor where only one of the other names matches."""
_MOST_OTHERS = 6
_SAME = 0.9999


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its fields; any may be empty. `others`: nicknames, maiden names, whole names used before."""

    surname: str = ""
    given_name: str = ""
    father_name: str = ""
    others: tuple[str, ...] = ()


class NameReason(enum.StrEnum):
    """What was seen when two names were compared; the words for it live in the catalogues."""

    SAME = "same"
    OTHER_SCRIPT = "other_script"
    SUFFIX_DIFFERS = "suffix_differs"
    ORDER_DIFFERS = "order_differs"
    CLOSE_SPELLING = "close_spelling"
    PART_MISSING = "part_missing"
    OTHER_NAME = "other_name"
    SEX_DIFFERS = "sex_differs"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How alike two names are, 0..1, and why."""

    score: float
    reasons: tuple[NameReason, ...]


def compare(a: PersonName, b: PersonName) -> NameMatch:
    """The best match of two names, other names included. Symmetric; never raises; 0 for an empty name."""
    best = match(_tokens(a), _tokens(b))
    by_other = False
    for left in (a, *_by_other_names(a)):
        for right in (b, *_by_other_names(b)):
            if left is a and right is b:
                continue
            found = match(_tokens(left), _tokens(right))
            if found.score * OTHER_NAME > best.score:
                best = replace(found, score=found.score * OTHER_NAME)
                by_other = True
    return NameMatch(best.score, _reasons(best, a, b, by_other))


def _tokens(name: PersonName) -> tuple[Token, ...]:
    fathers = tuple(token(word.folded, Role.FATHER, word.sex) for word in tokens(name.father_name))
    return (*tokens(name.surname), *tokens(name.given_name), *fathers)


def _by_other_names(name: PersonName) -> tuple[PersonName, ...]:
    """The name with each other name in its place: whole if of several words, else as given name or surname."""
    found: list[PersonName] = []
    for other in name.others[:_MOST_OTHERS]:
        if len(tokens(other)) > 1:
            found.append(PersonName(given_name=other))
        elif tokens(other):
            found.append(PersonName(name.surname, other, name.father_name))
            found.append(PersonName(other, name.given_name, name.father_name))
    return tuple(found)


def _reasons(found: Match, a: PersonName, b: PersonName, by_other: bool) -> tuple[NameReason, ...]:
    pairs = [(found.a[i], found.b[j]) for i, j in found.pairs]
    if not pairs:
        return ()
    seen = {
        NameReason.SAME: found.score >= _SAME,
        NameReason.OTHER_NAME: by_other,
        NameReason.OTHER_SCRIPT: _is_cyrillic(a) is not _is_cyrillic(b),
        NameReason.SUFFIX_DIFFERS: any(x.stem == y.stem and x.folded != y.folded for x, y in pairs)
        or any(
            x.stem != y.stem and x.other_key != y.other_key and (x.other_key == y.key or y.other_key == x.key)
            for x, y in pairs
        ),
        NameReason.ORDER_DIFFERS: any(later < earlier for (_, earlier), (_, later) in pairwise(found.pairs)),
        NameReason.SEX_DIFFERS: any(x.sex and y.sex and x.sex is not y.sex for x, y in pairs),
        NameReason.CLOSE_SPELLING: found.score >= 0.7 and any(x.stem != y.stem for x, y in pairs),
        NameReason.PART_MISSING: len(found.a) != len(found.b),
        NameReason.DIFFERENT: found.score < 0.7,
    }
    return tuple(reason for reason, holds in seen.items() if holds)


def _is_cyrillic(name: PersonName) -> bool:
    return any("\u0400" <= c <= "\u052f" for c in clean(name.surname + name.given_name + name.father_name))
