"""What became of a referral: the next step, and what the reply slip says about it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.clock import today
from desk_app.domain.errors import FieldMissing, InvalidValue
from desk_app.domain.records.declaration import Field, FieldValue
from desk_app.domain.records.referral import FOLLOWUP, REFERRAL, STATE
from desk_app.domain.rules.referral_states import facts_needed, is_answer
from desk_app.storage.vault import Vault
from desk_app.ui.changes import DRAFT
from desk_app.ui.forms.inputs import make_input
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.draft_keeper import DraftKeeper
from desk_app.ui.pages.referrals.questions import Opened, answer_key
from desk_app.ui.pages.referrals.words import RESULT_WORDS
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import column, empty_layout
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choices import ChoiceField
from desk_app.ui.widgets.field import FieldRow
from desk_app.usecases import drafts, referrals
from desk_app.usecases.records import Saved

_STATE = "state"
_VISIT = ("due", "at")


class AnswerForm(QWidget):
    """Choose the step, then the fields that belong to it appear. `saved` after the step was taken."""

    saved = Signal()

    def __init__(self, around: Surroundings, session: Session, shown: Opened) -> None:
        super().__init__()
        self._around = around
        self._look = look = around.look
        self._session = session
        self._referral = shown.referral.id
        self._steps = steps = shown.steps
        self._typed: dict[str, str] = {}
        self.rows: dict[str, FieldRow] = {}
        lines = column(self, gap=Measure.BETWEEN)
        self.step = ChoiceField(look, {code: look.tr.choice(STATE, code) for code in steps}, look.tr.text("Choose"))
        self.step.edited.connect(self._chosen)
        lines.addWidget(FieldRow(look, look.tr.text("What happened"), self.step))
        self._fields = column(gap=Measure.BETWEEN)
        lines.addLayout(self._fields)
        self.save_button = button(look, look.tr.text("Save the step"), Icon.SAVE, Weight.MAIN, Key.SAVE)
        self.save_button.clicked.connect(self.save)
        self.save_button.hide()
        lines.addWidget(self.save_button)
        bind(self, Key.SAVE, self.save)
        self.keeper = DraftKeeper(session, answer_key(self._referral), self.typed, self)
        self._saving = False
        self.set_typed(shown.answer)

    def typed(self) -> dict[str, str]:
        """Everything that was typed, also in fields of a step that was chosen before."""
        self._typed |= {name: row.field.typed() for name, row in self.rows.items()}
        return {**self._typed, _STATE: self.step.typed()} if self.step.typed() else {}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put back what was typed; a step that is not possible any more is left out."""
        if typed.get(_STATE) in self._steps:
            self._typed = {name: text for name, text in typed.items() if name != _STATE}
            self.step.set_typed(typed[_STATE])
            self._show_fields()

    def flush(self) -> None:
        """Keep the draft now if one waits."""
        self.keeper.flush()

    def save(self) -> None:
        """Take the step; what is wrong is said beside its field."""
        state = self.step.typed()
        wrong = [row for row in self.rows.values() if not row.check()]
        if wrong:
            wrong[0].field.setFocus()
        if wrong or not state or self._saving:
            return
        self._saving = True  # Until it is answered: a second click must not take the step twice.
        self.keeper.stop()
        facts: dict[str, FieldValue] = {name: row.field.value() for name, row in self.rows.items()}
        said = {name: value for name, value in facts.items() if value is not None}
        referral, key = self._referral, self.keeper.key

        def action(vault: Vault) -> Saved:
            done = referrals.change_state(vault, referral, state, said)
            drafts.drop(vault, key)
            return done

        kinds = ("referral", "followup", DRAFT)
        self._session.act(action, self._saved, *kinds, owner=self, on_error=self._refused)

    def _saved(self, done: Saved) -> None:
        self._saving = False
        words = self._look.tr.choice(STATE, self.step.typed())
        self._around.shell.say(self._look.tr.text("{number}: {state}.", number=done.number, state=words))
        self.saved.emit()

    def _refused(self, error: BaseException) -> None:
        self._saving = False
        if isinstance(error, InvalidValue | FieldMissing) and error.field in self.rows:
            self.rows[error.field].show_error(self._around.errors.words(error))
            self.rows[error.field].field.setFocus()
        else:
            self._around.errors.show(error)

    def _chosen(self) -> None:
        self.typed()
        self._show_fields()
        self.keeper.touch()

    def _show_fields(self) -> None:
        empty_layout(self._fields)
        self.rows = {}
        state = self.step.typed()
        for field in _fields_of(state):
            self._add(field, state)
        self.save_button.setVisible(bool(state))

    def _add(self, field: Field, state: str) -> None:
        tr, name = self._look.tr, field.name
        words = RESULT_WORDS.get(state, field.label) if name == "result" else field.label
        made = make_input(self._look, field, {}, lambda: today(self._session.now()))
        required = name in facts_needed(state)
        line = FieldRow(self._look, tr.text(words), made, tr.text(field.help), required=required)
        if name in self._typed:
            made.set_typed(self._typed[name])
        elif name == "answered_on":
            made.set_value(today(self._session.now()).isoformat())
        made.edited.connect(self.keeper.touch)
        self.rows[name] = line
        self._fields.addWidget(line)


def _fields_of(state: str) -> list[Field]:
    if not state:
        return []
    names = ["answered_by", "answered_on"] if is_answer(state) else []
    if is_answer(state) or "result" in facts_needed(state):
        names.append("result")
    visit = [FOLLOWUP.field(name) for name in _VISIT] if state == "appointment" else []
    return visit + [REFERRAL.field(name) for name in names]
