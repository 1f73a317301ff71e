"""Review: what desks say differently, settled one by one."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.review.page import ReviewPage
from desk_app.ui.pages.targets import REVIEW
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """How the window knows this page: in the coordinator's sidebar, at a desk reached from Today."""
    return PageEntry(
        REVIEW,
        N_("Review"),
        Icon.COMPARE,
        lambda around: ReviewPage(around, session),
        in_sidebar=session.is_coordinator,
    )
