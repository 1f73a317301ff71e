"""What waits for a connection, and what was sent of late, each in plain words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.i18n import carrier_words
from desk_app.storage.outbox import Waiting, trouble_of
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.exchange.take_in import spaced
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import Card, column, rule
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.text import label


class OutboxCard(Card):
    """Emits `try_asked` for all that waits and `drop_asked(name)` for one."""

    try_asked = Signal()
    drop_asked = Signal(str)

    def __init__(self, look: Look, entries: Sequence[Waiting]) -> None:
        self.try_now = button(look, look.tr.text("Try now"), Icon.REFRESH)
        waits = any(one.sent is None for one in entries)
        super().__init__(look, look.tr.text("On the way"), self.try_now if waits else None)
        self._look = look
        self.try_now.clicked.connect(self.try_asked)
        self.drops: dict[str, QPushButton] = {}
        for place, one in enumerate(entries):
            if place:
                self.body.addWidget(rule())
            self.body.addWidget(self._row(one))

    def _row(self, one: Waiting) -> QWidget:
        look, tr = self._look, self._look.tr
        trouble = trouble_of(one.trouble)
        made = QWidget()
        words = column(made, gap=Measure.TIGHT)
        head = QWidget()
        flow = Flow(head)
        about = carrier_words.about(one.to, one.number, one.way, tr)
        name = label(about, Text.STRONG, wrap=False)
        name.setFixedHeight(look.theme.px(24))
        name.setMinimumWidth(1)
        flow.addWidget(name)
        flow.addWidget(self._chip(one, failed=trouble is not None))
        words.addWidget(head)
        said = carrier_words.standing(one.since, one.sent, one.next_try, trouble, tr)
        words.addWidget(label(" ".join(said), Text.CAPTION))
        words.addWidget(label(tr.text("Number to read out: {digits}", digits=spaced(one.digits)), Text.CAPTION))
        if one.sent is None:
            drop = button(look, tr.text("Take off the list"))
            drop.clicked.connect(lambda: self.drop_asked.emit(one.name))
            self.drops[one.name] = drop
            drop.setAccessibleName(tr.text("{act}: {name}", act=tr.text("Take off the list"), name=about))
            words.addWidget(drop)
        return made

    def _chip(self, one: Waiting, *, failed: bool) -> StatusChip:
        tr = self._look.tr
        if one.sent is not None:
            return StatusChip(self._look, tr.text("Sent"), Icon.DONE, Tone.DONE)
        if failed and one.next_try is None:
            return StatusChip(self._look, tr.text("Needs you"), Icon.WARNING, Tone.ATTENTION)
        return StatusChip(self._look, tr.text("Waits for a connection"), Icon.WAITING, Tone.ATTENTION)
