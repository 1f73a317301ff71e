"""Referrals joined with the names of whom they are about and where they go."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from desk_app.domain.ids import DeskCode, RecordId
from desk_app.storage import transfers
from desk_app.storage.sqlcipher import Row

_LINES = """
SELECT referral.id, coalesce(referral.number, ''), coalesce(client.id, referral.client, ''),
    coalesce(client.surname, ''), coalesce(client.given_name, ''), coalesce(client.father_name, ''),
    coalesce(client.paper_name, client.other_names, ''),
    coalesce(organisation.name_tg, ''), coalesce(organisation.name_ru, ''), coalesce(organisation.name_uz, ''),
    coalesce(referral.state, ''), coalesce(referral.made_on, ''), coalesce(referral.answer_due, ''),
    coalesce(referral.to_desk, ''), coalesce(referral.desk, ''), coalesce(own.id, '')
FROM referral
    LEFT JOIN client AS own ON own.id = referral.client
    LEFT JOIN client ON client.id = coalesce((SELECT person FROM alias WHERE alias.client = own.id), own.id)
    LEFT JOIN organisation ON organisation.id = referral.organisation
WHERE referral.deleted IS NOT 1 AND own.deleted IS NOT 1
ORDER BY referral.made_on DESC, referral.id DESC
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One referral of a list. `organisation` holds its Tajik, Russian and Uzbek name, `to_desk` the desk in its place;
    dates are ISO, or empty. `desk` referred the client; `moved_to` is the desk that took the client over from this one.
    """

    id: RecordId
    number: str
    client: RecordId
    client_name: str
    organisation: tuple[str, str, str]
    state: str
    made_on: str
    answer_due: str
    to_desk: str = ""
    desk: str = ""
    moved_to: str = ""


def lines(db: Database, desk: DeskCode) -> list[Line]:
    """Every visible referral, as this desk sees them, the newest first."""
    gone = transfers.gone(db, desk)
    return [_line(row, gone) for row in db.execute(_LINES)]


def _line(row: Row, gone: Mapping[RecordId, DeskCode]) -> Line:
    record, number, client, surname, given, father, other, tajik, russian, uzbek, *rest, own = row
    state, made_on, due, to_desk, desk = rest
    name = " ".join(" ".join((surname, given, father)).split()) or other
    organisation, moved_to = (tajik, russian, uzbek), gone.get(RecordId(own), "")
    return Line(
        RecordId(record), number, RecordId(client), name, organisation, state, made_on, due, to_desk, desk, moved_to
    )
