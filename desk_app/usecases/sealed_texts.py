"""Sealed text on its way into a record and out of it: the one place that holds it in the clear beside its author."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterator

from desk_app.crypto.sealed_text import Place, SealMovedError, open_text, seal_text
from desk_app.crypto.sealing import ExchangeIdentity, NotForUsError, NotSealedError, SealBrokenError, open_sealed
from desk_app.domain.errors import NoteAltered, NoteSealed, NotYourProfession, ProfessionKeyChanged
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Field, FieldValue, Kind, Values
from desk_app.storage import log_table, rows
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault

_LOOKED_BACK = 100
"""Records of a profession among which a user's own last one is looked for."""


def sealed(vault: Vault, kind: Kind, record: RecordId, values: Values) -> dict[str, FieldValue]:
    """The values of a record as they are stored: each sealed text as base64 of an age file to its reader.

    Raises `NotYourProfession` when the user does not hold the reader's key, `ProfessionKeyChanged` when it is not the
    one that she sealed with before.
    """
    stored = dict(values)
    for field in kind.sealed_fields:
        text = values.get(field.name)
        if isinstance(text, str):
            role = str(values.get(field.reader) or "")
            key = _key(vault, role)
            if key is None:
                raise NotYourProfession(role)
            _check_key(vault, kind, field, role, key)
            place = Place(record, RecordId(str(values["client"])), field.number)
            stored[field.name] = b64encode(seal_text(text, place, key)).decode()
    return stored


def opened(vault: Vault, record: Record) -> dict[str, FieldValue]:
    """The sealed texts of a record in the clear; whoever shows one writes down that it was read.

    Raises `NoteSealed` when this user's keys do not open one, `NoteAltered` for a text that is not its record's.
    """
    return {field.name: _text(vault, field, record, stored) for field, stored in _stored(vault, record)}


def opens(vault: Vault, record: Record) -> bool:
    """Whether this user's keys open every sealed text of the record."""
    try:
        opened(vault, record)
    except NoteSealed:
        return False
    except NoteAltered:
        return True  # It is hers to read, and reading says what is wrong with it.
    return True


def _check_key(vault: Vault, kind: Kind, field: Field, role: str, key: ExchangeIdentity) -> None:
    """A colleague who holds the data key could put a key of her own in a profession's place, and read what is sealed
    from then on. The text that this user sealed last on this device tells. Raises `ProfessionKeyChanged`."""
    with as_trouble(vault.folder / DATABASE):
        found = rows.where(vault.db, kind, {field.reader: role, "desk": vault.desk}, "-made", _LOOKED_BACK)
        own = [one.id for one in found if vault.user == one.made_by == one.changed_by and field.name in one.sealed]
        changes = log_table.of_records(vault.db, own)
        last = next((one for one in own if any(change.device == vault.device for change in changes[one])), None)
        stored = rows.sealed_texts(vault.db, kind, last).get(field.name) if last else None
    try:
        if stored is not None:
            open_sealed(b64decode(stored), [key])
    except NotForUsError as error:
        raise ProfessionKeyChanged(role) from error
    except (SealBrokenError, NotSealedError, binascii.Error):
        pass  # A harmed text says nothing about keys, and reading it says what is wrong with it.


def _stored(vault: Vault, record: Record) -> Iterator[tuple[Field, str]]:
    kind = vault.registry[record.kind]
    with as_trouble(vault.folder / DATABASE):
        found = rows.sealed_texts(vault.db, kind, record.id)
    return ((field, found[field.name]) for field in kind.sealed_fields if field.name in found)


def _text(vault: Vault, field: Field, record: Record, stored: str) -> str:
    role = record.text(field.reader)
    key = _key(vault, role)
    if key is None:
        raise NoteSealed(role)
    try:
        return open_text(b64decode(stored), Place(record.id, RecordId(record.text("client")), field.number), key)
    except NotForUsError as error:
        raise NoteSealed(role) from error
    except (SealMovedError, SealBrokenError, NotSealedError, binascii.Error) as error:
        raise NoteAltered(record.id) from error


def _key(vault: Vault, role: str) -> ExchangeIdentity | None:
    return next((key for one, key in vault.keys.professions.items() if one == role), None)
