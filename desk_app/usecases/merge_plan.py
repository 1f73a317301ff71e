"""What taking in bundles would do and did: the values that are shown, and those that a plan is made with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desk_app.domain.change import Change, Version
from desk_app.domain.errors import (
    AlarmOpen,
    Equivocation,
    Foreign,
    GapBefore,
    LargeChange,
    NewerFormat,
    Revoked,
    Trouble,
    UnknownSender,
)
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.storage import believing
from desk_app.storage.believing import Planned
from desk_app.storage.held import Why
from desk_app.sync.bundle import Bundle
from desk_app.sync.plan import Comparison
from desk_app.usecases.merge_results import Told

MOST_HIDDEN = 50
MOST_PEOPLE_IN_100 = 5
"""A plan that removes or erases more records, or a larger part of all people, stops and asks."""


class Outcome(StrEnum):
    """What became of a file."""

    MERGED = "merged"
    KNOWN = "known"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    UNKNOWN_SENDER = "unknown_sender"
    REVOKED = "revoked"
    HELD = "held"
    NEWER_FORMAT = "newer_format"


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What a file holds or did. New, updated and same count records; the other two count fields."""

    file: Path
    outcome: Outcome
    sender: str = ""
    number: int = 0
    new: int = 0
    updated: int = 0
    same: int = 0
    disagreements: int = 0
    quarantined: int = 0
    erased: int = 0
    """Records that are erased here by it, or that it brought though they are erased."""
    files: int = 0
    """Files of attachments that became whole by it."""
    pieces_dropped: int = 0
    """Pieces of files that were of no use: of no known attachment, of another size or content."""
    would_hide: int = 0
    """Records shown here that it removes or erases; a plan that does so with unusually many stops and asks."""
    would_hide_people: int = 0
    """How many of these are clients."""
    trouble: Trouble | None = None
    digits: str = ""
    """What the sender reads out by phone; empty for a file that could not be opened."""
    told: Told = field(default_factory=Told, repr=False)
    """What it does or did to single records, and to how many of each kind."""


@dataclass(slots=True)
class Staged:
    """What the files before one in a plan would have brought: their changes, and what they would have erased."""

    changes: dict[RecordId, list[Change]] = field(default_factory=dict)
    moving: dict[RecordId, set[RecordId]] = field(default_factory=dict)
    """Client -> her transfers and referrals among them."""
    doubted: set[Version] = field(default_factory=set)
    """Those that would not be believed."""
    erased: set[RecordId] = field(default_factory=set)

    @property
    def planned(self) -> Planned:
        """For who judges what is to be believed of the next file."""
        return Planned((self.changes,), self.moving, self.doubted)

    def add(self, received: Sequence[Change], comparison: Comparison) -> None:
        """Counts what one more file brings."""
        came: Sequence[Change] = [*comparison.arrived, *comparison.filled]
        if comparison.erased:
            # As they came: what they referred to tells what else is erased.
            versions = {change.version for change in came}
            came = [change for change in received if change.version in versions]
        for change in came:
            self.changes.setdefault(change.record, []).append(change)
        for client, records in believing.moving(came).items():
            self.moving.setdefault(client, set()).update(records)
        self.erased |= comparison.erased


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it came: its sealed bytes and their hash, and who sent it by its own word where `bundle` is None, which
    is all that was verified. `why` it is to be kept aside, if it is."""

    data: bytes = field(repr=False)
    hash: str
    device: DeviceId
    desk: DeskCode
    number: int
    bundle: Bundle | None = field(default=None, repr=False)
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking in some files would do. `outcome` merged in a plan reads: would be merged."""

    files: tuple[FilePlan, ...]
    came: tuple[Incoming | None, ...]
    large: LargeChange | None = None
    """What a person must confirm before it is taken in: it would remove or erase unusually much."""


@dataclass(slots=True)
class Guard:
    """Counts what files taken in together remove; how many people there are is asked only when one removes anything."""

    all_people: Callable[[], int]
    confirmed: bool = False
    records: int = 0
    people: int = 0

    def add(self, records: int, people: int) -> None:
        """Counts one file. Raises `LargeChange` unless a person confirmed it."""
        large = self.records + records, self.people + people
        if records and not self.confirmed and (trouble := too_large(*large, self.all_people())) is not None:
            raise trouble
        self.records, self.people = large


def too_large(records: int, people: int, all_people: int) -> LargeChange | None:
    """More than 50 records, or than 5 in 100 people; one person alone is no mass."""
    mass = records > MOST_HIDDEN or (people > 1 and people * 100 > MOST_PEOPLE_IN_100 * all_people)
    return LargeChange(records, people, all_people) if mass else None


def outcome_of(trouble: Trouble) -> Outcome:
    """What became of a file that this stood in the way of."""
    outcomes: dict[type[Trouble], Outcome] = {
        Foreign: Outcome.FOREIGN,
        UnknownSender: Outcome.UNKNOWN_SENDER,
        Revoked: Outcome.REVOKED,
        NewerFormat: Outcome.NEWER_FORMAT,
        GapBefore: Outcome.HELD,
        AlarmOpen: Outcome.HELD,
        Equivocation: Outcome.HELD,
        LargeChange: Outcome.HELD,
    }
    return outcomes.get(type(trouble), Outcome.DAMAGED)
