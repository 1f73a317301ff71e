"""Sealed text on its way into a record and out of it: the one place that holds it in the clear beside its author."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterator

from desk_app.crypto.sealed_text import Place, SealMovedError, open_text, seal_text
from desk_app.crypto.sealing import ExchangeIdentity, NotForUsError, NotSealedError, SealBrokenError
from desk_app.domain.errors import NoteAltered, NoteSealed, NotYourProfession
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Field, FieldValue, Kind, Values
from desk_app.storage import rows
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault


def sealed(vault: Vault, kind: Kind, record: RecordId, values: Values) -> dict[str, FieldValue]:
    """The values of a record as they are stored: each sealed text as base64 of an age file to its reader.

    Raises `NotYourProfession` when the user does not hold the reader's key.
    """
    stored = dict(values)
    for field in kind.sealed_fields:
        text = values.get(field.name)
        if isinstance(text, str):
            role = str(values.get(field.reader) or "")
            key = _key(vault, role)
            if key is None:
                raise NotYourProfession(role)
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
