"""A list and, beside it, what is marked in it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desk_app.ui.look import Look
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import column, row, rule

LIST_WIDTH, LEAST_DETAIL = 400, 400
"""Pixels at 100 % text: how wide the list is, and what stands beside it needs; else the list steps aside."""

EASY_DETAIL = 500
"""Pixels at 100 % text: the list gives up to a quarter of its width for so much."""


class ListAndDetail(QWidget):
    """The list beside what is marked; where there is no room for both, the list steps aside."""

    def __init__(self, look: Look, listed: QWidget, detail: QWidget) -> None:
        super().__init__()
        self._list_width, self._least = look.theme.width(LIST_WIDTH), look.theme.px(LEAST_DETAIL)
        self._side = QWidget()
        lines = column(self._side)
        lines.setContentsMargins(Measure.EDGE, Measure.BETWEEN, Measure.INSIDE, 0)
        lines.addWidget(listed, 1)
        self._side.setFixedWidth(self._list_width)
        self._easy = look.theme.px(EASY_DETAIL)
        self._rule = rule(upright=True)
        across = row(self, gap=0)
        across.addWidget(self._side)
        across.addWidget(self._rule)
        across.addWidget(detail, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        width, list_width = event.size().width(), self._list_width
        both = width - list_width >= self._least
        self._side.setFixedWidth(min(list_width, max(list_width * 3 // 4, width - self._easy)))
        self._side.setVisible(both)
        self._rule.setVisible(both)

    def minimumSizeHint(self) -> QSize:
        """One of the two must fit."""
        return QSize(320, 240)
