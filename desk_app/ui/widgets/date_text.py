"""A date as it is typed -> a date as it is stored, with the precision it was typed with."""

import re
from datetime import date
from enum import Enum, auto

EARLIEST, LATEST = 1900, 2100
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_WRITTEN = re.compile(r"(?:(?:([0-9]{1,2})[.,/ -])?([0-9]{1,2})[.,/ -])?([0-9]{4})")
_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")


class DateTrouble(Enum):
    """Why a typed date cannot be stored."""

    FORM = auto()
    NO_SUCH_DAY = auto()
    TOO_SHORT = auto()


class NotADate(ValueError):
    """What was typed is no date; `why` says in which way."""

    def __init__(self, why: DateTrouble) -> None:
        super().__init__(why.name)
        self.why = why


def stored_date(typed: str, *, partial: bool) -> str:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD` from what was typed: 05.03.1973, 5/3/1973, 05031973, 03.1973, 1973.

    Raises NotADate: for another form, for a day that is not in the calendar or outside 1900-2100, and for a month or
    a year alone unless `partial`.
    """
    year, month, day = _parts(typed.strip())
    if not EARLIEST <= year <= LATEST or not 1 <= (month or 1) <= 12:
        raise NotADate(DateTrouble.NO_SUCH_DAY)
    if day is None and not partial:
        raise NotADate(DateTrouble.TOO_SHORT)
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise NotADate(DateTrouble.NO_SUCH_DAY) from None


def _parts(typed: str) -> tuple[int, int | None, int | None]:
    if iso := _ISO.fullmatch(typed):
        year, month, day = iso.groups()
    elif written := _WRITTEN.fullmatch(typed):
        day, month, year = written.groups()
    elif digits := _DIGITS.fullmatch(typed):
        day, month, year = digits.groups()
    else:
        raise NotADate(DateTrouble.FORM)
    return int(year), int(month) if month else None, int(day) if day else None
