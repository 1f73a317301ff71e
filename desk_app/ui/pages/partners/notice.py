"""What the page of the exchange says of partners: alarms and bundles that wait, above all else; the roster below."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.partners.read import Shown, alarm_headline, read, versions
from desk_app.ui.pages.targets import PARTNERS
from desk_app.ui.session import Session
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import Card, column, empty_layout
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.text import label, muted


@dataclass(frozen=True, slots=True)
class Said:
    """One banner; `takes_in`: its button shows what can be taken in, else it leads to the page of partners."""

    words: str
    tone: Tone
    action: str
    takes_in: bool = False


def said_of(shown: Shown, words: Callable[[BaseException], str], tr: Translator) -> list[Said]:
    """What asks for a person, the gravest first."""
    said = [Said(alarm_headline(one, shown, tr), Tone.DANGER, tr.text("Decide")) for one in shown.alarms]
    said += [Said(words(trouble), Tone.DANGER, tr.text("Look")) for trouble in shown.roster.troubles]
    if shown.ready:
        ready = tr.plural(
            "{count} bundle that was kept aside has to wait no longer.",
            "{count} bundles that were kept aside have to wait no longer.",
            shown.ready,
        )
        said.append(Said(ready, Tone.ATTENTION, tr.text("See what they hold"), takes_in=True))
    if (waits := len(shown.waiting) - shown.ready) > 0:
        kept = tr.plural("{count} bundle is kept aside.", "{count} bundles are kept aside.", waits)
        said.append(Said(kept, Tone.ATTENTION, tr.text("Look")))
    return said


class PartnersNotice(QObject):
    """Two pieces for the page: `above` with what asks for a person, `below` with the way to the page of partners.
    `plan_asked` for the bundles that wait for nothing any more."""

    plan_asked = Signal()

    def __init__(self, around: Surroundings, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        tr = around.look.tr
        self._around = around
        self._session = session
        self._said: list[Said] = []
        self.above = QWidget()
        self._banners = column(self.above)
        self.above.hide()
        self.open = button(around.look, tr.text("Partners"), Icon.FORWARD)
        self.open.setAccessibleName(tr.text("Who belongs to the programme"))
        self.open.clicked.connect(self._go)
        self.below = Card(around.look, tr.text("Who belongs to the programme"), self.open)
        self._who, self._versions = label(""), muted("")
        self.below.body.addWidget(self._who)
        self.below.body.addWidget(self._versions)

    def reload(self) -> None:
        """Read again what is the matter."""
        self._session.ask(read, self._show, owner=self)

    def _show(self, shown: Shown) -> None:
        tr = self._around.look.tr
        members = [one for one in shown.roster.members if one.device != shown.own and not shown.is_former(one)]
        out = sum(bool(one.revoked_by) for one in shown.roster.members)
        said = tr.plural("{count} partner", "{count} partners", sum(not one.revoked_by for one in members))
        if out:
            said += ", " + tr.plural("{count} shut out", "{count} shut out", out)
        self._who.setText(said)
        self._who.setVisible(bool(shown.roster.members))
        self._versions.setText(versions(shown, tr))
        found = said_of(shown, self._around.errors.words, tr)
        if found == self._said:
            return  # The keyboard may be on one of them.
        self._said = found
        empty_layout(self._banners)
        for one in found:
            banner = Banner(self._around.look, one.words, one.tone, one.action, can_close=False)
            banner.acted.connect(self.plan_asked if one.takes_in else self._go)
            self._banners.addWidget(banner)
        self.above.setVisible(bool(found))

    def _go(self) -> None:
        self._around.shell.go(PARTNERS)
