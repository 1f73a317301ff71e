"""Bundles that never came: what may really be missing, what came since in others, and when nobody need ask any more.

What a bundle held comes again until it is confirmed (sync/FORMAT.md 3), so a stick that was lost heals itself. It is
lost all the same, and somebody may hold it: it is asked for until no key is left that opens it.
"""

from dataclasses import dataclass

from desk_app.crypto import exchange_keys
from desk_app.storage import exchange as storage
from desk_app.storage import log_table
from desk_app.storage.exchange import Received
from desk_app.storage.partner_table import Partner
from desk_app.storage.vault import Vault
from desk_app.usecases import exchange


@dataclass(frozen=True, slots=True)
class Missing:
    """Numbers of a partner's bundles that are to be asked for; `came_since` are those of them that held nothing which
    is not here by now."""

    numbers: tuple[int, ...] = ()
    came_since: tuple[int, ...] = ()


def of(vault: Vault, partner: Partner) -> Missing:
    """What never came of a partner."""
    numbers = exchange.missing_numbers(vault, partner.device)
    if not numbers:
        return Missing()
    received = storage.received_from(vault.db, partner.code)
    came = _came_since(vault, partner, numbers)
    shut = {number for number in came if _shut_for_ever(vault, received, number)}
    return Missing(
        tuple(number for number in numbers if number not in shut),
        tuple(number for number in came if number not in shut),
    )


def _came_since(vault: Vault, partner: Partner, numbers: tuple[int, ...]) -> list[int]:
    """Those below a bundle that is there whole: it held all that its sender had. Where the sender lost something or was
    put back in between, what it lost may have been in the missing one alone."""
    if vault.is_coordinator and log_table.beyond(vault.db, {partner.device}, 1):
        return []
    whole = sorted(one.number for one in storage.whole_from(vault.db, partner.code))
    chains = storage.own_chains_by_number(vault.db, partner.code)
    found = []
    for number in numbers:
        later = next((one for one in whole if one > number), None)
        if later is None:
            continue
        before = set().union(*(said for one, said in chains.items() if one < number))
        since = set().union(*(said for one, said in chains.items() if one > number))
        if since <= before if before else len(since) < 2:
            found.append(number)
    return found


def _shut_for_ever(vault: Vault, received: list[Received], number: int) -> bool:
    """Whether the key for which it was sealed is destroyed. It was made before those with higher numbers came."""
    before = exchange_keys.day_of(min(one.received for one in received if one.number > number))
    return exchange_keys.is_over(exchange_keys.first_day_of(before), exchange_keys.day_of(vault.now()))
