"""A report as PDF: A4 across, headers repeated on every page, page x of y."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, PageTemplate, Spacer, Table, TableStyle

from desk_app.documents.chart_pdf import chart_drawing
from desk_app.documents.fonts import BOLD, REGULAR, SEMIBOLD, width_of
from desk_app.documents.paper import LINE, MM, MUTED, SUNKEN, new_canvas, paragraph, shortened, style
from desk_app.documents.report_tables import PERCENT, tables
from desk_app.documents.reports import Cell, Column, Report, TableSection
from desk_app.i18n import Language, Translator, formats

_PAGE = landscape(A4)
_MARGIN, _FOOT = 15 * MM, 14 * MM
_WIDTH: float = _PAGE[0] - 2 * _MARGIN
_SIZE = 8.5
_LONGEST_HEADING = 80
_WIDEST_WORD = 45 * MM
_PADDING = 11.0
_MOST_COLUMNS = 14
_KEPT = 2
_NOTHING = "—"


def render_report(report: Report, tr: Translator) -> bytes:
    """The report in the translator's language; the same report always gives the same bytes."""
    _, pages = _set(report, tr, pages=0)
    return _set(report, tr, pages)[0]


def _set(report: Report, tr: Translator, pages: int) -> tuple[bytes, int]:
    file = BytesIO()
    document = BaseDocTemplate(file, pagesize=_PAGE)
    frame = Frame(
        _MARGIN, _FOOT, _WIDTH, _PAGE[1] - _MARGIN - _FOOT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )
    foot = partial(_foot, report, tr, pages)
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=foot, pagesize=_PAGE)])
    document.build(_story(report, tr), canvasmaker=partial(_canvas, report, tr.language))
    return file.getvalue(), document.page


def _canvas(report: Report, language: Language, file: BytesIO, **_: Any) -> Canvas:
    return new_canvas(
        file,
        _PAGE,
        dated=report.made_on,
        language=language.code,
        title=report.title,
        author=report.made_by,
        subject=f"{report.programme}, {formats.period(report.first, report.last)}",
    )


def _foot(report: Report, tr: Translator, pages: int, canvas: Canvas, document: BaseDocTemplate) -> None:
    # The page numbers are text: an amount would get spaces between its thousands, a page has none.
    page = tr.text("Page {page} of {pages}", page=str(document.page), pages=str(pages))
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(MUTED)
    y = _FOOT - 6 * MM
    canvas.drawRightString(_MARGIN + _WIDTH, y, shortened(page, REGULAR, 8, _WIDTH / 4))
    line = f"{report.title} · {formats.period(report.first, report.last)}"
    canvas.drawString(_MARGIN, y, shortened(line, REGULAR, 8, _WIDTH * 0.7))


def _story(report: Report, tr: Translator) -> list[Any]:
    muted = style(9.5, textColor=MUTED, spaceBefore=2)
    period = tr.text("Period: {period}", period=formats.period(report.first, report.last))
    made = tr.text("Prepared on {date} by {desk}", date=formats.day(report.made_on), desk=report.made_by)
    story: list[Any] = [
        paragraph(report.programme, style(9.5, textColor=MUTED)),
        paragraph(report.title, style(17, BOLD, spaceBefore=2)),
        paragraph(period, style(11, SEMIBOLD, spaceBefore=4)),
        paragraph(made, muted),
        *(paragraph(words, style(10, spaceBefore=6)) for words in report.narrative),
    ]
    for chart in report.charts:
        if chart.bars:
            drawing = chart_drawing(chart, _WIDTH)
            story += [CondPageBreak(min(drawing.height, 120 * MM) + 14 * MM), _heading(chart.title), drawing]
    for table in tables(report, tr):
        story += _table(table, tr)
    return story


def _heading(words: str) -> Any:
    return paragraph(words, style(12, SEMIBOLD, spaceBefore=14, spaceAfter=4, keepWithNext=1))


def _table(section: TableSection, tr: Translator) -> list[Any]:
    parts: list[Any] = [CondPageBreak(40 * MM), _heading(section.title)]
    for piece in _pieces(section):
        parts += [_grid(piece, tr), Spacer(1, 3 * MM)]
    if section.note:
        parts.append(paragraph(section.note, style(9, textColor=MUTED)))
    return parts


def _pieces(section: TableSection) -> Sequence[TableSection]:
    """A wide table cut into tables that fit the page, each with the first columns, which name the row."""
    if len(section.columns) <= _MOST_COLUMNS:
        return [section]
    step = _MOST_COLUMNS - _KEPT
    return [
        TableSection(
            section.title,
            section.columns[:_KEPT] + section.columns[start : start + step],
            tuple(row[:_KEPT] + row[start : start + step] for row in section.rows),
        )
        for start in range(_KEPT, len(section.columns), step)
    ]


def _grid(section: TableSection, tr: Translator) -> Table:
    text, bold = style(_SIZE), style(_SIZE, SEMIBOLD)
    right, right_bold = style(_SIZE, alignment=TA_RIGHT), style(_SIZE, SEMIBOLD, alignment=TA_RIGHT)
    numeric = [_is_numeric(section, position) for position in range(len(section.columns))]
    heads = [
        paragraph(column.heading[:_LONGEST_HEADING], right_bold if number else bold)
        for column, number in zip(section.columns, numeric, strict=True)
    ]
    rows = [
        [
            paragraph(shown(cell, column, tr.language), right if number else text)
            for cell, column, number in zip(row, section.columns, numeric, strict=True)
        ]
        for row in section.rows
    ]
    totals = section.totals()
    if totals is not None:
        words = ["" if total is None else formats.number(total, tr.language) for total in totals]
        if totals[0] is None:
            words[0] = tr.text("Total")
        last = [paragraph(word, right_bold if number else bold) for word, number in zip(words, numeric, strict=True)]
        rows.append(last)
    table = Table([heads, *rows], colWidths=_widths(section, tr.language), repeatRows=1, splitInRow=1, hAlign="LEFT")
    table.setStyle(_grid_style(with_totals=totals is not None))
    return table


def shown(cell: Cell, column: Column, language: Language) -> str:
    """A cell in words: numbers and dates as the language writes them, nothing as a dash."""
    if cell is None:
        return _NOTHING
    if isinstance(cell, str):
        return cell
    if isinstance(cell, dt.date):
        return formats.day(cell)
    if column.unit == PERCENT:
        return formats.number(cell * 100, language, 0)
    return formats.number(cell, language)


def _is_numeric(section: TableSection, position: int) -> bool:
    cells = [row[position] for row in section.rows if row[position] is not None]
    return bool(cells) and not any(isinstance(cell, str) for cell in cells)


def _widths(section: TableSection, language: Language) -> list[float]:
    """No word is broken while there is room; what room is left goes to the columns whose texts are cut most."""
    least: list[float] = []
    wanted: list[float] = []
    totals = section.totals()
    for position, column in enumerate(section.columns):
        words = [shown(row[position], column, language)[:200] for row in section.rows[:200]]
        total = totals[position] if totals else None
        texts = [column.heading, *words, "" if total is None else formats.number(total, language)]
        longest_words = [max(text.split(" "), key=len) for text in texts]
        least.append(min(_widest(longest_words), _WIDEST_WORD) + _PADDING)
        wanted.append(_widest(texts) + _PADDING)
    if sum(least) > _WIDTH:
        return [width * _WIDTH / sum(least) for width in least]
    cut = sum(wanted) - sum(least)
    share = min((_WIDTH - sum(least)) / cut, 1.0) if cut else 0.0
    return [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]


def _widest(texts: Sequence[str]) -> float:
    return max(width_of(text, SEMIBOLD, _SIZE) for text in texts)


def _grid_style(*, with_totals: bool) -> TableStyle:
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
    if with_totals:
        commands += [("LINEABOVE", (0, -1), (-1, -1), 1, MUTED), ("BACKGROUND", (0, -1), (-1, -1), SUNKEN)]
    return TableStyle(commands)
