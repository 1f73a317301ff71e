"""What received changes would do to a vault: pure, so that it can be shown before anything happens."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from desk_app.domain.change import Change, Version, hash_change
from desk_app.domain.erasing import UNTOUCHED, Fate, can_be_erased, emptied
from desk_app.domain.errors import Equivocation
from desk_app.domain.fold import fold
from desk_app.domain.ids import RecordId
from desk_app.domain.quarantine import UNLIMITED, Limits, counts
from desk_app.domain.record_state import RecordState, Refused
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Kind, Registry
from desk_app.domain.records.erasure import ERASURE

_AT_ONCE = 500
_HASHED = attrgetter("hlc", "record", "kind", "user", "body_hash", "prev_hash")
"""What the hash of a change covers beside its number: two that differ in any of it are two changes."""
SAME_NAMED = 100
"""So many of the records of which nothing is new are named; the rest is a count."""


class Odd(StrEnum):
    """What may happen to a record beside becoming new or another."""

    DISAGREEMENT = "disagreement"
    QUARANTINED = "quarantined"
    SHUT_OUT = "shut_out"
    """Written by a device after its last good change."""
    NOT_ENTITLED = "not_entitled"
    """Says whose a person is and may not."""
    REMOVED = "removed"
    WAITING = "waiting"
    SAME = "same"


class Happening(NamedTuple):
    """Something that happened to a record; `field` is 0 where it is about the whole of it. `refused` says why a value
    is not shown, None where what was said of the record did not come with the change."""

    what: Odd
    record: RecordId
    kind: int
    field: int = 0
    refused: Refused | None = None


@dataclass(slots=True)
class Comparison:
    """Received changes against what a vault holds.

    `arrived` are the changes the vault lacks, those of erased records emptied; `filled` are those it had without what
    they say. `fresh` and `changed` hold, per kind's number, the states of the records
    it lacked and of those it had, as they will be. Counts are of records, `disagreements` and `refused` of fields.
    `fate` is what erasures mean, as it was given.
    """

    arrived: list[Change] = field(default_factory=list)
    filled: list[Change] = field(default_factory=list)
    fresh: dict[int, list[RecordState]] = field(default_factory=dict)
    changed: dict[int, list[RecordState]] = field(default_factory=dict)
    new: int = 0
    updated: int = 0
    same: int = 0
    disagreements: int = 0
    refused: int = 0
    erased: set[RecordId] = field(default_factory=set)
    """The records that go from the vault, and those that came and stay out."""
    fate: Fate = UNTOUCHED
    hidden: int = 0
    hidden_people: int = 0
    """Records that were shown and will be removed, and how many of these are clients; erased ones aside."""
    waiting: int = 0
    """Records of kinds that only a newer version of the program knows: kept, passed on, not shown."""
    happenings: list[Happening] = field(default_factory=list)
    """What is rare enough to be told one by one, in the order in which it was found."""

    def let_go(self) -> None:
        """Empties the lists of changes and states, some at a time: to free a million values at once would hold up
        every other thread.
        """
        lists: list[list[Any]] = [*self.fresh.values(), *self.changed.values(), self.arrived, self.filled]
        for listed in lists:
            while listed:
                del listed[-_AT_ONCE:]


def compare(
    registry: Registry,
    received: Sequence[Change],
    held: Mapping[RecordId, Sequence[Change]],
    fate: Fate = UNTOUCHED,
    limits: Limits = UNLIMITED,
    doubted: Collection[Version] = frozenset(),
) -> Comparison:
    """Compares received changes with all of the vault's changes of the same records. What lies beyond the `limits` of
    devices that were shut out is kept and shows nowhere, and so are the `doubted` ones.

    Raises `Equivocation` when one version has two contents: somebody copied a device or forged.
    """
    found = Comparison(fate=fate, erased=set(fate.gone))
    silent = {kind.number for kind in registry if kind.silent}
    for (record, kind), came in _by_record(received).items():
        had = held.get(record, ())
        arrived, filled = _arrived(came, had)
        if record in fate.erased and can_be_erased(registry, kind):
            found.arrived += map(emptied, arrived)
            if arrived:
                found.erased.add(record)
            found.same += not arrived and record not in fate.gone
        elif arrived or filled:
            found.arrived += arrived
            found.filled += filled
            had = [change for change in had if change.version not in doubted] if doubted else had
            _place(registry, had, [*arrived, *filled], found, limits)
        elif kind not in silent:
            found.same += 1
            if found.same <= SAME_NAMED:
                found.happenings.append(Happening(Odd.SAME, record, kind))
    return found


def _by_record(changes: Iterable[Change]) -> dict[tuple[RecordId, int], list[Change]]:
    """By record and kind: a record has one kind, unless somebody forged a change of another for its id."""
    grouped: dict[tuple[RecordId, int], list[Change]] = {}
    for change in changes:
        grouped.setdefault((change.record, change.kind), []).append(change)
    return grouped


def _arrived(came: Sequence[Change], had: Sequence[Change]) -> tuple[list[Change], list[Change]]:
    """The changes that the vault lacks, and those whose bodies it lacks. An emptied one empties none."""
    if not had:
        return list(came), []
    known = {change[:3]: change for change in had}
    arrived, filled = [], []
    for change in came:
        ours = known.get(change[:3])
        if ours is None:
            arrived.append(change)
        elif _HASHED(ours) != _HASHED(change):
            raise Equivocation(change.device, change.chain, change.seq, hash_change(ours), hash_change(change))
        elif change.body and not ours.body:
            filled.append(change)
    return arrived, filled


def _place(
    registry: Registry, had: Sequence[Change], arrived: Sequence[Change], found: Comparison, limits: Limits
) -> None:
    kind, record = registry.numbered(arrived[0].kind), arrived[0].record
    if kind is None:
        found.waiting += 1
        found.happenings.append(Happening(Odd.WAITING, record, arrived[0].kind))
        return
    had = [change for change in had if change.kind == kind.number] if had else had
    if limits:
        shut = sum(not counts(change, limits) for change in arrived)
        if shut:
            found.refused += shut
            found.happenings.append(Happening(Odd.SHUT_OUT, record, kind.number))
        had = [change for change in had if counts(change, limits)]
        arrived = [change for change in arrived if counts(change, limits)]
        if not arrived:
            return
    after = fold(kind, [*had, *arrived] if had else arrived)
    empty = [change for change in arrived if not change.body]
    if empty:
        found.refused += len(empty)
        found.happenings.append(Happening(Odd.QUARANTINED, record, kind.number))
    if after is None:
        return
    known = bool(had) and any(change.body for change in had)
    if kind is not ERASURE and not kind.silent:
        found.new += not known
        found.updated += known
    (found.changed if had else found.fresh).setdefault(kind.number, []).append(after)
    clashes = after.disagreements(kind)
    if clashes or after.refused or after.deleted:
        _note_odd(kind, fold(kind, had), after, clashes, found)


def _note_odd(
    kind: Kind, before: RecordState | None, after: RecordState, clashes: Collection[int], found: Comparison
) -> None:
    """Whether it is removed now, fields that have two versions now, and values that are not shown."""
    if after.deleted and (before is None or not before.deleted):
        found.happenings.append(Happening(Odd.REMOVED, after.record, kind.number))
        found.hidden += before is not None
        found.hidden_people += before is not None and kind.number == CLIENT.number
    old = before.disagreements(kind) if before else {}
    for number in clashes:
        if number not in old:
            found.disagreements += 1
            found.happenings.append(Happening(Odd.DISAGREEMENT, after.record, kind.number, number))
    if after.refused:
        known = {(one.version, one.field) for one in before.refused} if before else set()
        found.refused += len(after.refused) - len(known)
        new = (one for one in after.refused if (one.version, one.field) not in known)
        found.happenings += (Happening(Odd.QUARANTINED, after.record, kind.number, one.field, one) for one in new)
