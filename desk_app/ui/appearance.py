"""Language, theme and text size of the whole window, changed while it runs."""

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from desk_app.domain.vocabulary import SHIPPED, OwnChoices
from desk_app.i18n.languages import Language, by_code
from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icons
from desk_app.ui.look import Look
from desk_app.ui.qt_words import QtWords
from desk_app.ui.remembered import Remembered
from desk_app.ui.style_sheet import style_sheet
from desk_app.ui.theme import TEXT_SIZES, Theme

MakeTranslator = Callable[[Language], Translator]


class Appearance(QObject):
    """Holds the current `look`, dresses the application in it, remembers each choice.

    `changed` is emitted after the application wears the new look: windows build themselves again from `look`.
    """

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        icons: Path,
        remembered: Remembered,
        language: str,
        make_translator: MakeTranslator = Translator,
    ) -> None:
        super().__init__()
        self._application = application
        self._folder = icons
        self._remembered = remembered
        self._make_translator = make_translator
        self._qt_words: QtWords | None = None
        self._dressed: Theme | None = None
        size = remembered.text_size if remembered.text_size in TEXT_SIZES else TEXT_SIZES[0]
        self._wear(make_translator(by_code(language)), Theme(self._is_dark(remembered.dark), size))

    @property
    def look(self) -> Look:
        """What new widgets are made with."""
        return self._look

    def choose_language(self, code: str) -> None:
        """Speak another language. Raises LookupError for an unknown code."""
        if code != self._look.tr.language.code:
            self._remembered.language = code
            self._change(self._make_translator(by_code(code)).knowing(self._look.tr.own), self._look.theme)

    def read_again(self) -> None:
        """Speak the same language in the words it has now: some were corrected."""
        tr = self._look.tr
        self._change(self._make_translator(tr.language).knowing(tr.own), self._look.theme)

    def learn(self, own: OwnChoices) -> None:
        """Speak of the choices that the opened vault adds and leaves out."""
        if own != self._look.tr.own:
            self._change(self._look.tr.knowing(own), self._look.theme)

    def forget(self) -> None:
        """Know no vault's choices any more: its window is gone, so nobody is told."""
        if self._look.tr.own != SHIPPED:
            self._wear(self._look.tr.knowing(SHIPPED), self._look.theme)

    @property
    def dark(self) -> bool | None:
        """Which theme the person chose; None for the system's."""
        return self._remembered.dark

    def choose_dark(self, dark: bool | None) -> None:
        """Turn to the dark or the light theme, or with None to the one the system has."""
        self._remembered.dark = dark
        worn = self._is_dark(dark)
        if worn != self._look.theme.dark:
            self._change(self._look.tr, Theme(worn, self._look.theme.text_size))

    def choose_text_size(self, per_cent: int) -> None:
        """Write larger or smaller: one of `TEXT_SIZES`."""
        if per_cent != self._look.theme.text_size:
            self._remembered.text_size = per_cent
            self._change(self._look.tr, Theme(self._look.theme.dark, per_cent))

    def undress(self) -> None:
        """Take our words for Qt's strings back: the application ends."""
        if self._qt_words is not None:
            self._application.removeTranslator(self._qt_words)
            # Freed now: a translator that the garbage collector frees while Qt asks another one locks Qt up for good.
            shiboken6.delete(self._qt_words)
            self._qt_words = None

    def _is_dark(self, chosen: bool | None) -> bool:
        if chosen is None:
            return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return chosen

    def _change(self, tr: Translator, theme: Theme) -> None:
        self._wear(tr, theme)
        self.changed.emit()

    def _wear(self, tr: Translator, theme: Theme) -> None:
        self._look = Look(tr, theme, Icons(self._folder, theme))
        self.undress()
        self._qt_words = QtWords(tr, self)
        self._application.installTranslator(self._qt_words)
        if theme == self._dressed:  # To dress every widget again takes seconds; another language needs none of it.
            return
        self._dressed = theme
        self._application.setPalette(theme.palette())
        self._application.setFont(theme.font())
        self._application.setStyleSheet(style_sheet(theme, self._folder))
