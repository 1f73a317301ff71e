"""A desk keeps nobody whom it does not serve: what came with an offer goes once it was declined or withdrawn."""

from collections.abc import Collection

from desk_app.domain import names
from desk_app.domain.ids import RecordId
from desk_app.storage import letting_go as storage
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault


def records(vault: Vault) -> Collection[RecordId]:
    """What was let go here and has not come whole again."""
    with as_trouble(vault.folder / DATABASE):
        return storage.records(vault.db).keys()


def heed(vault: Vault) -> None:
    """Takes out what is left here of people who were offered and did not come; `tidying` cleans the files after it.
    Nobody is let go at the coordinator's."""
    if vault.is_coordinator:
        return
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        if storage.let_go(vault.db, vault.registry, vault.desk, vault.device):
            names.forget()
