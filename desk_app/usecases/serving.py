"""Whom a desk serves: of people who were only offered to it, it reads and does not write until it accepts them."""

from collections.abc import Iterable

from desk_app.domain.errors import NotAcceptedYet, WithAnotherDesk
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Kind, Values
from desk_app.domain.records.referral import REFERRAL
from desk_app.storage import rows, transfers
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault


def offered_by(vault: Vault, clients: Iterable[RecordId]) -> dict[RecordId, DeskCode]:
    """Those of the clients who are offered to this desk and not accepted yet, each with the desk that offers. Who is
    referred to it as well it serves already. Nobody is offered to a coordinator."""
    with as_trouble(vault.folder / DATABASE):
        return {} if vault.is_coordinator else transfers.only_offered(vault.db, vault.desk, sorted(set(clients)))


def require(vault: Vault, kind: Kind, before: Record | None = None, values: Values | None = None) -> None:
    """Whether this desk may write this record, or change what it was `before`.

    Raises `NotAcceptedYet` for one about a person who was only offered, and `WithAnotherDesk` for a referral to a third
    desk of somebody who is not this desk's: no coordinator would believe it.
    """
    if vault.is_coordinator:
        return
    said = [one for one in (before.values if before else None, values) if one is not None]
    named = {one.name for one in kind.own_fields if one.refers_to == CLIENT.name}
    clients = {RecordId(str(one[name])) for one in said for name in named if one.get(name)}
    require_people(vault, {*clients, before.id} if before and kind.name == CLIENT.name else clients)
    to_desk = (values or {}).get("to_desk")
    if kind.name == REFERRAL.name and to_desk and not (before and before.values.get("to_desk") == to_desk):
        _require_own(vault, clients)


def require_people(vault: Vault, clients: Iterable[RecordId]) -> None:
    """Whether this desk may write about these people. Raises `NotAcceptedYet`."""
    for client, desk in offered_by(vault, clients).items():
        raise NotAcceptedYet(_number(vault, client), desk)


def _require_own(vault: Vault, clients: Iterable[RecordId]) -> None:
    with as_trouble(vault.folder / DATABASE):
        gone = transfers.gone(vault.db, vault.desk)
        for one in rows.many(vault.db, vault.registry[CLIENT.name], sorted(clients)):
            desk = gone.get(one.id) or one.text("desk")
            if desk and desk != vault.desk:
                raise WithAnotherDesk(one.text("number") or one.id, desk)


def _number(vault: Vault, client: RecordId) -> str:
    with as_trouble(vault.folder / DATABASE):
        found = rows.get(vault.db, vault.registry[CLIENT.name], client)
    return (found.text("number") if found else "") or client
