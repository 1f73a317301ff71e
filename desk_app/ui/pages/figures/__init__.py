"""Figures: what the work comes to, against its targets, with the records behind each number."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.figures.page import FiguresPage
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """How the window knows this page."""
    return PageEntry("figures", N_("Figures"), Icon.FIGURES, lambda around: FiguresPage(around, session))
