"""The card that shows the recovery code, once, and makes sure that it was written down."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text
from desk_app.ui.widgets.boxes import Card
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.text import label, muted


class RecoveryCard(Card):
    """`code` in groups with spaces between; `asked`, from 1, is the group to type. `confirmed` when it was typed.

    With `can_print` it offers to print the sheet: `print_asked`.
    """

    confirmed = Signal()
    print_asked = Signal()

    COLUMNS = 4

    def __init__(self, look: Look, code: str, asked: int, *, can_print: bool = False) -> None:
        super().__init__(look)
        self._look = look
        self._groups = code.split()
        self.asked = asked
        tr = look.tr
        self.body.setContentsMargins(32, 32, 32, 24)
        self.body.setSpacing(16)
        self.body.addWidget(label(tr.text("Write down the recovery code"), Text.TITLE))
        self.body.addWidget(
            label(
                tr.text(
                    "It opens the desk when the passphrase is forgotten. It is shown only now and kept nowhere. "
                    "Write it on paper and keep the paper away from this computer."
                )
            )
        )
        self.body.addWidget(self._code())
        self._told = muted("")
        if can_print:
            self.print_button = button(look, tr.text("Print the paper"), Icon.PRINT)
            self.print_button.clicked.connect(self.print_asked)
            self.body.addWidget(self.print_button)
            self.body.addWidget(self._told)
            self._told.hide()
        words = tr.text("Type group {place} from your paper", place=asked)
        self.group = LineField(look, limit=20)
        self.group.line.returnPressed.connect(self._check)
        self._row = FieldRow(look, words, self.group)
        self.body.addWidget(self._row)
        self.open_button = button(look, tr.text("Open the desk"), Icon.KEY, Weight.MAIN)
        self.open_button.clicked.connect(self._check)
        self.body.addWidget(self.open_button)
        self.setFocusProxy(self.group)

    def tell(self, words: str) -> None:
        """How the printing went."""
        self._told.setText(words)
        self._told.show()

    @property
    def error(self) -> str:
        """What is said beside the field."""
        return self._row.error

    def _code(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(12)
        for at, group in enumerate(self._groups):
            line, place = divmod(at, self.COLUMNS)
            grid.addWidget(label(str(at + 1), Text.CAPTION, wrap=False), line * 2, place)
            grid.addWidget(label(group, Text.SECTION, wrap=False), line * 2 + 1, place)
        made.setAccessibleName(" ".join(self._groups))
        return made

    def _check(self) -> None:
        if "".join(self.group.typed().split()) == self._groups[self.asked - 1]:
            self.confirmed.emit()
        else:
            self._row.show_error(self._look.tr.text("That is not the group on the screen. Check your paper."))
            self.group.line.selectAll()
