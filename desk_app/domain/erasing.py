"""What an erasure takes: a pure function of the set of changes, so that every order of arrival ends the same.

A record is erased when there is an erasure for it, or when any of its changes ever named an erased record in a
reference that leads to a person. Whatever was said of it goes then, also what arrives later. What belongs to nobody
in particular (directory, courses, targets) is never erased, whoever says so.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from desk_app.domain.change import Change, fields_in
from desk_app.domain.ids import RecordId, is_record_id
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Registry
from desk_app.domain.records.erasure import ERASURE


@dataclass(frozen=True, slots=True)
class Fate:
    """What erasures mean for changes that arrive and for the vault that takes them.

    `erased`: the erased records among what arrives. `gone`: records that the vault holds and that are erased by what
    arrives. `derived`: erased records that have no erasure of their own yet -> the record whose erasure reaches them.
    """

    erased: frozenset[RecordId] = frozenset()
    gone: frozenset[RecordId] = frozenset()
    derived: Mapping[RecordId, RecordId] = field(default_factory=dict)


UNTOUCHED = Fate()


@cache
def references(registry: Registry) -> Mapping[int, Mapping[str, str]]:
    """Kind's number -> its fields (number in text -> name) through which the erasure of a person reaches a record.

    Every reference to a client, and every required one to a kind that is itself reached.
    """
    reached = {CLIENT.name}
    found: dict[int, dict[str, str]] = {}
    while True:
        before = len(reached)
        for kind in registry:
            fields = {
                str(one.number): one.name
                for one in kind.own_fields
                if one.refers_to in reached and (one.required or one.refers_to == CLIENT.name)
            }
            if fields:
                found[kind.number] = fields
                reached.add(kind.name)
        if len(reached) == before:
            return found


@cache
def reaching(registry: Registry) -> frozenset[int]:
    """The numbers of the kinds that others refer to so: what is named nowhere takes nothing with it."""
    names = {
        one.refers_to
        for kind in registry
        for one in kind.own_fields
        if str(one.number) in references(registry).get(kind.number, {})
    }
    return frozenset(registry[name].number for name in names)


@cache
def lasting(registry: Registry) -> frozenset[int]:
    """The numbers of the kinds that no erasure touches."""
    reached = {CLIENT.number, *references(registry)}
    return frozenset(kind.number for kind in registry if kind.number not in reached)


def can_be_erased(registry: Registry, kind: int) -> bool:
    """Whether an erasure may take a record of this kind; one that only a newer version knows, yes."""
    return kind not in lasting(registry)


def named(registry: Registry, change: Change) -> set[RecordId]:
    """The records that a change names in references through which an erasure reaches it."""
    return named_in(registry, change.kind, change.body)


def named_in(registry: Registry, kind: int, body: bytes) -> set[RecordId]:
    """The same, of a kind's number and a body."""
    fields = references(registry).get(kind)
    if not fields or not body:
        return set()
    said = fields_in(body)
    found = (said.get(number) for number in fields)
    values = (one[0] for one in found if isinstance(one, list) and one)
    return {RecordId(value) for value in values if isinstance(value, str) and is_record_id(value)}


def emptied(change: Change) -> Change:
    """The change as it is kept after the erasure of its record."""
    return change._replace(body=b"", salt=b"")


def closure(
    roots: Iterable[RecordId], known: Collection[RecordId], naming: Mapping[RecordId, Iterable[RecordId]]
) -> dict[RecordId, RecordId]:
    """Every record that erased records reach -> the record of `known` (those with an erasure) that reaches it."""
    found = {root: root for root in roots}
    waiting = list(found)
    while waiting:
        target = waiting.pop()
        for record in naming.get(target, ()):
            if record not in found:
                found[record] = record if record in known else found[target]
                waiting.append(record)
    return found


def is_erasure(change: Change) -> bool:
    """Whether the change makes an erasure; what it says decides nothing."""
    return change.kind == ERASURE.number
