"""What really happened in a world: every change that was written, every bundle that was sealed. No vault sees it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from desk_app.domain.change import Change, Version, hash_change
from desk_app.domain.clock import Stamp, milliseconds_of
from desk_app.storage import log_table
from desk_app.storage.vault import Vault
from desk_app.sync import bundle

DAY = 24 * 3600 * 1000
MONTH, KEPT, AHEAD = 30, 60, 360
"""Days for which a key is sealed with, for which it is kept after them, and for which keys are announced ahead
(sync/FORMAT.md 9)."""


class Violation(Exception):
    """Something that must hold does not."""


@dataclass(slots=True)
class Sealed:
    """A bundle as it was sealed, with what is inside. `readers`: the keys that it is sealed with; `opens_before`: the
    day, counted from 1970, on which they are destroyed. `since`: the bundle that it goes on from; `confirms`: the one
    of the recipient that it confirms; both by hash. `gives_back`: it says what the recipient lost of its roster.
    `judged`: it was looked at whether all of it may be said."""

    sender: str
    to: str
    hash: str
    changes: tuple[Change, ...]
    readers: frozenset[str]
    opens_before: int
    since: str | None
    confirms: str | None
    gives_back: bool
    judged: bool = False


@dataclass(slots=True)
class Book:
    """Everything that was written, with what it said, whatever became of it since."""

    changes: dict[Version, Change] = field(default_factory=dict)
    bundles: dict[str, Sealed] = field(default_factory=dict)
    at_risk: set[Version] = field(default_factory=set)
    """What a vault held alone when it was lost or put back: it may be gone, and must not be half there."""
    said_anew: set[Version] = field(default_factory=set)
    """What a coordinator wrote of its roster and keys and lost when it was put back: a desk that has it returns none of
    it."""
    under_way: tuple[str, str] = ("", "")
    """Who makes the next bundle, for whom."""
    last_stamp: Callable[[], Stamp] = lambda: Stamp(0)
    """Who makes it wrote or heard this last: of a clock that fell back, the key of the month that has been is taken."""

    now: int = 0
    """When it is made, in the world's time."""

    def seals(self, sender: str, to: str, last_stamp: Callable[[], Stamp], now: int) -> None:
        """Notes who makes the next bundle."""
        self.under_way, self.last_stamp, self.now = (sender, to), last_stamp, now

    def opens_before(self, made_on: int) -> int:
        """The day on which the key is gone that it is sealed with; 0 for the newest one, which a restored vault may
        have yet to make again."""
        days = [moment // DAY for moment in (made_on, milliseconds_of(self.last_stamp()))]
        told = [day for day in days if day <= self.now // DAY + AHEAD]
        return max(told) // MONTH * MONTH + MONTH + KEPT if told else 0

    def counted_on(self, name: str | None) -> Iterator[Version]:
        """What whoever confirms that bundle says to hold: all of it, and of those that it goes on from."""
        while name in self.bundles:
            sealed = self.bundles[name]
            yield from (one.version for one in sealed.changes)
            name = sealed.since

    def write_down(self, change: Change) -> None:
        """Keeps a change as its author wrote it. Raises `Violation` where its number was given before."""
        before = self.changes.setdefault(change.version, change)
        if hash_change(before) != hash_change(change):
            raise Violation(f"the number {change.version} was given twice")


def log_of(vault: Vault) -> dict[Version, Change]:
    """Everything that a vault's log holds."""
    found = (one for chain in log_table.chains(vault.db) for one in log_table.of_chain(vault.db, chain, 0))
    return {one.version: one for one in found}


def versions_in(vault: Vault) -> set[Version]:
    """What a vault's log holds, without what it says."""
    sql = "SELECT name, version & ? FROM change JOIN chain ON chain.id = version >> ?"
    rows = vault.db.execute(sql, [log_table.SEQ_MASK, log_table.SEQ_BITS])
    return {Version(name, seq) for name, seq in rows}


@contextmanager
def overheard(book: Book) -> Iterator[None]:
    """Writes down every bundle at the moment it is sealed."""
    real: Callable[..., bytes] = bundle.write_bundle

    def listening(facts: Any, changes: Sequence[Change], *rest: Any, **more: Any) -> bytes:
        data = real(facts, changes, *rest, **more)
        name = bundle.bundle_hash(data)
        since, confirms = (one.hash if one else None for one in (facts.since, facts.acknowledges))
        readers, until = frozenset(rest[1]), book.opens_before(facts.made_on)
        back = bool(facts.given_back)
        book.bundles[name] = Sealed(*book.under_way, name, tuple(changes), readers, until, since, confirms, back)
        return data

    bundle.write_bundle = listening
    try:
        yield
    finally:
        bundle.write_bundle = real
