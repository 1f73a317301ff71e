"""One month to pick a day from, in our own words for months and days (Qt knows no Uzbek of use, and no Tajik)."""

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from desk_app.i18n import formats
from desk_app.i18n.languages import FIRST_WEEKDAY
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text
from desk_app.ui.widgets.boxes import column, empty_layout, row
from desk_app.ui.widgets.buttons import icon_button
from desk_app.ui.widgets.date_text import EARLIEST, LATEST
from desk_app.ui.widgets.text import label

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class MonthPopup(QFrame):
    """Emits `picked(date)` and closes. Arrows walk the days, Page Up and Page Down the months, with Ctrl the years."""

    picked = Signal(object)

    def __init__(self, look: Look, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "card")
        self._look = look
        self._day = min(max(day, date(EARLIEST, 1, 1)), date(LATEST, 12, 31))
        self._days: dict[date, QPushButton] = {}
        lines = column(self, margin=12)
        head = row(gap=4)
        self._title = label("", Text.STRONG, wrap=False)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head.addWidget(self._step(Icon.LEFT, look.tr.text("Previous month"), -1))
        head.addWidget(self._title, 1)
        head.addWidget(self._step(Icon.RIGHT, look.tr.text("Next month"), 1))
        lines.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        lines.addLayout(self._grid)
        self._fill()

    def open_at(self, place: QPoint) -> None:
        """Show it with its corner at a place, or wherever it fits on the screen."""
        self.adjustSize()
        screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        x = max(min(place.x(), room.right() - self.width()), room.left())
        y = place.y() if place.y() + self.height() <= room.bottom() else max(place.y() - self.height() - 40, room.top())
        self.move(x, y)
        self.show()
        self._days[self._day].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk days, months, years; Enter picks, Esc closes."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._go(self._day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            months = 12 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
            self._go_months(months if key == Qt.Key.Key_PageDown else -months)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self._day)
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _step(self, icon: Icon, words: str, months: int) -> QPushButton:
        made = icon_button(self._look, icon, words)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda: self._go_months(months))
        return made

    def _go(self, day: date) -> None:
        if not EARLIEST <= day.year <= LATEST:
            return
        same_month = (day.year, day.month) == (self._day.year, self._day.month)
        self._day = day
        if not same_month:
            self._fill()
        self._days[day].setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_months(self, months: int) -> None:
        number = self._day.year * 12 + self._day.month - 1 + months
        year, month = number // 12, number % 12 + 1
        if EARLIEST <= year <= LATEST:
            self._go(date(year, month, min(self._day.day, calendar.monthrange(year, month)[1])))

    def _fill(self) -> None:
        empty_layout(self._grid)
        self._days = {}
        language = self._look.tr.language
        words = formats.month_of_year(self._day, language)
        self._title.setText(words[0].upper() + words[1:])
        for place, short in enumerate(language.weekdays_short):
            head = label(short, Text.CAPTION, wrap=False)
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(head, 0, place)
        weeks = calendar.Calendar(FIRST_WEEKDAY).monthdatescalendar(self._day.year, self._day.month)
        for line, week in enumerate(weeks, start=1):
            for place, day in enumerate(week):
                if day.month == self._day.month:
                    made = self._day_button(day)
                    self._grid.addWidget(made, line, place)
                    made.show()  # At once, or it could not take the keyboard yet.
        self._grid.setRowStretch(7, 1)

    def _day_button(self, day: date) -> QPushButton:
        made = QPushButton(str(day.day))
        made.setProperty("weight", "icon")
        made.setAccessibleName(formats.weekday_date(day, self._look.tr.language))
        made.setAutoDefault(False)
        made.clicked.connect(lambda: self._pick(day))
        self._days[day] = made
        return made

    def _pick(self, day: date) -> None:
        self.picked.emit(day)
        self.close()
