"""The page of the programme: what a coordinator lays down for every desk besides the directory and the targets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.records.choice import CHOICE, WORDS
from desk_app.domain.records.declaration import Values
from desk_app.domain.records.letter_text import LETTER_TEXT
from desk_app.storage.vault import Vault
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.programme.choices_card import ChoicesCard
from desk_app.ui.pages.programme.read import LETTER_DRAFT, Seen, Written, read, written
from desk_app.ui.pages.programme.wording_card import WordingCard
from desk_app.ui.pages.programme.wording_editor import WordingEditor, only_read
from desk_app.ui.pages.record_panel import RecordPanel, Task
from desk_app.ui.pages.targets import SETTINGS
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import ScrollColumn, column
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.usecases import choices
from desk_app.usecases.records import Saved

if TYPE_CHECKING:
    from desk_app.documents.templates import Parts


@dataclass(frozen=True, slots=True)
class Kept:
    """What was opened on the page, and what was typed in the editor."""

    vocabulary: str
    draft: str
    language: str
    typed: Mapping[str, str] = field(default_factory=dict)


class ProgrammePage(Page):
    """Two cards; words of a choice are written in the panel, a wording in the whole page."""

    kinds = frozenset({CHOICE.name, LETTER_TEXT.name})

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._wanted: Kept | None = None
        look, tr = self.look, self.look.tr
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack)
        main = QWidget()
        lines = column(main, gap=0)
        head = PageHead(look, tr.text("Programme"), tr.text("What every desk has from the coordinator"), back=True)
        head.went_back.connect(lambda: around.shell.go(SETTINGS))
        lines.addWidget(head)
        scroll = ScrollColumn(look, width=Measure.COLUMN)
        with_panel = WithPanel(look, scroll, least=520)
        self.panel = with_panel.panel
        self.records = RecordPanel(around, session, self.panel)
        lines.addWidget(with_panel, 1)
        self._only_read = Banner(look, only_read(tr), Tone.PLAIN, can_close=False)
        self._only_read.hide()
        self.choices = ChoicesCard(look)
        self.choices.add_asked.connect(self.add_choice)
        self.choices.edit_asked.connect(self.edit_choice)
        self.choices.switch_asked.connect(self.switch)
        self.wordings = WordingCard(look, around.errors)
        self.wordings.opened.connect(self.open_wording)
        self.wordings.shipped_asked.connect(self.back_to_shipped)
        for card in (self._only_read, self.choices, self.wordings):
            scroll.body.addWidget(card)
        self._stack.addWidget(main)
        self.editor: WordingEditor | None = None

    def reload(self) -> None:
        """Read the lists and where the wordings stand."""
        self._session.ask(read, self._show, owner=self)

    def arrive(self, target: object) -> None:
        """The key of a draft opens what was being written."""
        if isinstance(target, str):
            kind, _, about = target.partition(":")
            if kind == LETTER_DRAFT:
                self.open_wording(about)
            elif kind == CHOICE.name:
                self._wanted = Kept(about.partition(":")[0], target, "")
                self.reload()

    def kept(self) -> object:
        """The list that is chosen and what is being written."""
        self.flush()
        listed, editor = self.choices.chosen, self.editor
        return Kept(
            listed.vocabulary.name if listed is not None else "",
            self.records.key,
            editor.written.language if editor is not None else "",
            editor.typed() if editor is not None else {},
        )

    def take_back(self, kept: object) -> None:
        """Open it again."""
        if isinstance(kept, Kept):
            self._wanted = kept
            if kept.language:
                self.open_wording(kept.language, kept.typed)

    def flush(self) -> None:
        """Keep the drafts of whatever is open."""
        self.records.flush()
        if self.editor is not None:
            self.editor.flush()

    def back(self) -> bool:
        """Close the panel or the editor; its draft stays."""
        if self.editor is not None:
            self._close_editor()
        elif not self.panel.isHidden():
            self.panel.put_away()
        else:
            return False
        return True

    # Choices

    def add_choice(self) -> None:
        """Write the words of a new choice of the list that is shown."""
        listed, tr = self.choices.chosen, self.look.tr
        if listed is None:
            return
        vocabulary = listed.vocabulary.name

        def save(vault: Vault, values: Values) -> Saved:
            return choices.add(vault, vocabulary, values)

        self.records.open(
            Task(
                tr.text("New choice"),
                CHOICE,
                f"{CHOICE.name}:{vocabulary}",
                save,
                tr.text("The choice was added. It goes to the desks with the next bundles."),
                only=tuple(WORDS),
                undo=lambda vault, saved: choices.remove(vault, vocabulary, saved.number),
            )
        )

    def edit_choice(self, code: str) -> None:
        """Write other words for a choice."""
        listed = self.choices.chosen
        if listed is not None:
            vocabulary = listed.vocabulary.name
            self._session.ask(
                lambda vault: choices.texts(vault, vocabulary, code),
                lambda former: self._edit_choice(vocabulary, code, former),
                owner=self,
            )

    def switch(self, code: str, off: bool) -> None:
        """Offer a choice in forms, or do not."""
        listed, tr, shell, session = self.choices.chosen, self.look.tr, self.around.shell, self._session
        if listed is None:
            return
        vocabulary = listed.vocabulary.name
        words = tr.choice(listed.vocabulary, code)
        said = tr.text("Switched off: {words}", words=words) if off else tr.text("Switched on: {words}", words=words)

        def put_back() -> None:
            session.act(
                lambda vault: choices.switch(vault, vocabulary, code, off=not off), lambda _saved: None, CHOICE.name
            )

        session.act(
            lambda vault: choices.switch(vault, vocabulary, code, off=off),
            lambda _saved: shell.say(said, put_back),
            CHOICE.name,
        )

    def _edit_choice(self, vocabulary: str, code: str, former: Mapping[str, str]) -> None:
        tr = self.look.tr

        def save(vault: Vault, values: Values) -> Saved:
            return choices.reword(vault, vocabulary, code, values)

        def undo(vault: Vault, _saved: Saved) -> Saved:
            return choices.reword(vault, vocabulary, code, former)

        self.records.open(
            Task(
                tr.text("Words of the choice"),
                CHOICE,
                f"{CHOICE.name}:{vocabulary}:{code}",
                save,
                tr.text("Saved. It goes to the other desks with the next bundles."),
                only=tuple(WORDS),
                start=former,
                changes_only=True,
                undo=undo,
            )
        )

    # Wordings

    def open_wording(self, language: str, typed: Mapping[str, str] | None = None) -> None:
        """Look at a wording, or change it."""
        self._session.ask(
            lambda vault: written(vault, language), lambda found: self._open_editor(found, typed or {}), owner=self
        )

    def back_to_shipped(self, language: str) -> None:
        """Let letters have the program's wording again."""
        tr, shell, session = self.look.tr, self.around.shell, self._session

        def action(vault: Vault) -> str:
            from desk_app.usecases import letter_texts  # the paper engine is the worker's to load

            former = letter_texts.wording(vault, language)
            letter_texts.save(vault, language, "")
            return former

        def done(former: str) -> None:
            said = tr.text("Letters have the program's wording again.")
            shell.say(said, lambda: _lay_down(session, language, former))

        session.act(action, done, LETTER_TEXT.name)

    # Inside

    def _show(self, seen: Seen) -> None:
        wanted, self._wanted = self._wanted, None
        self._only_read.setVisible(not seen.may_change)
        self.choices.show_lists(seen.lists, seen.may_change)
        self.wordings.show_standings(seen.standings, seen.may_change)
        if wanted is not None:
            self.choices.choose(wanted.vocabulary)
            if wanted.draft and seen.may_change:
                code = wanted.draft.split(":")[2:]
                self.edit_choice(code[0]) if code else self.add_choice()

    def _open_editor(self, found: Written, typed: Mapping[str, str]) -> None:
        self._drop_editor()
        editor = WordingEditor(self.around, self._session, found)
        editor.set_typed(typed)
        editor.left.connect(self._close_editor)
        editor.saved.connect(self._wording_saved)
        self.editor = editor
        self._stack.addWidget(editor)
        self._stack.setCurrentWidget(editor)
        QTimer.singleShot(0, editor.example, editor.example.draw)  # Its width decides how finely it is drawn.

    def _wording_saved(self, language: str, former: "Parts") -> None:
        tr, shell, session = self.look.tr, self.around.shell, self._session
        self._drop_editor()

        def action(vault: Vault) -> None:
            from desk_app.usecases import letter_texts

            letter_texts.save_parts(vault, language, former)

        said = tr.text("The wording was saved. It goes to the desks with the next bundles.")
        shell.say(said, lambda: session.act(action, lambda _none: None, LETTER_TEXT.name))

    def _close_editor(self) -> None:
        self.flush()
        self._drop_editor()

    def _drop_editor(self) -> None:
        if self.editor is not None:
            self._stack.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None


def _lay_down(session: Session, language: str, wording: str) -> None:
    def action(vault: Vault) -> None:
        from desk_app.usecases import letter_texts

        letter_texts.save(vault, language, wording)

    session.act(action, lambda _none: None, LETTER_TEXT.name)
