"""What a coordinator that was put back has lost of its roster: its desks give it back (FORMAT.md 11)."""

from desk_app.domain.ids import DeviceId
from desk_app.domain.roster import Version
from desk_app.storage import exchange
from desk_app.storage import roster as storage
from desk_app.storage.exchange import Partner
from desk_app.storage.vault import Vault
from desk_app.sync import roster as versions
from desk_app.sync.bundle_header import MOST_GIVEN_BACK, MOST_VERSIONS, GivenBack, Header
from desk_app.sync.roster import Entry
from desk_app.usecases import roster


def given_back(vault: Vault, partner: Partner) -> tuple[GivenBack, ...]:
    """What a coordinator says not to hold of its own roster, as far as it still counts here: it was put back since, and
    whom it shut out and admitted meanwhile only others remember."""
    has = exchange.has_of_own(vault.db, partner.code)
    own = [one for one in storage.versions(vault.db) if one.device == partner.device]
    lost = [one for one in own if not has.hold(one.chain, one.seq)]
    if not lost:
        return ()
    counts = roster.effective(vault).latest.get(partner.device, {})
    told = [entry for one in own if one not in lost for entry in _entries(one)]
    found: list[GivenBack] = []
    size = 0
    for one in lost:
        still_counts = any(entry == counts.get(entry.device) and entry not in told for entry in _entries(one))
        if still_counts and size + len(one.content) <= MOST_GIVEN_BACK and len(found) < MOST_VERSIONS:
            size += len(one.content)
            found.append(GivenBack(one.chain, one.number, one.previous, one.content, one.signature))
    return tuple(found)


def take_back(vault: Vault, header: Header) -> None:
    """Says again what this coordinator had said and lost with a backup that it was put back to, where it has said
    nothing later of the same device since: its own signature vouches for it, whoever gives it back."""
    if not vault.is_coordinator or not header.given_back:
        return
    found = dict(roster.effective(vault).latest.get(vault.device, {}))
    # Said again once, it may have been changed since, under a clock that stands before the lost one.
    told = [entry for one in storage.versions(vault.db) if one.device == vault.device for entry in _entries(one)]
    again: dict[DeviceId, Entry] = {}
    for one in sorted(header.given_back, key=lambda one: one.version):
        version = Version(one.chain, 0, one.version, one.previous, one.content, one.signature)
        for entry in versions.entries(version, vault.device_key.public) if version.device == vault.device else ():
            known = found.get(entry.device)
            is_lost = entry.device != vault.device and entry not in told
            if is_lost and (known is None or known.since < entry.since):
                found[entry.device] = again[entry.device] = entry
    if again:
        roster.issue(vault, list(again.values()))
        roster.follow(vault)


def _entries(version: Version) -> tuple[Entry, ...]:
    return versions.decode(version.content) or ()
