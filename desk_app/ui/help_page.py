"""Help (F1): the keys of the window, a chapter for each page, what the program promises and what not."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout

from desk_app.domain.vocabulary import N_
from desk_app.ui.help_texts import CHAPTERS, PROMISES, Chapter, Promise
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, PageEntry, Surroundings
from desk_app.ui.shortcuts import KEY_WORDS
from desk_app.ui.theme import Measure, Role, Text
from desk_app.ui.widgets.boxes import Card, ScrollColumn, empty_layout, row, rule
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.letters import LETTERS
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.ui.widgets.text import label, picture

KEYS, PROMISED = "keys", "promises"
CONTENTS = 260
"""Pixels at 100 % text: the width of the list of chapters."""


class HelpPage(Page):
    """Chapters at the left, the chosen one at the right. Every key works with a Cyrillic layout too."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        tr = self.look.tr
        self.body.addWidget(PageHead(self.look, tr.text("Help"), tr.text("The keys work with a Cyrillic layout too.")))
        self._chapters: dict[str, Callable[[QVBoxLayout], None]] = {KEYS: self._keys, PROMISED: self._promises}
        self._chapters |= {f"page{place}": self._writer(one) for place, one in enumerate(CHAPTERS)}
        self.contents = RowList(self.look, tr.text("Chapters"), two_lines=False)
        self.contents.setFixedWidth(self.look.theme.width(CONTENTS))
        self.contents.show_rows(self._rows())
        self.contents.picked.connect(self.open_chapter)
        self._scroll = ScrollColumn(self.look, width=Measure.COLUMN)
        line = row(gap=0)
        line.setContentsMargins(12, Measure.EDGE, 0, 0)
        line.addWidget(self.contents)
        line.addWidget(self._scroll, 1)
        self.body.addLayout(line, 1)
        self._open = ""
        self.contents.pick(KEYS)

    def open_chapter(self, key: str) -> None:
        """Show a chapter."""
        if key == self._open:
            return
        self._open = key
        empty_layout(self._scroll.body)
        self._chapters[key](self._scroll.body)
        self._scroll.verticalScrollBar().setValue(0)

    def kept(self) -> object:
        """Which chapter is open."""
        return self._open

    def take_back(self, kept: object) -> None:
        """Open it again."""
        if isinstance(kept, str):
            self.contents.pick(kept)

    def enter(self) -> None:
        """Into the list of chapters."""
        self.contents.setFocus()

    def _rows(self) -> list[Row]:
        tr = self.look.tr
        rows = [Row(KEYS, tr.text("Keys"))]
        rows += [Row(f"page{place}", tr.text(one.title)) for place, one in enumerate(CHAPTERS)]
        return [*rows, Row(PROMISED, tr.text("What is promised and what not"))]

    def _keys(self, body: QVBoxLayout) -> None:
        tr = self.look.tr
        body.addWidget(self._pairs(tr.text("Keys"), [(key, tr.text(words)) for key, words in KEY_WORDS]))
        letters = [(f"Ctrl+{key}", letter) for letter, key in LETTERS]
        body.addWidget(self._pairs(tr.text("Letters in names"), letters))

    def _pairs(self, title: str, lines: Sequence[tuple[str, str]]) -> Card:
        card = Card(self.look, title)
        for place, (key, words) in enumerate(lines):
            if place:
                card.body.addWidget(rule())
            line = row(gap=Measure.BETWEEN)
            name = label(key, Text.STRONG, wrap=False)
            name.setFixedWidth(self.look.theme.px(160))
            line.addWidget(name)
            line.addWidget(label(words), 1)
            card.body.addLayout(line)
        return card

    def _writer(self, chapter: Chapter) -> Callable[[QVBoxLayout], None]:
        def write(body: QVBoxLayout) -> None:
            card = Card(self.look, self.look.tr.text(chapter.title))
            for words in chapter.paragraphs:
                card.body.addWidget(label(self.look.tr.text(words)))
            body.addWidget(card)

        return write

    def _promises(self, body: QVBoxLayout) -> None:
        for promise in PROMISES:
            body.addWidget(self._promise(promise))

    def _promise(self, promise: Promise) -> Card:
        tr = self.look.tr
        card = Card(self.look)
        card.body.addWidget(label(tr.text(promise.event), Text.STRONG))
        for icon, role, words in (
            (Icon.DONE, Role.DONE, tr.text("Promised: {words}", words=tr.text(promise.kept))),
            (Icon.NOTICE, Role.ATTENTION, tr.text("The limit: {words}", words=tr.text(promise.beyond))),
        ):
            line = row()
            line.addWidget(picture(self.look, icon, role))
            line.addWidget(label(words), 1)
            card.body.addLayout(line)
        return card


HELP = PageEntry("help", N_("Help"), Icon.UNKNOWN, HelpPage, in_sidebar=False)
"""Always registered by the window."""
