"""The report as it will print, with the ways to paper and file."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.rules.indicators import Period
from desk_app.i18n import by_code, formats
from desk_app.i18n.translator import Translator
from desk_app.storage.vault import Vault
from desk_app.ui.dialogs.paper import SYSTEM, Outlets, PrintJob
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.session import Session
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_new_file
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.letter_preview import LetterPreview

if TYPE_CHECKING:
    from desk_app.documents.preview import PageImage

NAME = "indicators"
PDF, XLSX = ".pdf", ".xlsx"


class ReportView(QWidget):
    """Shows a report's pages; `left` goes back to the figures."""

    left = Signal()

    def __init__(self, around: Surroundings, session: Session, outlets: Outlets = SYSTEM) -> None:
        super().__init__()
        self._around = around
        self._session = session
        self._outlets = outlets
        self._pdf = b""
        self._name = ""
        look = around.look
        tr = look.tr
        can_print = outlets.has_printer()
        weight = Weight.MAIN if can_print else Weight.PLAIN
        self.print_button = button(look, tr.text("Print"), Icon.PRINT, weight)
        self.print_button.setEnabled(can_print)
        if not can_print:
            self.print_button.setToolTip(tr.text("No printer is connected to this computer."))
        self.print_button.clicked.connect(self.print_pages)
        self.save_button = button(look, tr.text("Save as PDF"), Icon.SAVE, Weight.PLAIN if can_print else Weight.MAIN)
        self.save_button.clicked.connect(self.save)
        head = PageHead(look, tr.text("Indicator report"), actions=[self.save_button, self.print_button], back=True)
        head.went_back.connect(self.left)
        self.head = head
        self.preview = LetterPreview(look)
        self.preview.setAccessibleName(tr.text("The report as it will print"))
        self.preview.refit.connect(self._draw)
        lines = column(self, gap=0)
        lines.addWidget(head)
        lines.addWidget(self.preview, 1)

    def show_report(self, pdf: bytes, period: Period, language: str) -> None:
        """Show the pages of a report that was made."""
        self._pdf, self._name = pdf, file_name(period, language)
        self.head.set_context(formats.period(period.first, period.last))
        self._draw()

    def print_pages(self) -> None:
        """Paint the report on a printer the person chooses."""
        printer = self._outlets.printer(self, 1)
        if printer is None:
            return
        PrintJob(
            self._around.background,
            printer,
            self._pdf,
            self._printed,
            self._not_printed,
            self,
            landscape=True,
        ).start()

    def save(self) -> None:
        """Write the PDF where the person wants it."""
        tr = self._around.look.tr
        path = choose_new_file(self, tr.text("Save the report"), self._name + PDF, f"PDF (*{PDF})")
        if path is None:
            return
        pdf, file = self._pdf, with_ending(path, PDF)
        self._session.ask(
            lambda vault: _save(vault, pdf, file), lambda _none: say_saved(self._around, file), owner=self
        )

    def _draw(self) -> None:
        pdf, dots = self._pdf, self.preview.dots_per_inch
        if pdf:
            self._session.ask(lambda _vault: _pages(pdf, dots), self.preview.show_pages, owner=self)

    def _printed(self) -> None:
        self._session.ask(_note_printed, lambda _none: None)
        self._around.shell.say(self._around.look.tr.text("The report was sent to the printer."))

    def _not_printed(self, error: BaseException | None) -> None:
        if error is not None:
            self._around.errors.show(error)
        tr = self._around.look.tr
        self._around.shell.warn(tr.text("The printer did not take the report. Check the printer and print it again."))


def save_report(vault: Vault, period: Period, language: str, path: Path) -> None:
    """The report as a file of the form that its ending names; asked in the worker."""
    _save(vault, make_report(vault, period, language, path.suffix.lower()), path)


def make_report(vault: Vault, period: Period, language: str, ending: str) -> bytes:
    """The report in one of the forms of `reports.PAPERS`; asked in the worker."""
    from desk_app.usecases import reports

    tr = Translator(by_code(language))
    return reports.PAPERS[ending](reports.report(vault, NAME, period, tr), tr)


def _save(vault: Vault, paper: bytes, path: Path) -> None:
    from desk_app.usecases import reports

    reports.save(vault, paper, path)


def _note_printed(vault: Vault) -> None:
    from desk_app.usecases import reports

    reports.note_printed(vault)


def _pages(pdf: bytes, dots: float) -> "list[PageImage]":
    from desk_app.documents import preview

    return preview.page_images(pdf, dots)


def file_name(period: Period, language: str) -> str:
    """What a file is called: the report, its period, its language."""
    return f"{NAME}-{period.first.isoformat()}-{period.last.isoformat()}-{language}"


def with_ending(path: Path, ending: str) -> Path:
    """The path with the ending the file must have."""
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def say_saved(around: Surroundings, file: Path) -> None:
    """Say that a file was written."""
    around.shell.say(around.look.tr.text("The report was saved as {file}.", file=file.name))
