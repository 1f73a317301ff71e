"""A coordinator believes of whose a person is only those who may say so."""

from collections.abc import Iterable, Mapping, Sequence

from desk_app.domain.change import Change, Version
from desk_app.domain.desks import is_coordinator
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.storage import believing as storage
from desk_app.storage.believing import Planned
from desk_app.storage.vault import Vault
from desk_app.sync.plan import Comparison, Happening, Odd
from desk_app.usecases import roster_versions


def heed(vault: Vault, comparison: Comparison) -> None:
    """Keeps aside what of a bundle is not believed, after it was taken in and in that transaction; says so in the
    comparison."""
    if not vault.is_coordinator:
        return
    arrived, desks = [*comparison.arrived, *comparison.filled], desks_of_devices(vault)
    question = storage.in_question(vault.db, vault.registry, arrived, _known(vault, comparison), desks)
    if question.is_open:
        new = {change.version for change in arrived}
        doubted = storage.judge(vault.db, vault.registry, question, desks, new)
        _say(comparison, (one for one in doubted if one.version in new))


def foresee(vault: Vault, comparison: Comparison, before: Planned) -> Sequence[Version]:
    """Says in the comparison, and returns, what of a bundle would not be believed; `before` is what others in its plan
    bring."""
    if not vault.is_coordinator:
        return ()
    arrived, desks = [*comparison.arrived, *comparison.filled], desks_of_devices(vault)
    question = storage.in_question(vault.db, vault.registry, arrived, _known(vault, comparison), desks, before)
    if not question.is_open:
        return ()
    moving = storage.moving(arrived)
    for client in question.clients:
        moving.setdefault(client, set()).update(before.moving.get(client, ()))
    planned = Planned((*before.changes, storage.deciding(arrived, question)), moving, before.doubted)
    new = {change.version for change in arrived}
    doubted = storage.would_doubt(vault.db, vault.registry, question, desks, new, planned)
    _say(comparison, doubted)
    return [change.version for change in doubted]


def desks_of_devices(vault: Vault) -> Mapping[DeviceId, DeskCode]:
    """Whose each device of a desk is; coordinators' devices aside, which are always believed."""
    return {
        device: desk for device, desk in roster_versions.desks_of_devices(vault).items() if not is_coordinator(desk)
    }


def _known(vault: Vault, comparison: Comparison) -> set[RecordId]:
    """The records about clients of which something was here."""
    kinds = storage.naming(vault.registry)
    return {state.record for number in kinds for state in comparison.changed.get(number, ())}


def _say(comparison: Comparison, doubted: Iterable[Change]) -> None:
    for change in doubted:
        comparison.refused += 1
        comparison.happenings.append(Happening(Odd.NOT_ENTITLED, change.record, change.kind))
