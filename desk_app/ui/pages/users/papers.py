"""Papers with digits that open a vault: shown once, printed or saved as a PDF, and checked by typing a group."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desk_app.domain.rules.roles import ROLE, Role
from desk_app.i18n.translator import Translator
from desk_app.ui.dialogs.paper import SYSTEM, Outlets, PrintJob
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.page import Surroundings
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.text import label, muted

_COLUMNS = 4


class CodePanel(QWidget):
    """A recovery code in its groups, to be written down or printed. `print_asked`, `save_asked`.

    `still_on_old` are the professions whose key only the paper before it gives back yet.
    """

    print_asked = Signal()
    save_asked = Signal()

    def __init__(self, look: Look, code: str, still_on_old: Sequence[Role] = ()) -> None:
        super().__init__()
        self._look = look
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(label(tr.text("This is the new recovery code. It is shown only now and kept nowhere.")))
        lines.addWidget(groups(look, code))
        lines.addWidget(muted(_about_the_old(tr, still_on_old)))
        lines.addWidget(paper_buttons(look, self.print_asked.emit, self.save_asked.emit))
        self.kept = QCheckBox(tr.text("The new code stands on paper"))
        lines.addWidget(self.kept)
        self._reminder = label("", Text.CAPTION, tone=Tone.DANGER)
        lines.addWidget(self._reminder)
        lines.addStretch(1)

    def let_go(self) -> bool:
        """Whether it may go: not before somebody said that the code was written down, for it is shown only once."""
        if not self.kept.isChecked():
            self._reminder.setText(self._look.tr.text("Write the code down first: it is shown only now."))
            self.kept.setFocus()
        return self.kept.isChecked()


def _about_the_old(tr: Translator, still_on_old: Sequence[Role]) -> str:
    if not still_on_old:
        return tr.text("The old paper opens the desk no more: destroy it. Keep the new one elsewhere.")
    roles = ", ".join(tr.choice(ROLE, role) for role in still_on_old)
    return tr.text(
        "Keep the old paper too until somebody with this role has opened the desk: {roles}. "
        "Only it still holds the key to these private notes.",
        roles=roles,
    )


def groups(look: Look, code: str) -> QWidget:
    """Groups of digits in a grid, each with its number."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(8)
    for at, group in enumerate(code.split()):
        line, place = divmod(at, _COLUMNS)
        grid.addWidget(label(str(at + 1), Text.CAPTION, wrap=False), line * 2, place)
        grid.addWidget(label(group, Text.SECTION, wrap=False), line * 2 + 1, place)
    made.setAccessibleName(code)
    return made


def paper_buttons(look: Look, on_print: Callable[[], object], on_save: Callable[[], object]) -> QWidget:
    """To the printer, or into a file that somebody must then look after."""
    made = QWidget()
    line = Flow(made)
    printed = button(look, look.tr.text("Print the paper"), Icon.PRINT)
    printed.clicked.connect(lambda: on_print())
    saved = button(look, look.tr.text("Save as PDF"), Icon.SAVE)
    saved.clicked.connect(lambda: on_save())
    line.addWidget(printed)
    line.addWidget(saved)
    return made


def put_on_paper(around: Surroundings, parent: QWidget, pdf: bytes, outlets: Outlets = SYSTEM) -> None:
    """Asks for a printer and paints the pages on it."""
    tr = around.look.tr
    if not outlets.has_printer():
        around.shell.warn(tr.text("No printer is connected to this computer. Write the digits down by hand."))
        return
    printer = outlets.printer(parent, 1)
    if printer is None:
        return

    def failed(error: BaseException | None) -> None:
        if error is not None:
            around.errors.show(error)
        around.shell.warn(tr.text("The printer did not take the paper. Write the digits down by hand."))

    def done() -> None:
        around.shell.say(tr.text("The paper was sent to the printer."))

    PrintJob(around.background, printer, pdf, done, failed, parent).start()
