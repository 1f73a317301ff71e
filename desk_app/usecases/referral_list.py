"""The list of referrals: what waits for an answer first, then the newest."""

from datetime import date

from desk_app.domain import clock
from desk_app.domain.rules.referral_states import UNANSWERED
from desk_app.storage import referrals as storage
from desk_app.storage.referrals import Line
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault

NEEDS_ANSWER, DRAFTS, SENT, ANSWERED, ALL = "needs_answer", "drafts", "sent", "answered", "all"
"""The ways to narrow the list."""


def overview(vault: Vault) -> list[Line]:
    """Every referral: those whose answer is late before the others, the longest awaited first; then the newest."""
    on = clock.today(vault.now())
    with as_trouble(vault.folder / DATABASE):
        found = storage.lines(vault.db, vault.desk)
    late = sorted((line for line in found if is_late(line, on)), key=lambda line: (line.answer_due, line.id))
    return late + [line for line in found if not is_late(line, on)]


def is_late(line: Line, on: date) -> bool:
    """Whether the day of the answer has come and nobody answered; about who moved away another desk asks."""
    is_due = bool(line.answer_due) and line.answer_due <= on.isoformat()
    return line.state in UNANSWERED and is_due and not line.moved_to


def belongs(line: Line, code: str, on: date) -> bool:
    """Whether a line stands in the list narrowed so. Raises KeyError for another code."""
    return {
        NEEDS_ANSWER: is_late(line, on),
        DRAFTS: line.state == "draft",
        SENT: line.state in UNANSWERED,
        ANSWERED: line.state != "draft" and line.state not in UNANSWERED,
        ALL: True,
    }[code]
