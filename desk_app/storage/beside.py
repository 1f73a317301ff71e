"""The few people whom one more person is worth being compared with, found without reading anybody's record.

The same rule as `names.pairs` goes by, asked of the index of keys: of those who share a common name only those who
share another word of it too, or nearly the birth date.
"""

from collections import Counter
from collections.abc import Collection

from msgspec import json
from sqlite_utils import Database

from desk_app.domain import names
from desk_app.storage.parts import marks

_NAME, _BIRTH = "n:", "b:"
_MOST = 1000
"""So many people are looked at for one: ten thousand of one name, as a hostile bundle may bring, cost no minutes."""
_ONE_NAME = """(length(keys) - length(replace(keys, '"n:', ''))) = 3"""
"""An entry with a single key of a name."""


def worth_comparing(db: Database, facts: names.PersonFacts) -> set[int]:
    """The rows of the people who may come to points that count, some more, and the person herself if on record."""
    wanted = {key: _sharing(db, [key]) for key in names.candidate_keys(facts)}
    found: set[int] = set().union(*(rids for rids in wanted.values() if len(rids) <= 2 * names.ALL_PAIRS))
    words = {key: rids for key, rids in wanted.items() if key.startswith(_NAME)}
    by_name = Counter(rid for rids in words.values() for rid in rids)
    found.update(rid for rid, shared in by_name.items() if shared > 1)
    for key, rids in wanted.items():
        if key not in words:
            found.update(rids & by_name.keys())
    near = _sharing(db, [_BIRTH + date for date in names.dates_near(facts.birth_date)])
    found.update(near & by_name.keys())
    if len(words) == 1:
        found.update(_with_one_name(db, by_name.keys()))
    return found if len(found) <= _MOST else _nearest(found, wanted.values())


def _nearest(found: Collection[int], wanted: Collection[Collection[int]]) -> set[int]:
    """Those who share most; of equals the ones who came last."""
    shared = Counter(rid for rids in wanted for rid in rids)
    return set(sorted(found, key=lambda rid: (shared[rid], rid), reverse=True)[:_MOST])


def _sharing(db: Database, keys: Collection[str]) -> set[int]:
    return {row[0] for row in db.execute(f"SELECT rid FROM person_key WHERE key IN ({marks(list(keys))})", list(keys))}


def _with_one_name(db: Database, rids: Collection[int]) -> set[int]:
    sql = f"SELECT rid FROM person_entry WHERE rid IN (SELECT value FROM json_each(?)) AND {_ONE_NAME}"
    return {row[0] for row in db.execute(sql, [json.encode(list(rids)).decode()])}
