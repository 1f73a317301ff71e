"""What `fold` makes of a record's changes: its visible values, and the versions of fields that nothing has replaced."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from desk_app.domain.change import Change, Value, Version
from desk_app.domain.clock import Stamp
from desk_app.domain.errors import Trouble
from desk_app.domain.ids import RecordId, UserId
from desk_app.domain.plain_bodies import NOT_SAID, Said
from desk_app.domain.records.declaration import REMOVED, Field, FieldType, FieldValue, Kind, MergeClass


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
            said = zip(places(self._kind), self._said or (), strict=True)
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


@cache
def places(kind: Kind) -> Mapping[int, int]:
    """Field number -> its place among the kind's fields."""
    return {field.number: place for place, field in enumerate(kind.fields)}


@cache
def _clashing(kind: Kind) -> frozenset[int]:
    settled = (MergeClass.MONOTONE, MergeClass.SET)
    return frozenset(field.number for field in kind.fields if field.merge not in settled)


@cache
def _long_texts(kind: Kind) -> Mapping[int, str]:
    """The fields that are joined by lines: number -> name."""
    return {field.number: field.name for field in kind.fields if is_long_text(field)}


def is_long_text(field: Field) -> bool:
    """Whether versions of a field are joined by lines."""
    return field.merge is MergeClass.LONG_TEXT and field.type is FieldType.LONG_TEXT
