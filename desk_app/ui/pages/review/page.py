"""The page of the review: the queue at the left, the versions of the marked field side by side at the right."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QStackedWidget, QWidget

from desk_app.domain.clock import today
from desk_app.domain.errors import Trouble
from desk_app.domain.ids import RecordId
from desk_app.i18n import formats, labels
from desk_app.i18n.languages import by_code
from desk_app.i18n.review_words import question
from desk_app.storage.vault import Vault
from desk_app.ui.forms.inputs import make_input
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.review.read import Shown, Waiting, can_ask, can_say, read, version_side, waiting_row
from desk_app.ui.pages.targets import (
    DUPLICATES,
    EXCHANGE,
    PERSON,
    PROGRAMME,
    REVIEW,
    OpenDuplicates,
    OpenPerson,
)
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import ScrollColumn, column, empty_layout
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.compare import Compare
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.focus import has_keyboard, lead_to, tab_in_order
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.lines import LongTextField
from desk_app.ui.widgets.list_and_detail import LEAST_DETAIL, ListAndDetail
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import settling
from desk_app.usecases.settling import Both, Choice, Keep, Say, Settled

_PLACES = {"left": 0, "right": 1}


class ReviewPage(Page):
    """One disagreement after the other; Ctrl+Enter goes on without settling."""

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self.kinds = frozenset({"bundle", *(kind.name for kind in session.registry)})
        self._shown: Shown | None = None
        self._wanted = self._after_show = ""
        self._open = ""
        tr = self.look.tr
        exchange = button(self.look, tr.text("To the exchange"), Icon.EXCHANGE)
        exchange.clicked.connect(lambda: around.shell.go(EXCHANGE))
        alike = button(self.look, tr.text("Duplicates"), Icon.PEOPLE)
        alike.clicked.connect(lambda: around.shell.go(DUPLICATES, OpenDuplicates(back=REVIEW)))
        self.head = PageHead(self.look, tr.text("Review"), actions=[alike, exchange])
        self.body.addWidget(self.head)
        self._refusals = column()
        self.body.addLayout(self._refusals)
        self.list = RowList(self.look, tr.text("What waits to be settled"), double=True)
        self.list.picked.connect(lambda _key: self._show_marked())
        self.list.opened.connect(lambda _key: self._into_versions())
        self.compare: Compare | None = None
        self.detail = ScrollColumn(self.look)
        main = ListAndDetail(self.look, self.list, self.detail)
        self._with_panel = WithPanel(self.look, main, least=LEAST_DETAIL)
        self.panel = self._with_panel.panel
        self._stack = QStackedWidget()
        self._stack.addWidget(self._with_panel)
        self.empty = EmptyState(self.look, tr.text("Nothing waits: all say the same."), icon=Icon.DONE)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)
        bind(self, Key.SAVE_NEXT, self.next)

    def arrive(self, target: object) -> None:
        """A disagreement's id: mark it."""
        if isinstance(target, str):
            self._wanted = target
            self.reload()

    def reload(self) -> None:
        """Read the queue again."""
        self._session.ask(read, self._show, owner=self)

    def kept(self) -> object:
        """What is marked."""
        return self.list.current_key

    def take_back(self, kept: object) -> None:
        """Mark the same."""
        self.arrive(kept)

    def enter(self) -> None:
        """Into the queue; where it has no room, to what is marked in it."""
        self.list.pick_first()
        if not self.list.isVisible():
            self._into_versions()

    def back(self) -> bool:
        """Close the panel."""
        if self.panel.isHidden():
            return False
        self.panel.put_away()
        return True

    def next(self) -> None:
        """Go on to the next one; after the last comes the first."""
        keys = [row.key for row in self._rows()]
        if keys:
            place = keys.index(self.list.current_key) + 1 if self.list.current_key in keys else 0
            self.list.pick(keys[place % len(keys)])
            self._into_versions()

    def settle(self, choice: str) -> None:
        """What a button of the comparison asks for: `left`, `right`, `3`..., `both`, `other`."""
        waiting = self._marked()
        if waiting is None:
            return
        match choice:
            case "other":
                self._ask_value(waiting)
            case "both":
                self._settle(waiting, Both.BOTH)
            case _:
                self._settle(waiting, Keep(_PLACES[choice] if choice in _PLACES else int(choice) - 1))

    def ask(self) -> None:
        """Write to the desk whose record it is."""
        waiting = self._marked()
        if waiting is None:
            return
        tr = self.look.tr
        note = LongTextField(self.look)
        note.set_typed(question(waiting.dispute, tr))
        content = QWidget()
        lines = column(content)
        lines.addWidget(muted(tr.text("The desk finds this among its follow-ups after the next exchange.")))
        lines.addWidget(FieldRow(self.look, tr.text("Question"), note))
        send = button(self.look, tr.text("Ask"), Icon.NOTE, Weight.MAIN, Key.SAVE)

        def action(vault: Vault) -> object:
            return settling.ask(vault, waiting.dispute, note.typed())

        def ask() -> None:
            self._session.act(action, self._asked, "followup", owner=self)

        send.clicked.connect(ask)
        bind(content, Key.SAVE, ask, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        lead_to(content, note)
        self.panel.hold(tr.text("Ask the desk"), content, [send], lambda page: page.open_again("ask"))

    def open_again(self, what: str) -> None:
        """Ask the desk (`ask`) or write something else (`other`) about what is marked, once the queue is read."""
        self._after_show = what

    # Inside

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        tr = self.look.tr
        words = tr.plural("{count} field waits", "{count} fields wait", shown.count) if shown.count else ""
        self.head.set_context(words)
        self._show_refused(shown.refused)
        self._stack.setCurrentIndex(0 if shown.waiting else 1)
        self._fill()
        wanted, self._after_show = self._after_show, ""
        if wanted == "ask":
            self.ask()
        elif wanted:
            self.settle(wanted)

    def _show_refused(self, languages: tuple[str, ...]) -> None:
        """What arrived and is not used: nothing to settle here, but somebody has to know."""
        empty_layout(self._refusals)
        self._refusals.setContentsMargins(Measure.EDGE, Measure.BETWEEN if languages else 0, Measure.EDGE, 0)
        tr = self.look.tr
        for language in languages:
            words = tr.text(
                "The letter wording in {language} that arrived was refused. Letters keep the program's wording.",
                language=by_code(language).own_name,
            )
            banner = Banner(self.look, words, action=tr.text("Look at it"), can_close=False)
            banner.acted.connect(lambda: self.around.shell.go(PROGRAMME))
            self._refusals.addWidget(banner)

    def _rows(self) -> list[Row]:
        return [waiting_row(one, self.look.tr) for one in self._shown.waiting] if self._shown is not None else []

    def _fill(self) -> None:
        rows = self._rows()
        self.list.show_rows(rows)
        wanted, self._wanted = self._wanted, ""
        keys = [one.key for one in rows]
        if wanted in keys:
            self.list.pick(wanted)
        elif rows and self.list.current_key not in keys:
            self.list.pick(rows[0].key)
        self._show_marked()

    def _marked(self) -> Waiting | None:
        found = self._shown.waiting if self._shown is not None else ()
        return next((one for one in found if one.dispute.id == self.list.current_key), None)

    def _show_marked(self) -> None:
        moves = self.list.current_key != self._open
        had = has_keyboard(self.detail) or (moves and has_keyboard(self.panel))
        empty_layout(self.detail.body)
        if moves:
            self._open = self.list.current_key
            self.panel.let_go()  # Else what is being typed there stays, whatever else has changed.
        self.compare = None
        if (waiting := self._marked()) is not None:
            self._show_versions(waiting)
            if had:  # Not on the next Keep: a key held down would settle it.
                home = self.list if self.list.isVisible() else self.onward
                home.setFocus(Qt.FocusReason.OtherFocusReason)
        self.detail.body.addStretch(1)

    def _show_versions(self, waiting: Waiting) -> None:
        look, tr, dispute = self.look, self.look.tr, waiting.dispute
        title = " · ".join(part for part in (waiting.name, waiting.number) if part)
        if title:
            self.detail.body.addWidget(label(title, Text.TITLE))
        sides = [version_side(dispute, version, tr) for version in dispute.values]
        self.compare = Compare(
            look,
            labels.field(dispute.field, tr),
            *sides,
            can_keep_both=dispute.can_keep_both,
            can_say=can_say(dispute),
        )
        self.compare.settled.connect(self.settle)
        self.detail.body.addWidget(self.compare)
        if dispute.asked:
            words = tr.text("The desk was asked on {day}.", day=formats.partial_date(dispute.asked))
            self.detail.body.addWidget(StatusChip(look, words, Icon.WAITING, Tone.ATTENTION))
        holder = QWidget()
        acts = Flow(holder)
        self.ask_button = button(look, tr.text("Ask the desk"), Icon.NOTE)
        self.ask_button.clicked.connect(self.ask)
        self.ask_button.setVisible(can_ask(dispute, waiting.client, self._session.is_coordinator))
        person = button(look, tr.text("Open the person"), Icon.PERSON)
        person.clicked.connect(lambda: self.around.shell.go(PERSON, OpenPerson(RecordId(waiting.client))))
        person.setVisible(bool(waiting.client))
        self.onward = self._onward()
        for made in (self.ask_button, person, self.onward):
            acts.addWidget(made)
        self.detail.body.addWidget(holder)
        tab_in_order(self.list, self.detail)

    def _onward(self) -> QPushButton:
        made = button(self.look, self.look.tr.text("Next"), Icon.FORWARD, tip=Key.SAVE_NEXT)
        made.clicked.connect(self.next)
        return made

    def _into_versions(self) -> None:
        if self.compare is not None:
            self.compare.keep_buttons["left"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_value(self, waiting: Waiting) -> None:
        look, tr, dispute = self.look, self.look.tr, waiting.dispute
        field = make_input(look, dispute.field, {}, lambda: today(self._session.now()))
        field.set_value(dispute.values[0].value)
        line = FieldRow(look, labels.field(dispute.field, tr), field)
        lead_to(line, field)
        save = button(look, tr.text("Save"), Icon.SAVE, Weight.MAIN, Key.SAVE)

        def settle() -> None:
            if words := field.trouble():
                line.show_error(words)
            else:
                self._settle(self._marked() or waiting, Say(field.value()))

        save.clicked.connect(settle)
        bind(line, Key.SAVE, settle, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if isinstance(typed := field.target(), QLineEdit):
            typed.returnPressed.connect(settle)
        self.panel.hold(tr.text("Write something else"), line, [save], lambda page: page.open_again("other"))

    def _settle(self, waiting: Waiting, choice: Choice) -> None:
        dispute = waiting.dispute
        self._wanted = self.list.after(dispute.id)
        self._session.act(
            lambda vault: settling.settle(vault, dispute, choice),
            self._settled,
            dispute.kind.name,
            owner=self,
            on_error=self._refused,
        )

    def _settled(self, settled: Settled) -> None:
        def back() -> None:
            self._wanted = f"{settled.record}.{settled.field.number}"
            undo = partial(settling.undo, settled=settled)
            self._session.act(undo, lambda _none: None, settled.kind.name, owner=self)

        self.around.shell.say(self.look.tr.text("Settled."), back)

    def _refused(self, error: BaseException) -> None:
        """Somebody was faster, or another version came: what is there now is shown."""
        self._wanted = ""
        self.around.errors.show(error)
        if isinstance(error, Trouble):
            self.reload()

    def _asked(self, _saved: object) -> None:
        self.panel.let_go()
        self.around.shell.say(self.look.tr.text("The desk is asked with the next bundle."))
