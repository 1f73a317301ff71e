"""At a desk: its coordinators, a row each with how it stands and what would go, Send and the bundles received."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from desk_app.domain.records.declaration import Registry
from desk_app.i18n import exchange_words
from desk_app.i18n.places import desk_name
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.exchange.overview import Overview, state_of
from desk_app.ui.pages.exchange.partner_panel import going, sentences
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import Card, column, row, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.text import label, picture
from desk_app.usecases.exchange_overview import Standing, WouldGo


class PartnerList(Card):
    """Emits `send_asked(code)`, `received_asked(code)` and, while nobody is admitted, `admit_asked`."""

    send_asked = Signal(str)
    received_asked = Signal(str)
    admit_asked = Signal()

    def __init__(self, look: Look, seen: Overview, registry: Registry) -> None:
        super().__init__(look, look.tr.text("Partners"))
        self._look = look
        self._registry = registry
        self.send_buttons: dict[str, QPushButton] = {}
        self.received_buttons: dict[str, QPushButton] = {}
        if not seen.partners:
            words = look.tr.text("Nobody is admitted yet. Show your card to the partner and admit the partner's card.")
            empty = EmptyState(look, words, look.tr.text("Admit a partner"), Icon.EXCHANGE)
            empty.acted.connect(self.admit_asked)
            self.body.addWidget(empty)
        goes = {one.to: one for one in seen.going}
        for place, one in enumerate(seen.partners):
            if place:
                self.body.addWidget(rule())
            self.body.addWidget(self._row(one, goes.get(one.status.code)))

    def _row(self, one: Standing, goes: WouldGo | None) -> QWidget:
        look, tr, status = self._look, self._look.tr, one.status
        made = QWidget()
        lines = column(made, gap=Measure.INSIDE)
        state = state_of(one, tr)
        head = QWidget()
        flow = Flow(head)
        name = label(desk_name(status.code, tr), Text.STRONG, wrap=False)
        name.setFixedHeight(look.theme.px(24))
        flow.addWidget(name)
        flow.addWidget(StatusChip(look, state.words, state.icon, state.tone))
        lines.addWidget(head)
        if goes is not None and not status.revoked:
            lines.addLayout(self._going(goes))
        lines.addWidget(label(" ".join(sentences(one, tr)[:3]), Text.CAPTION))
        if gaps := exchange_words.gaps(status.code, status.gaps, status.came_since, tr):
            line = row(gap=Measure.TIGHT)
            line.addWidget(picture(look, Icon.WARNING, Tone.ATTENTION.ink, 14), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(gaps, Text.CAPTION, tone=Tone.ATTENTION), 1)
            lines.addLayout(line)
        acts = row()
        acts.addWidget(self._send(one))
        acts.addWidget(self._received(one))
        acts.addStretch(1)
        lines.addLayout(acts)
        return made

    def _going(self, goes: WouldGo) -> QBoxLayout:
        tr = self._look.tr
        lines = column(gap=Measure.TIGHT)
        lines.addWidget(label(tr.text("What would go now"), Text.CAPTION))
        for words in going(goes, self._registry, tr):
            lines.addWidget(label(words))
        return lines

    def _send(self, one: Standing) -> QPushButton:
        tr, status = self._look.tr, one.status
        made = button(self._look, tr.text("Send"), Icon.EXPORT, Weight.MAIN if status.waiting else Weight.PLAIN)
        made.setAccessibleName(tr.text("Send to {partner}", partner=desk_name(status.code, tr)))
        made.setEnabled(not status.revoked)
        made.clicked.connect(lambda: self.send_asked.emit(status.code))
        self.send_buttons[status.code] = made
        return made

    def _received(self, one: Standing) -> QPushButton:
        made = button(self._look, self._look.tr.text("Received bundles"), Icon.HISTORY, Weight.QUIET)
        made.clicked.connect(lambda: self.received_asked.emit(one.status.code))
        self.received_buttons[one.status.code] = made
        return made
