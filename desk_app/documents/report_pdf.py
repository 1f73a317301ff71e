"""A report as PDF: A4 across, headers repeated on every page, page x of y."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, PageTemplate, Spacer, Table, TableStyle

from desk_app.documents.chart_pdf import chart_drawing
from desk_app.documents.fonts import BOLD, REGULAR, SEMIBOLD
from desk_app.documents.paper import LINE, MM, MUTED, PRIMARY, new_canvas, paragraph, shortened, style
from desk_app.documents.report_grid import grid, shown
from desk_app.documents.report_tables import tables
from desk_app.documents.reports import IndicatorRow, Report, TableSection
from desk_app.i18n import Language, Translator, formats

_PAGE = landscape(A4)
_MARGIN, _FOOT = 15 * MM, 14 * MM
_WIDTH: float = _PAGE[0] - 2 * _MARGIN
_MOST_COLUMNS = 14
_KEPT = 1
_TILES = 6
_LONGEST_NAME = 120


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
        paragraph(" ".join(report.narrative), style(10, spaceBefore=4)),
    ]
    if report.indicators:
        story += [Spacer(1, 4 * MM), _tiles(report.indicators[:_TILES], tr.language)]
    for chart in report.charts:
        if chart.bars:
            drawing = chart_drawing(chart, _WIDTH)
            story += [CondPageBreak(min(drawing.height, 120 * MM) + 14 * MM), _heading(chart.title), drawing]
    for table in tables(report, tr):
        story += _table(table, tr)
    return story


def _tiles(rows: Sequence[IndicatorRow], language: Language) -> Table:
    """The first figures, large, for whoever reads no further."""
    figures = [paragraph(shown(row.actual, language), style(20, BOLD, textColor=PRIMARY)) for row in rows]
    names = [paragraph(row.name[:_LONGEST_NAME], style(8.5)) for row in rows]
    table = Table([figures, names], colWidths=[_WIDTH / _TILES] * len(rows), hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), REGULAR),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 7),
                ("RIGHTPADDING", (0, 0), (-1, -1), 7),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
                ("LINEBEFORE", (0, 0), (-1, -1), 1.5, LINE),
            ]
        )
    )
    return table


def _heading(words: str) -> Any:
    return paragraph(words, style(12, SEMIBOLD, spaceBefore=14, spaceAfter=4, keepWithNext=1))


def _table(section: TableSection, tr: Translator) -> list[Any]:
    parts: list[Any] = [CondPageBreak(40 * MM), _heading(section.title)]
    for piece in _pieces(section.on_paper()):
        parts += [grid(piece, tr, _WIDTH), Spacer(1, 3 * MM)]
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
