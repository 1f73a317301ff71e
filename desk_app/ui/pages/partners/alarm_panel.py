"""An alarm: what was seen, what it can mean, and what each of the two answers does."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.partners.read import Shown, alarm_headline, alarm_meaning, hindrance
from desk_app.ui.theme import Measure, Role, Text, Tone
from desk_app.ui.widgets.boxes import Card, column, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.text import label, muted, picture
from desk_app.usecases.alarms import AlarmShown


class AlarmPanel(QWidget):
    """`keep_asked` and `shut_out_asked`, once the person says that the desk was asked; for whoever may."""

    keep_asked = Signal()
    shut_out_asked = Signal()

    def __init__(self, look: Look, one: AlarmShown, shown: Shown) -> None:
        super().__init__()
        tr = look.tr
        self._look = look
        self._lines = column(self, gap=Measure.BETWEEN)
        seen = row(gap=Measure.INSIDE)
        seen.addWidget(picture(look, Icon.WARNING, Role.DANGER), 0, Qt.AlignmentFlag.AlignTop)
        seen.addWidget(label(alarm_headline(one, shown, tr), Text.STRONG, tone=Tone.DANGER), 1)
        self._lines.addLayout(seen)
        self._lines.addWidget(label(alarm_meaning(one, tr)))
        self.sure = QCheckBox()
        self.keep = button(look, tr.text("Keep going"), Icon.CHECK)
        self.keep.clicked.connect(self.keep_asked)
        self.shut_out = button(look, tr.text("Shut this computer out"), Icon.REFUSED, Weight.DANGER)
        self.shut_out.clicked.connect(self.shut_out_asked)
        (self._lay_own if one.is_own else self._lay_other)(one, shown)
        self._lines.addStretch(1)
        lead_to(self, self.sure)

    def _lay_own(self, one: AlarmShown, shown: Shown) -> None:
        tr = self._look.tr
        advice = tr.text("Look for the other computer, and use only one of the two from now on. Tell the coordinator.")
        self._lines.addWidget(label(advice))
        self.sure.setText(tr.text("I have told the coordinator"))
        self._lines.addWidget(self.sure)
        self.shut_out.setParent(self)
        self.shut_out.hide()
        self._lines.addWidget(self.keep)
        self._offer(self.keep, _leads_not(shown, tr))

    def _lay_other(self, one: AlarmShown, shown: Shown) -> None:
        tr = self._look.tr
        if one.held:
            waits = tr.plural(
                "{count} bundle waits for your decision.", "{count} bundles wait for your decision.", one.held
            )
            self._lines.addWidget(label(waits, Text.STRONG))
        ask = tr.text(
            "Call the desk before you decide: was the computer replaced, or a backup put back? "
            "Is a computer or a stick missing?"
        )
        self._lines.addWidget(label(ask))
        self.sure.setText(tr.text("I have spoken with the desk"))
        self._lines.addWidget(self.sure)
        said = tr.text(
            "Choose this when the desk knows how it came about. What is here stays, and what this computer sends is "
            "taken in again. What stands only in the other copy has to be recorded once more."
        )
        self._choice(tr.text("The desk can explain it"), said, self.keep, _leads_not(shown, tr))
        said = tr.text(
            "Choose this when a computer or a stick is missing, or nobody can explain it. What this computer wrote "
            "from change no. {number} on is set aside, and its bundles are refused. The desk then needs a new vault.",
            number=str(one.number),
        )
        self._choice(tr.text("Nobody can explain it"), said, self.shut_out, hindrance(shown, tr))

    def _choice(self, title: str, said: str, made: QPushButton, why: str) -> None:
        card = Card(self._look)
        card.body.addWidget(label(title, Text.STRONG))
        card.body.addWidget(label(said))
        card.body.addWidget(made)
        self._lines.addWidget(card)
        self._offer(made, why, card)

    def _offer(self, made: QPushButton, why: str, card: Card | None = None) -> None:
        """It can be pressed once the person is sure; where she may not, the reason stands below it."""
        made.setEnabled(False)
        if not why:
            self.sure.toggled.connect(made.setEnabled)
            return
        made.setAccessibleDescription(why)
        (card.body if card is not None else self._lines).addWidget(muted(why))


def _leads_not(shown: Shown, tr: Translator) -> str:
    return "" if shown.leads else tr.text("Only whoever leads here decides about an alarm.")
