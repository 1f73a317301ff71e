"""What a report says: figures with their periods, targets and sources. Knows neither PDF nor spreadsheet."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desk_app.documents.charts import Bar, BarChart
from desk_app.i18n import Translator, formats

Number = int | Decimal
Cell = str | Number | dt.date | None
"""What a table cell may hold; None is printed as «—»: not reported, which is not zero."""

_TWICE_THE_TARGET = 2.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a desk's records are inside: the number and date of its last bundle, None when none has come."""

    desk: str
    bundle: int | None
    made_on: dt.date | None


@dataclass(frozen=True, slots=True)
class SexSplit:
    """A figure divided by sex; who did not say is a column of its own."""

    women: Number
    men: Number
    unknown: Number

    @property
    def total(self) -> Number:
        """All three together."""
        return self.women + self.men + self.unknown


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator in the period. `by_desk` holds desk names and values; all numbers count the indicator's unit."""

    code: str
    name: str
    unit: str
    baseline: Number | None
    target: Number | None
    actual: Number | None
    by_sex: SexSplit | None = None
    by_desk: tuple[tuple[str, Number], ...] = ()

    @property
    def share_of_target(self) -> Decimal | None:
        """What was achieved as a share of the target; None when there is no target or nothing was reported."""
        if self.actual is None or not self.target:
            return None
        return Decimal(self.actual) / Decimal(self.target)

    @property
    def not_divided(self) -> Number | None:
        """The part of the figure that is not in `by_sex`; 0 when the columns add up."""
        if self.actual is None or self.by_sex is None:
            return None
        return self.actual - self.by_sex.total


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `unit` may be empty; `totalled` columns hold numbers and get a sum below.

    A column that is not `on_paper`, such as a code, stands in the spreadsheet alone.
    """

    title: str
    unit: str = ""
    totalled: bool = False
    on_paper: bool = True

    @property
    def heading(self) -> str:
        """Title and unit."""
        return f"{self.title}, {self.unit}" if self.unit else self.title


@dataclass(frozen=True, slots=True)
class TableSection:
    """A table with a title. Raises ValueError when a row does not fit the columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row does not have a cell for each column")

    def on_paper(self) -> "TableSection":
        """The table with the columns that are printed."""
        kept = [position for position, column in enumerate(self.columns) if column.on_paper]
        rows = tuple(tuple(row[position] for position in kept) for row in self.rows)
        return TableSection(self.title, tuple(self.columns[position] for position in kept), rows, self.note)

    def totals(self) -> tuple[Number | None, ...] | None:
        """The sum of each totalled column, None elsewhere; None altogether when no column is totalled."""
        if not any(column.totalled for column in self.columns):
            return None
        return tuple(
            sum_of([row[position] for row in self.rows]) if column.totalled else None
            for position, column in enumerate(self.columns)
        )


@dataclass(frozen=True, slots=True)
class Report:
    """A report, its fixed words apart. Texts are in the report's language; `first` and `last` day are both inside."""

    title: str
    programme: str
    first: dt.date
    last: dt.date
    made_on: dt.date
    made_by: str
    coverage: tuple[Coverage, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    sections: tuple[TableSection, ...] = ()
    charts: tuple[BarChart, ...] = ()
    narrative: tuple[str, ...] = ()

    def desks(self) -> tuple[str, ...]:
        """The desks that the indicators are divided by, in the order they first appear."""
        return tuple(dict.fromkeys(desk for row in self.indicators for desk, _ in row.by_desk))


def sum_of(cells: Sequence[Cell]) -> Number:
    """The sum of the numbers among the cells. Raises TypeError for a cell that is neither a number nor None."""
    total: Number = 0
    for cell in cells:
        if cell is None:
            continue
        if isinstance(cell, str | dt.date):
            raise TypeError("a totalled column holds numbers")
        total += cell
    return total


def chart_against_target(title: str, rows: Sequence[IndicatorRow], tr: Translator) -> BarChart:
    """What was achieved against the target, each indicator on the scale of its own target.

    Indicators without a figure or a target are left out: they have no place on that scale.
    """
    bars: list[Bar] = []
    for row in rows:
        share = row.share_of_target
        if share is None or row.actual is None or row.target is None:
            continue
        figures = f"{formats.number(row.actual, tr.language)} / {formats.number(row.target, tr.language)}"
        words = f"{figures} ({formats.percent(share, tr.language)})"
        bars.append(Bar(row.name, float(share), words, target=1.0))
    words = tr.text("The line across a bar is its target. On the right: achieved / target (share of the target).")
    return BarChart(title, tuple(bars), mark_words=words, longest=_TWICE_THE_TARGET)
