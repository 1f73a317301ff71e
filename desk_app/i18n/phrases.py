"""How far a day is from today, and other measures, in words."""

from datetime import date

from desk_app.i18n import formats
from desk_app.i18n.translator import Translator

_MEGABYTE = 1024 * 1024
_LONGEST = 60
"""Beyond two months a count of days says less than the date."""


def distance(value: date, today: date, tr: Translator) -> str:
    """Today, yesterday, in 3 days, 9 days ago; beyond two months the date itself."""
    days = (value - today).days
    if days == 0:
        return tr.text("today")
    if days == -1:
        return tr.text("yesterday")
    if days == 1:
        return tr.text("tomorrow")
    if abs(days) > _LONGEST:
        return formats.day(value)
    if days < 0:
        return tr.plural("{count} day ago", "{count} days ago", -days)
    return tr.plural("in {count} day", "in {count} days", days)


def days(count: int, tr: Translator) -> str:
    """16 days."""
    return tr.plural("{count} day", "{count} days", count)


def file_size(size: int, tr: Translator) -> str:
    """340 KB, 12 MB: rounded up, as nobody counts the bytes of a stick."""
    if size < _MEGABYTE:
        return tr.text("{count} KB", count=formats.number(-(-size // 1024), tr.language))
    return tr.text("{count} MB", count=formats.number(-(-size // _MEGABYTE), tr.language))


def free_room(size: int, tr: Translator) -> str:
    """The same rounded down, so that what is free never looks as much as what is needed."""
    unit = _MEGABYTE if size >= _MEGABYTE else 1024
    return file_size(size // unit * unit, tr)
