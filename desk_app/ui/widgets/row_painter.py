"""Paints the rows of `RowList`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Role, Text, Tone


class RowWords(Protocol):
    """What is painted of a row."""

    @property
    def title(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def lead(self) -> str: ...
    @property
    def tail(self) -> str: ...
    @property
    def icon(self) -> Icon | None: ...
    @property
    def tone(self) -> Tone: ...


if TYPE_CHECKING:
    AnyIndex = QModelIndex | QPersistentModelIndex

_ROW_ROLE = Qt.ItemDataRole.UserRole
_PAD = 12


class RowPainter(QStyledItemDelegate):
    """Fixed height; the lead column is as wide as the widest lead, so that titles stand in line."""

    def __init__(self, look: Look, *, line: bool, two_lines: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._line = line
        self._fonts = {kind: look.theme.font(kind) for kind in (Text.BODY, Text.STRONG, Text.CAPTION)}
        self._lead = 0
        self.height = look.theme.px(56 if two_lines else 40)

    def measure(self, rows: Iterable[RowWords]) -> None:
        """Find the widest lead of the rows to come."""
        metrics = QFontMetrics(self._fonts[Text.CAPTION])
        widest = max((metrics.horizontalAdvance(row.lead) for row in rows), default=0)
        self._lead = min(widest + 4, self._look.theme.px(140)) + _PAD if widest else 0

    def sizeHint(self, option: QStyleOptionViewItem, index: "AnyIndex") -> QSize:
        """Every row the same."""
        return QSize(option.rect.width(), self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: "AnyIndex") -> None:
        """Lead, icon, title over detail, tail."""
        row: RowWords = index.data(_ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, index)
        area = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        if self._lead:
            lead = QRect(area.left(), area.top(), self._lead - _PAD, area.height())
            self._words(painter, lead, row.lead, Text.CAPTION, Role.MUTED)
            area.setLeft(area.left() + self._lead)
        if row.icon is not None:
            self._mark(painter, area, row, index)
            area.setLeft(area.left() + self._look.theme.px(Measure.ICON) + _PAD)
        if row.tail:
            area.setRight(self._tail(painter, area, row))
        self._title(painter, area, row)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: "AnyIndex") -> None:
        colour = self._look.theme.colour
        box = option.rect.adjusted(1, 1, -1, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            self._fill(painter, box, Role.PRIMARY_SOFT)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            self._fill(painter, box, Role.SUNKEN)
        elif not self._line and index.row() + 1 < index.model().rowCount():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(colour(Role.LINE), 1))
            painter.drawLine(
                option.rect.left() + _PAD, option.rect.bottom(), option.rect.right() - _PAD, option.rect.bottom()
            )
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour(Role.PRIMARY), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)

    def _fill(self, painter: QPainter, box: QRect, role: Role) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.colour(role))
        painter.drawRoundedRect(box, 6, 6)

    def _mark(self, painter: QPainter, area: QRect, row: RowWords, index: "AnyIndex") -> None:
        assert row.icon is not None
        side = self._look.theme.px(Measure.ICON)
        middle = area.center().y()
        if self._line:
            x = area.left() + side // 2
            painter.setPen(QPen(self._look.theme.colour(Role.LINE), 2))
            if index.row() > 0:
                painter.drawLine(x, area.top(), x, middle - side // 2 - 5)
            if index.row() + 1 < index.model().rowCount():
                painter.drawLine(x, middle + side // 2 + 5, x, area.bottom() + 1)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            area.left(), middle - side // 2, self._look.icons.pixmap(row.icon, row.tone.ink, ratio=ratio)
        )

    def _tail(self, painter: QPainter, area: QRect, row: RowWords) -> int:
        kind = Text.STRONG if row.tone is not Tone.PLAIN else Text.CAPTION
        width = min(QFontMetrics(self._fonts[kind]).horizontalAdvance(row.tail) + 2, area.width() // 2)
        box = QRect(area.right() - width + 1, area.top(), width, area.height())
        self._words(painter, box, row.tail, kind, row.tone.ink, Qt.AlignmentFlag.AlignRight)
        return area.right() - width - _PAD

    def _title(self, painter: QPainter, area: QRect, row: RowWords) -> None:
        if not row.detail:
            self._words(painter, area, row.title, Text.STRONG, Role.TEXT)
            return
        upper = QFontMetrics(self._fonts[Text.STRONG]).height()
        lower = QFontMetrics(self._fonts[Text.CAPTION]).height()
        top = area.top() + (area.height() - upper - lower) // 2
        self._words(painter, QRect(area.left(), top, area.width(), upper), row.title, Text.STRONG, Role.TEXT)
        self._words(painter, QRect(area.left(), top + upper, area.width(), lower), row.detail, Text.CAPTION, Role.MUTED)

    def _words(
        self,
        painter: QPainter,
        box: QRect,
        words: str,
        kind: Text,
        role: Role,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        font: QFont = self._fonts[kind]
        painter.setFont(font)
        painter.setPen(self._look.theme.colour(role))
        shown = QFontMetrics(font).elidedText(words.replace("\n", " "), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
