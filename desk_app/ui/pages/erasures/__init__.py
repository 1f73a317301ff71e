"""What has been kept long enough, and what was erased."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.erasures.page import ErasuresPage
from desk_app.ui.pages.targets import ERASURES
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """Opened from the settings."""
    return PageEntry(
        ERASURES, N_("Keeping and erasing"), Icon.DELETE, lambda around: ErasuresPage(around, session), in_sidebar=False
    )
