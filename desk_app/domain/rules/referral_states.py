"""The life of a referral: from which state to which, what each step needs to know, and what is to be done next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desk_app.domain.vocabulary import N_, Vocabulary

_AFTER: Mapping[str, tuple[str, ...]] = {
    "draft": ("sent", "withdrawn"),
    "sent": ("received", "accepted", "declined", "appointment", "in_service", "completed", "no_show", "withdrawn"),
    "received": ("accepted", "declined", "appointment", "in_service", "completed", "no_show", "withdrawn"),
    "accepted": ("appointment", "in_service", "completed", "declined", "no_show", "withdrawn"),
    "appointment": ("in_service", "completed", "declined", "no_show", "withdrawn"),
    "in_service": ("completed", "no_show", "withdrawn"),
    "no_show": ("appointment", "in_service", "withdrawn", "closed"),
    "completed": ("closed",),
    "declined": ("closed",),
    "withdrawn": ("closed",),
    "closed": (),
}
"""A desk hears of some steps only when later ones are over, so steps may be left out but never taken back."""

UNANSWERED = frozenset({"sent", "received"})
"""Nobody has said yes or no yet: that the letter lies there is no answer."""

PRINTABLE = frozenset({"draft", "sent", "received", "accepted", "appointment", "in_service", "no_show"})
"""A letter may be printed while the referral lives."""

_ANSWERS = frozenset({"accepted", "declined", "appointment", "in_service", "completed", "no_show"})
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "declined": ("result",),
    "completed": ("result",),
    "withdrawn": ("result",),
    "appointment": ("due",),
}
_DAYS = {"24h": 1, "72h": 3, "2w": 14}
USUAL_DAYS = 14
"""How long an organisation has to answer where the referral names no priority."""

NEXT = Vocabulary(
    "referral_next",
    {
        "print": N_("Print the letter"),
        "ask_answer": N_("Ask for the answer"),
        "answer": N_("Answer the other desk"),
        "agree_appointment": N_("Agree on an appointment"),
        "confirm_visit": N_("Ask whether the client came"),
        "ask_result": N_("Ask for the result"),
        "contact_client": N_("Contact the client"),
        "close": N_("Close the referral"),
    },
)
_NEXT_AFTER = {
    "draft": "print",
    "sent": "ask_answer",
    "received": "ask_answer",
    "accepted": "agree_appointment",
    "appointment": "confirm_visit",
    "in_service": "ask_result",
    "no_show": "contact_client",
    "completed": "close",
    "declined": "close",
    "withdrawn": "close",
}


@dataclass(frozen=True, slots=True)
class NextAction:
    """What is to be done about a referral (a code of `NEXT`) and by when; None where no clock runs."""

    code: str
    due: date | None


def allowed_after(state: str) -> tuple[str, ...]:
    """The states a referral may go to next; none from a state that a newer version made."""
    return _AFTER.get(state, ())


def facts_needed(state: str) -> tuple[str, ...]:
    """What has to be said to reach a state: fields of the referral, and `due` for the day of an appointment."""
    return _NEEDED.get(state, ())


def is_answer(state: str) -> bool:
    """Whether reaching the state means that the organisation has answered."""
    return state in _ANSWERS


def answer_due(priority: str, sent_on: date) -> date:
    """By when an answer is expected to a letter of that day."""
    return sent_on + timedelta(days=_DAYS.get(priority, USUAL_DAYS))


def next_action(state: str, due: date | None) -> NextAction | None:
    """What the desk does next; nothing after the end. `due` is when the answer is expected."""
    code = _NEXT_AFTER.get(state)
    if code is None:
        return None
    return NextAction(code, due if state in UNANSWERED else None)
