"""What was typed and not saved yet: kept in the encrypted database, each user's own, sealed for herself alone."""

from dataclasses import dataclass

from sqlite_utils import Database

from desk_app.domain.ids import UserId


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished form. `saved` in Unix milliseconds; `body` as its author sealed it."""

    key: str
    saved: int
    body: bytes


def put(db: Database, user: UserId, draft: Draft) -> None:
    """Keeps a draft over its older state."""
    row = [user, draft.key, draft.saved, draft.body]
    db.execute("INSERT OR REPLACE INTO user_draft VALUES(?, ?, ?, ?)", row)


def get(db: Database, user: UserId, key: str) -> Draft | None:
    """The user's draft of that key, or None."""
    row = db.execute("SELECT key, saved, body FROM user_draft WHERE user = ? AND key = ?", [user, key]).fetchone()
    return Draft(*row) if row else None


def drop(db: Database, user: UserId, key: str) -> None:
    """Forgets a draft of the user."""
    db.execute("DELETE FROM user_draft WHERE user = ? AND key = ?", [user, key])


def drop_all(db: Database, user: UserId) -> None:
    """Forgets every draft of a user: nobody can open them any more."""
    db.execute("DELETE FROM user_draft WHERE user = ?", [user])


def of_user(db: Database, user: UserId) -> list[Draft]:
    """All drafts of a user, newest first."""
    rows = db.execute("SELECT key, saved, body FROM user_draft WHERE user = ? ORDER BY saved DESC", [user])
    return [Draft(*row) for row in rows]


def count(db: Database) -> int:
    """How many drafts there are, of all users."""
    return sum(int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in ("draft", "user_draft"))


def shared(db: Database) -> list[Draft]:
    """Drafts as schema 1 kept them: nobody's, as plain JSON."""
    return [Draft(*row) for row in db.execute("SELECT key, saved, body FROM draft")]


def wipe_shared(db: Database) -> None:
    """Forgets those; the database overwrites what it deletes."""
    db.execute("DELETE FROM draft")
