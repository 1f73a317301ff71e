"""Pieces of the panels: facts one below another, and a request beside a person who may be meant."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_app.domain.records.client import CLIENT
from desk_app.i18n import formats, labels
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.rows import Record
from desk_app.ui.look import Look
from desk_app.ui.pages.transfers.words import Fact
from desk_app.ui.theme import Text
from desk_app.ui.widgets.boxes import Card, column
from desk_app.ui.widgets.pair_grid import PairGrid, PairLine
from desk_app.ui.widgets.text import label
from desk_app.usecases import people
from desk_app.usecases.transfers import Request


class Facts(QWidget):
    """Label above value, for each fact."""

    def __init__(self, look: Look, facts: Sequence[Fact]) -> None:
        super().__init__()
        lines = column(self, gap=12)
        for words, said in facts:
            pair = column(gap=0)
            pair.addWidget(label(words, Text.CAPTION))
            value = label(said)
            value.setAccessibleName(look.tr.text("{label}: {value}", label=words, value=said))
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            pair.addWidget(value)
            lines.addLayout(pair)


class Beside(Card):
    """What a request says at the left, a person on record at the right; what differs is marked and said."""

    def __init__(self, look: Look, request: Request, client: Record) -> None:
        super().__init__(look)
        tr = look.tr
        lines = [
            PairLine(words, left, right, True if left and right and not _agrees(left, right) else None)
            for words, left, right in _pairs(request, client, tr)
        ]
        self.body.addWidget(PairGrid(look, (tr.text("Asked for"), tr.text("On record")), lines, narrow=True))


def _pairs(request: Request, client: Record, tr: Translator) -> list[tuple[str, str, str]]:
    def named(field: str) -> str:
        return labels.field(CLIENT.field(field), tr)

    def day(stored: str) -> str:
        return formats.partial_date(stored) if stored else ""

    return [
        (tr.text("Name"), request.client_name, people.display_name(client)),
        (named("birth_date"), day(request.birth_date), day(client.text("birth_date"))),
        (named("number"), request.client_number, client.text("number")),
        (named("desk"), desk_name(request.to_desk, tr) if request.to_desk else "", desk_name(client.text("desk"), tr)),
    ]


def _agrees(asked: str, known: str) -> bool:
    """Whether what is on record says what was asked for, and perhaps more: a patronymic, the day of a birth."""
    return set(asked.casefold().split()) <= set(known.casefold().split()) or known.endswith(f".{asked}")
