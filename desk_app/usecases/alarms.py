"""Alarms: one number of a computer's changes came with two contents, so it was copied, or somebody forges.

What comes from it is kept aside until a person says that it goes on, or shuts it out. A computer that finds its own
number elsewhere goes on at once in a series of its own: it is told, and nothing waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desk_app.domain.change import FIRST_HASH, ChainId, Change, hash_change, split_chain
from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import Equivocation, NoAlarm, NotAllowed, UnknownPartner
from desk_app.domain.ids import DeskCode, DeviceId
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Act
from desk_app.storage import alarms as storage
from desk_app.storage import held, lease, log_table, partner_table, restoring
from desk_app.storage.alarms import Alarm
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync.bundle_header import Header
from desk_app.usecases import audit, roster, roster_versions, users


class Settlement(StrEnum):
    """What is to happen with what a computer sends that may have been copied."""

    KEEP_GOING = "keep_going"
    """What is here stays; of the other series nothing is taken, and everything else goes on."""
    REVOKE = "revoke"
    """It is shut out from the number on that came twice."""


@dataclass(frozen=True, slots=True)
class AlarmShown:
    """An open alarm. `code` is the desk of the computer, `is_own` whether it is this one; `raised` in Unix
    milliseconds; `held` counts the bundles that wait for it to be settled."""

    id: str
    code: DeskCode
    device: DeviceId
    is_own: bool
    raised: int
    number: int
    held: int


def open_alarms(vault: Vault) -> tuple[AlarmShown, ...]:
    """The alarms that nobody has settled, the oldest first; one for each series of changes."""
    with as_trouble(vault.folder / DATABASE):
        waiting = [one for one in held.everything(vault.db) if one.why is held.Why.ALARM]
        found: dict[ChainId, AlarmShown] = {}
        for one in _open(vault):
            concerned = sum(each.device == one.device or each.hash == one.bundle for each in waiting)
            code, is_own = _code(vault, one.device), one.device == vault.device
            shown = AlarmShown(one.chain, code, one.device, is_own, one.raised, one.seq, concerned)
            found.setdefault(one.chain, shown)
    return tuple(found.values())


def settle(vault: Vault, alarm: str, settlement: Settlement) -> None:
    """Says what is to happen. What was kept aside for it is planned with the next bundles.

    Raises `NoAlarm`, `NotAllowed` for whoever does not lead, and at a desk for shutting out.
    """
    users.require(vault, Act.MANAGE_PARTNERS)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        one = next((each for each in _open(vault) if each.chain == alarm), None)
        if one is None:
            raise NoAlarm(alarm)
        if settlement is Settlement.REVOKE:
            _shut_out(vault, one)
        storage.settle(vault.db, one.chain, vault.now())
        audit.note(vault, Action.ALARM_SETTLED, detail=f"{settlement} {one.device}")


def stopped(vault: Vault) -> frozenset[DeviceId]:
    """The devices of which nothing is taken in until somebody settles their alarm."""
    return frozenset(one.device for one in _open(vault)) - {vault.device}


def concern(vault: Vault, bundle: str) -> bool:
    """Whether an open alarm was raised by that bundle."""
    return any(one.bundle == bundle for one in _open(vault))


def is_evidence(vault: Vault, bundle: str) -> bool:
    """Whether an alarm, open or settled, was raised by that bundle."""
    return any(one.bundle == bundle for one in storage.everything(vault.db))


def note(vault: Vault, trouble: Equivocation, bundle: str) -> None:
    """Raises the alarm about a change that came with another content. About this very computer, a new series begins."""
    chain = ChainId(trouble.chain)
    _raise(vault, Alarm(chain, trouble.number, trouble.ours, trouble.theirs, bundle, vault.now()))


def heed(vault: Vault, header: Header, bundle: str) -> None:
    """Compares what a coordinator says of this device's chains with what was written here; a desk is not asked."""
    if not is_coordinator(header.sender.desk):
        return
    for chain, (seq, theirs) in (header.heads or {}).items():
        device, _ = split_chain(chain)
        ours = _hash_of(vault, chain, seq)
        if device != vault.device or ours is None or ours == bytes.fromhex(theirs):
            continue
        if not any(one.chain == chain for one in storage.everything(vault.db)):
            _raise(vault, Alarm(chain, seq, ours, bytes.fromhex(theirs), bundle, vault.now()))


def heads_for(vault: Vault, device: DeviceId) -> dict[ChainId, tuple[int, str]]:
    """Up to where this vault holds the chains of a device, with the hash of the last change."""
    found = {}
    for chain in log_table.chains(vault.db):
        seq, last_hash = log_table.last_of(vault.db, chain)
        if split_chain(chain)[0] == device and seq:
            found[chain] = seq, last_hash.hex()
    return found


def without_other_series(vault: Vault, changes: Sequence[Change]) -> Sequence[Change]:
    """The changes without those that go on from the other content of a number, where somebody said to keep going, or
    where the series is this computer's own."""
    known = storage.everything(vault.db)
    parted = {one.chain: one.seq for one in reversed(known) if one.settled is not None or one.device == vault.device}
    if not parted:
        return changes
    chosen: dict[ChainId, dict[int, bytes]] = {}
    kept = []
    for change in changes:
        if change.seq < parted.get(change.chain, change.seq + 1):
            kept.append(change)
            continue
        if change.chain not in chosen:
            chosen[change.chain] = _hashes(vault, change.chain, parted[change.chain] - 1)
        ours = chosen[change.chain]
        if change.seq not in ours and ours.get(change.seq - 1) == change.prev_hash:
            ours[change.seq] = hash_change(change)
        if ours.get(change.seq) == hash_change(change):
            kept.append(change)
    return kept


def _raise(vault: Vault, alarm: Alarm) -> None:
    storage.put(vault.db, alarm)
    audit.note(vault, Action.ALARM_RAISED, detail=alarm.device)
    _, incarnation = split_chain(alarm.chain)
    if alarm.device == vault.device and incarnation in lease.incarnations(vault.db):
        restoring.begin_anew(vault)


def _open(vault: Vault) -> list[Alarm]:
    return [one for one in storage.everything(vault.db) if one.settled is None]


def _shut_out(vault: Vault, alarm: Alarm) -> None:
    if not vault.is_coordinator:
        raise NotAllowed(Act.MANAGE_PARTNERS.value)
    entry = roster_versions.entry_of_device(vault, alarm.device)
    if entry is None:
        raise UnknownPartner(alarm.device)
    came = {chain: seq for chain, seq in log_table.reached(vault.db).items() if split_chain(chain)[0] == alarm.device}
    roster.shut_out(vault, entry, {**came, alarm.chain: alarm.seq - 1})


def _code(vault: Vault, device: DeviceId) -> DeskCode:
    if device == vault.device:
        return vault.desk
    known = {one.device: one.code for one in partner_table.partners(vault.db)}
    return known.get(device, DeskCode(device))


def _hashes(vault: Vault, chain: ChainId, after: int) -> dict[int, bytes]:
    """The hashes of the changes here from that number on, itself included."""
    found = {0: FIRST_HASH} if after < 1 else {}
    changes = log_table.of_chain(vault.db, chain, max(after - 1, 0))
    return found | {change.seq: hash_change(change) for change in changes}


def _hash_of(vault: Vault, chain: ChainId, seq: int) -> bytes | None:
    found = log_table.of_chain(vault.db, chain, seq - 1, 1)
    return hash_change(found[0]) if found and found[0].seq == seq else None
