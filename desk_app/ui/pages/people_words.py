"""Why somebody was found, in words."""

import unicodedata

from desk_app.i18n.translator import Translator
from desk_app.usecases.people import Found


def why_found(found: Found, typed: str, tr: Translator) -> str:
    """Why, where it is not plain to see; else empty."""
    if found.why == "number":
        return tr.text("by number")
    if found.why == "other_layout":
        return tr.text("typed in the other keyboard layout")
    if found.why != "other_spelling":
        return ""
    if _cyrillic(found.name) and not _cyrillic(typed):
        return tr.text("written in Cyrillic letters")
    if _cyrillic(typed) and not _cyrillic(found.name):
        return tr.text("written in Latin letters")
    return tr.text("written another way")


def _cyrillic(text: str) -> bool:
    return any(unicodedata.name(char, "").startswith("CYRILLIC") for char in text)
