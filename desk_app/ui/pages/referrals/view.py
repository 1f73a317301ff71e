"""One referral in the side panel: where it stands, what is next, what it says, its printed letters."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.clock import today
from desk_app.domain.records.referral import REFERRAL, STATE
from desk_app.domain.rules.referral_states import UNANSWERED
from desk_app.i18n import labels
from desk_app.i18n.places import desk_name
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.record_view import RecordView
from desk_app.ui.pages.referrals import words
from desk_app.ui.pages.referrals.answer import AnswerForm
from desk_app.ui.pages.referrals.questions import Opened
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import column, row, rule
from desk_app.ui.widgets.buttons import icon_button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.text import label
from desk_app.usecases import directory, people

_HIDDEN = frozenset({"client", "organisation", "to_desk", "state"})


class ReferralView(QWidget):
    """`person_asked` opens the person, `letter_opened(id)` a printed letter, `changed` after a step was taken."""

    person_asked = Signal()
    letter_opened = Signal(str)
    changed = Signal()

    def __init__(self, around: Surroundings, session: Session, shown: Opened) -> None:
        super().__init__()
        self._look = look = around.look
        self.shown = shown
        tr, on = look.tr, today(session.now())
        lines = column(self, gap=Measure.BETWEEN)
        lines.addLayout(self._head(on))
        if shown.next is not None:
            due = shown.next.due
            tone = Tone.ATTENTION if due is not None and due <= on else Tone.PRIMARY
            lines.addWidget(Banner(look, words.next_words(shown.next, on, tr), tone, can_close=False))
        self.answer: AnswerForm | None = None
        if shown.steps:
            self.answer = AnswerForm(around, session, shown)
            self.answer.saved.connect(self.changed)
            lines.addWidget(self.answer)
            self.setFocusProxy(self.answer.step)
        lines.addWidget(rule())
        lines.addWidget(RecordView(look, REFERRAL, shown.referral, _HIDDEN))
        self.letters = RowList(look, labels.kinds(session.registry["letter"], tr), grows=True)
        if shown.letters:
            lines.addWidget(rule())
            lines.addWidget(label(tr.text("Printed letters"), Text.SECTION))
            self.letters.show_rows([words.letter_row(letter, tr) for letter in shown.letters])
            self.letters.opened.connect(self.letter_opened)
            lines.addWidget(self.letters)

    def flush(self) -> None:
        """Keep the draft of the answer."""
        if self.answer is not None:
            self.answer.flush()

    def _head(self, on: date) -> QVBoxLayout:
        look, tr, shown = self._look, self._look.tr, self.shown
        made = column(gap=Measure.TIGHT)
        line = row()
        line.addWidget(label(people.display_name(shown.client), Text.STRONG), 1)
        client = icon_button(look, Icon.PERSON, tr.text("Open the person"))
        client.clicked.connect(self.person_asked)
        line.addWidget(client, 0, Qt.AlignmentFlag.AlignTop)
        made.addLayout(line)
        if shown.organisation is not None:
            made.addWidget(label(directory.called(shown.organisation, tr.language.code)))
        elif shown.incoming:
            made.addWidget(label(tr.text("Referred by {desk}", desk=desk_name(shown.referral.text("desk"), tr))))
        elif shown.referral.text("to_desk"):
            made.addWidget(label(desk_name(shown.referral.text("to_desk"), tr)))
        state, due = shown.referral.text("state"), shown.referral.text("answer_due")
        mark = words.mark(state, state in UNANSWERED and bool(due) and due <= on.isoformat())
        made.addWidget(StatusChip(look, tr.choice(STATE, state), mark.icon, mark.tone))
        return made
