"""Which records nobody has touched for long, for the rules of retention to judge."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from desk_app.domain.erasing import references
from desk_app.domain.ids import RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Registry


@dataclass(frozen=True, slots=True)
class Quiet:
    """A record and when something was last recorded about it, in Unix milliseconds."""

    id: RecordId
    last: int


def quiet_clients(db: Database, registry: Registry, before: int, withdrawn: bool, limit: int) -> list[Quiet]:
    """Clients about whom nothing was recorded since `before` (Unix milliseconds), the longest quiet first.

    `withdrawn`: only those of whom some consent to the service was withdrawn.
    """
    latest = _latest(registry)
    condition = "client_.changed < :before"
    if withdrawn:
        condition += """ AND EXISTS (SELECT 1 FROM consent
            WHERE client = client_.id AND purpose = 'service' AND state = 'withdrawn' AND deleted IS NOT 1)"""
    rows = db.execute(
        f"""SELECT id, last FROM (SELECT id, max(changed, {latest}) AS last FROM client AS client_ WHERE {condition})
            WHERE last < :before ORDER BY last, id LIMIT :limit""",
        {"before": before, "limit": limit},
    )
    return [Quiet(RecordId(record), last) for record, last in rows]


def last_about(db: Database, registry: Registry, clients: Sequence[RecordId]) -> int:
    """When something was last recorded about any of these clients, in Unix milliseconds."""
    sql = f"SELECT max(changed, {_latest(registry)}) FROM client AS client_ WHERE id = ?"
    found = (db.execute(sql, [client]).fetchone() for client in clients)
    return max((int(row[0]) for row in found if row), default=0)


def _latest(registry: Registry) -> str:
    return ", ".join(
        f'coalesce((SELECT max(changed) FROM "{kind.name}" WHERE client = client_.id), 0)'
        for kind in registry
        if CLIENT.name in references(registry).get(kind.number, {}).values()
    )


def light_participants(db: Database, before: str, limit: int) -> list[tuple[RecordId, str]]:
    """Participants who are no clients and whose course ended, or began, before this ISO date, with the date."""
    rows = db.execute(
        """SELECT participant.id, coalesce(course.ended_on, course.started_on) AS last FROM participant
            JOIN course ON course.id = participant.course WHERE participant.client IS NULL AND last < ?
            ORDER BY last, participant.id LIMIT ?""",
        [before, limit],
    )
    return [(RecordId(record), last) for record, last in rows]
