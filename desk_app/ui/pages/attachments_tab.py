"""The scans and photos of a person, as a tab: the list with where each file is, and the one that is open."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from desk_app.domain.ids import RecordId
from desk_app.domain.records.attachment import ATTACHMENT_KIND
from desk_app.i18n import formats
from desk_app.i18n.phrases import file_size
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.ui.errors import ErrorReport
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.person_tabs import ListTab
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import Weight, button, icon_button
from desk_app.ui.widgets.drop_area import DropArea
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.picture_view import PictureView
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.ui.widgets.text import label
from desk_app.usecases import attachments
from desk_app.usecases.attachments import Listed, Page, Place, Where

ATTACH = "attachment"


class AttachmentsTab(QStackedWidget):
    """`add_asked` for the button, `dropped(Path)` for a file let go here, `asked(word:id)` for an act on the open one:
    `save_attachment`, `edit_attachment`, `remove_attachment`.
    """

    add_asked = Signal()
    dropped = Signal(object)
    asked = Signal(str)

    def __init__(self, look: Look, session: Session, errors: ErrorReport) -> None:
        super().__init__()
        self._look, self._session, self._errors = look, session, errors
        self._client: RecordId | None = None
        self._listed: Sequence[Listed] = ()
        self._open: RecordId | None = None
        tr = look.tr
        rows = RowList(look, tr.text("Scans and photos"))
        rows.opened.connect(self.open)
        self.list = ListTab(look, rows, EmptyState(look, tr.text("No scan or photo was added yet."), icon=Icon.PAPER))
        self.view = PictureView(look)
        self.view.turned.connect(self._draw)
        self._title = label("", Text.SECTION)
        self.addWidget(self._listing())
        self.addWidget(self._viewer())

    def show_client(self, client: RecordId) -> None:
        """Read this client's attachments again; one that is open stays, if it is the same person's."""
        if client != self._client:
            self.close_open()
        self._client = client
        self._session.ask(lambda vault: (client, attachments.of_client(vault, client)), self._show, owner=self)

    def listed(self, record: str) -> Listed | None:
        """One of those that are shown, or None."""
        return next((one for one in self._listed if one.record.id == record), None)

    def open(self, record: str) -> None:
        """Show it inside the program."""
        found = self.listed(record)
        if found is None:
            return
        self._open = found.record.id
        self.view.clear()
        self._draw(0)

    def close_open(self) -> bool:
        """Back to the list; False when none was open."""
        was_open = self.currentIndex() == 1
        self._open = None
        self.view.clear()
        self.setCurrentIndex(0)
        return was_open

    # Inside

    def _listing(self) -> QWidget:
        made = QWidget()
        lines = column(made, gap=0)
        lines.addWidget(self.list, 1)
        tr = self._look.tr
        words = tr.text("Drop a scan or photo here: a JPEG, PNG, TIFF or WebP picture, or a PDF.")
        self.area = DropArea(self._look, words)
        self.area.dropped.connect(self._dropped)
        line = row()
        says = label(words, Text.CAPTION)
        self.add = button(self._look, tr.text("Add a file"), Icon.ADD, Weight.MAIN)
        self.add.clicked.connect(self.add_asked)
        line.addWidget(says, 1)
        line.addWidget(self.add)
        self.area.lines.addLayout(line)
        foot = column(margin=Measure.INSIDE)
        foot.addWidget(self.area)
        lines.addLayout(foot)
        return made

    def _viewer(self) -> QWidget:
        made = QWidget()
        lines = column(made, margin=Measure.INSIDE)
        tr = self._look.tr
        head = row()
        back = icon_button(self._look, Icon.BACK, tr.text("Back to the list"))
        back.clicked.connect(self.close_open)
        head.addWidget(back)
        head.addWidget(self._title, 1)
        lines.addLayout(head)
        ground = QWidget()
        flow = Flow(ground)
        self.buttons: dict[str, QPushButton] = {}
        for word, words, icon, weight in (
            ("save_attachment", tr.text("Save a copy"), Icon.SAVE, Weight.PLAIN),
            ("edit_attachment", tr.text("Edit"), Icon.EDIT, Weight.PLAIN),
            ("remove_attachment", tr.text("Remove"), Icon.DELETE, Weight.QUIET),
        ):
            act = button(self._look, words, icon, weight)
            act.clicked.connect(lambda _on=False, word=word: self.asked.emit(f"{word}:{self._open}"))
            flow.addWidget(act)
            self.buttons[word] = act
        lines.addWidget(ground)
        lines.addWidget(self.view, 1)
        return made

    def _dropped(self, paths: Sequence[Path]) -> None:
        if paths:
            self.dropped.emit(paths[0])

    def _show(self, answer: tuple[RecordId, Sequence[Listed]]) -> None:
        client, listed = answer
        if client != self._client:
            return
        self._listed = listed
        self.list.show_rows([attachment_row(one, self._look.tr) for one in listed])
        found = self.listed(self._open) if self._open else None
        if found is not None:
            self._title.setText(found.record.text("title"))
        elif self._open:
            self.close_open()

    def _draw(self, number: int) -> None:
        record = self._open
        if record is None:
            return

        def drawn(page: Page) -> None:
            found = self.listed(record)
            if record == self._open and found is not None:
                self._title.setText(found.record.text("title"))
                self.view.show_page(page.image, number, page.count)
                self.setCurrentIndex(1)
                self.view.setFocus()

        self._session.ask(
            lambda vault: attachments.page(vault, record, number), drawn, owner=self, on_error=self._errors.show
        )


def attachment_row(one: Listed, tr: Translator) -> Row:
    """One attachment: its date, what it is, how large, and where it is when it is not here."""
    record, size = one.record, one.record.values.get("size")
    parts = [tr.choice(ATTACHMENT_KIND, record.text("type")) if record.text("type") else ""]
    parts.append(file_size(size, tr) if isinstance(size, int) else "")
    on = record.text("dated")
    lead = formats.partial_date(on) if on and formats.is_stored_date(on) else ""
    here = one.place.where is Where.HERE
    tone = Tone.PLAIN if here else Tone.ATTENTION
    detail = " · ".join(part for part in parts if part)
    return Row(record.id, record.text("title"), detail, lead, place_words(one.place, tr), Icon.PAPER, tone)


def place_words(place: Place, tr: Translator) -> str:
    """Where a file is; empty when it is here."""
    match place.where:
        case Where.HERE:
            return ""
        case Where.COMING:
            came, size = file_size(place.came, tr), file_size(place.size, tr)
            return tr.text("On its way: {came} of {size}", came=came, size=size)
        case Where.ELSEWHERE:
            return tr.text("At the desk {desk}", desk=desk_name(place.desk, tr))
