"""Partners: who belongs to the programme, alarms, bundles that are kept aside; and one's own card."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.partners.card_page import CardPage
from desk_app.ui.pages.partners.page import PartnersPage
from desk_app.ui.pages.targets import CARD, PARTNERS
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """How the window knows the page of partners."""
    return PageEntry(
        PARTNERS, N_("Partners"), Icon.SHARED, lambda around: PartnersPage(around, session), in_sidebar=False
    )


def card_entry(session: Session) -> PageEntry:
    """How the window knows the page of one's own card."""
    return PageEntry(CARD, N_("My card"), Icon.ID_CARD, lambda around: CardPage(around, session), in_sidebar=False)
