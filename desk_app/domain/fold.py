"""From the changes of one record to its visible state: a pure function of their set, whatever order they came in.

A field's heads are the versions that no received change names as a base. One head, or several that agree: the value.
Several that differ: a disagreement, kept until a person settles it; meanwhile the head with the highest
(stamp, device) is shown. Elements of a set are registers of their own in which "present" wins. A monotone field
shows the highest of all values ever received: a withdrawn consent stays withdrawn. Long texts that replace the same one
and differ from it in other lines are shown as one text with all of that. Whoever removes a record names all
that he was shown of it; what somebody elsewhere changed meanwhile disagrees with the removal.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from desk_app.domain import plain_bodies
from desk_app.domain.change import ChainId, Change, Version, decode_body
from desk_app.domain.clock import Stamp
from desk_app.domain.field_versions import Registers, fields_by_key, gather, note_change, rank, visible
from desk_app.domain.ids import DeviceId, Incarnation
from desk_app.domain.plain_bodies import NOT_SAID, Said
from desk_app.domain.record_state import Head, Heads, RecordState, Refused, places
from desk_app.domain.records.declaration import REMOVED, FieldValue, Kind

_REPLACES = b'{"b":'
"""What a body starts with that names bases: its keys are sorted."""
_NO_HEADS: Mapping[int, tuple[Head, ...]] = {}
_NO_ELEMENTS: Mapping[int, Mapping[str, tuple[Head, ...]]] = {}


@cache
def _nothing_said(kind: Kind) -> Mapping[str, FieldValue]:
    return {field.name: None for field in kind.fields}


def fold(kind: Kind, changes: Iterable[Change]) -> RecordState | None:
    """The state that these changes of one record make, or None when erasure left nothing of them.

    A change that comes twice counts once; one of another kind, which only a forger gives the same record, not at all.
    """
    ordered = _in_order(kind, changes)
    if not ordered:
        return None
    first, last = ordered[0], ordered[-1]
    if first is last and (lone := _lone(kind, first)) is not None:
        return lone
    registers: Registers = {}
    refused: list[Refused] = []
    # Most records begin with a change that replaces nothing: of it, only what others set too needs a register.
    made = next((change for change in ordered if not change.body.startswith(_REPLACES)), first)
    said = plain_bodies.read(kind, made.body)
    for change in ordered:
        if said is None or change is not made:
            note_change(kind, fields_by_key(kind), change, registers, refused)
    if said is not None and registers:
        _register_made(kind, made, said, registers)
    registered, elements = gather(registers)
    values = _values(kind, said, registers, registered, elements)
    heads = Heads(kind, made, said, registered)
    refused.sort(key=lambda one: (one.version, one.field))
    unseen = _unseen(ordered, heads, elements) if values["deleted"] is True else ()
    return RecordState(
        first.record, values, heads, elements, first.hlc, first.user, last.hlc, last.user, tuple(refused), unseen
    )


def _lone(kind: Kind, made: Change) -> RecordState | None:
    """The state after one change alone that replaces nothing and says everything plainly; None after any other. Most
    of a large bundle's records are such."""
    said = None if made.body.startswith(_REPLACES) else plain_bodies.read(kind, made.body)
    if said is None or said[places(kind)[REMOVED]][0] is True:
        return None
    values: dict[str, FieldValue] = dict(zip(_nothing_said(kind), [one[0] for one in said], strict=True))
    at, by = made.hlc, made.user
    return RecordState(made.record, values, Heads(kind, made, said, _NO_HEADS), _NO_ELEMENTS, at, by, at, by)


def _in_order(kind: Kind, changes: Iterable[Change]) -> list[Change]:
    """The changes of this kind that say something, each once, by time."""
    number = kind.number
    saying = [change for change in changes if change.body and change.kind == number]
    if len(saying) < 2:
        return saying
    found: dict[tuple[DeviceId, Incarnation, int], Change] = {}
    for change in saying:
        found.setdefault(change[:3], change)
    return sorted(found.values(), key=_when)


def _register_made(kind: Kind, made: Change, said: Said, registers: Registers) -> None:
    """Gives what the record was made with its place among the versions of the fields that others set too."""
    at = places(kind)
    for (number, element), register in registers.items():
        if element is None and (one := said[at[number]]) is not NOT_SAID:
            register.versions.append(Head(made.version, made.hlc, made.user, one[0]))


def _values(
    kind: Kind,
    said: Said | None,
    registers: Registers,
    registered: Mapping[int, tuple[Head, ...]],
    elements: Mapping[int, Mapping[str, tuple[Head, ...]]],
) -> dict[str, FieldValue]:
    """What is shown: by field, in the kind's order."""
    if said is None:
        values: dict[str, FieldValue] = dict(_nothing_said(kind))
    else:
        values = dict(zip(_nothing_said(kind), [one[0] for one in said], strict=True))
    known = fields_by_key(kind)
    for number in {*registered, *elements}:
        field = known[str(number)]
        values[field.name] = visible(field, registers, registered, elements)
    return values


def _unseen(
    changes: Iterable[Change],
    heads: Mapping[int, tuple[Head, ...]],
    elements: Mapping[int, Mapping[str, tuple[Head, ...]]],
) -> tuple[Head, ...]:
    """What was changed elsewhere while the record was removed. A removal that names nothing is of an early version."""
    bodies = {change.version: change.body for change in changes}
    seen: set[Version] = set()
    chains: set[ChainId] = set()
    for removal in heads[REMOVED]:
        if removal.value is True:
            named = decode_body(bodies[removal.version]).b
            if not named:
                return ()
            seen.update(Version(ChainId(chain), seq) for chain, seq in named)
            chains.add(removal.version.chain)
    registers = [alive for number, alive in heads.items() if number != REMOVED]
    registers += [alive for of_set in elements.values() for alive in of_set.values()]
    others = {head.version: head._replace(value=False) for alive in registers for head in alive}
    missed = (head for head in others.values() if head.version not in seen and head.version.chain not in chains)
    return tuple(sorted(missed, key=rank, reverse=True))


def _when(change: Change) -> tuple[Stamp, DeviceId, Incarnation, int]:
    return change.hlc, change.device, change.incarnation, change.seq
