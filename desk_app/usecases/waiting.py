"""How much waits for each partner, cheaply enough to be asked after every save and for a hundred desks at once."""

from collections.abc import Sequence

from desk_app.domain.ids import DeskCode
from desk_app.storage import exchange as storage
from desk_app.storage import waiting
from desk_app.storage.exchange import Partner
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.storage.waiting import Mark


def changes(vault: Vault, partners: Sequence[Partner]) -> dict[DeskCode, int]:
    """Partner -> how many changes it has not acknowledged; what `exchange.waiting_for` would give, counted."""
    with as_trouble(vault.folder / DATABASE):
        if vault.is_coordinator:
            return waiting.for_desks(vault.db, vault.registry, [_mark(vault, one) for one in partners])
        return {one.code: waiting.own(vault.db, vault.device, _mark(vault, one).after) for one in partners}


def _mark(vault: Vault, partner: Partner) -> Mark:
    acknowledged = storage.last_acknowledged(vault.db, partner.code)
    has = storage.has_of_own(vault.db, partner.code)
    return Mark(partner.code, partner.device, acknowledged.held if acknowledged else {}, has)
