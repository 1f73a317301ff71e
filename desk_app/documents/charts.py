"""Bar charts: one definition and one layout, painted by the PDF here and by the window on the screen.

Values are written beside their bars, so no scale has to be read and colour carries nothing alone.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is, how much, what was aimed at, and both in words, such as «412 / 500 (82 %)»."""

    label: str
    value: float
    words: str
    target: float | None = None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars under one another on one scale that begins at zero. `mark_words` explain the mark across a bar.

    A bar beyond `longest` is shown broken, so that one of them does not make all the others short.
    """

    title: str
    bars: tuple[Bar, ...]
    mark_words: str = ""
    longest: float | None = None

    @property
    def top(self) -> float:
        """The end of the scale: the largest value or target, or the longest bar there may be."""
        largest = max((max(bar.value, bar.target or 0.0) for bar in self.bars), default=0.0)
        return largest if self.longest is None else min(largest, self.longest)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `y` counts down from the top of the chart."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class BarPlace:
    """Where one bar goes: its label, the bar, the ground up to its target, the mark of the target, its words.

    `halo` keeps the mark apart from the bar it crosses, `gap` is where a bar that is too long is broken; both are
    painted in the colour of the paper. Words end at the right end of their box.
    """

    bar: Bar
    label: Box
    filled: Box
    ground: Box
    gap: Box | None
    halo: Box | None
    mark: Box | None
    words: Box


@dataclass(frozen=True, slots=True)
class Legend:
    """What the mark means: the mark once more and the room for its words."""

    mark: Box
    words: Box


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """A chart placed in units of the painter's choice."""

    width: float
    height: float
    axis: Box
    places: tuple[BarPlace, ...]
    legend: Legend | None


ROW = 3.0
"""The height of a row in heights of the text."""

_BAR, _MARK, _GAP = 1.1, 0.2, 0.8
_HALO, _OVERHANG, _BREAK = 0.14, 0.3, 0.22
_WIDEST_LABEL, _WIDEST_WORDS = 0.4, 0.25


def lay_out(chart: BarChart, width: float, text_height: float, text_width: Callable[[str], float]) -> ChartLayout:
    """Places a chart in a width. `text_width` measures a line in the painter's type.

    Labels get no more than two fifths of the width, words no more than a quarter: the painter shortens what is longer.
    """
    gap = _GAP * text_height
    label_width = min(max((text_width(bar.label) for bar in chart.bars), default=0.0), width * _WIDEST_LABEL)
    words_width = min(max((text_width(bar.words) for bar in chart.bars), default=0.0), width * _WIDEST_WORDS)
    start = label_width + gap
    room = max(width - start - words_width - gap, 0.0)
    row = ROW * text_height
    height = row * len(chart.bars)

    def length(value: float) -> float:
        # Divided first: the smallest numbers there are have no scale.
        return min(max(value, 0.0), chart.top) / chart.top * room if chart.top > 0 else 0.0

    def placed(position: int, bar: Bar) -> BarPlace:
        top = position * row
        bar_top, bar_height = top + (row - _BAR * text_height) / 2, _BAR * text_height
        filled, aimed = length(bar.value), length(bar.target or 0.0)
        broken = bar.value > chart.top
        mark = _mark(start + aimed, bar_top, bar_height, text_height, 0.0) if bar.target is not None else None
        return BarPlace(
            bar=bar,
            label=Box(0.0, top, label_width, row),
            filled=Box(start, bar_top, filled, bar_height),
            ground=Box(start, bar_top, max(aimed, filled), bar_height),
            gap=Box(start + filled * 0.96, bar_top, _BREAK * text_height, bar_height) if broken else None,
            halo=_mark(start + aimed, bar_top, bar_height, text_height, _HALO * text_height) if mark else None,
            mark=mark,
            words=Box(width - words_width, top, words_width, row),
        )

    places = tuple(placed(position, bar) for position, bar in enumerate(chart.bars))
    legend = None
    if chart.mark_words:
        mark = Box(0.0, height + 0.4 * row - _BAR * text_height / 2, _MARK * text_height, _BAR * text_height)
        legend = Legend(mark, Box(gap, height, width - gap, 0.8 * row))
    whole = height + (0.8 * row if legend else 0.0)
    return ChartLayout(width, whole, Box(start, 0.0, 0.0, height), places, legend)


def _mark(x: float, bar_top: float, bar_height: float, text_height: float, wider: float) -> Box:
    """The mark at `x`, a little higher than its bar, and `wider` to each side."""
    half, over = _MARK * text_height / 2 + wider, _OVERHANG * text_height
    return Box(x - half, bar_top - over, 2 * half, bar_height + 2 * over)
