"""Versions of one field side by side, for a person to settle."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import Card, across, column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.text import label, muted


@dataclass(frozen=True, slots=True)
class Side:
    """One version in the window's words: the value, and who recorded it where and when."""

    value: str
    facts: tuple[str, ...] = ()


class Compare(QWidget):
    """Emits `settled` with `left`, `right`, `both` or `other`; `both` only where the field may hold two.

    Where more than two differ, the others stand below and are `3`, `4` and so on.
    """

    settled = Signal(str)

    def __init__(
        self,
        look: Look,
        field: str,
        left: Side,
        right: Side,
        *more: Side,
        can_keep_both: bool = False,
        can_say: bool = True,
    ) -> None:
        super().__init__()
        tr = look.tr
        self.keep_buttons: dict[str, QPushButton] = {}
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(label(field, Text.SECTION))
        pair = across(look)
        pair.addWidget(self._side(look, left, "left", tr.text("Left")), 1)
        pair.addWidget(self._side(look, right, "right", tr.text("Right")), 1)
        lines.addLayout(pair)
        for number, side in enumerate(more, start=3):
            lines.addWidget(self._side(look, side, str(number), tr.text("Version {number}", number=number)))
        holder = QWidget()
        rest = Flow(holder)
        for choice, words, is_possible in (
            ("both", tr.text("Keep both"), can_keep_both),
            ("other", tr.text("Write something else"), can_say),
        ):
            if is_possible:
                act = button(look, words, weight=Weight.QUIET)
                act.clicked.connect(lambda _on=False, choice=choice: self.settled.emit(choice))
                self.keep_buttons[choice] = act
                rest.addWidget(act)
        lines.addWidget(holder)

    def _side(self, look: Look, side: Side, choice: str, place: str) -> QFrame:
        card = Card(look, grows=True)
        card.body.addWidget(label(side.value or look.tr.text("Not specified"), Text.SECTION))
        for fact in side.facts:
            card.body.addWidget(muted(fact))
        card.body.addStretch(1)
        keep = button(look, look.tr.text("Keep this one"))
        keep.setAccessibleName(look.tr.text("Keep this one: {place}, {value}", place=place, value=side.value))
        keep.clicked.connect(lambda _on=False: self.settled.emit(choice))
        self.keep_buttons[choice] = keep
        card.body.addWidget(keep)
        return card
