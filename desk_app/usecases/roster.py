"""The roster: who belongs to the programme, shutting a device out, admitting it again, and what was set aside by it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from desk_app.crypto.sealing import Recipient
from desk_app.crypto.signing import PublicKey
from desk_app.domain.change import ChainId, split_chain
from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import (
    NotAllowed,
    NotRevoked,
    RevokedElsewhere,
    RosterBehind,
    RosterRolledBack,
    Trouble,
    UnknownBundle,
    UnknownPartner,
)
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.domain.quarantine import Limits
from desk_app.domain.records.declaration import Values
from desk_app.domain.records.roster import ROSTER, roster_of
from desk_app.domain.roster import Coordinator
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Act
from desk_app.storage import believing, erasure, exchange, log_table
from desk_app.storage import roster as storage
from desk_app.storage.exchange import Partner
from desk_app.storage.journal import Write
from desk_app.storage.roster import Shut
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync import roster
from desk_app.sync.bundle_header import Header
from desk_app.sync.roster import MOST_ENTRIES, Entry, Listed, Roster
from desk_app.usecases import audit, users

MOST_AHEAD = 10_000
"""So many versions a coordinator may have written since the backup that it was restored from."""


@dataclass(frozen=True, slots=True)
class Member:
    """A device of the programme. `since` in Unix milliseconds: when it was admitted, shut out or admitted again.

    `is_current`: bundles go to it; else its desk has a newer device. `revoked_by`: codes of the coordinators who shut
    it out.
    """

    code: DeskCode
    device: DeviceId
    name: str
    kind: str
    since: int
    is_current: bool
    revoked_by: tuple[DeskCode, ...]


@dataclass(frozen=True, slots=True)
class RosterShown:
    """The roster as this vault knows it. `versions` are the newest numbers known, by the coordinator's code; `troubles`
    what of it was not taken, and why."""

    members: tuple[Member, ...]
    versions: Mapping[DeskCode, int]
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """What a device that was shut out wrote after its last good change: it is kept and shows nowhere."""

    code: DeskCode
    device: DeviceId
    good: int
    changes: int
    records: int


def current(vault: Vault) -> RosterShown:
    """Who belongs to the programme, by code, and what is wrong with the roster."""
    with as_trouble(vault.folder / DATABASE):
        found, known = effective(vault), storage.known(vault.db)
        partners = exchange.partners(vault.db)
    to = {one.device for one in partners}
    # Whoever was admitted before there was a roster belongs to the programme too.
    members = [_before_roster(one) for one in partners if one.device not in found.listed and one.revoked is None]
    members += [
        Member(
            one.entry.desk,
            device,
            one.entry.name,
            one.entry.kind,
            one.entry.since,
            device in to or device == vault.device,
            tuple(sorted(one.revoked_by)),
        )
        for device, one in found.listed.items()
    ]
    codes = {device: one.entry.desk for device, one in found.listed.items()} | _codes(vault)
    versions = {codes[device]: number for device, number in found.numbers.items() if device in codes and number}
    troubles = (*found.troubles, *_heard_troubles(vault, known, codes))
    return RosterShown(tuple(sorted(members, key=lambda one: (one.code, one.since))), versions, troubles)


def set_aside(vault: Vault) -> tuple[SetAside, ...]:
    """What does not count since its device was shut out, by desk."""
    with as_trouble(vault.folder / DATABASE):
        shut, found = storage.known(vault.db).shut, storage.set_aside(vault.db)
    by_device: dict[DeviceId, SetAside] = {}
    for one in found:
        device, _ = split_chain(one.chain)
        code = shut[device].desk if device in shut else DeskCode("")
        before = by_device.get(device, SetAside(code, device, 0, 0, 0))
        by_device[device] = replace(
            before,
            good=max(before.good, one.good),
            changes=before.changes + one.changes,
            records=before.records + one.records,
        )
    return tuple(sorted(by_device.values(), key=lambda one: (one.code, one.device)))


def revoke(vault: Vault, code: str, last_good: int | None = None) -> Member:
    """Shuts a partner's device out, for all who hear this coordinator: its bundles are refused, nothing is sealed to
    it, and what it wrote after its bundle number `last_good` is set aside; without a number all that came counts.

    `code` is the partner's, or a device id for one that its desk no longer uses. Said again, it moves the last good
    number. Raises `NotAllowed` at a desk and for whoever does not lead, `UnknownPartner`, `UnknownBundle`.
    """
    _require(vault)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        before = _entry_of(vault, code)
        reached = log_table.reached(vault.db).items()
        came = {chain: seq for chain, seq in reached if split_chain(chain)[0] == before.device}
        good = came
        if last_good is not None:
            upto = storage.last_of_bundles(vault.db, before.desk, before.device, last_good)
            if upto is None:
                raise UnknownBundle(before.desk, last_good)
            good = {chain: min(seq, came.get(chain, 0)) for chain, seq in upto.items()}
        return shut_out(vault, before, good)


def shut_out(vault: Vault, before: Entry, good: Limits) -> Member:
    """Issues that a device is out and which numbers of its chains are good, in the transaction under way."""
    good = {chain: seq for chain, seq in good.items() if seq}
    entry = msgspec.structs.replace(before, state="revoked", since=vault.now(), good=good)
    issue(vault, [entry])
    follow(vault)
    return _member(vault, entry.device)


def readmit(vault: Vault, code: str) -> Member:
    """Takes a device back that this coordinator shut out: everything it wrote counts again.

    Raises `NotAllowed`, `UnknownPartner`, `NotRevoked`, and `RevokedElsewhere` where only another coordinator can.
    Where both shut it out, this one's word is taken back all the same: else each would wait for the other.
    """
    _require(vault)
    with as_trouble(vault.folder / DATABASE):
        with atomic(vault.db):
            before = _entry_of(vault, code)
            listed = effective(vault).listed.get(before.device)
            if listed is None or vault.desk not in listed.revoked_by:
                _refuse_revoked_elsewhere(vault, before)
                raise NotRevoked(before.desk)
            issue(vault, [msgspec.structs.replace(before, state="active", since=vault.now(), good={})])
            follow(vault)
        _refuse_revoked_elsewhere(vault, before)
        return _member(vault, before.device)


def note_admitted(vault: Vault, partner: Partner) -> None:
    """A partner's digits were compared: a coordinator puts it on its roster, a desk hears the coordinator's from now.

    In the transaction that admits it. Raises `RevokedElsewhere`.
    """
    if is_coordinator(partner.code):
        roots = {**storage.roots(vault.db), partner.device: Coordinator(partner.code, partner.sign_key)}
        storage.put_roots(vault.db, roots)
    if vault.is_coordinator:
        entry = _active(partner)
        _refuse_revoked_elsewhere(vault, entry)
        issue(vault, [entry])
    follow(vault)


def say_anew(vault: Vault) -> None:
    """What a coordinator lost of its own versions with a damaged file it says again, from the partners that it knows:
    whom nobody keeps out any more for want of a version, and whom nobody could take back."""
    found, own = effective(vault), vault.device
    if not vault.is_coordinator or storage.known(vault.db).numbers.get(own, 0) <= found.numbers.get(own, 0):
        return
    good = log_table.good(vault.db)
    entries = []
    for partner in exchange.partners(vault.db):
        entry = msgspec.structs.replace(_active(partner), since=vault.now())
        listed = found.listed.get(partner.device)
        if partner.revoked is None:
            entries.append(entry)
        elif listed is None or not listed.is_revoked:
            upto = {chain: seq for chain, seq in good.items() if seq and split_chain(chain)[0] == partner.device}
            entries.append(msgspec.structs.replace(entry, state="revoked", good=upto))
    issue(vault, entries)
    follow(vault)


def follow(vault: Vault) -> None:
    """Makes partners and what counts of the log as the roster says: after versions of it came, in that transaction."""
    storage.put_roots(vault.db, storage.roots(vault.db))
    found = effective(vault)
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


def _judge_again(vault: Vault, touched: Mapping[int, Sequence[RecordId]]) -> None:
    """An offer that does not count any more gives nobody a right, and one that counts again does."""
    if not vault.is_coordinator:
        return
    question = believing.in_question_again(vault.db, vault.registry, touched)
    if question.is_open:
        desks = {device: desk for device, desk in desks_of_devices(vault).items() if not is_coordinator(desk)}
        believing.judge(vault.db, vault.registry, question, desks, ())


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


def desks_of_devices(vault: Vault) -> Mapping[DeviceId, DeskCode]:
    """Whose each device of the programme is, those that a desk no longer uses too."""
    listed = {device: one.entry.desk for device, one in effective(vault).listed.items()}
    return {device: one.desk for device, one in shut_devices(vault).items()} | listed | _codes(vault)


def entry_of_device(vault: Vault, device: DeviceId) -> Entry | None:
    """A device as an entry of the roster; None for one that nobody admitted."""
    listed = effective(vault).listed.get(device)
    if listed is not None:
        return listed.entry
    return next((_active(one) for one in exchange.partners(vault.db) if one.device == device), None)


def _require(vault: Vault) -> None:
    if not vault.is_coordinator:
        raise NotAllowed(Act.MANAGE_PARTNERS.value)
    users.require(vault, Act.MANAGE_PARTNERS)


def effective(vault: Vault) -> Roster:
    """What all versions here say together."""
    trusted, own = dict(storage.roots(vault.db)), vault.device
    if vault.is_coordinator:
        trusted[own] = Coordinator(vault.desk, vault.device_key.public)
    return roster.effective(storage.versions(vault.db), trusted, own)


def issue(vault: Vault, entries: Sequence[Entry]) -> None:
    """Writes the next versions: these entries, and the partners admitted before there was a roster. In the transaction
    under way; `follow` comes after it."""
    found, known = effective(vault), storage.known(vault.db)
    changed = {one.device: one for one in entries}
    for partner in exchange.partners(vault.db):
        if partner.device not in found.listed and partner.revoked is None:
            changed.setdefault(partner.device, _active(partner))
    own = found.latest.get(vault.device, {})
    waiting = [one for one in changed.values() if own.get(one.device) != one]
    numbers = found.numbers.get(vault.device, 0), known.numbers.get(vault.device, 0)
    number = max(*numbers, *_said_by_desks(vault, known))
    previous = found.last.get(vault.chain, roster.FIRST)
    for start in range(0, len(waiting), MOST_ENTRIES):
        number += 1
        part = waiting[start : start + MOST_ENTRIES]
        version = roster.make(vault.chain, number, previous, part, vault.device_key)
        previous = roster.version_hash(version)
        values: Values = {
            "desk": vault.desk,
            "version": number,
            "previous": version.previous,
            "content": version.content,
            "signature": version.signature,
        }
        vault.journal.write([Write(ROSTER, roster_of(vault.chain, number), values)])


def _follow_partner(vault: Vault, one: Listed) -> None:
    """Of one code the device that was admitted last is the partner; a coordinator whose digits were compared here gives
    way to no other."""
    entry, db = one.entry, vault.db
    row = exchange.partner(db, entry.desk)
    if row is not None and row.device == entry.device:
        if (row.revoked is not None) is not one.is_revoked:
            exchange.note_revoked(db, entry.device, vault.now() if one.is_revoked else None)
            audit.note(vault, Action.PARTNER_REVOKED if one.is_revoked else Action.PARTNER_READMITTED, detail=row.code)
        return
    mine = is_coordinator(entry.desk) and row is not None and row.device in storage.roots(db) and row.revoked is None
    if one.is_revoked or mine or not (vault.is_coordinator or is_coordinator(entry.desk)):
        return
    if (row is None or row.admitted < entry.since) and entry.desk != vault.desk:
        admitted = Partner(entry.desk, entry.device, entry.name, entry.key, entry.recipient, entry.since, revoked=None)
        exchange.admit(db, admitted)
        audit.note(vault, Action.PARTNER_ADMITTED, detail=entry.desk)


def _refuse_revoked_elsewhere(vault: Vault, entry: Entry) -> None:
    listed = effective(vault).listed.get(entry.device)
    others = sorted(by for by in listed.revoked_by if by != vault.desk) if listed else []
    if others:
        raise RevokedElsewhere(entry.desk, others[0])


def _entry_of(vault: Vault, code: str) -> Entry:
    """The entry of a partner by its code, or of a device by its id. Raises `UnknownPartner`."""
    partner = exchange.partner(vault.db, code)
    entry = entry_of_device(vault, partner.device if partner is not None else DeviceId(code))
    if entry is None:
        raise UnknownPartner(code)
    return entry


def _active(partner: Partner) -> Entry:
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


def _before_roster(partner: Partner) -> Member:
    kind = _active(partner).kind
    return Member(partner.code, partner.device, partner.name, kind, partner.admitted, is_current=True, revoked_by=())


def _member(vault: Vault, device: DeviceId) -> Member:
    return next(one for one in current(vault).members if one.device == device)


def _shut_of(found: Roster, own: DeviceId) -> dict[DeviceId, Shut]:
    """Who is out; this device itself goes on reading what it writes."""
    return {
        device: Shut(one.entry.desk, one.entry.key, tuple(entry.good for entry in one.revoked_by.values()))
        for device, one in found.listed.items()
        if one.is_revoked and device != own
    }


def _codes(vault: Vault) -> dict[DeviceId, DeskCode]:
    return {one.device: one.code for one in exchange.partners(vault.db)} | {vault.device: vault.desk}


def _said_by_desks(vault: Vault, known: storage.Known) -> list[int]:
    """What desks say that they know of this coordinator's own versions; what no coordinator can have written since its
    backup is not believed, for above a number that is said to be the highest no desk could be shut out."""
    desks = {one.device for one in exchange.partners(vault.db) if not is_coordinator(one.code)}
    most = known.numbers.get(vault.device, 0) + MOST_AHEAD
    return [0, *(number for device, number in known.said.items() if device in desks and number <= most)]


def _heard_troubles(vault: Vault, known: storage.Known, codes: Mapping[DeviceId, DeskCode]) -> list[Trouble]:
    troubles: list[Trouble] = [
        RosterRolledBack(codes[device], version, known.said[device])
        for device, version in known.went_back.items()
        if device in codes
    ]
    own, heard = known.numbers.get(vault.device, 0), max(_said_by_desks(vault, known))
    if vault.is_coordinator and heard > own:
        troubles.append(RosterBehind(own, heard))
    return troubles
