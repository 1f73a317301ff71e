"""The grid of a report's table on paper: columns as wide as their words, so that no word is broken and none is cut."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.shapes import Drawing, Group, String
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.utils import simpleSplit
from reportlab.platypus import Table, TableStyle

from desk_app.documents.fonts import REGULAR, SEMIBOLD, readable, width_of
from desk_app.documents.paper import INK, LINE, MM, MUTED, SUNKEN, paragraph, shortened, style
from desk_app.documents.report_tables import PERCENT
from desk_app.documents.reports import Cell, Column, TableSection
from desk_app.i18n import Language, Translator, formats

_SIZE = 8.5
_LEADING = _SIZE * 1.32
_QUARTER_TURN = (0, 1, -1, 0, 0, 0)
_LONGEST_HEADING = 80
_WIDEST_WORD = 45 * MM
_TALLEST_HEADING = 34 * MM
_NARROWEST_NAME = 60 * MM
_PADDING = 11.0
_NOTHING = "—"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it is set. Widths in points: the widest word and the widest text, of the cells and of the heading."""

    heading: str
    numeric: bool
    cell_word: float
    cell_text: float
    head_word: float
    head_text: float


def grid(section: TableSection, tr: Translator, width: float) -> Table:
    """The table in a page `width` points wide; where its headings have no room side by side they stand upright."""
    columns = _columns(section, tr.language)
    upright = _too_wide(columns, width)
    text, bold = style(_SIZE), style(_SIZE, SEMIBOLD)
    right, right_bold = style(_SIZE, alignment=TA_RIGHT), style(_SIZE, SEMIBOLD, alignment=TA_RIGHT)
    longest = max((_upright_length(column) for column in columns if column.numeric), default=0.0)
    heads: list[Any] = []
    for column in columns:
        turned = upright and column.numeric
        words = paragraph(column.heading, right_bold if column.numeric and not turned else bold)
        heads.append(_upright(column.heading, longest) if turned else words)
    rows = [
        [
            paragraph(shown(cell, tr.language, about.unit), right if column.numeric else text)
            for cell, about, column in zip(row, section.columns, columns, strict=True)
        ]
        for row in section.rows
    ]
    totals = section.totals()
    if totals is not None:
        words_of = ["" if total is None else shown(total, tr.language) for total in totals]
        words_of[0] = words_of[0] or tr.text("Total")
        faces = [right_bold if column.numeric else bold for column in columns]
        rows.append([paragraph(word, face) for word, face in zip(words_of, faces, strict=True)])
    widths = _widths(columns, width, upright)
    table = Table([heads, *rows], colWidths=widths, repeatRows=1, splitInRow=1, hAlign="LEFT")
    table.setStyle(_grid_style(upright=upright, with_totals=totals is not None))
    return table


def _upright(heading: str, longest: float) -> Drawing:
    """A heading that is read from the bottom to the top: its column may be narrower than its words."""
    lines = simpleSplit(readable(heading), SEMIBOLD, _SIZE, longest)
    drawing = Drawing(len(lines) * _LEADING, longest)
    drawing.initialFontName = REGULAR
    for number, line in enumerate(lines, start=1):
        fitting = shortened(line, SEMIBOLD, _SIZE, longest)
        words = String(0, (0.3 - number) * _LEADING, fitting, fontName=SEMIBOLD, fontSize=_SIZE, fillColor=INK)
        drawing.add(Group(words, transform=_QUARTER_TURN))
    return drawing


def shown(cell: Cell, language: Language, unit: str = "") -> str:
    """A cell in words: numbers and dates as the language writes them, nothing as a dash."""
    if cell is None:
        return _NOTHING
    if isinstance(cell, str):
        return cell
    if isinstance(cell, dt.date):
        return formats.day(cell)
    if unit == PERCENT:
        return formats.number(cell * 100, language, 0)
    return formats.number(cell, language)


def _columns(section: TableSection, language: Language) -> list[_Column]:
    totals = section.totals()
    found = []
    for position, about in enumerate(section.columns):
        cells = [row[position] for row in section.rows]
        words = [shown(cell, language, about.unit)[:200] for cell in cells[:200]]
        if totals and totals[position] is not None:
            words.append(shown(totals[position], language))
        found.append(_column(about, _is_numeric(cells), words))
    return found


def _column(about: Column, numeric: bool, cells: Sequence[str]) -> _Column:
    heading = about.heading[:_LONGEST_HEADING]
    return _Column(heading, numeric, _widest_word(cells), _widest(cells), _widest_word([heading]), _widest([heading]))


def _is_numeric(cells: Sequence[Cell]) -> bool:
    there = [cell for cell in cells if cell is not None]
    return bool(there) and not any(isinstance(cell, str) for cell in there)


def _too_wide(columns: Sequence[_Column], width: float) -> bool:
    """Whether the names of the rows would be squeezed, or words broken, if every heading lay."""
    least = sum(
        _least(one, False) if one.numeric else max(_least(one, False), min(_wanted(one, False), _NARROWEST_NAME))
        for one in columns
    )
    return least > width


def _least(column: _Column, upright: bool) -> float:
    """The width at which no word of the column is broken."""
    if upright and column.numeric:
        return max(column.cell_word, _LEADING * _lines(column)) + _PADDING
    return min(max(column.cell_word, column.head_word), _WIDEST_WORD) + _PADDING


def _wanted(column: _Column, upright: bool) -> float:
    """The width at which no text of the column takes a second line."""
    if upright and column.numeric:
        return _least(column, upright)
    return max(column.cell_text, column.head_text) + _PADDING


def _upright_length(column: _Column) -> float:
    """A heading that stands is as high as its widest word, or higher while it is still short."""
    return min(max(column.head_word, min(column.head_text, _WIDEST_WORD / 2)) + 2, _TALLEST_HEADING)


def _lines(column: _Column) -> int:
    """How many lines a heading takes that stands, at most."""
    words = len(column.heading.split())
    return max(1, min(words, -(-int(column.head_text * 1.2) // max(1, int(_upright_length(column))))))


def _widths(columns: Sequence[_Column], width: float, upright: bool) -> list[float]:
    """No word is broken while there is room; what room is left goes to the columns whose texts are cut most."""
    least = [_least(column, upright) for column in columns]
    if sum(least) > width:
        return [low * width / sum(least) for low in least]
    more = [max(_wanted(column, upright) - low, 0.0) for column, low in zip(columns, least, strict=True)]
    share = min((width - sum(least)) / sum(more), 1.0) if sum(more) else 0.0
    return [low + extra * share for low, extra in zip(least, more, strict=True)]


def _widest(texts: Sequence[str]) -> float:
    return max((width_of(readable(text), SEMIBOLD, _SIZE) for text in texts), default=0.0)


def _widest_word(texts: Sequence[str]) -> float:
    return _widest([word for text in texts for word in text.split(" ")])


def _grid_style(*, upright: bool, with_totals: bool) -> TableStyle:
    commands: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), SUNKEN),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    if upright:
        commands += [("VALIGN", (0, 0), (-1, 0), "BOTTOM")]
    if with_totals:
        commands += [("LINEABOVE", (0, -1), (-1, -1), 1, MUTED), ("BACKGROUND", (0, -1), (-1, -1), SUNKEN)]
    return TableStyle(commands)
