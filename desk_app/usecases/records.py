"""Plain access to records of every kind: the same checks for the window and the command line."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk_app.domain.clock import today
from desk_app.domain.desks import desk_letters
from desk_app.domain.errors import (
    FieldFixed,
    FieldMissing,
    InvalidValue,
    KindFixed,
    Problem,
    RecordNotFound,
    UnknownField,
    UnknownKind,
)
from desk_app.domain.ids import RecordId, is_record_id, uuid7
from desk_app.domain.records.declaration import SYSTEM_FIELDS, Field, FieldType, FieldValue, Kind, Values
from desk_app.domain.records.validation import MAX_NUMBER, checked_typed, missing
from desk_app.storage import rows
from desk_app.storage.journal import Write
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import sealed_texts, serving

_FIXED = frozenset(field.name for field in SYSTEM_FIELDS)
_MOST_DIGITS = len(str(MAX_NUMBER))


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save made or changed: the record and its human number, empty where its kind has none."""

    id: RecordId
    number: str


def kind_named(vault: Vault, name: str) -> Kind:
    """The kind of that name. Raises `UnknownKind`."""
    if name not in vault.registry:
        raise UnknownKind(name)
    return vault.registry[name]


def add(vault: Vault, kind_name: str, values: Values) -> Saved:
    """Makes a record of this desk. A sealed text is given in the clear, and is sealed before it is stored.

    Raises `UnknownKind`, `UnknownField`, `FieldFixed`, `InvalidValue`, `FieldMissing`, `RecordNotFound` for a reference
    to nothing, `KindFixed` for a kind that the program alone makes, `NotYourProfession` for a text that the user has no
    key to seal with, and what `serving.require` raises.
    """
    kind = kind_named(vault, kind_name)
    _refuse_inner(kind)
    _refuse_fixed(kind, values)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        return _add(vault, kind, values)


def edit(vault: Vault, record: RecordId, values: Values) -> Saved:
    """Changes fields of a record; an event is corrected by a new record, whose id is returned.

    Raises `RecordNotFound`, `KindFixed`, `UnknownField`, `FieldFixed`, at a desk also for another client than a record
    is about, `InvalidValue`, `FieldMissing` for a field that may not be emptied, `NoteSealed` for a record with a text
    that the user cannot read, and what `serving.require` raises.
    """
    before = show(vault, record)
    kind = vault.registry[before.kind]
    _refuse_inner(kind)
    _refuse_fixed(kind, values)
    clean = _checked(vault, kind, values)
    serving.require(vault, kind, before, clean)
    former = {**before.values, **sealed_texts.opened(vault, before)}
    emptied = missing(kind, {**former, **clean})
    if emptied is not None and emptied.name in clean:
        raise FieldMissing(kind.name, emptied.name)
    if all(former.get(name) == value for name, value in clean.items()):
        return Saved(before.id, before.text("number"))
    if not (kind.event or vault.is_coordinator) and is_about_another(kind, former, clean):
        raise FieldFixed(kind.name, "client")
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        if kind.event:
            own = {field.name: former[field.name] for field in kind.own_fields}
            return _add(vault, kind, {**own, **clean, "corrects": before.id})
        vault.journal.write([Write(kind, before.id, clean)])
    return Saved(before.id, before.text("number"))


def remove(vault: Vault, record: RecordId) -> Saved:
    """Hides a record; `restore` undoes it. Raises `RecordNotFound`, `NotAcceptedYet`."""
    return _hide(vault, record, True)


def restore(vault: Vault, record: RecordId) -> Saved:
    """Shows a removed record again. Raises `RecordNotFound`, `NotAcceptedYet`."""
    return _hide(vault, record, False)


def show(vault: Vault, wanted: str) -> Record:
    """The record with that id or human number. Raises `RecordNotFound`."""
    with as_trouble(vault.folder / DATABASE):
        for kind in vault.registry:
            if is_record_id(wanted):
                found = rows.get(vault.db, kind, RecordId(wanted))
            else:
                found = rows.by_number(vault.db, kind, wanted) if kind.number_form else None
            if found is not None:
                return found
    raise RecordNotFound(wanted)


def find_all(
    vault: Vault, kind_name: str, equal: Values | None = None, order: str = "id", limit: int = -1, language: str = ""
) -> list[Record]:
    """Visible records of a kind whose fields have these values, in the order that `rows.where` describes.

    Raises `UnknownKind`, `UnknownField`.
    """
    kind = kind_named(vault, kind_name)
    for name in equal or {}:
        _field(kind, name)
    with as_trouble(vault.folder / DATABASE):
        return rows.where(vault.db, kind, equal or {}, order, limit, language)


def from_text(kind: Kind, texts: Mapping[str, str]) -> dict[str, FieldValue]:
    """Values from words typed on the command line or in a table: `yes` and `no`, numbers, codes with commas between.

    Raises `UnknownField`, `InvalidValue`, `FieldFixed` for what is the program's alone.
    """
    return {name: _parsed(kind, name, text) for name, text in texts.items()}


def _parsed(kind: Kind, name: str, text: str) -> FieldValue:
    field = _field(kind, name)
    if field.inner:
        raise FieldFixed(kind.name, name)
    if not text.strip():
        return None
    if field.type is FieldType.SET:
        return frozenset(code.strip() for code in text.split(",") if code.strip())
    if field.type in (FieldType.NUMBER, FieldType.MONEY):
        # Longer ones are wrong, and Python refuses to read very long ones at all.
        if not text.strip().isascii() or not text.strip().isdigit() or len(text.strip()) > _MOST_DIGITS:
            raise InvalidValue(kind.name, name, Problem.NOT_A_NUMBER, field.limit)
        return int(text)
    if field.type is FieldType.YES_NO:
        if text not in ("yes", "no"):
            raise InvalidValue(kind.name, name, Problem.NOT_YES_NO, field.limit)
        return text == "yes"
    return text


def _add(vault: Vault, kind: Kind, values: Values) -> Saved:
    clean = _checked(vault, kind, values)
    serving.require(vault, kind, values=clean)
    lacking = missing(kind, clean)
    if lacking is not None:
        raise FieldMissing(kind.name, lacking.name)
    record = uuid7(vault.now(), vault.surroundings.random)
    clean["desk"] = vault.desk
    if kind.number_form:
        clean["number"] = _number(vault, kind)
    vault.journal.write([Write(kind, record, sealed_texts.sealed(vault, kind, record, clean))])
    return Saved(record, str(clean.get("number") or ""))


def _number(vault: Vault, kind: Kind) -> str:
    """The next human number. In a restored vault the counter stands behind the numbers that came back since."""
    year = today(vault.now()).year
    while True:
        count = rows.next_number(vault.db, kind, f"{vault.desk} {year}")
        number = kind.number_form.format(desk=desk_letters(vault.desk), year=year, count=count)
        if rows.by_number(vault.db, kind, number) is None:
            return number


def _checked(vault: Vault, kind: Kind, values: Values) -> dict[str, FieldValue]:
    for name in values:
        _field(kind, name)
    clean = checked_typed(kind, values)
    for name, value in clean.items():
        target = kind.field(name).refers_to
        if target and isinstance(value, str) and rows.get(vault.db, vault.registry[target], RecordId(value)) is None:
            raise RecordNotFound(value)
    return clean


def is_about_another(kind: Kind, former: Values, values: Values) -> bool:
    """Whether the values would make a record that is always about a person about another one: nobody believes a desk
    that says so."""
    fields = [field.name for field in kind.own_fields if field.name == "client" and field.required]
    return any(name in values and values[name] != former.get(name) for name in fields)


def _refuse_inner(kind: Kind) -> None:
    if kind.inner:
        raise KindFixed(kind.name)


def _refuse_fixed(kind: Kind, values: Values) -> None:
    """Whose a record is, its number, what it corrects and whether it is removed: never said from outside."""
    for name in values:
        if name in _FIXED:
            raise FieldFixed(kind.name, name)


def _field(kind: Kind, name: str) -> Field:
    try:
        return kind.field(name)
    except KeyError as error:
        raise UnknownField(kind.name, name) from error


def _hide(vault: Vault, record: RecordId, deleted: bool) -> Saved:
    before = show(vault, record)
    _refuse_inner(vault.registry[before.kind])
    serving.require(vault, vault.registry[before.kind], before)
    with as_trouble(vault.folder / DATABASE):
        vault.journal.write([Write(vault.registry[before.kind], before.id, {"deleted": deleted})])
    return Saved(before.id, before.text("number"))
