"""What a desk has to look at today: rows of several kinds joined with the names of their clients."""

from dataclasses import dataclass

from sqlite_utils import Database

from desk_app.domain.ids import RecordId
from desk_app.storage import transfers
from desk_app.storage.sqlcipher import Row


@dataclass(frozen=True, slots=True)
class Due:
    """One thing due. `on` is an ISO date, empty where none is known; `at` hours and minutes.

    `code` is the follow-up's type or the referral's state; `text` a note, or what the referral asked for.
    """

    id: RecordId
    number: str
    client: RecordId
    client_number: str
    client_name: str
    on: str
    at: str
    code: str
    text: str


# Of several clients who are one person, the one whose page it is.
_LEAD = "JOIN client ON client.id = coalesce((SELECT person FROM alias WHERE alias.client = own.id), own.id)"
_CLIENT = """client.id, coalesce(client.number, ''), coalesce(nullif(trim(
    coalesce(client.surname, '') || ' ' || coalesce(client.given_name, '') || ' ' || coalesce(client.father_name, '')
), ''), client.paper_name, client.other_names, '')"""

# About the desk's own people, and what it wrote itself about those who are referred to it. Whoever moved away is the
# business of another desk.
_OURS = (
    f"(:all OR {{table}}.desk = :desk OR own.desk = :desk) AND own.id NOT IN (SELECT client FROM ({transfers.GONE}))"
)

_FOLLOWUPS = f"""
SELECT followup.id, '', {_CLIENT}, followup.due, coalesce(followup.at, ''), coalesce(followup.type, ''),
    coalesce(followup.note, '')
FROM followup JOIN client AS own ON own.id = followup.client {_LEAD}
WHERE followup.deleted IS NOT 1 AND own.deleted IS NOT 1 AND coalesce(followup.state, 'pending') = 'pending'
    AND followup.due BETWEEN :first AND :last AND {_OURS.format(table="followup")}
ORDER BY followup.due, coalesce(followup.at, '99'), followup.id
"""

_UNANSWERED = f"""
SELECT referral.id, coalesce(referral.number, ''), {_CLIENT}, coalesce(referral.answer_due, ''), '',
    coalesce(referral.state, ''), coalesce(referral.service_asked, '')
FROM referral JOIN client AS own ON own.id = referral.client {_LEAD}
WHERE referral.deleted IS NOT 1 AND own.deleted IS NOT 1 AND referral.state IN ('sent', 'received')
    AND referral.answer_due <= :last AND {_OURS.format(table="referral")}
ORDER BY referral.answer_due, referral.id
"""

_RELEASES = f"""
SELECT client.id, '', {_CLIENT}, own.release_date, '', coalesce(own.stage, ''), coalesce(min(own.institution), '')
FROM client AS own {_LEAD}
WHERE own.deleted IS NOT 1 AND own.stage = 'in_custody'
    AND own.release_date >= substr(:first, 1, length(own.release_date)) AND own.release_date <= :last
    AND length(own.release_date) >= 7 AND {_OURS.format(table="own")}
GROUP BY client.id, own.release_date
ORDER BY own.release_date, client.id
"""


def followups(db: Database, first: str, last: str, desk: str | None) -> list[Due]:
    """Pending follow-ups due between two days, of one desk or of all, the earliest first."""
    return _dues(db, _FOLLOWUPS, first, last, desk)


def unanswered(db: Database, until: str, desk: str | None) -> list[Due]:
    """Referrals whose answer was expected by that day and has not come."""
    return _dues(db, _UNANSWERED, "", until, desk)


def releases(db: Database, first: str, last: str, desk: str | None) -> list[Due]:
    """Clients in prison whose release falls between two days; of a year alone nothing can be said."""
    return _dues(db, _RELEASES, first, last, desk)


def _dues(db: Database, question: str, first: str, last: str, desk: str | None) -> list[Due]:
    asked = {"first": first, "last": last, "all": desk is None, "desk": desk}
    return [_due(row) for row in db.execute(question, asked)]


def _due(row: Row) -> Due:
    record, number, client, client_number, client_name, on, at, code, text = row
    name = " ".join(client_name.split())
    return Due(RecordId(record), number, RecordId(client), client_number, name, on, at, code, text)
