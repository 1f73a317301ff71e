"""Referrals: the list, one of them in the side panel, writing one beside its letter, letters printed before."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.referrals.page import ReferralsPage
from desk_app.ui.pages.targets import REFERRALS
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """How the window knows this page."""
    return PageEntry(REFERRALS, N_("Referrals"), Icon.REFERRALS, lambda around: ReferralsPage(around, session))
