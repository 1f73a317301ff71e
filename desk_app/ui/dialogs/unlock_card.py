"""The unlock card: whose desk, who, and the passphrase."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import Card, column, empty_layout, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choices import ChoiceField
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.secret import PassphraseField
from desk_app.ui.widgets.text import PathLabel, label, muted


class UnlockCard(Card):
    """Asks for the passphrase. `unlock_asked(user, passphrase)`; the user is empty where there is only one."""

    unlock_asked = Signal(str, str)
    create_asked = Signal()
    folder_asked = Signal()
    forgotten = Signal()
    restore_asked = Signal()
    salvage_asked = Signal()

    def __init__(self, look: Look, folder: Path) -> None:
        super().__init__(look)
        self._look = look
        tr = look.tr
        self.body.setContentsMargins(32, 32, 32, 24)
        self.body.setSpacing(16)
        self.body.addWidget(label(tr.text("Open the desk"), Text.TITLE))
        self.body.addWidget(PathLabel(str(folder)))
        self._trouble = column()
        self.body.addLayout(self._trouble)
        self._users = column()
        self.body.addLayout(self._users)
        self._user: ChoiceField | None = None
        self.passphrase = PassphraseField(look)
        self.passphrase.line.returnPressed.connect(self._ask)
        self._row = FieldRow(look, tr.text("Passphrase"), self.passphrase)
        self.body.addWidget(self._row)
        self.open_button = button(look, tr.text("Open"), Icon.KEY, Weight.MAIN)
        self.open_button.clicked.connect(self._ask)
        self._waiting = muted("")
        line = row()
        line.addWidget(self.open_button)
        line.addWidget(self._waiting, 1)
        self.body.addLayout(line)
        self._add_other_ways()
        self.setFocusProxy(self.passphrase)

    def show_users(self, names: Sequence[str]) -> None:
        """Offer a choice where several people can open the desk."""
        if len(names) < 2 or self._user is not None:
            return
        self._user = ChoiceField(self._look, dict(zip(names, names, strict=True)), self._look.tr.text("Choose"))
        self._users.addWidget(FieldRow(self._look, self._look.tr.text("User"), self._user))
        before: QWidget = self._user.target()
        for after in (self.passphrase.line, *self.findChildren(QAbstractButton)):
            QWidget.setTabOrder(before, after)
            before = after
        self.setFocusProxy(self._user)
        if not self.passphrase.typed():  # Else the person is writing already.
            self._user.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def user(self) -> str:
        """Who was chosen, or empty."""
        return self._user.typed() if self._user is not None else ""

    def choose_user(self, name: str) -> None:
        """Put back who was chosen; then only the passphrase is wanting."""
        if self._user is not None:
            self._user.set_typed(name)
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self, words: str) -> None:
        """The passphrase is being tried; empty words when that is over."""
        self._waiting.setText(words)
        self.open_button.setEnabled(not words)
        self.passphrase.line.setReadOnly(bool(words))

    def refuse(self, words: str) -> None:
        """The passphrase was wrong: say so beside it and let it be typed again."""
        self.wait("")
        self._row.show_error(words)
        self.passphrase.line.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trouble(self, words: str) -> None:
        """Something other than the passphrase is in the way."""
        self.wait("")
        empty_layout(self._trouble)
        self._trouble.addWidget(Banner(self._look, words, can_close=False))

    def show_damage(self, words: str) -> None:
        """The desk cannot be read any more: say so, with the two ways out."""
        self.show_trouble(words)
        tr = self._look.tr
        ground = QWidget()
        line = Flow(ground)
        self.rescue_buttons = (
            button(self._look, tr.text("Restore a backup"), Icon.HISTORY),
            button(self._look, tr.text("Save what can be read"), Icon.SAVE),
        )
        for made, asked in zip(self.rescue_buttons, (self.restore_asked, self.salvage_asked), strict=True):
            made.clicked.connect(asked)
            line.addWidget(made)
        self._trouble.addWidget(ground)

    def say(self, words: str) -> None:
        """Something was done; now the desk can be opened."""
        empty_layout(self._trouble)
        self._trouble.addWidget(Banner(self._look, words, Tone.DONE, can_close=False))

    def _ask(self) -> None:
        if not self.open_button.isEnabled():
            return
        self._row.show_error("")
        if not self.passphrase.typed():
            self.refuse(self._look.tr.text("Please fill in this field."))
            return
        self.wait(self._look.tr.text("Opening. This takes a moment."))
        self.unlock_asked.emit(self.user, self.passphrase.typed())

    def _add_other_ways(self) -> None:
        ground = QWidget()
        line = Flow(ground)
        tr = self._look.tr
        for words, asked in (
            (tr.text("Passphrase forgotten"), self.forgotten),
            (tr.text("Choose another folder"), self.folder_asked),
            (tr.text("Restore a backup"), self.restore_asked),
            (tr.text("Create a new desk"), self.create_asked),
        ):
            made = button(self._look, words, weight=Weight.QUIET)
            made.clicked.connect(asked)
            line.addWidget(made)
        self.body.addWidget(ground)
