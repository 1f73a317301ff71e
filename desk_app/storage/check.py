"""Whether a vault is sound: its file, every chain of changes, and rows that are what the changes say."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlite_utils import Database

from desk_app.crypto import keyfile
from desk_app.domain.change import FIRST_HASH, ChainId, Change, hash_body, hash_change
from desk_app.domain.erasing import can_be_erased
from desk_app.domain.errors import (
    FileTooLarge,
    FileUnreadable,
    KeyFileAltered,
    KeyFileDamaged,
    KeyFileNewer,
    NoAccess,
    VaultInUse,
)
from desk_app.domain.fold import fold
from desk_app.domain.ids import RecordId
from desk_app.domain.record_state import RecordState
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Kind, Registry
from desk_app.domain.records.erasure import erasure_of
from desk_app.storage import alias, erasure, files, letting_go, log_table, projection, search
from desk_app.storage.key_files import KEY_FILES
from desk_app.storage.sqlcipher import Row

_NOTHING = ("", ())
PAGE = 1000
"""Changes or records taken into memory at once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: a code of `soundness.FINDING`, and where. What does not apply is empty."""

    code: str
    chain: str = ""
    number: int = 0
    kind: str = ""
    record: str = ""


def pages(db: Database, deep: bool) -> Iterator[Finding]:
    """Asks the database about its own file; `deep` also checks the seal of every page."""
    if deep:
        yield from seals(db)
    # The index is compared with what this connection remembers of it until a search makes it look again; another
    # program may have written meanwhile.
    db.execute("SELECT 1 FROM person_search WHERE person_search MATCH 'a*' LIMIT 1").fetchall()
    found = db.execute("PRAGMA integrity_check(1)").fetchone()
    if found is None or found[0] != "ok":
        yield Finding("pages")


def seals(db: Database) -> Iterator[Finding]:
    """Whether every page is as it was sealed. Raises `VaultInUse` while another program reads the vault."""
    # They are read from the file alone, where a page that waits in the write-ahead log may be half written.
    (busy, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        (_, _, path) = db.execute("PRAGMA database_list").fetchone()
        raise VaultInUse(str(Path(path).parent))
    if db.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        yield Finding("pages")


def chain(db: Database, name: ChainId) -> Iterator[Finding]:
    """Whether a chain's bodies fit their hashes, its links hold, and it is whole up to its mark."""
    held, last_hash = log_table.last_of(db, name)
    before: Change | None = None
    while changes := log_table.of_chain(db, name, before.seq if before else 0, PAGE):
        for change in changes:
            yield from _change(change, before, held)
            before = change
            if change.seq == held and hash_change(change) != last_hash:
                yield Finding("mark", name, held)
    reached = before.seq if before else 0
    if reached < held:
        yield Finding("mark", name, held)


def _change(change: Change, before: Change | None, held: int) -> Iterator[Finding]:
    erased = not change.body and not change.salt
    if not erased and change.body_hash != hash_body(change.salt, change.body):
        yield Finding("body", change.chain, change.seq)
    follows = change.seq == (before.seq + 1 if before else 1)
    if follows and change.prev_hash != (hash_change(before) if before else FIRST_HASH):
        yield Finding("link", change.chain, change.seq)
    if not follows and change.seq <= held:
        yield Finding("gap", change.chain, change.seq)
    if follows and before is not None and before.seq == held and change.prev_hash == hash_change(before):
        yield Finding("mark", change.chain, held)


def key_files(folder: Path, vouched: Callable[[], object]) -> Iterator[Finding]:
    """Whether the two copies of the key file say the same, and whether the vault's key vouches for them."""
    try:
        vouched()
        copies = {files.read(folder / name, keyfile.SIZE_CAP) for name in KEY_FILES}
        if len(copies) > 1:
            yield Finding("key_copy")
    except (KeyFileAltered, KeyFileDamaged, KeyFileNewer):
        yield Finding("keys")
    except (FileUnreadable, FileTooLarge, NoAccess):
        yield Finding("key_copy")


def erasures(db: Database, registry: Registry) -> Iterator[Finding]:
    """Whether nothing is left of what was erased, and nothing was emptied that was not, nor let go."""
    known, let_go = erasure.ledger(db), letting_go.records(db)
    sql = "SELECT record, kind, min(body != x''), max(body != x'') FROM change GROUP BY record, kind"
    for record, kind, whole, anything in db.execute(sql):
        erased = can_be_erased(registry, kind) and erasure_of(record) in known
        if (erased and anything) or not (erased or whole or record in let_go):
            declared = registry.numbered(kind)
            name = declared.name if declared else ""
            yield Finding("not_erased" if erased else "emptied", kind=name, record=record)


class Projection:
    """Compares the rows of all kinds with the log, and hashes what is visible, the same in every vault."""

    def __init__(self, db: Database, registry: Registry) -> None:
        self._db = db
        self._registry = registry
        self._digest = hashlib.sha256(b"roh state v1\n")

    @property
    def state(self) -> str:
        """The hash of everything visible so far: of ids, values, authors and stamps, never of this vault's own."""
        return self._digest.hexdigest()

    def kind(self, kind: Kind) -> Iterator[Finding]:
        """Folds every record of a kind anew and compares its row, its disagreements and its search entry."""
        last = ""
        while records := self._next(kind, last):
            yield from self._compare(kind, records)
            last = records[-1]

    def aliases(self) -> Iterator[Finding]:
        """Compares who stands on whose page with who was linked."""
        held, wanted = alias.held(self._db), alias.expected(self._db)
        for client in sorted({*held, *wanted}):
            if held.get(client) != wanted.get(client):
                yield Finding("alias", kind=CLIENT.name, record=client)

    def _next(self, kind: Kind, last: str) -> list[RecordId]:
        logged = log_table.records_after(self._db, kind.number, last, PAGE)
        sql = f'SELECT id FROM "{kind.name}" WHERE id > ? ORDER BY id LIMIT ?'
        shown = [RecordId(row[0]) for row in self._db.execute(sql, [last, PAGE])]
        return sorted({*logged, *shown})[:PAGE]

    def _compare(self, kind: Kind, records: Sequence[RecordId]) -> Iterator[Finding]:
        changes = log_table.of_records(self._db, records)
        rows = self._rows(kind, records)
        review = self._review(kind, records)
        indexed = search.indexed(self._db, kind, records) if search.is_searched(kind) else {}
        for record in records:
            state = fold(kind, changes.get(record, ()))
            row = rows.get(record)
            if row is not None:
                self._take(kind, row, review.get(record, ()))
            if state is None:
                if row is not None:
                    yield Finding("stray", kind=kind.name, record=record)
                continue
            if row is None or row != projection.row_of(kind, state):
                yield Finding("row", kind=kind.name, record=record)
            if review.get(record, ()) != _expected_review(kind, state):
                yield Finding("review", kind=kind.name, record=record)
            if search.is_searched(kind) and indexed.get(record, _NOTHING) != (search.expected(kind, state) or _NOTHING):
                yield Finding("search", kind=kind.name, record=record)

    def _rows(self, kind: Kind, records: Sequence[RecordId]) -> dict[str, list[str | int | None]]:
        marks = ", ".join("?" * len(records))
        columns = ", ".join(f'"{name}"' for name in projection.columns(kind))
        sql = f'SELECT {columns} FROM "{kind.name}" WHERE id IN ({marks})'
        return {row[0]: list(row) for row in self._db.execute(sql, list(records))}

    def _review(self, kind: Kind, records: Sequence[RecordId]) -> dict[str, tuple[Row, ...]]:
        marks = ", ".join("?" * len(records))
        about = [kind.number, *records]
        found: dict[str, list[Row]] = {}
        sql = f"SELECT record, field FROM disagreement WHERE kind = ? AND record IN ({marks}) ORDER BY record, field"
        for record, field in self._db.execute(sql, about):
            found.setdefault(record, []).append((field, "disagreement", "", 0))
        sql = f"""SELECT record, field, problem, name, version & {log_table.SEQ_MASK} FROM refused
            JOIN chain ON chain.id = version >> {log_table.SEQ_BITS} WHERE kind = ? AND record IN ({marks})
            ORDER BY record, name, 5, field"""
        for record, field, problem, name, seq in self._db.execute(sql, about):
            found.setdefault(record, []).append((field, problem, name, seq))
        return {record: tuple(rows) for record, rows in found.items()}

    def _take(self, kind: Kind, row: Sequence[str | int | None], review: Sequence[Row]) -> None:
        """Adds a visible record; empty fields stay out, so a field that a newer version adds changes no hash."""
        said = {name: value for name, value in zip(projection.columns(kind), row, strict=True) if value is not None}
        line = msgspec.json.encode([kind.number, sorted(said.items()), list(review)])
        self._digest.update(line + b"\n")


def _expected_review(kind: Kind, state: RecordState) -> tuple[Row, ...]:
    clashes = [(number, "disagreement", "", 0) for number in sorted(state.disagreements(kind))]
    refused: dict[tuple[str, int, int], Row] = {}
    for one in state.refused:
        key = (one.version.chain, one.version.seq, one.field)
        refused.setdefault(key, (one.field, projection.problem(one), one.version.chain, one.version.seq))
    return (*clashes, *(refused[key] for key in sorted(refused)))
