"""The page of settings."""

import shiboken6

from desk_app.domain.records.declaration import Values
from desk_app.domain.records.desk import DESK
from desk_app.domain.vocabulary import N_
from desk_app.i18n import labels
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.background import Cancelled, Job
from desk_app.ui.changes import LOCKING
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.record_panel import RecordPanel, Task
from desk_app.ui.pages.settings.about_card import AboutCard
from desk_app.ui.pages.settings.backup_card import BackupCard
from desk_app.ui.pages.settings.check_card import CheckCard
from desk_app.ui.pages.settings.lock_card import LockCard
from desk_app.ui.pages.settings.travel_card import TravelCard
from desk_app.ui.pages.settings.window_card import WindowCard
from desk_app.ui.pages.targets import AUDIT, ERASURES, LANGUAGES, PROGRAMME, USERS
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import Card, ScrollColumn, column, empty_layout
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import checking, locking, records
from desk_app.usecases.checking import CheckResult
from desk_app.usecases.records import Saved

DRAFT_KEY = DESK.name
CHECKING = N_("Checking the data, step {done} of {total}")


class SettingsPage(Page):
    """Cards below one another; the letterhead's form opens in the panel."""

    kinds = frozenset({DESK.name, LOCKING})

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._profile: Record | None = None
        self._wanted = False
        tr = self.look.tr
        self.body.addWidget(PageHead(self.look, tr.text("Settings")))
        scroll = ScrollColumn(self.look, width=Measure.COLUMN)
        with_panel = WithPanel(self.look, scroll, least=520)
        self.panel = with_panel.panel
        self.records = RecordPanel(around, session, self.panel)
        self.body.addWidget(with_panel, 1)
        self.window_card = WindowCard(self.look, around.appearance)
        self.check_card = CheckCard(self.look)
        self.check_card.asked.connect(self.check)
        self.lock_card = LockCard(self.look)
        self.lock_card.chosen.connect(self._choose_minutes)
        cards = (self._letterhead(), *self._doors(), self.lock_card, self.check_card)
        self.backup_card, self.travel_card = BackupCard(around, session), TravelCard(around, session)
        for card in (self.window_card, *cards, self.backup_card, self.travel_card, AboutCard(self.look)):
            scroll.body.addWidget(card)

    def reload(self) -> None:
        """Read the letterhead again."""
        self._session.ask(_profile, self._show, owner=self)
        self._session.ask(locking.idle_minutes, self.lock_card.show_minutes, owner=self)

    def arrive(self, target: object) -> None:
        """The key of the letterhead's draft opens its form."""
        if target == DRAFT_KEY:
            self._wanted = True
            self.reload()

    def flush(self) -> None:
        """Keep the open form's draft."""
        self.records.flush()

    def kept(self) -> object:
        """Whether the letterhead was being written."""
        self.flush()
        return self.records.form is not None and not self.panel.isHidden()

    def take_back(self, kept: object) -> None:
        """Open its form again."""
        if kept is True:
            self.arrive(DRAFT_KEY)

    def enter(self) -> None:
        """To the letterhead: a careless key on the first chip would change the language."""
        self.edit_button.setFocus()

    def back(self) -> bool:
        """Close the panel."""
        if self.panel.isHidden():
            return False
        self.panel.put_away()
        return True

    def edit_profile(self) -> None:
        """Write the letterhead."""
        tr, profile = self.look.tr, self._profile

        def save(vault: Vault, values: Values) -> Saved:
            return records.edit(vault, profile.id, values) if profile else records.add(vault, DESK.name, values)

        self.records.open(
            Task(
                tr.text("Letterhead"),
                DESK,
                DRAFT_KEY,
                save,
                tr.text("The letterhead was saved."),
                start=profile.values if profile else {},
                changes_only=True,
            )
        )

    def check(self, deep: bool) -> None:
        """Check the data; `deep` reads every page of the file."""
        self.check_card.begin()

        def action(vault: Vault, job: Job) -> CheckResult:
            return checking.check(vault, deep, _reporting(job))

        # Without an owner: the window is told of the end even when the page was made again meanwhile.
        self.around.shell.work(
            self.look.tr.text("Checking the data"), self._session.work(action), self._checked, on_error=self._unchecked
        )

    # Inside

    def _letterhead(self) -> Card:
        tr = self.look.tr
        edit = button(self.look, tr.text("Edit"), Icon.EDIT)
        edit.setAccessibleName(tr.text("Edit the letterhead"))
        edit.clicked.connect(self.edit_profile)
        card = Card(self.look, tr.text("Letterhead"), edit)
        card.body.addWidget(muted(tr.text("These lines stand at the head and at the foot of every letter.")))
        self._facts = column(gap=2)
        card.body.addLayout(self._facts)
        self.edit_button = edit
        return card

    def _doors(self) -> list[Card]:
        """The pages that are opened from here."""
        tr = self.look.tr
        words = tr.text("The choices in the lists and the wording of the letters, for every desk.")
        programme = self._door(PROGRAMME, tr.text("Programme"), tr.text("Open the programme"), Icon.FLAG, words)
        words = tr.text("Who can open the desk, passphrases, the recovery code and the emergency key.")
        users = self._door(USERS, tr.text("People and keys"), tr.text("Open people and keys"), Icon.KEY, words)
        words = tr.text("Who opened the desk, looked at records, printed and took out what.")
        access = self._door(AUDIT, tr.text("Record of access"), tr.text("Open the record of access"), Icon.SHOW, words)
        words = tr.text("What has been kept long enough, what was erased, and who has not acknowledged it yet.")
        name = tr.text("Open keeping and erasing")
        erasures = self._door(ERASURES, tr.text("Keeping and erasing"), name, Icon.DELETE, words)
        words = tr.text("How far each language is translated, and which native reader has signed it.")
        spoken = self._door(LANGUAGES, tr.text("Languages"), tr.text("Open the languages"), Icon.LANGUAGE, words)
        return [programme, users, access, erasures, spoken]

    def _door(self, page: str, title: str, name: str, icon: Icon, words: str) -> Card:
        go = button(self.look, self.look.tr.text("Open"), icon)
        go.setAccessibleName(name)
        go.clicked.connect(lambda: self.around.shell.go(page))
        card = Card(self.look, title, go)
        card.body.addWidget(muted(words))
        return card

    def _choose_minutes(self, minutes: int) -> None:
        self._session.act(lambda vault: locking.set_idle_minutes(vault, minutes), lambda _none: None, LOCKING)

    def _show(self, profile: Record | None) -> None:
        self._profile = profile
        empty_layout(self._facts)
        tr = self.look.tr
        for field in DESK.own_fields if profile else ():
            value = labels.value(field, profile.values.get(field.name), tr) if profile else ""
            if value:
                words = tr.text("{label}: {value}", label=labels.field(field, tr), value=value)
                self._facts.addWidget(label(words))
        if profile is None:
            self._facts.addWidget(
                label(tr.text("Nothing is filled in yet, so letters carry the name of the city alone."))
            )
        if self._wanted:
            self._wanted = False
            self.edit_profile()

    def _checked(self, result: CheckResult) -> None:
        if shiboken6.isValid(self):
            self.check_card.show_result(result)
        elif not result.ok and not result.stopped:
            self.around.shell.warn(self.look.tr.text("The check found damage. Check the data again."))

    def _unchecked(self, error: BaseException) -> None:
        self.around.errors.show(error)
        if shiboken6.isValid(self):
            self.check_card.end()


def _profile(vault: Vault) -> Record | None:
    found = records.find_all(vault, DESK.name, {"desk": vault.desk}, order="changed")
    return found[-1] if found else None


def _reporting(job: Job) -> checking.Progress:
    def report(done: int, total: int) -> bool:
        try:
            job.report(done + 1, total, CHECKING)
        except Cancelled:
            return False
        return True

    return report
