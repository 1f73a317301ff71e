"""Follow-ups: what the desk promised to do about a client, and by when."""

from desk_app.domain.clock import today
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import FieldValue, Values
from desk_app.storage.vault import Vault
from desk_app.usecases import records
from desk_app.usecases.records import Saved


def plan(vault: Vault, values: Values) -> Saved:
    """Plans a follow-up. Raises what `records.add` raises."""
    return records.add(vault, "followup", {**values, "state": values.get("state") or "pending"})


def done(vault: Vault, followup: RecordId, state: str = "done", note: str | None = None) -> Saved:
    """Ends a follow-up today, `done` or `not_possible`; a note takes the place of the one that was there.

    Raises what `records.edit` raises.
    """
    values: dict[str, FieldValue] = {"state": state, "done_on": today(vault.now()).isoformat()}
    if note is not None:
        values["note"] = note
    return records.edit(vault, followup, values)
