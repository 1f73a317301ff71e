"""A report's fixed tables, built once for paper and spreadsheet: coverage, indicators, indicators by desk."""

from desk_app.documents.reports import Cell, Column, Report, TableSection
from desk_app.i18n import Translator

PERCENT = "%"
"""The unit of a column that holds shares of one, shown as percent."""


def tables(report: Report, tr: Translator) -> tuple[TableSection, ...]:
    """Every table of the report in the order it is read; tables without rows are left out."""
    fixed = (indicator_table(report, tr), desk_table(report, tr))
    return tuple(table for table in (*fixed, *report.sections, coverage_table(report, tr)) if table.rows)


def indicator_table(report: Report, tr: Translator) -> TableSection:
    """Each indicator with baseline, target, what was achieved, and by sex."""
    rows: list[tuple[Cell, ...]] = []
    undivided = any(row.not_divided for row in report.indicators)
    for row in report.indicators:
        split = row.by_sex
        by_sex: tuple[Cell, ...] = (split.women, split.men, split.unknown) if split else (None, None, None)
        cells = (row.code, row.name, row.unit, row.baseline, row.target, row.actual, row.share_of_target, *by_sex)
        rows.append((*cells, row.not_divided) if undivided else cells)
    columns = (
        Column(tr.text("Code"), on_paper=False),
        Column(tr.text("Indicator")),
        Column(tr.text("Unit")),
        Column(tr.text("Baseline")),
        Column(tr.text("Target")),
        Column(tr.text("Achieved")),
        Column(tr.text("Of target"), PERCENT),
        Column(tr.text("Women")),
        Column(tr.text("Men")),
        Column(tr.text("Sex unknown")),
    )
    more = (Column(tr.text("Not divided")),) if undivided else ()
    return TableSection(tr.text("Indicators"), columns + more, tuple(rows))


def desk_table(report: Report, tr: Translator) -> TableSection:
    """Each indicator by desk, for the indicators that are divided by desk."""
    desks = report.desks()
    rows: list[tuple[Cell, ...]] = []
    for row in report.indicators:
        if row.by_desk:
            values = dict(row.by_desk)
            rows.append((row.code, row.name, *(values.get(desk) for desk in desks)))
    columns = (Column(tr.text("Code"), on_paper=False), Column(tr.text("Indicator")), *(Column(desk) for desk in desks))
    return TableSection(tr.text("Indicators by desk"), columns, tuple(rows))


def coverage_table(report: Report, tr: Translator) -> TableSection:
    """Which desks' records are inside, and how far: without it a low number cannot be told from a missing desk."""
    columns = (Column(tr.text("Desk")), Column(tr.text("Last bundle")), Column(tr.text("Date")))
    rows = tuple((item.desk, item.bundle, item.made_on) for item in report.coverage)
    missing = [item.desk for item in report.coverage if item.bundle is None]
    note = tr.text("No records yet from: {desks}.", desks=", ".join(missing)) if missing else ""
    return TableSection(tr.text("Whose records are inside"), columns, rows, note)
