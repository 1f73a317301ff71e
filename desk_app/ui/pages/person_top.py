"""Above the tabs of a person: who it is, what there is to say of a transfer, and who else on record this may be."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.ui.page import Surroundings
from desk_app.ui.pages.duplicates.notices import person_banner
from desk_app.ui.pages.person_words import header_facts
from desk_app.ui.pages.transfers.words import Notice
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import column, empty_layout, row
from desk_app.ui.widgets.person import PersonHeader
from desk_app.usecases import duplicates
from desk_app.usecases.duplicates import Pair
from desk_app.usecases.people import Person


class PersonTop(QWidget):
    """`asked` with what the notice of a transfer offers to do."""

    asked = Signal(str)

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__()
        self._around = around
        self._session = session
        self._person: Person | None = None
        lines = column(self, gap=Measure.BETWEEN)
        self._header = row()
        self._header.setContentsMargins(Measure.EDGE, 0, Measure.EDGE, 0)
        lines.addLayout(self._header)
        self._moves, self._alike = _between_edges(lines), _between_edges(lines)

    def show_person(self, person: Person, notice: Notice | None) -> None:
        """Say it of this person; `notice` is what there is to say of a transfer."""
        self._person = person
        look = self._around.look
        empty_layout(self._moves)
        if notice is not None:
            banner = Banner(look, notice.words, notice.tone, notice.action, can_close=False)
            banner.acted.connect(lambda: self.asked.emit(notice.asks))
            self._moves.addWidget(banner)
        empty_layout(self._alike)
        if person.is_written_here:
            self._ask_who_is_alike(person)
        empty_layout(self._header)
        self._header.addWidget(PersonHeader(look, header_facts(person, look.tr)))

    def _ask_who_is_alike(self, person: Person) -> None:
        """By itself: whoever was never compared is compared now, and a full disk must not hide the person."""
        client = person.client.id

        def show(pairs: Sequence[Pair]) -> None:
            if pairs and self._person is person:
                self._alike.addWidget(person_banner(self._around, client, pairs))

        self._session.ask(lambda vault: duplicates.of(vault, client), show, owner=self)


def _between_edges(lines: QVBoxLayout) -> QVBoxLayout:
    made = column()
    made.setContentsMargins(Measure.EDGE, 0, Measure.EDGE, 0)
    lines.addLayout(made)
    return made
