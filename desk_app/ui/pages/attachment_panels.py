"""Adding, naming, copying out and removing scans and photos, in the side panel of a person."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desk_app.domain.ids import RecordId
from desk_app.domain.records.attachment import ATTACHMENT
from desk_app.storage.rows import Record
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.record_panel import RecordPanel, Task
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_file, choose_new_file
from desk_app.ui.widgets.panel import SidePanel
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import attachments, records

SHOWN = ("type", "title", "dated")
_PATTERNS = "*.jpg *.jpeg *.png *.tif *.tiff *.webp *.pdf"


class AttachmentPanels:
    """Opens the forms; `tasks` is the panel's own."""

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel, tasks: RecordPanel) -> None:
        self._around = around
        self._session = session
        self._panel = panel
        self._tasks = tasks

    def choose(self, client: RecordId) -> None:
        """Choose a file to add."""
        tr = self._around.look.tr
        kinds = tr.text("Scans and photos ({pattern})", pattern=_PATTERNS)
        path = choose_file(self._panel.window(), tr.text("Choose a scan or photo"), kinds)
        if path is not None:
            self.add(client, path)

    def add(self, client: RecordId, path: Path) -> None:
        """Ask what it is; the file itself stays where it is and is not changed."""
        tr = self._around.look.tr
        self._tasks.open(
            Task(
                title=tr.text("Add {file}", file=path.name),
                kind=ATTACHMENT,
                draft=f"attachment:{client}",
                save=lambda vault, values: attachments.add(vault, client, path, values),
                said=tr.text("Added and sealed. The file outside the program is still there."),
                only=SHOWN,
                start={"type": "paper"},
                undo=lambda vault, saved: records.remove(vault, saved.id),
            )
        )

    def edit(self, record: Record) -> None:
        """What it is called."""
        former = {name: record.values.get(name) for name in SHOWN}
        self._tasks.open(
            Task(
                title=record.text("title"),
                kind=ATTACHMENT,
                draft=f"edit_attachment:{record.id}",
                save=lambda vault, values: records.edit(vault, record.id, values),
                said=self._around.look.tr.text("Saved."),
                only=SHOWN,
                start=record.values,
                changes_only=True,
                undo=lambda vault, saved: records.edit(vault, saved.id, former),
            )
        )

    def save_copy(self, record: Record) -> None:
        """Say what a copy outside the vault means, then ask where."""
        look, tr = self._around.look, self._around.look.tr
        self._tasks.close()
        content = QWidget()
        lines = column(content, gap=Measure.BETWEEN)
        lines.addWidget(label(record.text("title")))
        warning = tr.text("The copy lies outside the vault: whoever has this computer or the stick can open it.")
        lines.addWidget(Banner(look, warning, can_close=False))
        lines.addWidget(muted(tr.text("It is written down that you saved it. Delete the copy when it is used.")))
        save = button(look, tr.text("Choose where to save it"), Icon.SAVE, Weight.MAIN)
        save.clicked.connect(lambda: self._save(record))
        leave = button(look, tr.text("Cancel"), weight=Weight.QUIET)
        leave.clicked.connect(self._panel.let_go)
        self._panel.hold(tr.text("Save a copy"), content, [save, leave])

    def remove(self, record: Record) -> None:
        """Hide it, with a way back."""
        tr = self._around.look.tr

        def removed(_saved: object) -> None:
            self._around.shell.say(tr.text("Removed."), take_back)

        def take_back() -> None:
            self._session.act(lambda vault: records.restore(vault, record.id), lambda _saved: None, ATTACHMENT.name)

        self._session.act(lambda vault: attachments.remove(vault, record.id), removed, ATTACHMENT.name)

    def _save(self, record: Record) -> None:
        tr = self._around.look.tr
        suffix = attachments.SUFFIXES.get(record.text("media"), "")
        kinds = tr.text("Scans and photos ({pattern})", pattern=f"*{suffix}")
        # A name that says nothing: the title may name somebody, and a folder shows it to whoever looks.
        path = choose_new_file(self._panel.window(), tr.text("Save a copy"), f"{record.id[-8:]}{suffix}", kinds)
        if path is None:
            return

        def saved(_nothing: object) -> None:
            self._panel.let_go()
            self._around.shell.say(tr.text("The copy was saved as {file}.", file=path.name))

        self._session.act(lambda vault: attachments.save_as(vault, record.id, path), saved, owner=self._panel)
