"""After how many minutes without a touch the desk locks itself: the same for everybody at this vault."""

from desk_app.storage import meta
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault

CHOICES = (5, 10, 15, 30)
USUAL = 10
_KEY = "idle_minutes"


def idle_minutes(vault: Vault) -> int:
    """The minutes that were chosen, or the usual ones."""
    with as_trouble(vault.folder / DATABASE):
        kept = meta.get(vault.db, _KEY) or ""
    return int(kept) if kept in map(str, CHOICES) else USUAL


def set_idle_minutes(vault: Vault, minutes: int) -> None:
    """Keeps one of `CHOICES`; anything else raises ValueError. Raises `DiskFull`."""
    if minutes not in CHOICES:
        raise ValueError(f"{minutes} minutes are no choice")
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        meta.put(vault.db, _KEY, str(minutes))
