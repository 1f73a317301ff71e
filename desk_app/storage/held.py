"""Bundles that are kept aside, sealed as they came: of senders whom nobody has admitted yet, and of computers that may
have been copied."""

from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from desk_app.domain.ids import DeskCode, DeviceId

MOST = 20
MOST_BYTES = 64 * 1024 * 1024
"""Beyond either the one that came first goes: whoever knows our card can send as much as he likes."""
_COLUMNS = "hash, device, desk, number, why, came, length(data)"


class Why(StrEnum):
    """Why a bundle is kept aside."""

    UNKNOWN = "unknown"
    ALARM = "alarm"
    EVIDENCE = "evidence"
    """It was taken in since, but for what the alarm was about: it holds the other of two contents."""


@dataclass(frozen=True, slots=True)
class HeldBundle:
    """One of them. `desk` is what its sender claims; `came` in Unix milliseconds, `size` in bytes."""

    hash: str
    device: DeviceId
    desk: DeskCode
    number: int
    why: Why
    came: int
    size: int


def put(db: Database, one: HeldBundle, data: bytes) -> None:
    """Keeps a bundle, and lets the oldest go that do not fit any more. One that is there already stays as it is."""
    row = [one.hash, one.device, one.desk, one.number, one.why, one.came, data]
    db.execute("INSERT OR IGNORE INTO held_bundle VALUES(?, ?, ?, ?, ?, ?, ?)", row)
    room = MOST_BYTES
    for place, other in enumerate(sorted(everything(db), key=lambda held: (held.came, held.hash), reverse=True)):
        room -= other.size
        if place >= MOST or room < 0:
            drop(db, other.hash)


def everything(db: Database) -> list[HeldBundle]:
    """All that is kept, by sender and number."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM held_bundle ORDER BY desk, device, number, hash")
    return [
        HeldBundle(name, device, desk, number, Why(why), came, size)
        for name, device, desk, number, why, came, size in rows
    ]


def data(db: Database, name: str) -> bytes:
    """The sealed bytes of one that is kept."""
    return bytes(db.execute("SELECT data FROM held_bundle WHERE hash = ?", [name]).fetchone()[0])


def mark(db: Database, name: str, why: Why) -> None:
    """Keeps one for another reason from now on."""
    db.execute("UPDATE held_bundle SET why = ? WHERE hash = ?", [why, name])


def drop(db: Database, name: str) -> None:
    """Lets one go."""
    db.execute("DELETE FROM held_bundle WHERE hash = ?", [name])
