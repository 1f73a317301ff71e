"""The private notes about a person, as a tab: everybody sees whose they are and when, their reader opens them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.ids import RecordId
from desk_app.domain.records.note import PROFESSION
from desk_app.i18n import formats
from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.person_tabs import ListTab
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.usecases import notes
from desk_app.usecases.notes import Noted

WRITE = "note"


class NotesTab(QWidget):
    """Shows a person's notes; `opened(note id)` for a row, `asked(WRITE)` for the button of who may write one."""

    opened = Signal(str)
    asked = Signal(str)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._look = look
        self._session = session
        self._client: RecordId | None = None
        self._noted: Sequence[Noted] = ()
        tr = look.tr
        lines = column(self, gap=0)
        act = tr.text("Write a private note") if session.professions else ""
        if act:
            lines.addWidget(self._head(act))
        empty = EmptyState(look, tr.text("No private note was written yet."), icon=Icon.LOCK)
        rows = RowList(look, tr.text("Private notes"))
        rows.opened.connect(self.opened)
        self.list = ListTab(look, rows, empty)
        lines.addWidget(self.list, 1)

    def show_client(self, client: RecordId) -> None:
        """Read this client's notes again."""
        self._client = client
        self._session.ask(lambda vault: (client, notes.of_client(vault, client)), self._show, owner=self)

    def noted(self, note: str) -> Noted | None:
        """One of the notes that are shown, or None."""
        return next((one for one in self._noted if one.record.id == note), None)

    def _head(self, words: str) -> QWidget:
        made = QWidget()
        line = row(made)
        line.setContentsMargins(12, Measure.INSIDE, Measure.INSIDE, 0)
        write = button(self._look, words, Icon.LOCK)
        write.clicked.connect(lambda: self.asked.emit(WRITE))
        line.addWidget(write)
        line.addStretch(1)
        return made

    def _show(self, answer: tuple[RecordId, Sequence[Noted]]) -> None:
        client, noted = answer
        if client == self._client:
            self._noted = noted
            self.list.show_rows([note_row(one, self._look.tr) for one in noted])


def note_row(noted: Noted, tr: Translator) -> Row:
    """One note: when, whose, and whether it opens."""
    on = noted.written_on
    lead = formats.partial_date(on) if formats.is_stored_date(on) else ""
    whose = tr.choice(PROFESSION, noted.profession)
    return Row(noted.record.id, whose, noted.author, lead, "" if noted.opens else tr.text("Sealed"), Icon.LOCK)
