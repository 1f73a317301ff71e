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
from desk_app.usecases import carriers, carrying, partners
from desk_app.usecases.partners import PartnerStatus

SENT_SHOWN = 3
LATE_DAYS = 14
"""A desk that sent nothing for longer is late."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows. `strangers` are desks of the programme that are not admitted yet, for a coordinator."""

    partners: tuple[PartnerStatus, ...]
    strangers: tuple[str, ...]
    safe_until: date | None
    today: date
    has_ways: bool = False
    outbox: tuple[Waiting, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """How it stands with one partner, in a word."""

    words: str
    icon: Icon
    tone: Tone


def overview(vault: Vault) -> Overview:
    """Asks the vault; at a coordinator whoever is latest comes first."""
    known = partners.partners(vault)
    until = partners.data_safe_until(vault)
    admitted = {one.code for one in known}
    strangers = tuple(desk.code for desk in DESKS if desk.code not in admitted) if vault.is_coordinator else ()
    known.sort(key=lambda one: (one.revoked, one.received_on or 0, one.code))
    return Overview(
        tuple(known),
        strangers,
        today(until) if until is not None else None,
        today(vault.now()),
        bool(carriers.ways(vault)),
        _shown(carrying.waiting(vault)),
    )


def _shown(outbox: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """All that waits, and the last that were sent, newest first."""
    sent = [one for one in outbox if one.sent is not None][-SENT_SHOWN:]
    return tuple(reversed([one for one in outbox if one.sent is None or one in sent]))


def state_of(one: PartnerStatus, coordinator_here: bool, now: date, tr: Translator) -> State:
    """The word on a partner's chip."""
    if one.revoked:
        return State(tr.text("Shut out"), Icon.REFUSED, Tone.DANGER)
    if not coordinator_here:
        return _waiting(one, tr)
    if one.received_on is None:
        return State(tr.text("Nothing has come yet"), Icon.WAITING, Tone.ATTENTION)
    days = (now - today(one.received_on)).days
    if days > LATE_DAYS:
        return State(tr.plural("Silent for {count} day", "Silent for {count} days", days), Icon.DUE, Tone.ATTENTION)
    return State(tr.text("On time"), Icon.DONE, Tone.DONE)


def _waiting(one: PartnerStatus, tr: Translator) -> State:
    if not one.waiting and one.files_waiting:
        return State(files_of(one, tr), Icon.WAITING, Tone.ATTENTION)
    if one.waiting:
        words = tr.plural("{count} change waits", "{count} changes wait", one.waiting)
        return State(words, Icon.WAITING, Tone.ATTENTION)
    return State(tr.text("Everything has arrived"), Icon.DONE, Tone.DONE)


def lines_of(one: PartnerStatus, tr: Translator) -> list[str]:
    """Last sent, last received and what is not confirmed, each a sentence."""
    sent = tr.text("Nothing was sent yet.")
    if one.sent_on is not None:
        sent = tr.text("Last sent: no. {number} on {day}.", number=str(one.sent), day=today(one.sent_on))
    received = tr.text("Nothing was received yet.")
    if one.received_on is not None:
        received = tr.text(
            "Last received: no. {number} on {day}.", number=str(one.received), day=today(one.received_on)
        )
    lines = [sent, received]
    if one.waiting:
        lines.append(
            tr.plural(
                "{count} change is not confirmed by the partner yet.",
                "{count} changes are not confirmed by the partner yet.",
                one.waiting,
            )
        )
    if one.files_waiting:
        lines.append(f"{files_of(one, tr)}.")
    return lines


def files_of(one: PartnerStatus, tr: Translator) -> str:
    """How many scans and photos the partner has not confirmed, and how much they are."""
    size = file_size(one.bytes_waiting, tr)
    return tr.plural("{count} file waits, {size}", "{count} files wait, {size}", one.files_waiting, size=size)


def gaps_of(one: PartnerStatus, tr: Translator) -> str:
    """Which sticks may be lost; empty when every number came.

    Nothing is missing for that: a bundle holds all that was not confirmed, so a later one brought it.
    """
    if not one.gaps:
        return ""
    numbers = ", ".join(map(str, one.gaps))
    return tr.plural(
        "No. {numbers} never came; a later bundle brought what it held. Ask where that stick is.",
        "No. {numbers} never came; later bundles brought what they held. Ask where those sticks are.",
        len(one.gaps),
        numbers=numbers,
    )


def strangers_of(codes: Sequence[str], tr: Translator) -> str:
    """Which desks are not admitted yet; empty when all are."""
    names = ", ".join(desk_name(code, tr) for code in codes)
    return tr.text("Not admitted yet: {desks}.", desks=names) if names else ""
