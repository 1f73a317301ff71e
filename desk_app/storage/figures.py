"""Counting: each kind of unit has one selection (unit, sex, desk, place), one row a unit. Every figure and every list
of the records behind it is read from that same selection, so the two cannot differ.

Hidden records, corrected consultations and people who refused to be counted are left out. Several clients who were
linked as one person count as one, and the newest answer of any of them speaks for all. Nothing is joined to what it can
have many of: those are asked with EXISTS, or folded to one row a person first.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from sqlite_utils import Database

from desk_app.domain.ids import RecordId
from desk_app.domain.rules.indicators import Counted, Indicator, Period

_VISIBLE = """visible_{name} AS (
    SELECT * FROM "{name}" WHERE deleted IS NOT 1
    AND id NOT IN (SELECT corrects FROM "{name}" WHERE corrects IS NOT NULL AND deleted IS NOT 1)
)"""

# As `rules.consent.standing` reads the answers: the newest counts, unless one was withdrawn after it was written.
_COUNTABLE = """visible_person AS (
    SELECT one.*, coalesce(alias.person, one.id) AS person
    FROM visible_client AS one LEFT JOIN alias ON alias.client = one.id
), countable AS (
    SELECT * FROM visible_person AS client WHERE coalesce((
        SELECT CASE WHEN EXISTS (
            SELECT 1 FROM visible_consent AS other WHERE {other} AND other.purpose = 'statistics'
            AND other.state = 'withdrawn' AND other.changed >= answer.made
        ) THEN 'withdrawn' ELSE answer.state END
        FROM visible_consent AS answer WHERE {answer} AND answer.purpose = 'statistics'
        ORDER BY answer.made DESC, answer.id DESC LIMIT 1
    ), 'given') = 'given'
)"""

_SERVED = """EXISTS (
    SELECT 1 FROM visible_service AS service WHERE service.client = client.id AND delivered_on BETWEEN :first AND :last
)"""
_SEX_SAID = "CASE WHEN sex IN ('female', 'male') THEN sex END"
_SEX = "CASE WHEN sex IN ('female', 'male') THEN sex ELSE 'unknown' END"
_OF_CLIENT = f"""SELECT one.id AS unit, {_SEX} AS sex, coalesce(one.desk, '') AS desk, '' AS place
    FROM {{table}} AS one JOIN countable AS client ON client.id = one.client"""
_COURSE_RAN = """course_kind IN (SELECT value FROM json_each(:codes)) AND (NOT :in_prison OR in_prison = 1)
    AND started_on <= :last AND coalesce(ended_on, started_on) >= :first"""

# The first of a person's clients gives the desk, and any that names a sex gives the sex.
_PEOPLE = f"""SELECT min(id) AS unit, coalesce(max({_SEX_SAID}), 'unknown') AS sex, coalesce(desk, '') AS desk,
    '' AS place FROM countable AS client WHERE {{condition}} GROUP BY person"""

# A participant without a client is known by name and year of birth; one without either is himself alone. The first
# of a person's rows gives desk and place, and any row that names a sex gives the sex.
_PARTICIPANTS = f"""
    SELECT min(unit) AS unit, coalesce(max(sex), 'unknown') AS sex, desk, place FROM (
        SELECT took.id AS unit, coalesce(took.desk, '') AS desk, coalesce(course.place, '') AS place,
            coalesce(alias.person, took.client, took.name || '|' || coalesce(took.birth_year, ''), took.id) AS person,
            CASE WHEN coalesce(nullif(took.sex, 'unknown'), client.sex) IN ('female', 'male')
                THEN coalesce(nullif(took.sex, 'unknown'), client.sex) END AS sex
        FROM visible_participant AS took
        JOIN visible_course AS course ON course.id = took.course AND {_COURSE_RAN}
        LEFT JOIN visible_client AS client ON client.id = took.client
        LEFT JOIN alias ON alias.client = took.client
        WHERE took.client IS NULL OR took.client IN (SELECT id FROM countable)
    ) GROUP BY person"""

_STAGE = "coalesce(stage, 'released') IN (SELECT value FROM json_each(:stages))"

_UNITS: Mapping[Counted, str] = {
    Counted.CLIENTS_SERVED: _PEOPLE.format(condition=f"{_STAGE} AND {_SERVED}"),
    Counted.DESKS_SERVING: f"""SELECT min(id) AS unit, '' AS sex, coalesce(desk, '') AS desk, '' AS place
        FROM countable AS client WHERE {_STAGE} AND {_SERVED} GROUP BY desk""",
    Counted.SERVICES: _OF_CLIENT.format(table="visible_service")
    + " WHERE type IN (SELECT value FROM json_each(:codes)) AND delivered_on BETWEEN :first AND :last",
    Counted.REFERRALS_MADE: _OF_CLIENT.format(table="visible_referral")
    + " WHERE made_on BETWEEN :first AND :last AND coalesce(state, 'draft') NOT IN ('draft', 'withdrawn')",
    Counted.REFERRALS_ANSWERED: _OF_CLIENT.format(table="visible_referral")
    + " WHERE answered_on BETWEEN :first AND :last",
    Counted.NEEDS_MET: _OF_CLIENT.format(table="visible_need")
    + " WHERE pathway IN (SELECT value FROM json_each(:codes)) AND state = 'met' AND noted_on BETWEEN :first AND :last",
    Counted.COURSES: f"""SELECT id AS unit, '' AS sex, coalesce(desk, '') AS desk, coalesce(place, '') AS place
        FROM visible_course WHERE {_COURSE_RAN}""",
    Counted.PARTICIPANTS: _PARTICIPANTS,
}
_KINDS = ("client", "consent", "service", "referral", "need", "course", "participant")
_ALONE = "{0}.client = client.id"
_OF_PERSON = "({0}.client = client.id OR {0}.client IN (SELECT client FROM alias WHERE person = client.person))"


def _tables(consent: str) -> str:
    """The selections by name; `consent` says whose answers about counting speak for a client."""
    countable = _COUNTABLE.format(other=consent.format("other"), answer=consent.format("answer"))
    return ", ".join([*(_VISIBLE.format(name=name) for name in _KINDS), countable])


_TABLES = {False: _tables(_ALONE), True: _tables(_OF_PERSON)}
"""By whether anybody is linked: where nobody is, nobody pays for it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many units one desk has of one sex at one place.

    `sex` is `unknown` where nobody said and empty for what has none; `place` is that of courses alone.
    """

    desk: str
    sex: str
    place: str
    count: int


def cells(db: Database, indicator: Indicator, period: Period) -> list[Cell]:
    """The indicator's units, counted by desk, sex and place."""
    sql = f"SELECT desk, sex, place, count(*) FROM units {_WITHIN} GROUP BY desk, sex, place ORDER BY desk, sex, place"
    return [Cell(*row) for row in _rows(db, sql, indicator, period, {"desk": None, "sex": None})]


def records_behind(
    db: Database, indicator: Indicator, period: Period, desk: str | None = None, sex: str | None = None
) -> list[RecordId]:
    """The records that a figure counts, at one desk or of one sex where these are given."""
    sql = f"SELECT unit FROM units {_WITHIN} ORDER BY unit"
    return [RecordId(row[0]) for row in _rows(db, sql, indicator, period, {"desk": desk, "sex": sex})]


def own_codes(db: Database, kind: str, field: str, limit: int) -> list[str]:
    """The codes of own choices that stand in a field of some record, the first ones by the alphabet."""
    sql = f'SELECT DISTINCT "{field}" FROM "{kind}" WHERE "{field}" GLOB \'x_*\' ORDER BY 1 LIMIT ?'
    return [row[0] for row in db.execute(sql, [limit])]


_WITHIN = """WHERE (:only = '' OR sex = :only) AND (:desk IS NULL OR desk = :desk) AND (:sex IS NULL OR sex = :sex)"""


def _rows(
    db: Database, sql: str, indicator: Indicator, period: Period, within: Mapping[str, str | None]
) -> list[tuple[str, str, str, int]]:
    facts = {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "stages": msgspec.json.encode(sorted(indicator.stages)).decode(),
        "codes": msgspec.json.encode(sorted(indicator.codes)).decode(),
        "in_prison": int(indicator.in_prison),
        "only": indicator.sex,
        **within,
    }
    linked = bool(db.execute("SELECT EXISTS(SELECT 1 FROM alias)").fetchone()[0])
    found: list[tuple[str, str, str, int]] = db.execute(
        f"WITH {_TABLES[linked]}, units AS ({_UNITS[indicator.counted]}) {sql}", facts
    ).fetchall()
    return found
