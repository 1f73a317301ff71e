"""The handbook to read: contents with a search at the left, the chapter at the right. Pages and windows hold it."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from desk_app.ui.handbook.chapter import To
from desk_app.ui.handbook.contents import CHAPTERS, chapter_of, place_of
from desk_app.ui.handbook.finding import Asked, Finder, ask
from desk_app.ui.handbook.wording import Markup, dress
from desk_app.ui.look import Look
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.theme import Measure, Theme
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.ui.widgets.search import SearchBox
from desk_app.ui.widgets.text import label

CONTENTS = 280
"""Pixels at 100 % text: the width of the list of chapters."""
READING = 560
"""Pixels at 100 % text: the width of a line, some 70 letters."""
_ALL = [one.key for one in CHAPTERS]


class Reading(QTextBrowser):
    """One chapter, in lines that are no longer than the eye likes; it opens nothing by itself."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("look", "reading")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self._widest = round(READING * look.theme.text_size / 100)
        self.document().setDocumentMargin(Measure.EDGE)
        self.document().setDefaultStyleSheet(dress(look.theme))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines as long as there is room, up to the length that reads well."""
        super().resizeEvent(event)
        self.setLineWrapColumnOrWidth(min(self._widest + 2 * Measure.EDGE, self.viewport().width()))


class HandbookView(QWidget):
    """Opens places of the handbook: `open("client#needs")`. Knows nobody and asks nothing of a vault."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        tr = look.tr
        self._asked: Asked = ()
        self.place = To("")
        self.search = SearchBox(look, tr.text("Search the handbook"))
        self.search.setToolTip(f"{tr.text('Search the handbook')} ({Key.FIND})")
        self.search.searched.connect(self._search)
        self.search.went_down.connect(self._go_down)
        self.contents = RowList(look, tr.text("Chapters"), two_lines=False)
        self.contents.picked.connect(self._picked)
        self.contents.opened.connect(lambda _key: self.setFocus())
        self._nothing = label(tr.text("The handbook does not say this. Try another word."))
        self._nothing.hide()
        self.text = Reading(look)
        self.text.setAccessibleName(tr.text("Chapter"))
        self.text.anchorClicked.connect(self._follow)
        left = column()
        left.setContentsMargins(Measure.EDGE, Measure.BETWEEN, 0, 0)
        for made in (self.search, self._nothing, self.contents):
            left.addWidget(made, 1 if made is self.contents else 0)
            made.setFixedWidth(look.theme.width(CONTENTS))
        whole = row(self, gap=Measure.INSIDE)
        whole.addLayout(left)
        whole.addWidget(self.text, 1)
        self._list(_ALL)
        self.open("")
        bind(self, Key.FIND, self.look_for)
        lead_to(self, self.text)

    def open(self, wanted: str) -> None:
        """Show a place: a chapter from its beginning, or from a section on. An unknown one is the first chapter."""
        place = place_of(wanted)
        if place.chapter != self.place.chapter:
            self._write(place)
        self.place = place
        self.contents.pick(place.chapter)  # Its signal finds the chapter open already.
        if place.section:
            self.text.scrollToAnchor(place.section)
        else:
            self.text.verticalScrollBar().setValue(0)

    def look_for(self) -> None:
        """The keyboard goes into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def forget_search(self) -> bool:
        """All chapters again; False when nothing was looked for."""
        if not self.search.text():
            return False
        self.search.clear()
        return True

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._look.tr)

    def for_paper(self) -> QTextDocument:
        """The chapter that is open, dark on white whatever the window has."""
        document = QTextDocument(self)
        theme = Theme()
        document.setDefaultFont(theme.font())
        document.setDefaultStyleSheet(dress(theme))
        document.setHtml(Markup(self._look.tr).chapter(chapter_of(self.place)))
        return document

    def _write(self, place: To) -> None:
        self.text.setHtml(Markup(self._look.tr, self._is_hit).chapter(chapter_of(place)))

    def _is_hit(self, word: str) -> bool:
        return bool(self._asked) and self._finder.is_hit(word, self._asked)

    def _list(self, keys: Sequence[str]) -> None:
        self.contents.show_rows([Row(key, self._look.tr.text(chapter_of(To(key)).title)) for key in keys])

    def _picked(self, chapter: str) -> None:
        if chapter != self.place.chapter:
            self.open(self._first_hit(chapter))

    def _first_hit(self, chapter: str) -> str:
        found = self._found()
        return next((place for place in found if place.chapter == chapter and place.section), chapter)

    def _follow(self, link: QUrl) -> None:
        self.open(link.toString())

    def _found(self) -> list[To]:
        return self._finder.find(self._asked) if self._asked else []

    def _search(self, typed: str) -> None:
        self._asked = ask(typed)
        found = self._found()
        keys = list(dict.fromkeys(place.chapter for place in found)) if self._asked else _ALL
        self._list(keys)
        self._nothing.setVisible(not keys)
        here = self.place
        self.place = To("")  # Its words are written anew, with other marks.
        if not self._asked or not keys:
            self.open(here)
        else:
            self.open(self._first_hit(here.chapter) if here.chapter in keys else found[0])

    def _go_down(self) -> None:
        self.contents.pick_first()
