"""What happened with the keys of a vault: every user is told at the next unlock."""

from dataclasses import dataclass

from desk_app.domain.ids import UserId
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Role
from desk_app.storage import members
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault

_TOLD = (
    Action.RECOVERY_USED,
    Action.ESCROW_USED,
    Action.KEY_HANDED_OVER,
    Action.RECOVERY_MADE,
    Action.COPY_FOUND,
)
_OWN_ARE_KNOWN = (Action.KEY_HANDED_OVER, Action.RECOVERY_MADE)


@dataclass(frozen=True, slots=True)
class Notice:
    """What every user must see once: which act, when (Unix milliseconds), by whom, for whom, with which profession's
    key. With a paper nobody else is known to have acted: `by` is then the user who got a new passphrase."""

    number: int
    at: int
    action: Action
    by: str
    whom: str
    profession: Role | None


def notices(vault: Vault) -> list[Notice]:
    """What happened with keys since this user was last told, the oldest first."""
    with as_trouble(vault.folder / DATABASE):
        seen = members.seen_up_to(vault.db, vault.user)
        noted = members.noted_after(vault.db, seen, _TOLD)
        called = {member.user: member.name for member in members.everybody(vault.db)}
    return [_notice(one, called) for one in noted if one.user != vault.user or Action(one.action) not in _OWN_ARE_KNOWN]


def mark_notices_seen(vault: Vault, up_to: Notice) -> None:
    """This user was shown that notice and those before it. Raises `DiskFull`."""
    with as_trouble(vault.folder / DATABASE):
        members.put_seen(vault.db, vault.user, up_to.number)


def _notice(one: members.Noted, called: dict[UserId, str]) -> Notice:
    whom, _, profession = one.detail.partition(" ")
    by = called.get(UserId(one.user), one.user)
    return Notice(
        one.number,
        one.at,
        Action(one.action),
        by,
        called.get(UserId(whom), whom),
        Role(profession) if profession else None,
    )
