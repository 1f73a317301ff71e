"""What is known of a person and tells her apart; as kept, and made ready for comparing with many others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from desk_app.domain.names.numbers import paper_number, phone_end
from desk_app.domain.names.person_names import PersonName, ReadyName, fathers_words, ready_name
from desk_app.domain.names.tokens import Token

_WHOLE_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FIRST_DAY = "-01-01"
_SOME_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


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


@dataclass(frozen=True, slots=True, eq=False)
class ReadyFacts:
    """The same, folded once to be compared with many: the name without the father's, whose words stand apart; ends of
    phones, numbers of papers; `birth` empty unless it is a date, `release` where and on which day, if both are known.

    1 January is what is written where the year alone is known, and stands for its year.
    """

    name: ReadyName
    father: tuple[Token, ...]
    sex: str
    birth: str
    phones: tuple[str, ...]
    papers: tuple[str, ...]
    release: tuple[str, str] | None


def ready(facts: PersonFacts) -> ReadyFacts:
    """Folds what is known of a person. Never raises."""
    release = (facts.institution, facts.release_date)
    return ReadyFacts(
        ready_name(PersonName(facts.name.surname, facts.name.given_name, "", facts.name.others)),
        fathers_words(facts.name.father_name),
        facts.sex,
        facts.birth_date.removesuffix(_FIRST_DAY) if _SOME_DATE.fullmatch(facts.birth_date) else "",
        phone_ends(facts.phones),
        paper_numbers(facts.papers),
        release if facts.institution and len(facts.release_date) == 10 else None,
    )


def phone_ends(phones: Sequence[str]) -> tuple[str, ...]:
    """By what telephones are known, whatever stands before."""
    return tuple(dict.fromkeys([end for phone in phones if phone and (end := phone_end(phone))]))


def paper_numbers(papers: Sequence[str]) -> tuple[str, ...]:
    """By what papers are known, however they were typed."""
    return tuple(dict.fromkeys([number for paper in papers if paper and (number := paper_number(paper))]))


def swapped(date: str) -> str:
    """A whole date with day and month exchanged, or an empty text where that is no other date."""
    found = _WHOLE_DATE.fullmatch(date)
    if not found or found[2] == found[3] or int(found[3]) > 12:
        return ""
    return f"{found[1]}-{found[3]}-{found[2]}"
