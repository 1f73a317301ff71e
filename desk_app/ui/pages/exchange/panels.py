"""What stands in the side panel after sending: the bundle that was made."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.exchange.take_in import spaced
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.digits import digits_card
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases.exchange import Exported


class SentPanel(QWidget):
    """The bundle: its digits large, its file, its size, what it holds. `full_asked` to send everything instead."""

    full_asked = Signal()

    def __init__(self, look: Look, made: Exported) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(label(tr.text("Read this number to the partner by phone.")))
        lines.addWidget(digits_card(look, spaced(made.digits), Text.FIGURE))
        lines.addWidget(
            muted(tr.text("The partner sees the same number beside the file. If it differs, the file is another one."))
        )
        facts = (
            (tr.text("File"), made.file.name),
            (tr.text("Folder"), str(made.file.parent)),
            (tr.text("Size"), size_words(made.size, tr)),
            (tr.text("Inside"), tr.plural("{count} change", "{count} changes", made.changes)),
        )
        for name, words in facts:
            fact = column(gap=0)
            fact.addWidget(label(name, Text.CAPTION))
            fact.addWidget(label(words))
            lines.addLayout(fact)
        lines.addWidget(
            muted(
                tr.text(
                    "The file is sealed: only the partner can open it. "
                    "It stays on the list as not confirmed until the partner's next bundle comes back."
                )
            )
        )
        lines.addWidget(
            label(tr.text("Does the partner miss an earlier bundle? Send everything in one file."), Text.CAPTION)
        )
        full = button(look, tr.text("Send everything"), Icon.EXPORT)
        full.clicked.connect(self.full_asked)
        self.full = full
        lines.addWidget(full)
        lines.addStretch(1)


def size_words(size: int, tr: Translator) -> str:
    """A file's size: 12 KB, 3 MB."""
    if size < 1_000_000:
        return tr.text("{size} KB", size=max(1, round(size / 1000)))
    return tr.text("{size} MB", size=max(1, round(size / 1_000_000)))
