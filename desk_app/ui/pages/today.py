"""Today: what is due."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, PageEntry, Surroundings
from desk_app.ui.session import Session
from desk_app.ui.widgets.head import PageHead


class TodayPage(Page):
    """What is due at this desk today."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.body.addWidget(PageHead(self.look, self.look.tr.text("Today")))
        self.body.addStretch(1)


def entry(session: Session) -> PageEntry:
    """How the window knows this page."""
    return PageEntry("today", N_("Today"), Icon.TODAY, TodayPage)
