"""Panels for setting ways of sending up: the list of them, which kind a new one is, what it is told."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desk_app.domain.carriers import SECRET, SETTING, SETTINGS, Kind
from desk_app.i18n import carrier_words
from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_folder
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.secret import PassphraseField
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases.carriers import LONGEST_NAME, WayShown

ACTS = ("try", "edit", "remove")


class WaysPanel(QWidget):
    """What was set up: `acted(act, name)` with one of `ACTS`, `add_asked`, `agreed(name)` to a fingerprint."""

    acted = Signal(str, str)
    add_asked = Signal()
    agreed = Signal(str)

    def __init__(self, look: Look, ways: Sequence[WayShown]) -> None:
        super().__init__()
        self._look = look
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(
            muted(tr.text("Bundles are sealed before they leave this computer: a server never sees what is in them."))
        )
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.agree: dict[str, QPushButton] = {}
        self._said = {way.name: label("", Text.CAPTION) for way in ways}
        for way in ways:
            lines.addWidget(self._way(way))
            lines.addWidget(rule())
        self.add = button(look, tr.text("Add a way"), Icon.ADD, Weight.PLAIN if ways else Weight.MAIN)
        self.add.clicked.connect(self.add_asked)
        lines.addWidget(self.add)
        lines.addStretch(1)
        lead_to(self, self.add)

    def say(self, name: str, words: str, *, ask_fingerprint: bool = False) -> None:
        """Say what came of trying a way out, beside it; and ask whether a fingerprint is the right one."""
        if name in self._said:
            self._said[name].setText(words)
            self._said[name].setVisible(bool(words))
            self.agree[name].setVisible(ask_fingerprint)

    def said(self, name: str) -> str:
        """What stands beside a way."""
        return self._said[name].text()

    def _way(self, way: WayShown) -> QWidget:
        look, tr = self._look, self._look.tr
        made = QWidget()
        lines = column(made, gap=Measure.TIGHT)
        lines.addWidget(label(way.name, Text.STRONG))
        lines.addWidget(label(carrier_words.kind(way.kind, tr), Text.CAPTION))
        if way.signs_in_with:
            lines.addWidget(
                muted(tr.text("Give this line to whoever runs the server, so that the program may sign in:"))
            )
            line = QLineEdit(way.signs_in_with)  # One line, to be copied whole.
            line.setReadOnly(True)
            line.setCursorPosition(0)
            line.setAccessibleName(tr.text("The program's key for signing in"))
            lines.addWidget(line)
        holder = QWidget()
        flow = Flow(holder)
        words = {"try": tr.text("Try it"), "edit": tr.text("Edit"), "remove": tr.text("Remove")}
        for act in ACTS:
            one = button(look, words[act], weight=Weight.PLAIN if act == "try" else Weight.QUIET)
            one.setAccessibleName(tr.text("{act}: {name}", act=words[act], name=way.name))
            one.clicked.connect(lambda _on=False, act=act: self.acted.emit(act, way.name))
            self.buttons[act, way.name] = one
            flow.addWidget(one)
        lines.addWidget(holder)
        agree = button(look, tr.text("The fingerprint is the same"), Icon.CHECK)
        agree.clicked.connect(lambda: self.agreed.emit(way.name))
        agree.hide()
        self.agree[way.name] = agree
        self._said[way.name].hide()
        lines.addWidget(self._said[way.name])
        lines.addWidget(agree)
        return made


class KindPanel(QWidget):
    """Which kind a new way is: `chosen(kind)`."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        lines = column(self, gap=Measure.BETWEEN)
        self.buttons = {kind: button(look, carrier_words.kind(kind, look.tr)) for kind in Kind}
        for kind, made in self.buttons.items():
            made.clicked.connect(lambda _on=False, kind=kind: self.chosen.emit(kind.value))
            lines.addWidget(made)
        lines.addStretch(1)
        lead_to(self, self.buttons[Kind.FOLDER])


class WayForm(QWidget):
    """What a way is told. Its password is never shown again: left empty, the old one stays."""

    def __init__(self, look: Look, kind: Kind, way: WayShown | None = None) -> None:
        super().__init__()
        tr = look.tr
        self.kind = kind
        self.way = way
        self._choose_words = tr.text("Choose the folder")
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(label(carrier_words.kind(kind, tr), Text.CAPTION))
        self.name = FieldRow(look, tr.choice(SETTING, "name"), LineField(look, LONGEST_NAME), required=True)
        self.name.setVisible(way is None)
        lines.addWidget(self.name)
        self.rows: dict[str, FieldRow] = {}
        told = way.told if way is not None else {}
        for setting in SETTINGS[kind]:
            field = LineField(look, 500)
            field.set_value(told.get(setting.name, setting.usual))
            words = tr.choice(SETTING, setting.name)
            self.rows[setting.name] = FieldRow(
                look, words, field, _help(setting.name, tr), required=setting.usual is None
            )
            lines.addWidget(self.rows[setting.name])
        if kind is Kind.FOLDER:
            look_for = button(look, tr.text("Choose a folder"), Icon.STORED)
            look_for.clicked.connect(self._choose_folder)
            lines.addWidget(look_for)
        self.password = PassphraseField(look)
        if kind in SECRET:
            lines.addWidget(FieldRow(look, tr.choice(SETTING, "password"), self.password, _of_password(kind, way, tr)))
        else:
            self.password.setParent(self)
            self.password.hide()
        lines.addStretch(1)
        lead_to(self, self.name.field if way is None else next(iter(self.rows.values())).field)

    def _choose_folder(self) -> None:
        path = choose_folder(self, self._choose_words)
        if path is not None:
            self.rows["path"].field.set_typed(str(path))

    def check(self) -> bool:
        """Say what is missing, and lead to the first of it; whether it can be kept."""
        rows = [*([self.name] if self.way is None else []), *self.rows.values()]
        wrong = [row for row in rows if not row.check()]
        if wrong:
            wrong[0].take_keyboard()
        return not wrong

    @property
    def values(self) -> Mapping[str, str]:
        """What was typed."""
        return {name: row.field.typed() for name, row in self.rows.items()}


def _help(setting: str, tr: Translator) -> str:
    if setting == "fingerprint":
        return tr.text("Leave it empty at first: trying the way shows it, and you compare it then.")
    return ""


def _of_password(kind: Kind, way: WayShown | None, tr: Translator) -> str:
    if way is not None:
        return tr.text("Left empty, it stays as it is.")
    if kind is Kind.SFTP:
        return tr.text("Left empty, the program signs in with a key of its own.")
    return ""
