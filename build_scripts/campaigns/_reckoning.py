"""What a set of changes means, worked out a second time from storage/FORMAT.md alone: slowly, plainly, without `fold`.

A record's changes are read one by one into registers, one for each field and for each element of a set. What nothing
names is a head. From the heads follow the value, the disagreements and who is one person with whom.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from desk_app.domain.change import Change, Version
from desk_app.domain.errors import Trouble
from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass, Registry
from desk_app.domain.records.validation import checked_value

REMOVED = 3
CLIENT, ERASURE, SAMENESS, EXCHANGE_KEY, ROSTER = 1, 16, 17, 18, 21
"""Permanent numbers of a field and of kinds."""

Log = Mapping[Version, Change]
Row = dict[str, Any]


@dataclass(slots=True)
class Said:
    """One value that one change gave a register."""

    change: Change
    value: Any

    @property
    def rank(self) -> tuple[int, str, int]:
        """What decides which of several heads is displayed: the stamp, then the series and the number."""
        return self.change.hlc, self.change.chain, self.change.seq


@dataclass(slots=True)
class Register:
    """Everything said of one field, and which versions were replaced by it."""

    said: list[Said] = field(default_factory=list)
    replaced: set[Version] = field(default_factory=set)
    bases: dict[Version, set[Version]] = field(default_factory=dict)

    @property
    def heads(self) -> list[Said]:
        """What nothing replaced, the displayed one first."""
        alive = [one for one in self.said if one.change.version not in self.replaced]
        return sorted(alive, key=lambda one: one.rank, reverse=True)


@dataclass(slots=True)
class Reckoned:
    """What a record should look like: its row, the fields that disagree, the values that were refused."""

    row: Row
    disagreements: set[int] = field(default_factory=set)
    refused: set[tuple[str, int, int]] = field(default_factory=set)
    registers: dict[tuple[int, str | None], Register] = field(default_factory=dict)

    def displayed(self, number: int, element: str | None = None) -> list[Version]:
        """The heads that say what is displayed; of an element of a set, all of them."""
        register = self.registers.get((number, element))
        heads = register.heads if register else []
        return [one.change.version for one in heads if element is not None or one.value == heads[0].value]


def reckon(kind: Kind, changes: Iterable[Change]) -> Reckoned | None:
    """One record from its changes, in whatever order; None where nothing is said of it any more."""
    told = {one.version: one for one in changes if one.body and one.kind == kind.number}
    if not told:
        return None
    found = Reckoned({"id": next(iter(told.values())).record})
    for change in told.values():
        _read(kind, change, found)
    for declared in kind.fields:
        found.row[declared.name] = _value(declared, found.registers)
        if declared.merge not in (MergeClass.SET, MergeClass.MONOTONE):
            register = found.registers.get((declared.number, None), Register())
            differ = len({json.dumps(one.value) for one in register.heads}) > 1
            if differ and _joined(declared, register) is None:
                found.disagreements.add(declared.number)
    if found.row["deleted"] == 1 and _missed(told, found.registers):
        found.disagreements.add(REMOVED)
    ordered = sorted(told.values(), key=lambda one: (one.hlc, one.device, one.incarnation, one.seq))
    first, last = ordered[0], ordered[-1]
    found.row.update(made=first.hlc >> 16, made_by=first.user, changed=last.hlc >> 16, changed_by=last.user)
    return found


def bases_of(change: Change) -> Iterator[tuple[int, str | None, Any, set[Version]]]:
    """Field's number, element of a set or None, value and the versions that it replaces, for all that a change says."""
    body = json.loads(change.body)
    named = [Version(chain, seq) for chain, seq in body.get("b", [])]
    for number, said in body["f"].items():
        for element, (value, *places) in said.items() if isinstance(said, dict) else [(None, said)]:
            yield int(number), element, value, {named[place] for place in places}


def _read(kind: Kind, change: Change, found: Reckoned) -> None:
    declared = {one.number: one for one in kind.fields}
    for number, element, value, bases in bases_of(change):
        if number not in declared:
            continue
        try:
            checked_value(kind, declared[number], value if element is None else frozenset([element]))
        except Trouble:
            found.refused.add((change.chain, change.seq, number))
            continue
        register = found.registers.setdefault((number, element), Register())
        register.said.append(Said(change, value))
        register.replaced |= bases
        register.bases[change.version] = bases


def _alike(one: list[str], other: list[str]) -> int:
    """With how many lines both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _joined(declared: Field, register: Register) -> str | None:
    """The text of a long text whose heads changed other lines of one version; None where they disagree."""
    heads = register.heads
    bases = set().union(*(register.bases[one.change.version] for one in heads))
    known = [one.value for one in register.said if one.change.version in bases]
    texts = [one.value for one in heads]
    if declared.merge is not MergeClass.LONG_TEXT or declared.type is not FieldType.LONG_TEXT or len(bases) != 1:
        return None
    if not all(register.bases[one.change.version] for one in heads) or not all(isinstance(one, str) for one in texts):
        return None
    if len(known) != 1 or not isinstance(known[0], str) or len(register.bases[next(iter(bases))]) > 1:
        return None
    lines = known[0].split("\n")
    changed: dict[tuple[int, int, str], list[str]] = {}
    for text in texts:
        new = text.split("\n")
        before = _alike(lines, new)
        behind = _alike(lines[before:][::-1], new[before:][::-1])
        instead = new[before : len(new) - behind]
        if lines == new:
            return None
        changed[before, len(lines) - behind, "\n".join(instead)] = instead
    taken: set[int] = set()
    for first, last, _ in changed:
        touched = set(range(2 * first, 2 * last + 1))  # Lines are the odd numbers, the places between them the even.
        if touched & taken:
            return None
        taken |= touched
    for (first, last, _), instead in sorted(changed.items(), reverse=True):
        lines[first:last] = instead
    text = "\n".join(lines).strip()
    return text if 0 < len(text) <= declared.limit else None


def _value(declared: Field, registers: Mapping[tuple[int, str | None], Register]) -> Any:
    if declared.type is FieldType.SET:
        elements = {name: one for (number, name), one in registers.items() if number == declared.number and name}
        present = sorted(name for name, one in elements.items() if any(head.value for head in one.heads))
        return json.dumps(present, ensure_ascii=False, separators=(",", ":")) if present else None
    register = registers.get((declared.number, None))
    if register is None:
        return None
    if declared.merge is MergeClass.MONOTONE:
        return max((one.value for one in register.said), key=lambda value: _height(declared, value))
    heads = register.heads
    value = _joined(declared, register) if len({one.value for one in heads}) > 1 else None
    value = heads[0].value if value is None else value
    return int(value) if isinstance(value, bool) else value


def _height(declared: Field, value: Any) -> tuple[int, str]:
    if declared.vocabulary is not None:
        return (list(declared.vocabulary.words).index(value) if value is not None else -1), ""
    return 0, "" if value is None else str(value)


def _missed(told: Log, registers: Mapping[tuple[int, str | None], Register]) -> bool:
    """Whether something was changed elsewhere that nobody who removed the record had seen."""
    removals = [one.change for one in registers[REMOVED, None].heads if one.value is True]
    seen: set[Version] = set()
    for removal in removals:
        named = json.loads(told[removal.version].body).get("b", [])
        if not named:
            return False
        seen |= {Version(chain, seq) for chain, seq in named}
    writers = {removal.chain for removal in removals}
    others = (one.change for (number, _), register in registers.items() if number != REMOVED for one in register.heads)
    return any(one.version not in seen and one.chain not in writers for one in others)


def erasure_id(record: str) -> str:
    """The id of the erasure of a record."""
    return hashlib.sha256(b"roh erasure\0" + record.encode()).hexdigest()[:32]


def personal(registry: Registry) -> dict[int, set[int]]:
    """Kind's number -> the fields by which the erasure of a person reaches its records."""
    reached, found = {"client"}, dict[int, set[int]]()
    for _ in registry.kinds:
        for kind in registry:
            fields = {
                one.number
                for one in kind.own_fields
                if one.refers_to == "client" or (one.required and one.refers_to in reached)
            }
            if fields:
                found[kind.number] = fields
                reached.add(kind.name)
    return found


def erased(registry: Registry, log: Iterable[Version], book: Log) -> set[str]:
    """The records that must be empty in a log, by its erasures and by everything that was ever said in it."""
    fields = personal(registry)
    changes = [book[version] for version in log]
    ledger = {one.record for one in changes if one.kind == ERASURE}
    naming: defaultdict[str, set[str]] = defaultdict(set)
    mortal = set()
    for change in changes:
        if change.kind != CLIENT and change.kind not in fields:
            continue
        mortal.add(change.record)
        for number, element, value, _ in bases_of(change):
            if element is None and number in fields.get(change.kind, ()) and isinstance(value, str):
                naming[value].add(change.record)
    gone: set[str] = set()
    waiting = [record for record in {*mortal, *naming} if erasure_id(record) in ledger]
    while waiting:
        record = waiting.pop()
        if record not in gone:
            gone.add(record)
            waiting += naming[record]
    return gone & mortal


def pages(clients: Mapping[str, Row], sameness: Iterable[Row]) -> dict[str, str]:
    """Client -> on whose page he stands, for everybody who is not alone on his."""
    together: dict[str, set[str]] = {}
    for row in sameness:
        one, other = row["one"], row["other"]
        pair = hashlib.sha256(b"roh sameness\0" + f"{one}\0{other}".encode()).hexdigest()[:32]
        if row["state"] == "same" and not row["deleted"] and row["id"] == pair and one != other:
            joined = together.get(one, {one}) | together.get(other, {other})
            together.update(dict.fromkeys(joined, joined))
    found = {}
    for client, group in together.items():
        shown = sorted(one for one in group if one in clients and not clients[one]["deleted"])
        if client in shown and len(shown) > 1:
            found[client] = shown[0]
    return found
