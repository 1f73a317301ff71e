"""A form for one record, built from its kind's declaration."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desk_app.domain.records.declaration import Field, FieldValue, Kind
from desk_app.ui.forms.inputs import Options, make_doubts, make_input
from desk_app.ui.look import Look
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.field import FieldInput, FieldRow
from desk_app.ui.widgets.letters import LetterField, LettersStrip, NameField
from desk_app.ui.widgets.lines import LongTextField
from desk_app.ui.widgets.text import label


class RecordForm(QWidget):
    """Sections of field rows. `typed()` is all that was typed, for drafts; `values()` what can be stored.

    `only` names the fields to show, in that order (all of the kind's own by default); `without` leaves some out.
    `columns` 2 puts short fields side by side, for a page of 720 px; 1 is for the side panel. `options` gives each
    reference field shown its choices. `own` are inputs that a page made itself, in place of the declared ones.
    """

    DRAFT_PAUSE_MS = 800

    edited = Signal()
    """After each change by the person, at once."""
    draft_due = Signal(object)
    """A moment after the last change: `typed()`, to be kept as a draft."""
    save_asked = Signal()
    """Ctrl+S inside the form."""
    save_next_asked = Signal()
    """Ctrl+Enter inside the form."""

    def __init__(
        self,
        look: Look,
        kind: Kind,
        *,
        only: Sequence[str] = (),
        without: Collection[str] = (),
        options: Options | None = None,
        own: Mapping[str, FieldInput] | None = None,
        columns: int = 1,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self._look = look
        self._rows: dict[str, FieldRow] = {}
        self._stored: dict[str, FieldValue] = {}
        self._own = own or {}
        self._due = False
        self._left_out: set[str] = set()
        names = only or [field.name for field in kind.shown_fields]
        self.fields: tuple[Field, ...] = tuple(kind.field(name) for name in names if name not in without)
        self._body = column(self, gap=Measure.BETWEEN)
        self._columns = columns
        self._build(options or {}, today)
        self._first = next(iter(self._rows.values())).field
        self.setFocusProxy(self._first)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(self.DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        bind(self, Key.SAVE, self.save_asked.emit, inside)
        bind(self, Key.SAVE_NEXT, self.save_next_asked.emit, inside)

    def typed(self) -> dict[str, str]:
        """Exactly what stands in the inputs, also what cannot be stored yet."""
        return {name: row.field.typed() for name, row in self._rows.items()}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put back what was typed (a draft); names the form does not show are ignored."""
        for name, text in typed.items():
            if name in self._rows:
                self._rows[name].field.set_typed(text)
                self._rows[name].check_typed()

    def set_values(self, values: Mapping[str, FieldValue]) -> None:
        """Show a stored record. What is shown now counts as unchanged."""
        for name, row in self._rows.items():
            row.field.set_value(values.get(name))
            row.show_error("")
        self._stored = {name: row.field.value() for name, row in self._rows.items()}

    def check(self) -> bool:
        """Say beside each field what is wrong; the keyboard goes to the first of them. True when all can be stored."""
        wrong = [row for name, row in self._rows.items() if name not in self._left_out and not row.check()]
        if wrong:
            wrong[0].take_keyboard()
        return not wrong

    def values(self) -> dict[str, FieldValue]:
        """Field name -> value to store. Raises ValueError unless `check` was true."""
        asked = {name: row for name, row in self._rows.items() if name not in self._left_out}
        return {**dict.fromkeys(self._left_out), **{name: row.field.value() for name, row in asked.items()}}

    def changed_values(self) -> dict[str, FieldValue]:
        """Only what differs from the record shown by `set_values` (from an empty one without)."""
        return {name: value for name, value in self.values().items() if _said(value) != _said(self._stored.get(name))}

    def leave_out(self, name: str, is_out: bool) -> None:
        """Ask for a field no more, or again: what was typed stays in the draft, nothing is stored. Raises KeyError."""
        self._rows[name].setVisible(not is_out)
        (self._left_out.add if is_out else self._left_out.discard)(name)

    def leaves_out(self, name: str) -> bool:
        """Whether a field is not asked for now."""
        return name in self._left_out

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show sentences that a use case found, beside their fields."""
        for name, words in errors.items():
            self._rows[name].show_error(words)

    def input(self, name: str) -> FieldInput:
        """The input of a field, for a page that listens to it. Raises KeyError."""
        return self._rows[name].field

    def row(self, name: str) -> FieldRow:
        """The row of a field. Raises KeyError."""
        return self._rows[name]

    def flush(self) -> None:
        """Give the draft now if one is due: before a lock, before the page goes."""
        if self._due:
            self._due = False
            self._pause.stop()
            self.draft_due.emit(self.typed())

    def _build(self, options: Options, today: Callable[[], date]) -> None:
        sections: dict[str, list[Field]] = {}
        for field in self.fields:
            sections.setdefault(field.section, []).append(field)
        for section, fields in sections.items():
            if section:
                self._body.addWidget(label(self._look.tr.text(section), Text.SECTION))
            rows = [self._row(field, options, today) for field in fields]
            written = [row.field for row in rows if isinstance(row.field, LetterField)]
            if any(isinstance(field, NameField) for field in written):
                self._body.addWidget(LettersStrip(self._look, written))
            self._body.addLayout(self._arranged(rows))

    def _arranged(self, rows: Sequence[FieldRow]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Measure.EDGE)
        grid.setVerticalSpacing(Measure.BETWEEN)
        place = 0
        for row in rows:
            wide = isinstance(row.field, LongTextField)
            if wide:
                place += -place % self._columns
                row.field.setMaximumWidth(self._look.theme.px(Measure.COLUMN))
            grid.addWidget(row, place // self._columns, place % self._columns, 1, self._columns if wide else 1)
            place += self._columns if wide else 1
        for number in range(self._columns):
            grid.setColumnStretch(number, 1)
        return grid

    def _row(self, field: Field, options: Options, today: Callable[[], date]) -> FieldRow:
        tr = self._look.tr
        made = FieldRow(
            self._look,
            tr.text(field.label),
            self._own.get(field.name) or make_input(self._look, field, options, today),
            tr.text(field.help),
            required=field.required,
            doubts=make_doubts(self._look, field, today),
        )
        made.field.edited.connect(self._edited)
        self._rows[field.name] = made
        return made

    def _edited(self) -> None:
        self._due = True
        self._pause.start()
        self.edited.emit()


def _said(value: FieldValue) -> FieldValue:
    # An empty set says no more than nothing.
    return None if value == frozenset() else value
