"""A record to read: every field that says something, label above value."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_app.domain.records.declaration import Kind
from desk_app.i18n import labels
from desk_app.storage.rows import Record
from desk_app.ui.look import Look
from desk_app.ui.theme import Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.text import label


class RecordView(QWidget):
    """Empty fields are left out; so are those in `without`. `name_of` gives the name of a record pointed at."""

    def __init__(
        self,
        look: Look,
        kind: Kind,
        record: Record,
        without: frozenset[str] = frozenset(),
        name_of: Callable[[str], str] = str,
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        lines = column(self, gap=12)
        for field in kind.shown_fields:
            words = labels.value(field, record.values.get(field.name), look.tr, name_of)
            if field.name in record.sealed:
                words = look.tr.text("Sealed")
            if not words or field.name in without:
                continue
            pair = column(gap=0)
            pair.addWidget(label(labels.field(field, look.tr), Text.CAPTION))
            value = label(words)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            pair.addWidget(value)
            lines.addLayout(pair)
        lines.addStretch(1)
