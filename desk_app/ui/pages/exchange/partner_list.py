"""The partners: one row each with how it stands, and its Send."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.i18n.places import desk_name
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.exchange.overview import Overview, gaps_of, lines_of, state_of, strangers_of
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import Card, column, row, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.text import label, muted, picture
from desk_app.usecases.partners import PartnerStatus


class PartnerList(Card):
    """Emits `send_asked(code)` and, while nobody is admitted, `admit_asked`."""

    send_asked = Signal(str)
    admit_asked = Signal()

    def __init__(self, look: Look, seen: Overview, *, coordinator_here: bool) -> None:
        super().__init__(look, look.tr.text("Partners"))
        self._look = look
        self._coordinator_here = coordinator_here
        self.send_buttons: dict[str, QPushButton] = {}
        if not seen.partners:
            words = look.tr.text("Nobody is admitted yet. Show your card to the partner and admit the partner's card.")
            empty = EmptyState(look, words, look.tr.text("Admit a partner"), Icon.EXCHANGE)
            empty.acted.connect(self.admit_asked)
            self.body.addWidget(empty)
        for place, one in enumerate(seen.partners):
            if place:
                self.body.addWidget(rule())
            self.body.addWidget(self._row(one, seen))
        self._say_strangers(seen.strangers)

    def _row(self, one: PartnerStatus, seen: Overview) -> QWidget:
        look = self._look
        made = QWidget()
        across = row(made, gap=Measure.BETWEEN)
        words = column(gap=Measure.TIGHT)
        state = state_of(one, self._coordinator_here, seen.today, look.tr)
        head = QWidget()
        flow = Flow(head)
        name = label(desk_name(one.code, look.tr), Text.STRONG, wrap=False)
        name.setFixedHeight(look.theme.px(24))
        flow.addWidget(name)
        flow.addWidget(StatusChip(look, state.words, state.icon, state.tone))
        words.addWidget(head)
        words.addWidget(label(" ".join(lines_of(one, look.tr)), Text.CAPTION))
        if gaps := gaps_of(one, look.tr):
            line = row(gap=Measure.TIGHT)
            line.addWidget(picture(look, Icon.WARNING, Tone.ATTENTION.ink, 14), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(gaps, Text.CAPTION, tone=Tone.ATTENTION), 1)
            words.addLayout(line)
        across.addLayout(words, 1)
        across.addWidget(self._send(one), 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _send(self, one: PartnerStatus) -> QPushButton:
        tr = self._look.tr
        weight = Weight.PLAIN if self._coordinator_here or not one.waiting else Weight.MAIN
        made = button(self._look, tr.text("Send"), Icon.EXPORT, weight)
        made.setAccessibleName(tr.text("Send to {partner}", partner=desk_name(one.code, tr)))
        made.setEnabled(not one.revoked)
        made.clicked.connect(lambda: self.send_asked.emit(one.code))
        self.send_buttons[one.code] = made
        return made

    def _say_strangers(self, codes: Sequence[str]) -> None:
        if words := strangers_of(codes, self._look.tr):
            self.body.addWidget(rule())
            self.body.addWidget(muted(words))
