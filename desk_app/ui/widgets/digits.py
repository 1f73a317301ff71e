"""Digits that two people read to each other by phone."""

from PySide6.QtCore import Qt

from desk_app.ui.look import Look
from desk_app.ui.theme import Text
from desk_app.ui.widgets.boxes import Card
from desk_app.ui.widgets.text import label


def digits_card(look: Look, digits: str, kind: Text) -> Card:
    """Digits to read aloud, each a word for a screen reader."""
    made = Card(look)
    words = label(digits, kind, wrap=False)
    words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    words.setAccessibleName(spoken(digits))
    made.body.addWidget(words)
    return made


def spoken(digits: str) -> str:
    """Digits for a screen reader, one by one."""
    return " ".join(sign for sign in digits if sign.isdigit())
