"""Paints a bar chart into a PDF."""

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit

from desk_app.documents.charts import BarChart, BarPlace, Box, lay_out
from desk_app.documents.fonts import REGULAR, SEMIBOLD, readable, width_of
from desk_app.documents.paper import ATTENTION, INK, MUTED, PRIMARY, PRIMARY_SOFT, shortened

_SIZE = 9.5
PAPER = HexColor("#FFFFFF")


def chart_drawing(chart: BarChart, width: float) -> Drawing:
    """The chart as a drawing of this width in points; its title is not in it."""
    layout = lay_out(chart, width, _SIZE, lambda words: width_of(readable(words), SEMIBOLD, _SIZE))
    drawing = Drawing(width, layout.height)
    drawing.initialFontName = REGULAR

    def add(box: Box, colour: object) -> None:
        shape = Rect(box.x, layout.height - box.y - box.height, box.width, box.height)
        shape.fillColor, shape.strokeColor = colour, None
        drawing.add(shape)

    for place in layout.places:
        add(place.ground, PRIMARY_SOFT)
        add(place.filled, PRIMARY)
        for box, colour in ((place.gap, PAPER), (place.halo, PAPER), (place.mark, ATTENTION)):
            if box is not None:
                add(box, colour)
        _label(drawing, place, layout.height)
    add(Box(layout.axis.x - 0.4, layout.axis.y, 0.8, layout.axis.height), MUTED)
    if layout.legend is not None:
        add(layout.legend.mark, ATTENTION)
        words = layout.legend.words
        line = shortened(chart.mark_words, REGULAR, _SIZE, words.width)
        drawing.add(_string(words.x, layout.height - words.y - words.height / 2 - _SIZE * 0.35, line, REGULAR))
    return drawing


def _label(drawing: Drawing, place: BarPlace, height: float) -> None:
    lines = simpleSplit(readable(place.bar.label), REGULAR, _SIZE, place.label.width)
    if len(lines) > 2:
        lines = [lines[0], shortened(" ".join(lines[1:]), REGULAR, _SIZE, place.label.width)]
    middle = height - place.label.y - place.label.height / 2
    first = middle + (len(lines) - 1) * _SIZE * 0.58 - _SIZE * 0.35
    for row, line in enumerate(lines):
        drawing.add(_string(0, first - row * _SIZE * 1.16, line, REGULAR))
    words = shortened(place.bar.words, SEMIBOLD, _SIZE, place.words.width + 1)
    end = place.words.x + place.words.width - width_of(words, SEMIBOLD, _SIZE)
    drawing.add(_string(end, middle - _SIZE * 0.35, words, SEMIBOLD))


def _string(x: float, y: float, words: str, face: str) -> String:
    return String(x, y, words, fontName=face, fontSize=_SIZE, fillColor=INK)
