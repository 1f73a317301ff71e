"""Consultations and other help: recorded as they happened, corrected but never changed."""

from desk_app.domain.clock import today
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Values
from desk_app.storage.vault import Vault
from desk_app.usecases import records
from desk_app.usecases.records import Saved


def record(vault: Vault, values: Values) -> Saved:
    """Records help that was given, today where no date is said. Raises what `records.add` raises."""
    on = values.get("delivered_on") or today(vault.now()).isoformat()
    return records.add(vault, "service", {**values, "delivered_on": on})


def correct(vault: Vault, service: RecordId, values: Values) -> Saved:
    """Corrects some fields: a new record stands in the old one's place, and the old one stays in the log.

    Raises what `records.edit` raises.
    """
    return records.edit(vault, service, values)
