"""How much waits for each partner, cheaply enough to be asked after every save and for a hundred desks at once."""

from collections.abc import Sequence

from desk_app.domain.desks import is_coordinator
from desk_app.domain.holdings import Holdings
from desk_app.domain.ids import DeskCode
from desk_app.storage import exchange as storage
from desk_app.storage import partner_table, waiting
from desk_app.storage.partner_table import Partner
from desk_app.storage.sharing import Mark
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault


def changes(vault: Vault, partners: Sequence[Partner]) -> dict[DeskCode, int]:
    """Partner -> how many changes it has not acknowledged: what `exchange.waiting_for` would give, counted."""
    with as_trouble(vault.folder / DATABASE):
        leaders = {one.code: mark(vault, one) for one in partners if is_coordinator(one.code)}
        if not vault.is_coordinator:
            own = {code: waiting.own(vault.db, vault.device, of.after) for code, of in leaders.items()}
            return {one.code: own.get(one.code, 0) for one in partners}
        desks = [mark(vault, one) for one in partners if one.code not in leaders]
        all_of = {code: waiting.everything(vault.db, of) for code, of in leaders.items()}
        return {**waiting.for_desks(vault.db, vault.registry, desks), **all_of}


def mark(vault: Vault, partner: Partner, full: bool = False) -> Mark:
    """How far a partner is; `full` counts on nothing that it confirmed."""
    acknowledged = None if full else storage.last_acknowledged(vault.db, partner.code)
    has = Holdings() if full else partner_table.has_of_own(vault.db, partner.code)
    after, confirmed = (acknowledged.held, acknowledged.number) if acknowledged else ({}, None)
    return Mark(partner.code, partner.device, after, has, confirmed)
