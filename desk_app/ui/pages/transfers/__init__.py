"""People between desks: offers and requests that wait for an answer, and what became of them."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.targets import TRANSFERS
from desk_app.ui.pages.transfers.page import TransfersPage
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """How the window knows this page; it is reached from Today, from People and from a person."""
    return PageEntry(
        TRANSFERS,
        N_("People between desks"),
        Icon.EXCHANGE,
        lambda around: TransfersPage(around, session),
        in_sidebar=False,
    )
