"""The end of a world: everything is delivered at last, and all vaults that must agree do."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress

from _book import Violation, log_of, versions_in
from _business import ALL, DESK, TRANSFER, Business, passed_by, rows_of
from _claims import after_a_move, in_one_vault
from _exchanges import hand_over, shut_out_by, take_in
from _reckoning import CLIENT, Reckoned, erased
from _world import HEAD, NEWER, Station, World

from desk_app.domain.change import Version
from desk_app.domain.errors import NotContested, RevokedElsewhere, RosterBehind, Trouble
from desk_app.domain.ids import RecordId
from desk_app.storage import log_table, partner_table
from desk_app.storage.vault import Vault
from desk_app.usecases import (
    assigning,
    attachment_exchange,
    attachments,
    checking,
    exchange,
    notes,
    records,
    review,
    roster,
)
from desk_app.usecases import waiting as counts

ROUNDS = 8
"""Bundles to and fro, of everybody with everybody, after which nothing may be missing anywhere."""


def deliver_everything(world: World) -> int:
    """Everybody has the newest version and is admitted; what is under way arrives; then bundles go to and fro. Returns
    how many rounds it took."""
    for station in world.stations:
        station.clock.off, station.clock.frozen = 0, None
        station.registry = NEWER
        world.reopen(station, HEAD)
    for desk in world.desks:
        with suppress(RevokedElsewhere):
            world.introduce(desk)
    world.chance.shuffle(world.post.letters)
    for station in world.stations:
        letters = world.post.arrived(station.code, world.now + 10**12)
        for _ in range(2):
            if letters:
                take_in(world, station, letters, planned=True)
        after_a_move(world, station)
    world.post.letters.clear()
    # What one of two copies wrote comes to the other when that has sent a bundle since.
    least = 3 if len({one.code for one in world.stations}) < len(world.stations) else 1
    for rounds in range(1, ROUNDS + 1):
        heard = _admit_again(world)
        _round(world, can_fail=heard or rounds <= 2)
        if rounds >= least and not _is_waiting(world) and not _admit_again(world) and not _say_whose(world):
            return rounds
    raise Violation(f"something still waits after {ROUNDS} rounds of bundles: {_is_waiting(world)}")


def _admit_again(world: World) -> bool:
    """Whom a coordinator shut out it admits. What it said before it was put back comes again with the others' bundles,
    and of two who shut out each other's friends each only hears later. Returns whether there was anybody."""
    out = [(station, one) for station in world.coordinators for one in shut_out_by(station)]
    for station, one in out:
        with suppress(RevokedElsewhere):
            roster.readmit(station.vault, one.device)
        world.say(f"{station.name} admits {one.code} again")
        world.counts["admitted again at the end"] += 1
    behind = [one for one in world.coordinators if any(isinstance(told, RosterBehind) for told in _roster_of(one))]
    for station in behind:
        for other in world.stations:
            with suppress(RevokedElsewhere):
                if other is not station:
                    world.acquaint(station, other)
        world.say(f"{station.name} hears that its roster was ahead, and admits everybody anew")
        world.counts["rosters that were put back, at the end"] += 1
    return bool(out or behind)


def _say_whose(world: World) -> bool:
    """A coordinator says of each person whom several desks took over which of them has her, the first that has anybody
    to tell of. Returns whether there was anybody."""
    told = ((station, assigning.contested(station.vault)) for station in world.coordinators)
    station, found = next((one for one in told if one[1]), (world.stations[0], ()))
    for one in found:
        desk = world.chance.choice(one.desks)
        with suppress(NotContested):  # Who is linked to another went along with her.
            assigning.assign(station.vault, one.client, desk)
        world.say(f"{station.name} says that {one.client[-5:]} of {', '.join(one.desks)} is with {desk}")
        world.counts["whose somebody is, said at the end"] += 1
    return bool(found)


def _roster_of(station: Station) -> tuple[Trouble, ...]:
    return roster.current(station.vault).troubles


def _round(world: World, *, can_fail: bool) -> None:
    """Each desk to the coordinators, these to each other and back."""
    pairs = [(one, other) for one in world.coordinators for other in world.coordinators if one is not other]
    for desk in world.desks:
        pairs += [(desk, one) for one in world.coordinators] + [(one, desk) for one in world.coordinators]
    pairs += [(one, other) for one in world.coordinators for other in world.coordinators if one is not other]
    for sender, receiver in pairs:
        partner = partner_table.partner(sender.vault.db, receiver.code)
        if can_fail and (partner is None or partner.revoked is not None):
            continue  # The roster has yet to tell.
        world.now += 60_000
        said = hand_over(world, sender, receiver)
        world.say(f"{sender.name} to {receiver.name} at the end: {said}")
        # Who destroyed keys because a clock ran ahead has yet to tell which are the new ones.
        lacks_keys = receiver.ran_ahead or receiver.lost_keys or len(world.of_code(receiver.code)) > 1
        may_be = ("merged", "foreign" if lacks_keys else "merged", "unknown_sender", "revoked", "held")
        if not any(word in said for word in (may_be if can_fail else may_be[:1])):
            raise Violation(f"{receiver.name} does not take what {sender.name} sends at the end: {said}")


def _is_waiting(world: World) -> str:
    """What is not confirmed yet, in a few words: the number that each of them is shown has to come to nothing."""
    waiting = []
    for station in world.stations:
        partners = partner_table.partners(station.vault.db)
        counted = counts.changes(station.vault, partners)
        for partner in partners:
            told = exchange.waiting_for(station.vault, partner)
            files, _ = attachment_exchange.waiting_for(station.vault, partner.code)
            if (counted[partner.code] == 0) is not (not told):
                raise Violation(f"{station.name} counts {counted[partner.code]} for {partner.code}, {len(told)} wait")
            if files or told:
                kinds = sorted({one.kind for one in told})
                waiting.append(f"{station.name} to {partner.code} {len(told)} changes of {kinds}, {files} files")
    return ", ".join(waiting)


def judge(world: World) -> None:
    """Every claim about the end. Raises `Violation`."""
    reckoned = {station.name: in_one_vault(world, station) for station in world.stations}
    for coordinator in world.coordinators:
        world.counts["disagreements at the end"] += len(review.disagreements(coordinator.vault))
        world.counts["changes at the end"] += len(versions_in(coordinator.vault))
    everything = set().union(*(versions_in(one.vault) for one in world.stations))
    wanted = ((world.book.changes.keys() - world.book.at_risk) | everything) - world.book.said_anew
    gone: set[str] = set()
    for coordinator in world.coordinators:
        missing = wanted - versions_in(coordinator.vault)
        if missing:
            raise Violation(f"{coordinator.name} lacks {len(missing)} changes, first {_told(world, missing)}")
        gone |= erased(coordinator.registry, versions_in(coordinator.vault), world.book.changes)
    # What was said by who had no right to is sent to no desk.
    doubted = [log_table.disbelieved(one.vault.db) for one in world.coordinators]
    believed = wanted - doubted[0].intersection(*doubted)
    coordinator = world.coordinators[0]
    business = Business(coordinator.registry, rows_of(coordinator.vault))
    states = {checking.check(one.vault).state for one in world.coordinators}
    if len(states) > 1:
        raise Violation("two coordinators hold the same and show another state")
    for desk in world.desks:
        _holds_its_own(world, desk, wanted, believed, gone, business)
        _agrees(desk, reckoned[desk.name], reckoned[coordinator.name], business)
        _keeps_nobody_else(world, desk, business)
    for station in world.stations:
        _nobody_doubts_whose(station)
        _nobody_is_out(station)
        _nothing_erased_is_left(world, station, gone)
        _notes_are_shut(station)
    for coordinator in world.coordinators:
        _numbers_are_unique(world, coordinator.vault)
        _files_are_here(world, coordinator)


def _holds_its_own(
    world: World, desk: Station, wanted: set[Version], believed: set[Version], gone: set[str], business: Business
) -> None:
    """A desk holds what its device wrote, what goes to all, and what is about its own people; nothing else."""
    held = versions_in(desk.vault)
    missing, strange = set(), set()
    for version in wanted:
        change = world.book.changes[version]
        meant = business.desks_of(change.kind, change.record) & {desk.code, ALL}
        is_own = change.device == desk.vault.device
        is_due = (meant and version in believed) or is_own
        if version not in held and change.record not in gone and is_due:
            missing.add(version)
        is_strange = change.device != desk.vault.device and not meant
        if (
            version in held
            and is_strange
            and not world.ever.may_have(desk.registry, change.kind, change.record, desk.code)
        ):
            strange.add(version)
    if missing:
        raise Violation(f"{desk.name} lacks {len(missing)} changes, first {_told(world, missing)}")
    if strange:
        raise Violation(f"{desk.name} holds what is not its own: {_told(world, strange)}")


def _agrees(
    desk: Station,
    here: Mapping[tuple[int, str], Reckoned],
    there: Mapping[tuple[int, str], Reckoned],
    business: Business,
) -> None:
    for key, state in here.items():
        other = there.get(key)
        if business.desks_of(*key).isdisjoint((desk.code, ALL)):
            continue
        if key[0] == TRANSFER and other is not None and other.row["state"] in ("declined", "withdrawn"):
            continue  # Of an offer that came to nothing a desk keeps its own word alone.
        if other is None or other.row != state.row or other.disagreements != state.disagreements:
            raise Violation(f"{desk.name} and the coordinator differ about {key}")


def _keeps_nobody_else(world: World, desk: Station, business: Business) -> None:
    """Of people who were offered to a desk and did not come it holds nothing, unless it wrote about them itself."""
    device, log = desk.vault.device, log_of(desk.vault)
    wrote = {one.record for one in world.book.changes.values() if one.device == device and one.kind != TRANSFER}
    for client in passed_by(business, desk.code):
        about = {record for (_, record), row in business.rows.items() if row.get("client") == client} | {client}
        if about.isdisjoint(wrote):
            world.counts["people let go at the end"] += 1
            left = [one for one in log.values() if one.record in about and one.body and one.device != device]
            if left:
                raise Violation(f"{desk.name} keeps {left[0]} about {client}, whom it does not serve")


def _nothing_erased_is_left(world: World, station: Station, gone: set[str]) -> None:
    for version, change in log_of(station.vault).items():
        if change.record in gone and (change.body or change.salt):
            raise Violation(f"{station.name} still holds what {version} said of {change.record}, which is erased")


def _nobody_doubts_whose(station: Station) -> None:
    """A coordinator's word whose a person is replaces whatever was said of it, wherever that was believed."""
    found = [
        one.record
        for one in review.disagreements(station.vault)
        if (one.kind.number, one.field.number) == (CLIENT, DESK)
    ]
    if found:
        raise Violation(f"{station.name} does not know whose {found} are")


def _nobody_is_out(station: Station) -> None:
    out = [one.code for one in partner_table.partners(station.vault.db) if one.revoked is not None]
    if out or _roster_of(station):
        raise Violation(
            f"{station.name} has shut out {out} at the end, and its roster is told of {_roster_of(station)}"
        )


def _notes_are_shut(station: Station) -> None:
    """A desk's notes open for its own profession alone: never at the coordinator, and never for a colleague."""
    for one in records.find_all(station.vault, "note"):
        opens = True
        try:
            notes.read(station.vault, one.id)
        except Trouble:
            opens = False
        if opens != (one.text("desk") == station.code and one.text("profession") == "lawyer"):
            raise Violation(f"the note {one.id} of {one.text('desk')} at {station.name}: opened {opens}")


def _numbers_are_unique(world: World, vault: Vault) -> None:
    """Two copies of a desk give the same numbers to different people, and whose clock stood; nobody else does."""
    rows = vault.db.execute("SELECT number, desk FROM client WHERE number IS NOT NULL").fetchall()
    guessed = {one.code for one in world.stations if one.may_double}
    numbers = Counter(number for number, desk in rows if len(world.of_code(desk)) == 1 and desk not in guessed)
    doubled = [number for number, count in numbers.items() if count > 1]
    if doubled:
        raise Violation(f"human numbers were given twice: {doubled[:5]}")


def _files_are_here(world: World, coordinator: Station) -> None:
    for one in records.find_all(coordinator.vault, "attachment"):
        here = any(_has_file(station, one.id) for station in world.of_code(one.text("desk")))
        if here and not _has_file(coordinator, one.id):
            raise Violation(f"the file of the attachment {one.id} never came to {coordinator.name}")


def _has_file(station: Station, record: RecordId) -> bool:
    try:
        return attachments.place(station.vault, record).where is attachments.Where.HERE
    except Trouble:
        return False


def _told(world: World, versions: set[Version]) -> str:
    change = world.book.changes[min(versions)]
    return f"{change.version} kind {change.kind} record {change.record} {change.body[:200]!r}"
