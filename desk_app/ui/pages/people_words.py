"""Why somebody was found, and why two people may be one, in words."""

import unicodedata
from collections.abc import Iterable, Mapping

from desk_app.domain.vocabulary import N_
from desk_app.i18n.translator import Translator
from desk_app.usecases.people import Found

REASONS: Mapping[str, str] = {
    "birth_same": N_("same date of birth"),
    "birth_swapped": N_("day and month of birth exchanged"),
    "birth_close": N_("nearly the same date of birth"),
    "birth_year": N_("same year of birth"),
    "birth_differs": N_("another date of birth"),
    "sex_of_person_differs": N_("another sex"),
    "father_same": N_("same patronymic"),
    "father_differs": N_("another patronymic"),
    "phone_same": N_("same phone number"),
    "paper_same": N_("same passport number"),
    "release_same": N_("same place and date of release"),
    "same": N_("same name"),
    "other_script": N_("name in other letters"),
    "suffix_differs": N_("another ending of the name"),
    "order_differs": N_("names in another order"),
    "close_spelling": N_("name spelled nearly the same"),
    "part_missing": N_("part of the name is missing"),
    "other_name": N_("one of the other names agrees"),
    "sex_differs": N_("a man's name and a woman's name"),
    "different": N_("another name"),
}
"""By the codes of `names.FactReason` and `names.NameReason`."""


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


def why_alike(reasons: Iterable[str], tr: Translator) -> str:
    """What agrees and what differs."""
    return ", ".join(tr.text(REASONS[reason]) for reason in reasons if reason in REASONS)


def _cyrillic(text: str) -> bool:
    return any(unicodedata.name(char, "").startswith("CYRILLIC") for char in text)
