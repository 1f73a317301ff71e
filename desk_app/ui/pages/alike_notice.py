"""While a person's names or birth date are written anew: whether somebody else on record is like that now."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.records.declaration import FieldValue
from desk_app.domain.records.sameness import DIFFERENT
from desk_app.i18n.alike_words import why_alike
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.forms.record_form import RecordForm
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.session import Session
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import column, empty_layout
from desk_app.ui.widgets.buttons import button
from desk_app.usecases import linking, people
from desk_app.usecases.people import LookAlike

PAUSE_MS = 250
WHO = frozenset(
    {
        *("surname", "given_name", "father_name", "paper_name", "other_names", "sex", "birth_date"),
        *("phone", "other_phone", "paper_number", "institution", "release_date"),
    }
)
"""The fields by which two people are compared."""


class AlikeNotice(QWidget):
    """Stands above the form once somebody is alike; it only says so, and opens the other: `person_asked(id)`."""

    person_asked = Signal(str)

    def __init__(self, look: Look, session: Session, client: Record, form: RecordForm) -> None:
        super().__init__()
        self._look = look
        self._session = session
        self._client = client
        self._form = form
        self._asked_for = 0
        self._lines = column(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look_around)
        form.edited.connect(self._pause.start)
        self.hide()

    # Inside

    def _look_around(self) -> None:
        self._asked_for += 1
        number, client, known = self._asked_for, self._client, self._known()

        def show(found: Sequence[LookAlike]) -> None:
            if number == self._asked_for:
                self._show(found)

        if any(known.get(name) != client.values.get(name) for name in WHO & known.keys()):
            self._session.ask(lambda vault: _others(vault, client, known), show, owner=self)
        else:
            self._show(())

    def _known(self) -> dict[str, FieldValue]:
        """What can be stored already."""
        inputs = {field.name: self._form.input(field.name) for field in self._form.fields if field.name in WHO}
        return {name: made.value() for name, made in inputs.items() if not made.trouble()}

    def _show(self, found: Sequence[LookAlike]) -> None:
        empty_layout(self._lines)
        self.setVisible(bool(found))
        if not found:
            return
        first, tr = found[0], self._look.tr
        name = " ".join(part for part in (first.name, first.number) if part)
        words = tr.text("This looks like {name}: {reasons}.", name=name, reasons=why_alike(first.reasons, tr))
        self._lines.addWidget(Banner(self._look, words, can_close=False))
        person = button(self._look, tr.text("Open the person"), Icon.PERSON)
        person.clicked.connect(lambda: self.person_asked.emit(first.id))
        self._lines.addWidget(person)


def _others(vault: Vault, client: Record, known: Mapping[str, FieldValue]) -> list[LookAlike]:
    """Whoever is alike and not known to be this person, nor known to be another."""
    own = set(linking.members(vault, client.id))
    found = people.look_alikes(vault, {**client.values, **known})
    return [one for one in found if one.id not in own and linking.state_of(vault, client.id, one.id) != DIFFERENT]
