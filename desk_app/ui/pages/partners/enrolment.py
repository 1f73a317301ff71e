"""Admitting a partner: the card or a photo of its code, the digits compared, and what happens next."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desk_app.i18n.places import desk_name
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.partners.card_page import ENDING
from desk_app.ui.pages.targets import CARD
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import Card, column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_file
from desk_app.ui.widgets.digits import digits_card
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.panel import SidePanel
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import held, partners
from desk_app.usecases.partners import CardShown

PICTURES = ("*.png", "*.jpg", "*.jpeg")


@dataclass(frozen=True, slots=True)
class Read:
    """A card that was read. `is_known`: its desk has been admitted before, perhaps with another computer."""

    path: Path
    card: CardShown
    is_known: bool


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who was admitted, and how many bundles that were kept aside can be taken in now."""

    card: CardShown
    ready: int


def read(path: Path, vault: Vault) -> Read:
    """Whose card it is."""
    card = partners.read_card(path)
    return Read(path, card, any(one.code == card.code for one in partners.partners(vault)))


def admit(found: Read, vault: Vault) -> Admitted:
    """With the digits that were compared: the file may have been exchanged meanwhile."""
    done = partners.enrol(vault, found.path, " ".join(found.card.digits))
    return Admitted(done, held.ready(vault))


class Enrolment(QObject):
    """Everything happens in a page's side panel. `told` is what changes when a partner is admitted; `send_asked(code)`
    and `plan_asked` when the person goes on from there."""

    send_asked = Signal(str)
    plan_asked = Signal()

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel, told: str) -> None:
        super().__init__(panel)
        self._around = around
        self._session = session
        self._panel = panel
        self._told = told

    def show_own(self) -> None:
        """One's own card has a page."""
        self._around.shell.go(CARD)

    def choose(self) -> None:
        """Choose the file of a partner's card, or a photo of its code; what is none is refused in words."""
        tr = self._around.look.tr
        kinds = tr.text("Cards and photos of their QR code ({pattern})", pattern=" ".join((f"*{ENDING}", *PICTURES)))
        path = choose_file(self._panel.window(), tr.text("Choose the partner's card"), kinds)
        if path is not None:
            self._session.ask(partial(read, path), self._ask, owner=self)

    def _ask(self, found: Read) -> None:
        look = self._around.look
        content = AdmitPanel(look, found)
        confirm = button(look, look.tr.text("Admit"), Icon.CHECK, Weight.MAIN)
        confirm.setEnabled(False)
        content.confirmed.connect(confirm.setEnabled)
        confirm.clicked.connect(lambda: self._admit(found))
        leave = button(look, look.tr.text("Leave"), weight=Weight.QUIET)
        leave.clicked.connect(self._panel.let_go)
        title = look.tr.text("Admit a partner")
        self._panel.hold(title, content, [confirm, leave], lambda page: page.findChild(Enrolment)._ask(found))

    def _admit(self, found: Read) -> None:
        self._session.act(partial(admit, found), self._admitted, self._told, owner=self)

    def _admitted(self, done: Admitted) -> None:
        tr = self._around.look.tr
        shown = AdmittedPanel(self._around.look, done, here_leads=self._session.is_coordinator)
        shown.send_asked.connect(lambda: self.send_asked.emit(done.card.code))
        shown.plan_asked.connect(self.plan_asked)
        shown.card_asked.connect(self.show_own)
        title = tr.text("{partner} was admitted", partner=desk_name(done.card.code, tr))
        self._panel.hold(title, shown, again=lambda page: page.findChild(Enrolment)._admitted(done))


class AdmitPanel(QWidget):
    """Whose card a file is and its digits; `confirmed(bool)` when the person says that they were compared."""

    confirmed = Signal(bool)

    def __init__(self, look: Look, found: Read) -> None:
        super().__init__()
        tr, shown = look.tr, found.card
        partner = desk_name(shown.code, tr)
        lines = column(self, gap=Measure.BETWEEN)
        who = column(gap=0)
        who.addWidget(label(tr.text("The card says that it belongs to"), Text.CAPTION))
        who.addWidget(label(partner, Text.SECTION))
        if shown.name != shown.code:
            who.addWidget(label(shown.name))
        lines.addLayout(who)
        if found.is_known:
            said = tr.text(
                "{partner} is admitted already. If this is the card of another computer, it takes the place of the "
                "former one.",
                partner=partner,
            )
            lines.addWidget(label(said, tone=Tone.ATTENTION))
        lines.addWidget(label(tr.text("Call the partner. Let the partner read the digits of the own card aloud.")))
        lines.addWidget(digits_card(look, "\n".join(shown.digits), Text.TITLE))
        self.check = QCheckBox(tr.text("We compared all digits aloud"))
        self.check.toggled.connect(self.confirmed)
        lines.addWidget(self.check)
        said = tr.text(
            "If one digit differs, do not admit the card: somebody may have exchanged it on the way. Ask for a new one."
        )
        lines.addWidget(muted(said))
        lines.addStretch(1)
        lead_to(self, self.check)


class AdmittedPanel(QWidget):
    """What happens next: `plan_asked` for what was kept aside, `card_asked`, `send_asked`."""

    plan_asked = Signal()
    card_asked = Signal()
    send_asked = Signal()

    def __init__(self, look: Look, done: Admitted, *, here_leads: bool) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        self.take = button(look, tr.text("See what they hold"), Icon.IMPORT, Weight.MAIN)
        self.take.clicked.connect(self.plan_asked)
        if done.ready:
            card = Card(look)
            said = tr.plural(
                "{count} bundle that was kept aside has to wait no longer.",
                "{count} bundles that were kept aside have to wait no longer.",
                done.ready,
            )
            card.body.addWidget(label(said, Text.STRONG))
            card.body.addWidget(self.take)
            lines.addWidget(card)
        else:
            self.take.setParent(self)
            self.take.hide()
        lines.addWidget(label(tr.text("What happens next"), Text.SECTION))
        for said in _next(look, here_leads=here_leads):
            lines.addWidget(label(said))
        self.send = button(look, tr.text("Send"), Icon.EXPORT, Weight.PLAIN if done.ready else Weight.MAIN)
        self.send.setAccessibleName(tr.text("Send to {partner}", partner=desk_name(done.card.code, tr)))
        self.send.clicked.connect(self.send_asked)
        self.own = button(look, tr.text("Show my card"), Icon.ID_CARD)
        self.own.clicked.connect(self.card_asked)
        for made in (self.send, self.own):
            lines.addWidget(made)
        lines.addStretch(1)
        lead_to(self, self.take if done.ready else self.send)


def _next(look: Look, *, here_leads: bool) -> list[str]:
    tr = look.tr
    said = [tr.text("The partner has to admit your card too, before your bundles can be read there.")]
    if here_leads:
        said.append(tr.text("The partner stands on the roster now. The others hear of it with their next bundle."))
    else:
        said.append(tr.text("Who else belongs to the programme comes with the coordinator's first bundle."))
    said.append(tr.text("The first bundle holds everything that is for the partner; it may be large."))
    return said
