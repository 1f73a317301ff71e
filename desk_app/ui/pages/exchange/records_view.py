"""What became of single records: chips to choose by, a row each with the reason, and the way to whom it is about."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.i18n import labels, merge_words
from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.ui.widgets.text import label
from desk_app.usecases.merge_results import NEEDS_A_LOOK, Became, Named

ALL = "all"
ROWS_SHOWN = 7
"""A list in a card is so many rows high and scrolls from there on."""
_LOOKS = {
    Became.QUARANTINED: (Icon.WARNING, Tone.ATTENTION),
    Became.DISAGREEMENT: (Icon.COMPARE, Tone.ATTENTION),
    Became.ERASED: (Icon.DELETE, Tone.DANGER),
    Became.REMOVED: (Icon.HIDE, Tone.ATTENTION),
    Became.WAITING: (Icon.WAITING, Tone.PLAIN),
    Became.NEW: (Icon.ADD, Tone.DONE),
    Became.UPDATED: (Icon.EDIT, Tone.PRIMARY),
    Became.SAME: (Icon.CHECK, Tone.PLAIN),
}


class RecordsView(QWidget):
    """Emits `opened(Named)` for a row that leads somewhere. `unnamed` is how many records are counted alone."""

    opened = Signal(object)

    def __init__(self, look: Look, records: Sequence[Named], *, unnamed: int = 0) -> None:
        super().__init__()
        self._look = look
        self._records = {str(place): one for place, one in enumerate(records)}
        lines = column(self)
        self.bar = self._bar(records)
        self.bar.chosen.connect(lambda codes: self.show_only(next(iter(codes), ALL)))
        lines.addWidget(self.bar)
        self.rows = RowList(look, look.tr.text("What became of the records"))
        self.rows.opened.connect(self._open)
        lines.addWidget(self.rows)
        if unnamed > 0:
            words = look.tr.plural(
                "{count} more record is counted and not listed.",
                "{count} more records are counted and not listed.",
                unnamed,
            )
            lines.addWidget(label(words, Text.CAPTION))
        first = any(one.became in NEEDS_A_LOOK for one in records)
        self.show_only(records[0].became if first and len({one.became for one in records}) > 1 else ALL)
        lead_to(self, self.rows)

    def show_only(self, code: str) -> None:
        """Show one kind of outcome, or all."""
        self.bar.choose(code)
        tr = self._look.tr
        shown = [(key, one) for key, one in self._records.items() if code in (ALL, one.became.value)]
        self.rows.show_rows([row_of(key, one, tr) for key, one in shown])
        height = self.rows.sizeHintForRow(0) if shown else 0
        self.rows.setFixedHeight(max(height, 1) * min(max(len(shown), 1), ROWS_SHOWN) + 2)

    def _bar(self, records: Sequence[Named]) -> FilterBar:
        tr = self._look.tr
        counts = Counter(one.became for one in records)
        chips = [Filter(one.value, tr.choice(merge_words.BECAME, one), counts[one]) for one in Became if counts[one]]
        return FilterBar(self._look, tr.text("What is listed"), [Filter(ALL, tr.text("All"), len(records)), *chips])

    def _open(self, key: str) -> None:
        self.opened.emit(self._records[key])


def row_of(key: str, one: Named, tr: Translator) -> Row:
    """A record's row: whom it is about, what kind it is and why that became of it."""
    kind = labels.kind(one.kind, tr) if one.kind else tr.text("A kind of record that this version does not know")
    became, why = tr.choice(merge_words.BECAME, one.became), merge_words.why(one.became, one.fields, tr)
    icon, tone = _LOOKS[one.became]
    detail = tr.text("{label}: {value}", label=kind, value=why) if why else kind
    return Row(key, one.title or kind, detail, tail=became, icon=icon, tone=tone)
