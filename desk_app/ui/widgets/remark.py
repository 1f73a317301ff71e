"""What is said about an input that may be stored as it is: a doubt, something that was mended, a better reading."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Role, Text, Tone
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.text import label, picture


@dataclass(frozen=True, slots=True)
class Remark:
    """Words beside an input; `instead` is what a person may have written in place of what was typed."""

    words: str
    instead: str = ""


class RemarkLine(QWidget):
    """Shows a remark, and emits `accepted(instead)` when the person takes what it offers."""

    accepted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._remark: Remark | None = None
        line = row(self, gap=4)
        line.addWidget(picture(look, Icon.NOTICE, Role.ATTENTION, 16), 0, Qt.AlignmentFlag.AlignTop)
        lines = column(gap=4)
        self._words = label("", Text.CAPTION, tone=Tone.ATTENTION)
        self.convert = button(look, look.tr.text("Convert"))
        self.convert.clicked.connect(self._take)
        lines.addWidget(self._words)
        lines.addWidget(self.convert, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(lines, 1)
        self.hide()

    def _take(self) -> None:
        if self._remark is not None:
            self.accepted.emit(self._remark.instead)

    @property
    def words(self) -> str:
        """What is said; empty where nothing is."""
        return self._remark.words if self._remark is not None else ""

    def show_remark(self, remark: Remark | None) -> None:
        """Say this, or nothing."""
        if remark == self._remark:
            return
        self._remark = remark
        self._words.setText(self.words)
        self.convert.setVisible(remark is not None and bool(remark.instead))
        self.setVisible(remark is not None)
