"""Reading, writing and correcting private notes in the side panel of a person."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.domain.clock import today
from desk_app.domain.errors import NoteSealed
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import FieldValue, Values
from desk_app.domain.records.note import NOTE, PROFESSION
from desk_app.i18n import formats, labels
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.record_panel import RecordPanel, Task
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.panel import SidePanel
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import notes, records
from desk_app.usecases.notes import Noted
from desk_app.usecases.records import Saved

CORRECT = "correct_note"
T = TypeVar("T")


class NotePanels:
    """Opens a note's text for whoever holds its key, and the forms; `tasks` is the panel's own."""

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel, tasks: RecordPanel) -> None:
        self._around = around
        self._session = session
        self._panel = panel
        self._tasks = tasks
        self._wanted = ""

    def read(self, noted: Noted) -> None:
        """Show the text, or who can open it."""
        self._tasks.close()
        if not noted.opens:
            self._hold(noted, muted(self._around.errors.words(NoteSealed(noted.profession))))
            return

        self._ask(
            noted.record.id,
            lambda text: self._show(noted, text),
            lambda error: self._hold(noted, muted(self._around.errors.words(error))),
        )

    def write(self, client: RecordId, key: str) -> None:
        """Open the form for a new note; nothing for a user without such a profession."""
        professions, tr = self._session.professions, self._around.look.tr
        if not professions:
            return
        fixed: dict[str, FieldValue] = {}
        if len(professions) == 1:
            fixed["profession"] = str(next(iter(professions)))
        self._tasks.open(
            Task(
                title=tr.text("New private note"),
                kind=NOTE,
                draft=key,
                save=lambda vault, values: notes.write(vault, client, values),
                said=tr.text("Saved and sealed."),
                only=("profession", "text", "written_on"),
                without=tuple(fixed),
                fixed=fixed,
                start={"written_on": today(self._session.now()).isoformat()},
                undo=lambda vault, saved: records.remove(vault, saved.id),
                repeats=True,
            )
        )

    def correct(self, note: RecordId, key: str) -> None:
        """Open the form with the note's text."""
        self._ask(note, self._form_of(note, key), self._around.errors.show)

    def forget(self) -> None:
        """Something else is opened: a text that is still being read is not shown any more."""
        self._wanted = ""

    def _ask(self, note: RecordId, then: Callable[[str], None], refused: Callable[[BaseException], None]) -> None:
        self._wanted = note

        def still(do: Callable[[T], None]) -> Callable[[T], None]:
            return lambda answer: do(answer) if self._wanted == note else None

        self._session.ask(
            lambda vault: notes.read(vault, note), still(then), owner=self._panel, on_error=still(refused)
        )

    def _form_of(self, note: RecordId, key: str) -> Callable[[str], None]:
        tr = self._around.look.tr

        def save(vault: Vault, values: Values) -> Saved:
            return notes.correct(vault, note, str(values.get("text") or ""))

        def show(text: str) -> None:
            self._tasks.open(
                Task(
                    title=tr.text("Correct the private note"),
                    kind=NOTE,
                    draft=key,
                    save=save,
                    said=tr.text("Corrected. The former words stay in the history."),
                    only=("text",),
                    start={"text": text},
                    changes_only=True,
                    undo=lambda vault, saved: records.remove(vault, saved.id),
                )
            )

        return show

    def _show(self, noted: Noted, text: str) -> None:
        correct = button(self._around.look, self._around.look.tr.text("Correct"), Icon.EDIT)
        note = noted.record.id
        correct.clicked.connect(lambda: self.correct(note, f"{CORRECT}:{note}"))
        words = label(text)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hold(noted, words, correct)

    def _hold(self, noted: Noted, words: QWidget, *actions: QPushButton) -> None:
        title = labels.kind(NOTE, self._around.look.tr)
        self._panel.hold(title, _Note(self._around.look, noted, words), actions)


class _Note(QWidget):
    """Whose note it is, above its text."""

    def __init__(self, look: Look, noted: Noted, words: QWidget) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        lines = column(self, gap=Measure.BETWEEN)
        on = noted.written_on
        day = formats.partial_date(on) if formats.is_stored_date(on) else ""
        known = (day, look.tr.choice(PROFESSION, noted.profession), noted.author)
        lines.addWidget(label(" · ".join(part for part in known if part), Text.CAPTION))
        lines.addWidget(words)
        lines.addStretch(1)
