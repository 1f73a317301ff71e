"""Travelling without the data: everything is sent, the coordinator confirms it, then this computer is emptied.

Afterwards the coordinator's bundle brings everything back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import NoCoordinator, StillWaiting
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Act
from desk_app.domain.vocabulary import N_, Vocabulary
from desk_app.storage import blob_table, drafts, log_table, partner_table, wiping
from desk_app.storage import exchange as storage
from desk_app.storage.partner_table import Partner
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import attachment_exchange, audit, exchange, users, waiting
from desk_app.usecases.exchange import Exported

Progress = Callable[[int, int], None]
"""Called with steps done and steps in all; nobody can stop it."""


class Stage(StrEnum):
    """How far the way to an empty computer is."""

    NOTHING_SENT = "nothing_sent"
    WAITING = "waiting"
    READY = "ready"
    EMPTY = "empty"


STAGE = Vocabulary(
    "travel_stage",
    {
        Stage.NOTHING_SENT: N_("Something here has not been sent yet."),
        Stage.WAITING: N_("Everything was sent. The coordinator has not confirmed it yet."),
        Stage.READY: N_("The coordinator has everything. This computer can be emptied."),
        Stage.EMPTY: N_("This computer holds no records."),
    },
)


@dataclass(frozen=True, slots=True)
class Travel:
    """Where it stands. `waiting` counts changes and files that the coordinator has not confirmed; `drafts` all users'
    unfinished forms, which are in no bundle: nothing brings them back.
    """

    stage: Stage
    waiting: int
    drafts: int


def travel(vault: Vault) -> Travel:
    """How far the way to an empty computer is. Raises `NoCoordinator`."""
    with as_trouble(vault.folder / DATABASE):
        coordinator = _coordinator(vault)
        unfinished = drafts.count(vault.db)
        if not log_table.count(vault.db):
            return Travel(Stage.EMPTY, 0, unfinished)
        waiting = exchange.waiting_for(vault, coordinator)
        sent = storage.last_sent(vault.db, coordinator.code)
    files, _ = attachment_exchange.waiting_for(vault, coordinator.code)
    if sent is not None and sent.acknowledged is not None and not waiting and not files:
        return Travel(Stage.READY, 0, unfinished)
    sent_all = sent is not None and all(one.seq <= sent.held.get(one.chain, 0) for one in waiting)
    if sent_all and not _has_unsent_files(vault, coordinator):
        return Travel(Stage.WAITING, len(waiting) + files, unfinished)
    return Travel(Stage.NOTHING_SENT, len(waiting) + files, unfinished)


def prepare(vault: Vault, target: Path) -> Exported:
    """Writes a bundle with everything that the coordinator has not confirmed. Raises `NotAllowed`, `NoCoordinator` and
    what `exchange.export` raises."""
    users.require(vault, Act.TRAVEL)
    with as_trouble(vault.folder / DATABASE):
        coordinator = _coordinator(vault)
    return exchange.export(vault, coordinator.code, target)


def wipe(vault: Vault, progress: Progress = lambda _done, _total: None) -> None:
    """Empties this computer of all records. What the coordinator holds comes back with its bundle.

    Backups outside of this vault's folder are not reached: they stay as they are, with the keys of their day.
    Raises `NotAllowed`, `NoCoordinator`, `StillWaiting`, `VaultInUse`, `DiskFull`, `NoAccess`, `FileUnwritable`.
    """
    users.require(vault, Act.TRAVEL)
    found = travel(vault)
    if found.stage is not Stage.READY:
        raise StillWaiting(found.waiting)
    wiping.wipe(vault, progress, lambda: audit.note(vault, Action.TRAVEL_WIPED))


def _coordinator(vault: Vault) -> Partner:
    """Of several the one who lacks least: what one has confirmed it gives back, whatever the others have."""
    known = [one for one in partner_table.partners(vault.db) if is_coordinator(one.code) and one.revoked is None]
    if not known:
        raise NoCoordinator
    lacking = waiting.changes(vault, known)
    return min(known, key=lambda one: (lacking[one.code], one.code))


def _has_unsent_files(vault: Vault, coordinator: Partner) -> bool:
    """Whether a file's last piece is in no bundle yet: files go by and by, as much as a bundle takes."""
    with as_trouble(vault.folder / DATABASE):
        said, incomplete = blob_table.said(vault.db, coordinator.code), blob_table.incomplete(vault.db)
        carried = blob_table.under_way(vault.db, coordinator.code)
        return any(
            max(said.get(name, 0), carried.get(name, 0)) < one.sealed
            for name, one in blob_table.attached(vault.db, vault.desk).items()
            if not one.hidden and attachment_exchange.is_here(vault, one, incomplete)
        )
