"""Why somebody was found, in words."""

import unicodedata
from collections.abc import Mapping
from typing import Protocol

from desk_app.domain.vocabulary import N_
from desk_app.i18n.translator import Translator


class Found(Protocol):
    """What is asked of a person who was found: what she is called, and the code of the reason."""

    @property
    def name(self) -> str:
        """What she is called on screen."""

    @property
    def why(self) -> str:
        """A code of `ranking.Why`."""


REASONS: Mapping[str, str] = {
    "number": N_("by number"),
    "phone": N_("by phone number"),
    "paper": N_("by passport number"),
    "other_name": N_("by one of the other names"),
    "other_ending": N_("another ending of the name"),
    "other_layout": N_("typed in the other keyboard layout"),
    "slip": N_("name spelled nearly the same"),
}
"""By the codes of `ranking.Why`. The same name and its beginning are plain to see; another spelling says which."""

_TAJIK_ALONE = frozenset("ҷӣӯ")
_NOT_RUSSIAN = _TAJIK_ALONE | frozenset("ғқҳў")


def why_found(found: Found, typed: str, tr: Translator) -> str:
    """Why, where it is not plain to see; else empty."""
    if found.why == "other_spelling":
        return _spelling(found.name.lower(), typed.lower(), tr)
    return tr.text(REASONS[found.why]) if found.why in REASONS else ""


def _spelling(name: str, typed: str, tr: Translator) -> str:
    """In which letters the name is written, where what was typed is in others."""
    if _cyrillic(name) and not _cyrillic(typed):
        return tr.text("written in Cyrillic letters")
    if _cyrillic(typed) and not _cyrillic(name):
        return tr.text("written in Latin letters")
    if _NOT_RUSSIAN.intersection(typed) and not _NOT_RUSSIAN.intersection(name):
        return tr.text("name in Russian letters")
    if _TAJIK_ALONE.intersection(name) and not _NOT_RUSSIAN.intersection(typed):
        return tr.text("name in Tajik letters")
    return tr.text("written another way")


def _cyrillic(text: str) -> bool:
    return any(unicodedata.name(char, "").startswith("CYRILLIC") for char in text)
