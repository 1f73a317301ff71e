"""Where a letter goes: the system's dialogs for printers and files, and pages painted on a printer."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from desk_app.ui.background import Background
from desk_app.ui.look import Look
from desk_app.ui.widgets.choose_files import choose_new_file
from desk_app.ui.widgets.letter_preview import page_picture

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desk_app.documents.preview import PageImage

PRINTER_DPI = 300
PDF = ".pdf"


@dataclass(frozen=True, slots=True)
class Outlets:
    """The ways out of the program. Both answer None when the person thought better of it."""

    has_printer: Callable[[], bool]
    printer: Callable[[QWidget, int], "QPrinter | None"]
    """Parent and copies -> a printer ready to be painted on."""
    file: Callable[[QWidget, Look, str], Path | None]
    """Parent, look, suggested name -> where to write."""


def _has_printer() -> bool:
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def _choose_printer(parent: QWidget, copies: int) -> "QPrinter | None":
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setCopyCount(copies)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def _choose_file(parent: QWidget, look: Look, name: str) -> Path | None:
    title = look.tr.text("Save the letter as a PDF file")
    path = choose_new_file(parent, title, name, f"PDF (*{PDF})")
    if path is None:
        return None
    return path if path.suffix.lower() == PDF else path.with_name(path.name + PDF)


SYSTEM = Outlets(_has_printer, _choose_printer, _choose_file)
"""The system's own dialogs."""


class PrintJob(QObject):
    """Paints the pages of a PDF on a printer, one after another: a page at 300 dpi takes 33 MiB.

    The pages are drawn in the worker. `done` or `failed` is called once; `failed` gets None when it was the printer
    that took them not.
    """

    def __init__(
        self,
        background: Background,
        printer: "QPrinter",
        pdf: bytes,
        done: Callable[[], None],
        failed: Callable[[BaseException | None], None],
        parent: QObject,
        *,
        landscape: bool = False,
    ) -> None:
        super().__init__(parent)
        self._landscape = landscape
        self._background = background
        self._printer = printer
        self._pdf = pdf
        self._done = done
        self._failed = failed
        self._page = 0
        self._painter = QPainter()

    def start(self) -> None:
        """Begin with the first page."""
        self._printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        across = QPageLayout.Orientation.Landscape
        self._printer.setPageOrientation(across if self._landscape else QPageLayout.Orientation.Portrait)
        self._printer.setFullPage(True)
        self._printer.setResolution(PRINTER_DPI)
        if not self._painter.begin(self._printer):
            self._leave(False, None)
            return
        self._ask()

    def _ask(self) -> None:
        pdf, page = self._pdf, self._page

        def draw(_job: object) -> "tuple[int, PageImage]":
            from desk_app.documents import preview

            return preview.page_count(pdf), preview.page_image(pdf, page, PRINTER_DPI)

        self._background.run(draw, lambda drawn: self._paint(*drawn), self._stop, owner=self)

    def _paint(self, count: int, page: "PageImage") -> None:
        from PySide6.QtPrintSupport import QPrinter

        paper = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        self._painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), page_picture(page))
        self._page += 1
        if self._page == count:
            self._leave(self._painter.end() and not self._broken(), None)
        elif self._printer.newPage():
            self._ask()
        else:
            self._stop(None)

    def _stop(self, error: BaseException | None) -> None:
        self._printer.abort()
        self._painter.end()
        self._leave(False, error)

    def _broken(self) -> bool:
        from PySide6.QtPrintSupport import QPrinter

        return self._printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)

    def _leave(self, done: bool, error: BaseException | None) -> None:
        self.deleteLater()
        if done:
            self._done()
        else:
            self._failed(error)
