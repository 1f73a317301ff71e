"""Where the exchange stands: what is asked of the vault, and in what order and words it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.domain.clock import today
from desk_app.domain.desks import DESKS
from desk_app.i18n.phrases import file_size
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.outbox import Waiting
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.theme import Tone
from desk_app.usecases import carriers, carrying, exchange_overview, partners
from desk_app.usecases.exchange_overview import Standing, WouldGo

SENT_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows. `strangers` are desks of the programme that are not admitted yet, for a coordinator."""

    partners: tuple[Standing, ...]
    strangers: tuple[str, ...]
    safe_until: date | None
    today: date
    has_ways: bool = False
    outbox: tuple[Waiting, ...] = ()
    going: tuple[WouldGo, ...] = ()
    """What would go to each partner; at a desk, which has few."""


@dataclass(frozen=True, slots=True)
class State:
    """How it stands with one partner, in a word."""

    words: str
    icon: Icon
    tone: Tone


def overview(vault: Vault) -> Overview:
    """Asks the vault; whoever needs a person comes first."""
    known = exchange_overview.standings(vault)
    until = partners.data_safe_until(vault)
    admitted = {one.status.code for one in known}
    strangers = tuple(desk.code for desk in DESKS if desk.code not in admitted) if vault.is_coordinator else ()
    few = [] if vault.is_coordinator else [one.status.code for one in known]
    return Overview(
        tuple(known),
        strangers,
        today(until) if until is not None else None,
        today(vault.now()),
        bool(carriers.ways(vault)),
        _shown(carrying.waiting(vault)),
        tuple(exchange_overview.would_go(vault, code) for code in few),
    )


def _shown(outbox: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """All that waits, and the last that were sent, newest first."""
    sent = [one for one in outbox if one.sent is not None][-SENT_SHOWN:]
    return tuple(reversed([one for one in outbox if one.sent is None or one in sent]))


def state_of(one: Standing, tr: Translator) -> State:
    """The word on a partner's chip, at a desk."""
    status = one.status
    if status.revoked:
        return State(tr.text("Shut out"), Icon.REFUSED, Tone.DANGER)
    if not status.waiting and status.files_waiting:
        size = file_size(status.bytes_waiting, tr)
        words = tr.plural("{count} file waits, {size}", "{count} files wait, {size}", status.files_waiting, size=size)
        return State(words, Icon.WAITING, Tone.ATTENTION)
    if status.waiting:
        words = tr.plural("{count} change waits", "{count} changes wait", status.waiting)
        return State(words, Icon.WAITING, Tone.ATTENTION)
    return State(tr.text("Everything has arrived"), Icon.DONE, Tone.DONE)


def strangers_of(codes: Sequence[str], tr: Translator) -> str:
    """Which desks are not admitted yet; empty when all are."""
    names = ", ".join(desk_name(code, tr) for code in codes)
    return tr.text("Not admitted yet: {desks}.", desks=names) if names else ""
