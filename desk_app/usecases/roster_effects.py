"""What the roster does to this vault: who its partners are, and up to where the changes of each chain count."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from desk_app.domain.change import ChainId, split_chain
from desk_app.domain.desks import is_coordinator
from desk_app.domain.ids import DeviceId, RecordId
from desk_app.domain.quarantine import Limits
from desk_app.domain.rules.auditing import Action
from desk_app.storage import believing, erasure, log_table, partner_table
from desk_app.storage import roster as storage
from desk_app.storage.partner_table import Partner
from desk_app.storage.roster import Shut
from desk_app.storage.vault import Vault
from desk_app.sync.roster import Listed, Roster
from desk_app.usecases import audit, roster_versions


def follow(vault: Vault) -> None:
    """Makes partners and what counts of the log as the roster says: after versions of it came, in that transaction."""
    storage.put_roots(vault.db, storage.roots(vault.db))
    found = roster_versions.effective(vault)
    for one in sorted(found.listed.values(), key=lambda one: one.entry.since):
        if one.entry.device != vault.device:
            _follow_partner(vault, one)
    shut = _shut_of(found, vault.device)
    before = storage.known(vault.db)
    storage.put_known(vault.db, msgspec.structs.replace(before, numbers=dict(found.numbers), shut=shut))
    wanted = {
        chain: shut[device].limit(chain)
        for chain in log_table.chains(vault.db)
        if (device := split_chain(chain)[0]) in shut
    }
    touched = storage.put_limits(vault.db, wanted)
    if touched:
        storage.refold(vault.db, vault.registry, touched)
        _judge_again(vault, touched)
        # What counts again may be about somebody who was erased meanwhile.
        fate = erasure.fate_anew(vault.db, vault.registry)
        if fate.gone or fate.derived:
            vault.journal.take((), {}, {}, fate=fate)


def limits(vault: Vault, chains: Iterable[ChainId]) -> Limits:
    """Up to where the chains that arrive count, and those that are here."""
    return storage.limits(vault.db, chains)


def shut(vault: Vault, chains: Iterable[ChainId]) -> None:
    """Keeps up to where chains count of which this vault has not heard before: in the transaction that takes them."""
    known = log_table.good(vault.db)
    for chain, seq in limits(vault, chains).items():
        if chain not in known:
            log_table.set_good(vault.db, chain, seq)


def shut_devices(vault: Vault) -> Mapping[DeviceId, Shut]:
    """The devices that are out, also those that no desk uses any more."""
    return storage.known(vault.db).shut


def _judge_again(vault: Vault, touched: Mapping[int, Sequence[RecordId]]) -> None:
    """An offer that does not count any more gives nobody a right, and one that counts again does."""
    if not vault.is_coordinator:
        return
    question = believing.in_question_again(vault.db, vault.registry, touched)
    if question.is_open:
        devices = roster_versions.desks_of_devices(vault).items()
        desks = {device: desk for device, desk in devices if not is_coordinator(desk)}
        believing.judge(vault.db, vault.registry, question, desks, ())


def _follow_partner(vault: Vault, one: Listed) -> None:
    """Of one code the device that was admitted last is the partner; a coordinator whose digits were compared here gives
    way to no other."""
    entry, db = one.entry, vault.db
    row = partner_table.partner(db, entry.desk)
    if row is not None and row.device == entry.device:
        if (row.revoked is not None) is not one.is_revoked:
            partner_table.note_revoked(db, entry.device, vault.now() if one.is_revoked else None)
            audit.note(vault, Action.PARTNER_REVOKED if one.is_revoked else Action.PARTNER_READMITTED, detail=row.code)
        return
    mine = is_coordinator(entry.desk) and row is not None and row.device in storage.roots(db) and row.revoked is None
    if one.is_revoked or mine or not (vault.is_coordinator or is_coordinator(entry.desk)):
        return
    if (row is None or row.admitted < entry.since) and entry.desk != vault.desk:
        admitted = Partner(entry.desk, entry.device, entry.name, entry.key, entry.recipient, entry.since, revoked=None)
        partner_table.admit(db, admitted)
        audit.note(vault, Action.PARTNER_ADMITTED, detail=entry.desk)


def _shut_of(found: Roster, own: DeviceId) -> dict[DeviceId, Shut]:
    """Who is out; this device itself goes on reading what it writes."""
    return {
        device: Shut(one.entry.desk, one.entry.key, tuple(entry.good for entry in one.revoked_by.values()))
        for device, one in found.listed.items()
        if one.is_revoked and device != own
    }
