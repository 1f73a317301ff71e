"""The one typeface of everything printed, and the check that no letter of a name is lost on paper.

A glyph that a font lacks is drawn as an empty box, or not at all, and nobody notices until the letter is at its
addressee. So each string passes through here before it is drawn: `checked` for the program's own words, which must be
complete, and `readable` for what people typed, which may hold anything.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desk_app.domain.errors import GlyphMissing
from desk_app.paths import resources

REGULAR = "NotoSans-Regular"
ITALIC = "NotoSans-Italic"
SEMIBOLD = "NotoSans-SemiBold"
BOLD = "NotoSans-Bold"
FACES = (REGULAR, ITALIC, SEMIBOLD, BOLD)

STAND_IN = "\N{REPLACEMENT CHARACTER}"
"""Printed where a character was that cannot be: the reader sees that something stood there."""

_UNPRINTABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r\x85\u2028\u2029"), " ") | {0x202F: "\u00a0", 0x2212: "–"}


def font_file(face: str) -> Path:
    """Where the file of one of `FACES` is; the window loads the same files."""
    return resources() / "fonts" / f"{face}.ttf"


@lru_cache(maxsize=1)
def register() -> frozenset[int]:
    """Makes the faces known to the PDF engine, once, and returns the code points that all of them can draw."""
    fonts = [TTFont(face, str(font_file(face))) for face in FACES]
    for font in fonts:
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    return frozenset(set[int].intersection(*(set(font.face.charToGlyph) for font in fonts)))


def width_of(text: str, face: str, size: float) -> float:
    """The width of a line of text in points."""
    register()
    return float(pdfmetrics.stringWidth(text, face, size))


def normal(text: str) -> str:
    """One line of text as it is drawn: composed letters (there is no shaping), a space and a minus the font has."""
    return unicodedata.normalize("NFC", text).translate(_SPACES)


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters of a text that cannot be printed, each once, in the order they appear.

    Besides what the font lacks these are control characters, direction marks and other invisible signs: the font has
    glyphs for some of them, but a reader cannot see them, and they can reorder or split what she does see.
    """
    drawable = register()
    return tuple(dict.fromkeys(sign for sign in normal(text) if not _is_printable(sign, drawable)))


def checked(text: str) -> str:
    """The program's own words, ready to draw.

    Raises `GlyphMissing` when the font cannot show them: a catalogue or a template is wrong, and a letter with holes
    must not go out.
    """
    missing = missing_glyphs(text)
    if missing:
        raise GlyphMissing(missing)
    return normal(text)


def readable(text: str) -> str:
    """What a person typed, ready to draw: a run of characters that cannot be printed becomes one `STAND_IN`.

    Nothing is dropped in silence; `missing_glyphs` names the characters so that the window can point them out first.
    """
    drawable = register()
    drawn: list[str] = []
    for sign in normal(text):
        if _is_printable(sign, drawable):
            drawn.append(sign)
        elif not drawn or drawn[-1] != STAND_IN:
            drawn.append(STAND_IN)
    return "".join(drawn)


def _is_printable(sign: str, drawable: frozenset[int]) -> bool:
    return ord(sign) in drawable and unicodedata.category(sign) not in _UNPRINTABLE
