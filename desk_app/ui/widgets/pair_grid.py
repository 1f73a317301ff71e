"""Two records side by side, line by line; what agrees and what differs is marked, and said in the mark's words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.text import label, picture

_MARK = 14
"""Pixels of a mark at 100 %."""


@dataclass(frozen=True, slots=True)
class PairLine:
    """One line in the window's words. `differ` is None where the two say nothing about each other."""

    words: str
    left: str
    right: str
    differ: bool | None = None


class PairGrid(QWidget):
    """What a line is about at the left, then both sides, then the mark. `heads` stand above the sides."""

    def __init__(self, look: Look, lines: Sequence[PairLine], heads: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._look = look
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(Measure.INSIDE)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, head in enumerate(heads, start=1):
            grid.addWidget(head, 0, at)
        for place, line in enumerate(lines, start=1):
            self._add(place, line)

    def _add(self, place: int, line: PairLine) -> None:
        top = Qt.AlignmentFlag.AlignTop
        caption = label(line.words, Text.CAPTION)
        caption.setContentsMargins(0, 2, 0, 0)  # Small words on the line of the larger ones.
        self._grid.addWidget(caption, place, 0, top)
        for at, said in enumerate((line.left, line.right), start=1):
            made = label(said or "—", Text.STRONG if line.differ else Text.BODY)
            made.setAccessibleName(self._look.tr.text("{label}: {value}", label=line.words, value=said))
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(made, place, at, top)
        if line.differ is not None:
            self._grid.addWidget(self._mark(line.differ), place, 3, top)

    def _mark(self, differ: bool) -> QLabel:
        tr = self._look.tr
        icon, tone = (Icon.COMPARE, Tone.ATTENTION) if differ else (Icon.CHECK, Tone.DONE)
        words = tr.text("They differ") if differ else tr.text("They agree")
        made = picture(self._look, icon, tone.ink, _MARK)
        made.setToolTip(words)
        made.setAccessibleName(words)
        return made
