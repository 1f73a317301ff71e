"""The page of partners: alarms first, then what is kept aside, then who belongs to the programme."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from desk_app.domain.names import sort_key
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.partners.enrolment import Enrolment
from desk_app.ui.pages.partners.read import (
    TOLD,
    Shown,
    alarm_headline,
    alarm_meaning,
    held_row,
    hindrance,
    member_row,
    read,
    versions,
)
from desk_app.ui.pages.partners.tasks import Tasks
from desk_app.ui.pages.targets import EXCHANGE, PlanHeld, SendTo
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Role, Text, Tone
from desk_app.ui.widgets.boxes import Card, ScrollColumn, column, empty_layout, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.text import label, muted, picture
from desk_app.usecases.alarms import AlarmShown


class PartnersPage(Page):
    """Reached from the exchange, and back to it. Everybody reads it; who may not act is told why beside the act."""

    kinds = frozenset({TOLD})

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        look, tr = self.look, self.look.tr
        self._session = session
        self._shown: Shown | None = None
        self.decide: list[QPushButton] = []
        own = button(look, tr.text("Show my card"), Icon.ID_CARD)
        admit = button(look, tr.text("Admit a partner"), Icon.KEY, Weight.MAIN)
        self.head = PageHead(look, tr.text("Partners"), actions=[own, admit], back=True)
        self.head.went_back.connect(lambda: around.shell.go(EXCHANGE))
        self.body.addWidget(self.head)
        scroll = ScrollColumn(look, width=Measure.COLUMN)
        with_panel = WithPanel(look, scroll, least=520)
        self.panel = with_panel.panel
        self.body.addWidget(with_panel, 1)
        self.enrolment = Enrolment(around, session, self.panel, TOLD)
        self.enrolment.plan_asked.connect(self._take_in)
        self.enrolment.send_asked.connect(lambda code: around.shell.go(EXCHANGE, SendTo(code)))
        own.clicked.connect(self.enrolment.show_own)
        admit.clicked.connect(self.enrolment.choose)
        self.tasks = Tasks(around, session, self.panel)
        self.tasks.admit_asked.connect(self.enrolment.choose)
        self._alarms = column(gap=Measure.BETWEEN)
        scroll.body.addLayout(self._alarms)
        scroll.body.addWidget(self._held_card())
        scroll.body.addWidget(self._roster_card())

    def reload(self) -> None:
        """Read everything again."""
        self._session.ask(read, self._show, owner=self)

    def enter(self) -> None:
        """To the alarm, else into the list."""
        if self.decide:
            self.decide[0].setFocus()
        else:
            self.members.pick_first()

    def back(self) -> bool:
        """Close the panel, then go back to the exchange."""
        if self.panel.isHidden():
            self.around.shell.go(EXCHANGE)
        else:
            self.panel.put_away()
        return True

    # Inside

    def _held_card(self) -> Card:
        look, tr = self.look, self.look.tr
        self.take = button(look, tr.text("See what they hold"), Icon.IMPORT, Weight.MAIN)
        self.take.clicked.connect(self._take_in)
        card = Card(look, tr.text("Bundles kept aside"), self.take)
        card.body.addWidget(
            muted(tr.text("They are sealed as they came, and nothing of them has been taken in. Choose one."))
        )
        self.held = RowList(look, tr.text("Bundles kept aside"), grows=True)
        self.held.opened.connect(self._open_held)
        card.add_list(self.held)
        card.hide()
        self.held_card = card
        return card

    def _roster_card(self) -> Card:
        look, tr = self.look, self.look.tr
        card = Card(look, tr.text("Who belongs to the programme"))
        self._versions = muted("")
        card.body.addWidget(self._versions)
        self._why = muted("")
        card.body.addWidget(self._why)
        self._troubles = column()
        card.body.addLayout(self._troubles)
        self.members = RowList(look, tr.text("Who belongs to the programme"), grows=True)
        self.members.opened.connect(self._open_member)
        card.add_list(self.members)
        return card

    def _show(self, shown: Shown) -> None:
        tr, before = self.look.tr, self._shown
        self._shown = shown
        if before is None or before.alarms != shown.alarms or before.leads != shown.leads:
            self._show_alarms(shown.alarms)
        self.held_card.setVisible(bool(shown.held))
        self.take.setVisible(bool(shown.ready))
        self.held.show_rows([held_row(one, tr) for one in shown.held])
        self._versions.setText(versions(shown, tr))
        self._versions.setVisible(bool(versions(shown, tr)))
        self._why.setText(hindrance(shown, tr))
        self._why.setVisible(bool(hindrance(shown, tr)))
        empty_layout(self._troubles)
        for trouble in shown.roster.troubles:
            self._troubles.addWidget(label(self.around.errors.words(trouble), tone=Tone.DANGER))
        rows = [member_row(one, shown, tr) for one in shown.roster.members]
        self.members.show_rows(sorted(rows, key=lambda row: sort_key(row.title, tr.language.code)))

    def _show_alarms(self, found: Sequence[AlarmShown]) -> None:
        empty_layout(self._alarms)
        self.decide = []
        for one in found:
            self._alarms.addWidget(self._alarm_card(one))

    def _alarm_card(self, one: AlarmShown) -> Card:
        look, tr = self.look, self.look.tr
        assert self._shown is not None
        headline = alarm_headline(one, self._shown, tr)
        card = Card(look)
        line = row(gap=Measure.INSIDE)
        line.addWidget(picture(look, Icon.WARNING, Role.DANGER))
        line.addWidget(label(headline, Text.STRONG, tone=Tone.DANGER), 1)
        card.body.addLayout(line)
        card.body.addWidget(label(alarm_meaning(one, tr)))
        decide = button(look, tr.text("Decide"), Icon.FORWARD, Weight.MAIN)
        decide.setAccessibleDescription(headline)
        decide.clicked.connect(lambda: self._open_alarm(one.id))
        card.body.addWidget(decide)
        self.decide.append(decide)
        return card

    def _open_alarm(self, name: str) -> None:
        if self._shown is not None:
            found = next((one for one in self._shown.alarms if one.id == name), None)
            if found is not None:
                self.tasks.show_alarm(found, self._shown)

    def _open_held(self, name: str) -> None:
        if self._shown is not None:
            found = next((one for one in self._shown.held if one.hash == name), None)
            if found is not None:
                self.tasks.show_held(found, self._shown)

    def _open_member(self, device: str) -> None:
        if self._shown is not None and (found := self._shown.member(device)) is not None:
            self.tasks.show_member(found, self._shown)

    def _take_in(self) -> None:
        self.around.shell.go(EXCHANGE, PlanHeld())
