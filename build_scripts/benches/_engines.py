"""The engines that the exchange is measured against, each doing W1 and W2 in a process of its own.

W1: 50,000 people with 10 fields, made on A, taken into an empty B. W2: A and B each edit the phone of 20,000 people,
10,000 of them the same; A's part is taken into B. W3: W2 once more. Times are of the taking in alone, in seconds.
"""

import json
import random
import resource
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import zstandard
from _people import FIELDS, people, phone

PEOPLE = 50_000
EDITS = 20_000


class Spent(NamedTuple):
    """Seconds of one run, and seconds of the processor in it: the same on a machine that others use too."""

    wall: float
    cpu: float


Figures = dict[str, float | Spent]


def packed(data: bytes) -> float:
    """Megabytes under zstd, at the level of our bundles."""
    return len(zstandard.ZstdCompressor(level=9).compress(data)) / 1e6


def timed(work: Callable[[], object]) -> Spent:
    """What one run takes."""
    start, busy = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - start, time.process_time() - busy)


def flat(figures: Figures) -> dict[str, float]:
    """The figures with the processor's seconds under names of their own."""
    found: dict[str, float] = {}
    for name, one in figures.items():
        found |= {name: one.wall, f"{name}_cpu": one.cpu} if isinstance(one, tuple) else {name: one}
    return found


def ids(count: int) -> list[str]:
    """Record ids as the program makes them: rising."""
    from desk_app.domain.ids import uuid7

    chance = random.Random(7)
    return [uuid7(1_770_000_000_000 + number, chance.randbytes) for number in range(count)]


def edits(seed: int, start: int) -> list[tuple[int, str]]:
    """Which people get which new phone number."""
    chance = random.Random(seed)
    return [(start + number, phone(chance)) for number in range(EDITS)]


def raw() -> Figures:
    """Plain INSERT and UPDATE into SQLCipher with the program's pragmas, in one transaction: the limit."""
    from desk_app.storage import sqlcipher

    rows = list(zip(ids(PEOPLE), *zip(*people(PEOPLE), strict=True), strict=True))
    with tempfile.TemporaryDirectory() as folder:
        db = sqlcipher.connect(Path(folder) / "raw.db", secrets.token_bytes(32), secrets.token_bytes(16))
        columns = ", ".join(f'"{name}" TEXT' for name in FIELDS)
        db.execute(f"CREATE TABLE client(rid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, {columns})")
        names = ", ".join(FIELDS)

        def insert() -> None:
            with sqlcipher.atomic(db):
                db.conn.executemany(f"INSERT INTO client(id, {names}) VALUES({', '.join('?' * 11)})", rows)

        def update() -> None:
            with sqlcipher.atomic(db):
                changed = [(new, rows[at][0]) for at, new in edits(2, 0)]
                db.conn.executemany("UPDATE client SET phone = ? WHERE id = ?", changed)

        return {"w1": timed(insert), "w2": timed(update)}


def session() -> Figures:
    """SQLite's session extension over a plain file, through apsw."""
    import apsw as library

    apsw: Any = library  # its stubs know no keyword that is passed on
    rows = list(zip(ids(PEOPLE), *zip(*people(PEOPLE), strict=True), strict=True))
    with tempfile.TemporaryDirectory() as folder:
        a, b = (apsw.Connection(f"{folder}/{name}.db") for name in "ab")
        for db in (a, b):
            db.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536")
            db.execute(f"CREATE TABLE client(id TEXT PRIMARY KEY, {', '.join(FIELDS)}) WITHOUT ROWID")

        def recorded(work: Callable[[], None]) -> bytes:
            seen = apsw.Session(a, "main")
            seen.attach("client")
            with a:
                work()
            return bytes(seen.changeset())

        def insert() -> None:
            a.executemany(f"INSERT INTO client VALUES({', '.join('?' * 11)})", rows)

        def update(db: Any, seed: int, start: int) -> None:
            changed = [(new, rows[at][0]) for at, new in edits(seed, start)]
            db.executemany("UPDATE client SET phone = ? WHERE id = ?", changed)

        first = recorded(insert)
        apply = apsw.Changeset.apply
        w1 = timed(lambda: apply(first, b))
        second = recorded(lambda: update(a, 2, 0))
        with b:
            update(b, 3, EDITS // 2)
        replace = {"conflict": lambda *_: apsw.SQLITE_CHANGESET_REPLACE}
        w2 = timed(lambda: apply(second, b, **replace))
        w3 = timed(lambda: apply(second, b, **replace))
        return {"w1": w1, "w2": w2, "w3": w3, "w1_mb": packed(first), "w2_mb": packed(second)}


def loro() -> Figures:
    """Loro, in memory alone: a map of maps."""
    import loro as library

    made: Any = library  # its stubs cannot tell which container comes back
    a, b = made.LoroDoc(), made.LoroDoc()
    everybody = a.get_map("people")
    keys = ids(PEOPLE)
    for key, person in zip(keys, people(PEOPLE), strict=True):
        one = everybody.insert_container(key, made.LoroMap())
        for name, value in zip(FIELDS, person, strict=True):
            one.insert(name, value)
    a.commit()
    first = a.export(made.ExportMode.Updates(b.oplog_vv))
    w1 = timed(lambda: b.import_(first))

    def edit(doc: Any, seed: int, start: int) -> None:
        for at, new in edits(seed, start):
            doc.get_map("people").get(keys[at]).container.insert("phone", new)
        doc.commit()

    before = b.oplog_vv
    edit(a, 2, 0)
    edit(b, 3, EDITS // 2)
    second = a.export(made.ExportMode.Updates(before))
    w2 = timed(lambda: b.import_(second))
    w3 = timed(lambda: b.import_(second))
    return {"w1": w1, "w2": w2, "w3": w3, "w1_mb": packed(first), "w2_mb": packed(second)}


def pycrdt() -> Figures:
    """pycrdt (Yjs), in memory alone: a map of maps."""
    from pycrdt import Doc, Map

    a: Any = Doc()
    b: Any = Doc()
    keys = ids(PEOPLE)
    everybody = a.get("people", type=Map)
    with a.transaction():
        for key, person in zip(keys, people(PEOPLE), strict=True):
            everybody[key] = Map(dict(zip(FIELDS, person, strict=True)))
    first = a.get_update()
    w1 = timed(lambda: b.apply_update(first))

    def edit(doc: Any, seed: int, start: int) -> None:
        found = doc.get("people", type=Map)
        with doc.transaction():
            for at, new in edits(seed, start):
                found[keys[at]]["phone"] = new

    before = b.get_state()
    edit(a, 2, 0)
    edit(b, 3, EDITS // 2)
    second = a.get_update(before)
    w2 = timed(lambda: b.apply_update(second))
    w3 = timed(lambda: b.apply_update(second))
    return {"w1": w1, "w2": w2, "w3": w3, "w1_mb": packed(first), "w2_mb": packed(second)}


def ours() -> Figures:
    """This program: sealed bundles between two real vaults, verified, logged, indexed, committed."""
    from _ours import measure

    return measure()


ENGINES = {"raw": raw, "ours": ours, "session": session, "loro": loro, "pycrdt": pycrdt}

if __name__ == "__main__":
    figures = ENGINES[sys.argv[1]]()
    figures["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(flat(figures)))
