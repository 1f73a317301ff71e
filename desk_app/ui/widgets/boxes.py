"""Grounds to put things on: rows and columns with the grid's gaps, cards, rules, scrolling columns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desk_app.ui.look import Look
from desk_app.ui.theme import TEXT_SIZES, Measure, Text
from desk_app.ui.widgets.text import label


def column(parent: QWidget | None = None, *, margin: int = 0, gap: int = Measure.INSIDE) -> QVBoxLayout:
    """A vertical layout on the grid."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(gap)
    return made


def row(parent: QWidget | None = None, *, margin: int = 0, gap: int = Measure.INSIDE) -> QHBoxLayout:
    """A horizontal layout on the grid."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(gap)
    return made


def across(look: Look, gap: int = Measure.BETWEEN) -> QBoxLayout:
    """Things side by side, or below one another where the text is twice as large."""
    down = look.theme.text_size >= max(TEXT_SIZES)
    made = QBoxLayout(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    return made


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty_layout(inner)


def rule(*, upright: bool = False) -> QFrame:
    """A line of one pixel, across or upright."""
    made = QFrame()
    made.setProperty("look", "rule")
    if upright:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


class Card(QFrame):
    """Surface on paper with a thin line; `body` is its column. A title may have an action at the right.

    `grows`: what is in it takes the room it is given (a table, a chart); otherwise it stays at the top.
    """

    def __init__(self, look: Look, title: str = "", action: QPushButton | None = None, *, grows: bool = False) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._whole = column(self, gap=0)
        self.body = column(margin=Measure.BETWEEN)
        self._whole.addLayout(self.body, 1 if grows else 0)
        if not grows:
            self._whole.addStretch(1)
        if title or action is not None:
            head = row()
            head.addWidget(label(title, Text.SECTION), 1)
            if action is not None:
                head.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(head)

    def add_list(self, rows: QWidget) -> None:
        """A list below all else, its words in line with the title: the marks of its rows reach nearly to the edge."""
        self.body.setContentsMargins(Measure.BETWEEN, Measure.BETWEEN, Measure.BETWEEN, Measure.TIGHT)
        wider = row()
        wider.setContentsMargins(Measure.TIGHT, 0, Measure.TIGHT, Measure.INSIDE)
        wider.addWidget(rows)
        self._whole.insertLayout(1, wider)


class ScrollColumn(QScrollArea):
    """A column that scrolls when it must; add to `body`. `width` limits how wide lines of text get."""

    def __init__(self, look: Look, *, width: int = 0, margin: int = Measure.EDGE, gap: int = Measure.BETWEEN) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        ground.setObjectName("ground")
        outer = row(ground, margin=margin)
        inner = QWidget()
        inner.setObjectName("ground")
        if width:
            inner.setMaximumWidth(look.theme.width(width))
        whole = column(inner, gap=0)
        self.body = column(gap=gap)
        whole.addLayout(self.body)
        whole.addStretch(1)
        outer.addWidget(inner, 100)
        if width:
            outer.addStretch(1)
        self.setWidget(ground)
