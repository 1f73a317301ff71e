"""Dates, times, numbers, money and phones as every desk writes them (dd.MM.yyyy, 24 hours, 1 234 567,89).

No-break spaces stand wherever a line may not be broken, so a number never ends on the next line of a letter.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from desk_app.domain.clock import DUSHANBE
from desk_app.i18n.languages import ENGLISH, RUSSIAN, TAJIK, UZBEK_CYRILLIC, UZBEK_LATIN, Language

_SPACE = "\u00a0"
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TAJIK_PHONE = re.compile(r"(?:\+?992|00992|8)?(\d{9})")

_LETTER_DATES = {
    TAJIK.code: "{day} {month} соли {year}",
    RUSSIAN.code: "{day} {month} {year} г.",
    UZBEK_LATIN.code: "{year}-yil {day}-{month}",
    UZBEK_CYRILLIC.code: "{year} йил {day} {month}",
    ENGLISH.code: "{day} {month} {year}",
}
_WEEKDAY_DATES = {
    TAJIK.code: "{weekday}, {day} {month}",
    RUSSIAN.code: "{weekday}, {day} {month}",
    UZBEK_LATIN.code: "{weekday}, {day}-{month}",
    UZBEK_CYRILLIC.code: "{weekday}, {day} {month}",
    ENGLISH.code: "{weekday} {day} {month}",
}
_MONTHS_OF_YEARS = {
    TAJIK.code: "{month_after_day} соли {year}",
    RUSSIAN.code: "{month} {year} г.",
    UZBEK_LATIN.code: "{year}-yil {month}",
    UZBEK_CYRILLIC.code: "{year} йил {month}",
    ENGLISH.code: "{month} {year}",
}


def day(value: date) -> str:
    """05.03.2026, in every language."""
    return f"{value:%d.%m}.{value.year:04}"


def is_stored_date(value: str) -> bool:
    """Whether the text is a stored date of any precision."""
    return _PARTIAL.fullmatch(value) is not None


def partial_date(value: str) -> str:
    """A stored date of any precision: 1973 -> 1973, 1973-03 -> 03.1973, 1973-03-05 -> 05.03.1973.

    Raises ValueError when the text is no stored date.
    """
    match = _PARTIAL.fullmatch(value)
    if match is None:
        raise ValueError("not a stored date")
    return ".".join(part for part in reversed(match.groups()) if part)


def any_date(value: str) -> str:
    """A stored date as `partial_date` shows it; what is written in another way as it stands."""
    return partial_date(value) if is_stored_date(value) else value


def letter_date(value: date, language: Language) -> str:
    """The date as a letter writes it: «5 марти соли 2026», «5 марта 2026 г.», “2026-yil 5-mart”."""
    month = language.months_after_day[value.month - 1]
    return _unbroken(_LETTER_DATES[language.code].format(day=value.day, month=month, year=value.year))


def weekday_date(value: date, language: Language) -> str:
    """The day as the head of a page says it: Wednesday 5 March; its first letter is a capital."""
    words = _WEEKDAY_DATES[language.code].format(
        weekday=language.weekdays[value.weekday()],
        day=value.day,
        month=_month_in_a_year(value, language),
    )
    return words[0].upper() + words[1:]


def month_of_year(value: date, language: Language) -> str:
    """The month that holds the day: «марти соли 2026», «март 2026 г.», “2026-yil mart”."""
    words = _MONTHS_OF_YEARS[language.code].format(
        month=language.months[value.month - 1],
        month_after_day=language.months_after_day[value.month - 1],
        year=value.year,
    )
    return _unbroken(words)


def period(first: date, last: date) -> str:
    """01.01.2026 – 31.03.2026."""
    return f"{day(first)}{_SPACE}– {day(last)}"


def moment(value: datetime) -> str:
    """05.03.2026 14:05 in Dushanbe. Raises ValueError for a time that does not say its zone."""
    local = _in_dushanbe(value)
    return f"{day(local)}{_SPACE}{local:%H:%M}"


def number(value: int | Decimal, language: Language, decimals: int | None = None) -> str:
    """1 234 567,89 with no-break spaces; rounded half up to so many decimals, or all that the value has."""
    if decimals is not None:
        value = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    sign, whole, rest = _split(value)
    grouped = f"{int(whole):,}".replace(",", language.group)
    return sign + grouped + (language.point + rest if rest else "")


def percent(share: Decimal, language: Language, decimals: int = 0) -> str:
    """A share of one as percent: 0.125 -> 13 %; English writes the sign without a space."""
    space = "" if language is ENGLISH else _SPACE
    return f"{number(share * 100, language, decimals)}{space}%"


def money(dirams: int, language: Language) -> str:
    """An amount stored in dirams, a hundredth of a somoni: 1 234,50 сомонӣ; whole somoni without decimals."""
    amount = number(Decimal(dirams) / 100, language, 2 if dirams % 100 else 0)
    return f"{amount}{_SPACE}{language.somoni}"


def phone(value: str) -> str:
    """+992 93 123 45 67 for a number of the country however it was typed; anything else as it stands."""
    match = _TAJIK_PHONE.fullmatch(re.sub(r"[\s()\-.]", "", value))
    if match is None:
        return value
    digits = match[1]
    return _unbroken(f"+992 {digits[:2]} {digits[2:5]} {digits[5:7]} {digits[7:]}")


def _month_in_a_year(value: date, language: Language) -> str:
    # Without the year Tajik drops the linking -и: «5 март», but «5 марти соли 2026».
    months = language.months if language is TAJIK else language.months_after_day
    return months[value.month - 1]


def _split(value: int | Decimal) -> tuple[str, str, str]:
    plain = f"{abs(Decimal(value)):f}"
    whole, _, rest = plain.partition(".")
    return ("−" if value < 0 else ""), whole, rest


def _in_dushanbe(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time without its zone")
    return value.astimezone(DUSHANBE)


def _unbroken(words: str) -> str:
    return words.replace(" ", _SPACE)
