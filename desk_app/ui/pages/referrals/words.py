"""Referrals in the window's words: marks of their states, what waits and how long, what to do next."""

from collections.abc import Mapping
from datetime import date

from desk_app.domain.records.referral import LETTER_LANGUAGE, STATE
from desk_app.domain.rules.referral_states import NEXT, UNANSWERED, NextAction
from desk_app.domain.vocabulary import N_
from desk_app.i18n import formats, phrases
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.referrals import Line
from desk_app.storage.rows import Record
from desk_app.ui.icons import Icon
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.chip_painter import ChipMark
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases.directory import name_in
from desk_app.usecases.referral_list import ALL, ANSWERED, DRAFTS, NEEDS_ANSWER, SENT, is_late

INCOMING = "incoming"
"""The chip of the referrals of other desks to this one; it stands only where there are any."""
FILTERS: Mapping[str, str] = {
    NEEDS_ANSWER: N_("Need an answer"),
    INCOMING: N_("From other desks"),
    DRAFTS: N_("Drafts"),
    SENT: N_("Sent"),
    ANSWERED: N_("Answered"),
    ALL: N_("All"),
}

_MARKS: Mapping[str, ChipMark] = {
    "draft": ChipMark(Icon.DRAFT),
    "sent": ChipMark(Icon.REFERRALS, Tone.PRIMARY),
    "received": ChipMark(Icon.IMPORT, Tone.PRIMARY),
    "accepted": ChipMark(Icon.CHECK, Tone.DONE),
    "declined": ChipMark(Icon.REFUSED, Tone.DANGER),
    "appointment": ChipMark(Icon.APPOINTMENT, Tone.PRIMARY),
    "in_service": ChipMark(Icon.HELP_GIVEN, Tone.PRIMARY),
    "completed": ChipMark(Icon.DONE, Tone.DONE),
    "no_show": ChipMark(Icon.NOTICE, Tone.ATTENTION),
    "withdrawn": ChipMark(Icon.WITHDRAWN),
    "closed": ChipMark(Icon.DONE),
}
_LATE = ChipMark(Icon.DUE, Tone.ATTENTION)
_UNKNOWN = ChipMark(Icon.UNKNOWN)

RESULT_WORDS: Mapping[str, str] = {
    "declined": N_("Why it was declined"),
    "withdrawn": N_("Why it is withdrawn"),
}
"""What the field of the result is called where it holds a reason."""


def mark(state: str, late: bool = False) -> ChipMark:
    """The icon and tone of a state."""
    return _LATE if late else _MARKS.get(state, _UNKNOWN)


def is_incoming(line: Line, own: str) -> bool:
    """Whether another desk referred the client to the desk `own`."""
    return line.to_desk == own != line.desk


def is_unanswered_here(line: Line, own: str) -> bool:
    """Whether another desk waits for the answer of the desk `own`."""
    return is_incoming(line, own) and line.state in UNANSWERED


def cells(line: Line, on: date, own: str, tr: Translator) -> tuple[str, ...]:
    """One row of the table, at the desk `own`."""
    receiver = desk_name(line.to_desk, tr) if line.to_desk else name_in(line.organisation, tr.language.code)
    if is_incoming(line, own):
        receiver = tr.text("From {desk}", desk=desk_name(line.desk, tr))
    return (
        line.number,
        line.client_name,
        receiver,
        tr.choice(STATE, line.state),
        waiting(line, on, tr),
        due(line, on, tr),
    )


def waiting(line: Line, on: date, tr: Translator) -> str:
    """For how long nobody answered; empty where nobody is waited for."""
    if line.state not in UNANSWERED or not line.made_on:
        return ""
    return phrases.days(max((on - date.fromisoformat(line.made_on)).days, 0), tr)


def due(line: Line, on: date, tr: Translator) -> str:
    """When the answer is expected, as far from today."""
    if line.state not in UNANSWERED or not line.answer_due:
        return ""
    return phrases.distance(date.fromisoformat(line.answer_due), on, tr)


def late(line: Line, on: date) -> bool:
    """Whether the row asks for something now."""
    return is_late(line, on)


def next_words(action: NextAction, on: date, tr: Translator) -> str:
    """What to do next and by when."""
    what = tr.choice(NEXT, action.code)
    if action.due is None:
        return tr.text("Next: {what}.", what=what)
    when = formats.day(action.due)
    if action.due < on:
        ago = phrases.distance(action.due, on, tr)
        return tr.text("Next: {what}. It was expected by {day} ({ago}).", what=what, day=when, ago=ago)
    return tr.text("Next: {what}. It is expected by {day}.", what=what, day=when)


def letter_row(letter: Record, tr: Translator) -> Row:
    """A printed letter in a list."""
    return Row(
        letter.id,
        tr.choice(LETTER_LANGUAGE, letter.text("language")),
        tr.text("Printed on {moment}", moment=printed_at(letter)),
        icon=Icon.PAPER,
    )


def printed_at(letter: Record) -> str:
    """When a letter was printed, as every desk writes it."""
    day, _, time = letter.text("printed_at").partition(" ")
    return f"{formats.partial_date(day)} {time}".strip() if formats.is_stored_date(day) else letter.text("printed_at")
