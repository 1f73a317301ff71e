"""What a field accepts. The same checks for the window, the command line, tables and bundles of other desks."""

import re
import unicodedata
from base64 import b64encode
from collections.abc import Callable
from datetime import date
from functools import cache

from desk_app.domain.errors import InvalidValue, Problem
from desk_app.domain.ids import is_record_id
from desk_app.domain.records.declaration import Field, FieldType, FieldValue, Kind, Values, as_typed

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control signs, halves of surrogate pairs, and signs that change how a text reads without being seen themselves
(Unicode TR 36, "bidirectional text spoofing")."""

MAX_NUMBER = 10**12

_SEALED = re.compile(b64encode(b"age-encryption.org/v1").decode() + r"[A-Za-z0-9+/]+={0,2}")
"""Base64 of an age file: words that somebody typed are never taken for it, so they are never stored in its place."""


def checked(kind: Kind, values: Values) -> dict[str, FieldValue]:
    """The values as they are stored: text in NFC without outer spaces, empty text as None.

    Raises `InvalidValue` for the first value that its field refuses, and KeyError for a field the kind lacks.
    """
    return {name: checked_value(kind, kind.field(name), value) for name, value in values.items()}


def checked_typed(kind: Kind, values: Values) -> dict[str, FieldValue]:
    """The values as `checked` gives them, with sealed text still in the clear, as it was typed. Raises the same."""
    return {name: checked_value(kind, as_typed(kind.field(name)), value) for name, value in values.items()}


def checked_value(kind: Kind, field: Field, value: FieldValue) -> FieldValue:
    """One value as it is stored. Raises `InvalidValue`."""
    if isinstance(value, str):
        value = unicodedata.normalize("NFC", value).strip() or None
    if value is None:
        return None
    problem = _check_of(field)(field, value)
    if problem:
        raise InvalidValue(kind.name, field.name, problem, field.limit)
    return value


@cache
def _check_of(field: Field) -> Callable[[Field, FieldValue], Problem | None]:
    return _CHECKS[field.type]


def missing(kind: Kind, values: Values) -> Field | None:
    """The first required field that a new record leaves empty."""
    for field in kind.own_fields:
        said = [values.get(name) for name in (field.name, field.instead) if name]
        if field.required and all(value in (None, frozenset()) for value in said):
            return field
    return None


def _line(field: Field, value: FieldValue) -> Problem | None:
    if not isinstance(value, str):
        return Problem.NOT_TEXT
    if len(value) > field.limit:
        return Problem.TOO_LONG
    if UNSEEN.search(value):
        return Problem.INVISIBLE
    return Problem.ONE_LINE if field.type is not FieldType.LONG_TEXT and "\n" in value else None


def _sealed(field: Field, value: FieldValue) -> Problem | None:
    whole = isinstance(value, str) and _SEALED.fullmatch(value)
    return (Problem.TOO_LONG if len(str(value)) > field.limit else None) if whole else Problem.NOT_TEXT


def _choice(field: Field, value: FieldValue) -> Problem | None:
    known = isinstance(value, str) and field.vocabulary and value in field.vocabulary
    return None if known else Problem.NOT_A_CHOICE


def _set(field: Field, value: FieldValue) -> Problem | None:
    known = isinstance(value, frozenset) and field.vocabulary and all(code in field.vocabulary for code in value)
    return None if known else Problem.NOT_A_CHOICE


def _date(field: Field, value: FieldValue) -> Problem | None:
    whole = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return None if whole and _is_date(str(value)) else Problem.NOT_A_DATE


def _partial_date(field: Field, value: FieldValue) -> Problem | None:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        return Problem.NOT_A_DATE
    return None if _is_date((value + "-01-01")[:10]) else Problem.NOT_A_DATE


def _is_date(text: str) -> bool:
    try:
        return 1880 <= date.fromisoformat(text).year <= 2199
    except ValueError:
        return False


def _number(field: Field, value: FieldValue) -> Problem | None:
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_NUMBER
    return None if whole else Problem.NOT_A_NUMBER


def _phone(field: Field, value: FieldValue) -> Problem | None:
    digits = isinstance(value, str) and re.fullmatch(r"\+?[\d\s()./-]{3,40}", value, re.ASCII)
    return None if digits else Problem.NOT_A_PHONE


def _reference(field: Field, value: FieldValue) -> Problem | None:
    return None if isinstance(value, str) and is_record_id(value) else Problem.NOT_A_REFERENCE


def _yes_no(field: Field, value: FieldValue) -> Problem | None:
    return None if isinstance(value, bool) else Problem.NOT_YES_NO


_CHECKS: dict[FieldType, Callable[[Field, FieldValue], Problem | None]] = {
    FieldType.TEXT: _line,
    FieldType.LONG_TEXT: _line,
    FieldType.SEALED_TEXT: _sealed,
    FieldType.NAME: _line,
    FieldType.PHONE: _phone,
    FieldType.CHOICE: _choice,
    FieldType.SET: _set,
    FieldType.DATE: _date,
    FieldType.PARTIAL_DATE: _partial_date,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _number,
    FieldType.REFERENCE: _reference,
    FieldType.YES_NO: _yes_no,
}
