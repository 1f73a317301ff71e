"""The series of changes in a salvaged log: whose each is, and up to where it is whole."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec
from sqlite_utils import Database

from desk_app.crypto.signing import SigningKey, device_id
from desk_app.domain.change import FIRST_HASH, ChainId, Change, chain_id, decode_body, hash_change
from desk_app.storage import lease, log_table, meta
from desk_app.storage.log_table import SEQ_BITS

CHAIN = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{8}")
"""The name of a series."""
_BATCH = 2000


def name_chains(db: Database, from_index: Mapping[int, str]) -> int:
    """Gives every series its name back: from the table, from its index, else the one name that the hashes allow.

    Changes of a series that stays nameless cannot be told whose they are; they are dropped, and counted.
    """
    for number, name in from_index.items():
        db.execute("INSERT OR IGNORE INTO chain(id, name) VALUES(?, ?)", [number, name])
    nameless = f"FROM change WHERE version >> {SEQ_BITS} NOT IN (SELECT id FROM chain)"
    for (number,) in db.execute(f"SELECT DISTINCT version >> {SEQ_BITS} {nameless}").fetchall():
        _name_by_hash(db, number)
    count = int(db.execute(f"SELECT count(*) {nameless}").fetchone()[0])
    db.execute(f"DELETE {nameless}")
    return count


def _name_by_hash(db: Database, number: int) -> None:
    taken = {row[0] for row in db.execute("SELECT name FROM chain")}
    for name in _mentioned(db):
        if name not in taken:
            db.execute("INSERT INTO chain(id, name) VALUES(?, ?)", [number, name])
            if _is_linked(log_table.of_chain(db, name, 0, _BATCH)):
                return
            db.execute("DELETE FROM chain WHERE id = ?", [number])


def _is_linked(changes: Sequence[Change]) -> bool:
    """Whether two neighbours among the changes prove the name of their series: the hash of a change covers it."""
    pairs = ((one, other) for one, other in pairwise(changes) if other.seq == one.seq + 1)
    return any(other.prev_hash == hash_change(one) for one, other in pairs)


def _mentioned(db: Database) -> list[ChainId]:
    """Every name of a series that changes, bundles or this vault's own facts speak of."""
    found: set[str] = set()
    key = meta.get(db, "device_key")
    if key:
        device = device_id(SigningKey(bytes.fromhex(key)).public)
        found.update(chain_id(device, incarnation) for incarnation in lease.incarnations(db))
    for (held,) in db.execute("SELECT held FROM bundle_sent"):
        found.update(CHAIN.findall(held))
    for (body,) in db.execute("SELECT body FROM change WHERE body != x''"):
        try:
            found.update(chain for chain, _ in decode_body(body).b)
        except msgspec.DecodeError:
            continue
    return [ChainId(name) for name in sorted(found) if CHAIN.fullmatch(name)]


def recount(db: Database) -> int:
    """Sets the mark of every series to where it is whole; returns how many changes below the old marks are missing."""
    missing = 0
    for number, name, held in db.execute("SELECT id, name, held FROM chain").fetchall():
        first, last = number << SEQ_BITS, number << SEQ_BITS | held
        sql = "SELECT count(*) FROM change WHERE version > ? AND version <= ?"
        missing += held - int(db.execute(sql, [first, last]).fetchone()[0])
        log_table.set_last(db, ChainId(name), *_whole_until(db, ChainId(name)))
    return missing


def _whole_until(db: Database, chain: ChainId) -> tuple[int, bytes]:
    seq, last_hash = 0, FIRST_HASH
    while changes := log_table.of_chain(db, chain, seq, _BATCH):
        for change in changes:
            if change.seq != seq + 1 or change.prev_hash != last_hash:
                return seq, last_hash
            seq, last_hash = change.seq, hash_change(change)
    return seq, last_hash
