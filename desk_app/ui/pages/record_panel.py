"""A form for any kind of record in the side panel: draft, checks, saving, undo."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desk_app.domain.clock import today
from desk_app.domain.errors import FieldMissing, InvalidValue
from desk_app.domain.records.declaration import FieldValue, Kind, Values
from desk_app.storage.vault import Vault
from desk_app.ui.changes import DRAFT
from desk_app.ui.forms.inputs import Options
from desk_app.ui.forms.record_form import RecordForm
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.draft_keeper import DraftKeeper, kept_draft
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.field import FieldInput
from desk_app.ui.widgets.panel import SidePanel
from desk_app.usecases import drafts
from desk_app.usecases.records import Saved


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to write. Words are in the window's language.

    `draft` is the key of its draft; `save` runs in the worker with the form's values and `fixed`; `undo` takes a save
    back. `start` is shown at first; with `changes_only` only what differs from it is saved. `told` are the kinds that
    change besides the kind itself.
    """

    title: str
    kind: Kind
    draft: str
    save: Callable[[Vault, Values], Saved]
    said: str
    only: Sequence[str] = ()
    without: Collection[str] = ()
    fixed: Values = field(default_factory=dict)
    start: Values = field(default_factory=dict)
    changes_only: bool = False
    undo: Callable[[Vault, Saved], object] | None = None
    told: Sequence[str] = ()
    options: Options = field(default_factory=dict)
    repeats: bool = False
    """Ctrl+Enter saves and opens an empty one."""
    own: Callable[[], Mapping[str, FieldInput]] = dict
    """Makes the inputs that are not the declared ones."""
    above: Callable[[], QWidget] | None = None
    """Makes what is to be read before the form."""
    watch: Callable[[RecordForm], QWidget] | None = None
    """Makes what stands above the form and says something about what is typed in it."""
    verb: str = ""
    """What the button says in place of "Save"."""


class RecordPanel(QObject):
    """Opens tasks in a page's side panel, one at a time. Putting the panel away keeps what was typed as a draft."""

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel) -> None:
        super().__init__(panel)
        self._around = around
        self._session = session
        self._panel = panel
        self._task: Task | None = None
        self._keeper: DraftKeeper | None = None
        self.form: RecordForm | None = None
        self._saving = False
        panel.closed.connect(self.flush)

    @property
    def key(self) -> str:
        """The key of the task that is open; empty when the panel is put away."""
        return self._task.draft if self._task is not None and not self._panel.isHidden() else ""

    def open(self, task: Task) -> None:
        """Show the form with the draft that was kept for it, if any."""
        self.close()
        self._task = task

        def found(typed: Mapping[str, str]) -> None:
            if self._task is task:
                self._show(task, typed)

        # The form comes with its draft: a late draft would write over what is being typed.
        self._session.ask(lambda vault: kept_draft(vault, task.draft), found, owner=self)

    def close(self) -> None:
        """Let the form go; a draft stays."""
        self.flush()
        self._forget()

    def flush(self) -> None:
        """Keep the draft now if one waits."""
        if self._keeper is not None and self.form is not None:
            self._keeper.flush()

    def save(self, go_on: bool = False) -> None:
        """Check and save; what is wrong is said beside its field and nothing is written."""
        task, form, keeper = self._task, self.form, self._keeper
        if task is None or form is None or keeper is None or self._saving or not form.check():
            return
        keeper.stop()
        values: dict[str, FieldValue] = form.changed_values() if task.changes_only else form.values()
        if task.changes_only and not values:
            self._throw_away()
            return

        def action(vault: Vault) -> Saved:
            saved = task.save(vault, {**values, **task.fixed})
            drafts.drop(vault, task.draft)
            return saved

        kinds = (task.kind.name, *task.told, DRAFT)
        self._saving = True  # Until it is answered: a second click must not save a second record.
        self._session.act(
            action, lambda saved: self._saved(task, saved, go_on), *kinds, owner=form, on_error=self._refused
        )

    def _show(self, task: Task, typed: Mapping[str, str]) -> None:
        look, session = self._around.look, self._session
        form = RecordForm(
            look,
            task.kind,
            only=task.only,
            without=task.without,
            options=task.options,
            own=task.own(),
            today=lambda: today(session.now()),
        )
        form.set_values(task.start)
        form.set_typed(typed)
        form.destroyed.connect(lambda: self._form_gone(task))
        keeper = DraftKeeper(session, task.draft, form.typed, self)
        form.edited.connect(keeper.touch)
        form.save_asked.connect(lambda: self.save())
        form.save_next_asked.connect(lambda: self.save(go_on=task.repeats))
        self._keeper, self.form = keeper, form
        icon = Icon.CHECK if task.verb else Icon.SAVE
        save = button(look, task.verb or look.tr.text("Save"), icon, Weight.MAIN, Key.SAVE)
        save.clicked.connect(lambda: self.save())
        throw = button(look, look.tr.text("Throw away"), weight=Weight.QUIET)
        throw.clicked.connect(self._throw_away)
        above = [task.above()] if task.above is not None else []
        above += [task.watch(form)] if task.watch is not None else []
        self._panel.hold(task.title, _below(above, form) if above else form, [save, throw])

    def _saved(self, task: Task, saved: Saved, go_on: bool) -> None:
        undo = task.undo
        kinds = (task.kind.name, *task.told)

        def take_back() -> None:
            if undo is not None:
                self._session.act(lambda vault: undo(vault, saved), lambda _done: None, *kinds)

        self._around.shell.say(task.said, take_back if undo is not None else None)
        self._forget()
        if go_on:
            self.open(replace(task, start={}))

    def _refused(self, error: BaseException) -> None:
        self._saving = False
        form = self.form
        if form is None or not isinstance(error, InvalidValue | FieldMissing) or error.field not in form.typed():
            self._around.errors.show(error)
            return
        form.show_errors({error.field: self._around.errors.words(error)})
        form.input(error.field).setFocus()

    def _form_gone(self, task: Task) -> None:
        # Another content was put into the panel: nothing may reach for the form any more.
        if self._task is task:
            self.form = None

    def _throw_away(self) -> None:
        if self._keeper is not None:
            self._keeper.forget()
        self._forget()

    def _forget(self) -> None:
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper.deleteLater()
        self._saving = False
        self._task = self._keeper = self.form = None
        self._panel.let_go()


def _below(above: Sequence[QWidget], form: RecordForm) -> QWidget:
    whole = QWidget()
    lines = column(whole, gap=Measure.BETWEEN)
    for one in above:
        lines.addWidget(one)
    lines.addWidget(form)
    whole.setFocusProxy(form)
    return whole
