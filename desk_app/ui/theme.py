"""Colours, measures and fonts of the window: the one place that names them; a widget names roles.

Measures are in pixels at 100 % text and grow with the text size the person chose; fonts are in points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

FAMILY = "Noto Sans"
FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf")
TEXT_SIZES = (100, 150, 200)
"""Text sizes on offer, per cent."""


class Role(StrEnum):
    """What a colour is for."""

    PAPER = "paper"
    SURFACE = "surface"
    SUNKEN = "sunken"
    LINE = "line"
    TEXT = "text"
    MUTED = "muted"
    PRIMARY = "primary"
    ON_PRIMARY = "on_primary"
    PRIMARY_SOFT = "primary_soft"
    ATTENTION = "attention"
    ATTENTION_SOFT = "attention_soft"
    DANGER = "danger"
    DANGER_SOFT = "danger_soft"
    DONE = "done"
    DONE_SOFT = "done_soft"


class Tone(StrEnum):
    """How much a chip, banner or mark asks of the person: it decides both of its colours."""

    PLAIN = "plain"
    PRIMARY = "primary"
    ATTENTION = "attention"
    DANGER = "danger"
    DONE = "done"

    @property
    def ink(self) -> Role:
        """The colour of its words and icon."""
        return Role.MUTED if self is Tone.PLAIN else Role(self.value)

    @property
    def ground(self) -> Role:
        """The colour behind them."""
        return Role.SUNKEN if self is Tone.PLAIN else Role(f"{self.value}_soft")


class Text(StrEnum):
    """Kinds of text; the value is the `look` property the style sheet selects."""

    CAPTION = "caption"
    BODY = "body"
    STRONG = "strong"
    SECTION = "section"
    TITLE = "title"
    FIGURE = "figure"


_POINTS: Mapping[Text, tuple[float, QFont.Weight]] = MappingProxyType(
    {
        Text.CAPTION: (9, QFont.Weight.Normal),
        Text.BODY: (10, QFont.Weight.Normal),
        Text.STRONG: (10, QFont.Weight.DemiBold),
        Text.SECTION: (13, QFont.Weight.DemiBold),
        Text.TITLE: (17, QFont.Weight.DemiBold),
        Text.FIGURE: (20, QFont.Weight.DemiBold),
    }
)


class Measure:
    """The grid: multiples of 4 px."""

    TIGHT = 4
    INSIDE = 8
    BETWEEN = 16
    EDGE = 24
    CONTROL = 32
    TARGET = 28
    ROW = 32
    HEAD = 56
    SIDEBAR = 216
    SIDEBAR_NARROW = 56
    PANEL = 440
    COLUMN = 720
    ICON = 18
    RADIUS = 8


_LIGHT = {
    Role.PAPER: "#F7F6F3",
    Role.SURFACE: "#FFFFFF",
    Role.SUNKEN: "#EFEDE8",
    Role.LINE: "#DAD7D0",
    Role.TEXT: "#1E2327",
    Role.MUTED: "#565F66",
    Role.PRIMARY: "#0B5A6B",
    Role.ON_PRIMARY: "#FFFFFF",
    Role.PRIMARY_SOFT: "#E0EEF1",
    Role.ATTENTION: "#8A4B00",
    Role.ATTENTION_SOFT: "#FCEBD3",
    Role.DANGER: "#A3202B",
    Role.DANGER_SOFT: "#FBE4E4",
    Role.DONE: "#22663A",
    Role.DONE_SOFT: "#E1F0E5",
}
_DARK = {
    Role.PAPER: "#14181B",
    Role.SURFACE: "#1C2125",
    Role.SUNKEN: "#101315",
    Role.LINE: "#343B41",
    Role.TEXT: "#E8EAEC",
    Role.MUTED: "#A9B2B9",
    Role.PRIMARY: "#6CC3D5",
    Role.ON_PRIMARY: "#0C1214",
    Role.PRIMARY_SOFT: "#173A43",
    Role.ATTENTION: "#F2B56B",
    Role.ATTENTION_SOFT: "#3D2A12",
    Role.DANGER: "#F08A8F",
    Role.DANGER_SOFT: "#45191D",
    Role.DONE: "#85CC9B",
    Role.DONE_SOFT: "#17351F",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """One ground (light or dark) at one text size (per cent)."""

    dark: bool = False
    text_size: int = 100

    def code(self, role: Role) -> str:
        """The colour of a role as `#RRGGBB`."""
        return (_DARK if self.dark else _LIGHT)[role]

    def colour(self, role: Role) -> QColor:
        """The colour of a role."""
        return QColor(self.code(role))

    def px(self, measure: int) -> int:
        """A measure at this text size, in pixels; gaps of 8 and less stay as they are."""
        return measure if measure <= Measure.INSIDE else round(measure * self.text_size / 100)

    def width(self, measure: int) -> int:
        """A width at this text size, in pixels: it grows half as fast, for the screen does not grow at all."""
        return round(measure * (100 + self.text_size) / 200)

    def points(self, kind: Text) -> float:
        """The size of a kind of text, in points."""
        return _POINTS[kind][0] * self.text_size / 100

    def font(self, kind: Text = Text.BODY) -> QFont:
        """The font of a kind of text."""
        font = QFont(FAMILY)
        font.setPointSizeF(self.points(kind))
        font.setWeight(_POINTS[kind][1])
        return font

    def palette(self) -> QPalette:
        """The palette for what Fusion draws without the style sheet."""
        roles = QPalette.ColorRole
        palette = QPalette()
        for target, role in (
            (roles.Window, Role.PAPER),
            (roles.WindowText, Role.TEXT),
            (roles.Base, Role.SURFACE),
            (roles.AlternateBase, Role.PAPER),
            (roles.Text, Role.TEXT),
            (roles.Button, Role.SURFACE),
            (roles.ButtonText, Role.TEXT),
            (roles.BrightText, Role.DANGER),
            (roles.ToolTipBase, Role.TEXT),
            (roles.ToolTipText, Role.SURFACE),
            (roles.PlaceholderText, Role.MUTED),
            (roles.Link, Role.PRIMARY),
            (roles.LinkVisited, Role.PRIMARY),
            (roles.Highlight, Role.PRIMARY),
            (roles.HighlightedText, Role.ON_PRIMARY),
            (roles.Accent, Role.PRIMARY),
            (roles.Light, Role.SURFACE),
            (roles.Midlight, Role.LINE),
            (roles.Mid, Role.LINE),
            (roles.Dark, Role.LINE),
            (roles.Shadow, Role.LINE),
        ):
            palette.setColor(target, self.colour(role))
        for target in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.colour(Role.MUTED))
        return palette


def load_fonts(folder: Path) -> None:
    """Register the shipped fonts, so that every machine draws the same letters.

    Raises FileNotFoundError for a file that is missing or no font: the installation is damaged.
    """
    for name in FONT_FILES:
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            raise FileNotFoundError(folder / name)
