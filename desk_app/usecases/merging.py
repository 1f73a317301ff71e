"""Bundles coming in: verified, planned, shown, and only then taken in."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from desk_app.domain.change import Change, hash_change, split_chain
from desk_app.domain.desks import is_coordinator
from desk_app.domain.erasing import Fate
from desk_app.domain.errors import (
    Damaged,
    Equivocation,
    ForeignChanges,
    GapBefore,
    LargeChange,
)
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import REMOVED
from desk_app.domain.records.erasure import ERASURE
from desk_app.domain.records.exchange_key import EXCHANGE_KEY
from desk_app.domain.records.roster import ROSTER
from desk_app.domain.rules.auditing import Action
from desk_app.storage import erasure, files, log_table, rows
from desk_app.storage import exchange as storage
from desk_app.storage.held import Why
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync.bundle import Bundle
from desk_app.sync.bundle_header import Receipt
from desk_app.sync.plan import Comparison, compare
from desk_app.usecases import (
    alarms,
    attachment_exchange,
    audit,
    believing,
    copies,
    incoming,
    letting_go,
    lost_roster,
    merge_results,
    receipts,
    roster_effects,
    roster_versions,
    tidying,
)
from desk_app.usecases.exchange import missing_numbers
from desk_app.usecases.incoming import Found
from desk_app.usecases.merge_plan import FilePlan, Guard, Incoming, Outcome, Plan, Staged, outcome_of, too_large

_REFUSALS = (Damaged, GapBefore, Equivocation, ForeignChanges, LargeChange)
"""What is found only when a bundle's changes are read and compared with the log."""
_REMOVES = f'"{REMOVED}":[true'.encode()
"""What stands in the body of a change that removes a record."""
_DONE_WITH = (Outcome.MERGED, Outcome.KNOWN, Outcome.DAMAGED, Outcome.FOREIGN, Outcome.REVOKED)
"""What need not be kept aside any longer."""


Progress = Callable[[int, int], bool]
"""Called with files done and files in all; False stops before the next file."""


def plan_files(vault: Vault, paths: Sequence[Path], progress: Progress | None = None, *, is_shown: bool = True) -> Plan:
    """Reads and verifies files, or all bundles in a folder and in those inside, and says what each would do. Changes
    nothing. A plan that nobody is shown says so only where something is removed or erased by what came.

    A bad file has its outcome and trouble and does not stop the others. Raises `NothingToRead` for an empty folder.
    """
    shown: list[FilePlan] = []
    came: list[Incoming | None] = []
    staged = Staged()
    with as_trouble(vault.folder / DATABASE):
        read = _read(vault, paths, progress)
        compares = is_shown or any(one.bundle and _takes_away(one.bundle) for _, one in read if one)
        for plan, one in read:
            if progress and not progress(len(read), len(read)):
                break
            opened = one.bundle if one else None
            if one is not None and any(before and before.bundle and before.hash == one.hash for before in came):
                plan, opened, one = replace(plan, outcome=Outcome.KNOWN), None, None
            with _without_collector():
                shown.append(_judged(vault, plan, opened, staged) if opened and compares else plan)
            if one is not None and shown[-1].outcome is Outcome.DAMAGED:
                one = replace(one, bundle=None)
            came.append(one)
        hidden, people = sum(one.would_hide for one in shown), sum(one.would_hide_people for one in shown)
        large = too_large(hidden, people, _all_people(vault)) if hidden else None
    return Plan(tuple(shown), tuple(came), large)


def merge_files(vault: Vault, paths: Sequence[Path], progress: Progress | None = None) -> tuple[FilePlan, ...]:
    """Takes in files without showing a plan first: each is compared once, not twice."""
    with as_trouble(vault.folder / DATABASE):
        read = _read(vault, paths)
    return _apply(vault, read, Guard(lambda: _all_people(vault)), progress)


def apply_plan(
    vault: Vault, plan: Plan, progress: Progress | None = None, *, confirmed: bool = False
) -> tuple[FilePlan, ...]:
    """Takes in the files of a plan, each in one transaction with its receipt, and says what each did.

    Raises `LargeChange` for a plan that removes unusually much, before anything happens, unless a person `confirmed`
    it. A file that does so without having been planned is held.
    """
    if plan.large is not None and not confirmed:
        raise plan.large
    waiting = list(zip(plan.files, plan.came, strict=True))
    return _apply(vault, waiting, Guard(lambda: _all_people(vault), confirmed), progress)


def _apply(vault: Vault, waiting: list[Found], guard: Guard, progress: Progress | None) -> tuple[FilePlan, ...]:
    """Takes in what waits, and lets go of each file's bytes as soon as it is done with."""
    done: list[FilePlan] = []
    total = len(waiting)
    waiting.reverse()
    while waiting:
        if progress and not progress(len(done), total):
            break
        shown, one = waiting.pop()
        with _without_collector():
            done.append(shown if one is None else _done_with(vault, shown, one, guard))
    tidying.catch_up(vault)
    return tuple(done)


def _all_people(vault: Vault) -> int:
    return rows.count(vault.db, vault.registry[CLIENT.name])


@contextmanager
def _without_collector() -> Iterator[None]:
    """A large bundle makes a million values that all stay until the end: the collector would walk them for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(vault: Vault, paths: Iterable[Path], progress: Progress | None = None) -> list[Found]:
    def go_on(done: int, total: int) -> bool:
        return progress is None or progress(done, total)

    with _without_collector():
        return incoming.read(vault, paths, go_on)


def _takes_away(opened: Bundle) -> bool:
    """Whether a bundle may remove or erase anything. One that cannot be read, or hides it by its spelling, is stopped
    where it is taken in."""
    try:
        return any(
            change.kind == ERASURE.number or _REMOVES in change.body for batch in opened.batches() for change in batch
        )
    except Damaged:
        return False


def _judged(vault: Vault, shown: FilePlan, opened: Bundle, staged: Staged) -> FilePlan:
    """The plan of one file, as if those before it in the plan were already taken in."""
    try:
        comparison = _compared(vault, opened, staged)
    except _REFUSALS as trouble:
        return replace(shown, outcome=outcome_of(trouble), trouble=trouble)
    comparison.erased -= staged.erased
    staged.doubted.update(believing.foresee(vault, comparison, staged.planned))
    counted = _counted(vault, shown, comparison, _loss(vault, comparison, staged.erased))
    staged.add(opened.changes if comparison.erased else (), comparison)
    return counted


def _compared(vault: Vault, opened: Bundle, staged: Staged) -> Comparison:
    came = opened.changes
    _check_chains(vault, opened, came, staged)
    return _against_log(vault, opened, came, staged)


def _against_log(vault: Vault, opened: Bundle, came: Sequence[Change], staged: Staged) -> Comparison:
    """What these of a bundle's changes would do. Raises `Equivocation`."""
    changes = alarms.without_other_series(vault, came)
    records = list(dict.fromkeys(change.record for change in changes))
    held = log_table.of_records(vault.db, records, whole=True)
    for record in staged.changes.keys() & set(records):
        held.setdefault(record, []).extend(staged.changes[record])
    before = [change for changes in staged.changes.values() for change in changes]
    fate = erasure.fate(vault.db, vault.registry, [*before, *changes] if before else changes)
    limits = roster_effects.limits(vault, opened.header.ranges)
    comparison = compare(vault.registry, changes, held, fate, limits, log_table.disbelieved(vault.db))
    clash = log_table.first_taken(vault.db, comparison.arrived)
    if clash is not None:
        ours = log_table.of_chain(vault.db, clash.chain, clash.seq - 1, 1)[0]
        raise Equivocation(clash.device, clash.chain, clash.seq, hash_change(ours), hash_change(clash))
    return comparison


def _check_chains(vault: Vault, opened: Bundle, came: Sequence[Change], staged: Staged) -> None:
    """A desk may send only what its own device wrote, and without a gap after what is held.

    A coordinator sends a desk only what is its business, so its chains have gaps by design; to another coordinator it
    sends everything. What a sender says it does not hold itself was lost with a damaged file: no bundle will ever
    bring it, and the rest must not wait for it.
    """
    sender = opened.header.sender
    if is_coordinator(sender.desk):
        if not vault.is_coordinator:
            return
    elif any(change.device != sender.device for change in came):
        raise ForeignChanges(sender.desk)
    held = log_table.held(vault.db)
    for changes in staged.changes.values():
        for change in changes:
            held[change.chain] = max(held.get(change.chain, 0), change.seq)
    for chain, (first, _) in opened.header.ranges.items():
        if first > held.get(chain, 0) + 1 and opened.header.have.get(chain, 0) >= first - 1:
            raise GapBefore(sender.desk, missing_numbers(vault, sender.device, opened.header.number))


def _done_with(vault: Vault, shown: FilePlan, one: Incoming, guard: Guard) -> FilePlan:
    """Takes in one file of a plan, or keeps it aside; what was kept aside and is done with goes."""
    done = shown
    if isinstance(shown.trouble, Equivocation):
        shown = replace(shown, outcome=Outcome.MERGED, trouble=None)  # The alarm is raised where it is taken in.
    if one.bundle is not None and shown.outcome is Outcome.MERGED:
        done = _merged(vault, shown, one, one.bundle, guard)
        if isinstance(done.trouble, Equivocation) and done.trouble.device == vault.device:
            # The alarm was about this computer's own numbers: what it wrote stays, and nothing waits.
            done = _merged(vault, shown, one, one.bundle, guard)
    if one.bundle is not None and isinstance(done.trouble, GapBefore):
        done = _heard(vault, done, one, one.bundle)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        if one.why is not None:
            incoming.keep(vault, one, one.why)
        elif done.outcome in _DONE_WITH:
            incoming.let_go(vault, one)
    return done


def _merged(vault: Vault, shown: FilePlan, one: Incoming, opened: Bundle, guard: Guard) -> FilePlan:
    header = opened.header
    # Before anything is taken in: what the program writes with it must not get numbers that went to others elsewhere.
    copies.heed(vault, header.holdings)
    try:
        with as_trouble(vault.folder / DATABASE), atomic(vault.db):
            if storage.received_as(vault.db, opened.hash) is not None:
                return replace(shown, outcome=Outcome.KNOWN)
            comparison = _compared(vault, opened, Staged())
            loss = _loss(vault, comparison, set())
            guard.add(*loss)
            _expect_room(vault, comparison)
            roster_effects.shut(vault, header.ranges)
            told = _holders(vault, opened, comparison.fate)
            _take(vault, comparison)
            believing.heed(vault, comparison)
            done = _counted(vault, shown, comparison, loss)
            done = _noted(vault, opened, done)
            if any(change.kind == ROSTER.number for change in (*comparison.arrived, *comparison.filled)):
                roster_effects.follow(vault)
            letting_go.heed(vault)
            erasure.heed(vault.db, vault.registry, told)
            audit.note(vault, Action.IMPORTED, detail=header.sender.desk)
            comparison.let_go()
    except Equivocation as trouble:
        return _alarmed(vault, shown, one, trouble)
    except _REFUSALS as trouble:
        return replace(shown, outcome=outcome_of(trouble), trouble=trouble)
    return done


def _expect_room(vault: Vault, comparison: Comparison) -> None:
    """What is new goes to the database's own log at least, before the room that this has already is used again.

    Raises `NotEnoughRoom`. How much more the tables and the index take shows only when it is written.
    """
    log = vault.folder / f"{DATABASE}-wal"
    new = sum(len(change.body) for change in comparison.arrived)
    files.expect_room(vault.folder, new - (log.stat().st_size if log.is_file() else 0))


def _holders(vault: Vault, opened: Bundle, fate: Fate) -> dict[DeskCode, set[RecordId]]:
    """At a coordinator, which desks hold something of what is erased by now: who sends it, and who may have it as far
    as is known before it is emptied."""
    if not vault.is_coordinator:
        return {}
    found = erasure.holders(vault.db, vault.registry, fate.gone)
    sender = opened.header.sender.desk
    if fate.erased and not is_coordinator(sender):
        sent = {change.record for change in opened.changes if change.body and change.record in fate.erased}
        found[sender] = found.get(sender, set()) | sent
    return found


def _heard(vault: Vault, waiting: FilePlan, one: Incoming, opened: Bundle) -> FilePlan:
    """What a bundle that waits for others says of its sender's own keys and of what its sender has is heard at once:
    where each of two lost something, each would wait for the other, and to whoever destroyed the keys that are known
    here nothing could say what is missing."""
    sender = opened.header.sender.device
    keys = [change for change in opened.changes if change.kind == EXCHANGE_KEY.number and change.device == sender]
    try:
        with as_trouble(vault.folder / DATABASE), atomic(vault.db):
            _take(vault, _against_log(vault, opened, keys, Staged()))
            if receipts.is_newest(vault, receipts.of(vault, opened)):
                receipts.heed(vault, opened.header)
    except Equivocation as trouble:
        return _alarmed(vault, waiting, one, trouble)
    return waiting


def _take(vault: Vault, comparison: Comparison) -> None:
    storage.take_back_filled(vault.db, comparison.arrived, None if vault.is_coordinator else vault.device)
    vault.journal.take(comparison.arrived, comparison.fresh, comparison.changed, comparison.filled, comparison.fate)


def _alarmed(vault: Vault, shown: FilePlan, one: Incoming, trouble: Equivocation) -> FilePlan:
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        alarms.note(vault, trouble, one.hash)
        incoming.keep(vault, one, Why.ALARM)
    return replace(shown, outcome=outcome_of(trouble), trouble=trouble)


def _noted(vault: Vault, opened: Bundle, done: FilePlan) -> FilePlan:
    """What the bundle says beside its changes: receipts, files, the roster's version, chains; and that it came."""
    header, partner = opened.header, opened.header.sender.desk
    received = receipts.of(vault, opened)
    newest = receipts.is_newest(vault, received)
    receipts.heed(vault, header)
    arrival = attachment_exchange.take(vault, partner, opened.files, newest)
    done = replace(done, files=arrival.files, pieces_dropped=arrival.dropped)
    own = {chain: last for chain, (_, last) in header.ranges.items() if split_chain(chain)[0] == header.sender.device}
    storage.note_received(vault.db, received, _figures(done), own)
    if isinstance(header.since, Receipt):
        storage.note_since(vault.db, opened.hash, header.since.hash)
    if newest:
        roster_versions.heed(vault, header)
    lost_roster.take_back(vault, header)
    alarms.heed(vault, header, opened.hash)
    merge_results.keep(vault, opened.hash, done.told)
    return done


def _loss(vault: Vault, comparison: Comparison, gone: set[RecordId]) -> tuple[int, int]:
    """How many records, and how many clients among them, are removed or erased; those already `gone` aside."""
    erased = erasure.kinds_of(vault.db, comparison.fate.gone - gone)
    people = sum(kind == CLIENT.number for kind in erased.values())
    return comparison.hidden + len(erased), comparison.hidden_people + people


def _counted(vault: Vault, shown: FilePlan, comparison: Comparison, loss: tuple[int, int]) -> FilePlan:
    return replace(
        shown,
        new=comparison.new,
        updated=comparison.updated,
        same=comparison.same,
        disagreements=comparison.disagreements,
        quarantined=comparison.refused,
        erased=len(comparison.erased),
        would_hide=loss[0],
        would_hide_people=loss[1],
        told=merge_results.told(vault, comparison),
    )


def _figures(done: FilePlan) -> dict[str, int]:
    """What is kept of a bundle in numbers."""
    figures = {
        "new": done.new,
        "updated": done.updated,
        "same": done.same,
        "erased": done.erased,
        "disagreements": done.disagreements,
        "quarantined": done.quarantined,
        "files": done.files,
    }
    return figures | merge_results.counts(done.told)
