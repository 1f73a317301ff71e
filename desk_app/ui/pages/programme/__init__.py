"""Programme: the choices in the lists and the wording of the letters, which every desk has from the coordinator."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.programme.page import ProgrammePage
from desk_app.ui.pages.targets import PROGRAMME
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """How the window knows this page."""
    return PageEntry(
        PROGRAMME, N_("Programme"), Icon.FLAG, lambda around: ProgrammePage(around, session), in_sidebar=False
    )
