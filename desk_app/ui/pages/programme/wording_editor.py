"""Writing the wording of letters: its parts as fields at the left, the letter itself at the right."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desk_app.domain.errors import LetterTemplateBroken
from desk_app.i18n.languages import by_code
from desk_app.i18n.translator import Translator
from desk_app.storage.vault import Vault
from desk_app.ui.changes import DRAFT
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.draft_keeper import DraftKeeper
from desk_app.ui.pages.programme.live_example import LiveExample
from desk_app.ui.pages.programme.part_words import FILLED, PARTS, SECTIONS
from desk_app.ui.pages.programme.read import LETTER_DRAFT, Drawn, Written, part_trouble
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import ScrollColumn, column, row, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.field import FieldInput, FieldRow
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.letter_preview import LetterPreview
from desk_app.ui.widgets.lines import LineField, LongTextField
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import drafts

if TYPE_CHECKING:
    from desk_app.documents.templates import Parts

LONGEST = 2000
"""Characters of one part."""


class WordingEditor(QWidget):
    """One language's wording. `left` goes back to the programme, `saved(language, former)` after Save."""

    left = Signal()
    saved = Signal(str, object)

    def __init__(self, around: Surroundings, session: Session, written: Written) -> None:
        super().__init__()
        self._around, self._session, self._look = around, session, around.look
        self.written = written
        self.rows: dict[str, FieldRow] = {}
        self._last: QWidget | None = None
        self._side: QWidget | None = None
        self._saving = False
        self.preview = LetterPreview(self._look)
        self.keeper = DraftKeeper(session, f"{LETTER_DRAFT}:{written.language}", self.typed, self)
        self._lay_out()
        self.set_typed({place: "\n".join(lines) for place, lines in written.parts.items()})
        self.set_typed(written.draft)
        self.example = LiveExample(session, around.errors, self.preview, self._wanted)
        self.example.drawn.connect(self._drawn)
        bind(self, Key.SAVE, self.save)

    def typed(self) -> dict[str, str]:
        """Everything that was typed, where it differs from what is laid down."""
        now = {place: one.field.typed() for place, one in self.rows.items()}
        return {place: words for place, words in now.items() if words != "\n".join(self.written.parts[place])}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put back what was typed."""
        for place, words in typed.items():
            if place in self.rows:
                self.rows[place].field.set_typed(words)

    @property
    def parts(self) -> "Parts":
        """What stands in the fields, or is laid down where there are none."""
        if not self.rows:
            return self.written.parts
        return {place: tuple(one.field.typed().split("\n")) for place, one in self.rows.items()}

    def flush(self) -> None:
        """Keep the draft now if one waits."""
        self.keeper.flush()

    def save(self) -> None:
        """Lay down what stands in the fields; what is wrong is said beside it and nothing is written."""
        if self._saving or not self.written.may_change:
            return
        self._saving = True
        self.keeper.stop()
        language, parts, key = self.written.language, self.parts, self.keeper.key

        def action(vault: Vault) -> None:
            from desk_app.usecases import letter_texts  # the paper engine is the worker's to load

            letter_texts.save_parts(vault, language, parts)
            drafts.drop(vault, key)

        def done(_none: None) -> None:
            self._saving = False
            self.saved.emit(language, self.written.parts)

        self._session.act(action, done, LETTER_DRAFT, DRAFT, owner=self, on_error=self._refused)

    def insert(self, placeholder: str) -> None:
        """Put a placeholder where the cursor was last."""
        words = f"{{{{ {placeholder} }}}}"
        if isinstance(self._last, QLineEdit):
            self._last.insert(words)
            self._edited()
        elif isinstance(self._last, QPlainTextEdit):
            self._last.insertPlainText(words)
        if self._last is not None:
            self._last.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember where the cursor was."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._last = watched
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The fields have a little more room than a panel, and never more than half."""
        super().resizeEvent(event)
        if self._side is not None:
            self._side.setFixedWidth(min(self._look.theme.width(Measure.PANEL) + 2 * Measure.EDGE, self.width() // 2))

    # Inside

    def _refused(self, error: BaseException) -> None:
        self._saving = False
        if isinstance(error, LetterTemplateBroken) and error.place in self.rows:
            wrong = self.rows[error.place]
            wrong.show_error(part_trouble(error, self._around.errors, self._look.tr))
            wrong.field.setFocus()
        else:
            self._around.errors.show(error)

    def _edited(self) -> None:
        self.keeper.touch()
        self.example.touch()

    def _wanted(self) -> "tuple[str, Parts, float]":
        return self.written.language, self.parts, self.preview.dots_per_inch

    def _drawn(self, drawn: Drawn) -> None:
        tr, errors = self._look.tr, self._around.errors
        for place, one in self.rows.items():
            trouble = drawn.troubles.get(place)
            one.show_error(part_trouble(trouble, errors, tr) if trouble is not None else "")
        if drawn.troubles:
            names = ", ".join(tr.text(PARTS[place]) for place in PARTS if place in drawn.troubles)
            self.preview.show_words(tr.text("The letter appears here again once this is mended: {parts}.", parts=names))
        else:
            self.preview.show_pages(drawn.pages)

    def _lay_out(self) -> None:
        look, tr = self._look, self._look.tr
        lines = column(self, gap=0)
        title = tr.text("Letter wording: {language}", language=by_code(self.written.language).own_name)
        actions: list[QWidget] = []
        if self.written.may_change:
            back = button(look, tr.text("Fill in the program's wording"), Icon.UNDO)
            back.clicked.connect(self._fill_shipped)
            save = button(look, tr.text("Save"), Icon.SAVE, Weight.MAIN, Key.SAVE)
            save.clicked.connect(self.save)
            actions = [back, save]
        head = PageHead(look, title, actions=actions, back=True)
        head.went_back.connect(self.left)
        lines.addWidget(head)
        beside = row(gap=0)
        if self.written.may_change:
            self._side = self._fields()
            beside.addWidget(self._side)
            beside.addWidget(rule(upright=True))
        else:
            above = row()
            above.setContentsMargins(Measure.EDGE, Measure.BETWEEN, Measure.EDGE, 0)
            above.addWidget(Banner(look, only_read(tr), Tone.PLAIN, can_close=False))
            lines.addLayout(above)
        beside.addWidget(self.preview, 1)
        lines.addLayout(beside, 1)

    def _fields(self) -> QWidget:
        """What can be put in stands above the fields, wherever these are scrolled to."""
        made = QWidget()
        lines = column(made, gap=0)
        above = column(gap=Measure.INSIDE)
        above.setContentsMargins(Measure.EDGE, Measure.BETWEEN, Measure.EDGE, Measure.INSIDE)
        above.addWidget(self._placeholders())
        lines.addLayout(above)
        lines.addWidget(rule())
        scroll = ScrollColumn(self._look, margin=Measure.EDGE)
        self._fill(scroll.body)
        lines.addWidget(scroll, 1)
        return made

    def _placeholders(self) -> QPushButton:
        tr = self._look.tr
        made = button(self._look, tr.text("Put in a detail"), Icon.ADD)
        menu = QMenu(made)
        for placeholder, msgid in FILLED.items():
            action = menu.addAction(f"{tr.text(msgid)}    {{{{ {placeholder} }}}}")
            action.triggered.connect(lambda _on=False, placeholder=placeholder: self.insert(placeholder))
        made.setMenu(menu)
        return made

    def _fill(self, body: QVBoxLayout) -> None:
        tr = self._look.tr
        body.addWidget(
            muted(
                tr.text(
                    "Each letter fills what stands between braces with its own details. What stands between {start} "
                    "and {end} is printed only where that detail is known. A line left empty is not printed.",
                    start="{% if … %}",
                    end="{% endif %}",
                )
            )
        )
        section = ""
        for place, msgid in PARTS.items():
            if place.partition(".")[0] != section:
                section = place.partition(".")[0]
                body.addWidget(label(tr.text(SECTIONS[section]), Text.SECTION))
            body.addWidget(self._row(place, msgid))

    def _row(self, place: str, msgid: str) -> FieldRow:
        long = len(self.written.shipped[place]) > 1
        field: FieldInput = LongTextField(self._look, LONGEST) if long else LineField(self._look, LONGEST)
        field.edited.connect(self._edited)
        field.target().installEventFilter(self)
        help_words = self._look.tr.text("Each line here is a paragraph of its own.") if long else ""
        made = FieldRow(self._look, self._look.tr.text(msgid), field, help_words)
        self.rows[place] = made
        return made

    def _fill_shipped(self) -> None:
        self.set_typed({place: "\n".join(lines) for place, lines in self.written.shipped.items()})
        self._edited()


def only_read(tr: Translator) -> str:
    """Why nothing can be changed here, and whom to ask."""
    return tr.text("Only whoever leads the programme can change this. Ask the coordinator for what you need.")
