"""Desks to choose from."""

from desk_app.i18n import Translator, by_code
from desk_app.ui.pages.transfers.words import desk_choices


def test_desks_to_choose_from_stand_in_the_order_of_the_language() -> None:
    codes = ("khorugh", "khujand", "dushanbe", "vahdat", "bokhtar")
    names = {language: list(desk_choices(codes, Translator(by_code(language))).values()) for language in ("ru", "tg")}
    assert names["ru"] == ["Бохтар", "Вахдат", "Душанбе", "Хорог", "Худжанд"]
    assert names["tg"] == ["Бохтар", "Ваҳдат", "Душанбе", "Хоруғ", "Хуҷанд"]
