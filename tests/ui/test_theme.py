"""Colours can be read, marks follow the theme, fonts are ours."""

import re
from itertools import product

import pytest
from PySide6.QtGui import QColor, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication

from desk_app import paths
from desk_app.ui.icons import Icon, Icons
from desk_app.ui.style_sheet import style_sheet
from desk_app.ui.theme import TEXT_SIZES, Measure, Role, Text, Theme, Tone

THEMES = [Theme(dark=False), Theme(dark=True)]
GROUNDS = (Role.PAPER, Role.SURFACE, Role.SUNKEN)
ICONS = paths.resources() / "icons"


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(theme: Theme, ink: Role, ground: Role) -> float:
    """The contrast of one role on another (WCAG 2.2)."""
    dark, light = sorted(luminance(theme.colour(role)) for role in (ink, ground))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_text_stands_out_on_every_ground(theme: Theme) -> None:
    assert min(contrast(theme, Role.TEXT, ground) for ground in GROUNDS) >= 13
    inks = [Role.MUTED, *(tone.ink for tone in Tone)]
    assert min(contrast(theme, ink, ground) for ink, ground in product(inks, GROUNDS)) >= 5


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_every_tone_can_be_read_on_its_own_ground(theme: Theme) -> None:
    assert min(contrast(theme, tone.ink, tone.ground) for tone in Tone) >= 4.5
    assert contrast(theme, Role.ON_PRIMARY, Role.PRIMARY) >= 4.5
    assert contrast(theme, Role.TEXT, Role.PRIMARY_SOFT) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_the_marks_of_the_style_sheet_wear_the_theme(theme: Theme) -> None:
    folder = ICONS / "controls" / ("dark" if theme.dark else "light")
    used = {path.name: set(re.findall(r"#[0-9A-Fa-f]{6}", path.read_text("utf-8"))) for path in folder.iterdir()}
    assert used == {
        "chevron-down.svg": {theme.code(Role.MUTED)},
        "tick.svg": {theme.code(Role.ON_PRIMARY)},
        "dot.svg": {theme.code(Role.PRIMARY)},
    }


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_the_style_sheet_is_filled_and_names_files_that_are_there(size: int) -> None:
    sheet = style_sheet(Theme(dark=True, text_size=size), ICONS)
    assert "$" not in sheet
    marks = re.findall(r'url\("([^"]+)"\)', sheet)
    assert len(marks) == 3
    assert all((ICONS / mark).is_file() for mark in marks)


def test_measures_grow_with_the_text() -> None:
    large = Theme(text_size=200)
    assert (large.px(Measure.CONTROL), large.px(Measure.INSIDE), large.width(Measure.PANEL)) == (64, 8, 660)
    assert large.points(Text.BODY) == 20


def test_the_fonts_are_ours_with_their_letters(qapp: QApplication) -> None:
    for kind in Text:
        font = Theme().font(kind)
        assert QFontInfo(font).family() == "Noto Sans"
        drawn = QRawFont.fromFont(font)
        assert drawn.familyName() == "Noto Sans"
        assert all(drawn.supportsCharacter(ord(letter)) for letter in "ғӣқӯҳҷўʻʼ«»№")
    assert QFontInfo(Theme().font(Text.TITLE)).weight() == 600


@pytest.mark.parametrize("icon", Icon)
def test_every_icon_is_drawn_in_its_role(qapp: QApplication, icon: Icon) -> None:
    theme = Theme()
    image = Icons(ICONS, theme).pixmap(icon, Role.DANGER, ratio=2.0).toImage()
    assert (image.width(), image.height()) == (36, 36)
    inked = [image.pixelColor(x, y) for x in range(36) for y in range(36) if image.pixelColor(x, y).alpha() == 255]
    wanted = theme.colour(Role.DANGER)
    assert inked
    assert all(abs(c.red() - wanted.red()) < 4 and abs(c.blue() - wanted.blue()) < 4 for c in inked)


def test_no_icon_is_shipped_unused() -> None:
    assert {path.stem for path in ICONS.glob("*.svg")} == {icon.value for icon in Icon}
