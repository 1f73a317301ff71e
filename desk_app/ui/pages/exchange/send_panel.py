"""Ways to choose from for one bundle: sticks that are there, a folder, what was set up, one's own mail program."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.domain.carriers import Kind
from desk_app.i18n import carrier_words
from desk_app.storage.outbox import Waiting
from desk_app.sync.carriers.sticks import Stick
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.exchange.take_in import spaced
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.digits import digits_card
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases.carriers import WayShown


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from. `unopened` are sticks that the system shows no folder of."""

    ways: tuple[WayShown, ...]
    sticks: tuple[Stick, ...]
    unopened: tuple[str, ...]


class SendPanel(QWidget):
    """`stick_chosen(Path)`, `folder_asked`, `way_chosen(name, address)`, `message_asked`."""

    stick_chosen = Signal(object)
    folder_asked = Signal()
    way_chosen = Signal(str, str)
    message_asked = Signal()

    def __init__(self, look: Look, choices: Choices, partner: str) -> None:
        super().__init__()
        self._look = look
        self._partner = partner
        tr = look.tr
        self._lines = column(self, gap=Measure.BETWEEN)
        self.stick_buttons = [self._stick(one) for one in choices.sticks]
        self.way_buttons: dict[str, QPushButton] = {}
        self.addresses: dict[str, LineField] = {}
        self.folder = button(look, tr.text("Choose a folder"), Icon.STORED)
        self.folder.clicked.connect(self.folder_asked)
        self.message = button(look, tr.text("Save as a message"), Icon.NOTE)
        self.message.clicked.connect(self.message_asked)
        self._group(tr.text("On a stick"), self.stick_buttons, "" if choices.sticks else self._no_stick(choices))
        self._group(tr.text("In a folder"), [self.folder])
        if choices.ways:
            words = tr.text("It waits here until there is a connection, and is tried again by itself.")
            self._group(tr.text("Over a connection"), [], words)
            for way in choices.ways:
                self._add_way(way)
        words = tr.text("The file opens in your mail program with the bundle attached; send it from there.")
        self._group(tr.text("By your own mail program"), [self.message], words)
        self._lines.addStretch(1)
        first = [*(one for one in self.stick_buttons if one.isEnabled()), *self.way_buttons.values(), self.folder]
        lead_to(self, first[0])

    def _group(self, title: str, buttons: Sequence[QPushButton], words: str = "") -> None:
        lines = column(gap=Measure.TIGHT)
        lines.addWidget(label(title, Text.STRONG))
        if words:
            lines.addWidget(muted(words))
        acts = column()
        for made in buttons:
            acts.addWidget(made)
        lines.addLayout(acts)
        self._lines.addLayout(lines)

    def _stick(self, one: Stick) -> QPushButton:
        tr = self._look.tr
        words = tr.text("{stick}, {size} free", stick=one.name, size=carrier_words.room(one.free, tr))
        if one.read_only:
            words = tr.text("{stick} is locked", stick=one.name)
        made = button(self._look, words, Icon.USB)
        made.setEnabled(not one.read_only)
        made.clicked.connect(lambda: self.stick_chosen.emit(one.path))
        return made

    def _no_stick(self, choices: Choices) -> str:
        tr = self._look.tr
        if choices.unopened:
            return tr.text("A stick is plugged in, but the system has not opened it. Open it in the file manager.")
        return tr.text("No stick is there. Plug one in and press Send again.")

    def _add_way(self, way: WayShown) -> None:
        look, tr = self._look, self._look.tr
        made = button(look, tr.text("Send by “{way}”", way=way.name), Icon.EXPORT)
        made.setToolTip(carrier_words.kind(way.kind, tr))
        address = LineField(look, 200)
        if way.kind is Kind.MAIL:
            address.set_value(way.addresses.get(self._partner, ""))
            self.addresses[way.name] = address
            self._lines.addWidget(FieldRow(look, tr.text("The partner's e-mail address"), address))
        made.clicked.connect(lambda: self.way_chosen.emit(way.name, address.typed()))
        self.way_buttons[way.name] = made
        self._lines.addWidget(made)


class WaitingPanel(QWidget):
    """A bundle that was put into the outbox: its number to read out, and that nothing more is to be done."""

    def __init__(self, look: Look, entry: Waiting) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(label(tr.text("Read this number to the partner by phone.")))
        lines.addWidget(digits_card(look, spaced(entry.digits), Text.FIGURE))
        lines.addWidget(label(carrier_words.about(entry.to, entry.number, entry.way, tr)))
        lines.addWidget(
            muted(tr.text("It is sent as soon as there is a connection. Under “On the way” you see how it stands."))
        )
        lines.addStretch(1)
