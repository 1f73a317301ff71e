"""What is known of attachments' files: which there are, what came of them so far, and what each partner has."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec
from sqlite_utils import Database

from desk_app.crypto.blobs import is_key, name_of, sealed_size
from desk_app.domain.change import ChainId, fields_in
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.records.attachment import ATTACHMENT
from desk_app.storage import audience, log_table, meta
from desk_app.storage.exchange import Sent
from desk_app.storage.sqlcipher import Row

MOST_BYTES = 40 * 1024 * 1024
"""No file that this program puts away is larger; a record that claims more has none."""
_HASH = re.compile("[0-9a-f]{64}")
_FACTS = {one.name: str(one.number) for one in ATTACHMENT.own_fields}
_SAID = 0
"""Under this number of a bundle stands what the partner itself last said it has."""
_UNNAMED = "files_of_lost"
"""Under this name in `meta` stand the files, with their sizes, whose records were lost here."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The file of one attachment. `size` is of its content, `sealed` of its file, both in bytes; `hash` of the file."""

    record: RecordId
    desk: DeskCode
    name: str
    size: int
    sealed: int
    hash: str
    key: str
    hidden: bool


def attached(db: Database, desk: str | None = None, *, shared_with: str | None = None) -> dict[str, Attached]:
    """The files that records name, by name, in the order they were added; those that one desk added, those about the
    people whose history is a desk's, or all.

    A record without a key, or with facts that no file can have, names none. Of two that name the same file the first
    counts.
    """
    conditions = ["1"]
    if desk is not None:
        conditions.append("desk = :desk")
    if shared_with is not None:
        conditions.append(f"client IN ({audience.clients_sql(':shared_with')})")
    rows = db.execute(
        f"SELECT id, desk, size, hash, key, deleted FROM attachment WHERE {' AND '.join(conditions)} ORDER BY id",
        {"desk": desk, "shared_with": shared_with},
    )
    found: dict[str, Attached] = {}
    for record, its_desk, size, check_sum, key, deleted in rows:
        one = file_of(RecordId(record), its_desk or "", size, check_sum or "", key or "", hidden=bool(deleted))
        if one is not None:
            found.setdefault(one.name, one)
    return found


def in_log(db: Database) -> dict[str, Attached]:
    """Every file that must stay, by name: those that records name, and those of records that no table shows because
    whoever wrote them was shut out or is not believed. Admitted again, he may not have the file any more.
    """
    found = attached(db)
    for record, body in _not_counting(db):
        said = fields_in(body)
        size, check_sum, key = (_first(said.get(_FACTS[name])) for name in ("size", "hash", "key"))
        if isinstance(check_sum, str) and isinstance(key, str):
            one = file_of(RecordId(record), "", size, check_sum, key)
            if one is not None:
                found.setdefault(one.name, one)
    return found


def to_keep(db: Database) -> dict[str, int]:
    """The same with the sizes of the sealed files, and with those whose records a damaged disk took: these records may
    come back from partners who never had the files.
    """
    return {**_unnamed(db), **{name: one.sealed for name, one in in_log(db).items()}}


def note_unnamed(db: Database) -> None:
    """What counts as whole here and is named by no record any more, as a part of the log was lost, stays."""
    known = in_log(db).keys()
    whole = db.execute("SELECT name, size FROM blob WHERE held = size").fetchall()
    left = {name: size for name, size in whole if name not in known}
    meta.put(db, _UNNAMED, msgspec.json.encode({**_unnamed(db), **left}).decode())


def _unnamed(db: Database) -> dict[str, int]:
    return msgspec.json.decode(meta.get(db, _UNNAMED) or "{}", type=dict[str, int])


def _not_counting(db: Database) -> Iterator[Row]:
    """The records and bodies of the changes of attachments that count for nothing at present."""
    question = f"SELECT record, body FROM change WHERE kind = {ATTACHMENT.number} AND version"
    yield from db.execute(f"{question} IN (SELECT version FROM disbelieved)").fetchall()
    for first, last in log_table.set_aside(db):
        yield from db.execute(f"{question} > ? AND version < ?", [first, last]).fetchall()


def _first(said: object) -> object:
    return said[0] if isinstance(said, list) and said else None


def file_of(
    record: RecordId, desk: str, size: object, check_sum: str, key: str, *, hidden: bool = False
) -> Attached | None:
    """The file that a record's facts name, or None where they can name none."""
    if not isinstance(size, int) or not 0 < size <= MOST_BYTES or not is_key(key) or not _HASH.fullmatch(check_sum):
        return None
    return Attached(record, DeskCode(desk), name_of(key), size, sealed_size(size), check_sum, key, hidden)


# What is here


def note_held(db: Database, name: str, size: int, held: int) -> None:
    """Keeps how many of the file's sealed bytes are here."""
    db.execute("INSERT OR REPLACE INTO blob VALUES(?, ?, ?)", [name, size, held])


def incomplete(db: Database) -> frozenset[str]:
    """The files of which not every byte is here, or that were found damaged."""
    return frozenset(row[0] for row in db.execute("SELECT name FROM blob WHERE held < size"))


def whole(db: Database) -> frozenset[str]:
    """The files that were put away whole."""
    return frozenset(row[0] for row in db.execute("SELECT name FROM blob WHERE held = size"))


def piece(db: Database, name: str, start: int) -> bytes | None:
    """The piece that begins there, if it came."""
    row = db.execute("SELECT data FROM blob_piece WHERE name = ? AND start = ?", [name, start]).fetchone()
    return bytes(row[0]) if row else None


def put_piece(db: Database, name: str, start: int, data: bytes) -> None:
    """Keeps a piece until the file is whole."""
    db.execute("INSERT INTO blob_piece VALUES(?, ?, ?)", [name, start, data])


def pieces(db: Database, name: str) -> list[tuple[int, int]]:
    """Where the pieces that came begin, and how long they are, in order."""
    rows = db.execute("SELECT start, length(data) FROM blob_piece WHERE name = ? ORDER BY start", [name])
    return [(int(start), int(length)) for start, length in rows]


def from_the_start(db: Database, name: str) -> int:
    """How many bytes came without a gap from the first on."""
    reached = 0
    for start, length in pieces(db, name):
        if start != reached:
            break
        reached += length
    return reached


def joined(db: Database, name: str) -> bytes:
    """All pieces that came, one after the other."""
    rows = db.execute("SELECT data FROM blob_piece WHERE name = ? ORDER BY start", [name])
    return b"".join(bytes(row[0]) for row in rows)


def drop_pieces(db: Database, name: str) -> None:
    """Lets the pieces go: the file is whole, or they were none of it."""
    db.execute("DELETE FROM blob_piece WHERE name = ?", [name])


def forget(db: Database, names: Iterable[str]) -> None:
    """Nothing is known of these files any more."""
    for name in names:
        for table in ("blob", "blob_piece", "blob_sent"):
            db.execute(f"DELETE FROM {table} WHERE name = ?", [name])


# What a partner has


def said(db: Database, partner: DeskCode) -> dict[str, int]:
    """How many bytes from the start the partner has of a file, where it was heard of."""
    return dict(db.execute("SELECT name, upto FROM blob_sent WHERE partner = ? AND number = ?", [partner, _SAID]))


def note_said(db: Database, partner: DeskCode, upto: Mapping[str, int | None]) -> None:
    """Keeps how far the partner has each of these files; None is no word about it."""
    for name, reached in upto.items():
        key = [partner, name, _SAID]
        if reached is None:
            db.execute("DELETE FROM blob_sent WHERE partner = ? AND name = ? AND number = ?", key)
        else:
            db.execute("INSERT OR REPLACE INTO blob_sent VALUES(?, ?, ?, ?)", [*key, reached])


def under_way(db: Database, partner: DeskCode, number: int | None = None) -> dict[str, int]:
    """How far bundles carried each file whose fate is not known yet; with `number`, bundles up to that one."""
    rows = db.execute(
        "SELECT name, max(upto) FROM blob_sent WHERE partner = ? AND number > ? AND number <= ? GROUP BY name",
        [partner, _SAID, 2**53 if number is None else number],
    )
    return dict(rows)


def covered(db: Database, sent: Sent, kind: int) -> frozenset[str]:
    """The records of a kind that were made before that bundle: whoever confirmed it knows them."""
    rows = db.execute(
        f"""SELECT record, name, min(version & {log_table.SEQ_MASK}) FROM change
        JOIN chain ON chain.id = version >> {log_table.SEQ_BITS} WHERE kind = ? GROUP BY record, name""",
        [kind],
    )
    return frozenset(record for record, chain, seq in rows if seq <= sent.held.get(ChainId(chain), 0))


def note_sent(db: Database, partner: DeskCode, number: int, upto: Mapping[str, int]) -> None:
    """Keeps how far that bundle carried these files."""
    for name, reached in upto.items():
        db.execute("INSERT OR REPLACE INTO blob_sent VALUES(?, ?, ?, ?)", [partner, name, number, reached])


def settle(db: Database, partner: DeskCode, number: int) -> None:
    """The fate of the bundles up to that one is known."""
    db.execute("DELETE FROM blob_sent WHERE partner = ? AND number > ? AND number <= ?", [partner, _SAID, number])


def send_again(db: Database, partner: DeskCode, name: str) -> None:
    """Nothing of the file is under way any more."""
    db.execute("DELETE FROM blob_sent WHERE partner = ? AND name = ? AND number > ?", [partner, name, _SAID])
