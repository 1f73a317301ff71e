"""From the changes of one record to its visible state: a pure function of their set, whatever order they came in.

A field's heads are the versions that no received change names as a base. One head, or several that agree: the value.
Several that differ: a disagreement, kept until a person settles it; meanwhile the head with the highest
(stamp, device) is shown. Elements of a set are registers of their own in which "present" wins. A monotone field
shows the highest of all values ever received: a withdrawn consent stays withdrawn. Long texts that replace the same one
and differ from it in other lines are shown as one text with all of that. Whoever removes a record names all
that he was shown of it; what somebody elsewhere changed meanwhile disagrees with the removal.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import msgspec

from desk_app.domain import plain_bodies
from desk_app.domain.change import Body, ChainId, Change, Value, Version, decode_body
from desk_app.domain.clock import Stamp
from desk_app.domain.errors import InvalidBody, InvalidValue, Trouble
from desk_app.domain.ids import DeviceId, Incarnation, RecordId, UserId
from desk_app.domain.line_merge import joined
from desk_app.domain.plain_bodies import NOT_SAID, Said
from desk_app.domain.records.declaration import REMOVED, Field, FieldType, FieldValue, Kind, MergeClass
from desk_app.domain.records.validation import checked_value

_REPLACES = b'{"b":'
"""What a body starts with that names bases: its keys are sorted."""
_NO_HEADS: Mapping[int, tuple["Head", ...]] = {}
_NO_ELEMENTS: Mapping[int, Mapping[str, tuple["Head", ...]]] = {}


class Head(NamedTuple):
    """One version of a field that nothing received has replaced."""

    version: Version
    stamp: Stamp
    user: UserId
    value: Value


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that its field refuses: kept in the log, shown in the review, never in the record."""

    version: Version
    field: int
    trouble: Trouble


class Heads(Mapping[int, tuple[Head, ...]]):
    """Field number -> its heads. Those of fields that were set only when the record was made are built when somebody
    asks: nobody does for most records of a large bundle.
    """

    __slots__ = ("_all", "_kind", "_made", "_said", "registered")

    def __init__(self, kind: Kind, made: Change, said: Said | None, registered: Mapping[int, tuple[Head, ...]]) -> None:
        """`said` is what the change `made` said; None where all heads are `registered`."""
        self.registered = registered
        self._kind = kind
        self._made = made
        self._said = said
        self._all = registered if said is None else None

    def __getitem__(self, number: int) -> tuple[Head, ...]:
        return self._built()[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._built())

    def __len__(self) -> int:
        return len(self._built())

    def _built(self) -> Mapping[int, tuple[Head, ...]]:
        if self._all is None:
            said = zip(_places(self._kind), self._said or (), strict=True)
            version, at, user = self._made.version, self._made.hlc, self._made.user
            lone = {number: (Head(version, at, user, one[0]),) for number, one in said if one is not NOT_SAID}
            self._all = {**lone, **self.registered}
        return self._all


class RecordState(NamedTuple):
    """What is visible of a record. `heads` holds, per field number, what an edit of that field replaces."""

    record: RecordId
    values: Mapping[str, FieldValue]
    heads: Heads
    elements: Mapping[int, Mapping[str, tuple[Head, ...]]]
    made: Stamp
    made_by: UserId
    changed: Stamp
    changed_by: UserId
    refused: tuple[Refused, ...] = ()
    unseen: tuple[Head, ...] = ()
    """Of a removed record: what was said of its other fields that nobody who removed it had seen, the latest first,
    each as a head of the field that removes: as not removed."""

    @property
    def deleted(self) -> bool:
        """Whether the record is hidden."""
        return self.values.get("deleted") is True

    def disagreements(self, kind: Kind) -> dict[int, tuple[Head, ...]]:
        """The fields whose heads differ, with their heads, displayed one first.

        A removal that did not see a change clashes with it: then what was changed stands there as not removed.
        """
        if not self.heads.registered:
            return {}
        clashing = _clashing(kind)
        found = {
            number: heads
            for number, heads in self.heads.registered.items()
            if len(heads) > 1 and number in clashing and len({head.value for head in heads}) > 1
        }
        for number, name in _long_texts(kind).items():
            if number in found and self.values[name] != found[number][0].value:
                del found[number]  # They were joined.
        if self.unseen and REMOVED not in found:
            found[REMOVED] = (*self.heads[REMOVED][:1], *self.unseen)
        return found


class _Register:
    """The versions of one field, or of one element of a set, while a record is folded."""

    __slots__ = ("named", "replaced", "versions")

    def __init__(self) -> None:
        self.versions: list[Head] = []
        self.named: set[Version] = set()
        self.replaced: dict[Version, list[Version]] | None = None
        """Of a long text: what each version names as replaced."""

    def heads(self) -> tuple[Head, ...]:
        if len(self.versions) == 1:
            return (self.versions[0],)
        alive = [head for head in self.versions if head.version not in self.named]
        # Forged changes may name each other: then none counts as replaced, for a value is never lost.
        return tuple(sorted(alive or self.versions, key=_rank, reverse=True))


@cache
def _fields_by_key(kind: Kind) -> Mapping[str, Field]:
    return {str(field.number): field for field in kind.fields}


@cache
def _places(kind: Kind) -> Mapping[int, int]:
    """Field number -> its place among the kind's fields."""
    return {field.number: place for place, field in enumerate(kind.fields)}


@cache
def _nothing_said(kind: Kind) -> Mapping[str, FieldValue]:
    return {field.name: None for field in kind.fields}


@cache
def _clashing(kind: Kind) -> frozenset[int]:
    settled = (MergeClass.MONOTONE, MergeClass.SET)
    return frozenset(field.number for field in kind.fields if field.merge not in settled)


@cache
def _long_texts(kind: Kind) -> Mapping[int, str]:
    """The fields that are joined by lines: number -> name."""
    return {field.number: field.name for field in kind.fields if _is_long_text(field)}


def _is_long_text(field: Field) -> bool:
    return field.merge is MergeClass.LONG_TEXT and field.type is FieldType.LONG_TEXT


def _rank(head: Head) -> tuple[int, str, int]:
    return head.stamp, head.version.chain, head.version.seq


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
    registers: dict[tuple[int, str | None], _Register] = {}
    refused: list[Refused] = []
    # Most records begin with a change that replaces nothing: of it, only what others set too needs a register.
    made = next((change for change in ordered if not change.body.startswith(_REPLACES)), first)
    said = plain_bodies.read(kind, made.body)
    for change in ordered:
        if said is None or change is not made:
            _read(kind, _fields_by_key(kind), change, registers, refused)
    if said is not None and registers:
        _register_made(kind, made, said, registers)
    registered, elements = _gather(registers)
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
    if said is None or said[_places(kind)[REMOVED]][0] is True:
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


def _register_made(kind: Kind, made: Change, said: Said, registers: dict[tuple[int, str | None], _Register]) -> None:
    """Gives what the record was made with its place among the versions of the fields that others set too."""
    places = _places(kind)
    for (number, element), register in registers.items():
        if element is None and (one := said[places[number]]) is not NOT_SAID:
            register.versions.append(Head(made.version, made.hlc, made.user, one[0]))


def _values(
    kind: Kind,
    said: Said | None,
    registers: Mapping[tuple[int, str | None], _Register],
    registered: Mapping[int, tuple[Head, ...]],
    elements: Mapping[int, Mapping[str, tuple[Head, ...]]],
) -> dict[str, FieldValue]:
    """What is shown: by field, in the kind's order."""
    if said is None:
        values: dict[str, FieldValue] = dict(_nothing_said(kind))
    else:
        values = dict(zip(_nothing_said(kind), [one[0] for one in said], strict=True))
    known = _fields_by_key(kind)
    for number in {*registered, *elements}:
        field = known[str(number)]
        values[field.name] = _visible(field, registers, registered, elements)
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
    return tuple(sorted(missed, key=_rank, reverse=True))


def _when(change: Change) -> tuple[Stamp, DeviceId, Incarnation, int]:
    return change.hlc, change.device, change.incarnation, change.seq


def _read(
    kind: Kind,
    known: Mapping[str, Field],
    change: Change,
    registers: dict[tuple[int, str | None], _Register],
    refused: list[Refused],
) -> None:
    try:
        body = decode_body(change.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        refused.append(Refused(change.version, 0, InvalidBody()))
        return
    version = change.version
    for number, said in body.f.items():
        field = known.get(number)
        if field is None:
            continue
        if isinstance(said, dict) is not (field.type is FieldType.SET):
            refused.append(Refused(change.version, field.number, InvalidBody()))
            continue
        for element, values in said.items() if isinstance(said, dict) else ((None, said),):
            try:
                _note(kind, field, change, version, body, element, values, registers)
            except (ValueError, LookupError, TypeError):
                refused.append(Refused(change.version, field.number, InvalidBody()))
            except InvalidValue as trouble:
                refused.append(Refused(change.version, field.number, trouble))


def _note(
    kind: Kind,
    field: Field,
    change: Change,
    version: Version,
    body: Body,
    element: str | None,
    said: list[Any],
    registers: dict[tuple[int, str | None], _Register],
) -> None:
    value = said[0]
    if element is not None:
        checked_value(kind, field, frozenset([element]))
        if not isinstance(value, bool):
            raise TypeError(element)
    else:
        value = checked_value(kind, field, value)
    bases = [Version(ChainId(chain), seq) for chain, seq in (body.b[_place(place)] for place in said[1:])]
    register = registers.get((field.number, element))
    if register is None:
        register = registers[field.number, element] = _Register()
    register.versions.append(Head(version, change.hlc, change.user, value))
    if bases:
        # Nobody replaces what the same chain has yet to write.
        register.named.update(base for base in bases if base.chain != version.chain or base.seq < version.seq)
        if _is_long_text(field):
            register.replaced = {**(register.replaced or {}), version: bases}


def _place(said: object) -> int:
    if not isinstance(said, int) or said < 0:
        raise ValueError(said)
    return said


def _gather(
    registers: Mapping[tuple[int, str | None], _Register],
) -> tuple[dict[int, tuple[Head, ...]], dict[int, dict[str, tuple[Head, ...]]]]:
    heads: dict[int, tuple[Head, ...]] = {}
    elements: dict[int, dict[str, tuple[Head, ...]]] = {}
    for (number, element), register in registers.items():
        if element is None:
            heads[number] = register.heads()
        else:
            elements.setdefault(number, {})[element] = register.heads()
    return heads, elements


def _visible(
    field: Field,
    registers: Mapping[tuple[int, str | None], _Register],
    heads: Mapping[int, tuple[Head, ...]],
    elements: Mapping[int, Mapping[str, tuple[Head, ...]]],
) -> FieldValue:
    if field.type is FieldType.SET:
        present = elements.get(field.number, {}).items()
        return frozenset(code for code, alive in present if any(head.value for head in alive)) or None
    alive = heads.get(field.number)
    if not alive:
        return None
    if field.merge is MergeClass.MONOTONE:
        return max((head.value for head in registers[field.number, None].versions), key=lambda v: _order(field, v))
    if len(alive) > 1 and _is_long_text(field):
        return _joined(field, registers[field.number, None], alive)
    return alive[0].value


def _joined(field: Field, register: _Register, heads: tuple[Head, ...]) -> Value:
    """Where all heads replace one version that is known, what each changed of it; else the displayed head.

    What itself replaced several is no text to join over: whoever takes a settling back says again what disagreed.
    """
    replaced = register.replaced or {}
    named = [replaced.get(head.version, ()) for head in heads]
    bases = {base for of_head in named for base in of_head}
    if len(bases) != 1 or not all(named):
        return heads[0].value
    (base,) = bases
    text = next((one.value for one in register.versions if one.version == base), None)
    texts = [head.value for head in heads if isinstance(head.value, str)]
    if not isinstance(text, str) or len(texts) < len(heads) or len(replaced.get(base, ())) > 1:
        return heads[0].value
    found = (joined(text, texts) or "").strip()
    return found if 0 < len(found) <= field.limit else heads[0].value


def _order(field: Field, value: Value) -> tuple[int, str]:
    if field.vocabulary is not None:
        codes = list(field.vocabulary.words)
        return (codes.index(str(value)) if value in field.vocabulary else -1, "")
    return (0, "" if value is None else str(value))
