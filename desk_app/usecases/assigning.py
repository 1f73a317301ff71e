"""A person whom two desks took over: she was offered twice, and both accepted before they could hear of it.

The coordinator believes the one whose acceptance comes first; the other desk does not know of it. The coordinator asks
both, and says whose she is.
"""

from dataclasses import dataclass

from desk_app.domain.clock import today
from desk_app.domain.desks import COORDINATOR, desk_code
from desk_app.domain.errors import NotContested, OthersAnswer
from desk_app.domain.ids import DeskCode, RecordId, uuid7
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import FieldValue
from desk_app.domain.records.transfer import ACCEPTED, TRANSFER
from desk_app.domain.records.validation import checked
from desk_app.domain.rules.auditing import Action
from desk_app.storage import contested as storage
from desk_app.storage.journal import Write
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit, believing, linking, people, records


@dataclass(frozen=True, slots=True)
class Contested:
    """A person whom several desks took over; `desks` by code, the one that has her here first."""

    client: RecordId
    client_number: str
    client_name: str
    desks: tuple[DeskCode, ...]


def contested(vault: Vault) -> tuple[Contested, ...]:
    """The people of whom a coordinator has to say whose they are; nobody at a desk."""
    if not vault.is_coordinator:
        return ()
    with as_trouble(vault.folder / DATABASE):
        found = storage.contested(vault.db, believing.desks_of_devices(vault))
    return tuple(_shown(records.show(vault, client), desks) for client, desks in sorted(found.items()))


def claims(vault: Vault, client: RecordId) -> Contested | None:
    """All that claim a person, by whichever of her linked records; None where nobody has to say whose she is."""
    together = linking.members(vault, client)
    return next((one for one in contested(vault) if one.client in together), None)


def assign(vault: Vault, client: RecordId, desk: str) -> tuple[RecordId, ...]:
    """Says which of the desks that took a person over has her; the others hear that she moved there. Returns her
    records: those that are linked and that the same desks took over go along.

    Raises `OthersAnswer` at a desk, `DeskCodeWrong`, `NotContested` where that desk did not take her over or nobody
    else did.
    """
    if not vault.is_coordinator:
        raise OthersAnswer(COORDINATOR)
    target = desk_code(desk)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        found = storage.contested(vault.db, believing.desks_of_devices(vault))
        if target not in found.get(client, ()):
            raise NotContested(target)
        together = [one for one in linking.members(vault, client) if set(found.get(one, ())) == set(found[client])]
        for one in together:
            _assign(vault, one, target, [other for other in found[one] if other != target])
    return tuple(together)


def _assign(vault: Vault, client: RecordId, target: DeskCode, others: list[DeskCode]) -> None:
    kind = vault.registry[CLIENT.name]
    vault.journal.write([Write(kind, client, {"desk": target}, {"desk": storage.claims(vault.db, client)})])
    on = today(vault.now()).isoformat()
    for other in others:
        said: dict[str, FieldValue] = {
            "client": client,
            "from_desk": other,
            "to_desk": target,
            "state": ACCEPTED,
            "offered_on": on,
            "answered_on": on,
            "turn": storage.next_turn(vault.db, client),
        }
        made = uuid7(vault.now(), vault.surroundings.random)
        values: dict[str, FieldValue] = {"desk": vault.desk, **checked(TRANSFER, said)}
        vault.journal.write([Write(vault.registry[TRANSFER.name], made, values)])
    audit.note(vault, Action.TRANSFER_ASSIGNED, CLIENT.name, client, target)


def _shown(client: Record, desks: list[DeskCode]) -> Contested:
    return Contested(client.id, client.text("number"), people.display_name(client), tuple(desks))
