"""The end of a world: everything is delivered at last, and all vaults that must agree do."""

from collections import Counter
from collections.abc import Mapping

from _book import Violation, log_of, versions_in
from _claims import after_a_move, in_one_vault
from _exchanges import take_in
from _post import Letter
from _reckoning import Reckoned, bases_of, erased
from _world import HEAD, NEWER, Station, World

from desk_app.domain.change import Version
from desk_app.domain.errors import Trouble
from desk_app.storage.vault import Vault
from desk_app.sync import bundle
from desk_app.usecases import attachments, checking, exchange, notes, partners, records, review

DESK = 1
"""The permanent number of the field that says whose a record is."""
ROUNDS = 6
"""Bundles to and fro, of everybody with everybody, after which nothing may be missing anywhere."""


def deliver_everything(world: World) -> int:
    """Everybody has the newest version and is admitted; what is under way arrives; then bundles go to and fro. Returns
    how many rounds it took."""
    for station in world.stations:
        station.registry = NEWER
        world.reopen(station, HEAD)
    for desk in world.desks:
        world.introduce(desk)
    world.chance.shuffle(world.post.letters)
    for station in world.stations:
        letters = world.post.arrived(station.code, world.now + 10**12)
        for _ in range(2):
            if letters:
                take_in(world, station, letters, planned=True)
        after_a_move(world, station)
    world.post.letters.clear()
    for rounds in range(1, ROUNDS + 1):
        _round(world)
        if not _is_waiting(world):
            return rounds
    raise Violation(f"something still waits after {ROUNDS} rounds of bundles: {_is_waiting(world)}")


def _round(world: World) -> None:
    """Each desk to the coordinators, these to each other and back."""
    pairs = [(one, other) for one in world.desks for other in world.coordinators]
    pairs += [(one, other) for one in world.coordinators for other in world.coordinators if one is not other]
    pairs += [(other, one) for one, other in pairs if not one.is_coordinator]
    for sender, receiver in pairs:
        world.now += 60_000
        world.book.addressee = receiver.code
        path = world.stick(sender)
        file = exchange.export(sender.vault, receiver.code, path, files_budget=exchange.BUDGET).file
        after_a_move(world, sender)
        data = file.read_bytes()
        file.unlink()
        letter = Letter(receiver.code, sender.name, file.name, data, bundle.bundle_hash(data), world.now, world.now)
        said = take_in(world, receiver, [letter], planned=False)
        world.say(f"{sender.name} to {receiver.name} at the end: {said}")
        if "merged" not in said:
            raise Violation(f"{receiver.name} does not take what {sender.name} sends at the end: {said}")
        after_a_move(world, receiver)


def _is_waiting(world: World) -> str:
    """What is not acknowledged yet, in a few words."""
    waiting = []
    for station in world.stations:
        for one in partners.partners(station.vault):
            # What a round brought is acknowledged with the next one, which brings its own acknowledgement.
            if one.waiting or one.files_waiting:
                waiting.append(f"{station.name} to {one.code} {one.waiting} changes {one.files_waiting} files")
    return ", ".join(waiting)


def judge(world: World) -> None:
    """Every claim about the end. Raises `Violation`."""
    reckoned = {station.name: in_one_vault(world, station) for station in world.stations}
    for coordinator in world.coordinators:
        world.counts["disagreements at the end"] += len(review.disagreements(coordinator.vault))
        world.counts["changes at the end"] += len(versions_in(coordinator.vault))
    everything = set().union(*(versions_in(one.vault) for one in world.stations))
    wanted = (world.book.changes.keys() - world.book.at_risk) | everything
    gone: set[str] = set()
    for coordinator in world.coordinators:
        missing = wanted - versions_in(coordinator.vault)
        if missing:
            raise Violation(f"{coordinator.name} lacks {len(missing)} changes, first {_told(world, missing)}")
        gone |= erased(coordinator.registry, versions_in(coordinator.vault), world.book.changes)
    states = {checking.check(one.vault).state for one in world.coordinators}
    if len(states) > 1:
        raise Violation("two coordinators hold the same and show another state")
    for desk in world.desks:
        _holds_its_own(world, desk, wanted, gone, reckoned[world.coordinators[0].name])
        _agrees(desk, reckoned[desk.name], reckoned[world.coordinators[0].name])
    for station in world.stations:
        _nothing_erased_is_left(world, station, gone)
        _notes_are_shut(station)
    for coordinator in world.coordinators:
        _numbers_are_unique(coordinator.vault)
        _files_are_here(world, coordinator)


def _holds_its_own(
    world: World,
    desk: Station,
    wanted: set[Version],
    gone: set[str],
    at_coordinator: Mapping[tuple[int, str], Reckoned],
) -> None:
    """A desk holds what its device wrote, what goes to all, and what is about its own people; nothing else."""
    meant = set()
    for version in wanted:
        change = world.book.changes[version]
        kind = desk.registry.numbered(change.kind)
        state = at_coordinator.get((change.kind, change.record))
        own = change.device == desk.vault.device
        if own or (kind is not None and kind.travels) or (state is not None and state.row["desk"] == desk.code):
            meant.add(version)
    held = versions_in(desk.vault)
    missing = {version for version in meant - held if world.book.changes[version].record not in gone}
    if missing:
        raise Violation(f"{desk.name} lacks {len(missing)} changes, first {_told(world, missing)}")
    strange = {
        one for one in held - meant if world.book.changes[one].record not in gone or not _was_ever(world, one, desk)
    }
    if strange:
        raise Violation(f"{desk.name} holds what is not its own: {_told(world, strange)}")


def _was_ever(world: World, version: Version, desk: Station) -> bool:
    """Whether a change is about a record that was this desk's, by whatever was ever written of it."""
    record = world.book.changes[version].record
    for change in world.book.changes.values():
        if change.record == record:
            said = (value for number, _, value, _ in bases_of(change) if number == DESK)
            if desk.code in said:
                return True
    return False


def _agrees(desk: Station, here: Mapping[tuple[int, str], Reckoned], there: Mapping[tuple[int, str], Reckoned]) -> None:
    for key, state in here.items():
        other = there.get(key)
        if other is None or other.row != state.row or other.disagreements != state.disagreements:
            raise Violation(f"{desk.name} and the coordinator differ about {key}")


def _nothing_erased_is_left(world: World, station: Station, gone: set[str]) -> None:
    for version, change in log_of(station.vault).items():
        if change.record in gone and (change.body or change.salt):
            raise Violation(f"{station.name} still holds what {version} said of {change.record}, which is erased")


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


def _numbers_are_unique(vault: Vault) -> None:
    numbers = Counter(row[0] for row in vault.db.execute("SELECT number FROM client WHERE number IS NOT NULL"))
    doubled = [number for number, count in numbers.items() if count > 1]
    if doubled:
        raise Violation(f"human numbers were given twice: {doubled[:5]}")


def _files_are_here(world: World, coordinator: Station) -> None:
    for one in records.find_all(coordinator.vault, "attachment"):
        here = any(_has_file(station, one.id) for station in world.of_code(one.text("desk")))
        if here and not _has_file(coordinator, one.id):
            raise Violation(f"the file of the attachment {one.id} never came to {coordinator.name}")


def _has_file(station: Station, record: str) -> bool:
    try:
        return attachments.place(station.vault, record).where is attachments.Where.HERE
    except Trouble:
        return False


def _told(world: World, versions: set[Version]) -> str:
    change = world.book.changes[min(versions)]
    return f"{change.version} kind {change.kind} record {change.record} {change.body[:200]!r}"
