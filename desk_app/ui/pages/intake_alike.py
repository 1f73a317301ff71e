"""People on record who may be the one being registered."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from desk_app.i18n.alike_words import why_alike
from desk_app.i18n.places import desk_name
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.person_words import birth
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases.people import LookAlike


class AlikeList(QFrame):
    """A list at the side; while `asking`, the question and a button to register in spite of them."""

    opened = Signal(str)
    register_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.ids: frozenset[str] = frozenset()
        tr = look.tr
        lines = column(self, gap=12)
        lines.setContentsMargins(Measure.BETWEEN, Measure.EDGE, Measure.BETWEEN, Measure.BETWEEN)
        lines.addWidget(label(tr.text("Perhaps on record already"), Text.SECTION))
        self._question = Banner(
            look, tr.text("This may be the same person. Open the record, or register anyway."), can_close=False
        )
        lines.addWidget(self._question)
        self.anyway = button(look, tr.text("Register anyway"), Icon.NEW_PERSON)
        self.anyway.clicked.connect(self.register_asked)
        lines.addWidget(self.anyway)
        self._nobody = muted(tr.text("Nobody alike so far."))
        lines.addWidget(self._nobody)
        self.list = RowList(look, tr.text("Perhaps on record already"))
        self.list.opened.connect(self.opened)
        lines.addWidget(self.list, 1)
        lines.addStretch()
        self.show_alike(())

    def show_alike(self, found: Sequence[LookAlike], *, asking: bool = False) -> None:
        """Show them, the likeliest first."""
        self.ids = frozenset(one.id for one in found)
        self.list.show_rows([self._row(one) for one in found])
        self.list.setVisible(bool(found))  # Below the form it takes the form's room.
        self._nobody.setVisible(not found)
        self._question.setVisible(asking)
        self.anyway.setVisible(asking)
        if asking:
            self.anyway.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, one: LookAlike) -> Row:
        tr = self._look.tr
        known = [birth(one.birth_date, tr), why_alike(one.reasons, tr), desk_name(one.desk, tr)]
        detail = " · ".join(part for part in known if part)
        tone = Tone.ATTENTION if one.likely else Tone.PLAIN
        tail = tr.text("likely") if one.likely else ""
        return Row(one.id, one.name, detail, tail=tail, icon=Icon.PERSON, tone=tone)
