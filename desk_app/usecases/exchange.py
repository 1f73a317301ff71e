"""Bundles going out: what a partner has not acknowledged yet, sealed for it."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from msgspec import UNSET

from desk_app import __version__
from desk_app.domain.change import ChainId, Change, split_chain
from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import (
    FileUnreadable,
    Revoked,
    UnknownPartner,
)
from desk_app.domain.holdings import MOST_SPANS, Span
from desk_app.domain.ids import DeviceId
from desk_app.domain.rules.auditing import Action
from desk_app.storage import exchange as storage
from desk_app.storage import files, log_table, partner_table, sharing
from desk_app.storage.exchange import Sent, Vector
from desk_app.storage.partner_table import Partner
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync import bundle
from desk_app.sync.bundle_header import Facts, Receipt, Sender, ranges_of
from desk_app.usecases import (
    alarms,
    attachment_exchange,
    audit,
    exchange_keys,
    lost_roster,
    roster_versions,
    users,
    waiting,
)
from desk_app.usecases.attachment_exchange import BUDGET

PROGRAMME = "tj-reintegration"


SUFFIX = ".roh"
MOST_NUMBERS = 1000
"""So far back are the numbers of bundles that never came told; a sender may give any number."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle that was written and read back: `digits` to compare by phone, `size` in bytes."""

    file: Path
    to: str
    number: int
    changes: int
    digits: str
    size: int


def waiting_for(vault: Vault, partner: Partner, full: bool = False) -> list[Change]:
    """What the partner has not acknowledged: from a desk its own chains, to a desk what is its business, and between
    coordinators everything. Desks give each other nothing: what one has for another goes by the coordinator."""
    mark = waiting.mark(vault, partner, full)
    if not vault.is_coordinator:
        to_leader = is_coordinator(partner.code)
        return storage.own_changes(vault.db, vault.device, mark.after) if to_leader else []
    if is_coordinator(partner.code):
        return storage.all_changes(vault.db, partner.device, mark.after, mark.has)
    return sharing.changes(vault.db, vault.registry, mark)


def export(vault: Vault, to: str, target: Path, full: bool = False, files_budget: int = BUDGET) -> Exported:
    """Writes a bundle for a partner into a folder under a random name, or to a file that is not there yet.

    Of attachments' files it carries so many bytes; with 0 none, and then older versions of the program read it too.

    Raises `UnknownPartner`, `Revoked`, `FileExists`, `DiskFull`, `NoAccess`, `FileUnwritable`, `FileUnreadable`.
    """
    path = target / f"{vault.surroundings.random(8).hex()}{SUFFIX}" if files.is_folder(target) else target
    partner = _admitted(vault, to)
    exchange_keys.announce(vault)
    if not vault.is_coordinator:
        # Kept before the file is there: the number of a change that went out must never be given to another one.
        users.introduce(vault)
    with ExitStack() as unless_kept:
        with as_trouble(vault.folder / DATABASE), atomic(vault.db):
            changes = _shared(vault, partner, full)
            facts = _facts(vault, partner, changes, full)
            parts = attachment_exchange.to_send(vault, partner.code, facts.number, changes, files_budget, full)
            readers = exchange_keys.recipients_of(vault, partner)
            data = bundle.write_bundle(facts, changes, vault.device_key, readers, vault.surroundings.random, parts)
            name = bundle.bundle_hash(data)
            held = _held_with(vault, partner)
            storage.note_sent(
                vault.db, Sent(partner.code, facts.number, name, facts.made_on, len(changes), held, acknowledged=None)
            )
            audit.note(vault, Action.EXPORTED, detail=partner.code)
            files.write_new(path, data)
            unless_kept.callback(path.unlink, missing_ok=True)
            if bundle.bundle_hash(files.read(path, bundle.FILE_CAP)) != name:
                raise FileUnreadable(str(path))
        unless_kept.pop_all()
    return Exported(path, to, facts.number, _told(vault, changes), bundle.digits(data), len(data))


def _shared(vault: Vault, partner: Partner, full: bool) -> list[Change]:
    """What goes now, with a note of what the partner gets for the first time."""
    if not vault.is_coordinator or is_coordinator(partner.code):
        return waiting_for(vault, partner, full)
    mark = waiting.mark(vault, partner, full)
    last = storage.last_sent(vault.db, partner.code)
    sharing.leave(vault.db, vault.registry, mark)
    changes = sharing.changes(vault.db, vault.registry, mark)
    sharing.note(vault.db, vault.registry, mark, last.number + 1 if last else 1)
    return changes


def _told(vault: Vault, changes: Sequence[Change]) -> int:
    """How many changes somebody made; the others programs tell each other."""
    silent = {kind.number for kind in vault.registry if kind.silent}
    return sum(change.kind not in silent for change in changes)


def _admitted(vault: Vault, code: str) -> Partner:
    with as_trouble(vault.folder / DATABASE):
        partner = partner_table.partner(vault.db, code)
    if partner is None:
        raise UnknownPartner(code)
    if partner.revoked is not None:
        raise Revoked(code)
    return partner


def _facts(vault: Vault, partner: Partner, changes: Sequence[Change], full: bool = False) -> Facts:
    last = storage.last_sent(vault.db, partner.code)
    since = None if full else storage.last_acknowledged(vault.db, partner.code)
    received = storage.last_whole(vault.db, partner.code)
    device, incarnation = split_chain(vault.chain)
    return Facts(
        programme=PROGRAMME,
        number=last.number + 1 if last else 1,
        sender=Sender(device=device, incarnation=incarnation, desk=vault.desk),
        previous=last.hash if last else None,
        ranges=ranges_of(changes),
        have=log_table.held(vault.db),
        beyond=_beyond(vault, partner),
        acknowledges=Receipt(number=received.number, hash=received.hash) if received else None,
        since=Receipt(number=since.number, hash=since.hash) if since else None,
        roster=roster_versions.version_for(vault, partner),
        made_on=vault.now(),
        app=__version__,
        heads=alarms.heads_for(vault, partner.device) if vault.is_coordinator else UNSET,
        given_back=UNSET if vault.is_coordinator else lost_roster.given_back(vault, partner) or UNSET,
    )


def _held_with(vault: Vault, partner: Partner) -> Vector:
    """What the partner holds once it acknowledges this bundle: each chain to its last change, over holes, for what
    comes into one later is taken back; own chains as far as they were acknowledged before this vault was restored."""
    before = storage.last_acknowledged(vault.db, partner.code)
    held = log_table.reached(vault.db)
    for chain, seq in before.held.items() if before else ():
        if split_chain(chain)[0] == vault.device:
            held[chain] = max(seq, held.get(chain, 0))
    return held


def _beyond(vault: Vault, partner: Partner) -> dict[ChainId, list[Span]]:
    """What is here over holes of the own chains; at a coordinator, which gets everything, of the partner's too."""
    devices = {vault.device, partner.device} if vault.is_coordinator else {vault.device}
    return log_table.beyond(vault.db, devices, MOST_SPANS)


def missing_numbers(vault: Vault, device: DeviceId, before: int | None = None) -> tuple[int, ...]:
    """The numbers of a partner's bundles that never came, up to the newest that did or to the one before `before`."""
    for partner in partner_table.partners(vault.db):
        if partner.device == device:
            came = {one.number for one in storage.received_from(vault.db, partner.code)}
            newest = before or max(came, default=0)
            first = max(storage.emptied_up_to(vault.db).get(partner.code, 0) + 1, newest - MOST_NUMBERS)
            return tuple(number for number in range(first, newest) if number not in came)
    return ()
