"""The one door for writing: a change and its projection in one transaction, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from desk_app.crypto.signing import SigningKey
from desk_app.domain.change import (
    SALT_BYTES,
    Body,
    ChainId,
    Change,
    Version,
    chain_id,
    encode_body,
    hash_body,
    hash_change,
    split_chain,
)
from desk_app.domain.clock import Clock, Stamp, milliseconds_of, today
from desk_app.domain.erasing import UNTOUCHED, Fate
from desk_app.domain.errors import EventNotEditable, RecordNotFound
from desk_app.domain.fold import fold
from desk_app.domain.ids import RandomBytes, RecordId, UserId
from desk_app.domain.record_state import RecordState
from desk_app.domain.records.declaration import (
    REMOVED,
    Field,
    FieldType,
    FieldValue,
    Kind,
    MergeClass,
    Registry,
    Values,
)
from desk_app.domain.records.erasure import ERASURE, erasure_of
from desk_app.domain.records.validation import checked
from desk_app.storage import erasure, log_table, meta, projection, rows, signatures
from desk_app.storage.sqlcipher import at_end, atomic, joining


@dataclass(frozen=True, slots=True)
class Write:
    """What one save of one record says: only the fields given are set.

    `replaces` names, per field, the versions that are replaced where these are not the one displayed: all of a
    disagreement that is settled, the settling that is taken back. Such a field is said even if it stands so already.
    """

    kind: Kind
    record: RecordId
    values: Values
    replaces: Mapping[str, Sequence[Version]] = field(default_factory=dict)


class Journal:
    """Writes changes of this device and of others into the log and the plain tables. `key` signs what is written."""

    def __init__(
        self,
        db: Database,
        registry: Registry,
        clock: Clock,
        chain: ChainId,
        user: UserId,
        random: RandomBytes,
        key: SigningKey,
    ) -> None:
        self.db = db
        self.registry = registry
        self.clock = clock
        self.chain = chain
        self.user = user
        self._random = random
        self._key = key

    def write(self, writes: Sequence[Write]) -> list[RecordId]:
        """Saves records of this desk and returns those that really changed.

        Raises `InvalidValue`, and `EventNotEditable` for an event that already stands.
        """
        with atomic(self.db):
            touched: dict[RecordId, Kind] = {}
            for write in writes:
                if self._append(write):
                    touched[write.record] = write.kind
                    projection.project(self.db, write.kind, [write.record])
            meta.put(self.db, "clock", str(self.clock.last))
        return list(touched)

    def take(
        self,
        arrived: Sequence[Change],
        fresh: Mapping[int, Sequence[RecordState]],
        changed: Mapping[int, Sequence[RecordState]],
        filled: Sequence[Change] = (),
        fate: Fate = UNTOUCHED,
    ) -> None:
        """Takes changes of other devices into the log and shows the states they lead to.

        `filled` are known changes whose bodies came only now. The caller verified all and asked, in this same
        transaction, what erasures mean for them (`erasure.fate`) and which states they fold to (`sync.plan.compare`).
        """
        with joining(self.db):
            log_table.insert(self.db, arrived)
            log_table.fill(self.db, filled)
            self._extend_chains(arrived)
            erasure.empty(self.db, self.registry, fate.gone)
            for kind in self.registry:
                projection.put(self.db, kind, fresh.get(kind.number, ()), fresh=True)
                projection.put(self.db, kind, changed.get(kind.number, ()), fresh=False)
            for stamp in sorted([change.hlc for change in arrived], reverse=True):
                if stamp <= self.clock.last:
                    break
                self.clock.witness(stamp)
            meta.put(self.db, "clock", str(self.clock.last))
            self._note_derived(fate)

    def rebuild(self) -> None:
        """Fills empty tables from the log; what they show only now that an erasure reaches is erased."""
        projection.rebuild(self.db, self.registry)
        found = erasure.fate_anew(self.db, self.registry)
        if found.gone or found.derived:
            self.take((), {}, {}, fate=found)

    @property
    def last_version(self) -> Version:
        """The change that this device wrote last."""
        return Version(self.chain, log_table.last_of(self.db, self.chain)[0])

    def state(self, kind: Kind, record: RecordId) -> RecordState:
        """A record's folded state with its heads. Raises `RecordNotFound`."""
        changes = log_table.of_records(self.db, [record]).get(record, [])
        found = fold(kind, changes)
        if found is None:
            raise RecordNotFound(record)
        return found

    def _append(self, write: Write) -> bool:
        values = checked(write.kind, write.values)
        changes = log_table.of_records(self.db, [write.record]).get(write.record, [])
        before = fold(write.kind, changes) if changes else None
        if before is None and any(change.kind == write.kind.number for change in changes):
            raise RecordNotFound(write.record)  # It was erased.
        if before is not None and write.kind.event and set(values) - {"deleted"} - set(write.replaces):
            raise EventNotEditable(write.kind.name)
        body = _body(write.kind, values, before, write.replaces)
        if not body.f:
            return False
        self._log(write.kind, write.record, encode_body(body))
        return True

    def _note_derived(self, fate: Fate) -> None:
        """Whatever an erasure reached gets one of its own: once emptied, nothing tells any more what it referred to."""
        writes = []
        for record, root in fate.derived.items():
            of_root = rows.get(self.db, ERASURE, erasure_of(root))
            said = of_root.values if of_root else {}
            values = {
                "desk": said.get("desk"),
                "desks": said.get("desks"),
                "reason": said.get("reason") or "asked",
                "erased_on": said.get("erased_on") or today(milliseconds_of(self.clock.last)).isoformat(),
                "part_of": said.get("part_of") or erasure_of(root),
            }
            writes.append(Write(ERASURE, erasure_of(record), values))
        if writes:
            self.write(writes)

    def _log(self, kind: Kind, record: RecordId, body: bytes) -> None:
        seq, last_hash = log_table.last_of(self.db, self.chain)
        salt = self._random(SALT_BYTES)
        device, incarnation = split_chain(self.chain)
        stamp: Stamp = self.clock.tick()
        change = Change(
            device,
            incarnation,
            seq + 1,
            stamp,
            record,
            kind.number,
            self.user,
            body,
            salt,
            hash_body(salt, body),
            last_hash,
        )
        log_table.insert(self.db, [change])
        log_table.set_last(self.db, self.chain, change.seq, hash_change(change))
        at_end(self.db, self._sign)

    def _sign(self) -> None:
        """Once for a transaction, whatever it wrote."""
        signatures.sign_last(self.db, self.chain, self.user, self._key)

    def _extend_chains(self, arrived: Sequence[Change]) -> None:
        """Moves the marks up to which chains are held without a gap: over what arrived, and what had waited for it."""
        came: dict[ChainId, dict[int, Change]] = {}
        for (device, incarnation), of_chain in groupby(arrived, key=itemgetter(0, 1)):
            came.setdefault(chain_id(device, incarnation), {}).update((change.seq, change) for change in of_chain)
        for chain, numbered in sorted(came.items()):
            seq, last_hash = log_table.last_of(self.db, chain)
            while following := numbered.get(seq + 1) or self._waiting(chain, seq + 1):
                if following.prev_hash != last_hash:
                    break
                seq, last_hash = following.seq, hash_change(following)
            log_table.set_last(self.db, chain, seq, last_hash)

    def _waiting(self, chain: ChainId, seq: int) -> Change | None:
        found = log_table.of_chain(self.db, chain, seq - 1, 1)
        return found[0] if found and found[0].seq == seq else None


def _body(
    kind: Kind,
    values: Mapping[str, FieldValue],
    before: RecordState | None,
    replaces: Mapping[str, Sequence[Version]],
) -> Body:
    """The body that takes a record from what is shown to these values, naming what it replaces."""
    bases: list[Version] = []
    said: dict[str, list[Any] | dict[str, list[Any]]] = {}
    for name, value in values.items():
        field = kind.field(name)
        shown = before.values.get(name) if before else None
        if value == shown and name not in replaces:
            continue
        if field.type is FieldType.SET:
            elements = _elements(_as_set(value), _as_set(shown), field.number, before, bases)
            if elements:
                said[str(field.number)] = elements
        else:
            seen = replaces[name] if name in replaces else _displayed(field, before)
            if field.number == REMOVED and value is True and before is not None:
                seen = [*seen, *_all_shown(before)]
            said[str(field.number)] = [value, *_places(seen, bases)]
    return Body(said, [(version.chain, version.seq) for version in bases])


def _elements(
    wanted: frozenset[str], shown: frozenset[str], number: int, before: RecordState | None, bases: list[Version]
) -> dict[str, list[Any]]:
    registers = before.elements.get(number, {}) if before else {}
    return {
        code: [code in wanted, *_places([head.version for head in registers.get(code, ())], bases)]
        for code in sorted(wanted ^ shown)
    }


def _displayed(field: Field, before: RecordState | None) -> list[Version]:
    """Desks that wrote the same value each have a head of it, and the author was shown them all as one; so he was where
    long texts were joined."""
    heads = before.heads.get(field.number, ()) if before else ()
    if before and field.merge is MergeClass.LONG_TEXT and heads and before.values[field.name] != heads[0].value:
        return [head.version for head in heads]
    return [head.version for head in heads if head.value == heads[0].value]


def _all_shown(before: RecordState) -> list[Version]:
    """Every version that stands in the record: whoever removes it says what he had seen of it."""
    registers = [alive for number, alive in before.heads.items() if number != REMOVED]
    registers += [alive for of_set in before.elements.values() for alive in of_set.values()]
    return sorted({head.version for alive in registers for head in alive})


def _places(versions: Sequence[Version], bases: list[Version]) -> list[int]:
    places = {version: place for place, version in enumerate(bases)}
    for version in versions:
        if version not in places:
            places[version] = len(bases)
            bases.append(version)
    return [places[version] for version in dict.fromkeys(versions)]


def _as_set(value: FieldValue) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()
