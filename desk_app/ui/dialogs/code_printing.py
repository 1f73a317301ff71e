"""The recovery code on paper, from the card that shows it before the window stands."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desk_app.i18n.translator import Translator
from desk_app.ui.background import Background
from desk_app.ui.dialogs.paper import SYSTEM, Outlets, PrintJob

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desk_app.storage.vault import Surroundings


def print_code(
    background: Background,
    tr: Translator,
    code: str,
    desk: str,
    surroundings: "Callable[[], Surroundings]",
    parent: QWidget,
    tell: Callable[[str], None],
    outlets: Outlets = SYSTEM,
) -> None:
    """Asks for a printer and paints the sheet on it; `tell` gets a sentence about how that went."""
    if not outlets.has_printer():
        tell(tr.text("No printer is connected to this computer. Write the digits down by hand."))
        return
    printer = outlets.printer(parent, 1)
    if printer is None:
        return
    failed = tr.text("The printer did not take the paper. Write the digits down by hand.")
    done = tr.text("The paper was sent to the printer.")

    def drawn(_job: object) -> bytes:
        from desk_app.usecases import key_papers  # the paper engine is the worker's to load

        return key_papers.recovery_paper(code, desk, surroundings(), tr)

    def paint(pdf: bytes, on: "QPrinter" = printer) -> None:
        PrintJob(background, on, pdf, lambda: tell(done), lambda _error: tell(failed), parent).start()

    background.run(drawn, paint, lambda _error: tell(failed), owner=parent)
