"""Letters that few keyboards here have: a strip of buttons above names, Ctrl and a letter in every line of text."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desk_app.ui.look import Look
from desk_app.ui.shortcuts import CYRILLIC_PLACE
from desk_app.ui.widgets.boxes import row
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.remark import Remark

LETTERS: Sequence[tuple[str, str]] = (
    ("ғ", "G"),
    ("ӣ", "I"),
    ("қ", "Q"),
    ("ӯ", "U"),
    ("ҳ", "H"),
    ("ҷ", "J"),
    ("ў", "O"),
    ("ʻ", "'"),
)
"""Letter and the key that writes it with Ctrl: the Latin letter it is written with, none of the window's own keys."""

_BY_KEY = {ord(key): letter for letter, key in LETTERS} | {ord(CYRILLIC_PLACE[key]): letter for letter, key in LETTERS}


class LetterField(LineField):
    """One line that takes the strip's letters and Ctrl+letter."""

    def __init__(self, look: Look, limit: int = 300) -> None:
        super().__init__(look, limit)
        self.line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+letter, before any shortcut of the window can take it."""
        if isinstance(event, QKeyEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            letter = _BY_KEY.get(event.key())
            if letter and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if letter and event.type() == QEvent.Type.KeyPress:
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                write(self.line, letter.upper() if shift else letter)
                return True
        return False


class NameField(LetterField):
    """A name. Letters that only look like those of the word's alphabet are replaced on leaving, and it says so."""

    def __init__(self, look: Look, limit: int = 300) -> None:
        super().__init__(look, limit)
        self._mended = ""

    def tidy(self) -> None:
        # What compares names is large and not needed before the first name is typed.
        from desk_app.domain.names import clean

        typed, mended = self.typed(), clean(self.typed())
        if mended == typed:
            return
        if mended.split() != typed.split():  # Else only spaces went.
            self._mended = mended
        self.set_typed(mended)
        self.edited.emit()

    def remark(self) -> Remark | None:
        is_mended = bool(self._mended) and self._mended == self.typed()
        mended = Remark(self.look.tr.text("Letters that only looked right were replaced.")) if is_mended else None
        return super().remark() or mended


def write(line: QLineEdit, letter: str) -> None:
    """Write a letter where the cursor is; large at the start of a name and inside capitals."""
    before = line.text()[: line.selectionStart() if line.hasSelectedText() else line.cursorPosition()]
    word = before.replace("-", " ").rsplit(" ", 1)[-1]
    large = not word or (len(word) > 1 and word.isupper())
    line.insert(letter.upper() if large else letter)


class LettersStrip(QWidget):
    """Buttons for the letters; they write into whichever of its fields was used last."""

    def __init__(self, look: Look, fields: Sequence[LetterField]) -> None:
        super().__init__()
        self._line = fields[0].line
        self._lines = [field.line for field in fields]
        for line in self._lines:
            line.installEventFilter(self)
        boxes = row(self, gap=4)
        for letter, key in LETTERS:
            made = QPushButton(letter)
            made.setProperty("weight", "letter")
            # The keyboard has Ctrl+letter; Tab goes from name to name.
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setAutoDefault(False)
            made.setAccessibleName(look.tr.text("Letter {letter}", letter=letter))
            made.setToolTip(f"Ctrl+{key}")
            made.clicked.connect(lambda _on=False, letter=letter: self._write(letter))
            boxes.addWidget(made)
        boxes.addStretch(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember the field that has the keyboard."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            self._line = watched
        return False

    def _write(self, letter: str) -> None:
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.deselect()
        write(self._line, letter)
