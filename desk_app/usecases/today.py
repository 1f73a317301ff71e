"""Today: what the desk has to look at, from every kind of record at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desk_app.domain import clock
from desk_app.storage import log_table
from desk_app.storage import today as storage
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.today import Due
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import alarms, clocks, drafts, exchange_overview, partners, review
from desk_app.usecases.drafts import Draft
from desk_app.usecases.exchange_overview import Concern

SOON_DAYS = 7
RELEASE_DAYS = 30
_LONG_AGO = "1880-01-01"
_VISITS = frozenset({"appointment", "court_date"})
"""Types of follow-up that somebody comes or goes to at an hour; the others are work of the desk."""


@dataclass(frozen=True, slots=True)
class Today:
    """One day of the desk. Lists are ordered by what comes first; a coordinator sees all desks.

    `last_sent` is when the last bundle to the coordinator was made, in Unix milliseconds, None if never; `waiting`
    counts changes that the coordinator has not acknowledged. The coordinator's own vault has neither.
    """

    on: date
    appointments: tuple[Due, ...]
    overdue: tuple[Due, ...]
    due_soon: tuple[Due, ...]
    unanswered: tuple[Due, ...]
    releases: tuple[Due, ...]
    drafts: tuple[Draft, ...]
    last_sent: int | None
    waiting: int
    safe_until: int | None
    """Up to when all is at the coordinator, in Unix milliseconds; None where nothing is, and at a coordinator."""
    versions: int
    """Fields that wait for somebody to say which of several versions is right."""
    alarms: int
    """Computers that may have been copied, of which nothing is taken in until somebody settles it."""
    clock_before: int | None
    """When something was last recorded, in Unix milliseconds, where this computer's clock stands before it."""
    troubles: Mapping[Concern, int]
    """At a coordinator: desks that are silent, bundles that are missing or held."""


def today(vault: Vault) -> Today:
    """What is due today, late, or soon."""
    on = clock.today(vault.now())
    now, soon = on.isoformat(), (on + timedelta(days=SOON_DAYS)).isoformat()
    desk = None if vault.is_coordinator else vault.desk
    with as_trouble(vault.folder / DATABASE):
        due = storage.followups(vault.db, _LONG_AGO, soon, desk)
        last_release = (on + timedelta(days=RELEASE_DAYS)).isoformat()
        last_sent, waiting = _exchange(vault)
        visits = tuple(one for one in due if one.on == now and one.code in _VISITS)
        return Today(
            on=on,
            appointments=visits,
            overdue=tuple(one for one in due if one.on < now),
            due_soon=tuple(one for one in due if one.on >= now and one not in visits),
            unanswered=tuple(storage.unanswered(vault.db, now, desk)),
            releases=tuple(storage.releases(vault.db, now, last_release, desk)),
            drafts=tuple(drafts.all_drafts(vault)),
            last_sent=last_sent,
            waiting=waiting,
            safe_until=None if vault.is_coordinator else partners.data_safe_until(vault),
            versions=review.count(vault),
            alarms=len(alarms.open_alarms(vault)),
            clock_before=clocks.stands_before(vault),
            troubles=exchange_overview.troubles(vault),
        )


def _exchange(vault: Vault) -> tuple[int | None, int]:
    """When the last bundle to the coordinator was made, and how many changes it does not hold yet."""
    if vault.is_coordinator:
        return None, 0
    nearest = partners.safest(partners.partners(vault))
    if nearest is not None:
        return nearest.sent_on, nearest.waiting
    return None, log_table.held(vault.db).get(vault.chain, 0)
