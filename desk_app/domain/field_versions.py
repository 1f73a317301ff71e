"""The versions of each field, and of each element of a set, while a record is folded: noted from one change after
another, then those that nothing replaced, and the value to show."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from desk_app.domain.change import Body, ChainId, Change, Value, Version, decode_body
from desk_app.domain.errors import InvalidBody, InvalidValue
from desk_app.domain.line_merge import joined
from desk_app.domain.record_state import Head, Refused, is_long_text
from desk_app.domain.records.declaration import Field, FieldType, FieldValue, Kind, MergeClass
from desk_app.domain.records.validation import checked_value


class Register:
    """The versions of one field, or of one element of a set, while a record is folded."""

    __slots__ = ("named", "replaced", "versions")

    def __init__(self) -> None:
        self.versions: list[Head] = []
        self.named: set[Version] = set()
        self.replaced: dict[Version, list[Version]] | None = None
        """Of a long text: what each version names as replaced."""

    def heads(self) -> tuple[Head, ...]:
        """Those that no other names as replaced, the displayed one first."""
        if len(self.versions) == 1:
            return (self.versions[0],)
        alive = [head for head in self.versions if head.version not in self.named]
        # Forged changes may name each other: then none counts as replaced, for a value is never lost.
        return tuple(sorted(alive or self.versions, key=rank, reverse=True))


Registers = dict[tuple[int, str | None], Register]
"""Field number, and the element where the field is a set -> its versions."""


@cache
def fields_by_key(kind: Kind) -> Mapping[str, Field]:
    """The fields of a kind as bodies name them."""
    return {str(field.number): field for field in kind.fields}


def rank(head: Head) -> tuple[int, str, int]:
    """Which of several heads is displayed: the highest."""
    return head.stamp, head.version.chain, head.version.seq


def note_change(
    kind: Kind,
    known: Mapping[str, Field],
    change: Change,
    registers: Registers,
    refused: list[Refused],
) -> None:
    """Notes what a change says of each field; `known` are the kind's fields by key. What a field refuses it skips."""
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
    registers: Registers,
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
        register = registers[field.number, element] = Register()
    register.versions.append(Head(version, change.hlc, change.user, value))
    if bases:
        # Nobody replaces what the same chain has yet to write.
        register.named.update(base for base in bases if base.chain != version.chain or base.seq < version.seq)
        if is_long_text(field):
            register.replaced = {**(register.replaced or {}), version: bases}


def _place(said: object) -> int:
    if not isinstance(said, int) or said < 0:
        raise ValueError(said)
    return said


def gather(registers: Registers) -> tuple[dict[int, tuple[Head, ...]], dict[int, dict[str, tuple[Head, ...]]]]:
    """The heads of single fields by number, and those of the elements of sets."""
    heads: dict[int, tuple[Head, ...]] = {}
    elements: dict[int, dict[str, tuple[Head, ...]]] = {}
    for (number, element), register in registers.items():
        if element is None:
            heads[number] = register.heads()
        else:
            elements.setdefault(number, {})[element] = register.heads()
    return heads, elements


def visible(
    field: Field,
    registers: Registers,
    heads: Mapping[int, tuple[Head, ...]],
    elements: Mapping[int, Mapping[str, tuple[Head, ...]]],
) -> FieldValue:
    """What is shown of a field with these heads."""
    if field.type is FieldType.SET:
        present = elements.get(field.number, {}).items()
        return frozenset(code for code, alive in present if any(head.value for head in alive)) or None
    alive = heads.get(field.number)
    if not alive:
        return None
    if field.merge is MergeClass.MONOTONE:
        return max((head.value for head in registers[field.number, None].versions), key=lambda v: _order(field, v))
    if len(alive) > 1 and is_long_text(field):
        return _joined(field, registers[field.number, None], alive)
    return alive[0].value


def _joined(field: Field, register: Register, heads: tuple[Head, ...]) -> Value:
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
