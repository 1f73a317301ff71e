"""The directory: organisations that people can be referred to."""

from collections import Counter

from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from desk_app.domain.clock import today
from desk_app.domain.errors import RecordNotFound
from desk_app.domain.ids import RecordId, is_record_id
from desk_app.domain.names import sort_key
from desk_app.domain.records.organisation import CATEGORY, ORGANISATION
from desk_app.domain.vocabulary import N_
from desk_app.i18n import labels
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, PageEntry, Surroundings
from desk_app.ui.pages.directory_words import check_tone, checked_words, directory_row
from desk_app.ui.pages.record_panel import RecordPanel, Task
from desk_app.ui.pages.record_view import RecordView
from desk_app.ui.pages.targets import DIRECTORY, EditOrganisation
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Tone
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.search import SearchBox
from desk_app.ui.widgets.text import muted
from desk_app.usecases import directory, records
from desk_app.usecases.directory import Organisation

_EVERY = "all"
_NEW_DRAFT = "organisation"
"""The key of the draft of a new organisation; that of an old one has its id behind a colon."""


class DirectoryPage(Page):
    """Search and categories above the list; details and the form in the panel."""

    kinds = frozenset({"organisation"})

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._all: list[Organisation] = []
        self._category = _EVERY
        self._counts: Counter[str] = Counter()
        self._open_id = ""
        look, tr = self.look, self.look.tr
        add = button(look, tr.text("Add an organisation"), Icon.ADD, Weight.MAIN)
        add.clicked.connect(lambda: self.edit(None))
        self.head = PageHead(look, tr.text("Directory"), actions=[add])
        self.body.addWidget(self.head)
        main = QWidget()
        self._lines = lines = column(main, margin=Measure.EDGE, gap=Measure.BETWEEN)
        self.search = SearchBox(look, tr.text("Name, place or phone number"))
        self.search.setMaximumWidth(look.theme.px(420))
        self.search.searched.connect(lambda _text: self._show_rows())
        self.search.went_down.connect(self.enter)
        lines.addWidget(self.search)
        self.filters = self._make_filters()
        lines.addWidget(self.filters)
        self.list = RowList(look, tr.text("Organisations"))
        self.list.opened.connect(self.open)
        self._places = QStackedWidget()
        self._places.addWidget(self.list)
        self._nothing = EmptyState(look, tr.text("No organisation fits. Search by another word or category."))
        self._places.addWidget(self._nothing)
        self._start = EmptyState(
            look, tr.text("The directory is empty. Letters go to the organisations that stand in it."), add.text()
        )
        self._start.acted.connect(lambda: self.edit(None))
        self._places.addWidget(self._start)
        lines.addWidget(self._places, 1)
        self._with_panel = WithPanel(look, main)
        self.panel = self._with_panel.panel
        self.records = RecordPanel(around, session, self.panel)
        self.body.addWidget(self._with_panel, 1)

    def reload(self) -> None:
        """Read the directory again."""
        self._session.ask(directory.organisations, self._show, owner=self)

    def arrive(self, target: object) -> None:
        """The id of an organisation, or `EditOrganisation`."""
        if isinstance(target, EditOrganisation):
            self._go_on_writing(target.organisation)
        elif isinstance(target, str) and is_record_id(target):
            self.open(target)

    def kept(self) -> object:
        """What is searched, chosen and open."""
        self.flush()
        written = EditOrganisation(RecordId(self._open_id) if self._open_id else None) if self.records.key else None
        return self.search.text(), self._category, written or self._open_id

    def take_back(self, kept: object) -> None:
        """The same as before."""
        if isinstance(kept, tuple):
            text, self._category, opened = kept
            self.search.setText(text)
            self.arrive(opened)

    def flush(self) -> None:
        """Keep the open form's draft."""
        self.records.flush()

    def enter(self) -> None:
        """Into the list."""
        self.list.pick_first()

    def back(self) -> bool:
        """Close the panel."""
        if self.panel.isHidden():
            return False
        self.panel.put_away()
        self._open_id = ""
        self.list.setFocus()
        return True

    def open(self, organisation: str) -> None:
        """Show everything about one."""
        self._open_id = organisation
        self._session.ask(lambda vault: _organisation(vault, organisation), self._show_one, owner=self)

    def edit(self, organisation: Record | None) -> None:
        """Open the form, empty or for one that is there."""
        tr = self.look.tr
        former = dict(organisation.values) if organisation is not None else {}
        shown = [field.name for field in ORGANISATION.own_fields]
        known = organisation.id if organisation is not None else None
        before = {name: former.get(name) for name in shown}
        self._open_id = known or ""
        self.records.open(
            Task(
                title=tr.text("Edit the organisation") if known else tr.text("New organisation"),
                kind=ORGANISATION,
                draft=f"{_NEW_DRAFT}:{known}" if known else _NEW_DRAFT,
                save=lambda vault, values: directory.save(vault, known, values),
                said=tr.text("Saved. It goes to the other desks with the next bundles."),
                start=former,
                changes_only=known is not None,
                undo=(
                    (lambda vault, saved: records.edit(vault, saved.id, before))
                    if known
                    else (lambda vault, saved: records.remove(vault, saved.id))
                ),
            )
        )

    # Inside

    def _go_on_writing(self, organisation: RecordId | None) -> None:
        if organisation is None:
            self.edit(None)
            return

        def found(record: Record | None) -> None:
            if record is not None:
                self.edit(record)

        self._session.ask(lambda vault: _organisation(vault, organisation), found, owner=self)

    def _show(self, found: list[Organisation]) -> None:
        language = self.look.tr.language.code
        self._all = sorted(found, key=lambda one: sort_key(directory.called(one.record, language), language))
        self.head.set_context(
            self.look.tr.plural("{count} organisation", "{count} organisations", len(found)) if found else ""
        )
        if (counts := Counter(one.record.text("category") for one in found)) != self._counts:
            self._counts = counts
            made = self._make_filters()
            self._lines.replaceWidget(self.filters, made)
            made.setVisible(bool(found))
            self.filters.hide()
            self.filters.deleteLater()
            self.filters = made
        self._show_rows()
        if self._open_id and self.records.form is None and not self.panel.isHidden():
            self.open(self._open_id)

    def _show_rows(self) -> None:
        tr, on = self.look.tr, today(self._session.now())
        found = directory.matching(self._all, self.search.text())
        if self._category != _EVERY:
            found = [one for one in found if one.record.text("category") == self._category]
        self.list.show_rows([directory_row(one.record, on, tr) for one in found])
        self._places.setCurrentWidget(self.list if found else self._nothing if self._all else self._start)

    def _make_filters(self) -> FilterBar:
        tr = self.look.tr
        counts = self._counts
        chips = [Filter(code, words, counts[code]) for code, words in labels.in_use(CATEGORY, counts, tr).items()]
        made = FilterBar(self.look, tr.text("Category"), [Filter(_EVERY, tr.text("All"), len(self._all)), *chips])
        made.choose(self._category)
        made.chosen.connect(lambda codes: self._choose(next(iter(codes))))
        return made

    def _choose(self, category: str) -> None:
        self._category = category
        self._show_rows()

    def _show_one(self, found: Record | None) -> None:
        self.records.close()
        if found is None:
            self._open_id = ""
            return
        look, tr, on = self.look, self.look.tr, today(self._session.now())
        content = QWidget()
        lines = column(content, gap=Measure.BETWEEN)
        words, tone = checked_words(found, on, tr), check_tone(found, on)
        lines.addWidget(StatusChip(look, words, Icon.DUE, tone) if tone is Tone.ATTENTION else muted(words))
        lines.addWidget(RecordView(look, ORGANISATION, found))
        self.list.pick(found.id)
        title = directory.called(found, tr.language.code) or tr.text("Without a name yet")
        self.panel.hold(title, content, self._actions(found))

    def _actions(self, found: Record) -> list[QPushButton]:
        look, tr = self.look, self.look.tr
        check = button(
            look, tr.text("Checked today"), Icon.CHECK, tip=tr.text("Everything here was found right today.")
        )
        check.clicked.connect(lambda: self._check(found))
        change = button(look, tr.text("Edit"), Icon.EDIT)
        change.clicked.connect(lambda: self.edit(found))
        remove = button(look, tr.text("Remove"), Icon.DELETE, Weight.QUIET)
        remove.clicked.connect(lambda: self._remove(found))
        return [check, change, remove]

    def _check(self, found: Record) -> None:
        former = found.values.get("checked_on")

        def put_back() -> None:
            values = {"checked_on": former}
            self._session.act(lambda vault: records.edit(vault, found.id, values), lambda _done: None, "organisation")

        self._session.act(
            lambda vault: directory.checked(vault, found.id),
            lambda _done: self.around.shell.say(self.look.tr.text("Noted as checked today."), put_back),
            "organisation",
            owner=self,
        )

    def _remove(self, found: Record) -> None:
        def removed(_done: object) -> None:
            self._open_id = ""
            self.panel.let_go()
            self.around.shell.say(self.look.tr.text("The organisation was removed from the directory."), put_back)

        def put_back() -> None:
            self._session.act(lambda vault: records.restore(vault, found.id), lambda _done: None, "organisation")

        self._session.act(lambda vault: records.remove(vault, found.id), removed, "organisation", owner=self)


def _organisation(vault: Vault, wanted: str) -> Record | None:
    found = records.show(vault, wanted)
    if found.kind != "organisation":
        raise RecordNotFound(wanted)
    return None if found.values.get("deleted") else found


def entry(session: Session) -> PageEntry:
    """How the window knows this page."""
    return PageEntry(DIRECTORY, N_("Directory"), Icon.DIRECTORY, lambda around: DirectoryPage(around, session))
