"""What stands in the side panel: a bundle that was made, one's own card, a partner's card."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.exchange.take_in import spaced
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import Card, column
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases.exchange import Exported
from desk_app.usecases.partners import CardShown


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


class OwnCardPanel(QWidget):
    """One's own digits, to be read aloud; the card is saved as a file from here."""

    save_asked = Signal()

    def __init__(self, look: Look, own: CardShown) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(
            label(tr.text("Give the card to the partner as a file. Then read these digits aloud, by phone."))
        )
        lines.addWidget(_two_rows(look, own))
        lines.addWidget(muted(tr.text("The card holds no secret and nothing about people.")))
        save = button(look, tr.text("Save the card as a file"), Icon.SAVE)
        save.clicked.connect(self.save_asked)
        self.save = save
        lines.addWidget(save)
        lines.addStretch(1)


class AdmitPanel(QWidget):
    """Whose card a file is and its digits; `confirmed(bool)` when the person says that they were compared."""

    confirmed = Signal(bool)

    def __init__(self, look: Look, shown: CardShown) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        who = column(gap=0)
        who.addWidget(label(tr.text("The card says that it belongs to"), Text.CAPTION))
        who.addWidget(label(desk_name(shown.code, tr), Text.SECTION))
        if shown.name != shown.code:
            who.addWidget(label(shown.name))
        lines.addLayout(who)
        lines.addWidget(label(tr.text("Call the partner. Let the partner read the digits of the own card aloud.")))
        lines.addWidget(_two_rows(look, shown))
        self.check = QCheckBox(tr.text("We compared all digits aloud"))
        self.check.toggled.connect(self.confirmed)
        lines.addWidget(self.check)
        lines.addWidget(
            muted(
                tr.text(
                    "If one digit differs, do not admit the card: somebody may have exchanged it on the way. "
                    "Ask for a new one."
                )
            )
        )
        lines.addStretch(1)
        self.setFocusProxy(self.check)


def size_words(size: int, tr: Translator) -> str:
    """A file's size: 12 KB, 3 MB."""
    if size < 1_000_000:
        return tr.text("{size} KB", size=max(1, round(size / 1000)))
    return tr.text("{size} MB", size=max(1, round(size / 1_000_000)))


def digits_file_name(own: CardShown) -> str:
    """A name for the card's file that does not tell whose it is."""
    return f"card-{own.digits[0].split()[0]}.rohcard"


def _two_rows(look: Look, shown: CardShown) -> Card:
    return digits_card(look, "\n".join(shown.digits), Text.TITLE)


def digits_card(look: Look, digits: str, kind: Text) -> Card:
    """Digits to read aloud, each a word for a screen reader."""
    made = Card(look)
    words = label(digits, kind, wrap=False)
    words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    words.setAccessibleName(spoken(digits))
    made.body.addWidget(words)
    return made


def spoken(digits: str) -> str:
    """Digits for a screen reader, one by one."""
    return " ".join(sign for sign in digits if sign.isdigit())
