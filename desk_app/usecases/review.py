"""What two vaults said differently about one field, for the person who settles it."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk_app.domain.change import split_chain
from desk_app.domain.clock import milliseconds_of
from desk_app.domain.fold import Head
from desk_app.domain.ids import RecordId, UserId
from desk_app.domain.records.declaration import Field, FieldType, FieldValue, Kind
from desk_app.storage import exchange, review
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import users


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values, None for a sealed text. `recorded` and `imported` in Unix milliseconds; `imported` is None for
    what was typed here.
    """

    value: FieldValue
    author: str
    desk: str
    recorded: int
    imported: int | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field with more than one value; the first is the one that is shown meanwhile."""

    id: str
    kind: Kind
    record: RecordId
    field: Field
    values: tuple[Version, ...]


def disagreements(vault: Vault) -> list[Disagreement]:
    """Every field on which vaults disagree, the oldest record first."""
    found = []
    known = users.names(vault)
    with as_trouble(vault.folder / DATABASE):
        for record, kind_number, field_number in review.disagreements(vault.db):
            kind = vault.registry.numbered(kind_number)
            if kind is None:
                continue
            field = next(field for field in kind.fields if field.number == field_number)
            heads = vault.journal.state(kind, record).disagreements(kind)[field_number]
            values = tuple(_version(vault, field, head, known) for head in heads)
            found.append(Disagreement(f"{record}.{field_number}", kind, record, field, values))
    return found


def _version(vault: Vault, field: Field, head: Head, known: Mapping[UserId, str]) -> Version:
    device, _ = split_chain(head.version.chain)
    recorded = milliseconds_of(head.stamp)
    author = known.get(head.user, head.user)
    value = None if field.type is FieldType.SEALED_TEXT else head.value
    if device == vault.device:
        return Version(value, author, vault.desk, recorded, None)
    sender = next((one.code for one in exchange.partners(vault.db) if one.device == device), None)
    # The bundle that brought it is the first that was made after it.
    came = exchange.received_from(vault.db, sender) if sender else []
    imported = next((one.received for one in came if one.made >= recorded), None)
    return Version(value, author, sender or "", recorded, imported)
