"""How a vault stands: whose it is, how much it holds, and where the exchange is."""

from dataclasses import dataclass
from pathlib import Path

from desk_app.storage import log_table, rows
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import alarms, clocks, held, people
from desk_app.usecases.alarms import AlarmShown
from desk_app.usecases.backups import standing
from desk_app.usecases.partners import PartnerStatus, partners


@dataclass(frozen=True, slots=True)
class Status:
    """One vault. `kind` is desk or coordinator; `last_backup` in Unix milliseconds, None before the first.

    `second_folder` is where backups go beside the vault's own folder, None where nobody chose one. `records` leaves
    out what programs tell each other; `held` counts bundles that are kept aside.
    """

    desk: str
    kind: str
    user: str
    people: int
    records: int
    changes: int
    partners: tuple[PartnerStatus, ...]
    last_backup: int | None
    second_folder: Path | None
    second_folder_there: bool
    alarms: tuple[AlarmShown, ...]
    held: int
    clock_before: int | None
    """When something was last recorded, where this computer's clock stands before it."""


def status(vault: Vault) -> Status:
    """What this vault holds and where it stands with its partners."""
    found = standing(vault)
    with as_trouble(vault.folder / DATABASE):
        counts = {kind.name: rows.count(vault.db, kind) for kind in vault.registry if not kind.silent}
        return Status(
            desk=vault.desk,
            kind="coordinator" if vault.is_coordinator else "desk",
            user=vault.user_name,
            people=people.count(vault),
            records=sum(counts.values()),
            changes=log_table.count(vault.db),
            partners=tuple(partners(vault)),
            last_backup=found.last,
            second_folder=found.second,
            second_folder_there=found.second_there,
            alarms=alarms.open_alarms(vault),
            held=len(held.bundles(vault)),
            clock_before=clocks.stands_before(vault),
        )
