"""Courses: what is taught, who takes part, and how it ended for each."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import PageEntry
from desk_app.ui.pages.courses.page import CoursesPage
from desk_app.ui.session import Session


def entry(session: Session) -> PageEntry:
    """How the window knows this page."""
    return PageEntry("courses", N_("Courses"), Icon.COURSES, lambda around: CoursesPage(around, session))
