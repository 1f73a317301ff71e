"""Scenes of the exchange: what came and what became of it, a hundred desks, one of them, bundles for everybody."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scenes import Scene, Stage

from desk_app.domain.errors import DiskFull
from desk_app.storage.vault import Vault
from desk_app.ui.pages.exchange.all_panel import AllPanel
from desk_app.ui.pages.exchange.page import ExchangePage
from desk_app.usecases import people, records
from desk_app.usecases.exchange import Exported
from desk_app.usecases.exchange_overview import Standing, Written
from desk_app.usecases.partners import PartnerStatus

HUNDRED = 100
DAY = 86_400_000


def _page(stage: Stage) -> ExchangePage:
    return stage.page(ExchangePage, "exchange")


def _plan(stage: Stage) -> None:
    _page(stage).plan(stage.files)


def _taken(stage: Stage) -> None:
    page = _page(stage)
    page.plan(stage.files)
    stage.settle()
    assert page.plan_card is not None
    if page.plan_card.sure is not None:
        page.plan_card.sure.setChecked(True)
    page.take_in()


def _received(stage: Stage) -> None:
    page = _page(stage)
    assert page._seen is not None
    page.about.show_received(page._seen.partners[0].status.code)


def _bundle(stage: Stage) -> None:
    _received(stage)
    stage.settle()
    content = _page(stage).panel.content
    if (rows := getattr(content, "rows", None)) is not None:
        rows.pick_first()
        rows.opened.emit(rows.current_key)


def _hundred(stage: Stage) -> ExchangePage:
    page = _page(stage)
    stage.settle()
    assert page._seen is not None
    known = [one.status.code for one in page._seen.partners]
    codes = [*known, *(f"desk_{number:03}" for number in range(HUNDRED - len(known)))]
    page._show(replace(page._seen, partners=tuple(_standing(code, place) for place, code in enumerate(codes))))
    return page


def _standing(code: str, place: int) -> Standing:
    at = page_day(place)
    status = PartnerStatus(
        code=code,
        name=code,
        sent=place % 9 + 3,
        sent_on=at,
        acknowledged=place % 9 + 1,
        received=place % 23 + 4,
        received_on=at if place != 7 else None,
        waiting=place * 37 % 211 if place % 3 else 0,
        files_waiting=place % 5 if place % 4 == 0 else 0,
        bytes_waiting=place % 5 * 700_000,
        gaps=((3, 7, 8, 9) if place % 6 == 1 else (2,)) if place % 6 < 2 else (),
        came_since=(3,) if place % 6 == 1 else (),
        revoked=place == 11,
        clock_ahead=place == 13,
    )
    silent = place * 3 % 40 if place != 7 else None
    return Standing(status, silent, alarms=int(place == 5), held=2 * int(place == 14), confirmed_on=at)


def page_day(place: int) -> int:
    """Some day of the last weeks."""
    return 1_772_700_000_000 - place * 3 % 40 * DAY


def _one(stage: Stage) -> None:
    page = _hundred(stage)
    assert page._seen is not None
    page.about.show(next(one for one in page._seen.partners if one.status.gaps))


def _missing(stage: Stage) -> None:
    page = _hundred(stage)
    assert page._seen is not None
    page.about._show_missing(next(one for one in page._seen.partners if one.status.gaps))


def _all(stage: Stage) -> None:
    page = _page(stage)
    folder = Path("/media/KINGSTON")
    codes = ("khorugh", "vose", "bokhtar", "khujand")
    made = [
        Written(code, Exported(folder / f"{place}f3a90c1b2d4e5f6.roh", code, 5 + place, 31, f"{place}23456", 400_000))
        for place, code in enumerate(codes, start=1)
    ]
    tr = page.look.tr
    written = [*made, Written("panjakent", None, DiskFull(str(folder)))]
    page.panel.hold(tr.text("Bundles for everybody"), AllPanel(page.look, written, 2, page.around.errors))


def _waiting(stage: Stage) -> None:
    page = _page(stage)

    def register(vault: Vault) -> None:
        values = {"surname": "Назаров", "given_name": "Ҷамшед"}
        client = people.register(vault, values, {"service": "given"}, {"method": "signed"}).id
        records.add(vault, "need", {"client": client, "pathway": "housing"})

    page._session.act(register, lambda _none: None, "client", owner=page)


DESK: Mapping[str, Scene] = {
    "exchange-received": _received,
    "exchange-bundle": _bundle,
    "exchange-waiting": _waiting,
}
"""At a desk."""
COORDINATOR: Mapping[str, Scene] = {
    "coordinator-exchange-plan": _plan,
    "coordinator-exchange-hundred": lambda stage: _none(_hundred(stage)),
    "coordinator-exchange-one": _one,
    "coordinator-exchange-missing": _missing,
    "coordinator-exchange-all": _all,
    "coordinator-exchange-received": _received,
    "coordinator-exchange-taken": _taken,
}
"""At the coordinator; the last takes in what was brought."""


def _none(_page: ExchangePage) -> None:
    """Nothing more is opened on it."""
