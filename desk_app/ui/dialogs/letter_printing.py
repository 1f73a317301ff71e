"""Printing a referral's letter, or one printed before: asked, recorded, put on paper, and then said."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.ui.dialogs.paper import SYSTEM, Outlets, PrintJob
from desk_app.ui.dialogs.print_dialog import PrintDialog
from desk_app.ui.page import Surroundings
from desk_app.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_NOT_IN_A_FILE_NAME = str.maketrans(dict.fromkeys('<>:"/\\|?*', "-"))


@dataclass(frozen=True, slots=True)
class Paper:
    """What to print: a referral's letter as it is now, or with `letter` the one that was printed then."""

    referral: RecordId
    number: str
    language: str
    letter: RecordId | None = None


class LetterPrinting(QObject):
    """Opens the print dialog of a page. A letter counts as printed in the same step that puts it into a file.

    A printer takes it afterwards: where it does not, the letter is on record and is printed again as it is.
    """

    def __init__(self, around: Surroundings, session: Session, parent: QWidget, outlets: Outlets = SYSTEM) -> None:
        super().__init__(parent)
        self._around = around
        self._session = session
        self._parent = parent
        self._outlets = outlets
        self.dialog: PrintDialog | None = None

    def ask(self, paper: Paper, then: Callable[[str], object] = lambda _language: None) -> None:
        """Open the dialog; `then` is told the language once a letter went out."""
        look = self._around.look
        title = look.tr.text("Print the letter {number}", number=paper.number)
        dialog = PrintDialog(
            look,
            title,
            paper.language,
            self._parent,
            fixed=paper.letter is not None,
            can_print=self._outlets.has_printer(),
        )
        dialog.print_asked.connect(lambda language, copies: self._print(paper, language, copies, then))
        dialog.save_asked.connect(lambda language: self._save(paper, language, then))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _print(self, paper: Paper, language: str, copies: int, then: Callable[[str], object]) -> None:
        printer = self._outlets.printer(self._parent, copies)
        if printer is not None:
            self._session.act(
                lambda vault: _printed(vault, paper, language),
                partial(self._to_printer, printer, language, then),
                *_told(paper),
                owner=self,
            )

    def _to_printer(self, printer: "QPrinter", language: str, then: Callable[[str], object], pdf: bytes) -> None:
        def done() -> None:
            self._around.shell.say(self._around.look.tr.text("The letter was sent to the printer."))
            then(language)

        PrintJob(self._around.background, printer, pdf, done, self._printer_failed, self).start()

    def _printer_failed(self, error: BaseException | None) -> None:
        if error is not None:
            self._around.errors.show(error)
        self._around.shell.warn(
            self._around.look.tr.text(
                "The printer did not take the letter. The letter is kept under the referral: "
                "check the printer and print it again from there."
            )
        )

    def _save(self, paper: Paper, language: str, then: Callable[[str], object]) -> None:
        path = self._outlets.file(self._parent, self._around.look, file_name(paper, language))
        if path is None:
            return

        def saved(_nothing: object) -> None:
            self._around.shell.say(self._around.look.tr.text("The letter was saved as {file}.", file=path.name))
            then(language)

        self._session.act(
            lambda vault: _saved(vault, paper, language, path), saved, *_told(paper), owner=self, on_error=self._refused
        )

    def _refused(self, error: BaseException) -> None:
        # Whatever went wrong, the file and the record came to nothing together.
        words = self._around.errors.words(error)
        self._around.shell.warn(
            self._around.look.tr.text("{trouble} The letter was not saved and not recorded.", trouble=words)
        )


def file_name(paper: Paper, language: str) -> str:
    """The name a file is offered: number and language, nothing about the person."""
    return f"{paper.number}-{language}".translate(_NOT_IN_A_FILE_NAME) + ".pdf"


def _told(paper: Paper) -> tuple[str, ...]:
    return () if paper.letter is not None else ("letter", "referral")


def _printed(vault: Vault, paper: Paper, language: str) -> bytes:
    from desk_app.usecases import letters  # the paper engine is the worker's to load

    if paper.letter is None:
        return letters.print_letter(vault, paper.referral, language).pdf
    return letters.reprint(vault, paper.letter)


def _saved(vault: Vault, paper: Paper, language: str, path: Path) -> None:
    from desk_app.storage import files
    from desk_app.usecases import vaults

    with vaults.together(vault):
        files.write(path, _printed(vault, paper, language))
