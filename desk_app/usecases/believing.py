"""A coordinator believes of whose a person is only those who may say so."""

from collections.abc import Mapping

from desk_app.domain.desks import is_coordinator
from desk_app.domain.ids import DeskCode, DeviceId
from desk_app.storage import believing as storage
from desk_app.storage.vault import Vault
from desk_app.sync.plan import Comparison, Happening, Odd
from desk_app.usecases import roster


def heed(vault: Vault, comparison: Comparison) -> None:
    """Keeps aside what of a bundle is not believed, after it was taken in and in that transaction; says so in the
    comparison."""
    if not vault.is_coordinator:
        return
    arrived = [*comparison.arrived, *comparison.filled]
    desks = desks_of_devices(vault)
    clients = storage.in_question(vault.db, arrived, desks)
    if not clients:
        return
    new = {change.version for change in arrived}
    doubted = storage.judge(vault.db, vault.registry, clients, desks, arrived)
    for change in doubted:
        if change.version in new:
            comparison.refused += 1
            comparison.happenings.append(Happening(Odd.NOT_ENTITLED, change.record, change.kind))


def desks_of_devices(vault: Vault) -> Mapping[DeviceId, DeskCode]:
    """Whose each device of a desk is; coordinators' devices aside, which are always believed."""
    return {device: desk for device, desk in roster.desks_of_devices(vault).items() if not is_coordinator(desk)}
