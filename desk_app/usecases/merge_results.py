"""What bundles do and did to single records: named while a plan is shown, kept once it was taken in, told later.

Kept is what a person may ask about afterwards: whatever was set aside, has two versions, was removed or erased, and the
first of the people who came or changed. Everything else is a count: the log itself holds every change.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.record_state import RecordState
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Field, Kind
from desk_app.domain.records.erasure import ERASURE
from desk_app.storage import erasure, projection, rows
from desk_app.storage import results as storage
from desk_app.storage.results import ReceivedBundle, Result
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync.plan import Comparison, Odd
from desk_app.usecases import people

MOST = 100
"""So many records are named of each thing that can happen; the counts say how many there were."""
BUNDLES = 200
"""So many of a partner's bundles are listed: four years of weeks."""
NOT_READABLE = "not_readable"
"""The reason where a value, or the whole change, could not be read or came without what it says."""
SHUT_OUT = Odd.SHUT_OUT.value
"""The reason where the device that wrote it was shut out before."""
NOT_ENTITLED = Odd.NOT_ENTITLED.value
"""The reason where it says whose a person is, and its desk may not."""
_WHY = (Odd.SHUT_OUT, Odd.NOT_ENTITLED)
_NAMES = ("name_tg", "name", "title", "number")


class Became(StrEnum):
    """What a bundle made of a record, what needs a person first."""

    QUARANTINED = "quarantined"
    DISAGREEMENT = "disagreement"
    ERASED = "erased"
    REMOVED = "removed"
    WAITING = "waiting"
    NEW = "new"
    UPDATED = "updated"
    SAME = "same"


NEEDS_A_LOOK = frozenset({Became.QUARANTINED, Became.DISAGREEMENT, Became.ERASED, Became.REMOVED})
"""What asks for a person, or took something away."""
_ORDER = {one: place for place, one in enumerate(Became)}


@dataclass(frozen=True, slots=True)
class Named:
    """A record and what became of it. `kind` is None for one that only a newer version of the program knows.

    `title` is whom or what it is about, empty where that is not known here; `client` whose page it stands on. `fields`
    are those with two versions, or with a value that was set aside: then with the code of the reason.
    """

    record: RecordId
    kind: Kind | None
    became: Became
    title: str = ""
    client: RecordId | None = None
    fields: tuple[tuple[Field | None, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Everything to be said of a bundle's records: those that are named, and per kind how many are new and updated."""

    records: tuple[Named, ...] = ()
    kinds: Mapping[str, tuple[int, int]] | None = None
    removed: int = 0
    unnamed: int = 0
    """How many new or updated records are counted alone."""


def told(vault: Vault, comparison: Comparison) -> Told:
    """What a comparison would do to records. After its changes were taken in, what it did."""
    found = _happened(comparison, erasure.kinds_of(vault.db, sorted(comparison.erased)[:MOST]))
    removed = sum(one.what is Odd.REMOVED for one in comparison.happenings)
    named, kinds = _named(vault, found, comparison), _per_kind(vault, comparison)
    plain = sum(one.became not in (Became.SAME, Became.WAITING, Became.ERASED) for one in named)
    return Told(named, kinds, removed, max(sum(map(sum, kinds.values())) - plain, 0))


def keep(vault: Vault, bundle: str, said: Told) -> None:
    """Keeps what is worth it, in the transaction that takes the bundle in."""
    people_first = (one for one in said.records if one.became in NEEDS_A_LOOK or one.kind is CLIENT)
    kept = (one for one in people_first if one.became is not Became.SAME)
    storage.keep(
        vault.db,
        bundle,
        (
            Result(
                one.record,
                one.kind.number if one.kind else 0,
                one.became.value,
                tuple((field.number if field else 0, why) for field, why in one.fields),
            )
            for one in kept
        ),
    )


def counts(said: Told) -> dict[str, int]:
    """What is kept of a bundle in numbers, beside those of its file: `new.client`, `updated.client`, `removed`."""
    found = {"removed": said.removed}
    for kind, (new, updated) in (said.kinds or {}).items():
        found |= {f"new.{kind}": new, f"updated.{kind}": updated}
    return found


def received(vault: Vault, partner: str) -> list[ReceivedBundle]:
    """The bundles of a partner that were taken in, the newest first."""
    with as_trouble(vault.folder / DATABASE):
        return storage.bundles(vault.db, DeskCode(partner), BUNDLES)


def of_bundle(vault: Vault, bundle: str) -> tuple[Named, ...]:
    """What was kept of a bundle: what its records are called today, what needs a person first."""
    with as_trouble(vault.folder / DATABASE):
        kept = storage.of_bundle(vault.db, bundle)
        found = [
            _Found(one.record, one.kind, Became(one.outcome), tuple(one.detail))
            for one in kept
            if one.outcome in list(Became)
        ]
        found.sort(key=lambda one: (_ORDER[one.became], one.kind != CLIENT.number))
        return _named(vault, found, Comparison())


def per_kind(bundle: ReceivedBundle) -> dict[str, tuple[int, int]]:
    """Kind -> how many records the bundle made new here, and how many it changed."""
    kinds = dict.fromkeys(name.partition(".")[2] for name in bundle.counts if "." in name)
    return {kind: (bundle.counts.get(f"new.{kind}", 0), bundle.counts.get(f"updated.{kind}", 0)) for kind in kinds}


@dataclass(frozen=True, slots=True)
class _Found:
    record: RecordId
    kind: int
    became: Became
    detail: tuple[tuple[int, str], ...] = ()


def _happened(comparison: Comparison, erased: Mapping[RecordId, int]) -> list[_Found]:
    """Each record once, by the first in `Became`'s order of what happened to it; at most `MOST` of each."""
    found: dict[RecordId, _Found] = {}
    for record in sorted(comparison.erased)[:MOST]:
        found[record] = _Found(record, erased.get(record, 0), Became.ERASED)
    for one in comparison.happenings:
        became = Became.QUARANTINED if one.what in _WHY else Became(one.what.value)
        before = found.get(one.record)
        if before is None or _ORDER[became] < _ORDER[before.became]:
            found[one.record] = before = _Found(one.record, one.kind, became)
        if became is before.became and became in (Became.DISAGREEMENT, Became.QUARANTINED):
            why = ""
            if one.what in _WHY:
                why = one.what.value
            elif became is Became.QUARANTINED:
                why = projection.problem(one.refused) if one.refused else NOT_READABLE
            detail = (*before.detail, (one.field, why))
            found[one.record] = _Found(one.record, one.kind, became, detail)
    for became, states in ((Became.NEW, comparison.fresh), (Became.UPDATED, comparison.changed)):
        for number, state in _first(states):
            found.setdefault(state.record, _Found(state.record, number, became))
    seen: Counter[Became] = Counter()
    kept = []
    for each in sorted(found.values(), key=lambda one: (_ORDER[one.became], one.kind != CLIENT.number)):
        seen[each.became] += 1
        if seen[each.became] <= MOST:
            kept.append(each)
    return kept


def _first(states: Mapping[int, Sequence[RecordState]]) -> Iterable[tuple[int, RecordState]]:
    """The first of each kind: clients always among them, whatever else there is."""
    for number, of_kind in states.items():
        if number != ERASURE.number:
            for state in of_kind[:MOST]:
                yield number, state


def _per_kind(vault: Vault, comparison: Comparison) -> dict[str, tuple[int, int]]:
    shown = (kind for kind in vault.registry if not kind.inner)
    found = {
        kind.name: (len(comparison.fresh.get(kind.number, ())), len(comparison.changed.get(kind.number, ())))
        for kind in shown
    }
    return {kind: of_kind for kind, of_kind in found.items() if any(of_kind)}


def _named(vault: Vault, found: Sequence[_Found], comparison: Comparison) -> tuple[Named, ...]:
    known = _Records(vault, comparison, found)
    named = []
    for one in found:
        kind = vault.registry.numbered(one.kind)
        if kind is not None and kind.inner and one.became in (Became.NEW, Became.UPDATED, Became.SAME):
            continue
        record = known.record(one.record)
        client = known.client(record)
        title = people.display_name(client) if client else _title(record)
        gone = one.became is Became.ERASED
        fields = tuple((_field(kind, number), why) for number, why in one.detail)
        whose = client.id if client and not gone else None
        named.append(Named(one.record, kind, one.became, title, whose, fields))
    return tuple(named)


class _Records:
    """Finds records in what arrives and in the vault, each kind asked once."""

    def __init__(self, vault: Vault, comparison: Comparison, found: Sequence[_Found]) -> None:
        self._vault = vault
        self._records: dict[RecordId, Record] = {}
        by_kind: dict[int, list[RecordId]] = {}
        for one in found:
            by_kind.setdefault(one.kind, []).append(one.record)
        for number, records in by_kind.items():
            self._find(number, records, comparison)
        clients = {RecordId(one.text("client")) for one in self._records.values() if one.text("client")}
        self._find(CLIENT.number, sorted(clients - self._records.keys()), comparison)

    def record(self, record: RecordId) -> Record | None:
        """The record, as it will be or is."""
        return self._records.get(record)

    def client(self, record: Record | None) -> Record | None:
        """Whose it is."""
        if record is None or record.kind == CLIENT.name:
            return record
        return self._records.get(RecordId(record.text("client")))

    def _find(self, number: int, records: Sequence[RecordId], comparison: Comparison) -> None:
        kind = self._vault.registry.numbered(number)
        if kind is None or not records:
            return
        wanted = set(records)
        for states in (comparison.fresh, comparison.changed):
            for state in states.get(number, ()):
                if state.record in wanted:
                    self._records[state.record] = Record(state.record, kind.name, state.values, 0, "", 0, "")
        rest = [record for record in records if record not in self._records]
        self._records.update((one.id, one) for one in rows.many(self._vault.db, kind, rest))


def _title(record: Record | None) -> str:
    return next((record.text(name) for name in _NAMES if record.text(name)), "") if record else ""


def _field(kind: Kind | None, number: int) -> Field | None:
    return next((field for field in kind.fields if field.number == number), None) if kind and number else None
