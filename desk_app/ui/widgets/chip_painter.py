"""Paints a column of a table as chips: an icon and a word on a soft ground."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.models.indexes import AnyIndex
from desk_app.ui.theme import Text, Tone

_ICON = 14


@dataclass(frozen=True, slots=True)
class ChipMark:
    """What a chip shows besides its word."""

    icon: Icon
    tone: Tone = Tone.PLAIN


class ChipPainter(QStyledItemDelegate):
    """The word is the cell's text; `mark_of` gives the rest by the number of the row."""

    def __init__(self, look: Look, mark_of: Callable[[int], ChipMark], view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._look = look
        self._mark_of = mark_of
        self._font = look.theme.font(Text.CAPTION)
        self._font.setWeight(look.theme.font(Text.STRONG).weight())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The cell's ground, then the chip."""
        theme, mark = self._look.theme, self._mark_of(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        self._view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, self._view)
        metrics, side = QFontMetrics(self._font), theme.px(_ICON)
        words, room = str(index.data()), option.rect.width() - side - 34
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(room, 0))
        height = min(theme.px(24), option.rect.height() - 4)
        top = option.rect.center().y() - height // 2
        box = QRect(option.rect.left() + 6, top, 22 + side + metrics.horizontalAdvance(shown), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(mark.tone.ground))
        painter.drawRoundedRect(box, height / 2, height / 2)
        ratio = painter.device().devicePixelRatioF()
        picture = self._look.icons.pixmap(mark.icon, mark.tone.ink, _ICON, ratio)
        painter.drawPixmap(box.left() + 8, box.center().y() - side // 2 + 1, picture)
        painter.setFont(self._font)
        painter.setPen(theme.colour(mark.tone.ink))
        text = box.adjusted(12 + side, 0, 0, 0)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
        painter.restore()
