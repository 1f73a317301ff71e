"""The foot of the sidebar: whose window it is, and until which day the coordinator has everything."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desk_app.domain.clock import today
from desk_app.i18n.places import desk_name
from desk_app.ui.look import Look

if TYPE_CHECKING:
    from desk_app.storage.vault import Vault
    from desk_app.ui.main_window import MainWindow
    from desk_app.ui.session import Session
    from desk_app.ui.sidebar import Status


@dataclass(frozen=True, slots=True)
class _Known:
    """Until which day the coordinator has everything, and how much waits."""

    until: date | None
    waiting: int


class Safety:
    """Of one session: asked anew after each change, and shown when it says something else."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._known: _Known | None = None

    def ask(self, window: "MainWindow") -> None:
        """Ask in the worker; the window shows the answer."""
        # A coordinator is who keeps the others' data safe; counting what waits for a hundred desks takes a second.
        if self._session.is_coordinator:
            return

        def show(known: _Known) -> None:
            changed, self._known = known != self._known, known
            if changed and not window.isHidden():  # One that was locked meanwhile says nothing any more.
                window.refresh_status()

        self._session.ask(_read, show, owner=window)

    def status(self, look: Look) -> "Status":
        """What the sidebar is to say now."""
        from desk_app.ui.sidebar import Status

        tr, known = look.tr, self._known
        words, safe = "", True
        if known is not None:
            words = (
                tr.text("Safe at the coordinator up to {day}.", day=known.until)
                if known.until is not None
                else tr.text("Nothing was sent to the coordinator yet.")
            )
            safe = known.until is not None and known.waiting == 0
        return Status(desk_name(self._session.desk, tr), self._session.user_name, words, safe)


def _read(vault: "Vault") -> _Known:
    from desk_app.usecases import partners

    until = partners.data_safe_until(vault)
    nearest = partners.safest(partners.partners(vault))
    return _Known(today(until) if until is not None else None, nearest.waiting if nearest else 0)
