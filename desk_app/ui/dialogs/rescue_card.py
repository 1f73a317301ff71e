"""The card for a desk that does not open any more, or that is to be as it was: a backup, or what can still be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Signal

from desk_app.ui.dialogs.door_card import DoorCard
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_file
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.secret import PassphraseField
from desk_app.ui.widgets.text import PathLabel, label

BACKUPS = "*.roh-backup"
_LONGEST_PATH = 4000
_LONGEST_NAME = 200


class Way(StrEnum):
    """How the desk is to come back."""

    RESTORE = "restore"
    SALVAGE = "salvage"


@dataclass(frozen=True, slots=True)
class Rescue:
    """What is to be done, from which file; the user is empty where there is only one. Its repr shows no passphrase."""

    way: Way
    file: Path
    user: str
    passphrase: str = field(repr=False)


class RescueCard(DoorCard):
    """Emits `asked(Rescue)` once everything is filled in; `went_back` to the passphrase."""

    asked = Signal(object)

    def __init__(self, look: Look, way: Way, folder: Path) -> None:
        super().__init__(look)
        self.way = way
        self._folder = folder
        tr = look.tr
        self.body.setContentsMargins(32, 24, 32, 24)
        self.body.setSpacing(12)
        self.body.addWidget(label(_title(way, look), Text.TITLE))
        self.body.addWidget(PathLabel(str(folder)))
        self.body.addWidget(label(_words(way, look)))
        self.body.addLayout(self._trouble)
        self.file = LineField(look, limit=_LONGEST_PATH)
        self._file_row = FieldRow(look, tr.text("Backup"), self.file, required=True)
        self.choose_button = button(look, tr.text("Choose the backup"), Icon.IMPORT)
        self.choose_button.clicked.connect(self._choose)
        if way is Way.RESTORE:
            self.body.addWidget(self._file_row)
            self.body.addWidget(self.choose_button)
        self.user = LineField(look, limit=_LONGEST_NAME)
        self.body.addWidget(
            FieldRow(look, tr.text("User"), self.user, tr.text("May stay empty where only one person can open it."))
        )
        self.passphrase = PassphraseField(look)
        self.passphrase.line.returnPressed.connect(self._ask)
        help_words = tr.text("The one that was good when the backup was made.") if way is Way.RESTORE else ""
        self._passphrase_row = FieldRow(look, tr.text("Passphrase"), self.passphrase, help_words)
        self.body.addWidget(self._passphrase_row)
        self._add_buttons()
        self.setFocusProxy(self.choose_button if way is Way.RESTORE else self.passphrase)

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {"file": self.file.typed(), "user": self.user.typed(), "passphrase": self.passphrase.typed()}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put it back."""
        self.file.set_typed(typed["file"])
        self.user.set_typed(typed["user"])
        self.passphrase.set_typed(typed["passphrase"])

    def refuse(self, words: str) -> None:
        """The passphrase opens nothing: say so beside it."""
        self.wait("")
        self._passphrase_row.show_error(words)
        self.passphrase.setFocus()

    def _add_buttons(self) -> None:
        tr = self._look.tr
        words = tr.text("Restore") if self.way is Way.RESTORE else tr.text("Save what can be read")
        self.begin_button = button(self._look, words, Icon.HISTORY, Weight.MAIN)
        self.begin_button.clicked.connect(self._ask)
        self._add_actions(self.begin_button, tr.text("Back"))

    def _choose(self) -> None:
        tr = self._look.tr
        kinds = tr.text("Backups ({pattern})", pattern=BACKUPS)
        found = choose_file(self, tr.text("Choose the backup"), kinds, str(self._folder))
        if found is not None:
            self.file.set_typed(str(found))
            self._file_row.show_error("")
            self.passphrase.setFocus()

    def _ask(self) -> None:
        if not self.begin_button.isEnabled():
            return
        tr = self._look.tr
        empty = tr.text("Please fill in this field.")
        no_file = self.way is Way.RESTORE and not self.file.typed().strip()
        self._file_row.show_error(empty if no_file else "")
        self._passphrase_row.show_error("" if self.passphrase.typed() else empty)
        if no_file or not self.passphrase.typed():
            return
        self.wait(tr.text("This may take a while. Everything is checked first."))
        rescue = Rescue(self.way, Path(self.file.typed().strip()), self.user.typed().strip(), self.passphrase.typed())
        self.asked.emit(rescue)


def _title(way: Way, look: Look) -> str:
    return look.tr.text("Restore a backup") if way is Way.RESTORE else look.tr.text("Save what can be read")


def _words(way: Way, look: Look) -> str:
    if way is Way.RESTORE:
        return look.tr.text(
            "The desk becomes as it was when the backup was made. What lies here now is set aside under another name "
            "and not removed. What is newer comes back with the coordinator's answer to your next bundle."
        )
    return look.tr.text(
        "Every record that can still be read is saved into a new desk. The damaged one is set aside under another name "
        "and not removed. What is lost comes back with the coordinator's answer to your next bundle."
    )
