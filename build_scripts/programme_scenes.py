"""Scenes of the page of the programme, at the coordinator and at a desk."""

from collections.abc import Mapping

from scenes import Scene, Stage

from desk_app.domain.records.choice import CHOICE
from desk_app.storage.vault import Vault
from desk_app.ui.pages.programme.page import ProgrammePage
from desk_app.ui.pages.targets import PROGRAMME
from desk_app.usecases import choices

_LIST = "service_type"
_WORDS = {"tg": "Миёнаравӣ дар оила", "ru": "Семейная медиация", "uz": "Oilada kelishtirish"}


def _page(stage: Stage) -> ProgrammePage:
    return stage.page(ProgrammePage, PROGRAMME)


def _plain(stage: Stage) -> None:
    _page(stage)


def _laid_down(vault: Vault) -> None:
    if len(choices.own(vault).said) < 2:
        choices.add(vault, _LIST, _WORDS)
        choices.switch(vault, _LIST, "accompaniment", off=True)


def _changed(stage: Stage) -> ProgrammePage:
    page = _page(stage)
    page._session.act(_laid_down, lambda _none: None, CHOICE.name)
    stage.settle()
    return _page(stage)


def _list(stage: Stage) -> None:
    _changed(stage).choices.choose(_LIST)


def _new(stage: Stage) -> None:
    page = _changed(stage)
    page.choices.choose(_LIST)
    page.add_choice()


def _wording(stage: Stage) -> None:
    _page(stage).open_wording("ru")


def _wrong(stage: Stage) -> None:
    page = _page(stage)
    page.open_wording("ru", {"letter.title": "НАПРАВЛЕНИЕ {{ diagnosis }}", "letter.subject": "{% if need %}О помощи"})


DESK: Mapping[str, Scene] = {"programme": _plain, "programme-wording": _wording}
COORDINATOR: Mapping[str, Scene] = {
    "coordinator-programme": _list,
    "coordinator-programme-new": _new,
    "coordinator-programme-wording": _wording,
    "coordinator-programme-wrong": _wrong,
}
