"""The panel of a person whom more than one desk took over: the coordinator says whose the person is."""

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.transfers import words
from desk_app.ui.pages.transfers.answering import AnswerPanel
from desk_app.ui.pages.transfers.read import OpenedContested
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.buttons import Weight
from desk_app.ui.widgets.choices import ChoiceField
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.text import label

ASSIGN = "assign"


class ContestedPanel(AnswerPanel):
    """Which desks took the person over, and the choice of one of them."""

    def __init__(self, look: Look, shown: OpenedContested) -> None:
        super().__init__(look, shown.contested.client)
        tr, one = look.tr, shown.contested
        self.shown = shown
        self.lines.addWidget(label(one.client_name or one.client_number, Text.SECTION))
        said = tr.text(
            "These desks accepted the person before they could hear of each other. Call them, then say whose the "
            "person is. The other desk keeps what it has and hears that the person moved."
        )
        self.lines.addWidget(Banner(look, said, Tone.PRIMARY, can_close=False))
        self.desk = ChoiceField(look, words.desk_choices(one.desks, tr), tr.text("Choose"))
        self.desk_row = FieldRow(look, tr.text("Which desk has the person"), self.desk, required=True)
        self.lines.addWidget(self.desk_row)
        self._add_button(ASSIGN, tr.text("Say so"), Icon.CHECK, Weight.MAIN)
        self._add_person(one.client)
        lead_to(self, self.desk)

    def said(self) -> str:
        """The desk that was chosen; where none was, that is said beside the field."""
        if not self.desk.typed():
            self.desk_row.show_error(self.look.tr.text("Choose a desk."))
            self.desk.setFocus()
        return self.desk.typed()
