"""The vault's own facts: who it is, its device's keys, its clock."""

from sqlite_utils import Database

BEGUN_ANEW = "begun_anew"
"""The fact that this vault was put back, salvaged or emptied at some time: it cannot tell all that it ever sent."""


def get(db: Database, key: str) -> str | None:
    """The fact of that name, or None."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return str(row[0]) if row else None


def put(db: Database, key: str, value: str) -> None:
    """Keeps a fact."""
    db.execute("INSERT INTO meta VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", [key, value])


def drop(db: Database, key: str) -> None:
    """Forgets a fact."""
    db.execute("DELETE FROM meta WHERE key = ?", [key])
