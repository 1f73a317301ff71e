"""Whether two records may be one person: points from what is known of both. A person decides; it can be undone.

The weights were those to start from (`WEIGHTS` is the whole table), and were moved where the bench of duplicates, over
100,000 people of whom some are on record twice, showed namesakes taken for one person: two other days of the same year
say nothing, two years next to each other little, another father's name more; and where it and the Febrl sets showed one
person missed: neighbouring digits exchanged are a slip, a given name alone speaks against nobody,
and a name with two slips is enough beside the same date of birth.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from desk_app.domain.names.facts import PersonFacts, ReadyFacts, ready
from desk_app.domain.names.likeness import highest, match
from desk_app.domain.names.person_names import NameReason, best_match, given_same, reasons

LIKELY = 9.0
POSSIBLE = 6.0

_NAME_POINTS = ((0.97, 6.0), (0.95, 5.0), (0.90, 3.0), (0.85, 2.0))
_NAME_DIFFERS = -4.0
_GIVEN_ALONE = 2.0
"""Where the given names agree and one record has no surname: no more is known, and nothing speaks against it."""
_OTHER_SURNAME = 1.0
"""Where the given names agree and the surnames differ: women change them when they marry."""
_SIGN = 1.0
"""So many points must something beside the name give, for a pair among many to be one."""
_SAME_FATHER = 0.90


class Verdict(enum.StrEnum):
    """What the points come to."""

    NONE = "none"
    POSSIBLE = "possible"
    LIKELY = "likely"


class FactReason(enum.StrEnum):
    """What agreed or disagreed besides the name; the words for it live in the catalogues."""

    BIRTH_SAME = "birth_same"
    BIRTH_SWAPPED = "birth_swapped"
    BIRTH_CLOSE = "birth_close"
    BIRTH_YEAR = "birth_year"
    BIRTH_YEAR_CLOSE = "birth_year_close"
    """A year off, and no more is known than the years."""
    BIRTH_DAY_DIFFERS = "birth_day_differs"
    """The same year, and in it two other days."""
    BIRTH_DIFFERS = "birth_differs"
    SEX_OF_PERSON_DIFFERS = "sex_of_person_differs"
    FATHER_SAME = "father_same"
    FATHER_DIFFERS = "father_differs"
    PHONE_SAME = "phone_same"
    PAPER_SAME = "paper_same"
    RELEASE_SAME = "release_same"


WEIGHTS = {
    FactReason.BIRTH_SAME: 4.0,
    FactReason.BIRTH_SWAPPED: 3.0,
    FactReason.BIRTH_CLOSE: 2.0,
    FactReason.BIRTH_YEAR: 1.5,
    FactReason.BIRTH_YEAR_CLOSE: 0.5,
    FactReason.BIRTH_DAY_DIFFERS: 0.0,
    FactReason.BIRTH_DIFFERS: -4.0,
    FactReason.SEX_OF_PERSON_DIFFERS: -6.0,
    FactReason.FATHER_SAME: 1.0,
    FactReason.FATHER_DIFFERS: -2.5,
    FactReason.PHONE_SAME: 2.0,
    FactReason.PAPER_SAME: 10.0,  # another passport says nothing: they are renewed
    FactReason.RELEASE_SAME: 2.0,
}


@dataclass(frozen=True, slots=True)
class PairScore:
    """Points, what they come to, and every reason: what agrees by its weight, the name, what differs."""

    points: float
    verdict: Verdict
    reasons: tuple[NameReason | FactReason, ...]


def score(a: PersonFacts, b: PersonFacts) -> PairScore:
    """How strongly the facts say that two records are one person. Symmetric; never raises."""
    return score_ready(ready(a), ready(b))


def score_ready(a: ReadyFacts, b: ReadyFacts) -> PairScore:
    """The same, of facts made ready."""
    found, by_other = best_match(a.name, b.name)
    facts = [*_cheap(a, b), *_father(a, b)]
    points = _name_points(found.score, a, b) + _sum(facts)
    verdict = Verdict.LIKELY if points >= LIKELY else Verdict.POSSIBLE if points >= POSSIBLE else Verdict.NONE
    facts.sort(key=lambda reason: -WEIGHTS[reason])
    agree = [reason for reason in facts if WEIGHTS[reason] > 0]
    return PairScore(points, verdict, (*agree, *reasons(found, a.name, b.name, by_other), *facts[len(agree) :]))


def possible(a: ReadyFacts, b: ReadyFacts) -> PairScore | None:
    """The score of two of many records that may be one person, else None. Nearly all pairs are told apart by a look.

    Among many a name alone is no sign: whoever shares it has to share something else, or is somebody else.
    """
    facts = _cheap(a, b)
    fathers = bool(a.father and b.father)
    agrees = any(WEIGHTS[reason] >= _SIGN for reason in facts)
    if not agrees and not fathers:
        return None
    lacking = POSSIBLE - _sum(facts) - (WEIGHTS[FactReason.FATHER_SAME] if fathers else 0)
    if lacking > _NAME_POINTS[0][1] or _names_say_no(a, b, lacking):
        return None
    if _name_points(best_match(a.name, b.name)[0].score, a, b) < lacking:
        return None
    found = score_ready(a, b)
    agrees = agrees or FactReason.FATHER_SAME in found.reasons
    return found if agrees and found.verdict is not Verdict.NONE else None


def _names_say_no(a: ReadyFacts, b: ReadyFacts, lacking: float) -> bool:
    """Whether two names of two words are surely too far apart for so many points: four looks in place of a match."""
    one, other = a.name.words, b.name.words
    if lacking <= _NAME_DIFFERS or len(one) != 2 or len(other) != 2 or a.name.others or b.name.others:
        return False
    least = next(alike for alike, given in reversed(_NAME_POINTS) if given >= lacking)
    return highest(one, other) < least and (lacking > _GIVEN_ALONE or not given_same(a.name, b.name))


def _sum(facts: Sequence[FactReason]) -> float:
    return sum([WEIGHTS[reason] for reason in facts])


def _name_points(alike: float, a: ReadyFacts, b: ReadyFacts) -> float:
    for least, given in _NAME_POINTS:
        if alike >= least:
            return given
    if not given_same(a.name, b.name):
        return _NAME_DIFFERS
    lacks_surname = len(a.name.words) == len(a.name.given) or len(b.name.words) == len(b.name.given)
    return _GIVEN_ALONE if lacks_surname else _OTHER_SURNAME


def _cheap(a: ReadyFacts, b: ReadyFacts) -> list[FactReason]:
    """What agrees and differs beside the names."""
    found = []
    if a.birth and b.birth:
        found.append(birth_reason(a.birth, b.birth))
    if a.sex != b.sex and {a.sex, b.sex} == {"male", "female"}:
        found.append(FactReason.SEX_OF_PERSON_DIFFERS)
    if a.phones and b.phones and not set(a.phones).isdisjoint(b.phones):
        found.append(FactReason.PHONE_SAME)
    if a.papers and b.papers and not set(a.papers).isdisjoint(b.papers):
        found.append(FactReason.PAPER_SAME)
    if a.release is not None and a.release == b.release:
        found.append(FactReason.RELEASE_SAME)
    return found


def birth_reason(x: str, y: str) -> FactReason:
    """How two dates of birth, whole or not, stand to each other, as `ReadyFacts` has them."""
    if len(x) < 10 or len(y) < 10:
        if x.startswith(y) or y.startswith(x):
            return FactReason.BIRTH_YEAR
        close = abs(int(x[:4]) - int(y[:4])) <= 1
        return FactReason.BIRTH_YEAR_CLOSE if close and len(x) == len(y) == 4 else FactReason.BIRTH_DIFFERS
    if x == y:
        return FactReason.BIRTH_SAME
    if x[:4] == y[:4]:
        if x[5:7] == y[8:] and x[8:] == y[5:7]:
            return FactReason.BIRTH_SWAPPED
        if _one_slip(x, y):
            return FactReason.BIRTH_CLOSE
        return FactReason.BIRTH_DAY_DIFFERS
    one_year = x[4:] == y[4:] and (abs(int(x[:4]) - int(y[:4])) == 1 or _one_slip(x, y))
    return FactReason.BIRTH_CLOSE if one_year else FactReason.BIRTH_DIFFERS


def _one_slip(x: str, y: str) -> bool:
    """Whether one digit is another, or two neighbours are exchanged."""
    other = [place for place, (p, q) in enumerate(zip(x, y, strict=True)) if p != q]
    if len(other) == 2 and other[1] == other[0] + 1:
        first, second = other
        return (x[first], x[second]) == (y[second], y[first])
    return len(other) == 1


def _father(a: ReadyFacts, b: ReadyFacts) -> tuple[FactReason, ...]:
    if not a.father or not b.father:
        return ()
    alike = match(a.father, b.father).score
    if alike and any(word.initial for word in (*a.father, *b.father)):
        return ()  # A first letter that agrees says nothing yet.
    same = alike >= _SAME_FATHER
    return (FactReason.FATHER_SAME if same else FactReason.FATHER_DIFFERS,)
