"""What every printed page shares: colours, text styles, and a PDF canvas whose bytes depend on its words alone."""

import calendar
import datetime as dt
from typing import IO, Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import TimeStamp
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from desk_app.documents.fonts import REGULAR, readable, register, width_of

MM: float = mm

INK = HexColor("#1E2327")
MUTED = HexColor("#565F66")
LINE = HexColor("#DAD7D0")
SUNKEN = HexColor("#EFEDE8")
PRIMARY = HexColor("#0B5A6B")
PRIMARY_SOFT = HexColor("#E0EEF1")
ATTENTION = HexColor("#8A4B00")

_DUSHANBE_HOURS = 5


def style(size: float, face: str = REGULAR, **more: Any) -> ParagraphStyle:
    """A paragraph style in points; line height follows the size."""
    settings = {"textColor": INK, "alignment": TA_LEFT, "leading": size * 1.32, "splitLongWords": 1} | more
    return ParagraphStyle(f"{face}-{size}", fontName=face, fontSize=size, **settings)


def paragraph(words: str, its_style: ParagraphStyle) -> Paragraph:
    """A paragraph that prints the words as they stand: no markup, nothing lost in silence."""
    return Paragraph(escape(readable(words)), its_style)


def shortened(words: str, face: str, size: float, width: float) -> str:
    """One line that fits: cut at the end with «…» when there is no room."""
    line = readable(words)
    if width_of(line, face, size) <= width:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(line[:middle] + "…", face, size) <= width:
            low = middle
        else:
            high = middle - 1
    return line[:low].rstrip() + "…"


def new_canvas(
    file: IO[bytes], page: tuple[float, float], *, dated: dt.date, language: str, title: str, author: str, subject: str
) -> Canvas:
    """A PDF canvas with the given page in points.

    The same calls give the same bytes on every machine and day: the file's times are those of `dated`, its id comes
    from its content. `language` is a code of `desk_app.i18n`.
    """
    register()
    canvas = Canvas(
        file,
        pagesize=page,
        pageCompression=1,
        invariant=1,
        initialFontName=REGULAR,
        initialFontSize=10,
        lang=language.replace("_", "-"),
    )
    canvas.setTitle(readable(title))
    canvas.setAuthor(readable(author))
    canvas.setSubject(readable(subject))
    canvas.setCreator("Roh")
    canvas._doc._timeStamp = _midnight(dated)
    return canvas


def _midnight(day: dt.date) -> TimeStamp:
    stamp = TimeStamp(invariant=1)
    stamp.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
    stamp.lt = day.timetuple()
    stamp.t = float(calendar.timegm(day.timetuple()) - _DUSHANBE_HOURS * 3600)
    stamp.dhh, stamp.dmm, stamp.tzname = _DUSHANBE_HOURS, 0, "+05"
    return stamp
