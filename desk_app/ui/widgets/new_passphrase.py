"""A new passphrase, typed twice, with a word on how good it is."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desk_app.domain.vocabulary import N_
from desk_app.ui.look import Look
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.secret import PassphraseField
from desk_app.ui.widgets.strength import SHORTEST, Strength, strength_of
from desk_app.ui.widgets.text import label, set_property

_WORDS: Mapping[Strength, str] = {
    Strength.TOO_SHORT: N_("Too short. Use at least {least} characters."),
    Strength.REPEATS: N_("Easy to guess: the same few letters again and again."),
    Strength.FAIR: N_("Enough. Four words that do not belong together are stronger."),
    Strength.GOOD: N_("Strong."),
}


class NewPassphrase(QWidget):
    """Two rows, `passphrase` and `again`, and the hint between them."""

    def __init__(self, look: Look, words: str, help_words: str = "") -> None:
        super().__init__()
        self._look = look
        self.passphrase, self.again = PassphraseField(look), PassphraseField(look)
        self.rows = {
            "passphrase": FieldRow(look, words, self.passphrase, help_words, required=True),
            "again": FieldRow(look, look.tr.text("Passphrase once more"), self.again, required=True),
        }
        lines = column(self)
        lines.addWidget(self.rows["passphrase"])
        self._hint = label(" ", Text.CAPTION)
        lines.addWidget(self._hint)
        lines.addWidget(self.rows["again"])
        self.passphrase.edited.connect(self.say_strength)
        self.setFocusProxy(self.passphrase)

    def value(self) -> str:
        """What was typed."""
        return self.passphrase.typed()

    def check(self) -> bool:
        """Say beside the rows what is wrong; whether the passphrase can be taken."""
        tr = self._look.tr
        wrong = [made for made in self.rows.values() if not made.check()]
        if not wrong and strength_of(self.value()) is Strength.TOO_SHORT:
            wrong = [self.rows["passphrase"]]
            wrong[0].show_error(tr.text(_WORDS[Strength.TOO_SHORT], least=SHORTEST))
        if not wrong and self.again.typed() != self.value():
            wrong = [self.rows["again"]]
            wrong[0].show_error(tr.text("The two passphrases differ. Type it once more."))
        if wrong:
            wrong[0].field.setFocus()
        return not wrong

    def say_strength(self) -> None:
        """Say how good it is as far as it is typed."""
        found = strength_of(self.value())
        words = self._look.tr.text(_WORDS[found], least=SHORTEST) if self.value() else " "
        self._hint.setText(words)
        set_property(self._hint, "tone", Tone.DONE.value if found is Strength.GOOD else Tone.ATTENTION.value)
