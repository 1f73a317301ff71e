"""The list of referrals: chips to narrow it, and the table."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.storage.referrals import Line
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.models.record_table import Column, RecordTable, TableView
from desk_app.ui.pages.referrals import words
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.chip_painter import ChipMark, ChipPainter
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.usecases.referral_list import ALL, NEEDS_ANSWER, belongs, is_late

_STATE, _WAITING, _DUE = 3, 4, 5
_ROOMY = 820
"""A table narrower than so many pixels at 100 % text leaves out when the answer is due: the panel says it."""


class ReferralList(QWidget):
    """Shows lines; `opened(id)` by a click or Enter, `new_asked` from the empty state."""

    opened = Signal(str)
    new_asked = Signal()

    def __init__(self, look: Look, desk: str) -> None:
        super().__init__()
        self._look = look
        self._desk = desk
        self._lines: Sequence[Line] = ()
        self._on = date.min
        self._by_id: dict[str, Line] = {}
        self._chosen = ""
        self._counts: dict[str, int] = {}
        self.filters = FilterBar(look, look.tr.text("Show"), [])
        self._model = RecordTable(self._columns(), self._cells)
        self.table = TableView(look, look.tr.text("Referrals"), self._model)
        self.table.setItemDelegateForColumn(_STATE, ChipPainter(look, self._mark, self.table))
        self.table.opened.connect(self.opened)
        self.table.clicked.connect(lambda _index: self.opened.emit(self.table.current_id))
        self._body = column(self, margin=Measure.EDGE, gap=Measure.BETWEEN)
        self._body.addWidget(self.filters)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._body.addWidget(self._stack, 1)

    @property
    def chosen(self) -> str:
        """The code of the chip that is on."""
        return self._chosen

    def choose(self, code: str) -> None:
        """Narrow the list."""
        self._chosen = code
        self.filters.choose(code)
        self._narrow()

    def show_lines(self, lines: Sequence[Line], on: date) -> None:
        """Show these, in their order; at first those that need an answer, if there are any."""
        self._lines, self._on = lines, on
        self._by_id = {line.id: line for line in lines}
        self._show_filters()
        late = any(is_late(line, on) for line in lines)
        none_come = self._chosen == words.INCOMING and not any(words.is_incoming(one, self._desk) for one in lines)
        if not self._chosen or none_come or (self._chosen == NEEDS_ANSWER and not late):
            self._chosen = NEEDS_ANSWER if late else ALL
        self.choose(self._chosen)

    def pick(self, referral: str) -> None:
        """Put the mark on a referral; all are shown when it is not among the chosen."""
        if referral in self._by_id and referral not in self._model.ids:
            self.choose(ALL)
        if referral in self._model.ids:
            self.table.selectRow(list(self._model.ids).index(referral))

    def pick_first(self) -> None:
        """The keyboard goes into the table."""
        self.table.setFocus()
        if self._model.ids and not self.table.current_id:
            self.table.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside an open panel one column less."""
        super().resizeEvent(event)
        self.table.setColumnHidden(_DUE, self.width() < self._look.theme.px(_ROOMY))

    def _show_filters(self) -> None:
        tr = self._look.tr
        counts = {code: sum(self._belongs(line, code) for line in self._lines) for code in words.FILTERS}
        if counts == self._counts:
            return
        self._counts = counts
        shown = {code: msgid for code, msgid in words.FILTERS.items() if code != words.INCOMING or counts[code]}
        chips = [Filter(code, tr.text(msgid), counts[code]) for code, msgid in shown.items()]
        made = FilterBar(self._look, tr.text("Show"), chips)
        made.chosen.connect(lambda codes: self.choose(next(iter(codes))))
        self._body.replaceWidget(self.filters, made)
        made.show()
        self.filters.hide()
        self.filters.deleteLater()
        self.filters = made

    def _belongs(self, line: Line, code: str) -> bool:
        if code == words.INCOMING:
            return words.is_incoming(line, self._desk)
        return belongs(line, code, self._on)

    def _narrow(self) -> None:
        ids = [line.id for line in self._lines if self._belongs(line, self._chosen)]
        self.table.show_ids(ids)
        while (former := self._stack.widget(1)) is not None:
            self._stack.removeWidget(former)
            former.deleteLater()
        if not ids:
            self._stack.addWidget(self._empty())
        self._stack.setCurrentIndex(0 if ids else 1)

    def _empty(self) -> EmptyState:
        tr = self._look.tr
        if self._lines:
            return EmptyState(self._look, tr.text("There is no such referral now."))
        sentence = tr.text("Nobody was referred yet. A referral starts with the person it is for.")
        made = EmptyState(self._look, sentence, tr.text("New referral"), Icon.REFERRALS)
        made.acted.connect(self.new_asked)
        return made

    def _columns(self) -> list[Column]:
        tr = self._look.tr
        return [
            Column(tr.text("Record number"), 124),
            Column(tr.text("Client")),
            Column(tr.text("Organisation or desk")),
            Column(tr.text("Status"), 160),
            Column(tr.text("Waiting"), 92),
            Column(tr.text("Answer due"), 124),
        ]

    def _cells(self, ids: Sequence[str]) -> list[tuple[str, ...]]:
        return [words.cells(self._by_id[one], self._on, self._desk, self._look.tr) for one in ids]

    def _mark(self, place: int) -> ChipMark:
        line = self._by_id[self._model.ids[place]]
        return words.mark(line.state, is_late(line, self._on))
