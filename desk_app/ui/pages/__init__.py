"""The pages of the window, one module or package each; `entries` lists them in the order of the sidebar."""

from typing import TYPE_CHECKING

from desk_app.ui.page import PageEntry

if TYPE_CHECKING:
    from desk_app.ui.session import Session


def entries(session: "Session") -> list[PageEntry]:
    """Every page, those of the sidebar in its order. Pages are imported now and made when they are first opened."""
    from desk_app.ui.pages import (
        audit,
        courses,
        directory,
        duplicates,
        erasures,
        exchange,
        figures,
        intake,
        languages,
        partners,
        people,
        person,
        programme,
        referrals,
        review,
        settings,
        today,
        transfers,
        users,
    )

    sidebar = (today, people, referrals, courses, directory, figures, review, exchange, settings)
    others = (programme, languages, users, audit, erasures, transfers, duplicates, partners)
    found = [module.entry(session) for module in (*sidebar, person, intake, *others)]
    return [*found, partners.card_entry(session)]
