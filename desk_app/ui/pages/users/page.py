"""The page of users and keys: a list of people with their forms beside it, and a card for each key."""

from PySide6.QtWidgets import QPushButton

from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.targets import SETTINGS
from desk_app.ui.pages.users.key_tasks import KeyTasks
from desk_app.ui.pages.users.papers import CodePanel
from desk_app.ui.pages.users.people_tasks import PeopleTasks
from desk_app.ui.pages.users.read import Shown, read, user_row
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import Card, ScrollColumn
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.text import label, muted

USER = "user"
"""What changes here is told under this kind."""


class UsersPage(Page):
    """Whoever leads the desk changes the others; everybody sees them and changes the own passphrase."""

    kinds = frozenset({USER})

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._shown: Shown | None = None
        look, tr = self.look, self.look.tr
        self.add_button = button(look, tr.text("Add a user"), Icon.NEW_PERSON, Weight.MAIN)
        self.add_button.setEnabled(False)
        head = PageHead(look, tr.text("People and keys"), actions=[self.add_button], back=True)
        head.went_back.connect(lambda: around.shell.go(SETTINGS))
        self.body.addWidget(head)
        scroll = ScrollColumn(look, width=Measure.COLUMN)
        with_panel = WithPanel(look, scroll, least=520)
        self.panel = with_panel.panel
        self.body.addWidget(with_panel, 1)
        self.people = PeopleTasks(around, session, self.panel)
        self.keys = KeyTasks(around, session, self.panel)
        self.add_button.clicked.connect(self._add)
        self.list = RowList(look, tr.text("Users"), grows=True)
        self.list.opened.connect(self._open)
        card = Card(look, tr.text("Users"))
        card.add_list(self.list)
        self._leading: list[QPushButton] = [self.add_button]
        scroll.body.addWidget(card)
        for made in (self._own_card(), self._recovery_card(), self._emergency_card(), self._data_card()):
            scroll.body.addWidget(made)

    def reload(self) -> None:
        """Read the users again."""
        language = self.look.tr.language.code
        self._session.ask(lambda vault: read(vault, language), self._show, owner=self)

    def enter(self) -> None:
        """Into the list."""
        self.list.pick_first()

    def back(self) -> bool:
        """Close the panel, then go back to the settings."""
        if not self._may_leave_panel():
            return True
        if self.panel.isHidden():
            self.around.shell.go(SETTINGS)
        else:
            self.panel.let_go()
        return True

    # Inside

    def _own_card(self) -> Card:
        tr = self.look.tr
        change = button(self.look, tr.text("Change my passphrase"), Icon.EDIT)
        change.clicked.connect(self._change_own)
        card = Card(self.look, tr.text("My passphrase"), change)
        card.body.addWidget(muted(tr.text("Change it when somebody may have seen it.")))
        return card

    def _recovery_card(self) -> Card:
        tr = self.look.tr
        made = button(self.look, tr.text("Make a new recovery code"), Icon.REFRESH)
        made.clicked.connect(self.keys.new_code)
        self._leading.append(made)
        card = Card(self.look, tr.text("Recovery code"), made)
        words = tr.text(
            "A paper with digits opens the desk when all passphrases are forgotten, private notes included. "
            "Whoever uses it is written down, and everybody is told."
        )
        card.body.addWidget(muted(words))
        return card

    def _emergency_card(self) -> Card:
        tr = self.look.tr
        if self._session.is_coordinator:
            made = button(self.look, tr.text("Make the emergency key"), Icon.ADD)
            made.clicked.connect(self.keys.make_emergency)
            save = button(self.look, tr.text("Save its card"), Icon.SAVE)
            save.clicked.connect(self.keys.save_emergency_card)
            actions = [made, save]
        else:
            take = button(self.look, tr.text("Take the card of the emergency key"), Icon.IMPORT)
            take.clicked.connect(self.keys.take_emergency)
            actions = [take]
        self._leading += actions
        card = Card(self.look, tr.text("The programme's emergency key"))
        words = tr.text(
            "When a desk's people and its paper are gone, two of three papers kept in the programme open it. "
            "They open no private notes."
        )
        card.body.addWidget(muted(words))
        self._emergency = label("")
        card.body.addWidget(self._emergency)
        for action in actions:
            card.body.addWidget(action)
        return card

    def _data_card(self) -> Card:
        tr = self.look.tr
        made = button(self.look, tr.text("Seal everything with a new key"), Icon.LOCK)
        made.clicked.connect(self.keys.rotate)
        self._leading.append(made)
        card = Card(self.look, tr.text("The key of the data"), made)
        words = tr.text(
            "Do this when somebody may have copied this desk and known a passphrase. "
            "It takes a few minutes; nobody's passphrase changes."
        )
        card.body.addWidget(muted(words))
        return card

    def _may_leave_panel(self) -> bool:
        content = self.panel.content
        if not isinstance(content, CodePanel) or content.let_go():
            return True
        self.panel.open()
        return False

    def _add(self) -> None:
        if self._may_leave_panel():
            self.people.add()

    def _change_own(self) -> None:
        if self._may_leave_panel():
            self.people.change_own()

    def _open(self, user: str) -> None:
        if not self._may_leave_panel():
            return
        one = self._shown.member(user) if self._shown else None
        if self._shown is not None and one is not None:
            self.people.open(one, self._shown)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        tr = self.look.tr
        self.list.show_rows([user_row(one, shown.own, tr) for one in shown.members])
        reason = "" if shown.leads else tr.text("Only whoever leads the desk does this.")
        for made in self._leading:
            made.setEnabled(shown.leads)
            made.setToolTip(reason)
        self._emergency.setText(
            tr.text("This desk opens with the papers number {number}.", number=shown.emergency.number)
            if shown.emergency
            else tr.text("No emergency key opens this desk yet.")
        )
