"""What a coordinator lays down for every desk: who may, and what counts as said by a coordinator.

Such a record travels to every desk. A desk that writes over one, by mistake or on purpose, changes nothing by it: only
what coordinators' devices wrote is folded, wherever the record is read.
"""

from collections.abc import Mapping

from desk_app.domain.change import Version
from desk_app.domain.desks import is_coordinator
from desk_app.domain.errors import FieldFixed, NotAllowed
from desk_app.domain.fold import fold
from desk_app.domain.ids import DeviceId, RecordId
from desk_app.domain.record_state import RecordState
from desk_app.domain.records.declaration import FieldValue, Kind, Values
from desk_app.domain.rules.roles import Act
from desk_app.storage import log_table, partner_table, roster
from desk_app.storage.journal import Write
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import users

_MOST = 10_000
"""Records of one kind that are read: nobody writes so many by hand."""


def may_lead(vault: Vault) -> bool:
    """Whether who opened this vault may change what goes to every desk."""
    try:
        require(vault)
    except NotAllowed:
        return False
    return True


def require(vault: Vault) -> None:
    """Raises `NotAllowed` at a desk, and for whoever does not lead the programme."""
    if not vault.is_coordinator:
        raise NotAllowed(Act.LEAD.value)
    users.require(vault, Act.LEAD)


def refuse_fixed(kind: Kind, values: Values) -> None:
    """Raises `FieldFixed` for what the program alone says of a record, such as whose it is."""
    own = {field.name for field in kind.own_fields}
    for name in values:
        if name not in own:
            raise FieldFixed(kind.name, name)


def said(vault: Vault, kind: Kind) -> list[RecordState]:
    """What coordinators say: the records of a kind in the order in which they were made, removed ones left out."""
    with as_trouble(vault.folder / DATABASE):
        states = _folded(vault, kind, log_table.records_after(vault.db, kind.number, "", _MOST))
    shown = [state for state in states.values() if not state.deleted]
    return sorted(shown, key=lambda state: (state.made, state.record))


def write(vault: Vault, kind: Kind, record: RecordId, values: Values) -> bool:
    """Says something of a record, over whatever a desk may have written; whether anything changed.

    Raises `NotAllowed`, `InvalidValue`.
    """
    require(vault)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        before = _folded(vault, kind, [record]).get(record)
        shown: Mapping[str, FieldValue] = before.values if before is not None else {"desk": None}
        wanted = {"desk": vault.desk, "deleted": False, **values} if before is None else {"deleted": False, **values}
        fresh = {name: value for name, value in wanted.items() if (shown.get(name) or None) != (value or None)}
        if not fresh:
            return False
        vault.journal.write([Write(kind, record, fresh, _replaced(vault, kind, record, fresh))])
        return True


def _replaced(vault: Vault, kind: Kind, record: RecordId, values: Values) -> dict[str, list[Version]]:
    """Every version that stands, whoever wrote it: none of them disagrees with the coordinator any more."""
    changes = log_table.of_records(vault.db, [record]).get(record, [])
    state = fold(kind, changes)
    heads = state.heads if state is not None else {}
    return {name: [head.version for head in heads.get(kind.field(name).number, ())] for name in values}


def _folded(vault: Vault, kind: Kind, records: list[RecordId]) -> dict[RecordId, RecordState]:
    trusted = _coordinators(vault)
    found = log_table.of_records(vault.db, records)
    states = (fold(kind, [one for one in changes if one.device in trusted]) for changes in found.values())
    return {state.record: state for state in states if state is not None}


def _coordinators(vault: Vault) -> frozenset[DeviceId]:
    """Every coordinator's device this vault has ever trusted: what one laid down stays when another takes its place."""
    known = {one.device for one in partner_table.partners(vault.db) if is_coordinator(one.code)}
    known |= roster.roots(vault.db).keys() | roster.known(vault.db).numbers.keys()
    return frozenset(known | {vault.device} if vault.is_coordinator else known)
