"""Whether two records may be one person: points from what is known of both. A person decides; it can be undone.

The weights are those to start from; `WEIGHTS` is the whole table.
"""

import enum
from dataclasses import dataclass

from desk_app.domain.names.facts import PersonFacts, ReadyFacts, ready, swapped
from desk_app.domain.names.likeness import match
from desk_app.domain.names.person_names import NameReason, best_match, reasons

LIKELY = 9.0
POSSIBLE = 6.0

_NAME_POINTS = ((0.97, 6.0), (0.95, 5.0), (0.90, 3.0), (0.85, 1.5))
_NAME_DIFFERS = -4.0
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
    FactReason.BIRTH_DIFFERS: -4.0,
    FactReason.SEX_OF_PERSON_DIFFERS: -6.0,
    FactReason.FATHER_SAME: 1.0,
    FactReason.FATHER_DIFFERS: -2.0,
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
    points = _name_points(found.score) + sum([WEIGHTS[reason] for reason in facts])
    seen = reasons(found, a.name, b.name, by_other)
    verdict = Verdict.LIKELY if points >= LIKELY else Verdict.POSSIBLE if points >= POSSIBLE else Verdict.NONE
    facts.sort(key=lambda reason: -WEIGHTS[reason])
    agree = [reason for reason in facts if WEIGHTS[reason] > 0]
    return PairScore(points, verdict, (*agree, *seen, *facts[len(agree) :]))


def possible(a: ReadyFacts, b: ReadyFacts) -> PairScore | None:
    """The score of two records that may be one person, else None: nearly all pairs are told apart by a look."""
    facts = sum([WEIGHTS[reason] for reason in _cheap(a, b)])
    by_father = WEIGHTS[FactReason.FATHER_SAME] if a.father and b.father else 0.0
    if facts + by_father + _NAME_POINTS[0][1] < POSSIBLE:
        return None
    found = score_ready(a, b)
    return None if found.verdict is Verdict.NONE else found


def _name_points(alike: float) -> float:
    return next((given for least, given in _NAME_POINTS if alike >= least), _NAME_DIFFERS)


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
    """How two dates of birth, whole or not, stand to each other."""
    if len(x) < 10 or len(y) < 10:
        if x.startswith(y) or y.startswith(x):
            return FactReason.BIRTH_YEAR
        close = abs(int(x[:4]) - int(y[:4])) <= 1
        return FactReason.BIRTH_CLOSE if close and len(x) == len(y) == 4 else FactReason.BIRTH_DIFFERS
    if x == y:
        return FactReason.BIRTH_SAME
    if x[:4] == y[:4]:
        if swapped(x) == y:
            return FactReason.BIRTH_SWAPPED
        return FactReason.BIRTH_CLOSE if _one_digit(x, y) else FactReason.BIRTH_YEAR
    one_year = x[4:] == y[4:] and (abs(int(x[:4]) - int(y[:4])) == 1 or _one_digit(x, y))
    return FactReason.BIRTH_CLOSE if one_year else FactReason.BIRTH_DIFFERS


def _one_digit(x: str, y: str) -> bool:
    return sum([p != q for p, q in zip(x, y, strict=True)]) == 1


def _father(a: ReadyFacts, b: ReadyFacts) -> tuple[FactReason, ...]:
    if not a.father or not b.father:
        return ()
    same = match(a.father, b.father).score >= _SAME_FATHER
    return (FactReason.FATHER_SAME if same else FactReason.FATHER_DIFFERS,)
