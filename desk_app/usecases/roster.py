"""The roster: who belongs to the programme, shutting a device out, admitting it again, and what was set aside by it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from desk_app.domain.change import split_chain
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
from desk_app.domain.ids import DeskCode, DeviceId
from desk_app.domain.quarantine import Limits
from desk_app.domain.roster import Coordinator
from desk_app.domain.rules.roles import Act
from desk_app.storage import log_table, partner_table
from desk_app.storage import roster as storage
from desk_app.storage.partner_table import Partner
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync.signed_roster import Entry
from desk_app.usecases import roster_effects, roster_versions, users


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
        found, known = roster_versions.effective(vault), storage.known(vault.db)
        partners = partner_table.partners(vault.db)
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
    codes = {device: one.entry.desk for device, one in found.listed.items()} | roster_versions.codes(vault)
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
    roster_versions.issue(vault, [entry])
    roster_effects.follow(vault)
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
            listed = roster_versions.effective(vault).listed.get(before.device)
            if listed is None or vault.desk not in listed.revoked_by:
                _refuse_revoked_elsewhere(vault, before)
                raise NotRevoked(before.desk)
            roster_versions.issue(vault, [msgspec.structs.replace(before, state="active", since=vault.now(), good={})])
            roster_effects.follow(vault)
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
        entry = roster_versions.active_entry(partner)
        _refuse_revoked_elsewhere(vault, entry)
        roster_versions.issue(vault, [entry])
    roster_effects.follow(vault)


def _require(vault: Vault) -> None:
    if not vault.is_coordinator:
        raise NotAllowed(Act.MANAGE_PARTNERS.value)
    users.require(vault, Act.MANAGE_PARTNERS)


def _refuse_revoked_elsewhere(vault: Vault, entry: Entry) -> None:
    listed = roster_versions.effective(vault).listed.get(entry.device)
    others = sorted(by for by in listed.revoked_by if by != vault.desk) if listed else []
    if others:
        raise RevokedElsewhere(entry.desk, others[0])


def _entry_of(vault: Vault, code: str) -> Entry:
    """The entry of a partner by its code, or of a device by its id. Raises `UnknownPartner`."""
    partner = partner_table.partner(vault.db, code)
    entry = roster_versions.entry_of_device(vault, partner.device if partner is not None else DeviceId(code))
    if entry is None:
        raise UnknownPartner(code)
    return entry


def _before_roster(partner: Partner) -> Member:
    kind = roster_versions.active_entry(partner).kind
    return Member(partner.code, partner.device, partner.name, kind, partner.admitted, is_current=True, revoked_by=())


def _member(vault: Vault, device: DeviceId) -> Member:
    return next(one for one in current(vault).members if one.device == device)


def _heard_troubles(vault: Vault, known: storage.Known, codes: Mapping[DeviceId, DeskCode]) -> list[Trouble]:
    troubles: list[Trouble] = [
        RosterRolledBack(codes[device], version, known.said[device])
        for device, version in known.went_back.items()
        if device in codes
    ]
    own, heard = known.numbers.get(vault.device, 0), max(roster_versions.said_by_desks(vault, known))
    if vault.is_coordinator and heard > own:
        troubles.append(RosterBehind(own, heard))
    return troubles
