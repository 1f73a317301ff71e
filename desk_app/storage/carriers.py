"""The ways that were set up, with their passwords, and what was fetched by each: in the encrypted database."""

from collections.abc import Iterable, Mapping

import msgspec
from sqlite_utils import Database

from desk_app.domain.carriers import Kind
from desk_app.storage import meta

_WAYS, _SEEN = "carriers", "carriers_seen"
MOST_SEEN = 30_000
"""So many files of a way are remembered as fetched; more than a store is looked through for."""


class Way(msgspec.Struct, frozen=True):
    """A way that was set up. `key` is the program's own for signing in where there is no password; `addresses` are
    partners' e-mail addresses by their code."""

    name: str
    kind: Kind
    told: dict[str, str]
    password: str = ""
    key: str = ""
    addresses: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"Way({self.name!r}, {self.kind!r})"


def ways(db: Database) -> list[Way]:
    """All of them, in the order in which they were set up."""
    said = meta.get(db, _WAYS)
    return msgspec.json.decode(said, type=list[Way]) if said else []


def keep(db: Database, ways: Iterable[Way]) -> None:
    """Keeps these and no others; what was fetched by one that is gone is forgotten."""
    ways = list(ways)
    meta.put(db, _WAYS, msgspec.json.encode(ways).decode())
    names = {way.name for way in ways}
    _put_seen(db, {name: keys for name, keys in _all_seen(db).items() if name in names})


def seen(db: Database, way: str) -> frozenset[str]:
    """The files that were fetched by a way and need not be fetched again."""
    return frozenset(_all_seen(db).get(way, ()))


def note_seen(db: Database, way: str, there: Iterable[str], taken: Iterable[str]) -> None:
    """Remembers files as fetched, as long as they are `there`."""
    kept = _all_seen(db)
    known = {*kept.get(way, ()), *taken}
    _put_seen(db, {**kept, way: [key for key in dict.fromkeys(there) if key in known][-MOST_SEEN:]})


def _all_seen(db: Database) -> Mapping[str, list[str]]:
    said = meta.get(db, _SEEN)
    return msgspec.json.decode(said, type=dict[str, list[str]]) if said else {}


def _put_seen(db: Database, keys: Mapping[str, list[str]]) -> None:
    meta.put(db, _SEEN, msgspec.json.encode(keys).decode())
