"""Organisations of the directory in the window's words."""

from datetime import date

from desk_app.domain.records.organisation import CATEGORY
from desk_app.i18n import formats
from desk_app.i18n.translator import Translator
from desk_app.storage.rows import Record
from desk_app.ui.icons import Icon
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases.directory import called, months_since_check, needs_check

_ICONS = {
    "legal_aid": Icon.LEGAL,
    "employment": Icon.WORK,
    "training": Icon.COURSES,
    "treatment": Icon.HELP_GIVEN,
    "health": Icon.HELP_GIVEN,
    "housing": Icon.HOUSING,
    "papers": Icon.ID_CARD,
    "social": Icon.SOCIAL,
}
_YEARS_FROM = 24
"""From so many months on, years are counted."""


def checked_words(organisation: Record, on: date, tr: Translator) -> str:
    """How long ago somebody made sure that the entry is right."""
    months = months_since_check(organisation, on)
    if months is None:
        return tr.text("Never checked")
    if months >= _YEARS_FROM:
        return tr.plural("Checked {count} year ago", "Checked {count} years ago", months // 12)
    if months > 0:
        return tr.plural("Checked {count} month ago", "Checked {count} months ago", months)
    return tr.text("Checked this month")


def check_tone(organisation: Record, on: date) -> Tone:
    """An entry that was right once and grew old asks for a look; one that nobody checked yet only says so."""
    old = bool(organisation.text("checked_on")) and needs_check(organisation, on)
    return Tone.ATTENTION if old else Tone.PLAIN


def directory_row(organisation: Record, on: date, tr: Translator) -> Row:
    """One organisation of the list."""
    category = organisation.text("category")
    known = [
        tr.choice(CATEGORY, category) if category else "",
        organisation.text("place"),
        formats.phone(organisation.text("phone")),
    ]
    return Row(
        organisation.id,
        called(organisation, tr.language.code) or tr.text("Without a name yet"),
        " · ".join(part for part in known if part),
        tail=checked_words(organisation, on, tr),
        icon=_ICONS.get(category, Icon.DIRECTORY),
        tone=check_tone(organisation, on),
    )
