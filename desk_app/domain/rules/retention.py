"""How long personal data is kept. A rule of the programme, not of any law: the numbers stand here and nowhere else.

A rule only proposes. A person looks at each proposal and confirms it, or lets it be.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from desk_app.domain.vocabulary import N_, Vocabulary

RULE = Vocabulary(
    "retention_rule",
    {
        "quiet": N_("Nothing was recorded for five years"),
        "withdrawn": N_("Consent to the service was withdrawn a year ago"),
        "course": N_("The course ended five years ago"),
        "draft": N_("A form was left unfinished for ninety days"),
    },
)


@dataclass(frozen=True, slots=True)
class Rule:
    """After how many days without activity something is proposed, and why after so many."""

    code: str
    kind: str
    days: int
    reason: str

    @property
    def words(self) -> str:
        """What the rule says."""
        return RULE.words[self.code]


RULES = (
    Rule(
        "quiet", "client", 5 * 365, N_("Outcomes are followed for at most three years; two more answer to complaints.")
    ),
    Rule("withdrawn", "client", 365, N_("Whoever takes consent back may still come back within the year.")),
    Rule("course", "participant", 5 * 365, N_("A certificate may have to be written again within five years.")),
    Rule("draft", "draft", 90, N_("What nobody saved in three months will not be saved.")),
)
_BY_CODE = {rule.code: rule for rule in RULES}


def rule(code: str) -> Rule:
    """The rule with that code. Raises KeyError."""
    return _BY_CODE[code]


def is_due(code: str, last: str, today: date) -> bool:
    """Whether the rule's time has passed since the ISO date `last`. An unreadable date is never due."""
    try:
        return date.fromisoformat(last) + timedelta(days=_BY_CODE[code].days) <= today
    except (ValueError, OverflowError):
        return False
