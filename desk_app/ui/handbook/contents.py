"""The handbook's table of contents."""

from desk_app.ui.handbook.chapter import Chapter
from desk_app.ui.handbook.chapters.beginning import DOOR, FIRST_DAY
from desk_app.ui.handbook.chapters.exchange import EXCHANGE, PARTNERS, POST, STICK, TRANSFERS
from desk_app.ui.handbook.chapters.guides import KEYS, NAMES, TROUBLE, WORDS
from desk_app.ui.handbook.chapters.leading import (
    AUDIT,
    DUPLICATES,
    ERASURES,
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
    USERS,
    AUDIT,
    ERASURES,
    DOOR,
    PROMISES,
    WORDS,
)
"""First what one does, then the pages in the order of the sidebar, then what holds and what words mean."""
