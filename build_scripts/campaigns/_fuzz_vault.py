"""A real vault's database that takes in whatever a known sender signed, and is put back after each time."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from random import Random

import _fuzz_seeds as seeds

from desk_app.crypto.signing import SigningKey
from desk_app.domain.change import Change, chain_id
from desk_app.domain.clock import Clock
from desk_app.domain.errors import Equivocation, Trouble
from desk_app.domain.ids import DeviceId, Incarnation, UserId
from desk_app.domain.records import ALL
from desk_app.storage import check, erasure, log_table, projection, schema, sqlcipher
from desk_app.storage.journal import Journal
from desk_app.sync.bundle_changes import BadChunk, decode_chunk
from desk_app.sync.plan import compare

_HELD = 25
"""Of the changes that the samples begin with, so many are in the vault already."""


class _PutBack(Exception):
    """Ends the transaction without keeping anything of it."""


@cache
def _journal() -> Journal:
    noise = Random("vault").randbytes
    folder = Path(tempfile.mkdtemp(prefix="roh-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    db = sqlcipher.connect(folder / "core.db", noise(32), noise(16))
    schema.migrate(db)
    with sqlcipher.atomic(db):
        schema.fit_projection(db, ALL, lambda: projection.rebuild(db, ALL))
    chain = chain_id(DeviceId("0" * 31 + "1"), Incarnation("0000000a"))
    clock = Clock(lambda: seeds.START)
    journal = Journal(db, ALL, clock, chain, UserId("0a0b0c0d"), noise, SigningKey(noise(32)))
    _take(journal, seeds.changes(Random(40), 40)[:_HELD])
    return journal


def read_taken(data: bytes) -> None:
    """A chunk as a bundle brings it: planned, taken, shown; now and then everything visible is looked through."""
    try:
        changes = decode_chunk(data)
    except BadChunk:
        return
    journal = _journal()
    journal.clock.last = Clock().last
    try:
        with sqlcipher.atomic(journal.db):
            _take(journal, changes)
            if sum(data) % 16 == 0:
                _look_through(journal)
            raise _PutBack
    except (_PutBack, Trouble):
        return


def _take(journal: Journal, changes: list[Change]) -> None:
    held = log_table.of_records(journal.db, list({change.record for change in changes}))
    found = compare(ALL, changes, held, erasure.fate(journal.db, ALL, changes))
    clash = log_table.first_taken(journal.db, found.arrived)
    if clash is not None:
        raise Equivocation(clash.device)
    journal.take(found.arrived, found.fresh, found.changed, found.filled, found.fate)


def _look_through(journal: Journal) -> None:
    shown = check.Projection(journal.db, ALL)
    findings = [found for kind in ALL for found in shown.kind(kind)]
    findings += [*shown.aliases(), *check.erasures(journal.db, ALL)]
    # Whoever sends what he emptied himself is told so by a check; that is no fault of the reader.
    if any(found.code != "emptied" for found in findings):
        raise AssertionError(findings)
