"""What received changes would do to a vault: pure, so that it can be shown before anything happens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desk_app.domain.change import Change, Version
from desk_app.domain.errors import Equivocation
from desk_app.domain.fold import RecordState, fold
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Registry


@dataclass(slots=True)
class Comparison:
    """Received changes against what a vault holds.

    `arrived` are the changes the vault lacks. `fresh` and `changed` hold, per kind's number, the states of the records
    it lacked and of those it had, as they will be. Counts are of records, `disagreements` and `refused` of fields.
    """

    arrived: list[Change] = field(default_factory=list)
    fresh: dict[int, list[RecordState]] = field(default_factory=dict)
    changed: dict[int, list[RecordState]] = field(default_factory=dict)
    new: int = 0
    updated: int = 0
    same: int = 0
    disagreements: int = 0
    refused: int = 0
    waiting: int = 0
    """Records of kinds that only a newer version of the program knows: kept, passed on, not shown."""


def compare(registry: Registry, received: Sequence[Change], held: Mapping[RecordId, Sequence[Change]]) -> Comparison:
    """Compares received changes with the vault's changes of the same records.

    Raises `Equivocation` when one version has two contents: somebody copied a device or forged.
    """
    found = Comparison()
    for (record, _), came in _by_record(received).items():
        had = held.get(record, ())
        arrived = _arrived(came, had)
        if not arrived:
            found.same += 1
            continue
        found.arrived += arrived
        _place(registry, had, arrived, found)
    return found


def _by_record(changes: Iterable[Change]) -> dict[tuple[RecordId, int], list[Change]]:
    """By record and kind: a record has one kind, unless somebody forged a change of another for its id."""
    grouped: dict[tuple[RecordId, int], list[Change]] = {}
    for change in changes:
        grouped.setdefault((change.record, change.kind), []).append(change)
    return grouped


def _arrived(came: Sequence[Change], had: Sequence[Change]) -> list[Change]:
    if not had:
        return list(came)
    known: dict[Version, Change] = {change.version: change for change in had}
    arrived = []
    for change in came:
        ours = known.get(change.version)
        if ours is None:
            arrived.append(change)
        elif ours.body_hash != change.body_hash or ours.prev_hash != change.prev_hash:
            raise Equivocation(change.device)
    return arrived


def _place(registry: Registry, had: Sequence[Change], arrived: Sequence[Change], found: Comparison) -> None:
    kind = registry.numbered(arrived[0].kind)
    if kind is None:
        found.waiting += 1
        return
    had = [change for change in had if change.kind == kind.number]
    before = fold(kind, had) if had else None
    after = fold(kind, [*had, *arrived] if had else arrived)
    if after is None:
        return
    if before is None:
        found.new += 1
    else:
        found.updated += 1
    (found.changed if had else found.fresh).setdefault(kind.number, []).append(after)
    clashes = after.disagreements(kind)
    old = before.disagreements(kind) if before else {}
    found.disagreements += sum(number not in old for number in clashes)
    found.refused += len(after.refused) - (len(before.refused) if before else 0)
