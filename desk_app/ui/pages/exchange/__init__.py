"""Exchange: sending bundles, taking them in with a plan first, and admitting partners."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.courier import Courier
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.exchange.page import ExchangePage
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """How the window knows this page."""
    courier = Courier(session)
    return PageEntry("exchange", N_("Exchange"), Icon.EXCHANGE, lambda around: ExchangePage(around, session, courier))
