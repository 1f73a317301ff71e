"""The input that finds one record while its name is typed, however it is spelled."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from desk_app.domain.ids import is_record_id
from desk_app.ui.look import Look
from desk_app.ui.widgets.field import FieldValue
from desk_app.ui.widgets.lines import LineField

Options = Sequence[tuple[str, str]]
"""(id, words), the best first."""
_ID = Qt.ItemDataRole.UserRole
_MOST = 12


class FindField(LineField):
    """`find` gives what fits the typed text, all for an empty one; `words_of` the words of an id, empty if unknown.

    Down opens the list, Enter or Tab takes what is marked. The value is the record's id.
    """

    def __init__(
        self, look: Look, find: Callable[[str], Options], words_of: Callable[[str], str], placeholder: str = ""
    ) -> None:
        super().__init__(look, limit=300, placeholder=placeholder)
        self._find = find
        self._words_of = words_of
        self._record = ""
        self._options = QStandardItemModel(self)
        self._completer = QCompleter(self._options, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_MOST)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        # Qt's types know no overloaded signals; without the choice the text would come, not the row.
        activated: Any = self._completer.activated
        activated[QModelIndex].connect(self._taken)
        self.line.setCompleter(self._completer)
        self.line.textEdited.disconnect()
        self.line.textEdited.connect(self._typed)

    def typed(self) -> str:
        return self._record or self.line.text()

    def set_typed(self, typed: str) -> None:
        self._record = typed if is_record_id(typed) else ""
        words = self._words_of(typed) if self._record else typed
        self.line.setText(words or self.look.tr.text("A record that is no longer in the list"))
        if not typed:
            self.line.clear()
        self.line.setCursorPosition(0)

    def value(self) -> FieldValue:
        if self.trouble():
            raise ValueError("not chosen from the list")
        return self._record or None

    def set_value(self, value: FieldValue) -> None:
        self.set_typed("" if value is None else str(value))

    def trouble(self) -> str:
        if self._record or not self.line.text().strip():
            return ""
        return self.look.tr.text("Choose one from the list.")

    def offered(self) -> Options:
        """What the list offers now."""
        rows = [self._options.item(row) for row in range(self._options.rowCount())]
        return [(str(row.data(_ID)), row.text()) for row in rows]

    def choose(self, record: str) -> None:
        """Take a record, as from the list."""
        self.set_typed(record)
        self.edited.emit()

    def _typed(self, text: str) -> None:
        self._record = ""
        self._options.clear()
        for record, words in self._find(text.strip())[:_MOST]:
            item = QStandardItem(words)
            item.setData(record, _ID)
            item.setEditable(False)
            self._options.appendRow(item)
        self._completer.complete()
        self.edited.emit()

    def _taken(self, index: QModelIndex) -> None:
        self.choose(str(index.data(_ID)))

    def _finished(self) -> None:
        # Whoever typed enough to leave one choice has chosen it.
        offered = self.offered()
        if not self._record and self.line.text().strip() and len(offered) == 1:
            self.choose(offered[0][0])
        self.left.emit()
