"""Fields on which changes disagree, as the projection notes them."""

from sqlite_utils import Database

from desk_app.domain.ids import RecordId


def disagreements(db: Database) -> list[tuple[RecordId, int, int]]:
    """Record, number of its kind and number of the field, by record and field."""
    rows = db.execute("SELECT record, kind, field FROM disagreement ORDER BY record, field")
    return [(RecordId(record), kind, field) for record, kind, field in rows]


def of_record(db: Database, record: RecordId) -> list[tuple[int, int]]:
    """The number of its kind and of the field, of one record."""
    rows = db.execute("SELECT kind, field FROM disagreement WHERE record = ? ORDER BY kind, field", [record])
    return [(kind, field) for kind, field in rows]
