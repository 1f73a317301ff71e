"""The person header: who sits across the desk, at one glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Text, Tone
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.text import label, picture, tip


class Agreement(StrEnum):
    """Where one consent stands; the values are the codes of the consent record, and one for no record."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_ASKED = "not_asked"


_MARKS = {
    Agreement.GIVEN: (Icon.DONE, Tone.DONE),
    Agreement.REFUSED: (Icon.REFUSED, Tone.DANGER),
    Agreement.WITHDRAWN: (Icon.WITHDRAWN, Tone.DANGER),
    Agreement.NOT_ASKED: (Icon.NOT_ASKED, Tone.ATTENTION),
}


@dataclass(frozen=True, slots=True)
class ConsentMark:
    """One consent: a short word for its purpose, where it stands, and both as a sentence for the tool tip."""

    words: str
    state: Agreement
    sentence: str


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the header shows, in the window's words; `safety` are the words of the flags.

    `disputed` are fields of which there are two versions, with both; `linked` says who else is this person.
    """

    name: str
    number: str
    birth: str
    desk: str
    safety: Sequence[str] = ()
    consents: Sequence[ConsentMark] = ()
    disputed: Sequence[str] = ()
    linked: str = ""


class PersonHeader(QWidget):
    """Name large; number, birth, desk in one line; flags and consent beside them as words with marks."""

    def __init__(self, look: Look, facts: PersonFacts) -> None:
        super().__init__()
        self.setAccessibleName(facts.name)
        lines = column(self, gap=4)
        name = label(facts.name, Text.TITLE)
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lines.addWidget(name)
        known = " · ".join(part for part in (facts.number, facts.birth, facts.desk) if part)
        lines.addWidget(label(known, Text.BODY))
        if facts.linked:
            lines.addWidget(label(facts.linked, Text.CAPTION))
        marks = QWidget()
        flow = Flow(marks, gap=12)
        for words in facts.safety:
            flow.addWidget(StatusChip(look, words, Icon.RISK, Tone.DANGER))
        for words in facts.disputed:
            flow.addWidget(StatusChip(look, words, Icon.COMPARE, Tone.ATTENTION))
        for consent in facts.consents:
            flow.addWidget(_consent_mark(look, consent))
        lines.addWidget(marks)
        marks.setVisible(bool(facts.safety or facts.consents or facts.disputed))


def _consent_mark(look: Look, consent: ConsentMark) -> QWidget:
    icon, tone = _MARKS[consent.state]
    made = QWidget()
    made.setToolTip(tip(consent.sentence))
    made.setAccessibleName(consent.sentence)
    made.setFixedHeight(look.theme.px(24))
    line = row(made, gap=4)
    line.addWidget(picture(look, icon, tone.ink, 16))
    line.addWidget(label(consent.words, Text.CAPTION, wrap=False))
    return made
