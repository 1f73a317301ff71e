"""Grounds to put things on: rows and columns with the grid's gaps, cards, rules, scrolling columns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text
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


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty_layout(inner)


def rule() -> QFrame:
    """A line of one pixel across."""
    made = QFrame()
    made.setProperty("look", "rule")
    made.setFixedHeight(1)
    return made


class Card(QFrame):
    """Surface on paper with a thin line; `body` is its column. A title may have an action at the right."""

    def __init__(self, look: Look, title: str = "", action: QPushButton | None = None) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body = column(self, margin=look.theme.px(Measure.BETWEEN))
        if title or action is not None:
            head = row()
            head.addWidget(label(title, Text.SECTION), 1)
            if action is not None:
                head.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(head)


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
            inner.setMaximumWidth(look.theme.px(width))
        self.body = column(inner, gap=gap)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        outer.addWidget(inner, 100)
        if width:
            outer.addStretch(1)
        self.setWidget(ground)
