"""Referrals joined with the names of whom they are about and where they go."""

from dataclasses import dataclass

from sqlite_utils import Database

from desk_app.domain.ids import RecordId

_LINES = """
SELECT referral.id, coalesce(referral.number, ''), coalesce(client.id, referral.client, ''),
    coalesce(client.surname, ''), coalesce(client.given_name, ''), coalesce(client.father_name, ''),
    coalesce(client.paper_name, client.other_names, ''),
    coalesce(organisation.name_tg, ''), coalesce(organisation.name_ru, ''), coalesce(organisation.name_uz, ''),
    coalesce(referral.state, ''), coalesce(referral.made_on, ''), coalesce(referral.answer_due, '')
FROM referral
    LEFT JOIN client AS own ON own.id = referral.client
    LEFT JOIN client ON client.id = coalesce((SELECT person FROM alias WHERE alias.client = own.id), own.id)
    LEFT JOIN organisation ON organisation.id = referral.organisation
WHERE referral.deleted IS NOT 1 AND own.deleted IS NOT 1
ORDER BY referral.made_on DESC, referral.id DESC
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One referral of a list. `organisation` holds its Tajik, Russian and Uzbek name; dates are ISO, or empty."""

    id: RecordId
    number: str
    client: RecordId
    client_name: str
    organisation: tuple[str, str, str]
    state: str
    made_on: str
    answer_due: str


def lines(db: Database) -> list[Line]:
    """Every visible referral, the newest first."""
    return [
        Line(
            RecordId(record),
            number,
            RecordId(client),
            " ".join(" ".join((surname, given, father)).split()) or other,
            (tajik, russian, uzbek),
            state,
            made_on,
            due,
        )
        for record, number, client, surname, given, father, other, tajik, russian, uzbek, state, made_on, due in (
            db.execute(_LINES)
        )
    ]
