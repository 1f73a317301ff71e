"""Vaults' databases without their key files: real SQLCipher, made in milliseconds, for tests that need many."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from desk_app.crypto.signing import SigningKey
from desk_app.domain.change import Change, chain_id
from desk_app.domain.clock import Clock
from desk_app.domain.ids import DeviceId, Incarnation, RecordId, UserId, uuid7
from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import FieldValue, Registry
from desk_app.storage import check, erasure, log_table, projection, schema, sqlcipher
from desk_app.storage.check import Finding
from desk_app.storage.journal import Journal, Write
from desk_app.sync.plan import compare
from tests.fakes import FakeClock, seeded


@dataclass(slots=True)
class Store:
    """One device's database with the journal that writes into it."""

    db: Database
    registry: Registry
    journal: Journal
    clock: FakeClock
    random: random.Random

    def write(self, kind: str, record: RecordId | None = None, **values: FieldValue) -> RecordId:
        """Saves fields of a record, of a new one where none is given."""
        target = record or uuid7(self.clock(), self.random.randbytes)
        self.journal.write([Write(self.registry[kind], target, values)])
        return target

    def changes(self) -> list[Change]:
        """Everything in the log."""
        return [one for chain in log_table.chains(self.db) for one in log_table.of_chain(self.db, chain, 0)]

    def take(self, changes: Iterable[Change]) -> None:
        """Takes changes of others, as an import does after verifying them."""
        came = list(changes)
        held = log_table.of_records(self.db, list({one.record for one in came}))
        found = compare(self.registry, came, held, erasure.fate(self.db, self.registry, came))
        self.journal.take(found.arrived, found.fresh, found.changed, found.filled, found.fate)

    def value(self, kind: str, record: RecordId, field: str) -> FieldValue:
        """A field as it stands in the plain table."""
        row = self.db.execute(f'SELECT "{field}" FROM "{kind}" WHERE id = ?', [record]).fetchone()
        return projection.as_value(self.registry[kind], field, row[0])

    def checked(self) -> tuple[str, list[Finding]]:
        """The hash of what is visible, and what a check finds."""
        shown = check.Projection(self.db, self.registry)
        findings = [*check.pages(self.db, deep=False)]
        findings += [found for chain in log_table.chains(self.db) for found in check.chain(self.db, chain)]
        findings += [*check.erasures(self.db, self.registry)]
        findings += [found for kind in self.registry for found in shown.kind(kind)]
        findings += shown.aliases()
        return shown.state, findings


def new_store(folder: Path, number: int, registry: Registry = ALL) -> Store:
    """The database of the device with that number. The caller closes it."""
    noise = seeded(number)
    db = sqlcipher.connect(folder / f"{number}.db", noise(32), noise(16))
    schema.migrate(db)
    with sqlcipher.atomic(db):
        schema.fit_projection(db, registry, lambda: projection.rebuild(db, registry))
    clock = FakeClock()
    chain = chain_id(DeviceId(f"{number:032x}"), Incarnation("0000000a"))
    journal = Journal(db, registry, Clock(clock), chain, UserId(f"{number:08x}"), noise, SigningKey(noise(32)))
    return Store(db, registry, journal, clock, random.Random(number))
