"""Why two people may be one, in words."""

from collections.abc import Iterable, Mapping

from desk_app.domain.vocabulary import N_
from desk_app.i18n.translator import Translator

REASONS: Mapping[str, str] = {
    "same": N_("same name"),
    "other_name": N_("one of the other names agrees"),
    "russian_spelling": N_("name in Russian letters"),
    "other_script": N_("name in other letters"),
    "other_spelling": N_("name written another way"),
    "suffix_differs": N_("another ending of the name"),
    "order_differs": N_("names in another order"),
    "close_spelling": N_("name spelled nearly the same"),
    "part_missing": N_("part of the name is missing"),
    "sex_differs": N_("a man's name and a woman's name"),
    "given_same": N_("same given name, another surname"),
    "different": N_("another name"),
    "birth_same": N_("same date of birth"),
    "birth_swapped": N_("day and month of birth exchanged"),
    "birth_close": N_("nearly the same date of birth"),
    "birth_year": N_("same year of birth"),
    "birth_year_close": N_("nearly the same year of birth"),
    "birth_day_differs": N_("same year of birth, another day"),
    "birth_differs": N_("another date of birth"),
    "sex_of_person_differs": N_("another sex"),
    "father_same": N_("same patronymic"),
    "father_differs": N_("another patronymic"),
    "phone_same": N_("same phone number"),
    "paper_same": N_("same passport number"),
    "release_same": N_("same place and date of release"),
}
"""By the codes of `names.FactReason` and `names.NameReason`."""


def why_alike(reasons: Iterable[str], tr: Translator) -> str:
    """What agrees and what differs, in the order given."""
    return ", ".join(tr.text(REASONS[reason]) for reason in reasons if reason in REASONS)
