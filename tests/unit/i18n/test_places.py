"""Desks are called by their city or district."""

from collections.abc import Callable

import pytest

from desk_app.domain.desks import COORDINATOR, DESKS
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator


@pytest.mark.parametrize(
    ("language", "khorugh", "coordinator"),
    [
        ("tg", "Хоруғ", "Ҳамоҳангсоз"),
        ("ru", "Хорог", "Координатор"),
        ("uz_Latn", "Xorugʻ", "Muvofiqlashtiruvchi"),
        ("uz_Cyrl", "Хоруғ", "Мувофиқлаштирувчи"),
        ("en", "Khorugh", "Coordinator"),
    ],
)
def test_a_desk_has_a_name_in_every_language(
    speaking: Callable[[str], Translator], language: str, khorugh: str, coordinator: str
) -> None:
    tr = speaking(language)
    assert desk_name("khorugh", tr) == khorugh
    assert desk_name(COORDINATOR, tr) == coordinator
    assert all(desk_name(desk.code, tr) not in ("", desk.code) for desk in DESKS)


def test_a_desk_that_opened_later_is_shown_by_its_code(speaking: Callable[[str], Translator]) -> None:
    assert desk_name("new_town", speaking("tg")) == "new_town"
