"""What is done with partners, alarms and bundles that are kept aside, in the side panel of their page."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desk_app.storage.held import HeldBundle
from desk_app.storage.results import ReceivedBundle
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.partners.alarm_panel import AlarmPanel
from desk_app.ui.pages.partners.panels import HeldPanel, MemberPanel, ReadmitPanel, ShutOutPanel, partner_name
from desk_app.ui.pages.partners.read import TOLD, Shown, alarm_desk, aside_words
from desk_app.ui.session import Session
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.panel import Again, SidePanel
from desk_app.usecases import alarms, held, merge_results, roster
from desk_app.usecases.alarms import AlarmShown, Settlement
from desk_app.usecases.roster import Member


class Tasks(QObject):
    """One task at a time; `admit_asked` where a card is needed first."""

    admit_asked = Signal()

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel) -> None:
        super().__init__(panel)
        self._around = around
        self._session = session
        self._panel = panel
        self._kinds = (TOLD, *(kind.name for kind in session.registry))

    # Members

    def show_member(self, one: Member, shown: Shown) -> None:
        """Who it is."""
        tr = self._around.look.tr
        content = MemberPanel(self._around.look, one, shown)
        content.shut_out_asked.connect(lambda: self.ask_shut_out(one, shown))
        content.readmit_asked.connect(lambda: self.ask_readmit(one, shown))
        self._panel.hold(partner_name(one, tr), content, again=lambda page: page.tasks.show_member(one, shown))

    def ask_shut_out(self, one: Member, shown: Shown) -> None:
        """What it means, up to where it counts, and the name typed."""

        def ask(bundles: list[ReceivedBundle]) -> None:
            name = partner_name(one, self._around.look.tr)
            content = ShutOutPanel(self._around.look, name, one.code, bundles)
            content.shut_out_asked.connect(lambda last_good: self._shut_out(one, last_good))
            content.left.connect(lambda: self.show_member(one, shown))
            self._hold_shut_out(name, content, lambda page: page.tasks.ask_shut_out(one, shown))

        # A computer that its desk no longer uses has no bundles that could be told from those of the present one.
        self._session.ask(lambda vault: merge_results.received(vault, one.code) if one.is_current else [], ask)

    def ask_readmit(self, one: Member, shown: Shown) -> None:
        """What it means, and whether the person is sure."""
        look, tr = self._around.look, self._around.look.tr
        aside = shown.set_aside(one.device)
        content = ReadmitPanel(look, aside_words(aside, tr) if aside is not None else "")
        confirm = button(look, tr.text("Admit again"), Icon.UNDO, Weight.MAIN)
        confirm.setEnabled(False)
        content.confirmed.connect(confirm.setEnabled)
        confirm.clicked.connect(lambda: self._readmit(one.device))
        leave = button(look, tr.text("Cancel"), weight=Weight.PLAIN)
        leave.clicked.connect(lambda: self.show_member(one, shown))
        name = partner_name(one, tr)
        title = tr.text("Admit {partner} again", partner=name)
        self._panel.hold(title, content, [confirm, leave], lambda page: page.tasks.ask_readmit(one, shown))

    def _hold_shut_out(self, name: str, content: ShutOutPanel, again: Again) -> None:
        title = self._around.look.tr.text("Shut out {partner}", partner=name)
        self._panel.hold(title, content, [content.confirm, content.cancel], again)

    def _shut_out(self, one: Member, last_good: int | None) -> None:
        self._session.act(
            lambda vault: roster.revoke(vault, one.device, last_good),
            lambda _done: self._shut(partner_name(one, self._around.look.tr), one.device),
            *self._kinds,
            owner=self,
        )

    def _shut(self, name: str, device: str) -> None:
        self._panel.let_go()
        said = self._around.look.tr.text("{partner} was shut out.", partner=name)
        self._around.shell.say(said, lambda: self._readmit(device))

    def _readmit(self, device: str) -> None:
        self._session.act(lambda vault: roster.readmit(vault, device), self._readmitted, *self._kinds)

    def _readmitted(self, one: Member) -> None:
        tr = self._around.look.tr
        self._panel.let_go()
        self._around.shell.say(tr.text("{partner} was admitted again.", partner=partner_name(one, tr)))

    # Alarms

    def show_alarm(self, one: AlarmShown, shown: Shown) -> None:
        """What was seen, what it can mean, the two answers."""
        content = AlarmPanel(self._around.look, one, shown)
        content.keep_asked.connect(lambda: self._settle(one, Settlement.KEEP_GOING, shown))
        content.shut_out_asked.connect(lambda: self._ask_shut_out_for(one, shown))
        title = self._around.look.tr.text("Alarm")
        self._panel.hold(title, content, again=lambda page: page.tasks.show_alarm(one, shown))

    def _ask_shut_out_for(self, one: AlarmShown, shown: Shown) -> None:
        look, tr = self._around.look, self._around.look.tr
        name = alarm_desk(one, shown, tr)
        said = tr.text(
            "What it wrote before change no. {number} counts; the rest is set aside.", number=str(one.number)
        )
        content = ShutOutPanel(look, name, one.code, (), said)
        content.shut_out_asked.connect(lambda _all: self._settle(one, Settlement.REVOKE, shown))
        content.left.connect(lambda: self.show_alarm(one, shown))
        self._hold_shut_out(name, content, lambda page: page.tasks._ask_shut_out_for(one, shown))

    def _settle(self, one: AlarmShown, settlement: Settlement, shown: Shown) -> None:
        tr = self._around.look.tr
        name = alarm_desk(one, shown, tr)

        def settled(_none: None) -> None:
            if settlement is Settlement.REVOKE:
                self._shut(name, one.device)
                return
            self._panel.let_go()
            self._around.shell.say(tr.text("The alarm is settled. What {partner} sends is taken in.", partner=name))

        self._session.act(partial(_settled, one.id, settlement), settled, *self._kinds, owner=self)

    # Bundles that are kept aside

    def show_held(self, one: HeldBundle, shown: Shown) -> None:
        """Why it is kept, and what can be done."""
        tr = self._around.look.tr
        member = shown.member(one.device)
        content = HeldPanel(self._around.look, one, admitted=member is not None and not member.revoked_by)
        content.admit_asked.connect(self.admit_asked)
        content.thrown_away.connect(lambda: self._throw_away(one))
        self._panel.hold(tr.text("Bundle kept aside"), content, again=lambda page: page.tasks.show_held(one, shown))

    def _throw_away(self, one: HeldBundle) -> None:
        def gone(_none: None) -> None:
            self._panel.let_go()
            self._around.shell.say(self._around.look.tr.text("The bundle was thrown away."))

        self._session.act(lambda vault: held.throw_away(vault, one.hash), gone, TOLD, owner=self)


def _settled(alarm: str, settlement: Settlement, vault: Vault) -> None:
    alarms.settle(vault, alarm, settlement)
