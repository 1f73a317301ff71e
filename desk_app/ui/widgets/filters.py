"""The filter bar: chips to choose by, each with how many it would show."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.ui.look import Look
from desk_app.ui.theme import Text
from desk_app.ui.widgets.buttons import PressButton
from desk_app.ui.widgets.flow import Flow

_SIDE = 14
"""Pixels left and right of a chip's words."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One chip: a permanent code, its words, how many records it shows (None when nobody counted)."""

    code: str
    words: str
    count: int | None = None


class FilterBar(QWidget):
    """Chips in a row; one at a time, or several when `many`. Emits `chosen(frozenset of codes)`."""

    chosen = Signal(object)

    def __init__(self, look: Look, words: str, filters: Sequence[Filter], *, many: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self._many = many
        self._chips: dict[str, QPushButton] = {}
        flow = Flow(self)
        bold = QFontMetrics(look.theme.font(Text.STRONG))
        for entry in filters:
            chip = PressButton(_chip_words(look, entry).replace("&", "&&"))
            chip.setProperty("weight", "filter")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setAccessibleName(_chip_words(look, entry))
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            # The marked chip is written bolder: its room is kept from the beginning.
            chip.setMinimumWidth(bold.horizontalAdvance(_chip_words(look, entry)) + 2 * _SIDE)
            chip.clicked.connect(lambda _on=False, code=entry.code: self._clicked(code))
            self._chips[entry.code] = chip
            flow.addWidget(chip)

    @property
    def codes(self) -> frozenset[str]:
        """The codes that are switched on."""
        return frozenset(code for code, chip in self._chips.items() if chip.isChecked())

    def choose(self, *codes: str) -> None:
        """Switch on exactly these, without a signal."""
        for code, chip in self._chips.items():
            chip.setChecked(code in codes)

    def _clicked(self, code: str) -> None:
        if not self._many:
            self.choose(code)
        self.chosen.emit(self.codes)


def _chip_words(look: Look, entry: Filter) -> str:
    if entry.count is None:
        return entry.words
    return look.tr.text("{words} ({count})", words=entry.words, count=entry.count)
