"""The date input: typed as dd.MM.yyyy, MM.yyyy or yyyy, or picked from a month."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk_app.i18n import formats
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.widgets.buttons import icon_button
from desk_app.ui.widgets.date_text import DateTrouble, NotADate, stored_date
from desk_app.ui.widgets.field import FieldValue
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.month import MonthPopup


class DateField(LineField):
    """A date; with `partial` a month or a year alone is enough. The value is ISO text of the same precision.

    `today` is asked when the calendar opens on an empty field. Alt+Down opens the calendar.
    """

    def __init__(self, look: Look, today: Callable[[], date] = date.today, *, partial: bool = False) -> None:
        super().__init__(look, limit=20, placeholder=look.tr.text("dd.mm.yyyy"))
        self._partial = partial
        self._today = today
        self.line.setMaximumWidth(look.theme.px(160))
        self.line.setMinimumWidth(self.line.fontMetrics().horizontalAdvance("00.00.0000") + look.theme.px(28))
        self._opener = icon_button(look, Icon.CALENDAR, look.tr.text("Open the calendar"))
        self._opener.clicked.connect(self.open_month)
        self.box.addWidget(self._opener)
        self.box.addStretch(1)

    def value(self) -> FieldValue:
        return stored_date(self.typed(), partial=self._partial) if self.typed().strip() else None

    def set_value(self, value: FieldValue) -> None:
        self.set_typed("" if value is None else formats.partial_date(str(value)))

    def trouble(self) -> str:
        try:
            self.value()
        except NotADate as error:
            return self._words(error.why)
        return ""

    def tidy(self) -> None:
        if not self.trouble():
            self.set_value(self.value())

    def set_name(self, words: str) -> None:
        super().set_name(words)
        self._opener.setAccessibleName(self.look.tr.text("Open the calendar: {label}", label=words))

    def open_month(self) -> None:
        """Open the calendar below the line, on the month that was typed."""
        popup = MonthPopup(self.look, self._day() or self._today(), self)
        popup.picked.connect(self._pick)
        popup.open_at(self.line.mapToGlobal(QPoint(0, self.line.height() + 4)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_month()
        else:
            super().keyPressEvent(event)

    def target(self) -> QWidget:
        return self.line

    def _day(self) -> date | None:
        if self.trouble() or not (stored := str(self.value() or "")):
            return None
        parts = [int(part) for part in stored.split("-")]
        return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)

    def _pick(self, day: date) -> None:
        self.set_typed(formats.day(day))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
        self.left.emit()

    def _words(self, why: DateTrouble) -> str:
        tr = self.look.tr
        if why is DateTrouble.NO_SUCH_DAY:
            return tr.text("There is no such date: {typed}.", typed=self.typed().strip())
        if self._partial:
            return tr.text("Write the date as 05.03.1973, 03.1973 or 1973.")
        return tr.text("Write the whole date, as 05.03.2026.")
