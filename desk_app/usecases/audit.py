"""The record of access: writing down who did what, and reading it. It never holds a name or the text of a record."""

import re
from dataclasses import dataclass

from desk_app.domain.errors import NotAllowed
from desk_app.domain.ids import RecordId, UserId
from desk_app.domain.records.declaration import Kind
from desk_app.domain.rules import roles
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import may
from desk_app.storage import audit as storage
from desk_app.storage import audit_signatures, members, rows
from desk_app.storage.audit import Act, Wanted
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault

_DETAIL = re.compile(r"[0-9A-Za-z_.:+,=/ -]{0,120}")
_SEEN_ONCE_IN = 3600 * 1000
"""Milliseconds: whoever comes back to the same page within the hour is written down once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, to be shown. `at` in Unix milliseconds; what does not apply is empty.

    `number` is the human number of the record, or of the client it is about, who is `client`.
    """

    at: int
    user: UserId
    name: str
    action: str
    kind: str = ""
    record: str = ""
    detail: str = ""
    number: str = ""
    client: str = ""


def note(vault: Vault, action: Action, kind: str = "", record: str = "", detail: str = "") -> None:
    """Writes down an act of the user, in the transaction that is under way where there is one.

    `detail` is a code, a count, a file's suffix or a user's id: anything that looks like a text is a mistake of the
    caller and raises ValueError. Raises `DiskFull`.
    """
    if not _DETAIL.fullmatch(detail):
        raise ValueError("the record of access holds no text")
    act = Act(vault.now(), vault.user, action, kind, record, detail)
    with as_trouble(vault.folder / DATABASE):
        storage.append(vault.db, act)


def note_unlocked(vault: Vault) -> None:
    """Writes down that the user unlocked, who signs what stands in the record of access so far. Raises `DiskFull`."""
    with as_trouble(vault.folder / DATABASE):
        audit_signatures.append_unlock(vault.db, vault.now(), vault.user, vault.keys.signing_key)


def note_seen(vault: Vault, kind: str, record: RecordId) -> None:
    """Writes down that a record was opened, once in an hour. Raises `DiskFull`."""
    with as_trouble(vault.folder / DATABASE):
        if storage.seen_since(vault.db, vault.user, record, vault.now() - _SEEN_ONCE_IN):
            return
    note(vault, Action.SEEN, kind, record)


def note_refused(vault: Vault, at: int, user: UserId) -> None:
    """Writes down that a wrong passphrase was tried on somebody's slot. Anybody may have said when: a moment that has
    not come yet is now. Raises `DiskFull`."""
    with as_trouble(vault.folder / DATABASE):
        storage.append(vault.db, Act(min(at, vault.now()), user, Action.REFUSED))


def may_see(vault: Vault) -> bool:
    """Whether the user may see what others did."""
    with as_trouble(vault.folder / DATABASE):
        who = members.get(vault.db, vault.user)
    return who is not None and who.gone is None and may(who.roles, roles.Act.SEE_AUDIT)


def entries(
    vault: Vault,
    *,
    user: str | None = None,
    record: str | None = None,
    action: str | None = None,
    since: int | None = None,
    until: int | None = None,
    limit: int = 200,
    offset: int = 0,
) -> list[Entry]:
    """Acts at this vault and what was made and changed on this device, the newest first.

    `since` is inside, `until` outside, both in Unix milliseconds. One's own acts everybody may see. Raises
    `NotAllowed` for those of others, without a role that leads.
    """
    if user != vault.user and not may_see(vault):
        raise NotAllowed(roles.Act.SEE_AUDIT.value)
    wanted = Wanted(user, record, action, since, until)
    with as_trouble(vault.folder / DATABASE):
        silent = [kind.number for kind in vault.registry if kind.silent]
        acts = storage.page(vault.db, vault.device, wanted, limit, offset, silent)
        names = {one.user: one.name for one in members.everybody(vault.db)}
        about = _about(vault, acts)
    return [
        Entry(
            act.at,
            UserId(act.user),
            names.get(UserId(act.user), ""),
            act.action,
            kind.name if (kind := _kind(vault, act)) else act.kind,
            act.record,
            act.detail if act.action != Action.UNLOCKED else "",  # There it is a signature.
            *about.get(act.record, ("", "")),
        )
        for act in acts
    ]


def _kind(vault: Vault, act: Act) -> Kind | None:
    if act.kind.isascii() and act.kind.isdigit():
        return vault.registry.numbered(int(act.kind))
    return next((kind for kind in vault.registry if kind.name == act.kind), None)


def _about(vault: Vault, acts: list[Act]) -> dict[str, tuple[str, str]]:
    """The human number and the client of each record that still stands."""
    asked: dict[str, set[RecordId]] = {}
    for act in acts:
        kind = _kind(vault, act)
        if kind is not None and act.record:
            asked.setdefault(kind.name, set()).add(RecordId(act.record))
    client = vault.registry["client"]
    clients: dict[str, str] = {}
    found: dict[str, tuple[str, str]] = {}
    for name, records in asked.items():
        for one in rows.many(vault.db, vault.registry[name], sorted(records)):
            clients[one.id] = one.id if name == client.name else one.text("client")
            found[one.id] = one.text("number"), clients[one.id]
    lacking = {RecordId(clients[record]) for record, (number, _) in found.items() if not number and clients[record]}
    numbers = {one.id: one.text("number") for one in rows.many(vault.db, client, sorted(lacking))}
    return {record: (number or numbers.get(RecordId(whom), ""), whom) for record, (number, whom) in found.items()}
