"""A person: who, what is due, what happened, and everything that can be done."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_app.domain.errors import NotAcceptedYet, RecordNotFound
from desk_app.domain.ids import RecordId, is_record_id
from desk_app.domain.vocabulary import N_
from desk_app.i18n import labels
from desk_app.i18n.places import desk_name
from desk_app.storage.rows import Record
from desk_app.ui.forms.record_form import RecordForm
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, PageEntry, Surroundings
from desk_app.ui.pages.alike_notice import AlikeNotice
from desk_app.ui.pages.attachment_panels import AttachmentPanels
from desk_app.ui.pages.attachments_tab import ATTACH, AttachmentsTab
from desk_app.ui.pages.consent_panels import ConsentPanels
from desk_app.ui.pages.erasing import Erasing
from desk_app.ui.pages.note_panels import CORRECT, NotePanels
from desk_app.ui.pages.notes_tab import WRITE, NotesTab
from desk_app.ui.pages.person_actions import more_button, person_actions
from desk_app.ui.pages.person_linking import LINK, Linking
from desk_app.ui.pages.person_moving import MOVING, Moving
from desk_app.ui.pages.person_tabs import PersonTabs
from desk_app.ui.pages.person_tasks import PersonTasks
from desk_app.ui.pages.person_top import PersonTop
from desk_app.ui.pages.record_panel import RecordPanel, Task
from desk_app.ui.pages.record_view import RecordView
from desk_app.ui.pages.targets import PERSON, REFERRALS, NewReferral, OpenLetter, OpenPerson, OpenReferral
from desk_app.ui.pages.transfers.read import PersonSeen, person_seen
from desk_app.ui.pages.transfers.writing import OFFER
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.usecases import linking
from desk_app.usecases.linking import Judged
from desk_app.usecases.people import Person, display_name

KINDS = frozenset(
    {
        *("client", "sameness", "consent", "need", "service", "referral", "followup", "letter", "note", "attachment"),
        *("transfer", "transfer_request"),
    }
)
PAPERS_TAB = 4
HELP_OF_TABS = ("timeline", "needs", "services", "referrals", "papers", "attachments", "notes", "consent")
"""The section of the handbook about each tab, in their order."""
_FOR_WHO_MOVED = MOVING - {OFFER} | {"print", "erase", LINK, "unlink", "save_attachment", "withdraw"}
"""What may still be done about somebody who moved to another desk; consent can be withdrawn at any time."""
_FOR_WHO_IS_OFFERED = MOVING - {OFFER} | {"print", "save_attachment"}
"""What may be done about somebody whom another desk offers to this one, until it accepts."""


class PersonPage(Page):
    """Everything about one client; forms open at the right and the page stays."""

    kinds = KINDS

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._client: RecordId | None = None
        self._person: Person | None = None
        self._after_show = ""
        self._arrived = False
        self.more = more_button(self.look, self.open_panel)
        self._new_work = person_actions(self.look, self.open_panel)
        actions = [*self._new_work, self.more]
        head = PageHead(self.look, "", actions=actions, back=True)
        head.went_back.connect(self._leave)
        self.body.addWidget(head)
        main = QWidget()
        lines = column(main, gap=Measure.BETWEEN)
        lines.setContentsMargins(0, Measure.BETWEEN, 0, 0)
        self._top = PersonTop(around, session)
        self._top.asked.connect(self.open_panel)
        lines.addWidget(self._top)
        self.tabs = PersonTabs(self.look, session.registry)
        self.tabs.opened.connect(self._open_record)
        self.tabs.asked.connect(self.open_panel)
        self._add_tabs()
        lines.addWidget(self.tabs, 1)
        self._with_panel = WithPanel(self.look, main)
        self.panel = self._with_panel.panel
        self.records = RecordPanel(around, session, self.panel)
        self.consents = ConsentPanels(around, session, self.panel)
        self.note_panels = NotePanels(around, session, self.panel, self.records)
        self.attachment_panels = AttachmentPanels(around, session, self.panel, self.records)
        self.linking = Linking(around, session, self.panel)
        self.moving = Moving(around, session, self.panel, self.records)
        self.erasing = Erasing(around, session, self, self._erased)
        self.body.addWidget(self._with_panel, 1)

    def arrive(self, target: object) -> None:
        """A client's id, or `OpenPerson` with a form to open."""
        wanted = target if isinstance(target, OpenPerson) else None
        client = wanted.client if wanted else target if isinstance(target, str) and is_record_id(target) else None
        if client is None:
            return
        if client != self._client:
            self._put_away()
            self.panel.let_go()
            self.tabs.setCurrentIndex(0)
        self._client = RecordId(client)
        self._after_show = wanted.panel if wanted else ""
        self._arrived = True
        self.reload()

    def reload(self) -> None:
        """Read the person again."""
        if self._client is not None:
            client = self._client
            self._session.ask(
                lambda vault: person_seen(vault, client),
                partial(self._show, client),
                owner=self,
                on_error=partial(self._lost, client),
            )

    def kept(self) -> object:
        """Whom it shows and which form is open; what was typed in it goes into the draft."""
        self.flush()
        if self._client is None:
            return None
        return OpenPerson(self._client, self.records.key), self.tabs.currentIndex()

    def take_back(self, kept: object) -> None:
        """Show the same person and form."""
        if isinstance(kept, tuple):
            target, tab = kept
            self.arrive(target)
            self.tabs.setCurrentIndex(tab)

    def flush(self) -> None:
        """Keep the open form's draft."""
        self.records.flush()

    def enter(self) -> None:
        """Into the time line."""
        self.tabs.lists["timeline"].rows.pick_first()

    def back(self) -> bool:
        """Close the panel, then go back to the list."""
        if not self.panel.isHidden():
            self.panel.put_away()
        elif not self.attachments.close_open():
            self._leave()
        return True

    def open_panel(self, what: str) -> None:
        """Open what a button asks for: a task by its kind or its draft's key, consent, another page."""
        person = self._person
        if person is None:
            return
        word, _, rest = what.partition(":")
        if person.moved_to and word not in _FOR_WHO_MOVED:
            desk = desk_name(person.moved_to, self.look.tr)
            self.around.shell.say(
                self.look.tr.text("The person moved to {desk}: new work is written there.", desk=desk)
            )
        elif person.offered_by and word not in _FOR_WHO_IS_OFFERED:
            called = person.client.text("number") or display_name(person.client)
            self.around.errors.show(NotAcceptedYet(called, person.offered_by))
        elif word == "print":
            self.print_page()
        elif word == "erase":
            self._put_away()
            self.panel.let_go()
            self.erasing.ask(person.client.id)
        elif word in MOVING:
            self._put_away()
            self.moving.open(what, person.client)
        elif word == LINK:
            self._put_away()
            self.linking.ask(person.client)
        elif word == "unlink":
            self._unlink(*rest.split(":"))
        elif word == "refer":
            self.around.shell.go(REFERRALS, NewReferral(person.client.id))
        elif word == "ask":
            self._put_away()
            self.consents.ask(person.client, rest)
        elif word == "withdraw":
            self._put_away()
            self.consents.withdraw(person.client, rest)
        elif word == WRITE:
            self.note_panels.write(person.client.id, f"{WRITE}:{person.client.id}")
        elif word == ATTACH:
            self.tabs.setCurrentWidget(self.attachments)
            if not rest:  # A draft waits for its file to be chosen again.
                self.attachment_panels.choose(person.client.id)
        elif word.endswith(f"_{ATTACH}"):
            self._about_attachment(what)
        elif word == CORRECT:
            self.note_panels.correct(RecordId(rest), what)
        else:
            task = self._tasks(person).task(what if rest else f"{what}:{person.client.id}")
            if task is not None:
                self.records.open(self._watched(task, person))

    def print_page(self) -> None:
        """Ctrl+P: the papers that were made for this person."""
        self.tabs.setCurrentIndex(PAPERS_TAB)

    def help_place(self) -> str:
        """What the handbook says of the open tab."""
        return f"{PERSON}#{HELP_OF_TABS[self.tabs.currentIndex()]}"

    # Inside

    def _add_tabs(self) -> None:
        """Those that read for themselves, before the last."""
        self.attachments = AttachmentsTab(self.look, self._session, self.around.errors)
        self.attachments.add_asked.connect(lambda: self.open_panel(ATTACH))
        self.attachments.dropped.connect(self._attach)
        self.attachments.asked.connect(self._about_attachment)
        self.tabs.insertTab(self.tabs.count() - 1, self.attachments, self.look.tr.text("Scans"))
        self.notes = NotesTab(self.look, self._session)
        self.notes.opened.connect(self._read_note)
        self.notes.asked.connect(self.open_panel)
        self.tabs.insertTab(self.tabs.count() - 1, self.notes, self.look.tr.text("Notes"))

    def _show(self, asked: RecordId, seen: PersonSeen) -> None:
        """Whoever was linked with the one that was asked for stands on the same page."""
        if asked != self._client:
            return
        person = self._person = seen.person
        self._top.show_person(person, self.moving.notice(seen))
        for act in self._new_work:
            act.setVisible(person.is_written_here)
        self.tabs.show_person(person)
        self.notes.show_client(person.client.id)
        self.attachments.show_client(person.client.id)
        if self._arrived:
            self._arrived = False
            self.tabs.lists["timeline"].rows.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._after_show:
            wanted, self._after_show = self._after_show, ""
            self.open_panel(wanted)

    def _watched(self, task: Task, person: Person) -> Task:
        """Whoever writes names anew is told of others who are called so; it stops nobody."""

        def watch(form: RecordForm) -> AlikeNotice:
            made = AlikeNotice(self.look, self._session, person.client, form)
            made.person_asked.connect(lambda other: self.around.shell.go(PERSON, OpenPerson(RecordId(other))))
            return made

        return replace(task, watch=watch) if task.kind.name == "client" else task

    def _tasks(self, person: Person) -> PersonTasks:
        return PersonTasks(person, self._session.registry, self.look.tr, self._session.now)

    def _open_record(self, record_id: str) -> None:
        person = self._person
        record = self._tasks(person).record(record_id) if person is not None else None
        if record is None:
            return
        match record.kind:
            case "referral":
                self.around.shell.go(REFERRALS, OpenReferral(record.id))
            case "letter":
                self.around.shell.go(REFERRALS, OpenLetter(record.id))
            case "consent":
                self.tabs.setCurrentIndex(self.tabs.count() - 1)
            case "service":
                self._read(record)
            case _ if person is not None and not person.is_written_here:
                self._read(record)
            case _:
                self.open_panel(f"edit_{record.kind}:{record.id}")

    def _read(self, record: Record) -> None:
        self._put_away()
        tr = self.look.tr
        kind = self._session.registry[record.kind]
        actions = []
        if record.kind == "service" and self._person is not None and self._person.is_written_here:
            correct = button(self.look, tr.text("Correct"), Icon.EDIT)
            correct.clicked.connect(lambda: self.open_panel(f"correct_service:{record.id}"))
            actions.append(correct)
        titled = labels.value(kind.field("type"), record.text("type"), tr) if record.kind == "service" else ""
        hidden = frozenset({"client", "type"} if titled else {"client"})
        view = RecordView(self.look, kind, record, hidden)
        self.panel.hold(titled or labels.kind(kind, tr), view, actions)

    def _attach(self, path: Path) -> None:
        if self._person is not None:
            self.attachment_panels.add(self._person.client.id, path)

    def _about_attachment(self, what: str) -> None:
        word, _, record = what.partition(":")
        listed = self.attachments.listed(record)
        if listed is None:
            return
        self.note_panels.forget()
        match word:
            case "save_attachment":
                self.attachment_panels.save_copy(listed.record)
            case "edit_attachment":
                self.attachment_panels.edit(listed.record)
            case "remove_attachment":
                self.attachment_panels.remove(listed.record)

    def _read_note(self, note: str) -> None:
        noted = self.notes.noted(note)
        if noted is not None:
            self.note_panels.read(noted)

    def _put_away(self) -> None:
        self.note_panels.forget()
        self.records.close()

    def _unlink(self, one: str, other: str) -> None:
        def unlinked(done: Judged) -> None:
            def back() -> None:
                self._session.act(partial(linking.undo, done=done), lambda _none: None, "client", "sameness")

            self.around.shell.say(self.look.tr.text("Each is shown alone again."), back)

        self._session.act(lambda vault: linking.unlink(vault, one, other), unlinked, "client", "sameness", owner=self)

    def _erased(self) -> None:
        """Nobody is left to be shown."""
        self._client = self._person = None
        self._leave()

    def _lost(self, asked: RecordId, error: BaseException) -> None:
        """Who was shown may be gone since, erased or let go: that is no news to whoever did not ask for the person."""
        if not isinstance(error, RecordNotFound) or self._arrived:
            self.around.errors.show(error)
        if isinstance(error, RecordNotFound) and asked == self._client:
            self._client, self._person, self._arrived = None, None, False
            if self.isVisible():
                self._leave()

    def _leave(self) -> None:
        self.around.shell.go("people")


def entry(session: Session) -> PageEntry:
    """How the window knows this page; it is reached through a person."""
    return PageEntry(PERSON, N_("Client"), Icon.PERSON, lambda around: PersonPage(around, session), in_sidebar=False)
