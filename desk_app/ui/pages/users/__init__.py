"""People and keys: who can open the desk, and the papers and keys beyond their passphrases."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.targets import USERS
from desk_app.ui.pages.users.page import UsersPage
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """How the window knows this page."""
    return PageEntry(
        USERS, N_("People and keys"), Icon.KEY, lambda around: UsersPage(around, session), in_sidebar=False
    )
