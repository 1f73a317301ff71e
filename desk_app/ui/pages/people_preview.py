"""The marked person beside the list: who, what can be done, what happened last."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Registry
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.person_actions import person_actions
from desk_app.ui.pages.person_words import header_facts, timeline_rows
from desk_app.ui.pages.transfers.words import Notice
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import column, empty_layout
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.person import PersonHeader
from desk_app.ui.widgets.row_list import TimeLine
from desk_app.usecases.people import Person


class PersonPreview(QStackedWidget):
    """`asked` with what `person_actions` ask for, or empty: open the whole page."""

    asked = Signal(str)

    def __init__(self, look: Look, registry: Registry) -> None:
        super().__init__()
        self._look = look
        self._registry = registry
        self.client: RecordId | None = None
        shown = QWidget()
        lines = column(shown, gap=Measure.BETWEEN)
        lines.setContentsMargins(Measure.EDGE, Measure.BETWEEN, Measure.EDGE, 0)
        self._header = column()
        lines.addLayout(self._header)
        self._moves = column()
        lines.addLayout(self._moves)
        actions = QWidget()
        flow = Flow(actions)
        self._new_work = person_actions(look, self.asked.emit)
        for act in self._new_work:
            flow.addWidget(act)
        whole = button(look, look.tr.text("Open"), Icon.FORWARD)
        whole.clicked.connect(lambda: self.asked.emit(""))
        flow.addWidget(whole)
        lines.addWidget(actions)
        self.timeline = TimeLine(look, look.tr.text("Time line"))
        self.timeline.opened.connect(lambda _key: self.asked.emit(""))
        lines.addWidget(self.timeline, 1)
        self.addWidget(EmptyState(look, look.tr.text("Choose a person in the list."), icon=Icon.PERSON))
        self.addWidget(shown)

    def show_person(self, person: Person, said: Notice | None = None) -> None:
        """Show this person, and above the actions where the person is on the way to."""
        self.client = person.client.id
        empty_layout(self._moves)
        if said is not None:
            banner = Banner(self._look, said.words, said.tone, said.action, can_close=False)
            banner.acted.connect(lambda: self.asked.emit(said.asks))
            self._moves.addWidget(banner)
        for act in self._new_work:
            act.setVisible(person.is_written_here)
        empty_layout(self._header)
        self._header.addWidget(PersonHeader(self._look, header_facts(person, self._look.tr)))
        self.timeline.show_rows(timeline_rows(person.timeline, self._registry, self._look.tr))
        self.setCurrentIndex(1)

    def show_nobody(self) -> None:
        """Nobody is marked."""
        self.client = None
        self.setCurrentIndex(0)
