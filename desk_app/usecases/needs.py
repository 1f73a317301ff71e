"""Needs: noted when they are seen, followed until they are met or declined."""

from desk_app.domain.clock import today
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Values
from desk_app.storage.vault import Vault
from desk_app.usecases import records
from desk_app.usecases.records import Saved


def note(vault: Vault, values: Values) -> Saved:
    """Notes a need, open and of today where nothing else is said. Raises what `records.add` raises."""
    on = values.get("noted_on") or today(vault.now()).isoformat()
    return records.add(vault, "need", {**values, "noted_on": on, "state": values.get("state") or "open"})


def change_state(vault: Vault, need: RecordId, state: str) -> Saved:
    """Says how far a need is met. Raises what `records.edit` raises."""
    return records.edit(vault, need, {"state": state})
