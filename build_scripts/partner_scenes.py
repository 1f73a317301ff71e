"""Scenes of partners: the own card, admitting, the roster and shutting out, alarms, bundles that are kept aside."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from scenes import Scene, Stage

from desk_app.domain.desks import COORDINATOR as COORDINATOR_CODE
from desk_app.domain.errors import RosterForked
from desk_app.domain.ids import DeskCode, DeviceId
from desk_app.storage.held import HeldBundle, Why
from desk_app.ui.page import Page
from desk_app.ui.pages.exchange.page import ExchangePage
from desk_app.ui.pages.partners.enrolment import Admitted, Read
from desk_app.ui.pages.partners.page import PartnersPage
from desk_app.ui.pages.partners.read import Shown
from desk_app.ui.pages.targets import CARD, EXCHANGE, PARTNERS
from desk_app.usecases.alarms import AlarmShown
from desk_app.usecases.partners import CardShown
from desk_app.usecases.roster import Member, RosterShown, SetAside

AT = 1_772_700_000_000
DAY = 86_400_000
DIGITS = ("524 107 603 780 956 673", "176 330 382 000 890 697")
CARD_READ = CardShown("vose", "Хадамоти Восеъ барои муҳоҷирон ва аҳли оилаи онҳо", DIGITS)


def _device(place: int) -> DeviceId:
    return DeviceId(f"{place:04x}-7f3a-90c1-b2d4")


def _shown(own: Shown) -> Shown:
    """Whatever can be there at once."""
    here = own.own
    by = (DeskCode(COORDINATOR_CODE),)
    members = (
        Member(DeskCode("bokhtar"), _device(1), "", "desk", AT - 90 * DAY, True, ()),
        Member(DeskCode(COORDINATOR_CODE), here if own.is_coordinator else _device(2), "", "", AT, True, ()),
        Member(DeskCode("coordinator_2"), _device(3), "", "coordinator", AT - 60 * DAY, True, ()),
        Member(DeskCode("khorugh"), _device(4), "Хадамоти Хоруғ", "desk", AT - 40 * DAY, False, ()),
        Member(DeskCode("khorugh"), here if not own.is_coordinator else _device(5), "", "", AT - 9 * DAY, True, ()),
        Member(DeskCode("vose"), _device(6), CARD_READ.name, "desk", AT - 2 * DAY, True, by),
    )
    alarm = AlarmShown("chain", DeskCode("bokhtar"), _device(1), False, AT, 1312, 2)
    held = (
        HeldBundle("a" * 64, _device(9), DeskCode("khujand"), 3, Why.UNKNOWN, AT, 1_400_000),
        HeldBundle("b" * 64, _device(1), DeskCode("bokhtar"), 17, Why.ALARM, AT, 40_000),
        HeldBundle("c" * 64, _device(1), DeskCode("bokhtar"), 16, Why.EVIDENCE, AT, 40_000),
    )
    aside = (SetAside(DeskCode("vose"), _device(6), 200, 12, 5),)
    numbers = {DeskCode(COORDINATOR_CODE): 14, DeskCode("coordinator_2"): 3}
    return replace(own, roster=RosterShown(members, numbers, ()), aside=aside, alarms=(alarm,), held=held, ready=1)


def _page(stage: Stage) -> PartnersPage:
    page = stage.page(PartnersPage, PARTNERS)
    assert page._shown is not None
    page._show(_shown(page._shown))
    return page


def _all(stage: Stage) -> None:
    _page(stage)


def _plain(stage: Stage) -> None:
    stage.page(PartnersPage, PARTNERS)


def _on_exchange(stage: Stage) -> None:
    seen = _page(stage)._shown
    assert seen is not None
    roster = replace(seen.roster, troubles=(RosterForked(COORDINATOR_CODE, 14),))
    stage.page(ExchangePage, EXCHANGE).notice._show(replace(seen, roster=roster))


def _member(code: str) -> Scene:
    def scene(stage: Stage) -> None:
        page = _page(stage)
        assert page._shown is not None
        page._open_member(next(one.device for one in page._shown.roster.members if one.code == code))

    return scene


def _shut_out(stage: Stage) -> None:
    page = _page(stage)
    shown = page._shown
    assert shown is not None
    page.tasks.ask_shut_out(next(one for one in shown.roster.members if one.code == "bokhtar"), shown)


def _readmit(stage: Stage) -> None:
    page = _page(stage)
    shown = page._shown
    assert shown is not None
    page.tasks.ask_readmit(next(one for one in shown.roster.members if one.revoked_by), shown)


def _alarm(stage: Stage) -> None:
    _page(stage)._open_alarm("chain")


def _own_alarm(stage: Stage) -> None:
    page = _page(stage)
    shown = page._shown
    assert shown is not None
    page._show(replace(shown, alarms=(replace(shown.alarms[0], is_own=True, device=shown.own),)))
    page._open_alarm("chain")


def _alarm_out(stage: Stage) -> None:
    page = _page(stage)
    assert page._shown is not None
    page.tasks._ask_shut_out_for(page._shown.alarms[0], page._shown)


def _held(stage: Stage) -> None:
    _page(stage)._open_held("a" * 64)


def _admit(stage: Stage) -> None:
    stage.page(ExchangePage, EXCHANGE).cards._ask(Read(Path("card.rohcard"), CARD_READ, is_known=True))


def _admitted(stage: Stage) -> None:
    stage.page(ExchangePage, EXCHANGE).cards._admitted(Admitted(CARD_READ, ready=2))


def _card(stage: Stage) -> None:
    stage.page(Page, CARD)


_BOTH: Mapping[str, Callable[[Stage], None]] = {"card": _card, "alarm": _alarm}
DESK: Mapping[str, Scene] = {
    **{f"partners-{name}": made for name, made in _BOTH.items()},
    "partners-plain": _plain,
    "partners-member": _member("bokhtar"),
    "partners-own-alarm": _own_alarm,
}
"""At a desk, which shuts nobody out."""
COORDINATOR: Mapping[str, Scene] = {
    **{f"partners-coordinator-{name}": made for name, made in _BOTH.items()},
    "partners-coordinator": _all,
    "partners-coordinator-plain": _plain,
    "partners-coordinator-notice": _on_exchange,
    "partners-coordinator-member": _member("vose"),
    "partners-coordinator-shut-out": _shut_out,
    "partners-coordinator-readmit": _readmit,
    "partners-coordinator-alarm-out": _alarm_out,
    "partners-coordinator-held": _held,
    "partners-coordinator-admit": _admit,
    "partners-coordinator-admitted": _admitted,
}
"""At the coordinator."""
