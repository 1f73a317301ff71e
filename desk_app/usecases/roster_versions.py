"""The versions of the roster that lie here: what they say together, a coordinator's next one, their numbers."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from desk_app.crypto.sealing import Recipient
from desk_app.crypto.signing import PublicKey
from desk_app.domain.desks import is_coordinator
from desk_app.domain.ids import DeskCode, DeviceId
from desk_app.domain.records.declaration import Values
from desk_app.domain.records.roster import ROSTER, roster_of
from desk_app.domain.roster import Coordinator, Version
from desk_app.storage import partner_table
from desk_app.storage import roster as storage
from desk_app.storage.journal import Write
from desk_app.storage.partner_table import Partner
from desk_app.storage.vault import Vault
from desk_app.sync import roster, signed_roster
from desk_app.sync.bundle_header import Header
from desk_app.sync.roster import Roster
from desk_app.sync.signed_roster import MOST_ENTRIES, Entry

MOST_AHEAD = 10_000
"""So many versions a coordinator may have written since the backup that it was restored from."""


def effective(vault: Vault, without: Collection[Version] = ()) -> Roster:
    """What all versions here say together, or all but some."""
    trusted, own = dict(storage.roots(vault.db)), vault.device
    if vault.is_coordinator:
        trusted[own] = Coordinator(vault.desk, vault.device_key.public)
    versions = [one for one in storage.versions(vault.db) if one not in without]
    return roster.effective(versions, trusted, own)


def entry_of_device(vault: Vault, device: DeviceId) -> Entry | None:
    """A device as an entry of the roster; None for one that nobody admitted."""
    listed = effective(vault).listed.get(device)
    if listed is not None:
        return listed.entry
    return next((active_entry(one) for one in partner_table.partners(vault.db) if one.device == device), None)


def desks_of_devices(vault: Vault) -> Mapping[DeviceId, DeskCode]:
    """Whose each device of the programme is, those that a desk no longer uses too."""
    listed = {device: one.entry.desk for device, one in effective(vault).listed.items()}
    return {device: one.desk for device, one in storage.known(vault.db).shut.items()} | listed | codes(vault)


def issue(vault: Vault, entries: Sequence[Entry]) -> None:
    """Writes the next versions: these entries, and the partners admitted before there was a roster. In the transaction
    under way; `roster_effects.follow` comes after it."""
    found, known = effective(vault), storage.known(vault.db)
    changed = {one.device: one for one in entries}
    for partner in partner_table.partners(vault.db):
        if partner.device not in found.listed and partner.revoked is None:
            changed.setdefault(partner.device, active_entry(partner))
    own = found.latest.get(vault.device, {})
    waiting = [one for one in changed.values() if own.get(one.device) != one]
    numbers = found.numbers.get(vault.device, 0), known.numbers.get(vault.device, 0)
    number = max(*numbers, *said_by_desks(vault, known))
    previous = found.last.get(vault.chain, signed_roster.FIRST)
    for start in range(0, len(waiting), MOST_ENTRIES):
        number += 1
        part = waiting[start : start + MOST_ENTRIES]
        version = signed_roster.make(vault.chain, number, previous, part, vault.device_key)
        previous = signed_roster.version_hash(version)
        values: Values = {
            "desk": vault.desk,
            "version": number,
            "previous": version.previous,
            "content": version.content,
            "signature": version.signature,
        }
        vault.journal.write([Write(ROSTER, roster_of(vault.chain, number), values)])


def version_for(vault: Vault, partner: Partner) -> int:
    """What a bundle's header says of the roster: a coordinator its own version, a desk the one that it knows of the
    recipient."""
    return storage.known(vault.db).numbers.get(vault.device if vault.is_coordinator else partner.device, 0)


def heed(vault: Vault, header: Header) -> None:
    """Keeps what the newest bundle of a sender says of the roster's version; one that says less went back."""
    device, known = header.sender.device, storage.known(vault.db)
    highest = known.said.get(device, 0)
    went_back = {one: version for one, version in known.went_back.items() if one != device}
    if header.roster < highest and is_coordinator(header.sender.desk):
        went_back[device] = header.roster
    said = {**known.said, device: max(header.roster, highest)}
    if (said, went_back) != (known.said, known.went_back):
        storage.put_known(vault.db, msgspec.structs.replace(known, said=said, went_back=went_back))


def active_entry(partner: Partner) -> Entry:
    """A partner as an entry that nobody has shut out."""
    return Entry(
        device=partner.device,
        desk=partner.code,
        name=partner.name,
        kind="coordinator" if is_coordinator(partner.code) else "desk",
        key=PublicKey(partner.sign_key),
        recipient=Recipient(partner.recipient),
        state="active",
        since=partner.admitted,
    )


def codes(vault: Vault) -> dict[DeviceId, DeskCode]:
    """Whose the partners' devices and this one are."""
    return {one.device: one.code for one in partner_table.partners(vault.db)} | {vault.device: vault.desk}


def said_by_desks(vault: Vault, known: storage.Known) -> list[int]:
    """What desks say that they know of this coordinator's own versions; what no coordinator can have written since its
    backup is not believed, for above a number that is said to be the highest no desk could be shut out."""
    desks = {one.device for one in partner_table.partners(vault.db) if not is_coordinator(one.code)}
    most = known.numbers.get(vault.device, 0) + MOST_AHEAD
    return [0, *(number for device, number in known.said.items() if device in desks and number <= most)]
