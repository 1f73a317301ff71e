"""What may become of a transfer or a referral between desks, who may do it, and which consent it needs."""

from collections.abc import Mapping

from desk_app.domain.records.transfer import ACCEPTED, ASKED, DECLINED, OFFERED, REFUSED, WITHDRAWN

REFERRED = ("sent", "received", "accepted", "appointment", "in_service", "no_show")
"""The states in which a referral to another desk lives: so long that desk gets the client and her consents."""

KNOWN_TO_BOTH = (OFFERED, ACCEPTED, DECLINED)
"""The states in which a transfer goes to the desk that it is for; one withdrawn before only where it had been sent, or
where the coordinator was put back and cannot tell."""

_GIVER, _TAKER, _LEADER = "giver", "taker", "leader"
_WHO: Mapping[tuple[str, str], frozenset[str]] = {
    (OFFERED, ACCEPTED): frozenset((_TAKER,)),
    (OFFERED, DECLINED): frozenset((_TAKER,)),
    (OFFERED, WITHDRAWN): frozenset((_GIVER, _LEADER)),
    (ASKED, OFFERED): frozenset((_TAKER, _LEADER)),
    (ASKED, REFUSED): frozenset((_TAKER, _LEADER)),
}


def is_open(state: str) -> bool:
    """Whether a transfer or a request still waits for an answer."""
    return state in (OFFERED, ASKED)


def follows(before: str, after: str) -> bool:
    """Whether anybody at all may take a transfer, or a request, from one state to another: one that led to an offer
    waits on, but nobody can answer it a second time."""
    return (before, after) in _WHO


def allowed(before: str, after: str, *, ours: bool, to_us: bool, leads: bool) -> bool:
    """Whether a vault may take a transfer, or a request, from one state to another.

    `ours`: it began at this desk; `to_us`: it is for this desk; `leads`: this is the coordinator's vault.
    """
    who = {role for role, is_so in ((_GIVER, ours), (_TAKER, to_us), (_LEADER, leads)) if is_so}
    return not who.isdisjoint(_WHO.get((before, after), frozenset()))


def consent_lacking(answers: Mapping[str, str], asked_anew: bool) -> str:
    """The purpose whose consent stands in the way of giving a person to another desk; empty where none does.

    Who refused or withdrew the keeping of records is given to nobody. Naming the person to others needs a yes: the one
    on record, or her word at the desk that asks for her (`asked_anew`). `answers` as `consent.standing` gives them.
    """
    if answers.get("service") in ("refused", "withdrawn"):
        return "service"
    return "" if asked_anew or answers.get("sharing") == "given" else "sharing"
