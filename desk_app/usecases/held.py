"""Bundles that are kept aside until their sender is admitted, or the alarm about it is settled."""

from desk_app.domain.errors import NothingHeld
from desk_app.domain.rules.auditing import Action
from desk_app.domain.vocabulary import N_, Vocabulary
from desk_app.storage import held as storage
from desk_app.storage.held import HeldBundle, Why
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit, incoming, merging
from desk_app.usecases.merge_plan import Plan

WHY = Vocabulary(
    "held_why",
    {
        Why.UNKNOWN: N_("The sender is not admitted"),
        Why.ALARM: N_("The sender's computer may have been copied"),
        Why.EVIDENCE: N_("Kept for the alarm"),
    },
)


def bundles(vault: Vault) -> tuple[HeldBundle, ...]:
    """What is kept aside, by sender and number."""
    with as_trouble(vault.folder / DATABASE):
        return tuple(storage.everything(vault.db))


def ready(vault: Vault) -> int:
    """How many of them can be taken in now: their sender was admitted, or their alarm settled."""
    with as_trouble(vault.folder / DATABASE):
        return len(incoming.ready(vault))


def plan(vault: Vault) -> Plan:
    """What taking in those that are ready would do; every other plan has them too. Changes nothing."""
    return merging.plan_files(vault, ())


def throw_away(vault: Vault, name: str) -> None:
    """Lets one go; `name` is its hash or the beginning of it. Raises `NothingHeld`."""
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        found = [one for one in storage.everything(vault.db) if name and one.hash.startswith(name)]
        if len(found) != 1:
            raise NothingHeld(name)
        storage.drop(vault.db, found[0].hash)
        audit.note(vault, Action.HELD_DROPPED, detail=found[0].device)
