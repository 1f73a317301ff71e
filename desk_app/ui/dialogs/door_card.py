"""What the cards at the door share that are filled in: trouble above, a main button, a way back, words of waiting."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from desk_app.ui.look import Look
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import Card, column, empty_layout, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.text import muted


class DoorCard(Card):
    """A card in the middle of the window before the window; `went_back` leads to the passphrase."""

    went_back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look
        self._trouble = column()
        self._waiting = muted("")
        self._main: QPushButton | None = None

    def wait(self, words: str) -> None:
        """It is under way; empty words when that is over."""
        self._waiting.setText(words)
        if self._main is not None:
            self._main.setEnabled(not words)

    def show_trouble(self, words: str) -> None:
        """Something that no field explains is in the way."""
        self.wait("")
        empty_layout(self._trouble)
        self._trouble.addWidget(Banner(self._look, words, can_close=False))

    def _add_actions(self, main: QPushButton, back_words: str) -> None:
        self._main = main
        back = button(self._look, back_words, weight=Weight.QUIET)
        back.clicked.connect(self.went_back)
        line = row()
        line.addWidget(main)
        line.addWidget(back)
        line.addWidget(self._waiting, 1)
        self.body.addLayout(line)
