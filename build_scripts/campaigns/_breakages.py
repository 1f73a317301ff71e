"""Mistakes made on purpose, one at a time: a campaign that does not find them proves nothing."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from desk_app.domain.erasing import UNTOUCHED
from desk_app.domain.ids import RecordId
from desk_app.domain.record_state import RecordState
from desk_app.storage import erasure, journal, lease, log_table, restoring, sharing
from desk_app.storage import exchange as storage
from desk_app.storage.journal import Journal
from desk_app.storage.sqlcipher import atomic
from desk_app.usecases import alarms, copies, merging

Broken = AbstractContextManager[object]


def _base_ignored() -> Broken:
    """An edit does not name what its author was shown."""
    return patch.object(journal, "_displayed", lambda *_: [])


def _removal_wins() -> Broken:
    """Somebody's change goes unnoticed where somebody else removed the record."""
    real = RecordState.disagreements
    return patch.object(RecordState, "disagreements", lambda state, kind: _without(real(state, kind), 3))


def _without(found: Mapping[int, Any], number: int) -> dict[int, Any]:
    return {field: heads for field, heads in found.items() if field != number}


@contextmanager
def _confirmed_early() -> Iterator[None]:
    """A bundle counts as received before what it brings is committed."""
    real_merged, real_note, real_known = merging._merged, storage.note_received, storage.received_as
    early: set[str] = set()

    def merged(vault: Any, shown: Any, one: Any, opened: Any, guard: Any) -> Any:
        if real_known(vault.db, opened.hash) is None:
            header = opened.header
            with atomic(vault.db):
                said = (opened.hash, header.sender.desk, header.number, header.made_on, vault.now())
                real_note(vault.db, storage.Received(*said), {})
            early.add(opened.hash)
        return real_merged(vault, shown, one, opened, guard)

    def note(db: Any, received: Any, *rest: Any) -> None:
        db.execute("DELETE FROM bundle_received WHERE hash = ?", [received.hash])
        real_note(db, received, *rest)
        early.discard(received.hash)

    with ExitStack() as stack:
        stack.enter_context(patch.object(merging, "_merged", merged))
        stack.enter_context(patch.object(storage, "note_received", note))
        known = patch.object(storage, "received_as", lambda db, name: None if name in early else real_known(db, name))
        stack.enter_context(known)
        yield


def _foreign_record_sent() -> Broken:
    """A desk gets a person of another desk."""
    real = sharing.changes

    def changes(db: Any, registry: Any, mark: Any) -> Any:
        found = {one.version: one for one in real(db, registry, mark)}
        other = db.execute("SELECT id FROM client WHERE desk NOT IN (?, 'coordinator') LIMIT 1", [mark.code]).fetchone()
        for one in log_table.of_records(db, [other[0]] if other else []).get(RecordId(other[0] if other else ""), []):
            found[one.version] = one
        return [found[version] for version in sorted(found)]

    return patch.object(sharing, "changes", changes)


def _number_reused() -> Broken:
    """A restored vault goes on in the series of the one that was lost."""
    stack = ExitStack()
    for module, name in ((restoring, "begin_anew"), (lease, "renew"), (copies, "heed"), (alarms, "heed")):
        stack.enter_context(patch.object(module, name, lambda *_: False))
    return stack


def _erasure_not_followed() -> Broken:
    """An erasure that arrives empties nothing."""
    return patch.object(erasure, "fate", lambda *_: UNTOUCHED)


def _confirmed_in_part() -> Broken:
    """The newest bundle is confirmed, though what it goes on from was lost."""
    return patch.object(storage, "last_whole", lambda db, code: next(reversed(storage.received_from(db, code)), None))


def _unknown_dropped() -> Broken:
    """Changes of kinds that only a newer version knows are not kept."""
    real = Journal.take

    def take(self: Journal, arrived: Any, *rest: Any, **more: Any) -> None:
        real(self, [one for one in arrived if self.registry.numbered(one.kind)], *rest, **more)

    return patch.object(Journal, "take", take)


BREAKAGES: Mapping[str, Callable[[], Broken]] = {
    "base_ignored": _base_ignored,
    "removal_wins": _removal_wins,
    "confirmed_early": _confirmed_early,
    "foreign_record_sent": _foreign_record_sent,
    "number_reused": _number_reused,
    "erasure_not_followed": _erasure_not_followed,
    "confirmed_in_part": _confirmed_in_part,
    "unknown_dropped": _unknown_dropped,
}
