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
_WORDS = 144
"""Pixels at 100 % text: what a line is about breaks rather than take the room of what it says."""


@dataclass(frozen=True, slots=True)
class PairLine:
    """One line in the window's words. `differ` is None where the two say nothing about each other."""

    words: str
    left: str
    right: str
    differ: bool | None = None


class PairGrid(QWidget):
    """Both sides of every line, then its mark; what the line is about stands before them, or with `narrow` above them.

    `heads` stand above the sides, `feet` below: each under its side, or with `narrow` one under the other.
    """

    def __init__(
        self,
        look: Look,
        heads: tuple[str, str],
        lines: Sequence[PairLine],
        feet: Sequence[QWidget] = (),
        *,
        narrow: bool = False,
    ) -> None:
        super().__init__()
        self._look = look
        self._narrow = narrow
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(Measure.TIGHT if narrow else Measure.INSIDE)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, head in enumerate(heads, start=1):
            grid.addWidget(label(head, Text.STRONG), 0, at)
        for line in lines:
            self._add(line)
        below = grid.rowCount()
        for place, foot in enumerate(feet):
            # Aligned, for else the column would be no wider than it.
            if narrow:
                grid.addWidget(foot, below + place, 1, 1, 3, Qt.AlignmentFlag.AlignLeft)
            else:
                grid.addWidget(foot, below, place + 1, Qt.AlignmentFlag.AlignLeft)

    def _add(self, line: PairLine) -> None:
        top, place = Qt.AlignmentFlag.AlignTop, self._grid.rowCount()
        caption = label(line.words, Text.CAPTION)
        if self._narrow:
            caption.setContentsMargins(0, Measure.TIGHT, 0, 0)
            self._grid.addWidget(caption, place, 1, 1, 3)
            place += 1
        else:
            caption.setContentsMargins(0, 2, 0, 0)  # Small words on the line of the larger ones.
            caption.setFixedWidth(self._look.theme.width(_WORDS))
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
        made.setFixedHeight(self.fontMetrics().height())  # On the line of the words.
        made.setToolTip(words)
        made.setAccessibleName(words)
        return made
