"""What goes on a referral letter: finished words in the letter's language. Knows no template and no PDF engine.

Everything here may be on its way to an office the person did not choose to tell more. What the consent does not allow
never reaches these values; the letter does not say that, or what, something was left out.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the programme, the desk in Tajik and in a second language, how to reach it."""

    programme: str
    desk: str
    desk_second: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the table about the person: both words as they are printed."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ReplySlip:
    """The part that is torn off and comes back. It bears no name of the person: number and code are enough."""

    cut_here: str
    title: str
    code_label: str
    code: str
    return_to: str
    accepted: str
    declined: str
    reason: str
    appointment: str
    service_given: str
    result: str
    officer: str
    date: str
    signature: str


@dataclass(frozen=True, slots=True)
class ReferralLetter:
    """A referral letter, ready to be set. `dated` is the letter's own date; the other fields are printed words.

    Empty words leave their line out. `number` is also printed at the head of a second page.
    """

    language: str
    dated: dt.date
    number: str
    letterhead: Letterhead
    number_line: str
    date_line: str
    addressee: tuple[str, ...]
    title: str
    subject: str
    salutation: str
    opening: tuple[str, ...]
    facts: tuple[Fact, ...]
    request: tuple[str, ...]
    enclosures: tuple[str, ...]
    closing: str
    post: str
    signatory: str
    seal: str
    prepared_by: tuple[str, ...]
    continuation: str
    slip: ReplySlip


def words_of(part: object) -> Iterator[str]:
    """Every printed string of a letter or of a part of it, for checks over the whole paper."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from words_of(item)
    elif isinstance(part, Letterhead | Fact | ReplySlip | ReferralLetter):
        for field in fields(part):
            yield from words_of(getattr(part, field.name))
