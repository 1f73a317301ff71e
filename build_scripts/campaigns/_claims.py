"""What must hold: after every move at the computer where it happened, and at the end everywhere."""

from collections.abc import Iterator, Mapping
from typing import Any

from _book import Sealed, Violation, log_of, versions_in
from _business import ALL, COURSE, REFERRAL, TRANSFER, USER, Business, rows_of
from _reckoning import CLIENT, ERASURE, Reckoned, bases_of, erased, pages, reckon
from _world import Station, World

from desk_app.domain.change import Change, Version, hash_body
from desk_app.domain.desks import is_coordinator
from desk_app.storage import alias, letting_go, log_table, partner_table
from desk_app.storage import exchange as storage
from desk_app.usecases import checking, review


def after_a_move(world: World, station: Station, *, took_back: bool = False) -> None:
    """What the move wrote and took in: no number twice, nothing hidden that its author saw, nothing half received."""
    fresh = list(_written(world, station))
    # What somebody wrote who was shut out is shown nowhere, so it is no part of what an author was shown.
    is_whole = station.vault.db.execute("SELECT 1 FROM chain WHERE good IS NOT NULL").fetchone() is None
    if not took_back and is_whole:
        for change in fresh:
            _names_what_was_shown(world, station, change)
    for name in [name for name, one in world.book.bundles.items() if one.sender == station.name and not one.judged]:
        sealed = world.book.bundles[name]
        sealed.judged = True
        _confirms_what_it_holds(world, station, sealed)
        if station.is_coordinator and not is_coordinator(sealed.to):
            _sent_only_what_is_theirs(world, station, sealed)
    _received_is_here(world, station)
    _acknowledged_is_there(world, station)


def _written(world: World, station: Station) -> Iterator[Change]:
    for chain in station.own_chains():
        for change in log_table.of_chain(station.vault.db, chain, station.written.get(chain, 0)):
            known = world.book.changes.get(change.version)
            if change.body or known is None:
                world.book.write_down(change)
            if known is None:
                yield change
        reached = log_table.last_of(station.vault.db, chain)[0]
        station.written[chain] = max(reached, station.written.get(chain, 0))


def _names_what_was_shown(world: World, station: Station, change: Change) -> None:
    """Whoever writes over a value replaces the version that he was shown, so that nothing he saw ever hides his own."""
    kind = station.registry.numbered(change.kind)
    if kind is None or not change.body or change.kind == ERASURE:
        return  # An erasure that follows from another one is written in the middle of taking in, before the next file.
    held = log_table.of_records(station.vault.db, [change.record]).get(change.record, [])
    before = reckon(kind, (one for one in held if one.chain != change.chain or one.seq < change.seq))
    for number, element, _, bases in bases_of(change):
        shown = before.displayed(number, element) if before else []
        if not set(shown) <= bases:
            raise Violation(f"{change} hides what it was shown of field {number}: {shown}")


def _confirms_what_it_holds(world: World, station: Station, sealed: Sealed) -> None:
    """Whoever confirms a bundle holds all of it and of those that it goes on from, also after it was put back."""
    missing = set(world.book.counted_on(sealed.confirms)) - versions_in(station.vault) if sealed.confirms else set()
    if missing:
        raise Violation(f"{station.name} confirms to {sealed.to} what it does not hold: {sorted(missing)[:3]}")


def _sent_only_what_is_theirs(world: World, station: Station, sealed: Sealed) -> None:
    """No bundle to a desk holds a change about a person who is not the desk's at that moment."""
    business = Business(station.registry, rows_of(station.vault))
    partner = partner_table.partner(station.vault.db, sealed.to)
    for one in sealed.changes:
        if partner is not None and one.device == partner.device:
            continue  # What a desk wrote and lost comes back to it.
        theirs = not business.desks_of(one.kind, one.record).isdisjoint((sealed.to, ALL))
        known = one.kind in (REFERRAL, TRANSFER) and world.ever.may_have(
            station.registry, one.kind, one.record, sealed.to
        )
        if not theirs and not known and one.kind not in (ERASURE, USER, COURSE):
            raise Violation(f"{station.name} sent {sealed.to} what is not its business: {one}")


def _received_is_here(world: World, station: Station) -> None:
    """A bundle that counts as received is in the log, whatever was killed in between."""
    noted = {row[0] for row in station.vault.db.execute("SELECT hash FROM bundle_received")}
    fresh = noted - station.received
    if fresh:
        here = versions_in(station.vault)
        for name in sorted(fresh & world.book.bundles.keys()):
            missing = {one.version for one in world.book.bundles[name].changes} - here
            if missing:
                raise Violation(f"{station.name} noted {name[:6]} as received and lacks {sorted(missing)[:3]}")
    station.received |= fresh


def _acknowledged_is_there(world: World, station: Station) -> None:
    """What counts as acknowledged by a partner lies in the partner's vault."""
    for partner in partner_table.partners(station.vault.db):
        sent = storage.last_acknowledged(station.vault.db, partner.code)
        sealed = world.book.bundles.get(sent.hash) if sent else None
        theirs = [one for one in world.of_code(partner.code) if one.vault.device == partner.device]
        if sealed is None or sent is None or not theirs or any(one.fell_back for one in theirs):
            continue
        if station.confirmed.get(partner.code) == sent.hash:
            continue
        station.confirmed[partner.code] = sent.hash
        wanted = {one.version for one in sealed.changes}
        if not any(wanted <= versions_in(one.vault) for one in theirs):
            raise Violation(f"{partner.code} acknowledged to {station.name} what it does not hold")


def in_one_vault(world: World, station: Station) -> dict[tuple[int, str], Reckoned]:
    """A vault against what its own log means by the reference. Returns what is reckoned, by kind and record."""
    vault, log = station.vault, log_of(station.vault)
    found = checking.check(vault, deep=True)
    if found.problems:
        raise Violation(f"the check of {station.name} found {found.problems[:3]}")
    gone = erased(station.registry, log, world.book.changes)
    # A desk that offered people are shown to may refer them before they are its own; that is nobody's word.
    unheard = log_table.disbelieved(vault.db)
    by_record: dict[tuple[int, str], list[Change]] = {}
    for version, change in log.items():
        _as_written(world, station, version, change, gone)
        if version not in unheard:
            by_record.setdefault((change.kind, change.record), []).append(change)
    reckoned = {}
    for (number, record), changes in by_record.items():
        kind = station.registry.numbered(number)
        state = reckon(kind, changes) if kind else None
        if state is not None:
            reckoned[number, record] = state
    _shows(station, reckoned)
    return reckoned


def _as_written(world: World, station: Station, version: Version, change: Change, gone: set[str]) -> None:
    known = world.book.changes.get(version)
    if known is None:
        raise Violation(f"{station.name} holds {version}, which nobody wrote")
    if change.record in gone:
        if change.body or change.salt:
            raise Violation(f"{station.name} holds what {version} said of {change.record}, which is erased")
    elif (change.body, change.salt) != (known.body, known.salt) and not _let_go(station, change):
        raise Violation(f"{station.name} holds something else than {version} said, and nobody erased it")
    if change.body and change.body_hash != hash_body(change.salt, change.body):
        raise Violation(f"{version} does not fit its hash")


def _let_go(station: Station, change: Change) -> bool:
    """Whether a desk keeps of what others wrote that it was said, for it does not serve the person."""
    is_stub = not (change.body or change.salt or station.is_coordinator or change.device == station.vault.device)
    return is_stub and change.record in letting_go.records(station.vault.db)


def _shows(station: Station, reckoned: Mapping[tuple[int, str], Reckoned]) -> None:
    """The tables, the list of disagreements, of refused values and of who is one person, as reckoned."""
    db = station.vault.db
    for kind in station.registry:
        names = ["id", *(one.name for one in kind.fields), "made", "made_by", "changed", "changed_by"]
        columns = ", ".join(f'"{name}"' for name in names)
        rows = db.execute(f'SELECT {columns} FROM "{kind.name}"').fetchall()
        shown = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
        wanted = {record: one.row for (number, record), one in reckoned.items() if number == kind.number}
        _same(f"{kind.name} at {station.name}", wanted, shown)
    disputes = {(record, number, one) for (number, record), state in reckoned.items() for one in state.disagreements}
    listed = set(db.execute("SELECT record, kind, field FROM disagreement").fetchall())
    if disputes != listed:
        raise Violation(f"the list of disagreements at {station.name} differs: {sorted(disputes ^ listed)[:4]}")
    queue = {(one.record, one.kind.number, one.field.number) for one in review.disagreements(station.vault)}
    if queue != disputes:
        raise Violation(f"the review at {station.name} hides {sorted(queue ^ disputes)[:4]}")
    sql = "SELECT name, version & ?, field FROM refused JOIN chain ON chain.id = version >> ?"
    refused = set(db.execute(sql, [log_table.SEQ_MASK, log_table.SEQ_BITS]).fetchall())
    if refused != {one for state in reckoned.values() for one in state.refused}:
        raise Violation(f"the list of refused values at {station.name} differs")
    clients = {record: one.row for (number, record), one in reckoned.items() if number == CLIENT}
    judged = [one.row for (number, _), one in reckoned.items() if number == 17]
    here = {str(client): page for client, page in alias.held(db).items()}
    _same(f"who is one person at {station.name}", pages(clients, judged), here)


def _same(what: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    if wanted != found:
        differing = sorted(key for key in {*wanted, *found} if wanted.get(key) != found.get(key))
        first = differing[0]
        raise Violation(
            f"{what}: {len(differing)} differ, first {first}: {_apart(wanted.get(first), found.get(first))}"
        )


def _apart(wanted: Any, found: Any) -> str:
    if isinstance(wanted, dict) and isinstance(found, dict):
        names = [name for name in wanted if wanted[name] != found.get(name)]
        return ", ".join(f"{name} reckoned {wanted[name]!r} shown {found.get(name)!r}" for name in names)
    return f"reckoned {wanted!r} shown {found!r}"
