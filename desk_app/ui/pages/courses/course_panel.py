"""A course in the side panel: what is known of it, and who takes part."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.storage.rows import Record
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.courses.read import Courses, facts_of, participant_row
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.text import label


class CoursePanel(QWidget):
    """`opened(id)` for a participant; `add_asked` while there is none."""

    opened = Signal(str)
    add_asked = Signal()

    def __init__(self, look: Look, course: Record, known: Courses) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        facts = column(gap=2)
        for words, value in facts_of(course, tr):
            facts.addWidget(label(tr.text("{label}: {value}", label=words, value=value)))
        lines.addLayout(facts)
        taking_part: Sequence[Record] = known.participants.get(course.id, ())
        lines.addWidget(label(tr.text("Participants"), Text.SECTION))
        self.rows = RowList(look, tr.text("Participants"), grows=True)
        self.rows.show_rows([participant_row(one, known.name_of(one), tr) for one in taking_part])
        self.rows.opened.connect(self.opened)
        if taking_part:
            lines.addWidget(label(_states(taking_part, look), Text.CAPTION))
            lines.addWidget(self.rows)
            self.setFocusProxy(self.rows)
        else:
            self.rows.hide()
            empty = EmptyState(look, tr.text("Nobody takes part yet."), tr.text("Add a participant"), Icon.PEOPLE)
            empty.acted.connect(self.add_asked)
            lines.addWidget(empty)
        lines.addStretch(1)


def _states(taking_part: Sequence[Record], look: Look) -> str:
    tr = look.tr
    count = {state: sum(one.text("state") == state for one in taking_part) for state in ("completed", "dropped_out")}
    words = [tr.plural("{count} participant", "{count} participants", len(taking_part))]
    if count["completed"]:
        words.append(tr.plural("{count} completed", "{count} completed", count["completed"]))
    if count["dropped_out"]:
        words.append(tr.plural("{count} dropped out", "{count} dropped out", count["dropped_out"]))
    return " · ".join(words)
