"""Clocks that stand wrong: this computer's, and partners'. What came first stays clear; days on screens do not."""

from desk_app.domain.clock import MAX_LIFT_MS, milliseconds_of
from desk_app.storage.exchange import Received
from desk_app.storage.vault import Vault


def stands_before(vault: Vault) -> int | None:
    """When something was last recorded here, in Unix milliseconds, if this computer's clock stands more than a day
    before it; else None. Up to a day another desk's clock may have led.

    Until the clock has come as far, whatever is recorded is dated with that day.
    """
    last = milliseconds_of(vault.journal.clock.last)
    return last if last > vault.now() + MAX_LIFT_MS else None


def ran_ahead(received: Received) -> bool:
    """Whether a bundle was made more than a day after it came, by its sender's clock."""
    return received.made > received.received + MAX_LIFT_MS
