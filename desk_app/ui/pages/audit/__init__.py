"""The record of access: who did, saw, printed and took out what."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.audit.page import AuditPage
from desk_app.ui.pages.targets import AUDIT
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """Opened from the settings."""
    return PageEntry(
        AUDIT, N_("Record of access"), Icon.SHOW, lambda around: AuditPage(around, session), in_sidebar=False
    )
