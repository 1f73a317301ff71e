"""A small table of words and numbers, as high as its rows; each number may open what stands behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView

from desk_app.ui.look import Look
from desk_app.ui.models.indexes import TOP, AnyIndex
from desk_app.ui.theme import Measure, Role, Text
from desk_app.ui.widgets.text import tip


@dataclass(frozen=True, slots=True)
class NumberCell:
    """One cell. `key` is what `opened` carries, empty where nothing opens; numbers stand at the right."""

    words: str
    key: str = ""
    number: bool = True
    strong: bool = False


class _Cells(QAbstractTableModel):
    def __init__(
        self, look: Look, head: Sequence[str], rows: Sequence[Sequence[NumberCell]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.head = tuple(head)
        self.rows = tuple(rows)

    def rowCount(self, parent: AnyIndex = TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = TOP) -> int:
        return 0 if parent.isValid() else len(self.head)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.words
            case Qt.ItemDataRole.ToolTipRole:
                return tip(cell.words)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(cell.number)
            case Qt.ItemDataRole.ForegroundRole if cell.key:
                return self._look.theme.colour(Role.PRIMARY)
            case Qt.ItemDataRole.FontRole:
                font: QFont = self._look.theme.font(Text.STRONG if cell.strong or cell.key else Text.BODY)
                return font
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.rows[index.row()][0].words}, {self.head[index.column()]}: {cell.words}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.head[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(bool(self.rows) and self.rows[0][section].number)
        return None


class NumberTable(QTableView):
    """Walk it with the arrows; Enter or a click on a number that opens something emits `opened(key)`.

    The first column takes the room that is left. `least` and `most` are the widths, in pixels at 100 % text, that
    the first column keeps and that each of the others may have. With `shown` it scrolls beyond so many rows.
    """

    opened = Signal(str)

    def __init__(
        self,
        look: Look,
        words: str,
        head: Sequence[str],
        rows: Sequence[Sequence[NumberCell]],
        *,
        least: int = 140,
        most: int = 240,
        shown: int = 0,
    ) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(words)
        self._cells = _Cells(look, head, rows, self)
        self.setModel(self._cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._shown = min(shown or len(rows), len(rows))
        if self._shown == len(rows):
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(look.theme.px(Measure.ROW))
        self._least = look.theme.px(least)
        self._set_widths(most)
        self.clicked.connect(self._open)

    def rows(self) -> list[list[str]]:
        """The words of all cells, row by row."""
        return [[cell.words for cell in row] for row in self._cells.rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; everything else as in any table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """All rows that are shown at once."""
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() else 0
        height = self.horizontalHeader().height() + self._shown * self._look.theme.px(Measure.ROW)
        return QSize(super().sizeHint().width(), height + below + 2)

    def minimumSizeHint(self) -> QSize:
        """These rows; the columns may scroll."""
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first column takes what is left, and no less than it needs."""
        super().resizeEvent(event)
        others = sum(self.columnWidth(place) for place in range(1, len(self._cells.head)))
        self.setColumnWidth(0, max(self._least, self.viewport().width() - others))
        self.updateGeometry()

    def _set_widths(self, most: int) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setFixedHeight(self._look.theme.px(Measure.ROW))
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place in range(1, len(self._cells.head)):
            wanted = max(self._widest(place), head.sectionSizeHint(place)) + 4
            self.setColumnWidth(place, min(wanted, self._look.theme.px(most)))

    def _widest(self, place: int) -> int:
        """What the widest cell of a column asks for; Qt would measure each of hundreds, most of which say the same."""
        self.ensurePolished()  # The style sheet's room counts.
        said = {row[place].words: number for number, row in enumerate(self._cells.rows)}
        metrics = QFontMetrics(self._look.theme.font(Text.STRONG))
        widest = max(said, key=metrics.horizontalAdvance, default="")
        return self.sizeHintForIndex(self._cells.index(said[widest], place)).width() if said else 0

    def _open(self, index: AnyIndex) -> None:
        if index.isValid() and (key := self._cells.rows[index.row()][index.column()].key):
            self.opened.emit(key)


def _side(number: bool) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
