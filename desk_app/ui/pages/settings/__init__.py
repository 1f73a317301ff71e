"""Settings: how the window looks, the desk's letterhead, whether the data is sound, what the program is made of."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.settings.page import SettingsPage
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """How the window knows this page."""
    return PageEntry("settings", N_("Settings"), Icon.SETTINGS, lambda around: SettingsPage(around, session))
