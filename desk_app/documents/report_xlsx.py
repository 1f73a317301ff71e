"""A report as a spreadsheet: one sheet a table, headings frozen, text always text and numbers always numbers."""

import datetime as dt
import re
import unicodedata
from io import BytesIO
from typing import Any

import xlsxwriter

from desk_app.documents.fonts import STAND_IN
from desk_app.documents.report_tables import PERCENT, tables
from desk_app.documents.reports import Cell, Column, Report, TableSection
from desk_app.i18n import Translator, formats

_LONGEST_CELL = 32_767
_LONGEST_SHEET_NAME = 31
_WIDEST = 60
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_UNSAFE = frozenset({"Cc", "Cs"})


def render_workbook(report: Report, tr: Translator) -> bytes:
    """The report as XLSX in the translator's language; the same report always gives the same bytes."""
    file = BytesIO()
    # In memory: the low-memory mode writes rows to a temporary file that anybody can read.
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    midnight = dt.datetime.combine(report.made_on, dt.time())
    book.set_properties({"title": safe(report.title)[:255], "author": safe(report.made_by)[:255], "created": midnight})
    looks = _looks(book)
    names: set[str] = set()
    _write_cover(book, looks, report, tr, names)
    for table in tables(report, tr):
        _write_table(book, looks, table, tr, names)
    book.close()
    return file.getvalue()


def safe(text: str) -> str:
    """Text for a cell: control characters marked as on paper, and cut with «…» where a cell ends."""
    drawn = "".join(
        STAND_IN if unicodedata.category(sign) in _UNSAFE and sign not in "\t\n" else sign
        for sign in unicodedata.normalize("NFC", text)
    )
    return drawn if len(drawn) <= _LONGEST_CELL else drawn[: _LONGEST_CELL - 1] + "…"


def sheet_name(title: str, taken: set[str]) -> str:
    """A name the format allows and no other sheet has; it is added to those taken."""
    plain = _NOT_IN_SHEET_NAMES.sub(" ", safe(title)).strip().strip("'") or "1"
    name, number = plain[:_LONGEST_SHEET_NAME].strip().strip("'"), 1
    while name.lower() in taken:
        number += 1
        end = f" {number}"
        name = plain[: _LONGEST_SHEET_NAME - len(end)].strip() + end
    taken.add(name.lower())
    return name


def _looks(book: Any) -> dict[str, Any]:
    base = {"font_name": "Noto Sans", "font_size": 10, "valign": "top"}
    kinds: dict[str, dict[str, Any]] = {
        "text": {"text_wrap": True},
        "number": {"num_format": "#,##0.########"},
        "whole": {"num_format": "#,##0"},
        "percent": {"num_format": "0%"},
        "date": {"num_format": "dd.mm.yyyy", "align": "left"},
        "heading": {"bold": True, "bg_color": "#EFEDE8", "text_wrap": True, "bottom": 1},
        "title": {"bold": True, "font_size": 15},
        "total": {"bold": True, "top": 1, "num_format": "#,##0.########"},
    }
    return {name: book.add_format(base | more) for name, more in kinds.items()}


def _write_cover(book: Any, looks: dict[str, Any], report: Report, tr: Translator, names: set[str]) -> None:
    sheet = book.add_worksheet(sheet_name(tr.text("Report"), names))
    sheet.set_column(0, 0, 100)
    lines = (
        report.programme,
        tr.text("Period: {period}", period=formats.period(report.first, report.last)),
        tr.text("Prepared on {date} by {desk}", date=formats.day(report.made_on), desk=report.made_by),
        *report.narrative,
    )
    _write_text(sheet, 0, 0, report.title, looks["title"])
    for row, line in enumerate(lines, start=1):
        _write_text(sheet, row, 0, line, looks["text"])


def _write_table(book: Any, looks: dict[str, Any], table: TableSection, tr: Translator, names: set[str]) -> None:
    sheet = book.add_worksheet(sheet_name(table.title, names))
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(table, place))
        _write_text(sheet, 0, place, column.heading, looks["heading"])
    for row, cells in enumerate(table.rows, start=1):
        for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            _write_cell(sheet, row, place, cell, column, looks)
    end = len(table.rows) + 1
    sheet.autofilter(0, 0, end - 1, len(table.columns) - 1)
    totals = table.totals()
    if totals is not None:
        if totals[0] is None:
            _write_text(sheet, end, 0, tr.text("Total"), looks["total"])
        for place, total in enumerate(totals):
            if total is not None:
                sheet.write_number(end, place, float(total), looks["total"])
        end += 1
    if table.note:
        _write_text(sheet, end + 1, 0, table.note, None)


def _write_cell(sheet: Any, row: int, place: int, cell: Cell, column: Column, looks: dict[str, Any]) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        _write_text(sheet, row, place, cell, looks["text"])
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, place, dt.datetime.combine(cell, dt.time()), looks["date"])
    else:
        look = "percent" if column.unit == PERCENT else "whole" if cell == int(cell) else "number"
        sheet.write_number(row, place, float(cell), looks[look])


def _write_text(sheet: Any, row: int, place: int, text: str, look: Any) -> None:
    # Never the general `write`: it would make a formula of a name that begins with an equals sign.
    sheet.write_string(row, place, safe(text), look)


def _width(table: TableSection, place: int) -> int:
    texts = (str(row[place]) for row in table.rows[:200] if row[place] is not None)
    longest = max((len(text) for text in (table.columns[place].heading, *texts)), default=0)
    return max(8, min(longest + 3, _WIDEST))
