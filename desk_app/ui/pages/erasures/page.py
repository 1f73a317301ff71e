"""The page of keeping and erasing: proposals, each looked at and confirmed by a person, and what was erased."""

from collections.abc import Iterable

from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.domain.ids import RecordId
from desk_app.domain.records.erasure import ERASURE
from desk_app.domain.rules.retention import RULES, rule
from desk_app.storage.vault import Vault
from desk_app.ui.changes import DRAFT
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.erasing import Erasing
from desk_app.ui.pages.erasures.read import Shown, acknowledgements, erasure_row, proposal_row, read
from desk_app.ui.pages.targets import PERSON, SETTINGS, OpenPerson
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import Card, ScrollColumn, column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import retention
from desk_app.usecases.retention import Proposal


class ErasuresPage(Page):
    """A proposal or an erasure opens in the panel, with what can be done there."""

    kinds = frozenset({ERASURE.name, "client", DRAFT})

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._shown: Shown | None = None
        look, tr = self.look, self.look.tr
        self.erasing = Erasing(around, session, self, self._close)
        head = PageHead(look, tr.text("Keeping and erasing"), back=True)
        head.went_back.connect(lambda: around.shell.go(SETTINGS))
        self.body.addWidget(head)
        scroll = ScrollColumn(look, width=Measure.COLUMN)
        with_panel = WithPanel(look, scroll, least=520)
        self.panel = with_panel.panel
        self.body.addWidget(with_panel, 1)
        self.proposals = RowList(look, tr.text("Kept long enough"), grows=True)
        self.proposals.opened.connect(self.open_proposal)
        self.nothing_kept = muted(tr.text("Nothing has been kept longer than needed."))
        self.erasures = RowList(look, tr.text("What was erased"), grows=True)
        self.erasures.opened.connect(self.open_erasure)
        self.nothing_erased = muted(tr.text("Nothing has been erased yet."))
        why = muted(tr.text("Nothing goes by itself. Look at each and decide."))
        scroll.body.addWidget(_card(Card(look, tr.text("Kept long enough")), [why, self.nothing_kept], self.proposals))
        scroll.body.addWidget(_card(Card(look, tr.text("What was erased")), [self.nothing_erased], self.erasures))
        scroll.body.addWidget(self._rules())

    def reload(self) -> None:
        """Read proposals and erasures again."""
        self._session.ask(read, self._show, owner=self)

    def enter(self) -> None:
        """Into the proposals."""
        self.proposals.pick_first()

    def back(self) -> bool:
        """Close the panel, then go back to the settings, from where it was opened."""
        if self.panel.isHidden():
            self.around.shell.go(SETTINGS)
        else:
            self._close()
        return True

    def open_proposal(self, key: str) -> None:
        """Show why something is proposed, and offer to look at it and to let it go."""
        one = self._shown.proposal(key) if self._shown else None
        if one is None:
            return
        tr = self.look.tr
        row, its_rule = proposal_row(one, tr), rule(one.rule)
        actions = [self._action(tr.text("Erase"), Icon.DELETE, Weight.DANGER)]
        actions[0].clicked.connect(lambda: self.let_go(one))
        if one.is_client:
            look_at = self._action(tr.text("Open"), Icon.PERSON, Weight.PLAIN)
            look_at.clicked.connect(lambda: self.around.shell.go(PERSON, OpenPerson(RecordId(one.key))))
            actions.insert(0, look_at)
        self._hold(row.title, [row.detail, tr.text(its_rule.reason), row.tail], actions)

    def open_erasure(self, key: str) -> None:
        """Show who has acknowledged an erasure, and who has not."""
        one = self._shown.erasure(key) if self._shown else None
        if one is not None:
            row = erasure_row(one, self.look.tr)
            self._hold(row.title, [row.detail, *acknowledgements(one, self.look.tr)], [])

    def let_go(self, one: Proposal) -> None:
        """Do what is proposed: a person's data after a question, an unfinished form at once."""
        if one.rule != "draft":
            self.erasing.ask(one.key, "retention")
            return

        def confirm(vault: Vault) -> None:
            retention.confirm(vault, one)

        def done(_none: None) -> None:
            self._close()
            self.around.shell.say(self.look.tr.text("The unfinished form is gone."))

        self._session.act(confirm, done, DRAFT, owner=self)

    # Inside

    def _rules(self) -> Card:
        tr = self.look.tr
        card = Card(self.look, tr.text("How long is kept"))
        for one in RULES:
            card.body.addWidget(label(tr.text(one.words)))
            card.body.addWidget(muted(tr.text(one.reason)))
        return card

    def _action(self, words: str, icon: Icon, weight: Weight) -> QPushButton:
        return button(self.look, words, icon, weight)

    def _hold(self, title: str, lines: Iterable[str], actions: list[QPushButton]) -> None:
        content = QWidget()
        body = column(content)
        for words in lines:
            body.addWidget(label(words))
        self.panel.hold(title, content, actions)

    def _close(self) -> None:
        self.panel.let_go()

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        tr = self.look.tr
        self.proposals.show_rows([proposal_row(one, tr) for one in shown.proposals])
        self.erasures.show_rows([erasure_row(one, tr) for one in shown.erasures])
        self.nothing_kept.setVisible(not shown.proposals)
        self.nothing_erased.setVisible(not shown.erasures)


def _card(card: Card, words: Iterable[QWidget], rows: RowList) -> Card:
    for one in words:
        card.body.addWidget(one)
    card.add_list(rows)
    return card
