"""The card that makes a new desk: which one, where, for whom, behind which passphrase."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desk_app.domain.desks import COORDINATOR, DESKS
from desk_app.domain.vocabulary import N_
from desk_app.i18n.places import desk_name
from desk_app.ui.dialogs.strength import SHORTEST, Strength, strength_of
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import Card, column, empty_layout, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choices import ChoiceField
from desk_app.ui.widgets.field import FieldInput, FieldRow
from desk_app.ui.widgets.letters import NameField
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.secret import PassphraseField
from desk_app.ui.widgets.text import label, muted, set_property

_WORDS: Mapping[Strength, str] = {
    Strength.TOO_SHORT: N_("Too short. Use at least {least} characters."),
    Strength.REPEATS: N_("Easy to guess: the same few letters again and again."),
    Strength.FAIR: N_("Enough. Four words that do not belong together are stronger."),
    Strength.GOOD: N_("Strong."),
}


@dataclass(frozen=True, slots=True)
class NewDesk:
    """What a new desk is made from. Its repr shows no passphrase."""

    folder: Path
    desk: str
    user: str
    passphrase: str = field(repr=False)


class FolderField(LineField):
    """The path of a folder, typed or chosen."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, limit=1000)
        choose = button(look, look.tr.text("Choose"))
        choose.clicked.connect(self._choose)
        self.box.addWidget(choose)

    def _choose(self) -> None:
        if found := QFileDialog.getExistingDirectory(self, "", self.typed()):
            self.set_typed(found)


class CreateCard(Card):
    """Emits `create_asked(NewDesk)` once everything is filled in; `went_back` to unlock one that is there."""

    create_asked = Signal(object)
    went_back = Signal()

    def __init__(self, look: Look, folder: Path) -> None:
        super().__init__(look)
        self._look = look
        tr = look.tr
        self.body.setContentsMargins(32, 24, 32, 24)
        self.body.setSpacing(12)
        self.body.addWidget(label(tr.text("Create a new desk"), Text.TITLE))
        self._trouble = column()
        self.body.addLayout(self._trouble)
        codes = [*(desk.code for desk in DESKS), COORDINATOR]
        self._desk = ChoiceField(look, {code: desk_name(code, tr) for code in codes}, tr.text("Choose"))
        self._folder = FolderField(look)
        self._folder.set_typed(str(folder))
        self._user = NameField(look)
        self._passphrase, self._again = PassphraseField(look), PassphraseField(look)
        self._rows = {
            "desk": FieldRow(look, tr.text("Desk"), self._desk, required=True),
            "folder": FieldRow(look, tr.text("Folder"), self._folder, required=True),
            "user": FieldRow(look, tr.text("Your name"), self._user, required=True),
            "passphrase": FieldRow(
                look,
                tr.text("Passphrase"),
                self._passphrase,
                tr.text("Nobody can open the desk without it, not even the coordinator."),
                required=True,
            ),
            "again": FieldRow(look, tr.text("Passphrase once more"), self._again, required=True),
        }
        for name, made in self._rows.items():
            self.body.addWidget(made)
            if name == "passphrase":
                self._hint = label(" ", Text.CAPTION)
                self.body.addWidget(self._hint)
        self._passphrase.edited.connect(self._say_strength)
        self._again.line.returnPressed.connect(self._ask)
        self._add_actions()
        self.setFocusProxy(self._desk)

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: made.field.typed() for name, made in self._rows.items()}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put it back."""
        for name, text in typed.items():
            self._rows[name].field.set_typed(text)
        self._say_strength()

    def input(self, name: str) -> FieldInput:
        """The input of one of: desk, folder, user, passphrase, again. Raises KeyError."""
        return self._rows[name].field

    def error(self, name: str) -> str:
        """What is said beside a field. Raises KeyError."""
        return self._rows[name].error

    def wait(self, words: str) -> None:
        """The desk is being made; empty words when that is over."""
        self._waiting.setText(words)
        self.create_button.setEnabled(not words)

    def refuse(self, name: str, words: str) -> None:
        """Say beside a field what was wrong with it. Raises KeyError."""
        self.wait("")
        self._rows[name].show_error(words)
        self._rows[name].field.setFocus()

    def show_trouble(self, words: str) -> None:
        """Something that no field explains is in the way."""
        self.wait("")
        empty_layout(self._trouble)
        self._trouble.addWidget(Banner(self._look, words, can_close=False))

    def _add_actions(self) -> None:
        tr = self._look.tr
        self.create_button = button(self._look, tr.text("Create"), Icon.ADD, Weight.MAIN)
        self.create_button.clicked.connect(self._ask)
        back = button(self._look, tr.text("Open a desk that is there"), weight=Weight.QUIET)
        back.clicked.connect(self.went_back)
        self._waiting = muted("")
        line = row()
        line.addWidget(self.create_button)
        line.addWidget(back)
        line.addWidget(self._waiting, 1)
        self.body.addLayout(line)

    def _say_strength(self) -> None:
        typed = self._passphrase.typed()
        found = strength_of(typed)
        words = self._look.tr.text(_WORDS[found], least=SHORTEST) if typed else " "
        self._hint.setText(words)
        set_property(self._hint, "tone", Tone.DONE.value if found is Strength.GOOD else Tone.ATTENTION.value)

    def _ask(self) -> None:
        if not self.create_button.isEnabled() or not self._check():
            return
        typed = self.typed()
        self.wait(self._look.tr.text("Creating the desk. This takes a moment."))
        folder = Path(typed["folder"].strip()).expanduser()
        self.create_asked.emit(NewDesk(folder, typed["desk"], typed["user"].strip(), typed["passphrase"]))

    def _check(self) -> bool:
        tr = self._look.tr
        wrong = [made for made in self._rows.values() if not made.check()]
        if not wrong and strength_of(self._passphrase.typed()) is Strength.TOO_SHORT:
            wrong = [self._rows["passphrase"]]
            wrong[0].show_error(tr.text(_WORDS[Strength.TOO_SHORT], least=SHORTEST))
        if not wrong and self._again.typed() != self._passphrase.typed():
            wrong = [self._rows["again"]]
            wrong[0].show_error(tr.text("The two passphrases differ. Type it once more."))
        if wrong:
            wrong[0].field.setFocus()
        return not wrong
