"""A vault that was copied or put back: found out, written down, and told to whoever opens it (`notices`)."""

from desk_app.domain.holdings import Holdings
from desk_app.domain.rules.auditing import Action
from desk_app.storage import lease
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit


def look(vault: Vault) -> None:
    """At each unlock: whether this is the vault that this user of the computer had open last. Raises `DiskFull`,
    `NoAccess`, `FileUnwritable`."""
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        if lease.renew(vault):
            audit.note(vault, Action.COPY_FOUND)


def heed(vault: Vault, has: Holdings) -> None:
    """At each bundle: whether a partner has more of this device than was written here. Raises `DiskFull`."""
    before = vault.chain
    try:
        with as_trouble(vault.folder / DATABASE), atomic(vault.db):
            if lease.heed(vault, has):
                audit.note(vault, Action.COPY_FOUND)
    except BaseException:
        vault.journal.chain = before  # Of a series that was not kept the next start knows nothing.
        raise
