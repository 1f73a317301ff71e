"""Taking bundles in: where files are dropped, what they would do, and what they did."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from desk_app.domain.errors import LargeChange
from desk_app.domain.vocabulary import N_, Vocabulary
from desk_app.i18n import formats
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.ui.errors import ErrorReport
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.exchange import plan_words
from desk_app.ui.pages.exchange.records_view import RecordsView
from desk_app.ui.theme import Measure, Role, Text, Tone
from desk_app.ui.widgets.boxes import Card, across, column, row, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.drop_area import DropArea
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.number_table import NumberCell, NumberTable
from desk_app.ui.widgets.text import label, muted, picture
from desk_app.usecases.merge_plan import FilePlan, Outcome
from desk_app.usecases.merge_results import Became

WOULD = Vocabulary(
    "bundle_plan",
    {
        Outcome.MERGED: N_("Will be taken in"),
        Outcome.KNOWN: N_("Is here already"),
        Outcome.DAMAGED: N_("Damaged"),
        Outcome.FOREIGN: N_("Not for this desk"),
        Outcome.UNKNOWN_SENDER: N_("Sender not admitted"),
        Outcome.REVOKED: N_("Sender shut out"),
        Outcome.HELD: N_("Has to wait"),
        Outcome.NEWER_FORMAT: N_("From a newer version"),
    },
)
FILES_SHOWN = 6
"""The table of files is so many rows high and scrolls from there on."""
DID = Vocabulary("bundle_done", {**WOULD.words, Outcome.MERGED: N_("Taken in")})


class DropCard(Card):
    """Where files are dropped or chosen: `dropped(list of Path)`, `files_asked`, `folder_asked`; with ways set up also
    fetched: `fetch_asked`, and `stop_asked` while it lasts."""

    dropped = Signal(object)
    files_asked = Signal()
    folder_asked = Signal()
    fetch_asked = Signal()
    stop_asked = Signal()

    def __init__(self, look: Look, *, has_ways: bool = False, fetching: bool = False, wide: bool = False) -> None:
        super().__init__(look, look.tr.text("Take in bundles"), grows=True)
        tr = look.tr
        self._words = tr.text("Drop bundle files or a whole stick here.")
        self.area = DropArea(look, self._words)
        self.area.dropped.connect(self.dropped)
        self.files = button(look, tr.text("Choose files"), Icon.PAPER)
        self.files.clicked.connect(self.files_asked)
        self.folder = button(look, tr.text("Choose a stick or folder"), Icon.USB)
        self.folder.clicked.connect(self.folder_asked)
        self.fetch = button(
            look, tr.text("Stop fetching") if fetching else tr.text("Fetch what has come"), Icon.REFRESH
        )
        self.fetch.clicked.connect(self.stop_asked if fetching else self.fetch_asked)
        buttons = [self.files, self.folder, *([self.fetch] if has_ways else [])]
        (self._lay_wide if wide else self._lay_tall)(look, buttons)
        self.body.addWidget(self.area, 1)

    def _lay_tall(self, look: Look, buttons: Sequence[QPushButton]) -> None:
        """Beside the partners."""
        lines = self.area.lines
        middle = Qt.AlignmentFlag.AlignHCenter
        lines.addStretch(1)
        lines.addWidget(picture(look, Icon.IMPORT, Role.PRIMARY, 32), 0, middle)
        for words, kind in ((self._words, Text.BODY), (self._calm(look), Text.CAPTION)):
            said = label(words, kind)
            said.setAlignment(middle)
            lines.addWidget(said)
        for made in buttons:
            lines.addWidget(made, 0, middle)
        lines.addStretch(1)

    def _lay_wide(self, look: Look, buttons: Sequence[QPushButton]) -> None:
        """Above the table of desks, which needs the height."""
        line = across(look)
        said = row(gap=Measure.BETWEEN)
        said.addWidget(picture(look, Icon.IMPORT, Role.PRIMARY, 32))
        words = column(gap=0)
        words.addWidget(label(self._words))
        words.addWidget(label(self._calm(look), Text.CAPTION))
        said.addLayout(words, 1)
        line.addLayout(said, 1)
        holder = QWidget()
        flow = Flow(holder)
        for made in buttons:
            flow.addWidget(made)
        line.addWidget(holder, 1)
        self.area.lines.addLayout(line)

    def _calm(self, look: Look) -> str:
        return look.tr.text("You see what the files hold before anything is taken in. Other files stay aside.")


class PlanCard(Card):
    """What files would do, or with `done` what they did. `taken` and `left` are its two buttons; `opened(Named)` when
    a record is chosen, `review_asked` where fields have two versions. `missing` says which bundles never came.

    A `large` plan can be taken in only once the person says that she asked the sender.
    """

    taken = Signal()
    left = Signal()
    opened = Signal(object)
    review_asked = Signal()

    def __init__(
        self,
        look: Look,
        files: Sequence[FilePlan],
        errors: ErrorReport,
        *,
        done: bool,
        unread: int = 0,
        large: LargeChange | None = None,
        missing: Sequence[str] = (),
    ) -> None:
        tr = look.tr
        super().__init__(look, tr.text("What happened") if done else tr.text("What these files hold"))
        self._look = look
        self._words = DID if done else WOULD
        good = sum(one.outcome is Outcome.MERGED for one in files)
        files = plan_words.in_order(files)
        self.body.addWidget(muted(plan_words.summary(files, tr, done=done, unread=unread)))
        self.table = self._table(files)
        self.body.addWidget(self.table)
        for words in (*missing, *plan_words.reasons(files, errors, tr)):
            self._say(words, Tone.ATTENTION)
        self.sure: QCheckBox | None = None
        if large is not None:
            self._say(errors.words(large), Tone.DANGER)
            self.sure = QCheckBox(tr.text("I asked the sender, and it is meant"))
            self.body.addWidget(self.sure)
        self._add_buttons(good, done, any(one.disagreements for one in files))
        self.records = self._records(files)  # Below the buttons, which it would push off a small screen.

    @property
    def is_confirmed(self) -> bool:
        """Whether the person said that unusually much is meant to go."""
        return self.sure is not None and self.sure.isChecked()

    def _records(self, files: Sequence[FilePlan]) -> RecordsView | None:
        """What becomes of single records, where there is anything to tell; one that two files hold stands once."""
        named = {(one.record, one.became): one for file in files for one in file.told.records}
        if not named:
            return None
        order = list(Became)
        listed = sorted(named.values(), key=lambda one: order.index(one.became))
        view = RecordsView(self._look, listed, unnamed=sum(one.told.unnamed for one in files))
        view.opened.connect(self.opened)
        self.body.addWidget(rule())
        self.body.addWidget(view)
        return view

    def _add_buttons(self, good: int, done: bool, two_versions: bool) -> None:
        look, tr = self._look, self._look.tr
        line = row()
        self.take = button(look, tr.text("Take in"), Icon.IMPORT, Weight.MAIN)
        self.take.setEnabled(good > 0 and self.sure is None)
        if self.sure is not None:
            self.sure.toggled.connect(self.take.setEnabled)
        self.take.setVisible(good > 0 and not done)
        self.take.clicked.connect(self.taken)
        self.leave = button(look, tr.text("Leave") if good and not done else tr.text("Close"), weight=Weight.PLAIN)
        self.leave.clicked.connect(self.left)
        self.review = button(look, tr.text("Look at the two versions"), Icon.COMPARE, Weight.MAIN)
        self.review.clicked.connect(self.review_asked)
        self.review.setVisible(done and two_versions)
        for made in (self.take, self.review, self.leave):
            line.addWidget(made)
        line.addStretch(1)
        self.body.addSpacing(Measure.INSIDE)
        self.body.addLayout(line)
        lead_to(self, self.sure or (self.take if good and not done else self.leave))

    def _table(self, files: Sequence[FilePlan]) -> NumberTable:
        tr = self._look.tr
        head = [
            tr.text("File"),
            tr.text("From"),
            tr.text("Result"),
            tr.text("Digits"),
            tr.text("New"),
            tr.text("Updated"),
            tr.text("Same"),
        ]
        # What is rare takes no room on the small screen unless it is there.
        rare = [
            (tr.text("Two versions"), [one.disagreements for one in files]),
            (tr.text("Set aside"), [one.quarantined for one in files]),
            (tr.text("Erased"), [one.erased for one in files]),
        ]
        there = [(words, counts) for words, counts in rare if any(counts)]
        rows = [self._cells(one, [counts[place] for _, counts in there]) for place, one in enumerate(files)]
        return NumberTable(
            self._look, tr.text("Files"), [*head, *(words for words, _ in there)], rows, least=140, shown=FILES_SHOWN
        )

    def _cells(self, one: FilePlan, rare: Sequence[int]) -> list[NumberCell]:
        tr = self._look.tr
        counts = (one.new, one.updated, one.same, *rare)
        shown = one.outcome is Outcome.MERGED
        return [
            NumberCell(one.file.name, number=False),
            NumberCell(_sender(one, tr), number=False),
            NumberCell(tr.choice(self._words, one.outcome), number=False, strong=True),
            NumberCell(spaced(one.digits)),
            *(NumberCell(formats.number(count, tr.language) if shown else "") for count in counts),
        ]

    def _say(self, words: str, tone: Tone) -> None:
        line = row()
        line.addWidget(picture(self._look, Icon.NOTICE, tone.ink), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(words), 1)
        self.body.addLayout(line)


def _sender(one: FilePlan, tr: Translator) -> str:
    if not one.sender or not one.number:
        return desk_name(one.sender, tr) if one.sender else ""
    return tr.text("{desk}, no. {number}", desk=desk_name(one.sender, tr), number=str(one.number))


def spaced(digits: str) -> str:
    """Six digits as they are read out: 123 456."""
    return f"{digits[:3]}\u00a0{digits[3:]}" if digits else ""
