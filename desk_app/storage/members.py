"""Who uses this vault: names, roles and signing keys. Whether somebody can open it, the key file alone decides."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlite_utils import Database

from desk_app.crypto.signing import PublicKey
from desk_app.domain.ids import UserId
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Role
from desk_app.storage import meta

_SEEN = "notices_seen:"


@dataclass(frozen=True, slots=True)
class Member:
    """A user of this vault. `added` and `gone` in Unix milliseconds; `gone` is None while she can open it."""

    user: UserId
    name: str
    roles: frozenset[Role]
    sign_key: PublicKey
    added: int
    gone: int | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry of the record of access, by its number. `at` in Unix milliseconds."""

    number: int
    at: int
    user: str
    action: str
    detail: str


def everybody(db: Database) -> list[Member]:
    """All who are or were users, in the order in which they came."""
    rows = db.execute("SELECT user, name, roles, sign_key, added, gone FROM member ORDER BY added, user")
    return [
        Member(UserId(user), name, _roles(roles), PublicKey(sign_key), added, gone)
        for user, name, roles, sign_key, added, gone in rows
    ]


def get(db: Database, user: UserId) -> Member | None:
    """The member with this id, or None."""
    return next((member for member in everybody(db) if member.user == user), None)


def put(db: Database, member: Member) -> None:
    """Keeps a member over what was known of her."""
    roles = json.dumps(sorted(member.roles))
    row = [member.user, member.name, roles, member.sign_key, member.added, member.gone]
    db.execute("INSERT OR REPLACE INTO member VALUES(?, ?, ?, ?, ?, ?)", row)


def noted_after(db: Database, number: int, actions: Collection[Action]) -> list[Noted]:
    """The acts of these kinds that were written down after the entry of that number, the oldest first."""
    marks = ", ".join("?" * len(actions))
    sql = f"SELECT number, at, user, action, detail FROM audit WHERE number > ? AND action IN ({marks}) ORDER BY number"
    return [Noted(*row) for row in db.execute(sql, [number, *actions])]


def seen_up_to(db: Database, user: UserId) -> int:
    """The number of the last entry of the record of access that this user was told of, 0 for none."""
    return int(meta.get(db, _SEEN + user) or 0)


def put_seen(db: Database, user: UserId, number: int | None = None) -> None:
    """Keeps up to which entry a user was told; without a number all that stand there now."""
    if number is None:
        number = int(db.execute("SELECT coalesce(max(number), 0) FROM audit").fetchone()[0])
    meta.put(db, _SEEN + user, str(number))


def _roles(stored: str) -> frozenset[Role]:
    """A role of a newer version of the program gives no right here."""
    known = set(Role)
    return frozenset(Role(code) for code in json.loads(stored) if code in known)
