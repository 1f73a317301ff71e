"""Files of attachments in bundles: what goes to a partner within a budget, what came, and who has how much of what.

Each side says in its bundles which files it lacks, and how far it has them. What it does not name counts as there only
if a bundle that it confirmed carried it. So a lost bundle's pieces go again, a restored vault asks for what it lost,
and nothing depends on the order in which sticks arrive.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desk_app.crypto.blobs import check_sum
from desk_app.domain.change import Change
from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import FileUnreadable, NoAccess
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.storage import blob_table, blobs
from desk_app.storage import exchange as storage
from desk_app.storage.blob_table import Attached
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync.bundle_files import MAX_LACKS, PIECE, Files, Piece
from desk_app.sync.framing import MAX_PIECES

BUDGET = 8 * 1024 * 1024
"""Bytes of files in one bundle unless somebody asks for another measure: a stick takes it, and a mailbox too."""
KIND = "attachment"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a bundle brought: files that became whole by it, and pieces that were of no use and were let go."""

    files: int = 0
    dropped: int = 0


def waiting_for(vault: Vault, partner: DeskCode) -> tuple[int, int]:
    """How many files, and bytes of them, the partner has not confirmed yet; what is under way counts as waiting."""
    with as_trouble(vault.folder / DATABASE):
        due, incomplete = _due(vault, partner, ()), blob_table.incomplete(vault.db)
    here = [(one, has) for one, has in due if is_here(vault, one, incomplete)]
    return len(here), sum(one.sealed - has for one, has in here)


def is_here(vault: Vault, one: Attached, incomplete: Collection[str]) -> bool:
    """Whether the file lies in this vault whole, as far as is known; `incomplete` are those that do not."""
    return one.name not in incomplete and blobs.present(vault.folder, one.name, one.sealed)


def to_send(
    vault: Vault, partner: DeskCode, number: int, changes: Sequence[Change], budget: int, full: bool = False
) -> Files | None:
    """The files' part of the bundle with that number, noted as under way; None where there is nothing to say.

    With a budget of 0 nothing is said: then a version that knows no files reads the bundle. `full` does not count on
    what earlier bundles carry.
    """
    business = _business(vault, partner)
    if not business or budget <= 0:
        return None
    made_elsewhere = () if full else {change.record for change in changes if change.device != vault.device}
    under_way = {} if full else blob_table.under_way(vault.db, partner)
    pieces: list[Piece] = []
    upto: dict[str, int] = {}
    for one, has in _due(vault, partner, made_elsewhere):
        room = min(budget // PIECE, MAX_PIECES) - len(pieces)
        start = max(has, under_way.get(one.name, 0)) // PIECE * PIECE
        if room <= 0:
            break
        if under_way.get(one.name, 0) >= one.sealed:
            continue
        cut = _cut(vault, one, start, room)
        if cut:
            pieces += cut
            upto[one.name] = cut[-1].start + len(cut[-1].data)
    blob_table.note_sent(vault.db, partner, number, upto)
    return Files(_lacks(vault, business), tuple(pieces))


def take(vault: Vault, sender: DeskCode, files: Files | None, newest: bool) -> Arrival:
    """Takes what a bundle says and brings of files, in the transaction that takes in its changes and its receipt.

    `newest` says that no later bundle of this sender came before: an old word may ask, but confirms nothing.
    Raises `DiskFull`, `NoAccess`.
    """
    if not vault.is_coordinator:
        _take_back(vault, sender)
    if files is None:
        return Arrival()
    _hear(vault, sender, files.lacks, newest)
    desk_sent = vault.is_coordinator and not is_coordinator(sender)
    known = blob_table.attached(vault.db, sender if desk_sent else None)
    incomplete = blob_table.incomplete(vault.db)
    touched: dict[str, Attached] = {}
    dropped = 0
    for piece in files.pieces:
        one = known.get(piece.name)
        if one is None or piece.size != one.sealed or not piece.fits:
            dropped += 1
        elif is_here(vault, one, incomplete):
            continue
        elif not _keep(vault, piece):
            dropped += 1
        else:
            touched[one.name] = one
    return Arrival(sum(_assemble(vault, one) for one in touched.values()), dropped)


# What goes


def _business(vault: Vault, partner: DeskCode) -> dict[str, Attached]:
    """The files that this vault and the partner share: a coordinator and a desk those of the desk's people, and those
    that the desk added; coordinators all."""
    if not vault.is_coordinator or is_coordinator(partner):
        found = blob_table.attached(vault.db)
    else:
        added = blob_table.attached(vault.db, partner)
        found = {**added, **blob_table.attached(vault.db, shared_with=partner)}
    return {name: one for name, one in found.items() if not one.hidden}


def _due(vault: Vault, partner: DeskCode, sent_back: Collection[RecordId]) -> list[tuple[Attached, int]]:
    """The files that the partner should have and does not, with how far it has them, the oldest first.

    A desk sends the coordinator its own. The coordinator gives what it is asked for, and at once the files whose
    records go to a desk that did not write them, or lost them.
    """
    said = blob_table.said(vault.db, partner)
    business = _business(vault, partner)
    if not vault.is_coordinator:
        wanted = [one for one in business.values() if one.desk == vault.desk] if is_coordinator(partner) else []
    else:
        # Files of people whom the desk gave away are shared only in so far as the coordinator may still lack them.
        theirs = None if is_coordinator(partner) else blob_table.attached(vault.db, shared_with=partner)
        asked = [one for one in business.values() if one.name in said or one.record in sent_back]
        wanted = [one for one in asked if theirs is None or one.name in theirs]
    return [(one, has) for one in wanted if (has := said.get(one.name, 0)) < one.sealed]


def _cut(vault: Vault, one: Attached, start: int, most: int) -> list[Piece]:
    """The next pieces of a file; none of one that is not here or is damaged, which no partner could use."""
    try:
        sealed = blobs.get(vault.folder, one.name, one.sealed)
    except (FileUnreadable, NoAccess):
        return []
    if sealed is None or check_sum(sealed) != one.hash:
        return []
    starts = range(start, one.sealed, PIECE)[:most]
    return [Piece(one.name, one.sealed, at, sealed[at : at + PIECE]) for at in starts]


def _lacks(vault: Vault, business: dict[str, Attached]) -> dict[str, int]:
    incomplete = blob_table.incomplete(vault.db)
    lacking = [one for one in business.values() if not is_here(vault, one, incomplete)]
    return {one.name: blob_table.from_the_start(vault.db, one.name) for one in lacking[:MAX_LACKS]}


# What comes


def _take_back(vault: Vault, partner: DeskCode) -> None:
    """Whoever went back to a time before it knew a record has not its file either, whatever it said since."""
    said = blob_table.said(vault.db, partner)
    if not said:
        return
    confirmed = storage.last_acknowledged(vault.db, partner)
    known = blob_table.covered(vault.db, confirmed, vault.registry[KIND].number) if confirmed else frozenset()
    attached = blob_table.attached(vault.db)
    lost = [name for name in said if name in attached and attached[name].record not in known]
    blob_table.note_said(vault.db, partner, dict.fromkeys(lost))


def _hear(vault: Vault, partner: DeskCode, lacks: Mapping[str, int], newest: bool) -> None:
    """Puts down how far the partner has each file, by its own word and the bundles it confirmed."""
    confirmed = storage.last_acknowledged(vault.db, partner)
    number = confirmed.number if confirmed else 0
    carried = blob_table.under_way(vault.db, partner, number)
    heard: dict[str, int | None] = {}
    for name, one in _business(vault, partner).items():
        if name in lacks:
            heard[name] = min(lacks[name], one.sealed)
            if carried.get(name, 0) > lacks[name]:
                # A bundle before was lost; what later ones carry does not reach back to the gap.
                blob_table.send_again(vault.db, partner, name)
    if newest:
        heard |= _complete(vault, partner, carried, lacks)
    blob_table.note_said(vault.db, partner, heard)
    if newest:
        blob_table.settle(vault.db, partner, number)


def _complete(
    vault: Vault, partner: DeskCode, carried: Mapping[str, int], lacks: Mapping[str, int]
) -> dict[str, int | None]:
    """Of the files that the partner does not miss: a desk asks no more, a coordinator has what was carried to it."""
    rest = [name for name in _business(vault, partner) if name not in lacks]
    if vault.is_coordinator:
        return dict.fromkeys(rest)
    said = blob_table.said(vault.db, partner)
    return {name: max(said.get(name, 0), carried.get(name, 0)) for name in rest}


def _keep(vault: Vault, piece: Piece) -> bool:
    """Keeps a piece until its file is whole; False for one that is another than the one that came before."""
    before = blob_table.piece(vault.db, piece.name, piece.start)
    if before is not None:
        return before == piece.data
    blob_table.put_piece(vault.db, piece.name, piece.start, piece.data)
    return True


def _assemble(vault: Vault, one: Attached) -> bool:
    """Puts the file away once all of it came; what is not as its author sealed it goes, and is asked for again."""
    came = sum(length for _, length in blob_table.pieces(vault.db, one.name))
    if came == 0:
        return False
    if came < one.sealed:
        blob_table.note_held(vault.db, one.name, one.sealed, came)
        return False
    sealed = blob_table.joined(vault.db, one.name)
    whole = check_sum(sealed) == one.hash
    if whole:
        blobs.put(vault.folder, one.name, sealed)
    blob_table.drop_pieces(vault.db, one.name)
    blob_table.note_held(vault.db, one.name, one.sealed, one.sealed if whole else 0)
    return whole
