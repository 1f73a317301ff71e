"""What a coordinator has lost of its roster: when it was put back, its desks give it back (FORMAT.md 11); after a
damaged file it says again what its partners show."""

import msgspec

from desk_app.domain.change import split_chain
from desk_app.domain.ids import DeviceId
from desk_app.domain.roster import Version
from desk_app.storage import log_table, partner_table
from desk_app.storage import roster as storage
from desk_app.storage.partner_table import Partner
from desk_app.storage.vault import Vault
from desk_app.sync import signed_roster
from desk_app.sync.bundle_header import MOST_GIVEN_BACK, MOST_VERSIONS, GivenBack, Header
from desk_app.sync.signed_roster import Entry
from desk_app.usecases import roster_effects, roster_versions


def given_back(vault: Vault, partner: Partner) -> tuple[GivenBack, ...]:
    """What a coordinator says not to hold of its own roster, as far as it counts here over what it holds: it was put
    back since, and whom it shut out and admitted meanwhile only others remember."""
    has = partner_table.has_of_own(vault.db, partner.code)
    own = [one for one in storage.versions(vault.db) if one.device == partner.device]
    lost = [one for one in own if not has.hold(one.chain, one.seq)]
    if not lost:
        return ()
    counts = roster_versions.effective(vault).latest.get(partner.device, {})
    there = roster_versions.effective(vault, without=lost).latest.get(partner.device, {})
    found: list[GivenBack] = []
    size = 0
    for one in lost:
        still_counts = any(entry == counts.get(entry.device) != there.get(entry.device) for entry in _entries(one))
        if still_counts and size + len(one.content) <= MOST_GIVEN_BACK and len(found) < MOST_VERSIONS:
            size += len(one.content)
            found.append(GivenBack(one.chain, one.number, one.previous, one.content, one.signature))
    return tuple(found)


def take_back(vault: Vault, header: Header) -> None:
    """Says again what this coordinator had said and lost with a backup that it was put back to, where it has said
    nothing later of the same device since: its own signature vouches for it, whoever gives it back. Where it has, and
    the lost version is numbered as high, the later word is said again above it."""
    if not vault.is_coordinator or not header.given_back:
        return
    found = dict(roster_versions.effective(vault).latest.get(vault.device, {}))
    # Said again once, it may have been changed since, under a clock that stands before the lost one.
    own = [one for one in storage.versions(vault.db) if one.device == vault.device]
    told = [(entry, one.number) for one in own for entry in _entries(one)]
    again: dict[DeviceId, Entry] = {}
    for one in sorted(header.given_back, key=lambda one: one.version):
        version = Version(one.chain, 0, one.version, one.previous, one.content, one.signature)
        said = signed_roster.verified(version, vault.device_key.public) if version.device == vault.device else None
        for entry in said or ():
            known = found.get(entry.device)
            if entry.device == vault.device or entry == known:
                continue
            if entry not in (before for before, _ in told):
                if known is None or known.since < entry.since:
                    found[entry.device] = again[entry.device] = entry
            elif known and all(number <= one.version for before, number in told if before == known):
                since = max(vault.now(), known.since + 1)
                found[entry.device] = again[entry.device] = msgspec.structs.replace(known, since=since)
    if again:
        roster_versions.issue(vault, list(again.values()))
        roster_effects.follow(vault)


def say_anew(vault: Vault) -> None:
    """What a coordinator lost of its own versions with a damaged file it says again, from the partners that it knows:
    whom nobody keeps out any more for want of a version, and whom nobody could take back."""
    found, own = roster_versions.effective(vault), vault.device
    if not vault.is_coordinator or storage.known(vault.db).numbers.get(own, 0) <= found.numbers.get(own, 0):
        return
    good = log_table.good(vault.db)
    entries = []
    for partner in partner_table.partners(vault.db):
        entry = msgspec.structs.replace(roster_versions.active_entry(partner), since=vault.now())
        listed = found.listed.get(partner.device)
        if partner.revoked is None:
            entries.append(entry)
        elif listed is None or not listed.is_revoked:
            upto = {chain: seq for chain, seq in good.items() if seq and split_chain(chain)[0] == partner.device}
            entries.append(msgspec.structs.replace(entry, state="revoked", good=upto))
    roster_versions.issue(vault, entries)
    roster_effects.follow(vault)


def _entries(version: Version) -> tuple[Entry, ...]:
    return signed_roster.decode(version.content) or ()
