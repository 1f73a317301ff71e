"""Keys that work whatever the keyboard layout: each is bound by its Latin letter and its place on a Cyrillic board."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desk_app.domain.vocabulary import N_

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбю"
CYRILLIC_PLACE = dict(zip(_LATIN.upper(), _CYRILLIC.upper(), strict=True))
"""Latin key -> the letter on the same key of the Russian board (the Tajik one keeps these places)."""


class Key(StrEnum):
    """The keys of the window, by their Latin name."""

    SEARCH = "Ctrl+K"
    FIND = "Ctrl+F"
    INTAKE = "Ctrl+N"
    SAVE = "Ctrl+S"
    SAVE_NEXT = "Ctrl+Enter"
    PRINT = "Ctrl+P"
    UNDO = "Ctrl+Z"
    LOCK = "Ctrl+L"
    HELP = "F1"
    BACK = "Esc"
    SAME = "S"
    DIFFERENT = "D"
    LATER = "L"


KEY_WORDS: tuple[tuple[str, str], ...] = (
    (Key.SEARCH, N_("Search for a person")),
    (Key.INTAKE, N_("Start an intake")),
    (Key.SAVE, N_("Save")),
    (Key.SAVE_NEXT, N_("Save and go to the next")),
    (Key.PRINT, N_("Print")),
    (Key.UNDO, N_("Undo")),
    (Key.LOCK, N_("Lock")),
    ("Alt+1 … Alt+9", N_("Open a page of the sidebar")),
    (Key.HELP, N_("Help on what is open")),
    (Key.FIND, N_("Search the handbook")),
    (Key.BACK, N_("Go back; what was typed stays")),
    (Key.SAME, N_("Duplicates: the same person")),
    (Key.DIFFERENT, N_("Duplicates: two different people")),
    (Key.LATER, N_("Duplicates: later")),
)
"""Keys and what they do, for the help page."""


def sequences(key: str) -> list[QKeySequence]:
    """The key as typed with a Latin and with a Cyrillic layout."""
    head, _, letter = key.rpartition("+")
    names = [key]
    if letter in CYRILLIC_PLACE:
        names.append(key.removesuffix(letter) + CYRILLIC_PLACE[letter])
    if letter == "Enter":
        names.append(f"{head}+Return")  # Qt calls the large one Return, the keypad's Enter.
    return [QKeySequence(name) for name in names]


def bind(
    widget: QWidget,
    key: str,
    act: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QShortcut:
    """Make a key do something while the widget's window (or by context, the widget) is active."""
    shortcut = QShortcut(widget)
    shortcut.setKeys(sequences(key))
    shortcut.setContext(context)
    # Some systems offer the Latin letter of a Cyrillic key too; both then match this one shortcut.
    shortcut.activated.connect(lambda: act())
    shortcut.activatedAmbiguously.connect(lambda: act())
    return shortcut
