"""One partner: where it stands in whole sentences, what would go to it now, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.clock import today
from desk_app.domain.records.declaration import Registry
from desk_app.i18n import exchange_words
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.exchange.desk_table import trouble_of
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import Card, column, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.text import label, muted, picture
from desk_app.usecases.exchange_overview import Standing, WouldGo


def sentences(one: Standing, tr: Translator) -> list[str]:
    """Last received, last sent, what is confirmed, what waits."""
    status = one.status
    received = today(status.received_on) if status.received_on is not None else None
    sent = today(status.sent_on) if status.sent_on is not None else None
    confirmed = today(one.confirmed_on) if one.confirmed_on else None
    return [
        exchange_words.last_received(status.received, received, tr),
        exchange_words.last_sent(status.sent, sent, tr),
        exchange_words.receipt(status.acknowledged, confirmed, tr),
        *exchange_words.waits(status.waiting, status.files_waiting, status.bytes_waiting, tr),
    ]


def going(shown: WouldGo, registry: Registry, tr: Translator) -> list[str]:
    """What would go now, to be read line by line; since when stands last."""
    number, made = shown.since or (0, None)
    kinds = exchange_words.holds(shown.kinds, registry, tr)
    said = exchange_words.would_go(kinds, shown.people, shown.files, shown.size, tr)
    since = exchange_words.since(number, today(made) if made is not None else None, tr)
    return [*said, since] if kinds or shown.files else said


class PartnerPanel(QWidget):
    """`send_asked`, `full_asked`, `missing_asked`, `received_asked`; what would go is said by `show_going`."""

    send_asked = Signal()
    full_asked = Signal()
    missing_asked = Signal()
    received_asked = Signal()

    def __init__(self, look: Look, one: Standing) -> None:
        super().__init__()
        tr = look.tr
        self._look = look
        lines = column(self, gap=Measure.BETWEEN)
        if trouble := trouble_of(one, tr):
            warning = row(gap=Measure.INSIDE)
            warning.addWidget(picture(look, Icon.WARNING, Tone.ATTENTION.ink), 0, Qt.AlignmentFlag.AlignTop)
            warning.addWidget(label(trouble, Text.STRONG, tone=Tone.ATTENTION), 1)
            lines.addLayout(warning)
        said = column(gap=Measure.TIGHT)
        for words in sentences(one, tr):
            said.addWidget(label(words))
        lines.addLayout(said)
        self.missing = button(look, tr.text("Ask for what is missing"), Icon.PHONE)
        self.missing.clicked.connect(self.missing_asked)
        if gaps := exchange_words.gaps(one.status.code, one.status.gaps, one.status.came_since, tr):
            lines.addWidget(label(gaps, tone=Tone.ATTENTION))
            lines.addWidget(self.missing, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self.missing.setParent(self)
            self.missing.hide()
        card = Card(look, tr.text("What would go now"))
        self._going = card.body
        self._wait = muted(tr.text("Counting …"))
        card.body.addWidget(self._wait)
        lines.addWidget(card)
        self.send = button(look, tr.text("Send"), Icon.EXPORT, Weight.MAIN)
        self.send.setAccessibleName(tr.text("Send to {partner}", partner=desk_name(one.status.code, tr)))
        self.send.setEnabled(not one.status.revoked)
        self.send.clicked.connect(self.send_asked)
        self.full = button(look, tr.text("Send everything"), Icon.EXPORT)
        self.full.setEnabled(not one.status.revoked)
        self.full.clicked.connect(self.full_asked)
        self.received = button(look, tr.text("Received bundles"), Icon.HISTORY)
        self.received.clicked.connect(self.received_asked)
        for made in (self.send, self.received, self.full):
            lines.addWidget(made)
        lines.addStretch(1)
        lead_to(self, self.send if not one.status.revoked else self.received)

    def show_going(self, shown: WouldGo, registry: Registry) -> None:
        """It was counted."""
        self._wait.hide()
        for words in going(shown, registry, self._look.tr):
            self._going.addWidget(label(words))


class MissingPanel(QWidget):
    """What to say by phone, and the bundle that tells the desk by itself."""

    send_asked = Signal()

    def __init__(self, look: Look, one: Standing) -> None:
        super().__init__()
        tr, status = look.tr, one.status
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(label(tr.text("Call the desk and read this to them:")))
        words = tr.plural(
            "Your bundle {numbers} has not come. Where is its stick? If you cannot find it, send a new bundle: "
            "it holds all that we have not confirmed.",
            "Your bundles {numbers} have not come. Where are their sticks? If you cannot find them, send a new bundle: "
            "it holds all that we have not confirmed.",
            len(status.gaps),
            numbers=exchange_words.number_list(status.gaps),
        )
        card = Card(look)
        card.body.addWidget(label(words, Text.STRONG))
        lines.addWidget(card)
        lines.addWidget(
            muted(
                tr.text(
                    "A lost stick gives nothing away: only you can open what is on it. "
                    "The next bundle you write tells the desk by itself what has come."
                )
            )
        )
        self.send = button(look, tr.text("Write its bundle"), Icon.EXPORT, Weight.MAIN)
        self.send.clicked.connect(self.send_asked)
        lines.addWidget(self.send, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addStretch(1)
        lead_to(self, self.send)
