import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.documents.fonts import FACES, STAND_IN, checked, font_file, missing_glyphs, normal, readable, width_of
from desk_app.domain.errors import GlyphMissing

EVERY_LETTER_WE_PRINT = (
    "АБВГҒДЕЁЖЗИӢЙКҚЛМНОПРСТУӮФХҲЧҶШЪЭЮЯабвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"
    "ЩЫЬЦщыьцЎўABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzʻʼ‘’“”«»„№–—…·• +%€0123456789\u00a0"
)


def test_every_face_draws_every_letter_of_the_four_languages() -> None:
    assert missing_glyphs(EVERY_LETTER_WE_PRINT) == ()
    assert checked(EVERY_LETTER_WE_PRINT) == EVERY_LETTER_WE_PRINT


def test_the_files_stand_beside_their_licence() -> None:
    assert all(font_file(face).is_file() for face in FACES)
    licence = (font_file(FACES[0]).parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert "Google" in licence


def test_the_faces_differ() -> None:
    # Two fonts of one PostScript name would be drawn as one.
    widths = {width_of("Роҳхати Ғафурӣ", face, 10) for face in FACES}
    assert len(widths) == len(FACES)


def test_a_narrow_no_break_space_becomes_one_that_the_font_has() -> None:
    assert checked("1\u202f234") == "1\u00a0234"


def test_a_minus_becomes_a_dash_that_the_font_has() -> None:
    assert missing_glyphs("\N{MINUS SIGN}5") == ()
    assert readable("\N{MINUS SIGN}5") == "–5"


def test_letters_are_composed() -> None:
    assert checked(unicodedata.normalize("NFD", "Ӣсоҷон Ўткир Ёров")) == "Ӣсоҷон Ўткир Ёров"


def test_a_sign_the_font_lacks_is_named() -> None:
    with pytest.raises(GlyphMissing) as caught:
        checked("Роҳхат 漢字 漢")
    assert caught.value.characters == ("漢", "字")


@pytest.mark.parametrize("hidden", ["\0", "\x1b", "\u200e", "\u202e", "\u2066", "\ufeff", "\u200b", "\ud800", "\ue000"])
def test_what_a_reader_cannot_see_leaves_a_mark(hidden: str) -> None:
    assert missing_glyphs(f"Исмоил{hidden}ов") == (hidden,)
    assert readable(f"Исмоил{hidden}{hidden}ов") == f"Исмоил{STAND_IN}ов"


def test_line_ends_become_spaces() -> None:
    assert readable("ш. Хоруғ\r\nкӯчаи\tРӯдакӣ") == "ш. Хоруғ  кӯчаи Рӯдакӣ"


@given(st.text())
def test_whatever_is_typed_can_be_printed(text: str) -> None:
    drawn = readable(text)
    assert missing_glyphs(drawn) == ()
    assert readable(drawn) == drawn
    if not missing_glyphs(text):
        assert drawn == normal(text)
