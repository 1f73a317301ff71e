"""Secrets on paper: decimal digits, which any keyboard in any language can type, in groups that tell of slips.

A printed group has six: five digits and a Damm check digit over the group's number (from 1) and those five. That finds
every single wrong digit, every swap of neighbours and nearly every swap of whole groups, and names the group (Damm,
"Total anti-symmetrische Quasigruppen", 2004).
"""

import unicodedata

DIGITS = 5
PRINTED = DIGITS + 1
_LONGEST = 1000
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


class GroupWrongError(Exception):
    """A group is wrong or missing; counted from 1, one more than there are where too much was typed."""

    def __init__(self, group: int) -> None:
        super().__init__(group)
        self.group = group


def printed(digits: str) -> str:
    """Groups of six, as they stand on paper."""
    parts = (digits[at : at + DIGITS] for at in range(0, len(digits), DIGITS))
    return " ".join(part + _check_digit(number, part) for number, part in enumerate(parts, 1))


def parsed(text: str, groups: int) -> str:
    """The digits a person typed, without check digits; digits of any script, anything else between them is ignored.

    Raises `GroupWrongError` with the number of the first wrong or missing group.
    """
    typed = "".join(str(value) for char in text[:_LONGEST] if (value := unicodedata.decimal(char, None)) is not None)
    found = ""
    for number in range(1, groups + 1):
        group = typed[(number - 1) * PRINTED : number * PRINTED]
        if len(group) < PRINTED or _check_digit(number, group[:DIGITS]) != group[DIGITS]:
            raise GroupWrongError(number)
        found += group[:DIGITS]
    if len(typed) > groups * PRINTED:
        raise GroupWrongError(groups + 1)
    return found


def _check_digit(number: int, digits: str) -> str:
    state = "0"
    for digit in str(number) + digits:
        state = _DAMM[int(state)][int(digit)]
    return state
