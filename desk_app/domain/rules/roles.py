"""Who may do what with a vault. A user has one role or several: in a small desk the head is also the lawyer."""

from collections.abc import Iterable
from enum import StrEnum

from desk_app.domain.vocabulary import N_, Vocabulary


class Role(StrEnum):
    """What somebody is at a desk; the values are permanent codes."""

    SOCIAL_WORKER = "social_worker"
    LAWYER = "lawyer"
    PSYCHOLOGIST = "psychologist"
    HEAD = "head"
    COORDINATOR = "coordinator"


ROLE = Vocabulary(
    "role",
    {
        Role.SOCIAL_WORKER: N_("Social worker"),
        Role.LAWYER: N_("Lawyer"),
        Role.PSYCHOLOGIST: N_("Psychologist"),
        Role.HEAD: N_("Head of the desk"),
        Role.COORDINATOR: N_("Coordinator"),
    },
)

PROFESSIONS = (Role.LAWYER, Role.PSYCHOLOGIST)
"""The roles whose private notes are sealed to their profession's key."""


class Act(StrEnum):
    """What needs a right of its own. Everything else every user may do."""

    MANAGE_USERS = "manage_users"
    MANAGE_KEYS = "manage_keys"
    SEE_AUDIT = "see_audit"
    ERASE = "erase"
    TRAVEL = "travel"
    LEAD = "lead"
    MANAGE_PARTNERS = "manage_partners"


ACT = Vocabulary(
    "act",
    {
        Act.MANAGE_USERS: N_("Manage users"),
        Act.MANAGE_KEYS: N_("Manage keys"),
        Act.SEE_AUDIT: N_("See the record of access"),
        Act.ERASE: N_("Erase a person"),
        Act.TRAVEL: N_("Empty this computer for a journey"),
        Act.LEAD: N_("Set the choices and letters of the programme"),
        Act.MANAGE_PARTNERS: N_("Shut partners out and admit them again"),
    },
)

_LEADING = frozenset((Role.HEAD, Role.COORDINATOR))


def may(roles: Iterable[Role], act: Act) -> bool:
    """Whether somebody with these roles may do this: whoever leads the programme may do all of it, whoever leads a
    desk all but what goes to every desk.
    """
    leading = frozenset((Role.COORDINATOR,)) if act is Act.LEAD else _LEADING
    return act in Act and not leading.isdisjoint(roles)


def professions(roles: Iterable[Role]) -> frozenset[Role]:
    """Those of the roles that have a key for private notes."""
    return frozenset(roles) & frozenset(PROFESSIONS)
