"""What was typed and not saved yet: kept in the encrypted database, so that a power cut costs no sentence."""

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished form. `saved` in Unix milliseconds; `body` is the form's own JSON."""

    key: str
    saved: int
    body: bytes


def put(db: Database, draft: Draft) -> None:
    """Keeps a draft over its older state."""
    db.execute("INSERT OR REPLACE INTO draft VALUES(?, ?, ?)", [draft.key, draft.saved, draft.body])


def get(db: Database, key: str) -> Draft | None:
    """The draft of that key, or None."""
    row = db.execute("SELECT key, saved, body FROM draft WHERE key = ?", [key]).fetchone()
    return Draft(*row) if row else None


def drop(db: Database, key: str) -> None:
    """Forgets a draft."""
    db.execute("DELETE FROM draft WHERE key = ?", [key])


def everything(db: Database) -> list[Draft]:
    """All drafts, newest first."""
    return [Draft(*row) for row in db.execute("SELECT key, saved, body FROM draft ORDER BY saved DESC")]
