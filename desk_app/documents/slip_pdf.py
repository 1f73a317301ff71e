"""The reply slip at the foot of a letter: always the same height, whatever its words."""

from collections.abc import Sequence

from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from desk_app.documents.fonts import BOLD, REGULAR, SEMIBOLD, readable, width_of
from desk_app.documents.letters import ReplySlip
from desk_app.documents.paper import INK, MM, MUTED, shortened

SLIP_HEIGHT = 60 * MM
"""From the bottom margin of the page to the line where the slip is cut, in points."""

_SIZE = 9.0
_SMALL = 7.5
_ROW = 8.2 * MM
_BOX = 3.2 * MM
_GAP = 2 * MM


def draw_slip(canvas: Canvas, slip: ReplySlip, left: float, bottom: float, width: float) -> None:
    """Draws the slip into a box of `SLIP_HEIGHT` whose corner is given in points."""
    right = left + width
    top = bottom + SLIP_HEIGHT
    _cut_line(canvas, slip.cut_here, left, right, top)
    y = top - 8 * MM
    _heading(canvas, slip, left, right, y)
    y -= _ROW + 1 * MM
    middle = left + width * 0.36
    _choice(canvas, slip.accepted, "", left, middle - _GAP, y)
    _choice(canvas, slip.appointment, slip.appointment, middle, right, y)
    y -= _ROW
    _choice(canvas, slip.declined, "", left, middle - _GAP, y)
    _blank(canvas, slip.reason, middle, right, y)
    y -= _ROW
    _choice(canvas, slip.service_given, "", left, middle - _GAP, y)
    _blank(canvas, slip.result, middle, right, y)
    y -= _ROW
    _rule(canvas, left, right, y)
    y -= _ROW
    _officer(canvas, slip, left, right, y)
    _return_address(canvas, slip.return_to, left, bottom, width)


def _cut_line(canvas: Canvas, words: str, left: float, right: float, y: float) -> None:
    line = shortened(words, REGULAR, _SMALL, (right - left) / 2)
    half = width_of(line, REGULAR, _SMALL) / 2 + _GAP
    centre = (left + right) / 2
    canvas.saveState()
    canvas.setStrokeColor(MUTED)
    canvas.setLineWidth(0.7)
    canvas.setDash(3, 3)
    canvas.line(left, y, centre - half, y)
    canvas.line(centre + half, y, right, y)
    canvas.restoreState()
    _text(canvas, line, centre - half + _GAP, y - _SMALL * 0.35, _SMALL, muted=True)


def _heading(canvas: Canvas, slip: ReplySlip, left: float, right: float, y: float) -> None:
    code = shortened(f"{slip.code_label} {slip.code}", BOLD, _SIZE + 1, (right - left) / 3)
    code_width = width_of(code, BOLD, _SIZE + 1)
    _text(canvas, code, right - code_width, y, _SIZE + 1, face=BOLD)
    room = right - left - code_width - 3 * _GAP
    size = _SIZE + 1
    while size > _SMALL and width_of(readable(slip.title), SEMIBOLD, size) > room:
        size -= 0.25
    _text(canvas, shortened(slip.title, SEMIBOLD, size, room), left, y, size, face=SEMIBOLD)


def _choice(canvas: Canvas, words: str, then_line: str, left: float, right: float, y: float) -> None:
    canvas.saveState()
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.8)
    canvas.rect(left, y - 0.5 * MM, _BOX, _BOX)
    canvas.restoreState()
    start = left + _BOX + _GAP
    if then_line:
        _blank(canvas, words, start, right, y)
    else:
        _text(canvas, shortened(words, REGULAR, _SIZE, right - start), start, y, _SIZE)


def _blank(canvas: Canvas, label: str, left: float, right: float, y: float) -> None:
    words = shortened(label, REGULAR, _SIZE, (right - left) * 0.75)
    _text(canvas, words, left, y, _SIZE)
    _rule(canvas, left + width_of(words, REGULAR, _SIZE) + _GAP / 2, right, y)


def _officer(canvas: Canvas, slip: ReplySlip, left: float, right: float, y: float) -> None:
    labels: Sequence[str] = (slip.officer, slip.date, slip.signature)
    shares = (0.54, 0.2, 0.26)
    x = left
    for label, share in zip(labels, shares, strict=True):
        end = x + (right - left) * share
        _blank(canvas, label, x, end - (_GAP if end < right - 1 else 0), y)
        x = end


def _return_address(canvas: Canvas, words: str, left: float, bottom: float, width: float) -> None:
    lines = simpleSplit(readable(words), REGULAR, _SMALL, width)
    if len(lines) > 2:
        lines = [lines[0], shortened(" ".join(lines[1:]), REGULAR, _SMALL, width)]
    for row, line in enumerate(reversed(lines)):
        _text(canvas, line, left, bottom + 1 * MM + row * _SMALL * 1.3, _SMALL, muted=True)


def _rule(canvas: Canvas, left: float, right: float, y: float) -> None:
    canvas.saveState()
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.5)
    canvas.line(left, y - 0.6 * MM, right, y - 0.6 * MM)
    canvas.restoreState()


def _text(
    canvas: Canvas, words: str, x: float, y: float, size: float, *, face: str = REGULAR, muted: bool = False
) -> None:
    canvas.setFont(face, size)
    canvas.setFillColor(MUTED if muted else INK)
    canvas.drawString(x, y, words)
