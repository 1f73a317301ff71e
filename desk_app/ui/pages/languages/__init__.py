"""Languages: how far each is translated, who signed it, a catalogue given to a reader and taken back."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.languages.page import LanguagesPage
from desk_app.ui.pages.targets import LANGUAGES
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """Opened from the settings."""
    return PageEntry(
        LANGUAGES, N_("Languages"), Icon.LANGUAGE, lambda around: LanguagesPage(around, session), in_sidebar=False
    )
