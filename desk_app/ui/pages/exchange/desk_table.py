"""The coordinator's overview: one row a desk, ten or a hundred of them, sorted and sifted as the person likes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent

from desk_app.domain.clock import today
from desk_app.domain.names import sort_key
from desk_app.i18n import exchange_words, formats
from desk_app.i18n.phrases import days, file_size
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.models.indexes import AnyIndex
from desk_app.ui.models.record_table import Cells, Column, RecordTable, TableView
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import Card, across, row
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.choices import PlainCombo
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.search import SearchBox
from desk_app.ui.widgets.text import label, tip
from desk_app.usecases.exchange_overview import Concern, Standing

ALL = "all"
ROWS_SHOWN = 12
"""The table is so many rows high and scrolls from there on."""
ROOM = 900
"""Pixels at 100 % text: in a narrower table the days, what waits and what was confirmed step aside; the panel has them.
"""
DESK, LAST, SILENT, MISSING, WAITS, CONFIRMED, TROUBLE = range(7)
_GRAVE = {Concern.REVOKED, Concern.ALARM}


@dataclass(frozen=True, slots=True)
class Line:
    """One desk: the words of its cells, what each column is sorted by, the tone of its trouble."""

    cells: Cells
    keys: tuple[Any, ...]
    tone: Tone
    standing: Standing


def line_of(one: Standing, tr: Translator) -> Line:
    """A desk's row."""
    status = one.status
    name = desk_name(status.code, tr)
    last = ""
    if status.received_on is not None:
        last = tr.text("No. {number}, {day}", number=str(status.received), day=today(status.received_on))
    confirmed = ""
    if one.confirmed_on:
        confirmed = tr.text("No. {number}, {day}", number=str(status.acknowledged), day=today(one.confirmed_on))
    waits = formats.number(status.waiting, tr.language) if status.waiting else ""
    if status.files_waiting:
        waits = " + ".join(part for part in (waits, file_size(status.bytes_waiting, tr)) if part)
    ago = "" if one.silent is None else days(one.silent, tr) if one.silent else tr.text("Today")
    cells = (name, last, ago, exchange_words.number_list(status.gaps), waits, confirmed, trouble_of(one, tr))
    never = 1_000_000
    grave = _rank(one)
    keys = (
        sort_key(name, tr.language.code),
        status.received_on or 0,
        -(never if one.silent is None else one.silent),
        -len(status.gaps),
        (-status.waiting, -status.bytes_waiting),
        one.confirmed_on or 0,
        grave,
    )
    return Line(cells, keys, _tone(one), one)


def trouble_of(one: Standing, tr: Translator) -> str:
    """What is the matter, in words; empty where nothing is."""
    said = {
        Concern.REVOKED: lambda: tr.text("Shut out"),
        Concern.ALARM: lambda: tr.text("Two devices pass for this desk"),
        Concern.HELD: lambda: tr.plural("{count} bundle is held", "{count} bundles are held", one.held),
        Concern.NEVER: lambda: tr.text("Nothing has come yet"),
        Concern.SILENT: lambda: tr.plural("Silent for {count} day", "Silent for {count} days", one.silent or 0),
        Concern.CLOCK: lambda: tr.text("Its clock is wrong"),
        Concern.GAPS: lambda: tr.plural(
            "{count} bundle is missing", "{count} bundles are missing", len(one.status.gaps)
        ),
    }
    if one.status.revoked:
        return said[Concern.REVOKED]()
    return " · ".join(said[concern]() for concern in one.concerns if concern in said)


def _rank(one: Standing) -> tuple[int, int]:
    order = list(Concern)
    if one.status.revoked:
        return len(order) + 1, 0  # Nothing more is to be done there.
    grave = [concern for concern in one.concerns if concern is not Concern.WAITING]
    return (order.index(grave[0]) if grave else len(order), -(one.silent or 0))


def _tone(one: Standing) -> Tone:
    if _GRAVE & set(one.concerns):
        return Tone.DANGER
    return Tone.ATTENTION if set(one.concerns) - {Concern.WAITING} else Tone.PLAIN


class _Desks(RecordTable):
    """The rows with their tones; a screen reader hears each cell with its column."""

    def __init__(self, look: Look, columns: Sequence[Column], lines: Mapping[str, Line]) -> None:
        super().__init__(columns, lambda codes: [lines[code].cells for code in codes])
        self._look = look
        self._lines = lines

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[self.ids[index.row()]]
        match role:
            case Qt.ItemDataRole.ForegroundRole if index.column() == TROUBLE:
                return self._look.theme.colour(line.tone.ink)
            case Qt.ItemDataRole.FontRole if index.column() == DESK:
                return self._look.theme.font(Text.STRONG)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(line.cells[index.column()]) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                words = self.columns[index.column()].words
                return f"{line.cells[DESK]}, {words}: {line.cells[index.column()]}"
        return super().data(index, role)


class DesksCard(Card):
    """The table with its filter box and its chips. `opened(code)` by Enter or a click; `all_asked`."""

    opened = Signal(str)
    all_asked = Signal()
    admit_asked = Signal()

    def __init__(self, look: Look, standings: Sequence[Standing], kept: "Sifted | None" = None) -> None:
        super().__init__(look)
        tr = look.tr
        self._head = row(gap=Measure.BETWEEN)
        self._head.addWidget(label(tr.text("Desks"), Text.SECTION))
        self._head.addStretch(1)
        self.body.addLayout(self._head)
        self._look = look
        self.lines = {one.status.code: line_of(one, tr) for one in standings}
        self.sifted = kept or Sifted()
        if not standings:
            words = tr.text("Nobody is admitted yet. Show your card to the partner and admit the partner's card.")
            empty = EmptyState(look, words, tr.text("Admit a partner"))
            empty.acted.connect(self.admit_asked)
            self.body.addWidget(empty)
            return
        self.view = _View(look, tr.text("Desks"), _Desks(look, _columns(tr), self.lines))
        self.search = SearchBox(look, tr.text("Find a desk"))
        self.search.setText(self.sifted.typed)
        self.search.setMaximumWidth(look.theme.width(240))
        self.search.searched.connect(lambda _typed: self._sift())
        self.search.went_down.connect(lambda: self.view.setFocus(Qt.FocusReason.TabFocusReason))
        self.bar = self._bar(standings)
        self.sorting = self._sorting()
        self._head.addWidget(self.search, 1)
        self._head.addWidget(self.sorting)
        self.write_all = button(look, tr.text("Write all bundles"), Icon.USB)
        self.write_all.clicked.connect(self.all_asked)
        self._line = across(look)
        self._line.addWidget(self.bar, 1)
        self._line.addWidget(self.write_all, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._line)
        self.view.opened.connect(self.opened)
        head = self.view.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(self.sifted.column, self.sifted.order)
        head.sortIndicatorChanged.connect(self._sort)
        self.view.clicked.connect(self._clicked)
        self.body.addWidget(self.view)
        self._none = EmptyState(look, tr.text("No desk is like that. Choose another filter or empty the box."))
        self.body.addWidget(self._none)
        self._sift()
        lead_to(self, self.view)

    @property
    def marked(self) -> str:
        """The desk that is marked, or empty."""
        return self.view.current_id if self.lines else ""

    def mark(self, code: str) -> None:
        """Mark a desk, if it is listed."""
        if self.lines and code in self.view.table.ids:
            self.view.selectRow(list(self.view.table.ids).index(code))

    def show_standings(self, standings: Sequence[Standing]) -> None:
        """Read anew: what was typed, chosen, marked and where the keyboard is stays."""
        marked = self.marked
        self.lines.clear()
        self.lines.update((one.status.code, line_of(one, self._look.tr)) for one in standings)
        bar = self._bar(standings)
        self._line.replaceWidget(self.bar, bar)
        self.bar.hide()
        self.bar.deleteLater()
        self.bar = bar
        self._sift()
        self.mark(marked)

    def codes(self) -> list[str]:
        """The desks that are listed now, in order."""
        return list(self.view.table.ids)

    def _clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.view.table.ids[index.row()])

    def _bar(self, standings: Sequence[Standing]) -> FilterBar:
        made = FilterBar(self._look, self._look.tr.text("What is listed"), self._chips(standings))
        made.choose(self.sifted.chosen)
        if not made.codes:  # Nobody is like that any more.
            made.choose(ALL)
        made.chosen.connect(lambda _codes: self._sift())
        return made

    def _chips(self, standings: Sequence[Standing]) -> list[Filter]:
        tr = self._look.tr
        words = {
            Concern.ALARM: tr.text("Alarm"),
            Concern.HELD: tr.text("Held"),
            Concern.SILENT: tr.text("Silent"),
            Concern.GAPS: tr.text("Bundles missing"),
            Concern.WAITING: tr.text("Something waits"),
        }
        counts = {code: sum(_is(one, code) for one in standings) for code in words}
        chips = [Filter(code.value, said, counts[code]) for code, said in words.items() if counts[code]]
        return [Filter(ALL, tr.text("All"), len(standings)), *chips]

    def _sorting(self) -> PlainCombo:
        """The head of a table takes no keys; this does."""
        tr = self._look.tr
        made = PlainCombo()
        made.setSizeAdjustPolicy(PlainCombo.SizeAdjustPolicy.AdjustToContents)
        made.setAccessibleName(tr.text("Sort by"))
        for place, column in enumerate(_columns(tr)):
            made.addItem(tr.text("Sort by: {column}", column=column.words), place)
        made.setCurrentIndex(self.sifted.column)
        made.activated.connect(self._sort_by)
        return made

    def _sort_by(self, column: int) -> None:
        """The same once more turns it round."""
        turned = column == self.sifted.column and self.sifted.order is Qt.SortOrder.AscendingOrder
        order = Qt.SortOrder.DescendingOrder if turned else Qt.SortOrder.AscendingOrder
        self.view.horizontalHeader().setSortIndicator(column, order)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self.sifted.column, self.sifted.order = column, order
        self.sorting.setCurrentIndex(column)
        self._sift()

    def _sift(self) -> None:
        """Who is listed, in which order."""
        self.sifted.typed = self.search.text()
        self.sifted.chosen = next(iter(self.bar.codes), ALL)
        typed, chosen = self.sifted.typed.strip().casefold(), self.sifted.chosen
        found = [
            code
            for code, line in self.lines.items()
            if (typed in line.cells[DESK].casefold() or typed in code)
            and (chosen == ALL or _is(line.standing, Concern(chosen)))
        ]
        downwards = self.sifted.order is Qt.SortOrder.DescendingOrder
        found.sort(key=lambda code: self.lines[code].keys[self.sifted.column], reverse=downwards)
        self.view.show_ids(found)
        self.view.setVisible(bool(found))
        self._none.setVisible(not found)
        self.view.set_rows(min(max(len(self.lines), 1), ROWS_SHOWN))


@dataclass(slots=True)
class Sifted:
    """What was typed and chosen, and the order: handed over when the page is made anew."""

    typed: str = ""
    chosen: str = ALL
    column: int = TROUBLE
    order: Qt.SortOrder = Qt.SortOrder.AscendingOrder


class _View(TableView):
    def __init__(self, look: Look, words: str, table: RecordTable) -> None:
        super().__init__(look, words, table)
        self.table = table
        self._look = look

    def set_rows(self, count: int) -> None:
        """As high as so many rows."""
        px = self._look.theme.px
        self.setFixedHeight((count + 1) * px(Measure.ROW) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has no room steps aside."""
        super().resizeEvent(event)
        narrow = event.size().width() < self._look.theme.px(ROOM)
        for place in (SILENT, WAITS, CONFIRMED):
            self.setColumnHidden(place, narrow)


def _columns(tr: Translator) -> list[Column]:
    return [
        Column(tr.text("Desk"), 185),
        Column(tr.text("Last bundle"), 140),
        Column(tr.text("Silent for"), 90),
        Column(tr.text("Missing"), 90),
        Column(tr.text("Waits for it"), 110),
        Column(tr.text("Has up to"), 140),
        Column(tr.text("Trouble")),
    ]


def _is(one: Standing, concern: Concern) -> bool:
    """Whether a chip shows this desk: one of which nothing ever came is silent too."""
    return concern in one.concerns or (concern is Concern.SILENT and Concern.NEVER in one.concerns)
