"""What is unlikely and still may be true: said beside the field while it is filled in, never in the way of saving."""

import re
from datetime import date
from enum import StrEnum

from desk_app.domain.records.declaration import Field, FieldType, FieldValue
from desk_app.domain.vocabulary import N_, Vocabulary

BIRTH_DATE, PAPER_NUMBER = "birth_date", "paper_number"
YOUNGEST, OLDEST = 10, 100
"""Years of age outside which a date of birth is more often a slip than the truth."""


class Doubt(StrEnum):
    """Why a value may be a slip."""

    UNBORN = "unborn"
    YOUNG = "young"
    OLD = "old"
    PHONE = "phone"
    PAPER = "paper"


DOUBT = Vocabulary(
    "doubt",
    {
        Doubt.UNBORN: N_("This date is still to come. Is it right?"),
        Doubt.YOUNG: N_("So the person is under ten years old. Is the year right?"),
        Doubt.OLD: N_("So the person is over a hundred years old. Is the year right?"),
        Doubt.PHONE: N_("A number of Tajikistan has nine digits after +992. Is this one right?"),
        Doubt.PAPER: N_("Passports of Tajikistan have the letter A and eight digits. Is this number right?"),
    },
)

_PHONE_SIGNS = re.compile(r"[\s().-]")
_OF_TAJIKISTAN = re.compile(r"(?:\+?992|00992|8)?[0-9]{9}")
_ABROAD = re.compile(r"(?:\+|00)(?!992)[1-9][0-9]{6,14}")
"""ITU-T E.164: at most fifteen digits with the code of the country."""
_PAPER = re.compile(r"[AА][0-9]{8}")
"""The letter in either script."""


def doubt(field: Field, value: FieldValue, today: date) -> Doubt | None:
    """What may be wrong with a value that can be stored, or None."""
    if not isinstance(value, str):
        return None
    if field.type is FieldType.PHONE:
        number = _PHONE_SIGNS.sub("", value)
        return None if _OF_TAJIKISTAN.fullmatch(number) or _ABROAD.fullmatch(number) else Doubt.PHONE
    if field.name == BIRTH_DATE:
        return _of_birth(value, today)
    if field.name == PAPER_NUMBER:
        return None if _PAPER.fullmatch(re.sub(r"[\s№-]", "", value.upper())) else Doubt.PAPER
    return None


def _of_birth(value: str, today: date) -> Doubt | None:
    if value > today.isoformat()[: len(value)]:
        return Doubt.UNBORN
    youngest, oldest = _ages(value, today)
    if oldest < YOUNGEST:
        return Doubt.YOUNG
    return Doubt.OLD if youngest > OLDEST else None


def _ages(value: str, today: date) -> tuple[int, int]:
    """The least and the greatest age in years: a year or a month alone leaves one open."""
    years = today.year - int(value[:4])
    if len(value) < len("2026-03-05"):
        return years - 1, years
    age = years - (today.isoformat()[5:] < value[5:])
    return age, age
