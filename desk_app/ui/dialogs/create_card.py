"""The card that makes a new desk: which one, where, for whom, behind which passphrase."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal

from desk_app.domain.desks import COORDINATOR, DESKS, SECOND_COORDINATOR
from desk_app.i18n.places import desk_name
from desk_app.ui.dialogs.door_card import DoorCard
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choices import ChoiceField
from desk_app.ui.widgets.choose_files import choose_folder
from desk_app.ui.widgets.field import FieldInput, FieldRow
from desk_app.ui.widgets.letters import LettersStrip, NameField
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.new_passphrase import NewPassphrase
from desk_app.ui.widgets.text import label


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
        if found := choose_folder(self, start=self.typed()):
            self.set_typed(str(found))


class CreateCard(DoorCard):
    """Emits `create_asked(NewDesk)` once everything is filled in; `went_back` to unlock one that is there."""

    create_asked = Signal(object)

    def __init__(self, look: Look, folder: Path) -> None:
        super().__init__(look)
        tr = look.tr
        self.body.setContentsMargins(32, 24, 32, 24)
        self.body.setSpacing(12)
        self.body.addWidget(label(tr.text("Create a new desk"), Text.TITLE))
        self.body.addLayout(self._trouble)
        codes = [*(desk.code for desk in DESKS), COORDINATOR, SECOND_COORDINATOR]
        self._desk = ChoiceField(look, {code: desk_name(code, tr) for code in codes}, tr.text("Choose"))
        self._folder = FolderField(look)
        self._folder.set_typed(str(folder))
        self._user = NameField(look)
        self._passphrase = NewPassphrase(
            look, tr.text("Passphrase"), tr.text("Nobody can open the desk without it, not even the coordinator.")
        )
        self._rows = {
            "desk": FieldRow(look, tr.text("Desk"), self._desk, required=True),
            "folder": FieldRow(look, tr.text("Folder"), self._folder, required=True),
            "user": FieldRow(look, tr.text("Your name"), self._user, required=True),
        }
        for made in (self._rows["desk"], self._rows["folder"], LettersStrip(look, [self._user]), self._rows["user"]):
            self.body.addWidget(made)
        self.body.addWidget(self._passphrase)
        self._rows |= self._passphrase.rows
        self._passphrase.again.line.returnPressed.connect(self._ask)
        self._add_buttons()
        self.setFocusProxy(self._desk)

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: made.field.typed() for name, made in self._rows.items()}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put it back."""
        for name, text in typed.items():
            self._rows[name].field.set_typed(text)
        self._passphrase.say_strength()

    def input(self, name: str) -> FieldInput:
        """The input of one of: desk, folder, user, passphrase, again. Raises KeyError."""
        return self._rows[name].field

    def error(self, name: str) -> str:
        """What is said beside a field. Raises KeyError."""
        return self._rows[name].error

    def refuse(self, name: str, words: str) -> None:
        """Say beside a field what was wrong with it. Raises KeyError."""
        self.wait("")
        self._rows[name].show_error(words)
        self._rows[name].field.setFocus()

    def _add_buttons(self) -> None:
        tr = self._look.tr
        self.create_button = button(self._look, tr.text("Create"), Icon.ADD, Weight.MAIN)
        self.create_button.clicked.connect(self._ask)
        self._add_actions(self.create_button, tr.text("Open a desk that is there"))

    def _ask(self) -> None:
        if not self.create_button.isEnabled() or not self._check():
            return
        typed = self.typed()
        self.wait(self._look.tr.text("Creating the desk. This takes a moment."))
        folder = Path(typed["folder"].strip()).expanduser()
        self.create_asked.emit(NewDesk(folder, typed["desk"], typed["user"].strip(), typed["passphrase"]))

    def _check(self) -> bool:
        wrong = [made for name, made in self._rows.items() if name not in self._passphrase.rows and not made.check()]
        right = self._passphrase.check()
        if wrong:
            wrong[0].field.setFocus()
        return right and not wrong
