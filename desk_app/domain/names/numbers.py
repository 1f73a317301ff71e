"""Numbers that tell people apart: telephones and papers, in one form however they were typed."""

import re
from functools import lru_cache

from desk_app.domain.names.folding import neutral
from desk_app.domain.names.keyboard import same_keys

_LONGEST = 64
_PHONE_END = 7
_COUNTRY = "992"
_DIALLED = ("00992", _COUNTRY, "00", "8", "7", "0")
_SURELY_DIALLED = 6
"""Digits behind an 8, 7 or 0 that make it one which is dialled, and not the first of the number."""
BEGUN, ENDING = "s:", "r:"
"""What the key of a number starts with that is found by its beginning, and of one that is kept backwards."""
_FEWEST_PAPER_DIGITS = 4
_GROUP = re.compile("[0-9]+")
_NO_DIGIT = re.compile("[^0-9]")
_NO_DIGITS = bytes(range(ord("0"))) + bytes(range(ord("9") + 1, 128))
_NO_SIGN = re.compile("[^a-z0-9]")
_NO_LETTERS = bytes(range(0x41))
_TEN = "0123456789"


def digits(text: str) -> str:
    """The ASCII digits of a text, in order."""
    begun = text[:_LONGEST]
    if begun.isascii():
        return begun.encode().translate(None, _NO_DIGITS).decode()
    return _NO_DIGIT.sub("", begun)


def phone_end(text: str) -> str:
    """The last seven digits of a telephone number, by which it is known with and without prefixes; empty if fewer."""
    found = digits(text)
    return found[-_PHONE_END:] if len(found) >= _PHONE_END else ""


def paper_number(text: str) -> str:
    """A paper's number in Latin letters and digits alone (А 1234567 in either script); empty if hardly a number."""
    folded = compact(text.replace("№", ""))
    return folded if len(digits(folded)) >= _FEWEST_PAPER_DIGITS else ""


def is_number(text: str) -> bool:
    """Whether a typed text has a digit, and so may be a telephone, a paper's or a client's number."""
    return any(sign.isdigit() for sign in text)


def compact(text: str) -> str:
    """A number's folded letters and digits without what stands between them: «KHG-2026-17» is khg202617."""
    begun = text[:_LONGEST]
    front = begun.rstrip(_TEN)
    return _folded(front) + begun[len(front) :]


@lru_cache(maxsize=4096)
def _folded(front: str) -> str:
    """What stands before a number's last digits: the letters of a series, a year, a country. A few make up most."""
    if front.isascii() and not front.encode().translate(None, _NO_LETTERS):
        return digits(front)  # Of a telephone: there is no sound to fold.
    return _NO_SIGN.sub("", neutral(front))


def number_keys(text: str) -> set[str]:
    """What leads to a number in the search box: `BEGUN` and its letters and digits, its digits alone, the count that
    ends a client's number; of a telephone the number without its country, the last seven digits, and `ENDING` with
    all digits backwards, so that people find it by the last ones that they remember.
    """
    whole, found = compact(text), digits(text)
    if whole != found:
        count = _GROUP.findall(text[:_LONGEST])[-1:] if "-" in text else []
        return {BEGUN + key for key in (whole, found, *count) if key}
    if len(found) < _PHONE_END:
        return {BEGUN + found} if found else set()
    own = _without_country(found)
    return {BEGUN + own, BEGUN + found[-_PHONE_END:], ENDING + own[::-1]}


def number_readings(text: str) -> tuple[str, ...]:
    """What a typed number may mean, likeliest first: as it stands, its letters read as one sound, typed in the other
    keyboard layout, without the country or what is dialled before it.
    """
    typed = compact(text.replace("№", ""))
    if typed.isdigit():
        meant = [typed[len(before) :] for before in _DIALLED if typed.startswith(before)][:1]
        least = 1 if typed.startswith(_COUNTRY) else _SURELY_DIALLED
        return (typed, *(own for own in meant if len(own) >= least))
    # A client's number has two or three letters, so the other layout is read without asking for vowels.
    found = (typed, compact(typed), compact(same_keys(text[:_LONGEST])))
    return tuple(dict.fromkeys(one for one in found if is_number(one)))


def _without_country(found: str) -> str:
    """A telephone's digits as its country writes them: +992 and nine digits, +7 and ten, or 8 in place of the 7."""
    if len(found) == 12:
        return found.removeprefix(_COUNTRY)
    return found[1:] if len(found) == 11 and found[0] in "78" else found


def forget_numbers() -> None:
    """Empties the cache of how numbers begin."""
    _folded.cache_clear()
