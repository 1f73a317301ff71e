"""People who move from desk to desk, in whole sentences: for the window and for the command line."""

from collections.abc import Sequence

from desk_app.domain.records.transfer import ACCEPTED, DECLINED, REASON, REFUSED, WITHDRAWN
from desk_app.domain.vocabulary import N_
from desk_app.i18n import formats
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator

_BECAME = {
    ACCEPTED: N_("{desk} took the person over on {day}."),
    DECLINED: N_("{desk} declined on {day}."),
    WITHDRAWN: N_("The offer was withdrawn on {day}."),
    REFUSED: N_("The request was refused on {day}."),
}


def moved_to(desk: str, tr: Translator) -> str:
    """Where a person is who was this desk's before; empty for who did not move."""
    return tr.text("moved to {desk}", desk=desk_name(desk, tr)) if desk else ""


def offered(from_desk: str, to_desk: str, on: str, reason: str, tr: Translator) -> str:
    """Who offers a person to whom, since when and why."""
    said = tr.text(
        "{from_desk} offers the person to {to_desk} since {day}.",
        from_desk=desk_name(from_desk, tr),
        to_desk=desk_name(to_desk, tr),
        day=formats.any_date(on),
    )
    return _with_reason(said, reason, tr)


def asked(desk: str, to_desk: str, on: str, reason: str, tr: Translator) -> str:
    """Which desk asks whom for a person, since when and why."""
    facts = {"desk": desk_name(desk, tr), "day": formats.any_date(on)}
    if to_desk:
        said = tr.text("{desk} asks {to_desk} for the person since {day}.", **facts, to_desk=desk_name(to_desk, tr))
    else:
        said = tr.text("{desk} asks for the person since {day}. Nobody has said yet which desk has her.", **facts)
    return _with_reason(said, reason, tr)


def _with_reason(said: str, reason: str, tr: Translator) -> str:
    why = tr.text("Reason: {reason}.", reason=tr.choice(REASON, reason)) if reason else ""
    return f"{said} {why}".rstrip()


def became(state: str, desk: str, on: str, tr: Translator) -> str:
    """What became of an offer or a request; empty while it waits. `desk` is the one that answered."""
    words = _BECAME.get(state)
    return tr.text(words, desk=desk_name(desk, tr), day=formats.any_date(on)) if words else ""


def twice(desks: Sequence[str], tr: Translator) -> str:
    """That several desks took a person over, where the coordinator has to say whose she is."""
    names = ", ".join(desk_name(one, tr) for one in desks)
    return tr.text("More than one desk took this person over: {desks}.", desks=names)
