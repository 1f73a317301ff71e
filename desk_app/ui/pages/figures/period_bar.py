"""Which period is counted: a few usual ones, or any two dates."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.rules.indicators import Period
from desk_app.domain.vocabulary import N_
from desk_app.ui.look import Look
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.date_text import stored_date
from desk_app.ui.widgets.dates import DateField
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.text import label, set_property

OWN = "own"
THIS_YEAR = "this_year"
BEGINNING = "beginning"
FIRST_DAY = date(2014, 1, 1)
"""The programme's first year."""

WORDS = {
    "this_month": N_("This month"),
    "this_quarter": N_("This quarter"),
    THIS_YEAR: N_("This year"),
    "last_quarter": N_("Last quarter"),
    "last_year": N_("Last year"),
    BEGINNING: N_("Since the beginning"),
    OWN: N_("Other dates"),
}


def period_of(code: str, today: date) -> Period:
    """A usual period that holds the day or ended before it. Raises KeyError for a code that names none."""
    month = today.replace(day=1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    match code:
        case "this_month":
            return Period(month, _end_of(month, 1))
        case "this_quarter":
            return Period(quarter, _end_of(quarter, 3))
        case "this_year":
            return Period(date(today.year, 1, 1), date(today.year, 12, 31))
        case "last_quarter":
            last = _months_on(quarter, -3)
            return Period(last, _end_of(last, 3))
        case "last_year":
            return Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
        case "beginning":
            return Period(FIRST_DAY, date(today.year, 12, 31))
    raise KeyError(code)


def before(period: Period) -> Period | None:
    """The period of the same length just before; None where the programme had not begun."""
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    whole = period.first.day == 1 and (period.last + timedelta(days=1)).day == 1
    last = period.first - timedelta(days=1)
    first = _months_on(period.first, -months) if whole else last - (period.last - period.first)
    return Period(first, last) if last >= FIRST_DAY else None


def _months_on(month: date, months: int) -> date:
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _end_of(month: date, months: int) -> date:
    return _months_on(month, months) - timedelta(days=1)


class PeriodBar(QWidget):
    """Chips for the usual periods; two date fields for any other. `chosen(Period)` once both dates are good."""

    chosen = Signal(object)

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        self._look = look
        self._today = today
        lines = column(self)
        self.chips = FilterBar(
            look, look.tr.text("Period"), [Filter(code, look.tr.text(w)) for code, w in WORDS.items()]
        )
        self.chips.choose(THIS_YEAR)
        self.chips.chosen.connect(lambda _codes: self._chip())
        lines.addWidget(self.chips)
        self._own = QWidget()
        line = row(self._own)
        self.first, self.last = DateField(look, today), DateField(look, today)
        for field, words in ((self.first, look.tr.text("First day")), (self.last, look.tr.text("Last day"))):
            line.addWidget(FieldRow(look, words, field))
            field.left.connect(self._dates)
        self.wrong = label("", tone=Tone.DANGER)
        line.addWidget(self.wrong, 1)
        lines.addWidget(self._own)
        self._own.hide()

    @property
    def period(self) -> Period:
        """The period that is chosen; the last good one while dates are being typed."""
        return self._own_period() or period_of(self._code if self._code != OWN else THIS_YEAR, self._today())

    def kept(self) -> tuple[str, str, str]:
        """What is chosen, to be put back by `take_back`."""
        return self._code, self.first.typed(), self.last.typed()

    def take_back(self, kept: tuple[str, str, str]) -> None:
        """Choose again what was chosen, without a signal."""
        self.chips.choose(kept[0])
        self.first.set_typed(kept[1])
        self.last.set_typed(kept[2])
        self._own.setVisible(kept[0] == OWN)

    @property
    def _code(self) -> str:
        return next(iter(self.chips.codes), THIS_YEAR)

    def _chip(self) -> None:
        own = self._code == OWN
        self._own.setVisible(own)
        if own and not self.first.typed():
            start = period_of(THIS_YEAR, self._today())
            self.first.set_value(start.first.isoformat())
            self.last.set_value(start.last.isoformat())
            self.first.setFocus()
        self.chosen.emit(self.period)

    def _own_period(self) -> Period | None:
        if self._code != OWN or self.first.trouble() or self.last.trouble():
            return None
        if not self.first.typed().strip() or not self.last.typed().strip():
            return None
        first, last = (date.fromisoformat(stored_date(one.typed(), partial=False)) for one in (self.first, self.last))
        return Period(first, last) if first <= last else None

    def _dates(self) -> None:
        good = self._own_period()
        backwards = good is None and not self.first.trouble() and not self.last.trouble()
        self.wrong.setText(self._look.tr.text("The first day stands after the last.") if backwards else "")
        set_property(self.last.target(), "wrong", "true" if backwards else "false")
        if good is not None:
            self.chosen.emit(good)
