"""The sidebar: search, pages, what is safe, who and where, language, lock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from desk_app.i18n.languages import LANGUAGES
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.page import PageEntry
from desk_app.ui.shortcuts import Key
from desk_app.ui.theme import TEXT_SIZES, Measure, Role, Text, Tone
from desk_app.ui.widgets.boxes import column, row, rule
from desk_app.ui.widgets.buttons import PressButton, icon_button
from desk_app.ui.widgets.choices import PlainCombo
from desk_app.ui.widgets.search import SearchBox
from desk_app.ui.widgets.text import label, picture


@dataclass(frozen=True, slots=True)
class Status:
    """The foot of the sidebar in the window's words: desk, user, and when data was last safe at the coordinator."""

    desk: str = ""
    user: str = ""
    safety: str = ""
    safe: bool = True


class Sidebar(QFrame):
    """Wide with words, or narrow with icons only. It is made again to change between the two."""

    page_asked = Signal(str)
    language_asked = Signal(str)
    lock_asked = Signal()
    help_asked = Signal()
    width_asked = Signal(bool)
    """True: make me narrow."""
    search_asked = Signal()
    """The magnifying glass of the narrow sidebar."""

    def __init__(self, look: Look, entries: Sequence[PageEntry], status: Status, *, narrow: bool) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._look = look
        self._narrow = narrow
        self._pages: dict[str, QPushButton] = {}
        self.search: SearchBox | None = None
        self.setFixedWidth(self._look.theme.width(Measure.SIDEBAR_NARROW if narrow else Measure.SIDEBAR))
        lines = column(self, margin=Measure.INSIDE, gap=2)
        lines.setContentsMargins(Measure.INSIDE, 12, Measure.INSIDE, Measure.INSIDE)
        self._add_search(lines)
        for place, entry in enumerate(entries, start=1):
            lines.addWidget(self._page_button(entry, place))
        lines.addStretch(1)
        self._add_safety(lines, status)
        lines.addWidget(rule())
        self._add_foot(lines, status)

    def mark(self, key: str) -> None:
        """Show which page is open."""
        for name, made in self._pages.items():
            made.setChecked(name == key)

    def _add_search(self, lines: QVBoxLayout) -> None:
        words = self._look.tr.text("Search for a person")
        if self._narrow:
            glass = icon_button(self._look, Icon.SEARCH, f"{words} ({Key.SEARCH})")
            glass.clicked.connect(self.search_asked)
            lines.addWidget(glass, 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            self.search = SearchBox(self._look, words)
            self.search.setToolTip(f"{words} ({Key.SEARCH})")
            lines.addWidget(self.search)
        lines.addSpacing(Measure.INSIDE)

    def _page_button(self, entry: PageEntry, place: int) -> QPushButton:
        words = self._look.tr.text(entry.title)
        made = PressButton("" if self._narrow else "  " + words.replace("&", "&&"))
        made.setProperty("weight", "page")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setIcon(self._look.icons.icon(entry.icon, Role.MUTED, checked=Role.PRIMARY))
        side = self._look.theme.px(Measure.ICON)
        made.setIconSize(QSize(side, side))
        made.setAccessibleName(words)
        made.setToolTip(f"{words} (Alt+{place})")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda _on=False: self.page_asked.emit(entry.key))
        self._pages[entry.key] = made
        return made

    def _add_safety(self, lines: QVBoxLayout, status: Status) -> None:
        if not status.safety:
            return
        tone = Tone.DONE if status.safe else Tone.ATTENTION
        icon = Icon.SAFE if status.safe else Icon.STORED
        mark = picture(self._look, icon, tone.ink)
        mark.setToolTip(status.safety)
        if self._narrow or self._look.theme.text_size >= max(TEXT_SIZES):  # Twice as large the words have no room.
            lines.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
            lines.addSpacing(Measure.INSIDE)
            return
        line = row(margin=Measure.INSIDE)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(status.safety, Text.CAPTION, tone=tone), 1)
        lines.addLayout(line)

    def _add_foot(self, lines: QVBoxLayout, status: Status) -> None:
        if self._narrow:
            for made in (self._lock(), self._help(), self._turn()):
                lines.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
            return
        who = row(margin=Measure.INSIDE)
        who.setContentsMargins(Measure.INSIDE, Measure.INSIDE, 0, 0)
        names = column(gap=0)
        names.addWidget(label(status.desk, Text.STRONG))
        names.addWidget(label(status.user, Text.CAPTION))
        who.addLayout(names, 1)
        who.addWidget(self._lock(), 0, Qt.AlignmentFlag.AlignVCenter)
        lines.addLayout(who)
        lines.addSpacing(Measure.TIGHT)
        foot = row(gap=4)
        foot.addWidget(self._languages(), 1)
        foot.addWidget(self._help())
        foot.addWidget(self._turn())
        lines.addLayout(foot)

    def _languages(self) -> PlainCombo:
        combo = PlainCombo()
        combo.setAccessibleName(self._look.tr.text("Language"))
        combo.setToolTip(self._look.tr.text("Language"))
        for language in LANGUAGES:
            combo.addItem(language.own_name, language.code)
        combo.setCurrentIndex(combo.findData(self._look.tr.language.code))
        # Later, for the whole sidebar is made again by it.
        combo.activated.connect(lambda _place: self.language_asked.emit(combo.currentData()), _LATER)
        return combo

    def _lock(self) -> QPushButton:
        made = icon_button(self._look, Icon.LOCK, f"{self._look.tr.text('Lock')} ({Key.LOCK})")
        made.clicked.connect(self.lock_asked)
        return made

    def _help(self) -> QPushButton:
        made = icon_button(self._look, Icon.UNKNOWN, f"{self._look.tr.text('Help')} ({Key.HELP})")
        made.clicked.connect(self.help_asked)
        return made

    def _turn(self) -> QPushButton:
        tr = self._look.tr
        words = tr.text("Show the words of the sidebar") if self._narrow else tr.text("Show only the icons")
        made = icon_button(self._look, Icon.SIDEBAR_OPEN if self._narrow else Icon.SIDEBAR_CLOSE, words)
        made.clicked.connect(lambda: self.width_asked.emit(not self._narrow), _LATER)
        return made


_LATER = Qt.ConnectionType.QueuedConnection
StatusOf = Callable[[Look], Status]
