"""The search index over people: folded names and numbers, so that any script and spelling finds them."""

from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import json
from sqlite_utils import Database

from desk_app.domain import names
from desk_app.domain.ids import RecordId
from desk_app.domain.record_state import RecordState
from desk_app.domain.records.declaration import Kind, Search, Values
from desk_app.storage.parts import marks, parts
from desk_app.storage.sqlcipher import atomic

_AT_ONCE = 4000
"""People whose keys are sorted together: enough to fill the tree's pages in order, and no window waits for it."""
_PHONES = ("phone", "other_phone")
_PAPERS = ("paper_number",)
_RELEASE = ("institution", "release_date")
_OF_NUMBERS = (names.PAPER_KEY, names.PHONE_KEY)
_NO_ENTRY: tuple[str, tuple[str, ...]] = ("", ())
_INTO_KEYS = "INSERT OR FAIL INTO person_key"
"""If it fails, the whole transaction goes: to be able to undo it alone, the library would keep a copy of every page it
touches in memory."""
_keys_decoder = json.Decoder(tuple[str, ...])


def is_searched(kind: Kind) -> bool:
    """Whether records of this kind are people: the kind that has names to search by."""
    return any(field.search is Search.NAME for field in kind.own_fields)


def columns(kind: Kind) -> frozenset[str]:
    """The columns that an index entry is made from: while these stay, it stays."""
    named = ("surname", "given_name", "other_names", "paper_name", "birth_date", *_PHONES, *_PAPERS, *_RELEASE)
    return frozenset({*_searched(kind, Search.NAME), *_searched(kind, Search.NUMBER), *named, "deleted"})


def index(db: Database, kind: Kind, states: Sequence[RecordState], fresh: bool) -> None:
    """Writes the index entries of these people's rows; entries that stay as they are cost a look."""
    for start in range(0, len(states), _AT_ONCE):
        _index(db, kind, states[start : start + _AT_ONCE], fresh)


def _index(db: Database, kind: Kind, states: Sequence[RecordState], fresh: bool) -> None:
    rids = _rids(db, kind, [state.record for state in states])
    there = {} if fresh else _entries(db, list(rids.values()))
    gone_words: list[tuple[int]] = []
    new_words: list[tuple[int, str]] = []
    gone_keys: list[tuple[str, int]] = []
    new_keys: list[tuple[str, int]] = []
    entries: list[tuple[int, str]] = []
    unknown: list[int] = []
    for state in states:
        rid = rids[state.record]
        old_words, old_keys = there.get(rid, _NO_ENTRY)
        words, keys = expected(kind, state) or _NO_ENTRY
        if words != old_words:
            gone_words += [(rid,)] if old_words else []
            new_words += [(rid, words)] if words else []
        if keys != old_keys:
            entries.append((rid, json.encode(keys).decode()))
            if old_keys:
                gone_keys += [(key, rid) for key in old_keys if key not in keys]
                new_keys += [(key, rid) for key in keys if key not in old_keys]
            else:
                unknown.append(rid)
    _put_words(db, gone_words, new_words)
    db.conn.executemany("INSERT OR REPLACE INTO person_entry VALUES(?, ?)", entries)
    db.conn.executemany("DELETE FROM person_key WHERE key = ? AND rid = ?", sorted(gone_keys))
    db.conn.executemany(f"{_INTO_KEYS} VALUES(?, ?)", sorted(new_keys))
    # From what was noted just now, in the order of the tree: a large bundle fills its pages one after another, and no
    # row passes through here.
    db.execute(
        f"""{_INTO_KEYS} SELECT noted.value, entry.rid FROM json_each(?) AS one
            JOIN person_entry AS entry ON entry.rid = one.value, json_each(entry.keys) AS noted ORDER BY 1, 2""",
        [json.encode(unknown).decode()],
    )


def _put_words(db: Database, gone: Sequence[tuple[int]], new: Sequence[tuple[int, str]]) -> None:
    db.conn.executemany("DELETE FROM person_search WHERE rowid = ?", gone)
    if new:
        # Entries taken out in the same transaction and put back under the same number would take others with them
        # (SQLite 3.53.4, FTS5 with secure deletion); a savepoint writes down what was taken out first.
        with atomic(db):
            db.conn.executemany("INSERT INTO person_search(rowid, tokens) VALUES(?, ?)", new)


def remove(db: Database, kind: Kind, records: Sequence[RecordId]) -> None:
    """Takes the entries of these people out of the index; their rows must still stand."""
    rids = list(_rids(db, kind, records).values())
    keys = [(key, rid) for rid, (_, keys) in _entries(db, rids).items() for key in keys]
    db.conn.executemany("DELETE FROM person_key WHERE key = ? AND rid = ?", keys)
    for table, column in (("person_search", "rowid"), ("person_entry", "rid")):
        db.conn.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(rid,) for rid in rids])


def expected(kind: Kind, state: RecordState) -> tuple[str, tuple[str, ...]] | None:
    """What the index should hold of one person: the words and the keys; nothing of one who was removed."""
    if state.deleted:
        return None
    values = state.values
    words = " ".join(names.index_tokens(_texts(values, _searched(kind, Search.NAME))))
    typed: set[str] = set().union(*map(names.number_keys, _texts(values, _searched(kind, Search.NUMBER))))
    alike = names.keys_of(
        _text(values, "surname"),
        _text(values, "given_name"),
        _other_names(values),
        _text(values, "birth_date"),
        _texts(values, _PHONES),
        _texts(values, _PAPERS),
        (_text(values, _RELEASE[0]), _text(values, _RELEASE[1])),
    )
    # What leads to look-alikes leads the search too: a paper's number, a telephone's last digits.
    typed.difference_update([names.BEGUN + key[2:] for key in alike if key[:2] in _OF_NUMBERS])
    return words, tuple(sorted(alike | typed))


def indexed(db: Database, kind: Kind, records: Sequence[RecordId]) -> dict[RecordId, tuple[str, tuple[str, ...]]]:
    """What the index holds of these people; of the keys, those that are found as a search finds them."""
    rids = _rids(db, kind, records)
    found: dict[int, list[str]] = {rid: [] for rid in rids.values()}
    for part in parts(found):
        rows = db.execute(
            f"""SELECT there.rid, there.key FROM person_entry AS entry, json_each(entry.keys) AS noted
                JOIN person_key AS there ON there.key = noted.value AND there.rid = entry.rid
                WHERE entry.rid IN ({marks(part)}) ORDER BY there.key""",
            part,
        )
        for rid, key in rows:
            found[rid].append(key)
    entries = _entries(db, list(found))
    return {
        record: (entries.get(rid, _NO_ENTRY)[0], tuple(found[rid]))
        for record, rid in rids.items()
        if rid in entries or found[rid]
    }


def _entries(db: Database, rids: Sequence[int]) -> dict[int, tuple[str, tuple[str, ...]]]:
    """What was noted of these rows: the words, and the keys that lead to them."""
    words: dict[int, str] = {}
    keys: dict[int, tuple[str, ...]] = {}
    for part in parts(rids):
        some = marks(part)
        words.update(db.execute(f"SELECT rowid, tokens FROM person_search WHERE rowid IN ({some})", part).fetchall())
        rows = db.execute(f"SELECT rid, keys FROM person_entry WHERE rid IN ({some})", part)
        keys.update((rid, _keys_decoder.decode(noted)) for rid, noted in rows)
    return {rid: (words.get(rid, ""), keys.get(rid, ())) for rid in rids if rid in words or keys.get(rid)}


def facts(values: Values) -> names.PersonFacts:
    """What look-alikes are judged by, from a client's fields, typed so far or on record."""
    return names.PersonFacts(
        name=names.PersonName(
            _text(values, "surname"),
            _text(values, "given_name"),
            _text(values, "father_name"),
            _other_names(values),
        ),
        sex=_text(values, "sex"),
        birth_date=_text(values, "birth_date"),
        phones=_texts(values, _PHONES),
        papers=_texts(values, _PAPERS),
        institution=_text(values, "institution"),
        release_date=_text(values, "release_date"),
    )


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _texts(values: Values, fields: Iterable[str]) -> tuple[str, ...]:
    return tuple([value for name in fields if (value := values.get(name)) and isinstance(value, str)])


def _other_names(values: Values) -> tuple[str, ...]:
    found = _texts(values, ("paper_name",))
    if others := _text(values, "other_names"):
        found += tuple(others.split(","))
    return tuple([name.strip() for name in found if name.strip()])


@cache
def _searched(kind: Kind, use: Search) -> tuple[str, ...]:
    return tuple(field.name for field in kind.fields if field.search is use)


def _rids(db: Database, kind: Kind, records: Sequence[RecordId]) -> dict[RecordId, int]:
    found: dict[RecordId, int] = {}
    for part in parts(records):
        found.update(db.execute(f'SELECT id, rid FROM "{kind.name}" WHERE id IN ({marks(part)})', part).fetchall())
    return found
