"""Consent as a switch: what the client's answers let a letter say, and why each of the rest stays out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desk_app.domain.vocabulary import N_, Vocabulary, is_own_code

WITHHELD = Vocabulary(
    "withheld",
    {
        "not_asked": N_("The client was not asked"),
        "refused": N_("The client refused"),
        "withdrawn": N_("The client withdrew the consent"),
        "not_on_record": N_("Not on record"),
        "not_safe": N_("Not safe to share"),
    },
)

SENSITIVE_PATHWAYS = frozenset({"health", "drugs_alcohol"})
"""Needs that tell of health: a letter names them only with the consent to mention health."""


class Purpose(StrEnum):
    """What must be consented to before a letter may say something."""

    SHARING = "sharing"
    HEALTH = "health"


class Withheld(StrEnum):
    """Why a detail may not stand in a letter; its words are in `WITHHELD`."""

    NOT_ASKED = "not_asked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_ON_RECORD = "not_on_record"
    NOT_SAFE = "not_safe"


@dataclass(frozen=True, slots=True)
class Answer:
    """One consent record: `state` is given, refused or withdrawn; times are Unix milliseconds of its changes."""

    purpose: str
    state: str
    made: int
    changed: int


def standing(answers: Iterable[Answer]) -> dict[str, str]:
    """The answer that counts for each purpose: the newest, unless a consent was withdrawn after it was written.

    Two devices may hear the client on different days: a withdrawal that reaches us never loses to an older yes.
    """
    latest: dict[str, Answer] = {}
    withdrawn: dict[str, int] = {}
    for answer in answers:
        known = latest.get(answer.purpose)
        if known is None or answer.made >= known.made:
            latest[answer.purpose] = answer
        if answer.state == "withdrawn":
            withdrawn[answer.purpose] = max(withdrawn.get(answer.purpose, 0), answer.changed)
    return {
        purpose: "withdrawn" if answer.state == "given" and withdrawn.get(purpose, -1) >= answer.made else answer.state
        for purpose, answer in latest.items()
    }


def withheld(purpose: Purpose, answers: Mapping[str, str]) -> Withheld | None:
    """Why the purpose is not open, or None when the client agreed to it. `answers` as `standing` gives them."""
    state = answers.get(purpose)
    if state == "given":
        return None
    return Withheld.NOT_ASKED if state is None else Withheld(state)


def needs_to_mention(pathways: Iterable[str], answers: Mapping[str, str]) -> frozenset[str]:
    """Those of the pathways that a letter may name. Nobody knows whether one that a coordinator added tells of health:
    so it counts as one that does.
    """
    if withheld(Purpose.SHARING, answers) is not None:
        return frozenset()
    health = withheld(Purpose.HEALTH, answers) is None
    return frozenset(
        pathway for pathway in pathways if health or not (pathway in SENSITIVE_PATHWAYS or is_own_code(pathway))
    )
