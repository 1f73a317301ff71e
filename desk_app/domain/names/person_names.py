"""Comparing names that are kept in fields: surname, given name, father's name, and other names a person goes by."""

import enum
from dataclasses import dataclass, replace
from itertools import pairwise

from desk_app.domain.names.cleaning import clean
from desk_app.domain.names.likeness import Match, match
from desk_app.domain.names.token_pairs import is_habit, word_similarity
from desk_app.domain.names.tokens import Role, Token, token, tokens

OTHER_NAME = 0.98
"""Factor where only one of the other names matches."""
_MOST_OTHERS = 6
_SAME = 0.9999
_CLOSE = 0.7
_GIVEN_SAME = 0.95
_TAJIK = frozenset("ғӣқӯҳҷ")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its fields; any may be empty. `others`: nicknames, maiden names, whole names used before."""

    surname: str = ""
    given_name: str = ""
    father_name: str = ""
    others: tuple[str, ...] = ()


class Letters(enum.Enum):
    """In what a name is written."""

    OTHER = "other"
    """Latin ones, and whatever is not Cyrillic."""
    RUSSIAN = "russian"
    """Cyrillic ones, all of which a Russian keyboard has."""
    TAJIK = "tajik"


@dataclass(frozen=True, slots=True, eq=False)
class ReadyName:
    """A name in its words, to be compared with many others; `given` are those of the given name among them,
    `others` its readings by each other name."""

    words: tuple[Token, ...]
    given: tuple[Token, ...]
    others: tuple[tuple[Token, ...], ...]
    letters: Letters


class NameReason(enum.StrEnum):
    """What was seen when two names were compared; the words for it live in the catalogues."""

    SAME = "same"
    RUSSIAN_SPELLING = "russian_spelling"
    """One of the two on a Russian keyboard, or as Russian papers have it."""
    OTHER_SCRIPT = "other_script"
    OTHER_SPELLING = "other_spelling"
    """A known habit of spelling."""
    SUFFIX_DIFFERS = "suffix_differs"
    ORDER_DIFFERS = "order_differs"
    CLOSE_SPELLING = "close_spelling"
    """Perhaps a slip of the fingers."""
    PART_MISSING = "part_missing"
    OTHER_NAME = "other_name"
    SEX_DIFFERS = "sex_differs"
    GIVEN_SAME = "given_same"
    """Of two names that differ: as a woman's before and after she married."""
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How alike two names are, 0..1, and why."""

    score: float
    reasons: tuple[NameReason, ...]


def compare(a: PersonName, b: PersonName) -> NameMatch:
    """The best match of two names, other names included. Symmetric; never raises; 0 for an empty name."""
    return compare_ready(ready_name(a), ready_name(b))


def ready_name(name: PersonName) -> ReadyName:
    """The name in its words."""
    written = clean(name.surname + name.given_name + name.father_name)
    others = tuple(_tokens(other) for other in _by_other_names(name)) if name.others else ()
    return ReadyName(_tokens(name), tokens(name.given_name), others, _letters(written))


def fathers_words(father_name: str) -> tuple[Token, ...]:
    """The words of a father's name."""
    return tuple([token(word.folded, Role.FATHER, word.sex) for word in tokens(father_name)])


def compare_ready(a: ReadyName, b: ReadyName) -> NameMatch:
    """The same as `compare`, of names made ready."""
    best, by_other = best_match(a, b)
    return NameMatch(best.score, reasons(best, a, b, by_other))


def best_match(a: ReadyName, b: ReadyName) -> tuple[Match, bool]:
    """The best match of two names, and whether it goes by one of the other names."""
    best, by_other = match(a.words, b.words), False
    if not a.others and not b.others:
        return best, by_other
    for left in (a.words, *a.others):
        for right in (b.words, *b.others):
            if left is a.words and right is b.words:
                continue
            found = match(left, right)
            if found.score * OTHER_NAME > best.score:
                best = replace(found, score=found.score * OTHER_NAME)
                by_other = True
    return best, by_other


def given_same(a: ReadyName, b: ReadyName) -> bool:
    """Whether the given names alone agree, spelt in whichever habit."""
    if len(a.given) == 1 == len(b.given):
        return word_similarity(a.given[0], b.given[0]) >= _GIVEN_SAME
    return bool(a.given and b.given) and match(a.given, b.given).score >= _GIVEN_SAME


def _tokens(name: PersonName) -> tuple[Token, ...]:
    return (*tokens(name.surname), *tokens(name.given_name), *fathers_words(name.father_name))


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


def reasons(found: Match, a: ReadyName, b: ReadyName, by_other: bool) -> tuple[NameReason, ...]:
    """What was seen in a match."""
    pairs = [(found.a[i], found.b[j]) for i, j in found.pairs]
    if not pairs:
        return ()
    apart = [(x, y) for x, y in pairs if x.stem != y.stem]
    by_habit = [is_habit(x, y) for x, y in apart]
    close = found.score >= _CLOSE
    seen = {
        NameReason.SAME: found.score >= _SAME,
        NameReason.OTHER_NAME: by_other,
        NameReason.RUSSIAN_SPELLING: close and {a.letters, b.letters} == {Letters.TAJIK, Letters.RUSSIAN},
        NameReason.OTHER_SCRIPT: (a.letters is Letters.OTHER) is not (b.letters is Letters.OTHER),
        NameReason.OTHER_SPELLING: close and any(by_habit),
        NameReason.SUFFIX_DIFFERS: any(x.stem == y.stem and x.folded != y.folded for x, y in pairs)
        or any(x.other_key != y.other_key and (x.other_key == y.key or y.other_key == x.key) for x, y in apart),
        NameReason.ORDER_DIFFERS: any(later < earlier for (_, earlier), (_, later) in pairwise(found.pairs)),
        NameReason.SEX_DIFFERS: any(x.sex and y.sex and x.sex is not y.sex for x, y in pairs),
        NameReason.CLOSE_SPELLING: close and not all(by_habit),
        NameReason.PART_MISSING: len(found.a) != len(found.b),
        NameReason.GIVEN_SAME: not close and given_same(a, b),
        NameReason.DIFFERENT: not close and not given_same(a, b),
    }
    return tuple(reason for reason, holds in seen.items() if holds)


def _letters(written: str) -> Letters:
    if not any("\u0400" <= c <= "\u052f" for c in written):
        return Letters.OTHER
    return Letters.RUSSIAN if _TAJIK.isdisjoint(written.lower()) else Letters.TAJIK
