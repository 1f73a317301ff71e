"""What the windows about duplicates ask the vault: each runs in the worker and gives values back."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk_app.domain.ids import RecordId, UserId
from desk_app.domain.records.sameness import DIFFERENT, OPEN, SAMENESS, sameness_of
from desk_app.storage import rows
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.usecases import duplicates, linking, people, users
from desk_app.usecases.duplicates import Counts, Pair
from desk_app.usecases.linking import Judged

MOST = 200
"""Rows at a time: nobody looks at more in one sitting."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The pairs of one state, best first, and how many of everything there are. `people` are all on record."""

    state: str
    pairs: tuple[Pair, ...]
    counts: Counts
    people: int


@dataclass(frozen=True, slots=True)
class Opened:
    """Two people side by side. Of a pair that was judged, who judged it and when, in Unix milliseconds."""

    pair: Pair
    one: Record
    other: Record
    by: str = ""
    at: int = 0


def key_of(pair: Pair) -> str:
    """The id of the record about a pair, whether there is one or not."""
    return sameness_of(pair.one.id, pair.other.id)


def listed(vault: Vault, state: str, only: Sequence[RecordId]) -> Listed:
    """The pairs of one state; the open ones of some people where `only` names them."""
    pairs = duplicates.of(vault, *only)[:MOST] if only and state == OPEN else duplicates.listed(vault, state, MOST)
    return Listed(state, tuple(pairs), duplicates.counts(vault), people.count(vault))


def opened(vault: Vault, pair: Pair) -> Opened | None:
    """Both people of a pair; None where one of them is not on record any more."""
    kind = vault.registry["client"]
    one, other = rows.get(vault.db, kind, pair.one.id), rows.get(vault.db, kind, pair.other.id)
    if one is None or other is None:
        return None
    said = rows.get(vault.db, SAMENESS, RecordId(key_of(pair))) if pair.state != OPEN else None
    if said is None:
        return Opened(pair, one, other)
    who = users.names(vault).get(UserId(said.changed_by), said.changed_by)
    return Opened(pair, one, other, who, said.changed)


def reopen(vault: Vault, a: str, b: str) -> Judged:
    """Takes back that two clients are two people: they are to be looked at again."""
    one, other = RecordId(a), RecordId(b)
    record = sameness_of(one, other)
    linking.undo(vault, Judged(record, one, other, DIFFERENT, OPEN))
    return Judged(record, one, other, OPEN, DIFFERENT)
