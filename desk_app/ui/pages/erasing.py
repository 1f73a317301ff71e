"""Erasing from a page: the question with its consequences, the work with its progress, and what is said afterwards."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desk_app.domain.vocabulary import N_
from desk_app.storage.vault import Vault
from desk_app.ui.background import Cancelled, Job
from desk_app.ui.dialogs.erase_dialog import EraseDialog
from desk_app.ui.page import Surroundings
from desk_app.ui.session import Session
from desk_app.usecases import erasure
from desk_app.usecases.erasure import Consequences, Erased, Progress

ERASING = N_("Erasing, step {done} of {total}")


class Erasing:
    """Asks in a dialog over `parent`, and goes `then` wherever the page wants once it is done."""

    def __init__(self, around: Surroundings, session: Session, parent: QWidget, then: Callable[[], object]) -> None:
        self._around = around
        self._session = session
        self._parent = parent
        self._then = then
        self.dialog: EraseDialog | None = None

    def ask(self, record: str, reason: str = "") -> None:
        """Shows what would go; a `reason` that is known already is not asked again."""
        self._session.ask(
            lambda vault: erasure.consequences(vault, record),
            lambda found: self._show(found, reason),
            owner=self._parent,
        )

    def _show(self, found: Consequences, reason: str) -> None:
        self.dialog = EraseDialog(self._around.look, found, self._session.registry, self._parent, reason)
        self.dialog.erase_asked.connect(lambda chosen: self._erase(found, chosen))
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _erase(self, found: Consequences, reason: str) -> None:
        def action(vault: Vault, job: Job) -> Erased | None:
            return erasure.erase(vault, found.record, reason, _reporting(job))

        # Without an owner: what was erased is told even when the page was made again meanwhile.
        self._around.shell.work(self._around.look.tr.text("Erasing"), self._session.work(action), self._done)

    def _done(self, done: Erased | None) -> None:
        tr, shell = self._around.look.tr, self._around.shell
        if done is None:
            shell.say(tr.text("Nothing was erased."))
            return
        self._then()
        self._around.changes.tell(*(kind.name for kind in self._session.registry))
        shell.say(tr.plural("{count} record was erased.", "{count} records were erased.", done.records))
        if done.trouble is not None:
            shell.warn(
                tr.text("The files were not cleaned yet. That is done at the next unlock.")
                + " "
                + self._around.errors.words(done.trouble)
            )


def _reporting(job: Job) -> Progress:
    def report(done: int, total: int) -> bool:
        try:
            job.report(done + 1, total + 1, ERASING)
        except Cancelled:
            return False
        return True

    return report
