"""The first step of the intake: is the person on record already?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.i18n.found_words import why_found
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.person_words import found_row
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.search import SearchBox
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import people
from desk_app.usecases.people import Found

SHOWN = 20


class IntakeSearch(QWidget):
    """`person_asked(id)` for somebody on record, `register_asked(typed)` for somebody new."""

    register_asked = Signal(str)
    person_asked = Signal(str)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._look = look
        self._session = session
        tr = look.tr
        across = row(self)
        across.setContentsMargins(Measure.EDGE, Measure.EDGE, Measure.EDGE, 0)
        inner = QWidget()
        inner.setMaximumWidth(look.theme.width(Measure.COLUMN))
        across.addWidget(inner, 100)
        across.addStretch(1)
        lines = column(inner, gap=12)
        lines.addWidget(label(tr.text("Has the person been here before?"), Text.SECTION))
        lines.addWidget(muted(tr.text("Search by name in any letters. The person may have come to another desk.")))
        self.box = SearchBox(look, tr.text("Name, number or phone, in any letters"))
        self.box.searched.connect(self._search)
        self.box.went_down.connect(self._into_list)
        lines.addWidget(self.box)
        self.new_button = button(look, tr.text("Register a new person"), Icon.NEW_PERSON, Weight.MAIN)
        self.new_button.clicked.connect(lambda: self.register_asked.emit(self.box.text().strip()))
        lines.addWidget(self.new_button)
        self._said = label("", Text.CAPTION)
        lines.addWidget(self._said)
        self.list = RowList(look, tr.text("People"))
        self.list.opened.connect(self.person_asked)
        lines.addWidget(self.list, 1)
        self.setFocusProxy(self.box)

    def look_for(self, typed: str) -> None:
        """Search for this."""
        self.box.setText(typed)
        self._search(typed)

    def _search(self, text: str) -> None:
        typed = text.strip()
        if not typed:
            self._show("", [])
            return
        language = self._look.tr.language.code
        self._session.ask(
            lambda vault: people.find(vault, typed, SHOWN, language), lambda found: self._show(typed, found), owner=self
        )

    def _show(self, typed: str, found: list[Found]) -> None:
        if typed != self.box.text().strip():
            return
        tr = self._look.tr
        self.list.show_rows([found_row(one, why_found(one, typed, tr), tr) for one in found])
        count = tr.plural("{count} person found", "{count} people found", len(found))
        self._said.setText(count if typed else "")

    def _into_list(self) -> None:
        self.list.pick_first()
