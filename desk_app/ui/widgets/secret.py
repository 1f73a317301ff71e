"""The passphrase input: hidden or shown, with a word when Caps Lock or the other alphabet is on."""

import unicodedata

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import icon_button
from desk_app.ui.widgets.field import FieldInput, FieldValue
from desk_app.ui.widgets.text import label


class PassphraseField(FieldInput):
    """`typed` is the passphrase as typed; `value` the same, None when empty. Nothing of it is ever copied or logged."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(300)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.line.installEventFilter(self)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.setFocusProxy(self.line)
        self._eye = icon_button(look, Icon.SHOW, look.tr.text("Show password"))
        self._eye.clicked.connect(self.turn)
        lines = column(self, gap=4)
        line = row(gap=4)
        line.addWidget(self.line, 1)
        line.addWidget(self._eye)
        lines.addLayout(line)
        self._hint = label("", Text.CAPTION, tone=Tone.ATTENTION)
        # The line under the field is always there, so that nothing jumps when it speaks.
        self._hint.setMinimumHeight(self._hint.fontMetrics().height())
        lines.addWidget(self._hint)

    @property
    def hint(self) -> str:
        """What it says about the keyboard."""
        return self._hint.text()

    def turn(self) -> None:
        """Show what is typed, or hide it again."""
        shown = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        tr = self._look.tr
        words = tr.text("Hide password") if shown else tr.text("Show password")
        self._eye.setIcon(self._look.icons.icon(Icon.HIDE if shown else Icon.SHOW))
        self._eye.setToolTip(words)
        self._eye.setAccessibleName(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at each key for what it tells about the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._listen(event)
        return False

    def typed(self) -> str:
        return self.line.text()

    def set_typed(self, typed: str) -> None:
        self.line.setText(typed)

    def value(self) -> FieldValue:
        return self.line.text() or None

    def set_value(self, value: FieldValue) -> None:
        self.line.setText("" if value is None else str(value))

    def target(self) -> QWidget:
        return self.line

    def _listen(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self._hint.setText("")
        letter = event.text()
        if len(letter) != 1 or not letter.isalpha():
            return
        tr = self._look.tr
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if letter.isupper() != shift:
            self._hint.setText(tr.text("Caps Lock is on."))
        elif unicodedata.name(letter, "").startswith("CYRILLIC"):
            self._hint.setText(tr.text("You are typing Cyrillic letters."))
        else:
            self._hint.setText(tr.text("You are typing Latin letters."))
