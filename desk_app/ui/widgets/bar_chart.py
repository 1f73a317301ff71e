"""A bar chart on the screen, from the same definition and layout as on paper."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.documents.charts import BarChart, BarPlace, Box, ChartLayout, lay_out
from desk_app.ui.look import Look
from desk_app.ui.theme import Role, Text

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class BarChartView(QWidget):
    """As wide as it is given, as high as its bars need. What it says in bars it says in words to a screen reader."""

    def __init__(self, look: Look, chart: BarChart) -> None:
        super().__init__()
        self._look = look
        self._chart = chart
        self._plain = QFontMetricsF(look.theme.font(Text.CAPTION))
        self._strong = look.theme.font(Text.STRONG)
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.words}" for bar in chart.bars))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chart(self) -> BarChart:
        """What it shows."""
        return self._chart

    def hasHeightForWidth(self) -> bool:
        """Qt: yes."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: the rows and the legend."""
        return round(self.placed(width).height)

    def sizeHint(self) -> QSize:
        """Qt: a comfortable width."""
        return QSize(640, self.heightForWidth(640))

    def minimumSizeHint(self) -> QSize:
        """Qt: narrow, with every row."""
        return QSize(240, self.heightForWidth(240))

    def placed(self, width: int) -> ChartLayout:
        """Where everything goes, in pixels."""
        wide = QFontMetricsF(self._strong)
        return lay_out(self._chart, width, self._plain.height() * 0.8, lambda words: wide.horizontalAdvance(words) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, marks of the targets, labels, values, the axis, what the mark means."""
        layout = self.placed(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for place in layout.places:
            self._fill(painter, place.ground, Role.PRIMARY_SOFT)
            self._fill(painter, place.filled, Role.PRIMARY)
            marks = ((place.gap, Role.SURFACE), (place.halo, Role.SURFACE), (place.mark, Role.ATTENTION))
            for box, role in marks:
                if box is not None:
                    self._fill(painter, box, role)
            self._words(painter, place)
        axis = Box(layout.axis.x - 0.5, layout.axis.y, 1.0, layout.axis.height)
        self._fill(painter, axis, Role.MUTED)
        if layout.legend is not None:
            self._fill(painter, layout.legend.mark, Role.ATTENTION)
            painter.setFont(self._look.theme.font(Text.CAPTION))
            painter.setPen(self._look.theme.colour(Role.MUTED))
            self._line(painter, layout.legend.words, self._chart.mark_words, Qt.AlignmentFlag.AlignLeft)
        painter.end()

    def _words(self, painter: QPainter, place: BarPlace) -> None:
        painter.setPen(self._look.theme.colour(Role.TEXT))
        painter.setFont(self._look.theme.font(Text.CAPTION))
        painter.drawText(_rect(place.label), int(_WRAPPED), self._two_lines(place.bar.label, place.label.width))
        painter.setFont(self._strong)
        self._line(painter, place.words, place.bar.words, Qt.AlignmentFlag.AlignRight)

    def _line(self, painter: QPainter, box: Box, words: str, side: Qt.AlignmentFlag) -> None:
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width) + 2)
        painter.drawText(_rect(box), int(_LINE | side), shown)

    def _two_lines(self, words: str, width: float) -> str:
        """The words, shortened where they would need a third line."""
        room = QRectF(0, 0, width, 10_000)
        while self._plain.boundingRect(room, int(_WRAPPED), words).height() > self._plain.lineSpacing() * 2 + 2:
            words = words.rstrip("…")[:-1].rstrip() + "…"
        return words

    def _fill(self, painter: QPainter, box: Box, role: Role) -> None:
        painter.fillRect(_rect(box), self._look.theme.colour(role))


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)
