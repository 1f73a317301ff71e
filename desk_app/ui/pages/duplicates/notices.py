"""What other pages say about duplicates: above a person, and above what came in bundles."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desk_app.domain.ids import RecordId
from desk_app.i18n.translator import Translator
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.duplicates.words import not_compared
from desk_app.ui.pages.targets import DUPLICATES, EXCHANGE, PERSON, OpenDuplicates
from desk_app.ui.session import Session
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import column, empty_layout
from desk_app.usecases import duplicates
from desk_app.usecases.duplicates import Arrivals, Pair
from desk_app.usecases.merge_plan import FilePlan

_MOST = 3
"""So many names a banner says."""


def person_banner(around: Surroundings, client: RecordId, pairs: Sequence[Pair]) -> Banner:
    """Above a person: who else on record this person may be."""
    tr = around.look.tr
    others = [two.one if two.other.id == client else two.other for two in pairs]
    names = ", ".join(f"{one.name} {one.number}".strip() for one in others[:_MOST])
    words = tr.text("May be the same person as: {names}", names=names)
    tone = Tone.ATTENTION if any(one.likely for one in pairs) else Tone.PLAIN
    made = Banner(around.look, words, tone, tr.text("Compare"), can_close=False)
    made.acted.connect(lambda: around.shell.go(DUPLICATES, OpenDuplicates((client,), PERSON)))
    return made


def likely_words(count: int, tr: Translator) -> str:
    """How many pairs wait that are probably one person."""
    return tr.plural(
        "{count} pair of records is likely one person.", "{count} pairs of records are likely one person each.", count
    )


class ArrivedNotice(QWidget):
    """Above what bundles did: how many of the people who came look like people on record, and the way to them."""

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__()
        self._around = around
        self._session = session
        self._files: tuple[FilePlan, ...] | None = None
        self.banner: Banner | None = None
        self._lines = column(self)
        self.hide()

    def tell(self, files: tuple[FilePlan, ...] | None) -> None:
        """Tell of what these files did; with None of nothing."""
        if files is not self._files:
            self._files = files
            self._show(None)
            if files is not None:
                self._session.ask(lambda vault: duplicates.arrived(vault, files), self._show, owner=self)

    def _show(self, came: Arrivals | None) -> None:
        empty_layout(self._lines)
        self.banner = None
        tr = self._around.look.tr
        said = []
        if came is not None and came.alike:
            count = len(came.alike)
            said.append(
                tr.plural(
                    "{count} person who came looks like somebody on record.",
                    "{count} people who came look like somebody on record.",
                    count,
                )
            )
        if came is not None and came.new > came.compared:
            said.append(not_compared(came.new - came.compared, tr))
        self.setVisible(bool(said))
        if came is None or not said:
            return
        target = OpenDuplicates(came.alike, EXCHANGE)
        self.banner = Banner(self._around.look, " ".join(said), action=tr.text("Look at them"), can_close=False)
        self.banner.acted.connect(lambda: self._around.shell.go(DUPLICATES, target))
        self._lines.addWidget(self.banner)
