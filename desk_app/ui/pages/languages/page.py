"""The page of languages: a card a language, and what came of a catalogue that was taken back."""

from collections.abc import Sequence
from pathlib import Path

from desk_app.i18n import catalogue_words
from desk_app.i18n.catalogue.coverage import Coverage
from desk_app.i18n.catalogue.taking import Taken
from desk_app.i18n.languages import Language
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.languages.cards import LanguageCard, ResultCard
from desk_app.ui.pages.targets import SETTINGS
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import ScrollColumn, column, empty_layout
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_file, choose_new_file
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.text import label
from desk_app.usecases import catalogues


class LanguagesPage(Page):
    """Nothing of it is in a vault: corrected words belong to this computer."""

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._taken: Taken | None = None
        tr = self.look.tr
        self.take_button = button(self.look, tr.text("Take a catalogue back"), Icon.IMPORT, Weight.MAIN)
        self.take_button.clicked.connect(self._choose)
        head = PageHead(self.look, tr.text("Languages"), "", (self.take_button,), back=True)
        head.went_back.connect(self.back)
        self.body.addWidget(head)
        scroll = ScrollColumn(self.look, width=Measure.COLUMN)
        scroll.body.addWidget(
            label(
                tr.text(
                    "The words were translated with the help of machines. Whoever speaks a language well can correct "
                    "them: export its catalogue, correct it in Poedit, take it back here. Each sentence is checked."
                )
            )
        )
        self._result = column(gap=0)
        self._cards = column(gap=Measure.BETWEEN)
        scroll.body.addLayout(self._result)
        scroll.body.addLayout(self._cards)
        self.body.addWidget(scroll, 1)
        self.cards: dict[str, LanguageCard] = {}
        """By the code of the language."""

    def reload(self) -> None:
        """Count again."""
        self._session.ask(lambda _vault: catalogues.covered(), self._show, owner=self)

    def kept(self) -> object:
        """What came of the last catalogue."""
        return self._taken

    def take_back(self, kept: object) -> None:
        """Show it again, in other words."""
        if isinstance(kept, Taken):
            self._show_result(kept)

    def back(self) -> bool:
        """To the settings, from where it was opened."""
        self.around.shell.go(SETTINGS)
        return True

    def export(self, language: Language, path: Path) -> None:
        """Write a catalogue for its reader."""
        words = self.look.tr.text("The catalogue was exported.")
        self._session.ask(
            lambda _vault: catalogues.export(language, path), lambda _count: self.around.shell.say(words), owner=self
        )

    def take(self, path: Path) -> None:
        """Check a catalogue that came back; its good sentences are shown at once."""
        self._session.ask(lambda _vault: catalogues.take(path), self._took, owner=self)

    def put_back(self, language: Language) -> None:
        """Show the words that the program came with."""
        self._session.ask(lambda _vault: catalogues.put_back(language), lambda _none: self._read_again(), owner=self)

    # Inside

    def _choose(self) -> None:
        tr = self.look.tr
        path = choose_file(self, tr.text("Take a catalogue back"), self._kinds())
        if path is not None:
            self.take(path)

    def _choose_place(self, language: Language) -> None:
        title = self.look.tr.text("Export the catalogue")
        path = choose_new_file(self, title, f"roh-{language.code}{catalogues.ENDING}", self._kinds())
        if path is not None:
            self.export(language, path)

    def _kinds(self) -> str:
        return self.look.tr.text("Catalogues ({pattern})", pattern=f"*{catalogues.ENDING}")

    def _show(self, found: Sequence[Coverage]) -> None:
        empty_layout(self._cards)
        self.cards = {}
        for one in found:
            card = LanguageCard(self.look, one)
            card.export_asked.connect(self._choose_place)
            card.put_back_asked.connect(self.put_back)
            self.cards[one.language.code] = card
            self._cards.addWidget(card)

    def _took(self, taken: Taken) -> None:
        self._show_result(taken)
        self.around.shell.say(catalogue_words.result(taken, self.look.tr))
        if taken.changed:
            self._read_again()

    def _show_result(self, taken: Taken) -> None:
        self._taken = taken
        empty_layout(self._result)
        self._result.addWidget(ResultCard(self.look, taken))

    def _read_again(self) -> None:
        self.around.appearance.read_again()
