"""Whom a new referral is for: found by name or number, in any script."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.errors import WithAnotherDesk
from desk_app.i18n.found_words import why_found
from desk_app.i18n.messages import describe
from desk_app.ui.look import Look
from desk_app.ui.pages.person_words import found_row
from desk_app.ui.pages.referrals.questions import found_people
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Tone
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.search import SearchBox
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases.people import Found


class WhomSearch(QWidget):
    """`chosen(client id)` by a click or Enter; of a person who is with another desk it says so instead."""

    chosen = Signal(str)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._look = look
        self._session = session
        tr = look.tr
        self.box = SearchBox(look, tr.text("Name or number"))
        self.people = RowList(look, tr.text("People"), grows=True)
        self._words = muted(tr.text("Type the name of the person who is referred, in any script."))
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(self.box)
        lines.addWidget(self._words)
        self.elsewhere = label("", tone=Tone.ATTENTION)
        self.elsewhere.hide()
        lines.addWidget(self.elsewhere)
        lines.addWidget(self.people)
        self._found: dict[str, Found] = {}
        self.box.searched.connect(self._search)
        self.box.went_down.connect(self.people.pick_first)
        self.people.opened.connect(self._choose)
        self.setFocusProxy(self.box)

    def _search(self, text: str) -> None:
        language = self._look.tr.language.code
        self._session.ask(
            lambda vault: found_people(vault, text, language), lambda found: self._show(text, found), owner=self
        )

    def _show(self, text: str, found: list[Found]) -> None:
        if text != self.box.text().strip():
            return
        tr = self._look.tr
        self._found = {one.id: one for one in found}
        self.elsewhere.hide()
        self.people.show_rows([found_row(one, why_found(one, text, tr), tr) for one in found])
        if text and not found:
            self._words.setText(tr.text("Nobody of that name is registered. Start an intake first."))
        else:
            self._words.setText(tr.text("Type the name of the person who is referred, in any script."))
        self._words.setVisible(not found)

    def _choose(self, client: str) -> None:
        one = self._found[client]
        desk = one.moved_to or one.desk
        if self._session.is_coordinator or desk == self._session.desk:
            self.chosen.emit(client)
            return
        said = describe(WithAnotherDesk(one.name, desk), self._look.tr)
        self.elsewhere.setText(f"{said.sentence} {said.next_step}")
        self.elsewhere.show()
