"""Transfers and requests in the window's words: rows of lists, facts of a panel, banners on a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk_app.domain.names import sort_key
from desk_app.domain.records.transfer import (
    ACCEPTED,
    ASKED,
    DECLINED,
    OFFERED,
    REASON,
    REFUSED,
    REQUEST_STATE,
    STATE,
    TRANSFER,
    TRANSFER_REQUEST,
    WITHDRAWN,
)
from desk_app.i18n import formats, labels, transfer_words
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.pages.person_words import birth
from desk_app.ui.pages.transfers.read import PersonSeen, Waiting
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases.assigning import Contested
from desk_app.usecases.transfers import Request, Transfer

Fact = tuple[str, str]
"""A label and what stands under it."""
_MARKS: Mapping[str, tuple[Icon, Tone]] = {
    OFFERED: (Icon.WAITING, Tone.ATTENTION),
    ASKED: (Icon.WAITING, Tone.ATTENTION),
    ACCEPTED: (Icon.DONE, Tone.DONE),
    DECLINED: (Icon.REFUSED, Tone.DANGER),
    REFUSED: (Icon.REFUSED, Tone.DANGER),
    WITHDRAWN: (Icon.WITHDRAWN, Tone.PLAIN),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A banner above a person: what it says, how it looks, what its button says and asks for; both may be empty."""

    words: str
    tone: Tone
    action: str = ""
    asks: str = ""


def transfer_key(transfer: Transfer) -> str:
    """Under which key a list knows a transfer."""
    return f"transfer:{transfer.id}"


def request_key(request: Request) -> str:
    """Under which key a list knows a request."""
    return f"request:{request.id}"


def called(transfer: Transfer, tr: Translator) -> str:
    """Whom a transfer is about; this vault may have nothing of the person yet."""
    return transfer.client_name or transfer.client_number or tr.text("A person whose records have not come yet")


def asked_for(request: Request) -> str:
    """Whom a request is about, as the desk that asks calls the person."""
    return request.client_name or request.client_number


def row_of(one: Waiting, own: str, tr: Translator, *, is_open: bool) -> Row:
    """A row of a list, seen from the desk `own`."""
    if isinstance(one, Contested):
        return contested_row(one, tr)
    if isinstance(one, Transfer):
        return transfer_row(one, own, tr, is_open=is_open)
    return request_row(one, own, tr, is_open=is_open)


def contested_row(one: Contested, tr: Translator) -> Row:
    """A person whom more than one desk took over."""
    said = _joined([transfer_words.twice(one.desks, tr), one.client_number if one.client_name else ""])
    title = one.client_name or one.client_number
    return Row(f"contested:{one.client}", title, said, icon=Icon.WARNING, tone=Tone.ATTENTION)


def transfer_row(one: Transfer, own: str, tr: Translator, *, is_open: bool) -> Row:
    """A transfer in a list, seen from the desk `own`."""
    if one.to_desk == own:
        said = tr.text("{desk} offers this person to you", desk=desk_name(one.from_desk, tr))
    elif one.from_desk == own:
        said = tr.text("Offered to {desk}", desk=desk_name(one.to_desk, tr))
    else:
        desk, other = desk_name(one.from_desk, tr), desk_name(one.to_desk, tr)
        said = tr.text("{desk} offers this person to {other}", desk=desk, other=other)
    detail = [said, tr.choice(REASON, one.reason) if one.reason else "", one.client_number if one.client_name else ""]
    on = one.offered_on if is_open else one.answered_on or one.offered_on
    icon, tone = _MARKS.get(one.state, (Icon.UNKNOWN, Tone.PLAIN))
    tail = "" if is_open else tr.choice(STATE, one.state)
    return Row(transfer_key(one), called(one, tr), _joined(detail), formats.any_date(on), tail, icon, tone)


def request_row(one: Request, own: str, tr: Translator, *, is_open: bool) -> Row:
    """A request in a list, seen from the desk `own`."""
    if one.desk != own:
        said = tr.text("{desk} asks for this person", desk=desk_name(one.desk, tr))
    elif one.to_desk:
        said = tr.text("You asked {desk} for this person", desk=desk_name(one.to_desk, tr))
    else:
        said = tr.text("You asked for this person; the coordinator looks for the desk")
    number = one.client_number if one.client_name else ""
    on = one.asked_on if is_open else one.answered_on or one.asked_on
    icon, tone = _MARKS.get(one.state, (Icon.UNKNOWN, Tone.PLAIN))
    tail = "" if is_open else tr.choice(REQUEST_STATE, one.state)
    if is_open and not one.to_desk and one.desk != own:
        tail = tr.text("Which desk?")
    detail = _joined([said, birth(one.birth_date, tr), number])
    return Row(request_key(one), asked_for(one), detail, formats.any_date(on), tail, icon, tone)


def transfer_facts(one: Transfer, own: str, tr: Translator) -> list[Fact]:
    """What a panel says about a transfer; what the desk `own` knows anyway is left out."""
    return _filled(
        [
            (
                labels.field(TRANSFER.field("from_desk"), tr),
                desk_name(one.from_desk, tr) if one.from_desk != own else "",
            ),
            (labels.field(TRANSFER.field("to_desk"), tr), desk_name(one.to_desk, tr) if one.to_desk != own else ""),
            (labels.field(TRANSFER.field("offered_on"), tr), formats.any_date(one.offered_on)),
            (labels.field(TRANSFER.field("reason"), tr), tr.choice(REASON, one.reason) if one.reason else ""),
            (labels.field(TRANSFER.field("note"), tr), one.note),
            (labels.field(TRANSFER.field("state"), tr), "" if one.state == OFFERED else tr.choice(STATE, one.state)),
            *_answered(one.answered_on, one.answer, tr),
        ]
    )


def request_facts(one: Request, own: str, tr: Translator) -> list[Fact]:
    """What a panel says about a request; what the desk `own` knows anyway is left out."""
    state = "" if one.state == ASKED else tr.choice(REQUEST_STATE, one.state)
    wanted = desk_name(one.to_desk, tr) if one.to_desk else tr.text("Not known; the coordinator looks for it")
    return _filled(
        [
            (tr.text("Who asks"), desk_name(one.desk, tr) if one.desk != own else ""),
            (tr.text("Which desk has the person"), wanted if one.to_desk != own else ""),
            (labels.field(TRANSFER_REQUEST.field("asked_on"), tr), formats.any_date(one.asked_on)),
            (labels.field(TRANSFER_REQUEST.field("reason"), tr), tr.choice(REASON, one.reason) if one.reason else ""),
            (labels.field(TRANSFER_REQUEST.field("note"), tr), one.note),
            (labels.field(TRANSFER_REQUEST.field("state"), tr), state),
            *_answered(one.answered_on, one.answer, tr),
        ]
    )


def notice(transfers: Sequence[Transfer], own: str, since: str, tr: Translator, *, leads: bool) -> Notice | None:
    """What stands above a person because of transfers, the newest first: what is open, else the last move.

    That a desk declined is of interest for a while only: no longer if it did before `since`, an ISO date.
    """
    for one in transfers:
        if one.state == OFFERED:
            return _open_notice(one, own, tr, leads=leads)
        if one.state == ACCEPTED:
            return _moved_notice(one, own, tr)
        if one.state == DECLINED and one.from_desk == own and one.answered_on >= since:
            return _declined_notice(one, tr)
    return None


def _open_notice(one: Transfer, own: str, tr: Translator, *, leads: bool) -> Notice:
    on = formats.any_date(one.offered_on)
    if one.to_desk == own:
        words = tr.text("{desk} offered this person to you on {day}.", desk=desk_name(one.from_desk, tr), day=on)
        return Notice(words, Tone.ATTENTION, tr.text("Answer the other desk"), f"answer:{one.id}")
    words = tr.text("Offered to {desk} on {day}, not answered yet.", desk=desk_name(one.to_desk, tr), day=on)
    may_withdraw = leads or one.from_desk == own
    return Notice(
        words,
        Tone.ATTENTION,
        tr.text("Withdraw the offer") if may_withdraw else "",
        f"withdraw_transfer:{one.id}" if may_withdraw else "",
    )


def _moved_notice(one: Transfer, own: str, tr: Translator) -> Notice:
    on = formats.any_date(one.answered_on)
    if one.to_desk == own:
        words = tr.text("Came from {desk} by transfer on {day}.", desk=desk_name(one.from_desk, tr), day=on)
        return Notice(words, Tone.PLAIN)
    if one.from_desk == own:
        words = tr.text(
            "Moved to {desk} on {day}. You can read what was recorded here; new work is written there.",
            desk=desk_name(one.to_desk, tr),
            day=on,
        )
        return Notice(words, Tone.PRIMARY, tr.text("Ask for the person"), "ask_for")
    words = tr.text(
        "Moved from {desk} to {other} on {day}.",
        desk=desk_name(one.from_desk, tr),
        other=desk_name(one.to_desk, tr),
        day=on,
    )
    return Notice(words, Tone.PLAIN)


def _declined_notice(one: Transfer, tr: Translator) -> Notice:
    desk, on = desk_name(one.to_desk, tr), formats.any_date(one.answered_on)
    if one.answer:
        words = tr.text("{desk} declined on {day}: {answer}", desk=desk, day=on, answer=one.answer)
    else:
        words = tr.text("{desk} declined on {day}. The person stays here.", desk=desk, day=on)
    return Notice(words, Tone.PLAIN)


def person_notice(seen: PersonSeen, own: str, tr: Translator, *, leads: bool) -> Notice | None:
    """What stands above a person at the desk `own`, if anything."""
    if seen.contested is not None:
        return contested_notice(seen.contested, tr)
    here = seen.person.client.text("desk")
    said = notice(seen.transfers, own, seen.since, tr, leads=leads)
    return elsewhere_notice(here, tr) if said is None and not leads and here not in ("", own) else said


def contested_notice(one: Contested, tr: Translator) -> Notice:
    """Above a person whom more than one desk took over: each of them, whatever the last transfer says."""
    asks = tr.text("Say which desk has the person")
    return Notice(transfer_words.twice(one.desks, tr), Tone.ATTENTION, asks, f"answer:{one.client}")


def elsewhere_notice(desk: str, tr: Translator) -> Notice:
    """Above a person of another desk who is known here by a referral."""
    words = tr.text(
        "With {desk}. You see the person because of a referral; the rest of the history stays there.",
        desk=desk_name(desk, tr),
    )
    return Notice(words, Tone.PRIMARY, tr.text("Ask for the person"), "ask_for")


def desk_choices(desks: Sequence[str], tr: Translator) -> dict[str, str]:
    """Desk code -> its name, in the order of the names."""
    names = ((code, desk_name(code, tr)) for code in desks)
    return dict(sorted(names, key=lambda one: sort_key(one[1], tr.language.code)))


def _answered(on: str, answer: str, tr: Translator) -> list[Fact]:
    return [
        (labels.field(TRANSFER.field("answered_on"), tr), formats.any_date(on)),
        (labels.field(TRANSFER.field("answer"), tr), answer),
    ]


def _filled(facts: Sequence[Fact]) -> list[Fact]:
    return [(words, said) for words, said in facts if said]


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(" ".join(part.split())[:200] for part in parts if part)
