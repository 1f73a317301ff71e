"""Text typed in the two old Tajik fonts, which drew Tajik letters where Unicode has Serbian or Ukrainian ones.

The same signs mean other letters in the two fonts, so a text is read as one of them only on signs that tell them apart.
Conversion is offered with a preview, never done silently to what is stored.
"""

import enum
import re
from collections.abc import Mapping


class OldFont(enum.StrEnum):
    """Which of the two families of old fonts a text was typed in."""

    A = "a"
    B = "b"


def _both_cases(letters: Mapping[str, str]) -> dict[int, str]:
    return str.maketrans({**letters, **{old.upper(): new.upper() for old, new in letters.items()}})


_LETTERS = {
    OldFont.A: _both_cases({"љ": "ҷ", "њ": "ҳ", "ќ": "қ", "ї": "ӣ", "ѓ": "ғ", "ў": "ӯ"}),
    OldFont.B: _both_cases({"ї": "ҷ", "і": "ҳ", "ѕ": "қ", "љ": "ғ", "њ": "ӣ", "ў": "ӯ"}),
}

_UKRAINIAN = re.compile("[єґ]|і[йїяю]|ії")
"""Ukrainian spelling, in which і and ї are letters of their own."""

_LONG_I_AS_IN_B = re.compile(r"[бвгдзклмнпрстфхцчш]њ\b")
"""A last њ after a consonant is ӣ, which ends many words; ҳ stands after a vowel there."""


def old_font(text: str) -> OldFont | None:
    """The old font a text was typed in, or None. ў alone tells nothing: it is an Uzbek letter."""
    low = text.lower()
    if _UKRAINIAN.search(low):
        return None
    if "ќ" in low or "ѓ" in low:
        return OldFont.A
    if "і" in low or "ѕ" in low:
        return OldFont.B
    if _LONG_I_AS_IN_B.search(low) or re.search(r"ї\B", low):
        return OldFont.B
    return OldFont.A if re.search("[њљї]", low) else None


def convert_old_font(text: str, font: OldFont) -> str:
    """The text with the font's signs as the Tajik letters they were drawn as."""
    return text.translate(_LETTERS[font])
