"""Numbers that tell people apart: telephones and papers, in one form however they were typed."""

import re
from functools import lru_cache

from desk_app.domain.names.folding import neutral

_LONGEST = 64
_PHONE_END = 7
_COUNTRY = "992"
_FEWEST_PAPER_DIGITS = 4
_GROUP = re.compile("[0-9]+")
_NO_DIGIT = re.compile("[^0-9]")
_NO_DIGITS = bytes(range(ord("0"))) + bytes(range(ord("9") + 1, 128))
_NO_SIGN = re.compile("[^a-z0-9]")
_NO_LETTERS = bytes(range(0x41))


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


@lru_cache(maxsize=64)
def compact(text: str) -> str:
    """A number's folded letters and digits without what stands between them: «KHG-2026-17» is khg202617."""
    begun = text[:_LONGEST]
    if begun.isascii() and not begun.encode().translate(None, _NO_LETTERS):
        return digits(begun)  # A telephone: there is no sound to fold.
    return _NO_SIGN.sub("", neutral(begun))


def number_keys(text: str) -> frozenset[str]:
    """What a number can be begun with in the search box: all of it, its digits, and each group of a client's number.

    A telephone also without its country and by its last seven digits.
    """
    whole, found = compact(text), digits(text)
    keys = {whole, found}
    if whole == found and len(found) > _PHONE_END:
        keys |= {found.removeprefix(_COUNTRY), found[-_PHONE_END:]}
    elif "-" in text:
        keys.update(_GROUP.findall(text[:_LONGEST]))
    return frozenset(keys - {""})


def forget_numbers() -> None:
    """Empties the cache of folded numbers."""
    compact.cache_clear()
