"""What the page of users shows, read in the worker, and its words."""

from dataclasses import dataclass
from datetime import datetime

from desk_app.domain.clock import DUSHANBE
from desk_app.domain.errors import NotAllowed
from desk_app.domain.ids import UserId
from desk_app.domain.rules.roles import ROLE, Act
from desk_app.i18n import formats
from desk_app.i18n.translator import Translator
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases import escrow, users
from desk_app.usecases.escrow import EscrowShown
from desk_app.usecases.users import UserShown


@dataclass(frozen=True, slots=True)
class Shown:
    """Who is a user here, who asks, whether she may change the others, and the emergency key if there is one."""

    members: tuple[UserShown, ...]
    own: UserId
    leads: bool
    emergency: EscrowShown | None

    def member(self, user: str) -> UserShown | None:
        """The user with that id."""
        return next((one for one in self.members if one.user == user), None)


def read(vault: Vault, language: str) -> Shown:
    """Everything at once; names in the order of the language."""
    try:
        users.require(vault, Act.MANAGE_USERS)
    except NotAllowed:
        leads = False
    else:
        leads = True
    return Shown(tuple(users.members(vault, language)), vault.user, leads, escrow.emergency_key(vault))


def user_row(one: UserShown, own: UserId, tr: Translator) -> Row:
    """A user in a list: name, roles, and what is still to be done."""
    roles = ", ".join(tr.choice(ROLE, role) for role in one.roles)
    if one.gone is not None:
        words = tr.text("Removed on {day}", day=formats.day(datetime.fromtimestamp(one.gone / 1000, DUSHANBE).date()))
        return Row(one.user, one.name, roles, tail=words, icon=Icon.REFUSED)
    if one.waits_for:
        return Row(
            one.user,
            one.name,
            roles,
            tail=tr.text("Waits for the key to private notes"),
            icon=Icon.WAITING,
            tone=Tone.ATTENTION,
        )
    return Row(one.user, one.name, roles, tail=tr.text("You") if one.user == own else "", icon=Icon.PERSON)
