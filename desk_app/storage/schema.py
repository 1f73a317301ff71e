"""The tables: the log and what surrounds it by migration, the projection from the declarations of the kinds.

A migration only adds and imports nothing of the program. The projection needs none: it is rebuilt from the log
whenever the declarations differ from those it was built with.
"""

import hashlib
from collections.abc import Callable

from sqlite_utils import Database

from desk_app.domain.records.declaration import Field, FieldType, Kind, Registry
from desk_app.storage import alias, exchange

VERSION = 4
"""The number of the newest migration. A vault with a higher one was written by a newer version of the program."""

PROJECTION = 5
"""Raised when rows, folding or search entries are made from the log in another way than before."""

_LOG = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE chain(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, held INTEGER NOT NULL DEFAULT 0, last_hash BLOB
) STRICT;
CREATE TABLE change(
    version INTEGER PRIMARY KEY, hlc INTEGER NOT NULL, record TEXT NOT NULL, kind INTEGER NOT NULL,
    user TEXT NOT NULL, body BLOB NOT NULL, salt BLOB NOT NULL, body_hash BLOB NOT NULL, prev_hash BLOB NOT NULL
) STRICT;
CREATE INDEX change_of_record ON change(record, kind);
CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE draft(key TEXT PRIMARY KEY, saved INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE partner(
    code TEXT PRIMARY KEY, device TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sign_key BLOB NOT NULL,
    recipient TEXT NOT NULL, admitted INTEGER NOT NULL, revoked INTEGER, has TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE TABLE bundle_sent(
    partner TEXT NOT NULL, number INTEGER NOT NULL, hash TEXT NOT NULL, made INTEGER NOT NULL,
    changes INTEGER NOT NULL, held TEXT NOT NULL, acknowledged INTEGER, PRIMARY KEY(partner, number)
) STRICT;
CREATE TABLE bundle_received(
    hash TEXT PRIMARY KEY, partner TEXT NOT NULL, number INTEGER NOT NULL, made INTEGER NOT NULL,
    received INTEGER NOT NULL, counts TEXT NOT NULL
) STRICT;
CREATE TABLE disagreement(
    record TEXT NOT NULL, kind INTEGER NOT NULL, field INTEGER NOT NULL, PRIMARY KEY(record, kind, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE refused(
    version INTEGER NOT NULL, field INTEGER NOT NULL, record TEXT NOT NULL, kind INTEGER NOT NULL,
    problem TEXT NOT NULL, PRIMARY KEY(version, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX refused_of_record ON refused(record, kind);
CREATE TABLE person_key(key TEXT NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY(key, rid)) STRICT, WITHOUT ROWID;
CREATE INDEX person_key_rid ON person_key(rid);
CREATE VIRTUAL TABLE person_search USING fts5(tokens, tokenize = "ascii", prefix = '1 2 3', detail = none);
INSERT INTO person_search(person_search, rank) VALUES('secure-delete', 1);
"""

_PEOPLE_AND_FILES = """
CREATE TABLE member(
    user TEXT PRIMARY KEY, name TEXT NOT NULL, roles TEXT NOT NULL, sign_key BLOB NOT NULL,
    added INTEGER NOT NULL, gone INTEGER
) STRICT;
CREATE TABLE audit(
    number INTEGER PRIMARY KEY, at INTEGER NOT NULL, user TEXT NOT NULL, action TEXT NOT NULL,
    kind TEXT NOT NULL, record TEXT NOT NULL, detail TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_of_record ON audit(record, at);
CREATE TABLE signature(
    version INTEGER PRIMARY KEY, user TEXT NOT NULL, sign_key BLOB NOT NULL, signature BLOB NOT NULL
) STRICT;
CREATE TABLE user_draft(
    user TEXT NOT NULL, key TEXT NOT NULL, saved INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY(user, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE blob(name TEXT PRIMARY KEY, size INTEGER NOT NULL, held INTEGER NOT NULL) STRICT;
CREATE TABLE blob_piece(
    name TEXT NOT NULL, start INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY(name, start)
) STRICT, WITHOUT ROWID;
CREATE TABLE blob_sent(
    partner TEXT NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL, upto INTEGER NOT NULL,
    PRIMARY KEY(partner, name, number)
) STRICT, WITHOUT ROWID;
INSERT INTO meta SELECT 'unsigned ' || name, held FROM chain WHERE held > 0;
"""

_PARTNERS = """
DROP INDEX person_key_rid;
CREATE TABLE person_entry(rid INTEGER PRIMARY KEY, keys TEXT NOT NULL) STRICT;
ALTER TABLE chain ADD COLUMN good INTEGER;
ALTER TABLE bundle_received ADD COLUMN upto TEXT;
CREATE TABLE bundle_since(hash TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE exchange_private(first_day INTEGER PRIMARY KEY, recipient TEXT NOT NULL, private TEXT NOT NULL) STRICT;
CREATE TABLE partner_key(
    device TEXT NOT NULL, first_day INTEGER NOT NULL, recipient TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY(device, first_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_of_keys ON change(version) WHERE kind = 18;
CREATE TABLE held_bundle(
    hash TEXT PRIMARY KEY, device TEXT NOT NULL, desk TEXT NOT NULL, number INTEGER NOT NULL, why TEXT NOT NULL,
    came INTEGER NOT NULL, data BLOB NOT NULL
) STRICT;
CREATE TABLE alarm(
    chain TEXT NOT NULL, seq INTEGER NOT NULL, ours BLOB NOT NULL, theirs BLOB NOT NULL, bundle TEXT NOT NULL,
    raised INTEGER NOT NULL, settled INTEGER, PRIMARY KEY(chain, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE shared(
    partner TEXT NOT NULL, record TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY(partner, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX shared_record ON shared(record);
CREATE TABLE disbelieved(
    version INTEGER NOT NULL, client TEXT NOT NULL, record TEXT NOT NULL, kind INTEGER NOT NULL,
    PRIMARY KEY(version, client)
) STRICT, WITHOUT ROWID;
CREATE INDEX disbelieved_client ON disbelieved(client);
CREATE TABLE result(
    bundle TEXT NOT NULL, record TEXT NOT NULL, kind INTEGER NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY(bundle, record)
) STRICT, WITHOUT ROWID;
"""

_LOOK_ALIKES = """
CREATE TABLE look_alike(
    one INTEGER NOT NULL, other INTEGER NOT NULL, points INTEGER NOT NULL, reasons TEXT NOT NULL,
    sweep INTEGER NOT NULL, PRIMARY KEY(one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX look_alike_other ON look_alike(other);
CREATE INDEX look_alike_points ON look_alike(points);
CREATE TABLE compared(rid INTEGER PRIMARY KEY, done INTEGER NOT NULL) STRICT;
"""

_LEDGER = """
CREATE INDEX change_of_erasures ON change(record) WHERE kind = 16;
"""
"""Every bundle asks what was ever erased: without it that is a walk through the whole log."""

_MIGRATIONS: tuple[str, ...] = (_LOG, _PEOPLE_AND_FILES, _PARTNERS, _LOOK_ALIKES + _LEDGER)

_COLUMN_TYPES = {FieldType.NUMBER: "INTEGER", FieldType.MONEY: "INTEGER", FieldType.YES_NO: "INTEGER"}


def migrate(db: Database) -> None:
    """Brings the structure tables to `VERSION`, one transaction a step."""
    for number, script in enumerate(_MIGRATIONS[version(db) :], start=version(db) + 1):
        db.conn.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")


def version(db: Database) -> int:
    """The number of the last migration that this database saw."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def fit_projection(db: Database, registry: Registry, rebuild: Callable[[], None]) -> None:
    """Makes the kinds' tables anew and fills them from the log, unless they already are as declared. What came in kinds
    that are new goes to those whose it is."""
    wanted = _fingerprint(registry)
    found = db.execute("SELECT value FROM meta WHERE key = 'projection'").fetchone()
    if found and found[0] == wanted:
        return
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    unread = {kind.number for kind in registry if kind.name not in tables} if found else set()
    db.execute("DROP TABLE IF EXISTS alias")
    for statement in alias.TABLES:
        db.execute(statement)
    for kind in registry:
        db.execute(f'DROP TABLE IF EXISTS "{kind.name}"')
        for statement in _statements(kind):
            db.execute(statement)
    rebuild()
    if unread:
        exchange.take_back_kinds(db, unread)
    db.execute("INSERT OR REPLACE INTO meta VALUES('projection', ?)", [wanted])


def column(field: Field) -> str:
    """The column's declaration of a field."""
    return f'"{field.name}" {_COLUMN_TYPES.get(field.type, "TEXT")}'


def _statements(kind: Kind) -> list[str]:
    columns = ", ".join(column(field) for field in kind.fields)
    table = (
        f'CREATE TABLE "{kind.name}"(rid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, {columns}, '
        "made INTEGER NOT NULL, made_by TEXT NOT NULL, changed INTEGER NOT NULL, changed_by TEXT NOT NULL) STRICT"
    )
    indexed = [field.name for field in kind.own_fields if field.type is FieldType.REFERENCE]
    if kind.number_form:
        indexed.append("number")
    if kind.event:
        indexed.append("corrects")
    statements = [table, *(f'CREATE INDEX "{kind.name}.{name}" ON "{kind.name}"("{name}")' for name in indexed)]
    # With the id in it, what is one desk's is listed without reading a row of it.
    looked_up = (f'CREATE INDEX "{kind.name}.{name}" ON "{kind.name}"("{name}", id)' for name in kind.looked_up)
    return [*statements, *looked_up]


def _fingerprint(registry: Registry) -> str:
    """Everything declared that decides what a row holds: a choice added later may show what was refused before."""
    said = [f"{PROJECTION}"]
    for kind in registry:
        said += _statements(kind)
        said.append(f"{kind.number}")
        for field in kind.fields:
            codes = ",".join(field.vocabulary.words) if field.vocabulary else ""
            codes += " x_" if field.vocabulary and field.vocabulary.open else ""
            said.append(f"{field.number} {field.type.name} {field.merge.name} {field.limit} {field.search} {codes}")
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
