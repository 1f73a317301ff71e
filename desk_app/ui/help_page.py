"""Help (F1): the keys of the window."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, PageEntry, Surroundings
from desk_app.ui.shortcuts import KEY_WORDS
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import Card, ScrollColumn, row, rule
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.letters import LETTERS
from desk_app.ui.widgets.text import label


class HelpPage(Page):
    """Every key and what it does; all of them work with a Cyrillic layout too."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        tr = self.look.tr
        self.body.addWidget(PageHead(self.look, tr.text("Help"), tr.text("The keys work with a Cyrillic layout too.")))
        scroll = ScrollColumn(self.look, width=Measure.COLUMN)
        scroll.body.addWidget(self._card(tr.text("Keys"), [(key, tr.text(words)) for key, words in KEY_WORDS]))
        letters = [(f"Ctrl+{key}", letter) for letter, key in LETTERS]
        scroll.body.addWidget(self._card(tr.text("Letters in names"), letters))
        self.body.addWidget(scroll, 1)

    def _card(self, title: str, lines: list[tuple[str, str]]) -> Card:
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


HELP = PageEntry("help", N_("Help"), Icon.UNKNOWN, HelpPage, in_sidebar=False)
"""Always registered by the window."""
