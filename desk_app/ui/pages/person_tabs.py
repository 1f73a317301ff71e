"""The tabs of a person: time line, needs, consultations, referrals, papers, consent."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from desk_app.domain.records.consent import PURPOSE
from desk_app.domain.records.declaration import Registry
from desk_app.i18n import labels
from desk_app.i18n.review_words import version_words
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.consent_words import MEANING, PURPOSES
from desk_app.ui.pages.person_words import consent_state, record_row, timeline_rows
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import Card, ScrollColumn, column, empty_layout, row
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.row_list import Row, RowList, TimeLine
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases.people import Person, display_name

FACTS = (
    "phone",
    "other_phone",
    "address",
    "language",
    "stage",
    "institution",
    "release_date",
    "release_type",
    "paper_number",
)
_STATES = {
    "given": (Icon.DONE, Tone.DONE),
    "refused": (Icon.REFUSED, Tone.DANGER),
    "withdrawn": (Icon.WITHDRAWN, Tone.DANGER),
}


class ListTab(QStackedWidget):
    """Rows, or where there are none a sentence and an action."""

    def __init__(self, look: Look, rows: RowList, empty: EmptyState) -> None:
        super().__init__()
        self.rows = rows
        ground = QWidget()
        lines = column(ground)
        lines.setContentsMargins(12, Measure.INSIDE, Measure.INSIDE, 0)
        lines.addWidget(rows)
        self.addWidget(ground)
        self.addWidget(empty)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these."""
        self.rows.show_rows(rows)
        self.setCurrentIndex(0 if rows else 1)


class PersonTabs(QTabWidget):
    """Shows a person; `opened(record id)` for a row, `asked(action)` for a button: a task's kind or a page's word."""

    opened = Signal(str)
    asked = Signal(str)

    def __init__(self, look: Look, registry: Registry) -> None:
        super().__init__()
        self._look = look
        self._registry = registry
        self.setDocumentMode(True)
        tr = look.tr
        self.lists = {
            "timeline": self._list(TimeLine(look, tr.text("Time line")), tr.text("Nothing was recorded yet."), "", ""),
            "need": self._list(
                RowList(look, tr.text("Needs")), tr.text("No need was noted yet."), tr.text("Note a need"), "need"
            ),
            "service": self._list(
                RowList(look, tr.text("Consultations")),
                tr.text("No consultation was recorded yet."),
                tr.text("Record a consultation"),
                "service",
            ),
            "referral": self._list(
                RowList(look, tr.text("Referrals")),
                tr.text("Nobody was asked for help yet."),
                tr.text("Refer"),
                "refer",
            ),
            "letter": self._list(
                RowList(look, tr.text("Papers")),
                tr.text("No letter was printed yet. Letters are printed from a referral."),
                tr.text("Refer"),
                "refer",
            ),
        }
        self._facts: QVBoxLayout = column(gap=12)
        self._consents = ScrollColumn(look, width=Measure.COLUMN)
        self.addTab(self._overview(), tr.text("Overview"))
        for key, words in (
            ("need", tr.text("Needs")),
            ("service", tr.text("Consultations")),
            ("referral", tr.text("Referrals")),
            ("letter", tr.text("Papers")),
        ):
            self.addTab(self.lists[key], words)
        self.addTab(self._consents, tr.text("Consent"))

    def show_person(self, person: Person) -> None:
        """Show everything anew; the open tab and marked rows stay."""
        self._edit.setVisible(person.is_written_here)
        tr, registry = self._look.tr, self._registry
        self.lists["timeline"].show_rows(timeline_rows(person.timeline, registry, tr))
        dated = {
            "need": [(one, one.text("noted_on")) for one in person.needs],
            "service": [(one, one.text("delivered_on")) for one in person.services],
            "referral": [(one, one.text("made_on")) for one in person.referrals],
            "letter": [(one, one.text("printed_at")[:10]) for one in person.letters],
        }
        for key, records in dated.items():
            self.lists[key].show_rows([record_row(one, on, registry, tr) for one, on in records])
        self._show_facts(person)
        self._show_consents(person)

    def _list(self, rows: RowList, sentence: str, action: str, asks: str) -> ListTab:
        rows.opened.connect(self.opened)
        empty = EmptyState(self._look, sentence, action)
        empty.acted.connect(lambda: self.asked.emit(asks))
        return ListTab(self._look, rows, empty)

    def _overview(self) -> QWidget:
        made = QWidget()
        line = row(made, gap=0)
        line.addWidget(self.lists["timeline"], 1)
        side = ScrollColumn(self._look, margin=Measure.BETWEEN)
        side.setFixedWidth(self._look.theme.width(280))
        edit = button(self._look, self._look.tr.text("Edit"), Icon.EDIT)
        edit.clicked.connect(lambda: self.asked.emit("edit_client"))
        card = Card(self._look, self._look.tr.text("Details"))
        card.body.addLayout(self._facts)
        card.body.addWidget(edit)
        self._edit = edit
        side.body.addWidget(card)
        self._links = column()
        side.body.addLayout(self._links)
        line.addWidget(side)
        return made

    def _show_facts(self, person: Person) -> None:
        empty_layout(self._facts)
        client = person.client
        self._show_links(person)
        kind = self._registry["client"]
        versions = {one.field.name: one for one in person.disputes if one.record == client.id}
        for name in FACTS:
            words = labels.value(kind.field(name), client.values.get(name), self._look.tr)
            if name in versions:
                words = " / ".join(version_words(versions[name], one, self._look.tr) for one in versions[name].values)
            if not words:
                continue
            if name == "phone" and client.values.get("phone_safe") is False:
                words = self._look.tr.text("{phone} (not safe to call)", phone=words)
            pair = column(gap=0)
            pair.addWidget(label(labels.field(kind.field(name), self._look.tr), Text.CAPTION))
            value = label(words, tone=Tone.ATTENTION if name in versions else Tone.PLAIN)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            pair.addWidget(value)
            self._facts.addLayout(pair)
        if not self._facts.count():
            self._facts.addWidget(muted(self._look.tr.text("Only the name is known.")))

    def _show_links(self, person: Person) -> None:
        """Who was linked with whom, each with a way to take it back."""
        empty_layout(self._links)
        if not person.links:
            return
        tr = self._look.tr
        card = Card(self._look, tr.text("Linked as one person"))
        for link in person.links:
            names = [f"{display_name(one)} {one.text('number')}".strip() for one in (link.one, link.other)]
            card.body.addWidget(label(tr.text("{one} and {other}", one=names[0], other=names[1])))
            part = button(self._look, tr.text("Take the link back"), Icon.UNLINK)
            part.setAccessibleName(tr.text("Take the link back: {names}", names=", ".join(names)))
            asks = f"unlink:{link.one.id}:{link.other.id}"
            part.clicked.connect(lambda _on=False, asks=asks: self.asked.emit(asks))
            card.body.addWidget(part)
        self._links.addWidget(card)

    def _show_consents(self, person: Person) -> None:
        tr = self._look.tr
        empty_layout(self._consents.body)
        for purpose in PURPOSES:
            state = person.consents.get(purpose, "")
            given = state == "given"
            words = tr.text("Withdraw") if given else tr.text("Ask")
            act = button(self._look, words, Icon.WITHDRAWN if given else Icon.NOTE)
            act.setAccessibleName(f"{words}: {tr.choice(PURPOSE, purpose)}")
            asks = f"{'withdraw' if given else 'ask'}:{purpose}"
            act.clicked.connect(lambda _on=False, asks=asks: self.asked.emit(asks))
            card = Card(self._look, tr.choice(PURPOSE, purpose), act)
            icon, tone = _STATES.get(state, (Icon.NOT_ASKED, Tone.ATTENTION))
            card.body.addWidget(StatusChip(self._look, consent_state(state, tr), icon, tone))
            card.body.addWidget(muted(tr.text(MEANING[purpose])))
            self._consents.body.addWidget(card)
