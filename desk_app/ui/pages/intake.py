"""Intake: search first, then a short form; people alike are shown while typing and asked about at save."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QStackedWidget, QWidget

from desk_app.domain.clock import today
from desk_app.domain.errors import ClientNameMissing, FieldMissing, InvalidValue
from desk_app.domain.ids import RecordId
from desk_app.domain.vocabulary import N_
from desk_app.storage.vault import Vault
from desk_app.ui.changes import DRAFT
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, PageEntry, Surroundings
from desk_app.ui.pages.draft_keeper import DraftKeeper, kept_draft
from desk_app.ui.pages.intake_alike import AlikeList
from desk_app.ui.pages.intake_form import IntakeForm
from desk_app.ui.pages.intake_search import IntakeSearch
from desk_app.ui.pages.targets import INTAKE, PERSON, NewPerson, OpenPerson
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import ScrollColumn, column, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.text import set_property
from desk_app.usecases import drafts, people, records
from desk_app.usecases.people import LookAlike
from desk_app.usecases.records import Saved

DRAFT_KEY = "intake"
ALIKE_PAUSE_MS = 250
ALIKE_WIDTH, LEAST_FORM = 384, 480
"""Pixels at 100 % text: what people alike take beside the form, and what the form must keep."""
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's word for no limit, which PySide does not name."""
SEARCHING, WRITING = 0, 1


class IntakePage(Page):
    """Registers one person after another."""

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._accepted: frozenset[str] = frozenset()
        self._asked_for = 0
        head = PageHead(self.look, self.look.tr.text("Intake"), back=True)
        head.went_back.connect(self._leave)
        self.body.addWidget(head)
        self.steps = QStackedWidget()
        self.search = IntakeSearch(self.look, session)
        self.search.register_asked.connect(self._write)
        self.search.person_asked.connect(self._open)
        self.steps.addWidget(self.search)
        self.form = IntakeForm(self.look, session.registry["client"], lambda: today(session.now()))
        self.alike = AlikeList(self.look)
        self.alike.opened.connect(self._open)
        self.alike.register_asked.connect(self._register_anyway)
        self.steps.addWidget(self._writing())
        self.body.addWidget(self.steps, 1)
        self._keeper = DraftKeeper(session, DRAFT_KEY, self.form.typed, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(ALIKE_PAUSE_MS)
        self._pause.timeout.connect(self._look_around)
        self._go_on = self._saving = False
        self.form.edited.connect(self._edited)
        self.form.save_asked.connect(self.save)
        self.form.save_next_asked.connect(lambda: self.save(go_on=True))
        self._session.ask(lambda vault: kept_draft(vault, DRAFT_KEY), self._restore, owner=self)

    def arrive(self, target: object) -> None:
        """`NewPerson`: the search for her was in vain, what was typed is the name."""
        if isinstance(target, NewPerson):
            self.search.look_for(target.typed)
            if target.typed:
                self._write(target.typed)
            self.enter()

    def kept(self) -> object:
        """What was typed: into the form, or into the search before it."""
        self.flush()
        return self.form.typed() if self.steps.currentIndex() == WRITING else self.search.box.text()

    def take_back(self, kept: object) -> None:
        """Put it back."""
        if isinstance(kept, dict):
            self._restore(kept)
        elif isinstance(kept, str):
            self.search.look_for(kept)

    def flush(self) -> None:
        """Keep the draft now."""
        self._keeper.flush()

    def enter(self) -> None:
        """Into the form, or the search before it."""
        (self.form if self.steps.currentIndex() == WRITING else self.search).setFocus()

    def back(self) -> bool:
        """Back to the search; what was typed stays."""
        if self.steps.currentIndex() == WRITING:
            self.flush()
            self.steps.setCurrentIndex(SEARCHING)
            self.search.setFocus()
        else:
            self._leave()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """People alike stand beside the form, or below it where both would be too narrow."""
        super().resizeEvent(event)
        theme = self.look.theme
        beside = theme.width(ALIKE_WIDTH)
        below = event.size().width() - beside < theme.width(LEAST_FORM)
        self._sides.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
        self.alike.setFixedWidth(event.size().width() if below else beside)
        self.alike.setMaximumHeight(event.size().height() * 2 // 5 if below else QWIDGETSIZE_MAX)
        set_property(self.alike, "side", "below" if below else "beside")

    def save(self, go_on: bool = False) -> None:
        """Check, look once more for people alike, register."""
        if self._saving or not self.form.fields.check():
            return
        self._saving = True  # Until it is answered: a second click must not register a second person.
        self._go_on = go_on
        values = self.form.known()
        self._session.ask(
            lambda vault: people.look_alikes(vault, values), self._judge, owner=self, on_error=self._refused
        )

    # Inside

    def _writing(self) -> QWidget:
        made = QWidget()
        whole = column(made, gap=0)
        scroll = ScrollColumn(self.look, width=Measure.COLUMN)
        scroll.body.addWidget(self.form)
        self._sides = row(gap=0)
        self._sides.addWidget(scroll, 1)
        self._sides.addWidget(self.alike)
        whole.addLayout(self._sides, 1)
        foot = QFrame()
        foot.setProperty("look", "foot")
        line = row(foot)
        line.setContentsMargins(Measure.EDGE, 12, Measure.EDGE, 12)
        tr = self.look.tr
        self.save_button = button(self.look, tr.text("Save"), Icon.SAVE, Weight.MAIN, Key.SAVE)
        self.save_button.clicked.connect(lambda: self.save())
        following = button(self.look, tr.text("Save and next"), Icon.NEW_PERSON, tip=Key.SAVE_NEXT)
        following.clicked.connect(lambda: self.save(go_on=True))
        throw = button(self.look, tr.text("Throw away"), weight=Weight.QUIET)
        throw.clicked.connect(self._throw_away)
        for act in (self.save_button, following, throw):
            line.addWidget(act)
        line.addStretch(1)
        whole.addWidget(foot)
        return made

    def _restore(self, typed: object) -> None:
        if isinstance(typed, dict) and typed and not any(self.form.typed().values()):
            self.form.set_typed(typed)
            self.steps.setCurrentIndex(WRITING)
            self._look_around()

    def _write(self, typed: str) -> None:
        if not any(self.form.typed()[name] for name in ("surname", "given_name", "father_name")):
            self.form.show_name(typed)
            self._keeper.touch()
        self.steps.setCurrentIndex(WRITING)
        self.form.setFocus()
        self._look_around()

    def _edited(self) -> None:
        self._keeper.touch()
        self._pause.start()

    def _look_around(self) -> None:
        self._asked_for += 1
        number, values = self._asked_for, self.form.known()

        def show(found: list[LookAlike]) -> None:
            if number == self._asked_for:
                self.alike.show_alike(found)

        self._session.ask(lambda vault: people.look_alikes(vault, values), show, owner=self)

    def _judge(self, found: Sequence[LookAlike]) -> None:
        unknown = [one for one in found if one.id not in self._accepted]
        self.alike.show_alike(found, asking=bool(unknown))
        if unknown:
            self._saving = False
        else:
            self._register()

    def _register_anyway(self) -> None:
        if self._saving or not self.form.fields.check():
            return
        self._saving = True
        self._accepted |= self.alike.ids
        self._register()

    def _register(self) -> None:
        self._keeper.stop()
        values, answers, facts = self.form.fields.values(), self.form.questions.answers, self.form.questions.facts

        def action(vault: Vault) -> Saved:
            saved = people.register(vault, values, answers, facts)
            drafts.drop(vault, DRAFT_KEY)
            return saved

        self._session.act(action, self._saved, "client", "consent", DRAFT, owner=self, on_error=self._refused)

    def _saved(self, saved: Saved) -> None:
        self._saving = False
        shell, tr = self.around.shell, self.look.tr

        def take_back() -> None:
            self._session.act(lambda vault: records.remove(vault, saved.id), lambda _done: None, "client")

        shell.say(tr.text("Registered: {number}.", number=saved.number), take_back)
        self._empty()
        if not self._go_on:
            shell.go(PERSON, OpenPerson(saved.id))

    def _refused(self, error: BaseException) -> None:
        self._saving = False
        words = self.around.errors.words(error)
        if isinstance(error, ClientNameMissing):
            self.form.fields.show_errors({"given_name": words})
            self.form.fields.input("given_name").setFocus()
        elif isinstance(error, InvalidValue | FieldMissing) and error.field in self.form.fields.typed():
            self.form.fields.show_errors({error.field: words})
        else:
            self.around.errors.show(error)

    def _throw_away(self) -> None:
        self._keeper.forget()
        self._empty()

    def _empty(self) -> None:
        self._accepted = frozenset()
        self.form.set_typed({})
        self.alike.show_alike(())
        self.search.look_for("")
        self.steps.setCurrentIndex(SEARCHING)
        self.search.setFocus()

    def _open(self, client: str) -> None:
        self.flush()
        self.around.shell.go(PERSON, OpenPerson(RecordId(client)))

    def _leave(self) -> None:
        self.flush()
        self.around.shell.go("people")


def entry(session: Session) -> PageEntry:
    """How the window knows this page; Ctrl+N and the button on other pages open it."""
    return PageEntry(
        INTAKE, N_("Intake"), Icon.NEW_PERSON, lambda around: IntakePage(around, session), in_sidebar=False
    )
