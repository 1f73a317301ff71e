"""Forms of the side panel: a new user, her roles, a new passphrase, one's own."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from desk_app.domain.rules.roles import ROLE, Role
from desk_app.i18n import labels
from desk_app.i18n.translator import Translator
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.choices import SetField
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.letters import LettersStrip, NameField
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.new_passphrase import NewPassphrase
from desk_app.ui.widgets.secret import PassphraseField
from desk_app.ui.widgets.text import label, muted


def roles_to_choose(is_coordinator: bool, tr: Translator) -> Mapping[str, str]:
    """The roles somebody can have in this vault, in words: a desk has a head, the coordinator's office none."""
    elsewhere = Role.HEAD if is_coordinator else Role.COORDINATOR
    return {code: words for code, words in labels.choices(ROLE, tr) if code != elsewhere}


class RolesField(FieldRow):
    """Any number of roles; at least one is needed."""

    def __init__(self, look: Look, is_coordinator: bool, roles: Sequence[Role] = ()) -> None:
        self.choices = SetField(look, roles_to_choose(is_coordinator, look.tr))
        self.choices.set_value(frozenset(roles))
        help_words = look.tr.text("A lawyer and a psychologist can write notes that only their profession opens.")
        super().__init__(look, look.tr.text("Roles"), self.choices, help_words, required=True)

    @property
    def roles(self) -> tuple[Role, ...]:
        """What is chosen."""
        return tuple(Role(code) for code in self.choices.typed().split())


class AddUserPanel(QWidget):
    """Who, with which roles, behind which first passphrase."""

    def __init__(self, look: Look, is_coordinator: bool) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        field = NameField(look)
        self.name = FieldRow(look, tr.text("Name"), field, required=True)
        self.roles = RolesField(look, is_coordinator)
        self.new = NewPassphrase(look, tr.text("First passphrase"), tr.text("Let the new user type it."))
        for made in (LettersStrip(look, [field]), self.name, self.roles, self.new):
            lines.addWidget(made)
        lines.addWidget(muted(tr.text("The new user sees the same records, and signs them with an own key.")))
        lines.addStretch(1)
        self.setFocusProxy(self.name.field)

    def check(self) -> bool:
        """Say what is wrong; whether the user can be added."""
        wrong = [row for row in (self.name, self.roles) if not row.check()]
        right = self.new.check()
        if wrong:
            wrong[0].field.setFocus()
        return right and not wrong


class RolesPanel(QWidget):
    """The roles of somebody who is there."""

    def __init__(self, look: Look, is_coordinator: bool, roles: Sequence[Role]) -> None:
        super().__init__()
        lines = column(self, gap=Measure.BETWEEN)
        self.roles = RolesField(look, is_coordinator, roles)
        lines.addWidget(self.roles)
        lines.addStretch(1)
        self.setFocusProxy(self.roles.field)


class ResetPanel(QWidget):
    """A new passphrase for somebody who forgot hers."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        self.new = NewPassphrase(
            look, tr.text("New passphrase"), tr.text("Let {name} type it: nobody else should know it.", name=name)
        )
        lines.addWidget(self.new)
        words = tr.text(
            "The old passphrase opens nothing any more. Unfinished drafts of this user are lost, and so is the key to "
            "private notes unless you hold it too: then it is handed over again."
        )
        lines.addWidget(muted(words))
        lines.addStretch(1)
        self.setFocusProxy(self.new)


class ChangePanel(QWidget):
    """One's own passphrase: the present one, then the new."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        self.old = FieldRow(look, tr.text("Present passphrase"), PassphraseField(look), required=True)
        self.new = NewPassphrase(look, tr.text("New passphrase"))
        lines.addWidget(self.old)
        lines.addWidget(self.new)
        lines.addStretch(1)
        self.setFocusProxy(self.old.field)

    def check(self) -> bool:
        """Say what is wrong; whether the change can be tried."""
        given = self.old.check()
        right = self.new.check()
        if not given:
            self.old.field.setFocus()
        return given and right


class RecoverPanel(QWidget):
    """The recovery code from its paper, for the key to private notes."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        self.code = FieldRow(
            look,
            tr.text("Recovery code"),
            LineField(look, limit=400),
            tr.text("Eight groups of six digits."),
            required=True,
        )
        lines.addWidget(self.code)
        lines.addWidget(muted(tr.text("{name} gets the key. It is written down, and everybody is told.", name=name)))
        lines.addStretch(1)
        self.setFocusProxy(self.code.field)


class DigitsPanel(QWidget):
    """The card of an emergency key: its number, and the digits to compare by phone."""

    def __init__(self, look: Look, number: str, digits: Sequence[str]) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(label(tr.text("Call the coordinator. Compare these digits aloud.")))
        for row in digits:
            lines.addWidget(label(row, Text.SECTION))
        lines.addWidget(muted(tr.text("The papers of this key bear the number {number}.", number=number)))
        self.compared = QCheckBox(tr.text("We compared all digits aloud"))
        lines.addWidget(self.compared)
        lines.addStretch(1)
        self.setFocusProxy(self.compared)
