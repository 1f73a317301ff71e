"""What has been kept long enough: proposals, each of which a person looks at and confirms. Nothing goes by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk_app.domain.clock import today
from desk_app.domain.errors import RecordNotFound
from desk_app.domain.ids import RecordId
from desk_app.domain.rules.retention import is_due, rule
from desk_app.domain.rules.roles import Act
from desk_app.storage import retention as storage
from desk_app.storage import rows
from desk_app.storage.retention import Quiet
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import drafts, erasure, linking, people, users
from desk_app.usecases.erasure import Erased, Progress

MOST = 200
"""Proposals of one rule at a time: nobody looks at more in one sitting."""
_DAY = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule would let go. `rule` is a code of `rules.retention.RULE`, `last` the ISO date it counts from.

    `key` is the record's id, or the key of a draft; `number` and `desk` are empty where there is none.
    """

    rule: str
    key: str
    number: str
    name: str
    desk: str
    last: str

    @property
    def is_client(self) -> bool:
        """Whether it is about a person with a page of her own."""
        return rule(self.rule).kind == "client"


def proposals(vault: Vault) -> list[Proposal]:
    """What the rules propose now, the oldest of each rule first. Changes nothing."""
    with as_trouble(vault.folder / DATABASE):
        found = [*_clients(vault, "withdrawn"), *_clients(vault, "quiet"), *_participants(vault)]
    found += _drafts(vault)
    return list({one.key: one for one in reversed(found)}.values())[::-1]


def confirm(vault: Vault, proposal: Proposal, progress: Progress | None = None) -> Erased | None:
    """Does what was proposed, if the rule still says so; None when it was stopped before anything went.

    Raises `NotAllowed`, `RecordNotFound` when something was recorded meanwhile, and what `erasure.erase` raises.
    """
    if proposal not in proposals(vault):
        raise RecordNotFound(proposal.number or proposal.key)
    if proposal.rule == "draft":
        drafts.drop(vault, proposal.key)
        return Erased(0)
    users.require(vault, Act.ERASE)
    return erasure.erase(vault, proposal.key, "retention", progress)


def _clients(vault: Vault, code: str) -> list[Proposal]:
    before = vault.now() - rule(code).days * _DAY
    withdrawn = code == "withdrawn"
    found = []
    for one in storage.quiet_clients(vault.db, vault.registry, before, withdrawn, MOST):
        together = linking.members(vault, one.id)
        if one.id != together[0] or (latest := _last(vault, one, together)) >= before:
            continue  # Of clients who are one person, the one whose page it is stands for all.
        if withdrawn and people.consents_of(vault, one.id).get("service") != "withdrawn":
            continue
        last = today(latest).isoformat()
        client = rows.get(vault.db, vault.registry["client"], one.id)
        if client is not None and is_due(code, last, today(vault.now())):
            found.append(_proposal(code, client, people.display_name(client), last))
    return found


def _last(vault: Vault, one: Quiet, together: Sequence[RecordId]) -> int:
    return one.last if len(together) == 1 else storage.last_about(vault.db, vault.registry, together)


def _participants(vault: Vault) -> list[Proposal]:
    kind, on = vault.registry["participant"], today(vault.now())
    found = []
    for record, last in storage.light_participants(vault.db, on.isoformat(), MOST):
        row = rows.get(vault.db, kind, record)
        if row is not None and is_due("course", last, on):
            found.append(_proposal("course", row, row.text("name"), last))
    return found


def _drafts(vault: Vault) -> list[Proposal]:
    old = [(one, today(one.saved).isoformat()) for one in drafts.all_drafts(vault)]
    on = today(vault.now())
    return [
        Proposal("draft", one.key, "", _about(vault, one.about), "", last)
        for one, last in old
        if is_due("draft", last, on)
    ]


def _about(vault: Vault, record: str) -> str:
    """The name of the person a draft is about, where it is about one."""
    client = rows.get(vault.db, vault.registry["client"], RecordId(record))
    return people.display_name(client) if client else ""


def _proposal(code: str, record: Record, name: str, last: str) -> Proposal:
    return Proposal(code, record.id, record.text("number"), name, record.text("desk"), last)
