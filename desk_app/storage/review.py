"""Fields on which changes disagree, as the projection notes them."""

from sqlite_utils import Database

from desk_app.domain.ids import RecordId


def disagreements(db: Database) -> list[tuple[RecordId, int, int]]:
    """Record, number of its kind and number of the field, by record and field."""
    rows = db.execute("SELECT record, kind, field FROM disagreement ORDER BY record, field")
    return [(RecordId(record), kind, field) for record, kind, field in rows]
