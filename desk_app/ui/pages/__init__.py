"""The pages of the window, one module or package each; `entries` lists them in the order of the sidebar."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from desk_app.ui.page import PageEntry

if TYPE_CHECKING:
    from desk_app.ui.session import Session

NAMES = (
    "today",
    "people",
    "person",
    "intake",
    "referrals",
    "courses",
    "directory",
    "figures",
    "exchange",
    "settings",
)


def entries(session: "Session") -> list[PageEntry]:
    """Every page, those of the sidebar in its order. Pages are imported now and made when they are first opened."""
    found = []
    for name in NAMES:
        module = f"{__name__}.{name}"
        if find_spec(module) is not None:
            entry = cast("Callable[[Session], PageEntry]", import_module(module).entry)
            found.append(entry(session))
    return found
