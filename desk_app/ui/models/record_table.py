"""A table of any length: the ids of all rows, and the cells of the few pages that are looked at."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from desk_app.ui.look import Look
from desk_app.ui.models.indexes import TOP, AnyIndex
from desk_app.ui.theme import Measure

PAGE_ROWS = 200
PAGES_KEPT = 20

Cells = Sequence[str]
FetchPage = Callable[[Sequence[str]], Sequence[Cells]]
"""Ids of a page -> the words of their cells, one row an id in the same order."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its words, its width in pixels at 100 % text (0: takes what is left), numbers at the right."""

    words: str
    width: int = 0
    number: bool = False


class RecordTable(QAbstractTableModel):
    """Fetches 200 rows at a time, the first time one of them is looked at, and keeps the latest 20 pages."""

    def __init__(self, columns: Sequence[Column], fetch: FetchPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._ids: Sequence[str] = ()
        self._pages: OrderedDict[int, Sequence[Cells]] = OrderedDict()

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all rows, in order."""
        return self._ids

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show these records, read anew."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = TOP) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = TOP) -> int:
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: one cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(index.row())[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[index.column()].number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the words of a column; rows have none."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _cells(self, row: int) -> Cells:
        number = row // PAGE_ROWS
        if number not in self._pages:
            start = number * PAGE_ROWS
            self._pages[number] = self._fetch(self._ids[start : start + PAGE_ROWS])
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return self._pages[number][row % PAGE_ROWS]


class TableView(QTableView):
    """The table on screen: rows of one height, one marked row, `opened(id)` by Enter or a double click."""

    opened = Signal(str)
    picked = Signal(str)

    def __init__(self, look: Look, words: str, model: RecordTable) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self._table = model
        model.setParent(self)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(look.theme.px(Measure.ROW))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setFixedHeight(look.theme.px(Measure.ROW))
        for place, column in enumerate(model.columns):
            if column.width:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(place, look.theme.px(column.width))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._id(index)))
        self.selectionModel().currentRowChanged.connect(lambda index, _old: self._moved(index))

    @property
    def current_id(self) -> str:
        """The id of the marked row, or empty."""
        return self._id(self.currentIndex())

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show these records; the mark and the scrolling stay where they can."""
        marked, scrolled = self.current_id, self.verticalScrollBar().value()
        self._table.show_ids(ids)
        if marked and marked in ids:
            self.selectRow(list(ids).index(marked))
        self.verticalScrollBar().setValue(scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; everything else as in any table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id and not event.modifiers():
            self.opened.emit(self.current_id)
        else:
            super().keyPressEvent(event)

    def _id(self, index: AnyIndex) -> str:
        return self._table.ids[index.row()] if index.isValid() else ""

    def _moved(self, index: QModelIndex) -> None:
        if record := self._id(index):
            self.picked.emit(record)
