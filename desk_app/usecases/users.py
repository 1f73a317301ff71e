"""The people who open vaults: a desk's are introduced to the coordinator by name, each in a record of his own."""

import hashlib

from desk_app.domain.ids import RecordId, UserId
from desk_app.domain.records.validation import checked
from desk_app.storage import rows
from desk_app.storage.journal import Write
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault

_ID_DOMAIN = b"roh user\0"


def introduce(vault: Vault) -> None:
    """Writes down the name of who opened the vault, once and again when it has changed. Raises `DiskFull`."""
    kind, record = vault.registry["user"], record_of(vault.user)
    values = checked(kind, {"desk": vault.desk, "name": vault.user_name})
    with as_trouble(vault.folder / DATABASE):
        before = rows.get(vault.db, kind, record)
        if before is None or before.text("name") != values["name"]:
            vault.journal.write([Write(kind, record, values)])


def record_of(user: UserId) -> RecordId:
    """The record of a user, the same on every device that he works at."""
    return RecordId(hashlib.sha256(_ID_DOMAIN + user.encode()).hexdigest()[:32])


def names(vault: Vault) -> dict[UserId, str]:
    """The names of the users who are known here. A record speaks for its own author, and for nobody else."""
    with as_trouble(vault.folder / DATABASE):
        found = rows.where(vault.db, vault.registry["user"], {}, "id", -1)
    known = {UserId(one.made_by): one.text("name") for one in found if one.id == record_of(UserId(one.made_by))}
    return {**known, vault.user: vault.user_name}
