"""The papers of a vault's keys as PDF, in memory alone: whoever asks for them prints them or saves them herself."""

from datetime import date, datetime

from desk_app.documents.recovery_sheet import RecoveryPaper, SharePaper, render_recovery_sheet, render_share
from desk_app.domain.clock import DUSHANBE
from desk_app.i18n import Translator
from desk_app.i18n.places import desk_name
from desk_app.storage.vault import Surroundings
from desk_app.usecases.escrow import NewEscrow


def recovery_paper(code: str, desk: str, surroundings: Surroundings, tr: Translator) -> bytes:
    """The recovery sheet of a desk, given by its code, in the translator's language, dated today."""
    return render_recovery_sheet(RecoveryPaper(code, desk_name(desk, tr), _today(surroundings)), tr)


def share_papers(made: NewEscrow, surroundings: Surroundings, tr: Translator) -> tuple[bytes, ...]:
    """The three papers of a new emergency key in the translator's language, dated today."""
    day = _today(surroundings)
    return tuple(
        render_share(SharePaper(share, number, made.number, day), tr) for number, share in enumerate(made.shares, 1)
    )


def _today(surroundings: Surroundings) -> date:
    return datetime.fromtimestamp(surroundings.milliseconds() / 1000, DUSHANBE).date()
