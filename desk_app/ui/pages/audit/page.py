"""The page of the record of access: filters above a list that is read a page at a time."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desk_app.domain.clock import today
from desk_app.domain.rules.auditing import ACTION
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.audit.read import Asked, Shown, entry_row, read, target_of
from desk_app.ui.pages.targets import SETTINGS
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.choices import PlainCombo
from desk_app.ui.widgets.dates import DateField
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.ui.widgets.text import muted
from desk_app.usecases.audit import Entry


class AuditPage(Page):
    """Who, what and which day are chosen above; Enter opens the record of an entry."""

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._entries: list[Entry] = []
        self._rows: list[Row] = []
        self._wanted_user: object = None
        look, tr = self.look, self.look.tr
        self.head = PageHead(look, tr.text("Record of access"), back=True)
        self.head.went_back.connect(self.back)
        self.body.addWidget(self.head)
        main = QWidget()
        lines = column(main, margin=Measure.EDGE, gap=Measure.BETWEEN)
        self.user = PlainCombo()
        self.user.addItem(tr.text("Everybody"), None)
        self.user.setMinimumContentsLength(16)
        self.user.setAccessibleName(tr.text("Who"))
        self.action = PlainCombo()
        self.action.addItem(tr.text("Every act"), None)
        for code, words in ACTION.words.items():
            self.action.addItem(tr.text(words), code)
        self.action.setMinimumContentsLength(28)
        self.action.setAccessibleName(tr.text("What"))
        self.day = DateField(look, lambda: today(session.now()))
        self.day.set_name(tr.text("Day"))
        self.day.setMinimumWidth(look.theme.px(180))
        filters = row(gap=Measure.BETWEEN)
        for widget in (self.user, self.action, self.day):
            filters.addWidget(widget)
        filters.addStretch(1)
        lines.addLayout(filters)
        self.own = muted(tr.text("You see what you did. Whoever leads the desk sees what everybody did."))
        self.own.hide()
        lines.addWidget(self.own)
        self.list = RowList(look, tr.text("Record of access"))
        self.list.opened.connect(self.open)
        lines.addWidget(self.list, 1)
        self.nothing = muted(tr.text("Nothing was written down for this choice."))
        self.nothing.hide()
        lines.addWidget(self.nothing)
        self.more = button(look, tr.text("Show earlier ones"))
        self.more.clicked.connect(lambda: self._ask(len(self._entries)))
        self.more.hide()
        lines.addWidget(self.more)
        self.body.addWidget(main, 1)
        self.user.activated.connect(lambda _place: self.reload())
        self.action.activated.connect(lambda _place: self.reload())
        self.day.edited.connect(self._day_typed)

    def reload(self) -> None:
        """Read the newest entries again."""
        self._ask(0)

    def kept(self) -> object:
        """What is chosen above the list."""
        return self.user.currentData(), self.action.currentData(), self.day.typed()

    def take_back(self, kept: object) -> None:
        """Choose the same; somebody's name is there once the list was read."""
        match kept:
            case (user, action, str() as day):
                self._wanted_user = user
                self.action.setCurrentIndex(max(self.action.findData(action), 0))
                self.day.set_typed(day)
                self.reload()

    def enter(self) -> None:
        """Into the list."""
        self.list.pick_first()

    def back(self) -> bool:
        """To the settings, from where it was opened."""
        self.around.shell.go(SETTINGS)
        return True

    def open(self, place: str) -> None:
        """Open the record of an entry, where it has a page."""
        target = target_of(self._entries[int(place)])
        if target is not None:
            self.around.shell.go(*target)

    # Inside

    def _ask(self, offset: int) -> None:
        day = None if self.day.trouble() else self.day.value()
        on = date.fromisoformat(day) if isinstance(day, str) else None
        asked = Asked(self.user.currentData(), self.action.currentData(), on)
        language = self.look.tr.language.code
        self._session.ask(
            lambda vault: read(vault, asked, offset, language), lambda shown: self._show(shown, offset), owner=self
        )

    def _day_typed(self) -> None:
        if not self.day.trouble():
            self.reload()

    def _show(self, shown: Shown, offset: int) -> None:
        self._fill_users(shown)
        del self._entries[offset:], self._rows[offset:]
        for place, entry in enumerate(shown.entries, start=len(self._entries)):
            self._rows.append(entry_row(place, entry, self._session.registry, shown, self.look.tr))
        self._entries += shown.entries
        self.list.show_rows(self._rows)
        self.list.setVisible(bool(self._rows))
        self.nothing.setVisible(not self._rows)
        self.more.setVisible(shown.more)
        self.own.setVisible(shown.own)
        self.user.setVisible(not shown.own)

    def _fill_users(self, shown: Shown) -> None:
        if self.user.count() == 1:
            for user, name in shown.users:
                self.user.addItem(name, user)
            if self._wanted_user is not None:
                self.user.setCurrentIndex(max(self.user.findData(self._wanted_user), 0))
                self._wanted_user = None
                self.reload()
