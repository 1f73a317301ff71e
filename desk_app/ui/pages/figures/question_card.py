"""One question: its chart, and under it the table whose numbers open their records."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from desk_app.i18n import labels
from desk_app.ui.look import Look
from desk_app.ui.pages.figures.questions import Question, chart_of, desk_rows_of, heads, rows_of
from desk_app.ui.widgets.bar_chart import BarChartView
from desk_app.ui.widgets.boxes import Card
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.number_table import NumberCell, NumberTable
from desk_app.usecases.figures import Figure


class QuestionCard(Card):
    """At a desk a row an indicator; at a coordinator (`inside`: desks whose records are here) a row a desk.

    Emits `opened(key)` for a number, `picked(code)` when another indicator is looked at desk by desk.
    """

    opened = Signal(str)
    picked = Signal(str)

    def __init__(
        self,
        look: Look,
        question: Question,
        figures: Mapping[str, Figure],
        inside: Sequence[str] | None,
        chosen: str = "",
    ) -> None:
        super().__init__(look, look.tr.text(question.words))
        self._look = look
        self._figures = figures
        self._inside = inside
        self._question = question
        self.chart = BarChartView(look, chart_of(question, figures, look.tr))
        self.body.addWidget(self.chart)
        self.table: NumberTable | None = None
        if inside is None:
            self._put_table(rows_of(question, figures, look.tr), by_desk=False)
        else:
            self._add_chips()
            self.choose(chosen if chosen in question.codes else question.codes[0])

    def choose(self, code: str) -> None:
        """Show one indicator desk by desk."""
        self.chips.choose(code)
        self._put_table(desk_rows_of(self._figures[code], self._inside or (), self._look.tr), by_desk=True)

    def _add_chips(self) -> None:
        tr = self._look.tr
        names = [Filter(code, labels.indicator(self._figures[code].indicator, tr)) for code in self._question.codes]
        self.chips = FilterBar(self._look, tr.text("Indicator"), names)
        self.chips.chosen.connect(lambda codes: self._picked(next(iter(codes))))
        self.body.addWidget(self.chips)

    def _picked(self, code: str) -> None:
        self.choose(code)
        self.picked.emit(code)

    def _put_table(self, rows: Sequence[Sequence[NumberCell]], *, by_desk: bool) -> None:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        tr = self._look.tr
        words = tr.text(self._question.words)
        self.table = NumberTable(self._look, words, heads(tr, by_desk=by_desk), rows, least=220)
        self.table.opened.connect(self.opened)
        self.body.addWidget(self.table)
