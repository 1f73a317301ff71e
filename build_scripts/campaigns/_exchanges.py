"""Sending and taking in, backups and what is made of them: the moves by which vaults meet."""

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from _book import Violation, versions_in
from _business import rows_of
from _claims import after_a_move
from _moves import Move
from _post import DAY, Harm, Letter
from _reckoning import ERASURE, EXCHANGE_KEY, ROSTER
from _world import HEAD, NEWER, PASSPHRASE, Kept, Station, World

from desk_app.domain.change import Version, split_chain
from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import LargeChange
from desk_app.domain.ids import RecordId
from desk_app.domain.records.erasure import erasure_of
from desk_app.storage import alias, exchange_keys, letting_go, log_table, partner_table
from desk_app.storage import exchange as storage
from desk_app.sync import bundle
from desk_app.usecases import attachment_exchange, backups, exchange, merging, restoring, roster
from desk_app.usecases.merge_plan import FilePlan, Outcome

REFUSED = (Outcome.DAMAGED, Outcome.FOREIGN, Outcome.NEWER_FORMAT)
SETTLED = (Outcome.MERGED, Outcome.KNOWN)
BUDGETS = (8 * 1024 * 1024, 8 * 1024 * 1024, 64 * 1024, 0)


def send(world: World, station: Station) -> str | None:
    """A bundle for one of those it knows, into the post."""
    known = [one.code for one in partner_table.partners(station.vault.db) if one.revoked is None]
    if not known:
        return None
    to = world.chance.choice(known)
    full = world.chance.random() < 0.08
    budget = BUDGETS[-1] if station.registry is not NEWER else world.chance.choice(BUDGETS)
    world.book.seals(station.name, to, station.last_stamp, world.now)
    exchange.export(station.vault, to, world.stick(station), full, budget)
    return f"to {to} {'all ' if full else ''}{post(world, station)}"


def post(world: World, station: Station) -> str:
    """Everything on a computer's stick goes into the post, also what a kill left there."""
    said = []
    for path in sorted(world.stick(station).glob("*.roh")):
        data = path.read_bytes()
        path.unlink()
        sealed = world.book.bundles.get(bundle.bundle_hash(data))
        if sealed is not None:
            letter = Letter(sealed.to, station.name, path.name, data, sealed.hash, world.now, world.now)
            others = [one.code for one in world.stations if one.code not in (sealed.to, station.code)]
            said.append(f"{sealed.hash[:6]} {world.post.send(letter, others)}")
    return "; ".join(said)


def fetch(world: World, station: Station) -> str | None:
    """Some of what lies in the folder is taken in, in whatever order, planned first or at once."""
    there = world.post.arrived(station.code, world.now)
    if not there:
        return None
    letters = world.chance.sample(there, min(len(there), world.chance.choice((1, 2, 3, 8))))
    return take_in(world, station, letters, planned=world.chance.random() < 0.6)


def hand_over(world: World, sender: Station, receiver: Station) -> str:
    """A bundle from hand to hand: nothing is lost on the way. Returns what was said of it."""
    world.book.seals(sender.name, receiver.code, sender.last_stamp, world.now)
    path = world.stick(sender)
    file = exchange.export(sender.vault, receiver.code, path, files_budget=attachment_exchange.BUDGET).file
    after_a_move(world, sender)
    data = file.read_bytes()
    file.unlink()
    letter = Letter(receiver.code, sender.name, file.name, data, bundle.bundle_hash(data), world.now, world.now)
    said = take_in(world, receiver, [letter], planned=False)
    after_a_move(world, receiver)
    return said


def visit(world: World, station: Station) -> str | None:
    """Somebody brings a stick and takes the answer back at once: a day later nobody knows that it was so."""
    known = {one.device for one in partner_table.partners(station.vault.db) if one.revoked is None}
    others = [one for one in world.stations if one.vault.device in known]
    if not others:
        return None
    other = world.chance.choice(others)
    there = hand_over(world, station, other)
    return f"{other.name}: {there}; and back: {hand_over(world, other, station)}"


def take_in(world: World, station: Station, letters: list[Letter], *, planned: bool) -> str:
    """Takes letters in and judges what the program says of each."""
    inbox = world.folder / f"{station.name} inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir()
    by_path = {inbox / f"{number} {letter.name}": letter for number, letter in enumerate(letters)}
    for path, letter in by_path.items():
        path.write_bytes(letter.data)
    again = world.chance.random()
    told = [world.book.bundles[letter.hash] for letter in letters if letter.hash in world.book.bundles]
    changes = {one.version: one.record for sealed in told for one in sealed.changes}
    # Of somebody whom a desk let go it knows only that something was said, and an offer may hold again.
    let_go = letting_go.records(station.vault.db)
    is_known = changes.keys() <= versions_in(station.vault) and let_go.keys().isdisjoint(changes.values())
    is_known = is_known and not any(sealed.gives_back for sealed in told)
    before = _state(station) if is_known and again < 0.5 else None
    anew = _erased_anew(station, set(changes.values())) if before is not None else set()
    # With them comes what the program kept aside until its sender was known.
    came = _merged(station, list(by_path), planned)
    done = [one for one in came if one.file in by_path]
    for one in done:
        _judge(world, station, by_path[one.file], one)
    if before is not None and len(done) == len(came) and _state(station, anew) != before:
        raise Violation(f"nothing was new at {station.name}, and yet another state is shown")
    # What waited for its sender or for a gap may go in the second time.
    if again < 0.1 and all(one.outcome in (*SETTLED, *REFUSED) for one in done):
        _take_in_again(station, list(by_path))
    world.post.take([by_path[one.file] for one in done if _is_over(world, by_path[one.file], one)])
    for one in done:
        world.counts[f"taken in: {one.outcome}"] += 1
    return ", ".join(f"{by_path[one.file].hash[:6]} {_words(one)}" for one in done)


def _merged(station: Station, paths: list[Path], planned: bool) -> tuple[FilePlan, ...]:
    done = () if planned else merging.merge_files(station.vault, paths)
    if not planned and not any(isinstance(one.trouble, LargeChange) for one in done):
        return done
    # What asks first may have waited from before: the files beside it went in already.
    went_in = {one.file: one for one in done if one.outcome is Outcome.MERGED}
    plan = merging.plan_files(station.vault, paths)
    confirmed = merging.apply_plan(station.vault, plan, confirmed=True)
    return tuple(went_in.get(one.file, one) for one in confirmed)


def _take_in_again(station: Station, paths: list[Path]) -> None:
    """The same files once more: nothing of them goes in. What they told of a sender may let in what waited for it."""
    state = _state(station)
    merged = [one.file for one in _merged(station, paths, planned=True) if one.outcome is Outcome.MERGED]
    if not set(merged).isdisjoint(paths) or (not merged and _state(station) != state):
        raise Violation(f"taking the same in twice changed {station.name}")


def _judge(world: World, station: Station, letter: Letter, done: FilePlan) -> None:
    whole = letter.harm is Harm.NONE
    if not whole and done.outcome not in REFUSED:
        raise Violation(f"{station.name} took {letter.name} for {done.outcome}")
    if whole and done.outcome in (Outcome.DAMAGED, Outcome.NEWER_FORMAT):
        raise Violation(f"{station.name} refused {letter.name}, which is whole: {done.trouble!r}")
    # A copy makes keys of its own for the months to come; a clock that is believed to be ahead destroys them.
    sealed = world.book.bundles[letter.hash]
    is_kept = station.clock.furthest // DAY < sealed.opens_before
    is_had = not sealed.readers <= station.lost_keys
    fresh = is_kept and is_had and not station.ran_ahead and len(world.of_code(station.code)) == 1
    if whole and done.outcome is Outcome.FOREIGN and fresh:
        days = (world.now - letter.made) // DAY
        raise Violation(f"{station.name} cannot open {letter.hash[:6]} of {letter.sender}, {days} days old")


def _is_over(world: World, letter: Letter, done: FilePlan) -> bool:
    """Whether somebody takes the file away; what waits for something stays, and some folders are never tidied."""
    if letter.harm is Harm.NONE and done.outcome not in (*SETTLED, Outcome.FOREIGN):
        return False
    return world.chance.random() < 0.85


def _words(done: FilePlan) -> str:
    counts = f"+{done.new} ~{done.updated} !{done.disagreements} -{done.erased}"
    trouble = f" {type(done.trouble).__name__}" if done.trouble else ""
    return f"{done.outcome}{trouble} {counts if done.outcome is Outcome.MERGED else ''}".strip()


def _state(station: Station, aside: Collection[tuple[int, str]] = ()) -> object:
    """Everything that is shown, the rows `aside` left out; at the end of a world the program's own check is held
    against the log."""
    shown = {key: row for key, row in rows_of(station.vault).items() if key not in aside}
    return shown, alias.held(station.vault.db)


def _erased_anew(station: Station, records: Collection[RecordId]) -> set[tuple[int, str]]:
    """Rows of erasures that a damaged file took: of what lies empty nothing tells whom it was about. Where it comes
    again it names somebody erased, and the program says once more that it went with her."""
    if not station.fell_back:
        return set()
    here = rows_of(station.vault)
    held = log_table.of_records(station.vault.db, list(records), whole=True)
    empty = (one for one, said in held.items() if not any(change.body for change in said))
    return {(ERASURE, str(erasure_of(one))) for one in empty} - here.keys()


def back_up(world: World, station: Station) -> str:
    """A backup onto a stick, which lies in a drawer from then on."""
    made = backups.back_up(station.vault, world.stick(station))
    station.backups.append(Kept(made.file, versions_in(station.vault), world.now, station.clock()))
    return made.file.name[-18:]


def restore(world: World, station: Station) -> str | None:
    """A backup takes the vault's place, which is still there or is not."""
    if not station.backups:
        return None
    kept = world.chance.choice(station.backups)
    before = versions_in(station.vault)
    if not can_come_back(world, station, before - kept.holds):
        return None
    dead = world.chance.random() < 0.4
    keys = set(exchange_keys.recipients(station.vault.db).values())
    station.vault.close()
    if dead:
        shutil.rmtree(station.folder)
        _guess_numbers(world, station, kept)
    restoring.restore(kept.file, station.folder, HEAD, PASSPHRASE, station.surroundings(), replace=not dead)
    for aside in world.folder.glob(f"{station.folder.name}.before-*"):
        shutil.rmtree(aside)
    world.unlock(station)
    station.lost_keys |= keys - set(exchange_keys.recipients(station.vault.db).values())
    lost = fell_back(world, station, before)
    return f"{'a dead disk' if dead else 'put back'}, {lost} changes lost here"


def fell_back(world: World, station: Station, before: set[Version]) -> int:
    """Writes down what a vault lost that is not as it was `before`. Returns how many changes."""
    lost = before - versions_in(station.vault)
    elsewhere = {version for one in world.stations if one is not station for version in versions_in(one.vault)}
    world.book.at_risk |= lost - elsewhere
    if station.is_coordinator:
        world.book.said_anew |= {version for version in lost if _is_said_anew(world, version)}
    station.fell_back = world.now
    station.settled.clear()
    # What restoring writes itself, in the new series, is yet to be written down.
    older = [chain for chain in station.own_chains() if chain != station.vault.chain]
    station.written = {chain: log_table.last_of(station.vault.db, chain)[0] for chain in older}
    station.received = {row[0] for row in station.vault.db.execute("SELECT hash FROM bundle_received")}
    return len(lost)


def _guess_numbers(world: World, station: Station, kept: Kept) -> None:
    """A number is left out for every twenty minutes since the backup, by the own clock. Where that stands, it
    comes to the same numbers twice, and so it does for people who come faster between two dead disks."""
    shown, before = station.clock(), station.from_nothing_at
    stands = shown - kept.shown < world.now - kept.now - DAY or (before is not None and shown - before < DAY // 12)
    station.may_double |= stands
    station.from_nothing_at = max(shown, before or shown)


def can_come_back(world: World, station: Station, lost: set[Version]) -> bool:
    """A change comes back from who wrote it and from coordinators: a desk may not speak for others. So what one desk
    alone still has of what others wrote stays there, and shows there alone. A roster and keys are said anew."""
    returned = {
        version
        for one in world.stations
        for version in (versions_in(one.vault) if one is not station else ())
        if one.is_coordinator or split_chain(version.chain)[0] == one.vault.device
    }
    leaders = {one.name for one in world.coordinators}
    told = {one.version for sealed in world.book.bundles.values() if sealed.sender in leaders for one in sealed.changes}
    return not any(version in told and not _is_said_anew(world, version) for version in lost - returned)


def _is_said_anew(world: World, version: Version) -> bool:
    return world.book.changes[version].kind in (ROSTER, EXCHANGE_KEY)


def copy_laptop(world: World, station: Station) -> str | None:
    """A desk's folder is copied to another computer."""
    if station.is_coordinator or len(world.of_code(station.code)) > 1 or any(one.ran_ahead for one in world.stations):
        return None  # Who seals on the word of a clock that ran ahead takes the newest key, which only one copy has.
    return world.clone(station).name


def shut_out(world: World, station: Station) -> str | None:
    """A coordinator shuts a desk or another coordinator out, or admits one again."""
    if not station.is_coordinator:
        return None
    own = shut_out_by(station)
    if own:
        member = world.chance.choice(own)
        roster.readmit(station.vault, member.device)
        return f"{member.code} is admitted again"
    leads = world.chance.random() < 0.3
    partners = [one for one in partner_table.partners(station.vault.db) if one.revoked is None]
    known = [one for one in partners if is_coordinator(one.code) is leads] or partners
    if not known:
        return None
    partner = world.chance.choice(known)
    came = storage.received_from(station.vault.db, partner.code)
    last_good = world.chance.choice(came).number if came and world.chance.random() < 0.5 else None
    roster.revoke(station.vault, partner.code, last_good)
    if is_coordinator(partner.code):
        world.counts["coordinators shut out"] += 1
    return f"{partner.code} is out after {last_good}"


def shut_out_by(station: Station) -> list[roster.Member]:
    """The computers that are out by this coordinator's word."""
    return [one for one in roster.current(station.vault).members if station.code in one.revoked_by]


def meet(world: World, station: Station) -> str | None:
    """A desk that nobody knew yet is admitted."""
    if station.is_coordinator or any(partner_table.partners(station.vault.db)):
        return None
    world.introduce(station)
    after_a_move(world, world.coordinators[0])
    return "admitted"


EXCHANGES: Mapping[Move, int] = {
    send: 30,
    fetch: 34,
    visit: 8,
    back_up: 4,
    restore: 4,
    copy_laptop: 1,
    shut_out: 2,
    meet: 6,
}
