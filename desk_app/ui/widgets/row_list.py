"""A list of rows of one or two lines, painted, so that five hundred cost as little as five. Also the time line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.models.indexes import TOP, AnyIndex
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.row_painter import RowPainter
from desk_app.ui.widgets.text import tip

ROW_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """One row in the window's words: `lead` at the left (a time), `tail` at the right; `tone` colours the marks."""

    key: str
    title: str
    detail: str = ""
    lead: str = ""
    tail: str = ""
    icon: Icon | None = None
    tone: Tone = Tone.PLAIN

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ". ".join(part for part in (self.lead, self.title, self.detail, self.tail) if part)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()

    def replace(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip("\n".join(part for part in (row.title, row.detail) if part)) if row.detail else None
        return None


class RowList(QListView):
    """Rows to walk with the arrows and open with Enter or a click: `opened(key)`; `picked(key)` as the mark moves.

    `line` draws the time line's thread through the icons. `grows` makes it as high as its rows (inside a card or a
    scrolling page); otherwise it scrolls itself. With `double` a click only marks and a double click opens: for a list
    with its own preview.
    """

    opened = Signal(str)
    picked = Signal(str)

    def __init__(
        self,
        look: Look,
        words: str,
        *,
        line: bool = False,
        grows: bool = False,
        two_lines: bool = True,
        double: bool = False,
    ) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setProperty("look", "choices")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._grows = grows
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._painter = RowPainter(look, line=line, two_lines=two_lines, parent=self)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        opening = self.doubleClicked if double else self.clicked
        opening.connect(lambda index: self.opened.emit(self._key(index)))
        self.selectionModel().currentChanged.connect(self._moved)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the mark stays on the row it was on, where that is still there."""
        key = self.current_key
        self._painter.measure(rows)
        self._rows.replace(rows)
        if key:
            self.pick(key)
        self.updateGeometry()

    @property
    def current_key(self) -> str:
        """The key of the marked row, or empty."""
        return self._key(self.currentIndex())

    def pick(self, key: str) -> None:
        """Put the mark on a row, if it is there."""
        for place, row in enumerate(self._rows.rows):
            if row.key == key:
                self.setCurrentIndex(self._rows.index(place))
                return

    def after(self, key: str) -> str:
        """The row to go on with after this one: the one below it, after the last the first; empty where none is."""
        keys = [row.key for row in self._rows.rows]
        place = keys.index(key) if key in keys else -1
        rest = [*keys[place + 1 :], *keys[: max(place, 0)]]
        return rest[0] if rest else ""

    def pick_first(self) -> None:
        """Put the keyboard into the list, and the mark on its first row where none is marked."""
        if self._rows.rows:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.current_key:
                self.setCurrentIndex(self._rows.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; everything else as in any list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_key and not event.modifiers():
            self.opened.emit(self.current_key)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """All rows, where it grows."""
        hint = super().sizeHint()
        return QSize(hint.width(), self._rows.rowCount() * self._painter.height) if self._grows else hint

    def minimumSizeHint(self) -> QSize:
        """All rows, where it grows."""
        return QSize(80, self.sizeHint().height() if self._grows else self._painter.height)

    def _key(self, index: AnyIndex) -> str:
        return self._rows.rows[index.row()].key if index.isValid() and index.row() < len(self._rows.rows) else ""

    def _moved(self, index: QModelIndex) -> None:
        if key := self._key(index):
            self.picked.emit(key)


class TimeLine(RowList):
    """What happened, newest first, along a thread: date at the left, an icon for its kind, what and by whom."""

    def __init__(self, look: Look, words: str, *, grows: bool = False) -> None:
        super().__init__(look, words, line=True, grows=grows)
