"""What happened with keys since this user was here: said once, above the pages, until she has read it."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from desk_app.domain.clock import DUSHANBE
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import ROLE
from desk_app.i18n import formats
from desk_app.i18n.translator import Translator

if TYPE_CHECKING:
    from desk_app.ui.main_window import MainWindow
    from desk_app.ui.session import Session
    from desk_app.usecases.notices import Notice


def show(window: "MainWindow", session: "Session") -> None:
    """Asks what is new and puts a banner up for each, the oldest first."""
    from desk_app.usecases import notices

    def shown(found: "list[Notice]") -> None:
        for one in found:
            window.warn(partial(words, one), action=lambda tr: tr.text("Read"), act=partial(_seen, session, one))

    session.ask(notices.notices, shown, owner=window)


def words(one: "Notice", tr: Translator) -> str:
    """Who did what, and when, in one sentence."""
    facts = {
        "by": one.by,
        "whom": one.whom,
        "role": tr.choice(ROLE, one.profession) if one.profession else "",
        "moment": formats.moment(datetime.fromtimestamp(one.at / 1000, DUSHANBE)),
    }
    match one.action:
        case Action.RECOVERY_USED if one.profession:
            said = tr.text("{moment}: {whom} got the key to private notes ({role}) from the recovery paper.", **facts)
        case Action.RECOVERY_USED:
            said = tr.text("{moment}: the desk was opened with the recovery code for {whom}.", **facts)
        case Action.ESCROW_USED:
            said = tr.text("{moment}: the desk was opened with the programme's emergency key for {whom}.", **facts)
        case Action.KEY_HANDED_OVER:
            said = tr.text("{moment}: {by} handed the key to private notes ({role}) over to {whom}.", **facts)
        case Action.COPY_FOUND:
            said = tr.text(
                "{moment}: this vault was copied, put back, or came to another computer. "
                "Nothing is lost: what is written here goes on as a series of its own.",
                **facts,
            )
        case _:
            said = tr.text("{moment}: {by} made a new recovery code.", **facts)
    return said


def _seen(session: "Session", one: "Notice") -> None:
    from desk_app.usecases import notices

    session.ask(lambda vault: notices.mark_notices_seen(vault, one), lambda _none: None)
