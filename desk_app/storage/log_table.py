"""The change log's rows. Inside a vault a version is one integer: its chain's local id and its number in the chain."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from sqlite_utils import Database

from desk_app.domain.change import FIRST_HASH, ChainId, Change, Version, split_chain
from desk_app.domain.clock import Stamp
from desk_app.domain.holdings import Span
from desk_app.domain.ids import DeviceId, Incarnation, RecordId, UserId
from desk_app.domain.records.erasure import ERASURE
from desk_app.storage.sqlcipher import Row

SEQ_BITS = 40
SEQ_MASK = (1 << SEQ_BITS) - 1
_COLUMNS = "version, hlc, record, kind, user, body, salt, body_hash, prev_hash"
_MANY = 500


def local_chain(db: Database, chain: ChainId) -> int:
    """The small integer that stands for a chain in this vault, made on first mention."""
    found = db.execute("SELECT id FROM chain WHERE name = ?", [chain]).fetchone()
    if found is None:
        return int(db.execute("INSERT INTO chain(name) VALUES(?) RETURNING id", [chain]).fetchone()[0])
    return int(found[0])


def local_version(db: Database, version: Version) -> int:
    """A version as this vault's integer."""
    return local_chain(db, version.chain) << SEQ_BITS | version.seq


def held(db: Database) -> dict[ChainId, int]:
    """The have-vector: per chain, up to which number this vault holds it without a gap."""
    rows = db.execute("SELECT name, held FROM chain WHERE held > 0")
    return {ChainId(name): number for name, number in rows}


def reached(db: Database) -> dict[ChainId, int]:
    """Per chain the number of the last change that this vault holds, over holes too."""
    last = "SELECT max(version) FROM change WHERE version > chain.id << :bits AND version < chain.id + 1 << :bits"
    rows = db.execute(f"SELECT name, ({last}) & :mask FROM chain", {"bits": SEQ_BITS, "mask": SEQ_MASK})
    return {ChainId(name): number for name, number in rows if number}


def beyond(db: Database, devices: Collection[DeviceId], most: int) -> dict[ChainId, list[Span]]:
    """What is held of the chains of these devices over holes, as spans: so many, the lowest."""
    whole = held(db)
    found: dict[ChainId, list[Span]] = {}
    for chain, last in sorted(reached(db).items()):
        if split_chain(chain)[0] in devices and last > whole.get(chain, 0) and most:
            found[chain] = _spans(db, chain, whole.get(chain, 0), most)
            most -= len(found[chain])
    return found


def _spans(db: Database, chain: ChainId, after: int, most: int) -> list[Span]:
    local = local_chain(db, chain)
    island = "SELECT version, version - row_number() OVER (ORDER BY version) AS island FROM change"
    rows = db.execute(
        f"""SELECT min(version), max(version) FROM ({island} WHERE version > ? AND version < ?)
        GROUP BY island ORDER BY 1 LIMIT ?""",
        [local << SEQ_BITS | after, (local + 1) << SEQ_BITS, most],
    )
    return [(first & SEQ_MASK, last & SEQ_MASK) for first, last in rows]


def last_of(db: Database, chain: ChainId) -> tuple[int, bytes]:
    """The number and hash of the last change held without a gap; 0 and zeros before the first."""
    row = db.execute("SELECT held, last_hash FROM chain WHERE name = ?", [chain]).fetchone()
    return (int(row[0]), bytes(row[1] or FIRST_HASH)) if row else (0, FIRST_HASH)


def set_last(db: Database, chain: ChainId, seq: int, last_hash: bytes) -> None:
    """Moves the mark up to which a chain is held without a gap."""
    db.execute("UPDATE chain SET held = ?, last_hash = ? WHERE id = ?", [seq, last_hash, local_chain(db, chain)])


def insert(db: Database, changes: Iterable[Change]) -> None:
    """Writes changes; one that is there already stays as it is."""
    chains: dict[tuple[DeviceId, Incarnation], int] = {}
    rows: list[Row] = []
    for change in changes:
        chain = chains.get(change[:2])
        if chain is None:
            chain = chains[change[:2]] = local_chain(db, change.chain)
        rows.append((chain << SEQ_BITS | change.seq, *change[3:]))
    db.conn.executemany("INSERT OR IGNORE INTO change VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def fill(db: Database, changes: Iterable[Change]) -> None:
    """Gives changes that came without what they say their bodies and salts back."""
    rows = [(change.body, change.salt, local_version(db, change.version)) for change in changes]
    db.conn.executemany("UPDATE change SET body = ?, salt = ? WHERE version = ?", rows)


def of_records(
    db: Database, records: Sequence[RecordId], *, whole: bool = False, doubted: bool = False
) -> dict[RecordId, list[Change]]:
    """All changes of these records that count; with `doubted` those too that are not believed, with `whole` all."""
    names = _chain_names(db)
    shut = {} if whole else _shut(db)
    aside = set() if whole or doubted else _disbelieved(db)
    found: defaultdict[RecordId, list[Change]] = defaultdict(list)
    for start in range(0, len(records), _MANY):
        part = records[start : start + _MANY]
        marks = ", ".join("?" * len(part))
        for row in db.execute(f"SELECT {_COLUMNS} FROM change WHERE record IN ({marks})", list(part)):
            if row[0] in aside:
                continue
            if not shut or row[0] & SEQ_MASK <= shut.get(row[0] >> SEQ_BITS, SEQ_MASK) or row[3] == ERASURE.number:
                found[row[2]].append(_change(row, names))
    return found


def of_chain(db: Database, chain: ChainId, after: int, limit: int = -1) -> list[Change]:
    """The changes of a chain with numbers above `after`, in order."""
    local = local_chain(db, chain)
    names = {local: chain}
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM change WHERE version > ? AND version < ? ORDER BY version LIMIT ?",
        [local << SEQ_BITS | after, (local + 1) << SEQ_BITS, limit],
    )
    return [_change(row, names) for row in rows]


def of_versions(db: Database, versions: Collection[Version]) -> list[Change]:
    """These changes, of each chain in order; those that the log lacks are left out."""
    names = _chain_names(db)
    local = {name: number for number, name in names.items()}
    wanted = sorted(local[one.chain] << SEQ_BITS | one.seq for one in versions if one.chain in local)
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM change WHERE version IN (SELECT value FROM json_each(?)) ORDER BY version",
        [msgspec.json.encode(wanted).decode()],
    )
    return [_change(row, names) for row in rows]


def first_taken(db: Database, changes: Iterable[Change]) -> Change | None:
    """The first of these changes whose number in its chain the log has already given to another change."""
    of_chains: dict[tuple[DeviceId, Incarnation], list[Change]] = defaultdict(list)
    for change in changes:
        of_chains[change[:2]].append(change)
    for came in of_chains.values():
        local = local_chain(db, came[0].chain)
        last = local + 1 << SEQ_BITS
        first = local << SEQ_BITS | min(change.seq for change in came)
        rows = db.execute("SELECT version FROM change WHERE version >= ? AND version < ?", [first, last])
        taken = {row[0] & SEQ_MASK for row in rows}
        for change in came:
            if change.seq in taken:
                return change
    return None


def records_after(db: Database, kind: int, last: str, limit: int) -> list[RecordId]:
    """The next records of a kind in the order of their ids."""
    rows = db.execute(
        "SELECT DISTINCT record FROM change WHERE record > ? AND kind = ? ORDER BY record LIMIT ?", [last, kind, limit]
    )
    return [RecordId(row[0]) for row in rows]


def chains(db: Database) -> list[ChainId]:
    """Every chain of which this vault has heard."""
    return [ChainId(row[0]) for row in db.execute("SELECT name FROM chain ORDER BY name")]


def good(db: Database) -> dict[ChainId, int]:
    """Per chain of a device that was shut out, the number of its last change that counts (`domain.quarantine`)."""
    return {ChainId(row[0]): row[1] for row in db.execute("SELECT name, good FROM chain WHERE good IS NOT NULL")}


def set_aside(db: Database) -> list[tuple[int, int]]:
    """Of each such chain, the versions between which lies what does not count, as this vault's integers."""
    return [(local << SEQ_BITS | last, local + 1 << SEQ_BITS) for local, last in _shut(db).items()]


def set_good(db: Database, chain: ChainId, seq: int | None) -> None:
    """Says up to which number a chain counts; None: all of it."""
    db.execute("UPDATE chain SET good = ? WHERE id = ?", [seq, local_chain(db, chain)])


def records_in(db: Database, chain: ChainId, after: int) -> list[tuple[RecordId, int]]:
    """The records of which a chain holds changes with numbers above `after`, each with its kind's number."""
    local = local_chain(db, chain)
    rows = db.execute(
        "SELECT DISTINCT record, kind FROM change WHERE version > ? AND version < ?",
        [local << SEQ_BITS | after, (local + 1) << SEQ_BITS],
    )
    return [(RecordId(record), kind) for record, kind in rows]


def disbelieved(db: Database) -> set[Version]:
    """The changes that their authors had no right to (`domain.custody`); they take part in nothing."""
    names = _chain_names(db)
    return {Version(names[one >> SEQ_BITS], one & SEQ_MASK) for one in _disbelieved(db)}


def last_number(db: Database, chain: ChainId) -> int:
    """The number of the last change that is here of a chain, over holes too; 0 for none."""
    local = local_chain(db, chain)
    question = "SELECT max(version) FROM change WHERE version > ? AND version < ?"
    found = db.execute(question, [local << SEQ_BITS, (local + 1) << SEQ_BITS]).fetchone()[0]
    return int(found or 0) & SEQ_MASK


def count(db: Database) -> int:
    """How many changes the log holds."""
    return int(db.execute("SELECT count(*) FROM change").fetchone()[0])


def _shut(db: Database) -> dict[int, int]:
    return dict(db.execute("SELECT id, good FROM chain WHERE good IS NOT NULL").fetchall())


def _disbelieved(db: Database) -> set[int]:
    return {row[0] for row in db.execute("SELECT version FROM disbelieved")}


def _chain_names(db: Database) -> Mapping[int, ChainId]:
    return {row[0]: ChainId(row[1]) for row in db.execute("SELECT id, name FROM chain")}


def _change(row: Row, names: Mapping[int, ChainId]) -> Change:
    version, hlc, record, kind, user, body, salt, body_hash, prev_hash = row
    device, incarnation = split_chain(names[version >> SEQ_BITS])
    return Change(
        device,
        incarnation,
        version & SEQ_MASK,
        Stamp(hlc),
        RecordId(record),
        kind,
        UserId(user),
        body,
        salt,
        body_hash,
        prev_hash,
    )
