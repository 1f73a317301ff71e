"""Backups: the last one in words, one made now, the second folder, the way to restoring."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_app.domain.clock import today
from desk_app.domain.vocabulary import N_
from desk_app.i18n.translator import Translator
from desk_app.storage.vault import Vault
from desk_app.ui.background import Job
from desk_app.ui.changes import BACKUP, RESTORING
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.session import Session
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.boxes import Card, column, empty_layout, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_folder
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.text import label, muted, picture
from desk_app.usecases import backups
from desk_app.usecases.backups import Daily, Made, Standing

MAKING = N_("Making the backup, {done} of {total} percent")


class BackupCard(Card):
    """Reads and acts by itself; it needs nothing of the page."""

    def __init__(self, around: Surroundings, session: Session) -> None:
        tr = around.look.tr
        super().__init__(around.look, tr.text("Backups"))
        self._around, self._session = around, session
        words = tr.text(
            "A backup is made every day and opened again before it counts. It is sealed like the desk itself."
        )
        self.body.addWidget(muted(words))
        self._facts = column()
        self.body.addLayout(self._facts)
        ground = QWidget()
        line = Flow(ground)
        self.make_button = button(around.look, tr.text("Back up now"), Icon.SAVE)
        self.make_button.clicked.connect(lambda: self.back_up())
        self.elsewhere_button = button(around.look, tr.text("Back up to a stick"), Icon.USB)
        self.elsewhere_button.clicked.connect(self._choose_stick)
        self.restore_button = button(around.look, tr.text("Restore a backup"), Icon.HISTORY)
        self.restore_button.clicked.connect(lambda: around.changes.tell(RESTORING))
        for made in (self.make_button, self.elsewhere_button, self.restore_button):
            line.addWidget(made)
        self.body.addWidget(ground)
        self.body.addWidget(label(tr.text("Second folder"), Text.STRONG))
        self.body.addWidget(
            muted(tr.text("A folder on another disk or a stick gets a copy of each, with attachments."))
        )
        self._focus_second = False
        self._second = column()
        self.body.addLayout(self._second)
        around.changes.changed.connect(self._changed)
        self.reload()

    def reload(self) -> None:
        """Ask again where the backups stand."""
        self._session.ask(backups.standing, self._show, owner=self)

    def back_up(self, target: Path | None = None) -> None:
        """Make a backup now: at a place, or in the vault's own folder and in the second one."""
        self.make_button.setEnabled(False)

        def action(vault: Vault, job: Job) -> Made | None:
            if target is not None:
                return backups.back_up(vault, target, reporting(job))
            done = backups.daily(vault, reporting(job), once_more=True)
            if done.trouble is not None:
                raise done.trouble
            return done.made

        def ended() -> None:
            self.make_button.setEnabled(True)
            self.reload()

        def made(done: Made | None) -> None:
            if done is not None:
                self._around.shell.say(self._around.look.tr.text("Backup made: {file}", file=done.file.name))
            ended()

        def failed(error: BaseException) -> None:
            self._around.errors.show(error)
            ended()

        self._around.shell.work(
            self._around.look.tr.text("Making the backup"),
            self._session.work(action),
            made,
            owner=self,
            on_error=failed,
        )

    def choose(self, folder: Path | None) -> None:
        """Keep another second folder, or none; a new one gets its first backup at once."""

        def chosen(_none: None) -> None:
            self._focus_second = True
            self.reload()
            if folder is not None:
                self._fill_second()

        self._session.ask(lambda vault: backups.choose_second_folder(vault, folder), chosen, owner=self)

    # Inside

    def _fill_second(self) -> None:
        def made(done: Daily) -> None:
            if done.trouble is not None:
                self._around.errors.show(done.trouble)
            self.reload()

        self._around.shell.work(
            self._around.look.tr.text("Making the backup"),
            self._session.work(lambda vault, job: backups.daily(vault, reporting(job))),
            made,
            owner=self,
        )

    def _changed(self, kinds: frozenset[str]) -> None:
        if BACKUP in kinds:
            self.reload()

    def _choose_stick(self) -> None:
        folder = choose_folder(self, self._around.look.tr.text("Choose the stick or folder for the backup"))
        if folder is not None:
            self.back_up(folder)

    def _choose_second(self) -> None:
        folder = choose_folder(self, self._around.look.tr.text("Choose the second folder for backups"))
        if folder is not None:
            self.choose(folder)

    def _show(self, found: Standing) -> None:
        look, tr = self._around.look, self._around.look.tr
        empty_layout(self._facts)
        line = row()
        if found.last is None:
            words = tr.text("No backup has been made yet.")
        else:
            words = tr.text("The last good backup is of {day}.", day=today(found.last))
        tone, icon = (Tone.ATTENTION, Icon.NOTICE) if found.overdue else (Tone.DONE, Icon.DONE)
        line.addWidget(picture(look, icon, tone.ink))
        line.addWidget(label(words, tone=tone), 1)
        self._facts.addLayout(line)
        self._show_second(found)

    def _show_second(self, found: Standing) -> None:
        look, tr = self._around.look, self._around.look.tr
        empty_layout(self._second)
        if found.second is not None:
            self._second.addWidget(label(str(found.second)))
            self._second.addWidget(label(_second_words(found, tr)))
        ground = QWidget()
        line = Flow(ground)
        words = tr.text("Choose a folder") if found.second is None else tr.text("Choose another folder")
        self.second_button = button(look, words, Icon.STORED)
        self.second_button.clicked.connect(self._choose_second)
        line.addWidget(self.second_button)
        if found.second is not None:
            self.no_second_button = button(look, tr.text("Use no second folder"), weight=Weight.QUIET)
            self.no_second_button.clicked.connect(lambda: self.choose(None))
            line.addWidget(self.no_second_button)
        self._second.addWidget(ground)
        if self._focus_second:  # The button that was pressed is gone: the keyboard stays here all the same.
            self._focus_second = False
            self.second_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _second_words(found: Standing, tr: Translator) -> str:
    if not found.second_there:
        return tr.text("It is not there now. The next backup goes there once it is.")
    if found.second_last is None:
        return tr.text("Nothing lies there yet.")
    return tr.text("The last copy there is of {day}.", day=today(found.second_last))


def reporting(job: Job) -> Callable[[int, int], None]:
    """Progress for the strip; whoever stops the work there stops the backup, and nothing is left of it."""

    def report(done: int, total: int) -> None:
        job.report(done * 100 // max(total, 1), 100, MAKING)

    return report
