"""What stands beside the list of partners: one of them, shutting out, admitting again, a bundle that is kept aside."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desk_app.domain.clock import today
from desk_app.i18n.phrases import file_size
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.held import HeldBundle, Why
from desk_app.storage.results import ReceivedBundle
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.partners.read import Shown, aside_words, day_of, held_next, hindrance, member_state
from desk_app.ui.theme import Measure, Role, Text, Tone
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choices import ChoiceField
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.text import label, muted, picture
from desk_app.usecases.held import WHY
from desk_app.usecases.roster import Member


class MemberPanel(QWidget):
    """Who it is and how it stands; `shut_out_asked` and `readmit_asked` for whoever may, else the reason why not."""

    shut_out_asked = Signal()
    readmit_asked = Signal()

    def __init__(self, look: Look, one: Member, shown: Shown) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        state, icon, tone = member_state(one, shown, tr)
        line = row(gap=Measure.INSIDE)
        line.addWidget(picture(look, icon, tone.ink), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(state, Text.STRONG, tone=tone), 1)
        lines.addLayout(line)
        add_facts(lines, {tr.text("Name"): one.name, tr.text("Computer"): one.device})
        if (aside := shown.set_aside(one.device)) is not None:
            lines.addWidget(label(aside_words(aside, tr)))
        self.shut_out = button(look, tr.text("Shut this partner out"), Icon.REFUSED, Weight.DANGER)
        self.shut_out.clicked.connect(self.shut_out_asked)
        self.readmit = button(look, tr.text("Admit again"), Icon.UNDO)
        self.readmit.clicked.connect(self.readmit_asked)
        why = _why_not(one, shown, tr)
        offered, other = (self.readmit, self.shut_out) if one.revoked_by else (self.shut_out, self.readmit)
        other.setParent(self)
        other.hide()
        if one.device == shown.own:  # Nobody shuts the own computer out.
            offered.setParent(self)
            offered.hide()
        else:
            offered.setEnabled(not why)
            offered.setAccessibleDescription(why)
            lines.addWidget(offered)
            if why:
                lines.addWidget(muted(why))
        lines.addStretch(1)
        if not why and one.device != shown.own:
            lead_to(self, offered)


class ShutOutPanel(QWidget):
    """What shutting out means, what counts of what the partner wrote, and its name typed to confirm. `settled` says in
    words what counts where an alarm decides it; then it is not asked."""

    shut_out_asked = Signal(object)
    """The number of the last bundle that counts, or None for all that came."""
    left = Signal()

    def __init__(self, look: Look, name: str, code: str, bundles: Sequence[ReceivedBundle], settled: str = "") -> None:
        super().__init__()
        tr = look.tr
        self._look, self._names = look, {name.casefold(), code.casefold()}
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(label(tr.text("What this means"), Text.SECTION))
        for said in _consequences(tr):
            lines.addWidget(label(said))
        words = {
            str(one.number): tr.text(
                "Up to bundle no. {number}, received on {day}", number=str(one.number), day=today(one.received)
            )
            for one in bundles
        }
        self.counts = ChoiceField(look, words, tr.text("Everything received so far"))
        if settled:
            self.counts.setParent(self)
            self.counts.hide()
            lines.addWidget(label(settled, Text.STRONG))
        else:
            help_words = tr.text("What it wrote later is set aside: it is kept, and shows nowhere.")
            lines.addWidget(FieldRow(look, tr.text("What counts of what it wrote"), self.counts, help_words))
        self.typed = LineField(look, limit=60)
        self.typed_row = FieldRow(look, tr.text("Type {name} to confirm", name=name), self.typed, required=True)
        lines.addWidget(self.typed_row)
        lines.addStretch(1)
        self.confirm = button(look, tr.text("Shut this partner out"), Icon.REFUSED, Weight.DANGER)
        self.confirm.clicked.connect(self._confirm)
        self.cancel = button(look, tr.text("Cancel"), weight=Weight.PLAIN)
        self.cancel.clicked.connect(self.left)
        lead_to(self, self.typed if settled else self.counts)

    def _confirm(self) -> None:
        if self.typed.typed().strip().casefold() not in self._names:
            self.typed_row.show_error(self._look.tr.text("That is not the name. Nothing was changed."))
            self.typed.setFocus()
        else:
            chosen = self.counts.typed()
            self.shut_out_asked.emit(int(chosen) if chosen else None)


class ReadmitPanel(QWidget):
    """What admitting again means; `confirmed` once the person is sure."""

    confirmed = Signal(bool)

    def __init__(self, look: Look, aside: str) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        lines.addWidget(label(tr.text("What this means"), Text.SECTION))
        for said in (
            tr.text("Its bundles are taken in again, and it gets what was written meanwhile."),
            tr.text("Everything it wrote counts again, also what was set aside."),
            tr.text("The others hear of it with your next bundle to them."),
        ):
            lines.addWidget(label(said))
        if aside:
            lines.addWidget(label(aside))
        self.sure = QCheckBox(tr.text("I know who uses this computer now"))
        self.sure.toggled.connect(self.confirmed)
        lines.addWidget(self.sure)
        lines.addStretch(1)
        lead_to(self, self.sure)


class HeldPanel(QWidget):
    """A bundle that is kept aside: why, and what can be done. `admit_asked`, `thrown_away` once the person is sure."""

    admit_asked = Signal()
    thrown_away = Signal()

    def __init__(self, look: Look, one: HeldBundle, *, admitted: bool) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        why = tr.choice(WHY, one.why)
        warning = row(gap=Measure.INSIDE)
        warning.addWidget(picture(look, Icon.WAITING, Role.ATTENTION), 0, Qt.AlignmentFlag.AlignTop)
        warning.addWidget(label(why, Text.STRONG, tone=Tone.ATTENTION), 1)
        lines.addLayout(warning)
        for said in held_next(one, tr):
            lines.addWidget(label(said))
        facts = {
            tr.text("Computer"): one.device,
            tr.text("Came on"): day_of(one.came),
            tr.text("Size"): file_size(one.size, tr),
        }
        add_facts(lines, facts)
        self.admit = button(look, tr.text("Admit a partner"), Icon.KEY, Weight.MAIN)
        self.admit.clicked.connect(self.admit_asked)
        if one.why is Why.UNKNOWN and not admitted:
            lines.addWidget(self.admit)
        else:
            self.admit.setParent(self)
            self.admit.hide()
        lines.addWidget(label(tr.text("Not needed"), Text.SECTION))
        lines.addWidget(muted(tr.text("A bundle that was thrown away can come again: its sender can send it anew.")))
        self.sure = QCheckBox(tr.text("I do not need this bundle"))
        self.throw = button(look, tr.text("Throw away"), Icon.DELETE, Weight.DANGER)
        self.throw.setEnabled(False)
        self.sure.toggled.connect(self.throw.setEnabled)
        self.throw.clicked.connect(self.thrown_away)
        lines.addWidget(self.sure)
        lines.addWidget(self.throw)
        lines.addStretch(1)
        lead_to(self, self.admit if not self.admit.isHidden() else self.sure)


def add_facts(lines: QVBoxLayout, facts: Mapping[str, str]) -> None:
    """Pairs of a word and what it is; what is empty is left out."""
    for words, value in facts.items():
        if value:
            pair = column(gap=0)
            pair.addWidget(label(words, Text.CAPTION))
            pair.addWidget(label(value))
            lines.addLayout(pair)


def partner_name(one: Member, tr: Translator) -> str:
    """What is typed to confirm."""
    return desk_name(one.code, tr)


def _why_not(one: Member, shown: Shown, tr: Translator) -> str:
    why = hindrance(shown, tr)
    others = [code for code in one.revoked_by if code != shown.own_code]
    if not why and others:
        by = ", ".join(desk_name(code, tr) for code in others)
        return tr.text("Shut out by {by}: only there it can be admitted again.", by=by)
    return why


def _consequences(tr: Translator) -> Sequence[str]:
    return (
        tr.text("Its bundles are refused from now on, here and everywhere your roster arrives."),
        tr.text("Nothing is sealed for it any more. What it has already stays with it."),
        tr.text("The others hear of it with your next bundle to them: write one for everybody today."),
        tr.text("You can admit it again. Then everything it wrote counts again."),
    )
