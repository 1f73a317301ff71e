"""Changes to the text of a chunk and back, exactly (FORMAT.md 4).

A chunk is one line of JSON with a column for each property, then a line of text for each body. What a reader can
work out is left out: hashes of bodies, hashes of predecessors inside a run, repeated chains, users, records, bases.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby, pairwise
from typing import Annotated

import msgspec
from msgspec import Meta

from desk_app.domain.change import FIRST_HASH, MAX_SEQ, SALT_BYTES, ChainId, Change, hash_body, hash_change, split_chain
from desk_app.domain.clock import COUNTER_BITS, MAX_COUNTER, Stamp
from desk_app.domain.ids import RecordId, UserId
from desk_app.sync.bundle_header import Chain

MAX_ROWS = 65536
_MAX_MS = 2**47 - 1
_MADE_DIGITS = 12
_REST_BYTES = 10
_REST_DIGITS = 2 * _REST_BYTES
_FIRST_BASE = re.compile(rb'\{"b":\[\["([0-9a-f]{32}\.[0-9a-f]{8})",([1-9][0-9]{0,14})\]')
_RECORD = re.compile("[0-9a-f]{32}")

Place = Annotated[int, Meta(ge=0, le=MAX_ROWS)]
Delta = Annotated[int, Meta(ge=-(2**53), le=2**53)]
Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]


class Columns(msgspec.Struct, forbid_unknown_fields=True):
    """The first line of a chunk. Which columns have a value for each row and which skip rows, FORMAT.md says."""

    chains: tuple[Chain, ...]
    users: tuple[Annotated[UserId, Meta(pattern="^[0-9a-f]{8}$")], ...]
    runs: list[tuple[Place, Annotated[int, Meta(ge=0, le=MAX_SEQ)], Annotated[int, Meta(ge=1)]]]
    ms: list[Delta]
    counter: list[Annotated[int, Meta(ge=0, le=MAX_COUNTER)]]
    kind: list[Annotated[int, Meta(ge=0, le=2**31 - 1)]]
    user: list[Place]
    record: list[Place]
    made: list[Delta]
    rest: bytes
    base: list[Place]
    base_seq: list[Delta]
    salts: bytes
    erased: list[tuple[Place, Digest]]
    prev: list[tuple[Place, Digest]]


class BadChunk(Exception):
    """The text is no chunk."""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Columns)


def encode_chunk(changes: Sequence[Change]) -> bytes:
    """The text of at most `MAX_ROWS` changes, ordered by chain and number.

    Raises `ValueError` for a change that the log should never hold: a body that its hash does not fit, a body of
    more than one line, an id of another form.
    """
    chains: dict[ChainId, int] = {}
    users: dict[UserId, int] = {}
    runs = _runs(changes)
    for change in changes:
        _check(change)
    record, made, rest = _record_columns(changes)
    columns = Columns(
        user=[users.setdefault(change.user, len(users)) for change in changes],
        runs=_run_column(runs, chains),
        ms=_deltas(change.hlc >> COUNTER_BITS for change in changes),
        counter=[change.hlc & MAX_COUNTER for change in changes],
        kind=[change.kind for change in changes],
        record=record,
        made=made,
        rest=rest,
        base=[],
        base_seq=[],
        salts=b"".join([change.salt for change in changes]),
        erased=[(row, change.body_hash) for row, change in enumerate(changes) if not change.body],
        prev=_prev_column(runs),
        chains=(),
        users=(),
    )
    lines = _take_bases(changes, columns, chains)
    columns.chains, columns.users = tuple(chains), tuple(users)
    return b"\n".join([_encoder.encode(columns), *lines])


def decode_chunk(text: bytes) -> list[Change]:
    """The changes in a chunk, every hash worked out anew. Raises `BadChunk`."""
    head, *lines = text.split(b"\n")
    try:
        columns = _decoder.decode(head)
        _check_lengths(columns, len(lines))
        bodies = _put_bases(columns, lines)
        return _changes(columns, bodies)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, IndexError, StopIteration) as error:
        raise BadChunk(str(error)) from error


def _check(change: Change) -> None:
    if change.body:
        if change.body_hash != hash_body(change.salt, change.body) or len(change.salt) != SALT_BYTES:
            raise ValueError(f"the hash of {change.version} does not fit its body")
    elif change.salt:
        raise ValueError(f"{change.version} is erased and has a salt")
    if b"\n" in change.body or not 0 <= change.hlc >> COUNTER_BITS <= _MAX_MS or not _RECORD.fullmatch(change.record):
        raise ValueError(f"{change.version} has a body, a stamp or a record of another form")


def _runs(changes: Sequence[Change]) -> list[list[Change]]:
    """Stretches of one chain in which each number follows the one before."""
    runs: list[list[Change]] = []
    for _, of_chain in groupby(changes, key=lambda change: (change.device, change.incarnation)):
        run: list[Change] = []
        for change in of_chain:
            if run and change.seq == run[-1].seq + 1:
                run.append(change)
            else:
                run = [change]
                runs.append(run)
    return runs


def _run_column(runs: Iterable[Sequence[Change]], chains: dict[ChainId, int]) -> list[tuple[int, int, int]]:
    column = []
    last: dict[int, int] = {}
    for run in runs:
        at = chains.setdefault(run[0].chain, len(chains))
        gap = run[0].seq - last.get(at, 0) - 1
        if gap < 0:
            raise ValueError("changes are not ordered by chain and number, or come twice")
        column.append((at, gap, len(run)))
        last[at] = run[-1].seq
    return column


def _prev_column(runs: Iterable[Sequence[Change]]) -> list[tuple[int, bytes]]:
    """The predecessors' hashes that a reader cannot work out: at the start of a run, and where the chain is broken."""
    column = []
    row = 0
    for run in runs:
        if run[0].seq != 1 or run[0].prev_hash != FIRST_HASH:
            column.append((row, run[0].prev_hash))
        for at, (before, change) in enumerate(pairwise(run), row + 1):
            if hash_change(before) != change.prev_hash:
                column.append((at, change.prev_hash))
        row += len(run)
    return column


def _record_columns(changes: Sequence[Change]) -> tuple[list[int], list[int], bytes]:
    """Per row 0 for a record not met before, else its place from 1; when the new ones were made; their other bytes."""
    places: dict[RecordId, int] = {}
    column = []
    for change in changes:
        column.append(places.get(change.record, 0))
        places.setdefault(change.record, len(places) + 1)
    made = _deltas(int(record[:_MADE_DIGITS], 16) for record in places)
    return column, made, bytes.fromhex("".join([record[_MADE_DIGITS:] for record in places]))


def _take_bases(changes: Sequence[Change], columns: Columns, chains: dict[ChainId, int]) -> list[bytes]:
    """The bodies' lines, with the first base of each moved into its columns."""
    lines = []
    last: dict[int, int] = {}
    for change in changes:
        found = _FIRST_BASE.match(change.body)
        if not found:
            columns.base.append(0)
            lines.append(change.body)
            continue
        at = chains.setdefault(ChainId(found[1].decode()), len(chains))
        seq = int(found[2])
        columns.base.append(at + 1)
        columns.base_seq.append(seq - last.get(at, 0))
        last[at] = seq
        lines.append(change.body[found.end() :])
    return lines


def _put_bases(columns: Columns, lines: list[bytes]) -> list[bytes]:
    """The bodies whole again."""
    if not any(columns.base):
        return lines
    heads = [b'{"b":[["%s",' % name.encode() for name in columns.chains]
    last = [0] * len(heads)
    deltas = iter(columns.base_seq)
    bodies = []
    for base, line in zip(columns.base, lines, strict=True):
        if base:
            last[base - 1] = seq = last[base - 1] + next(deltas)
            bodies.append(b"%s%d]%s" % (heads[base - 1], seq, line))
        else:
            bodies.append(line)
    return bodies


def _check_lengths(columns: Columns, rows: int) -> None:
    """Raises `BadChunk` where a column is not as long as the others say, or a chain has two places."""
    per_row: tuple[Sequence[int], ...] = (
        columns.ms,
        columns.counter,
        columns.kind,
        columns.user,
        columns.record,
        columns.base,
    )
    fits = (
        1 <= rows <= MAX_ROWS
        and len(set(columns.chains)) == len(columns.chains)
        and all(len(column) == rows for column in per_row)
        and sum(count for _, _, count in columns.runs) == rows
        and len(columns.made) == columns.record.count(0)
        and len(columns.rest) == _REST_BYTES * len(columns.made)
        and len(columns.base_seq) == rows - columns.base.count(0)
        and len(columns.salts) == SALT_BYTES * (rows - len(columns.erased))
    )
    if not fits:
        raise BadChunk("the columns differ in length")


def _changes(columns: Columns, bodies: list[bytes]) -> list[Change]:
    rows = zip(
        _stamps(columns),
        _records(columns),
        columns.kind,
        [columns.users[at] for at in columns.user],
        bodies,
        _salts_and_hashes(columns, bodies),
        _known_prev(columns, len(bodies)),
        strict=True,
    )
    changes: list[Change] = []
    last: dict[int, int] = {}
    for at, gap, count in columns.runs:
        device, incarnation = split_chain(columns.chains[at])
        first = last.get(at, 0) + 1 + gap
        last[at] = first + count - 1
        if last[at] > MAX_SEQ:
            raise BadChunk("a number is too high")
        before = None if first > 1 else FIRST_HASH
        numbers = range(first, last[at] + 1)
        # The numbers stand first: zip finds them at their end before it takes the next run's first row.
        for seq, (stamp, record, kind, user, body, (salt, body_hash), known) in zip(numbers, rows, strict=False):
            prev = known or before or (hash_change(changes[-1]) if seq > first else None)
            before = None
            if prev is None:
                raise BadChunk("the hash before a run is missing")
            changes.append(Change(device, incarnation, seq, stamp, record, kind, user, body, salt, body_hash, prev))
    return changes


def _salts_and_hashes(columns: Columns, bodies: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    erased = dict(columns.erased)
    if {row for row, body in enumerate(bodies) if not body} != erased.keys():
        raise BadChunk("a body is missing, or not erased")
    places = iter(range(0, len(columns.salts), SALT_BYTES))
    pairs = []
    for row, body in enumerate(bodies):
        if row in erased:
            pairs.append((b"", erased[row]))
        else:
            at = next(places)
            salt = columns.salts[at : at + SALT_BYTES]
            pairs.append((salt, hash_body(salt, body)))
    return pairs


def _known_prev(columns: Columns, rows: int) -> list[bytes | None]:
    known: list[bytes | None] = [None] * rows
    for row, prev in columns.prev:
        known[row] = prev
    return known


def _stamps(columns: Columns) -> list[Stamp]:
    ms = list(accumulate(columns.ms))
    if min(ms) < 0 or max(ms) > _MAX_MS:
        raise BadChunk("a stamp is out of range")
    return [Stamp(moment << COUNTER_BITS | counter) for moment, counter in zip(ms, columns.counter, strict=True)]


def _records(columns: Columns) -> list[RecordId]:
    made = list(accumulate(columns.made))
    if made and (min(made) < 0 or max(made) >= 1 << 4 * _MADE_DIGITS):
        raise BadChunk("a record is out of range")
    rest = columns.rest.hex()
    table = [
        RecordId(f"{moment:012x}{rest[at : at + _REST_DIGITS]}")
        for moment, at in zip(made, range(0, len(rest), _REST_DIGITS), strict=True)
    ]
    fresh = iter(table)
    return [table[place - 1] if place else next(fresh) for place in columns.record]


def _deltas(values: Iterable[int]) -> list[int]:
    """Each value less the one before; the first less nothing."""
    listed = list(values)
    return [value - before for before, value in pairwise([0, *listed])]
