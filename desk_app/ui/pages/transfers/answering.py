"""The panel of one transfer or request: what it says, whom it is about, and the answers that this desk may give."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.domain.ids import RecordId
from desk_app.domain.records.transfer import ASKED, OFFERED, TRANSFER
from desk_app.i18n import labels
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.person_words import client_row
from desk_app.ui.pages.transfers import words
from desk_app.ui.pages.transfers.facts import Beside, Facts
from desk_app.ui.pages.transfers.read import OpenedRequest, OpenedTransfer
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import column, empty_layout, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choices import ChoiceField
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.lines import LongTextField
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.text import label, muted

ACCEPT, DECLINE, WITHDRAW, OFFER, REFUSE, ROUTE = "accept", "decline", "withdraw", "offer", "refuse", "route"


class AnswerPanel(QWidget):
    """What both panels have: an answer in words, and buttons. `answered(what)`; `person_asked(client id)`."""

    answered = Signal(str)
    person_asked = Signal(str)

    def __init__(self, look: Look, record: RecordId) -> None:
        """`record` is under whose id the page opens it."""
        super().__init__()
        self.look = look
        self.record = record
        self.shown: object = None
        self.lines = column(self, gap=Measure.BETWEEN)
        self.buttons: dict[str, QPushButton] = {}
        self.answer: FieldRow | None = None

    @property
    def answer_words(self) -> str:
        """What was typed as the answer."""
        return self.answer.field.typed().strip() if self.answer is not None else ""

    def kept(self) -> Mapping[str, str]:
        """What was typed."""
        return {"answer": self.answer_words}

    def take_back(self, kept: Mapping[str, str]) -> None:
        """Put back what was typed."""
        if self.answer is not None:
            self.answer.field.set_typed(kept.get("answer", ""))

    def say_why(self) -> bool:
        """Whether a no comes with its reason; if not, that is said beside the field."""
        if self.answer is None or self.answer_words:
            return True
        self.answer.show_error(self.look.tr.text("Please write why: the other desk reads it and can tell the person."))
        self.answer.take_keyboard()
        return False

    def _add_answer(self, help_words: str) -> None:
        field = LongTextField(self.look, TRANSFER.field("answer").limit)
        self.answer = FieldRow(self.look, labels.field(TRANSFER.field("answer"), self.look.tr), field, help_words)
        self.lines.addWidget(self.answer)

    def _add_button(self, what: str, words: str, icon: Icon, weight: Weight = Weight.PLAIN) -> None:
        act = button(self.look, words, icon, weight)
        act.clicked.connect(lambda: self.answered.emit(what))
        self.buttons[what] = act

    def _lead_keyboard(self) -> None:
        if self.buttons:
            lead_to(self, next(iter(self.buttons.values())))

    def _add_person(self, client: str) -> None:
        opens = button(self.look, self.look.tr.text("Open the person"), Icon.PERSON)
        opens.clicked.connect(lambda: self.person_asked.emit(client))
        self.buttons["person"] = opens


class TransferPanel(AnswerPanel):
    """A person who is offered, or was."""

    def __init__(self, look: Look, shown: OpenedTransfer, own: str, *, leads: bool) -> None:
        super().__init__(look, shown.transfer.id)
        tr, one = look.tr, shown.transfer
        self.shown: OpenedTransfer = shown
        self.lines.addWidget(label(words.called(one, tr), Text.SECTION))
        is_open, to_us = one.state == OFFERED, one.to_desk == own
        if is_open and to_us:
            self._add_asked()
        self.lines.addWidget(Facts(look, words.transfer_facts(one, own, tr)))
        if is_open and to_us:
            self.lines.addWidget(rule())
            self._add_answer(tr.text("Needed to decline; the other desk reads it."))
            if shown.person is not None:
                self._add_button(ACCEPT, tr.text("Accept"), Icon.CHECK, Weight.MAIN)
            self._add_button(DECLINE, tr.text("Decline"), Icon.REFUSED)
        elif is_open and (leads or one.from_desk == own):
            self._add_button(WITHDRAW, tr.text("Withdraw the offer"), Icon.WITHDRAWN)
        if shown.person is not None:
            self._add_person(shown.person.id)
        self._lead_keyboard()

    def _add_asked(self) -> None:
        tr = self.look.tr
        said = tr.text(
            "The whole history is here to read. If you accept, the person belongs to your desk; the other desk keeps "
            "what it has and hears no more."
        )
        if self.shown.person is None:
            said = tr.text("The person's records come with the next bundle. You can accept once they are here.")
        self.lines.addWidget(Banner(self.look, said, Tone.PRIMARY, can_close=False))


class RequestPanel(AnswerPanel):
    """A desk asks for a person: whom it may mean stands beside what it says. `chosen` is the client to be offered."""

    def __init__(self, look: Look, shown: OpenedRequest, own: str, *, leads: bool) -> None:
        super().__init__(look, shown.request.id)
        tr, one = look.tr, shown.request
        self.shown: OpenedRequest = shown
        self.chosen = ""
        self.desk: ChoiceField | None = None
        self.lines.addWidget(label(words.asked_for(one), Text.SECTION))
        self.lines.addWidget(Facts(look, words.request_facts(one, own, tr)))
        self._beside = column(gap=Measure.INSIDE)
        self.meant = RowList(look, tr.text("Who may be meant"), grows=True)
        self.meant.picked.connect(self._compare)
        self.meant.opened.connect(self._compare)
        if one.state != ASKED or not (leads or one.to_desk == own):
            if one.client:
                self._add_person(one.client)
            self._lead_keyboard()
            return
        self._add_meant()
        self._add_answer(tr.text("Needed to refuse; the other desk reads it."))
        if shown.meant:
            self._add_button(OFFER, tr.text("Offer this person"), Icon.CHECK, Weight.MAIN)
        self._add_button(REFUSE, tr.text("Refuse"), Icon.REFUSED)
        if shown.desks:
            self._add_route()
        if shown.meant:
            self.meant.pick(shown.meant[0].id)

    def _add_meant(self) -> None:
        tr = self.look.tr
        self.lines.addWidget(rule())
        self.lines.addWidget(label(tr.text("Who may be meant"), Text.SECTION))
        if not self.shown.meant:
            self.lines.addWidget(muted(tr.text("Nobody on record here fits. Refuse, and write what you know.")))
            return
        self.meant.show_rows([client_row(one, tr) for one in self.shown.meant])
        self.lines.addWidget(self.meant)
        self.lines.addLayout(self._beside)
        lead_to(self, self.meant)

    def _add_route(self) -> None:
        tr = self.look.tr
        self.desk = ChoiceField(self.look, words.desk_choices(self.shown.desks, tr), tr.text("Choose"))
        self.desk_row = FieldRow(self.look, tr.text("Send the request on to"), self.desk)
        self.lines.addWidget(self.desk_row)
        self._add_button(ROUTE, tr.text("Send on"), Icon.FORWARD)

    def routed_to(self) -> str:
        """The desk that was chosen; where none was, that is said beside the field."""
        assert self.desk is not None
        if not self.desk.typed():
            self.desk_row.show_error(self.look.tr.text("Choose a desk."))
            self.desk_row.take_keyboard()
        return self.desk.typed()

    def _compare(self, client: str) -> None:
        found = next((one for one in self.shown.meant if one.id == client), None)
        if found is None or client == self.chosen:
            return
        self.chosen = client
        empty_layout(self._beside)
        self._beside.addWidget(Beside(self.look, self.shown.request, found))
        if self.desk is not None and found.text("desk") in self.shown.desks:
            self.desk.set_typed(found.text("desk"))
