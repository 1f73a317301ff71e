"""The handbook's table of contents."""

from desk_app.ui.handbook.chapter import Chapter, Section, To
from desk_app.ui.handbook.chapters.beginning import DOOR, FIRST_DAY
from desk_app.ui.handbook.chapters.exchange import EXCHANGE, PARTNERS, POST, STICK, TRANSFERS
from desk_app.ui.handbook.chapters.guides import KEYS, NAMES, TROUBLE, WORDS
from desk_app.ui.handbook.chapters.leading import (
    AUDIT,
    DUPLICATES,
    ERASURES,
    LANGUAGES,
    PROGRAMME,
    REVIEW,
    SETTINGS,
    USERS,
)
from desk_app.ui.handbook.chapters.people import INTAKE, PEOPLE, PERSON, TODAY
from desk_app.ui.handbook.chapters.promises import PROMISES
from desk_app.ui.handbook.chapters.work import COURSES, DIRECTORY, FIGURES, REFERRALS

CHAPTERS: tuple[Chapter, ...] = (
    FIRST_DAY,
    STICK,
    POST,
    TROUBLE,
    NAMES,
    KEYS,
    TODAY,
    PEOPLE,
    INTAKE,
    PERSON,
    REFERRALS,
    COURSES,
    DIRECTORY,
    FIGURES,
    REVIEW,
    DUPLICATES,
    EXCHANGE,
    PARTNERS,
    TRANSFERS,
    SETTINGS,
    PROGRAMME,
    LANGUAGES,
    USERS,
    AUDIT,
    ERASURES,
    DOOR,
    PROMISES,
    WORDS,
)
"""First what one does, then the pages in the order of the sidebar, then what holds and what words mean."""

_BY_KEY = {one.key: one for one in CHAPTERS}


def place_of(wanted: str) -> To:
    """A place as the window names it: a page's key, or a chapter with a section. The beginning where none is known."""
    place = To(wanted)
    return place if place.chapter in _BY_KEY else To(CHAPTERS[0].key)


def chapter_of(place: To) -> Chapter:
    """The chapter of a place. Raises KeyError for an unknown one."""
    return _BY_KEY[place.chapter]


def section_of(place: To) -> Section | None:
    """The section of a place, if it names one. Raises KeyError for an unknown chapter or section."""
    if not place.section:
        return None
    return {one.key: one for one in chapter_of(place).sections}[place.section]


def title_of(place: To) -> str:
    """The msgid of the title of a place. Raises KeyError for an unknown one."""
    section = section_of(place)
    return section.title if section is not None else chapter_of(place).title
