"""What stands above the pairs, and what stands in their place where there are none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.records.sameness import OPEN
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.duplicates import words
from desk_app.ui.pages.duplicates.read import Listed
from desk_app.ui.theme import Measure, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import column, empty_layout
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.filters import FilterBar


class Above(QWidget):
    """Which pairs are listed, whether only those of some people, and who waits to be compared."""

    chosen = Signal(object)
    all_asked = Signal()
    compare_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines = column(self)
        self._lines.setContentsMargins(Measure.EDGE, Measure.BETWEEN, Measure.EDGE, Measure.INSIDE)

    def show_listed(self, shown: Listed, *, some: bool, compares: bool) -> None:
        """`some` where only the pairs of some people are asked for, `compares` while people are being compared."""
        look, tr = self._look, self._look.tr
        empty_layout(self._lines)
        if some and shown.state == OPEN:  # Judged pairs are listed whole.
            only = Banner(
                look, tr.text("Only some people are shown."), Tone.PLAIN, tr.text("Show all"), can_close=False
            )
            only.acted.connect(self.all_asked)
            self._lines.addWidget(only)
        if shown.counts.waiting and shown.pairs and not compares:
            said = words.not_compared(shown.counts.waiting, tr)
            waiting = Banner(look, said, Tone.ATTENTION, tr.text("Compare now"), can_close=False)
            waiting.acted.connect(self.compare_asked)
            self._lines.addWidget(waiting)
        bar = FilterBar(look, tr.text("What is listed"), words.filters(shown.counts, tr))
        bar.choose(shown.state)
        bar.chosen.connect(self.chosen)
        self._lines.addWidget(bar)


class Nobody(QWidget):
    """Why no pair is listed, and what can be done about it."""

    intake_asked = Signal()
    compare_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._ground = column(self)

    def show_why(self, shown: Listed, *, compares: bool) -> None:
        """`compares` while people are being compared; nothing is said where there are pairs."""
        empty_layout(self._ground)
        if not shown.pairs:
            self._ground.addWidget(self._why(shown, compares))

    def _why(self, shown: Listed, compares: bool) -> EmptyState:
        look, tr = self._look, self._look.tr
        if shown.state != OPEN:
            return EmptyState(look, words.none_judged(shown.state, tr))
        if not shown.people:
            made = EmptyState(look, tr.text("Nobody is on record yet."), tr.text("Intake"))
            made.acted.connect(self.intake_asked)
        elif compares:
            made = EmptyState(look, tr.text("Comparing people"), icon=Icon.WAITING)
        elif shown.counts.waiting:
            said = words.not_compared(shown.counts.waiting, tr)
            made = EmptyState(look, said, tr.text("Compare now"), Icon.COMPARE)
            made.acted.connect(self.compare_asked)
        else:
            made = EmptyState(look, tr.text("No two people on record look alike."), icon=Icon.DONE)
        return made
