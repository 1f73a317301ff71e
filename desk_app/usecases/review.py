"""What two vaults said differently about one field: the list of it. `settling` puts one value in the place of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk_app.domain import change
from desk_app.domain.change import ChainId, Change, decode_body, split_chain
from desk_app.domain.clock import milliseconds_of, today
from desk_app.domain.errors import NothingToSettle
from desk_app.domain.fold import fold
from desk_app.domain.ids import DeskCode, RecordId, UserId, is_record_id
from desk_app.domain.record_state import Head
from desk_app.domain.records.declaration import REMOVED, Field, FieldType, FieldValue, Kind, MergeClass
from desk_app.storage import exchange, log_table, partner_table, review, rows
from desk_app.storage.exchange import Received
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import users

QUESTION = "question"
"""The type of the follow-ups by which a desk is asked."""
_LATER = {MergeClass.LONG_TEXT: 1, MergeClass.MINOR: 2}
"""Who somebody is comes before what was written about him, and that before his address."""


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values, None for a sealed text. `recorded` and `imported` in Unix milliseconds; `imported` is None for
    what was typed here. `version` is the change that it came with.
    """

    value: FieldValue
    author: str
    desk: str
    recorded: int
    imported: int | None
    version: change.Version


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field with more than one value; the first is the one that is shown meanwhile.

    Of a record that was removed while somebody else changed it, the field is `deleted`, and `changed` names the fields.
    `asked` is the ISO date on which a desk was asked about its person, empty where that waits for no answer.
    """

    id: str
    kind: Kind
    record: RecordId
    field: Field
    values: tuple[Version, ...]
    changed: tuple[Field, ...] = ()
    asked: str = ""

    @property
    def can_keep_both(self) -> bool:
        """Whether there is a field for a second true value; what stands in it may still be in the way."""
        return bool(self.field.beside)


def count(vault: Vault) -> int:
    """How many fields wait for somebody to settle them."""
    with as_trouble(vault.folder / DATABASE):
        return len(review.disagreements(vault.db))


def disagreements(vault: Vault, limit: int | None = None) -> list[Disagreement]:
    """Fields on which vaults disagree: identity before texts, phones and addresses last, the oldest record first."""
    with as_trouble(vault.folder / DATABASE):
        noted = []
        for record, kind_number, number in review.disagreements(vault.db):
            kind = vault.registry.numbered(kind_number)
            if kind is not None:
                noted.append((record, kind, next(field for field in kind.fields if field.number == number)))
        noted.sort(key=lambda one: _LATER.get(one[2].merge, 0))
        return _read(vault, noted[:limit])


def of_record(vault: Vault, record: RecordId) -> list[Disagreement]:
    """The fields of one record on which vaults disagree."""
    with as_trouble(vault.folder / DATABASE):
        noted = []
        for kind_number, number in review.of_record(vault.db, record):
            kind = vault.registry.numbered(kind_number)
            if kind is not None:
                noted.append((record, kind, next(field for field in kind.fields if field.number == number)))
        return _read(vault, noted)


def find(vault: Vault, wanted: str) -> Disagreement:
    """The disagreement with that id. Raises `NothingToSettle`."""
    record = wanted.partition(".")[0]
    for one in of_record(vault, RecordId(record)) if is_record_id(record) else ():
        if one.id == wanted:
            return one
    raise NothingToSettle(wanted)


def client_of(vault: Vault, kind: Kind, record: RecordId) -> RecordId | None:
    """Whom a record is about: a client is about himself."""
    if kind.name == "client":
        return record
    row = rows.get(vault.db, kind, record)
    return RecordId(row.text("client")) if row and row.text("client") else None


def _read(vault: Vault, noted: Sequence[tuple[RecordId, Kind, Field]]) -> list[Disagreement]:
    teller = _Teller(vault)
    changes = log_table.of_records(vault.db, list(dict.fromkeys(record for record, _, _ in noted)))
    found = []
    for record, kind, field in noted:
        of_kind = [one for one in changes.get(record, ()) if one.kind == kind.number]
        state = fold(kind, of_kind)
        heads = state.disagreements(kind).get(field.number) if state else None
        if state is None or heads is None:
            continue
        origins = _origins(field, heads, of_kind)
        values = tuple(teller.version(field, head, origins.get(head.version)) for head in heads)
        missed = {head.version for head in state.unseen} if field.number == REMOVED else set()
        registers = {number: [*alive] for number, alive in state.heads.items()}
        for number, elements in state.elements.items():
            registers[number] = [head for alive in elements.values() for head in alive]
        changed = tuple(one for one in kind.fields if missed & {head.version for head in registers.get(one.number, ())})
        asked = teller.asked(client_of(vault, kind, record))
        found.append(Disagreement(f"{record}.{field.number}", kind, record, field, values, changed, asked))
    return found


def _origins(field: Field, heads: Sequence[Head], changes: Sequence[Change]) -> dict[change.Version, Change]:
    """Head -> the change that first said it, where a settling was taken back: several heads replace the same one."""
    by_version = {one.version: one for one in changes}
    bases = {head.version: _bases(field, by_version.get(head.version)) for head in heads}
    found = {}
    for head in heads:
        shared = [base for base in bases[head.version] if sum(base in others for others in bases.values()) > 1]
        former = [version for base in shared for version in _bases(field, by_version.get(base))]
        said = [one for version in former if (one := by_version.get(version)) and _says(field, one) == head.value]
        if said:
            found[head.version] = said[0]
    return found


def _bases(field: Field, one: Change | None) -> list[change.Version]:
    """The versions that a change replaced in this field."""
    if one is None or not one.body:
        return []
    body = decode_body(one.body)
    said = body.f.get(str(field.number), [None])
    places = said[1:] if isinstance(said, list) else []
    known = range(len(body.b))
    return [change.Version(ChainId(body.b[at][0]), body.b[at][1]) for at in places if at in known]


def _says(field: Field, one: Change) -> object:
    said = decode_body(one.body).f.get(str(field.number))
    return said[0] if isinstance(said, list) and said else None


class _Teller:
    """Says who recorded a version where, reading partners, names and bundles once for a whole list."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._names: Mapping[UserId, str] = users.names(vault)
        self._desks: dict[str, str] = {one.device: one.code for one in partner_table.partners(vault.db)}
        self._came: dict[str, list[Received]] = {}
        questions = rows.where(vault.db, vault.registry["followup"], {"type": QUESTION, "state": "pending"}, "made")
        self._asked = {one.text("client"): today(one.made).isoformat() for one in questions}

    def version(self, field: Field, head: Head, origin: Change | None) -> Version:
        """One version in words' facts; `origin` said it first where it was put back since."""
        chain, stamp, user = (
            (origin.chain, origin.hlc, origin.user)
            if origin
            else (
                head.version.chain,
                head.stamp,
                head.user,
            )
        )
        device, _ = split_chain(chain)
        recorded = milliseconds_of(stamp)
        author = self._names.get(user, user)
        value = None if field.type is FieldType.SEALED_TEXT else head.value
        if device == self._vault.device:
            return Version(value, author, self._vault.desk, recorded, None, head.version)
        desk = self._desks.get(device, "")
        # The bundle that brought it is the first that was made after it.
        imported = next((one.received for one in self._bundles(desk) if one.made >= recorded), None)
        return Version(value, author, desk, recorded, imported, head.version)

    def asked(self, client: RecordId | None) -> str:
        """When a desk was asked about this client and has not answered yet."""
        return self._asked.get(client or "", "")

    def _bundles(self, desk: str) -> list[Received]:
        if desk not in self._came:
            self._came[desk] = exchange.received_from(self._vault.db, DeskCode(desk)) if desk else []
        return self._came[desk]
