"""Emptying this computer for a journey, step by step: send, wait for the answer, empty."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from desk_app.domain.errors import NoCoordinator
from desk_app.domain.records import ALL
from desk_app.i18n.erasure_words import drafts_lost
from desk_app.storage.vault import Vault
from desk_app.ui.background import Job
from desk_app.ui.changes import EMPTIED
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.session import Session
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.boxes import Card, column, empty_layout, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_folder
from desk_app.ui.widgets.text import label, muted, picture
from desk_app.usecases import travel
from desk_app.usecases.exchange import Exported
from desk_app.usecases.travel import STAGE, Stage, Travel

BUNDLE = "bundle"
_ICONS = {
    Stage.NOTHING_SENT: (Icon.EXPORT, Tone.ATTENTION),
    Stage.WAITING: (Icon.WAITING, Tone.ATTENTION),
    Stage.READY: (Icon.DONE, Tone.DONE),
    Stage.EMPTY: (Icon.INFO, Tone.PLAIN),
}


class TravelCard(Card):
    """Reads and acts by itself; it needs nothing of the page."""

    def __init__(self, around: Surroundings, session: Session) -> None:
        tr = around.look.tr
        super().__init__(around.look, tr.text("Travelling without the data"))
        self._around, self._session = around, session
        words = tr.text(
            "Before a journey all records can be sent to the coordinator and taken off this computer. "
            "The coordinator's bundle brings them back."
        )
        self.body.addWidget(muted(words))
        self._lines = column()
        self.body.addLayout(self._lines)
        self.send_button = button(around.look, tr.text("Send everything that waits"), Icon.EXPORT)
        self.send_button.clicked.connect(self._choose)
        self.body.addWidget(self.send_button)
        self._last_step = self._make_last_step()
        self.body.addWidget(self._last_step)
        if session.is_coordinator:
            self.hide()  # Nobody stands behind the coordinator who would keep the records.
            return
        around.changes.changed.connect(self._changed)
        self.reload()

    def reload(self) -> None:
        """Ask again which step comes next."""
        self._session.ask(travel.travel, self._show, owner=self, on_error=self._say_why_not)

    def send(self, folder: Path) -> None:
        """Write the bundle there."""

        def sent(made: Exported) -> None:
            tr = self._around.look.tr
            words = tr.text(
                "Bundle written: {file}. Read this number to the coordinator: {digits}.",
                file=made.file.name,
                digits=made.digits,
            )
            self._around.shell.warn(words, Tone.PRIMARY)

        self._session.act(lambda vault: travel.prepare(vault, folder), sent, BUNDLE, owner=self)

    def wipe(self) -> None:
        """Empty this computer; the desk locks when it is done."""
        self.wipe_button.setEnabled(False)

        def action(vault: Vault, _job: Job) -> None:
            # Nobody can stop it on the way: a step that was asked to stop would leave the next unlock to tidy.
            travel.wipe(vault)

        def failed(error: BaseException) -> None:
            self._around.errors.show(error)
            self.sure.setChecked(False)
            self.reload()

        tell = self._around.changes.tell
        words = self._around.look.tr.text("Emptying this computer")
        work = self._session.work(action)
        self._around.shell.work(words, work, lambda _none: tell(EMPTIED), owner=self, on_error=failed)

    # Inside

    def _make_last_step(self) -> QWidget:
        look, tr = self._around.look, self._around.look.tr
        ground = QWidget()
        lines = column(ground)
        lines.addWidget(label(tr.text("Backups on sticks and in other folders stay as they are: leave them at home.")))
        self.sure = QCheckBox(tr.text("Yes, take all records off this computer"))
        lines.addWidget(self.sure)
        self.wipe_button = button(look, tr.text("Empty this computer"), Icon.DELETE, Weight.DANGER)
        self.wipe_button.setEnabled(False)
        self.sure.toggled.connect(self.wipe_button.setEnabled)
        self.wipe_button.clicked.connect(self.wipe)
        lines.addWidget(self.wipe_button)
        return ground

    def _changed(self, kinds: frozenset[str]) -> None:
        if kinds & {BUNDLE, *(kind.name for kind in ALL)}:
            self.reload()

    def _choose(self) -> None:
        folder = choose_folder(self, self._around.look.tr.text("Choose the stick or folder for the bundle"))
        if folder is not None:
            self.send(folder)

    def _show(self, found: Travel) -> None:
        tr = self._around.look.tr
        icon, tone = _ICONS[found.stage]
        self._say(tr.choice(STAGE, found.stage), icon, tone)
        if found.drafts and found.stage is not Stage.EMPTY:
            self._lines.addWidget(label(drafts_lost(found.drafts, tr), tone=Tone.ATTENTION))
        if found.stage is Stage.WAITING:
            self._lines.addWidget(label(tr.text("Take in the coordinator's answer under Exchange.")))
        self.send_button.setVisible(found.stage in (Stage.NOTHING_SENT, Stage.WAITING))
        self._last_step.setVisible(found.stage is Stage.READY)

    def _say_why_not(self, error: BaseException) -> None:
        if isinstance(error, NoCoordinator):
            words = self._around.look.tr.text(
                "Admit the coordinator under Exchange first, who keeps the records meanwhile."
            )
            self._say(words, Icon.INFO, Tone.PLAIN)
            self.send_button.hide()
            self._last_step.hide()
        else:
            self._around.errors.show(error)

    def _say(self, words: str, icon: Icon, tone: Tone) -> None:
        empty_layout(self._lines)
        line = row()
        line.addWidget(picture(self._around.look, icon, tone.ink))
        line.addWidget(label(words, tone=tone), 1)
        self._lines.addLayout(line)
