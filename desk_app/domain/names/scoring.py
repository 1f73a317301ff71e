"""Whether two records may be one person: points from what is known of both. A person decides; it can be undone.

The weights are those to start from; `WEIGHTS` is the whole table.
"""

import enum
import re
from dataclasses import dataclass, field, replace

from desk_app.domain.names.numbers import paper_number, phone_end
from desk_app.domain.names.person_names import NameReason, PersonName, compare

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
class PersonFacts:
    """What is known of a person; anything may be empty.

    `sex` is `male`, `female` or `unknown`; dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; phones and papers as written.
    """

    name: PersonName = field(default_factory=PersonName)
    sex: str = ""
    birth_date: str = ""
    phones: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    institution: str = ""
    release_date: str = ""


@dataclass(frozen=True, slots=True)
class PairScore:
    """Points, what they come to, and every reason that gave or took some."""

    points: float
    verdict: Verdict
    reasons: tuple[NameReason | FactReason, ...]


def score(a: PersonFacts, b: PersonFacts) -> PairScore:
    """How strongly the facts say that two records are one person. Symmetric; never raises."""
    names = compare(replace(a.name, father_name=""), replace(b.name, father_name=""))
    points = next((given for least, given in _NAME_POINTS if names.score >= least), _NAME_DIFFERS)
    facts = tuple(
        reason
        for reason in (_birth(a, b), _sex(a, b), _father(a, b), _phone(a, b), _paper(a, b), _release(a, b))
        if reason is not None
    )
    points += sum(WEIGHTS[reason] for reason in facts)
    verdict = Verdict.LIKELY if points >= LIKELY else Verdict.POSSIBLE if points >= POSSIBLE else Verdict.NONE
    return PairScore(points, verdict, (*names.reasons, *facts))


def swapped(date: str) -> str:
    """A whole date with day and month exchanged, or an empty text where that is no other date."""
    found = _WHOLE_DATE.fullmatch(date)
    if not found or found[2] == found[3] or int(found[3]) > 12:
        return ""
    return f"{found[1]}-{found[3]}-{found[2]}"


_WHOLE_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SOME_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def _birth(a: PersonFacts, b: PersonFacts) -> FactReason | None:
    x, y = a.birth_date, b.birth_date
    if not _SOME_DATE.fullmatch(x) or not _SOME_DATE.fullmatch(y):
        return None
    if len(x) < 10 or len(y) < 10:
        if x.startswith(y) or y.startswith(x):
            return FactReason.BIRTH_YEAR
        close = abs(int(x[:4]) - int(y[:4])) <= 1
        return FactReason.BIRTH_CLOSE if close and len(x) == len(y) == 4 else FactReason.BIRTH_DIFFERS
    if x == y:
        return FactReason.BIRTH_SAME
    if swapped(x) == y:
        return FactReason.BIRTH_SWAPPED
    one_digit = sum(p != q for p, q in zip(x, y, strict=True)) == 1
    one_year = x[4:] == y[4:] and abs(int(x[:4]) - int(y[:4])) == 1
    if one_digit or one_year:
        return FactReason.BIRTH_CLOSE
    return FactReason.BIRTH_YEAR if x[:4] == y[:4] else FactReason.BIRTH_DIFFERS


def _sex(a: PersonFacts, b: PersonFacts) -> FactReason | None:
    return FactReason.SEX_OF_PERSON_DIFFERS if {a.sex, b.sex} == {"male", "female"} else None


def _father(a: PersonFacts, b: PersonFacts) -> FactReason | None:
    if not a.name.father_name.strip() or not b.name.father_name.strip():
        return None
    same = compare(PersonName(father_name=a.name.father_name), PersonName(father_name=b.name.father_name))
    return FactReason.FATHER_SAME if same.score >= _SAME_FATHER else FactReason.FATHER_DIFFERS


def _phone(a: PersonFacts, b: PersonFacts) -> FactReason | None:
    ends = {phone_end(p) for p in a.phones} & {phone_end(p) for p in b.phones} - {""}
    return FactReason.PHONE_SAME if ends else None


def _paper(a: PersonFacts, b: PersonFacts) -> FactReason | None:
    numbers = {paper_number(p) for p in a.papers} & {paper_number(p) for p in b.papers} - {""}
    return FactReason.PAPER_SAME if numbers else None


def _release(a: PersonFacts, b: PersonFacts) -> FactReason | None:
    same = a.institution and a.institution == b.institution and len(a.release_date) == 10
    return FactReason.RELEASE_SAME if same and a.release_date == b.release_date else None
