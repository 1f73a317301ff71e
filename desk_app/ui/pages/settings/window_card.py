"""How the window looks: language, theme, size of the text."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_app.i18n import formats
from desk_app.i18n.languages import LANGUAGES
from desk_app.ui.appearance import Appearance
from desk_app.ui.look import Look
from desk_app.ui.theme import TEXT_SIZES, Text
from desk_app.ui.widgets.boxes import Card, column
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.text import label

LIGHT, DARK, SYSTEM = "light", "dark", "system"
_DARK = {LIGHT: False, DARK: True, SYSTEM: None}

# Later, for the whole window is made again by each choice.
_LATER = Qt.ConnectionType.QueuedConnection


class WindowCard(Card):
    """Each choice takes effect at once and is remembered on this computer."""

    def __init__(self, look: Look, appearance: Appearance) -> None:
        super().__init__(look, look.tr.text("The window"))
        self._look = look
        self._appearance = appearance
        tr = look.tr
        self.languages = FilterBar(look, tr.text("Language"), [Filter(one.code, one.own_name) for one in LANGUAGES])
        self.languages.choose(tr.language.code)
        self.languages.chosen.connect(self._language, _LATER)
        self._add(tr.text("Language"), self.languages)
        themes = [
            Filter(LIGHT, tr.text("Light")),
            Filter(DARK, tr.text("Dark")),
            Filter(SYSTEM, tr.text("As the system has it")),
        ]
        self.themes = FilterBar(look, tr.text("Theme"), themes)
        self.themes.choose(next(code for code, dark in _DARK.items() if dark is appearance.dark))
        self.themes.chosen.connect(self._theme, _LATER)
        self._add(tr.text("Theme"), self.themes)
        sizes = [Filter(str(size), formats.percent(Decimal(size) / 100, tr.language)) for size in TEXT_SIZES]
        self.sizes = FilterBar(look, tr.text("Size of the text"), sizes)
        self.sizes.choose(str(look.theme.text_size))
        self.sizes.chosen.connect(self._size, _LATER)
        self._add(tr.text("Size of the text"), self.sizes)

    def _add(self, words: str, choices: QWidget) -> None:
        pair = column(gap=4)
        name = label(words, Text.CAPTION)
        name.setProperty("look", "label")
        pair.addWidget(name)
        pair.addWidget(choices)
        self.body.addLayout(pair)
        self.body.addSpacing(4)

    def _language(self, codes: frozenset[str]) -> None:
        self._appearance.choose_language(next(iter(codes)))

    def _theme(self, codes: frozenset[str]) -> None:
        self._appearance.choose_dark(_DARK[next(iter(codes))])

    def _size(self, codes: frozenset[str]) -> None:
        self._appearance.choose_text_size(int(next(iter(codes))))
