"""Settling by a person's word what two vaults said differently, taking that back, and asking the desk that knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from desk_app.domain import change
from desk_app.domain.clock import today
from desk_app.domain.errors import BothNotPossible, NobodyToAsk, NothingToSettle, VersionsChanged
from desk_app.domain.ids import RecordId, uuid7
from desk_app.domain.record_state import Head
from desk_app.domain.records.declaration import Field, FieldType, FieldValue, Kind, Values
from desk_app.storage import rows
from desk_app.storage.journal import Write
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import serving
from desk_app.usecases.records import Saved
from desk_app.usecases.review import QUESTION, Disagreement, client_of

ANSWER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Keep:
    """One of the versions, by its place in the list."""

    place: int


@dataclass(frozen=True, slots=True)
class Say:
    """Another value, that nobody has said yet."""

    value: FieldValue


class Both(StrEnum):
    """What is displayed stays, and the others get their place beside it."""

    BOTH = "both"


Choice = Keep | Say | Both


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled, and what it takes to take that back."""

    kind: Kind
    record: RecordId
    field: Field
    version: change.Version
    heads: tuple[Head, ...]
    beside: tuple[FieldValue, FieldValue] | None
    """What stood in the field beside it, and what stands there since; None where it was left alone."""


def settle(vault: Vault, shown: Disagreement, choice: Choice) -> Settled:
    """Puts one value in the place of all versions that were shown; it counts everywhere, in whatever order it arrives.

    Raises `NothingToSettle` when somebody did so before, `VersionsChanged` when another version came meanwhile,
    `BothNotPossible`, `InvalidValue`, `NotAcceptedYet`.
    """
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        serving.require(vault, shown.kind, rows.get(vault.db, shown.kind, shown.record))
        state = vault.journal.state(shown.kind, shown.record)
        heads = state.disagreements(shown.kind).get(shown.field.number)
        if heads is None:
            raise NothingToSettle(shown.id)
        if {head.version for head in heads} != {one.version for one in shown.values}:
            raise VersionsChanged
        beside = None
        match choice:
            case Keep(place):
                wanted = {one.version: one for one in heads}[shown.values[place].version]
                values: dict[str, FieldValue] = {shown.field.name: wanted.value}
            case Say(value):
                values = {shown.field.name: value}
            case _:
                former = state.values.get(shown.field.beside)
                beside = (former, _beside(shown, heads, former))
                values = {shown.field.name: heads[0].value, shown.field.beside: beside[1]}
        replaced = [head.version for head in state.heads[shown.field.number]]
        vault.journal.write([Write(shown.kind, shown.record, values, {shown.field.name: replaced})])
        version = vault.journal.last_version
    return Settled(shown.kind, shown.record, shown.field, version, heads, beside)


def undo(vault: Vault, settled: Settled) -> None:
    """Puts every version back: what was displayed is displayed again, and the disagreement waits as before.

    Raises `VersionsChanged` when somebody has written something else over it, `NotAcceptedYet`.
    """
    name = settled.field.name
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        serving.require(vault, settled.kind, rows.get(vault.db, settled.kind, settled.record))
        state = vault.journal.state(settled.kind, settled.record)
        if [head.version for head in state.heads.get(settled.field.number, ())] != [settled.version]:
            raise VersionsChanged
        replaces = {name: [settled.version]}
        values = dict.fromkeys(head.value for head in settled.heads)
        # The last one written is displayed.
        for value in reversed(list(values)):
            vault.journal.write([Write(settled.kind, settled.record, {name: value}, replaces)])
        if settled.beside is not None and state.values.get(settled.field.beside) == settled.beside[1]:
            vault.journal.write([Write(settled.kind, settled.record, {settled.field.beside: settled.beside[0]})])


def ask(vault: Vault, shown: Disagreement, note: str) -> Saved:
    """Asks the desk whose record it is: a follow-up with this note goes to it with the next bundle.

    Raises `NobodyToAsk`, `InvalidValue`, `NotAcceptedYet`.
    """
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        row = rows.get(vault.db, shown.kind, shown.record)
        serving.require(vault, shown.kind, row)
        desk = row.text("desk") if row else ""
        client = client_of(vault, shown.kind, shown.record)
        if not desk or desk == vault.desk or client is None:
            raise NobodyToAsk
        record = uuid7(vault.now(), vault.surroundings.random)
        due = today(vault.now()) + timedelta(days=ANSWER_DAYS)
        values: Values = {
            "desk": desk,
            "client": client,
            "type": QUESTION,
            "due": due.isoformat(),
            "state": "pending",
            "note": note,
        }
        vault.journal.write([Write(vault.registry["followup"], record, values)])
    return Saved(record, "")


def _beside(shown: Disagreement, heads: Sequence[Head], former: FieldValue) -> FieldValue:
    """What the field beside holds once the versions that are not displayed have their place in it."""
    others = list(dict.fromkeys(str(head.value) for head in heads[1:] if head.value not in (None, heads[0].value)))
    if not shown.field.beside or heads[0].value is None:
        raise BothNotPossible(shown.kind.name, shown.field.name)
    if shown.kind.field(shown.field.beside).type is FieldType.NAME:
        listed = [name.strip() for name in str(former or "").split(",") if name.strip()]
        return ", ".join(dict.fromkeys([*listed, *others])) or None
    if len(others) > 1 or (others and former not in (None, others[0])):
        raise BothNotPossible(shown.kind.name, shown.field.name)
    return others[0] if others else former
