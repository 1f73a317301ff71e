"""The card for a forgotten passphrase: the paper that opens the desk, and a new passphrase for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal

from desk_app.domain.vocabulary import N_
from desk_app.ui.dialogs.door_card import DoorCard
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choices import ChoiceField, SegmentField
from desk_app.ui.widgets.field import FieldInput, FieldRow
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.new_passphrase import NewPassphrase
from desk_app.ui.widgets.text import label, muted

RECOVERY, ESCROW = "recovery", "escrow"
_WAYS: Mapping[str, str] = {RECOVERY: N_("Recovery code"), ESCROW: N_("Two papers of the emergency key")}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Who gets a new passphrase, and the digits that allow it: one recovery code or two papers. Its repr shows none."""

    user: str
    digits: tuple[str, ...] = field(repr=False)
    passphrase: str = field(repr=False)

    @property
    def by_escrow(self) -> bool:
        """Whether the digits are of the emergency key."""
        return len(self.digits) == 2


class ForgottenCard(DoorCard):
    """Emits `asked(Forgotten)` once everything is filled in; `went_back` to the passphrase."""

    asked = Signal(object)

    def __init__(self, look: Look, users: Sequence[str]) -> None:
        super().__init__(look)
        self._users = tuple(users)
        tr = look.tr
        self.body.setContentsMargins(32, 24, 32, 24)
        self.body.setSpacing(12)
        self.body.addWidget(label(tr.text("The passphrase is forgotten"), Text.TITLE))
        words = tr.text("A colleague who leads the desk can give a new one too. What is done here is written down.")
        self.body.addWidget(muted(words))
        self.body.addLayout(self._trouble)
        self._user = ChoiceField(look, dict(zip(users, users, strict=True)), tr.text("Choose"))
        if len(users) == 1:
            self._user.set_typed(users[0])
        self._way = SegmentField(look, {code: tr.text(msgid) for code, msgid in _WAYS.items()})
        self._way.set_typed(RECOVERY)
        self._way.edited.connect(self._show_way)
        self._code, self._first, self._second = (LineField(look, limit=_LONGEST) for _ in range(3))
        self._new = NewPassphrase(look, tr.text("New passphrase"))
        self._new.again.line.returnPressed.connect(self._ask)
        self._rows = {
            "user": FieldRow(look, tr.text("User"), self._user, required=True),
            "way": FieldRow(look, tr.text("What you have"), self._way),
            "code": FieldRow(look, tr.text("Recovery code"), self._code, tr.text("Eight groups of six digits.")),
            "first": FieldRow(look, tr.text("First paper"), self._first, tr.text("All groups of digits on it.")),
            "second": FieldRow(look, tr.text("Second paper"), self._second, tr.text("All groups of digits on it.")),
        }
        for made in self._rows.values():
            self.body.addWidget(made)
        self.body.addWidget(self._new)
        self._rows |= self._new.rows
        self._add_buttons()
        self._show_way()
        self.setFocusProxy(self._user if len(users) != 1 else self._code)

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: made.field.typed() for name, made in self._rows.items()}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put it back."""
        for name, text in typed.items():
            self._rows[name].field.set_typed(text)
        self._show_way()
        self._new.say_strength()

    def input(self, name: str) -> FieldInput:
        """The input of one of: user, way, code, first, second, passphrase, again. Raises KeyError."""
        return self._rows[name].field

    def error(self, name: str) -> str:
        """What is said beside a field. Raises KeyError."""
        return self._rows[name].error

    def refuse(self, words: str) -> None:
        """The digits open nothing: say so beside them."""
        self.wait("")
        name = "code" if self._way.typed() != ESCROW else "first"
        self._rows[name].show_error(words)
        self._rows[name].field.setFocus()

    def _add_buttons(self) -> None:
        tr = self._look.tr
        self.set_button = button(self._look, tr.text("Set the new passphrase"), Icon.KEY, Weight.MAIN)
        self.set_button.clicked.connect(self._ask)
        self._add_actions(self.set_button, tr.text("Back"))

    def _show_way(self) -> None:
        if not self._way.typed():
            self._way.set_typed(RECOVERY)
        by_escrow = self._way.typed() == ESCROW
        self._rows["code"].setVisible(not by_escrow)
        for name in ("first", "second"):
            self._rows[name].setVisible(by_escrow)

    def _ask(self) -> None:
        if not self.set_button.isEnabled():
            return
        digits = ("first", "second") if self._way.typed() == ESCROW else ("code",)
        wrong = [] if self._rows["user"].check() else [self._rows["user"]]
        for name in digits:
            empty = not self._rows[name].field.typed().strip()
            self._rows[name].show_error(self._look.tr.text("Please fill in this field.") if empty else "")
            wrong += [self._rows[name]] if empty else []
        right = self._new.check()
        if wrong:
            wrong[0].field.setFocus()
        if wrong or not right:
            return
        self.wait(self._look.tr.text("Opening. This takes a moment."))
        typed = tuple(self._rows[name].field.typed() for name in digits)
        self.asked.emit(Forgotten(self._user.typed(), typed, self._new.value()))
