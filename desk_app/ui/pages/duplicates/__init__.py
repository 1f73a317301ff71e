"""Duplicates: two people on record who may be one, looked at side by side and judged."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.duplicates.page import DuplicatesPage
from desk_app.ui.pages.targets import DUPLICATES
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """How the window knows this page; it is reached from People, Review, Today, a person and what came in bundles."""
    return PageEntry(
        DUPLICATES,
        N_("Duplicates"),
        Icon.PEOPLE,
        lambda around: DuplicatesPage(around, session),
        in_sidebar=False,
    )
