"""Sealed bundles that wait for a connection: the files in the vault's folder `outbox`, and what is known of each."""

from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec
from sqlite_utils import Database

from desk_app.domain import errors
from desk_app.domain.errors import FileUnwritable, Trouble
from desk_app.storage import files, meta

FOLDER = "outbox"
MOST_SENT = 100
"""Of what was sent, so many of the newest are remembered."""

_KEY = "outbox"


class Told(msgspec.Struct, frozen=True):
    """Trouble as it is kept: the name of its class, and its facts."""

    kind: str
    facts: dict[str, str] = {}


class Waiting(msgspec.Struct, frozen=True):
    """A bundle on its way. Times are Unix milliseconds.

    `name` is its file's; `next_try` None while it waits for a person to mend something; `sent` when it went.
    """

    name: str
    way: str
    to: str
    number: int
    digits: str
    size: int
    since: int
    address: str = ""
    tries: int = 0
    next_try: int | None = 0
    trouble: Told | None = None
    sent: int | None = None


def entries(db: Database) -> list[Waiting]:
    """What waits and what was sent, oldest first."""
    said = meta.get(db, _KEY)
    return msgspec.json.decode(said, type=list[Waiting]) if said else []


def keep(db: Database, kept: Iterable[Waiting]) -> None:
    """Keeps these and no others, of what was sent the newest."""
    listed = list(kept)
    sent = [one.name for one in listed if one.sent is not None]
    old = set(sent[: max(0, len(sent) - MOST_SENT)])
    meta.put(db, _KEY, msgspec.json.encode([one for one in listed if one.name not in old]).decode())


def told(trouble: Trouble) -> Told:
    """Trouble in the form in which it is kept."""
    facts = {name: getattr(trouble, name) for name in _facts(type(trouble))}
    return Told(type(trouble).__name__, {name: value for name, value in facts.items() if isinstance(value, str)})


def trouble_of(kept: Told | None) -> Trouble | None:
    """The trouble again, for its words; what an older version kept and this one does not know is said in general."""
    if kept is None:
        return None
    found = getattr(errors, kept.kind, None)
    if isinstance(found, type) and issubclass(found, Trouble) and set(_facts(found)) == set(kept.facts):
        return found(**kept.facts)
    return errors.CarrierTrouble()


def folder(vault: Path) -> Path:
    """Where the files lie; made when it is not there. Raises `NoAccess`, `DiskFull`, `FileUnwritable`."""
    place = vault / FOLDER
    with files.as_trouble(place, FileUnwritable):
        place.mkdir(mode=0o700, exist_ok=True)
    return place


def sweep(vault: Path, names: Collection[str]) -> None:
    """Removes files that nothing is known of any more: sent, taken off the list, or from before a kill."""
    place = vault / FOLDER
    with files.as_trouble(place, FileUnwritable):
        for path in place.iterdir() if place.is_dir() else ():
            if path.name not in names:
                path.unlink(missing_ok=True)


def _facts(kind: type[Trouble]) -> Iterable[str]:
    return getattr(kind, "__match_args__", ())
