"""The papers that open a vault when every passphrase is forgotten: the recovery sheet of a desk, and the parts of the
programme's emergency key. Each is one page of A4, made in memory alone.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Table, TableStyle

from desk_app.documents.fonts import BOLD, REGULAR, SEMIBOLD, checked
from desk_app.documents.paper import LINE, MM, MUTED, SUNKEN, new_canvas, paragraph, style
from desk_app.i18n import Translator, formats

SHARES, NEEDED = 3, 2
"""The emergency key is on three papers; any two of them open a vault."""

_MARGIN = 22 * MM
_WIDTH: float = A4[0] - 2 * _MARGIN
_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class RecoveryPaper:
    """What stands on a recovery sheet: the code in its groups, the desk's name, the day on which it was made."""

    code: str
    desk: str
    made_on: dt.date


@dataclass(frozen=True, slots=True)
class SharePaper:
    """One part of the emergency key: its digits in groups, which of the three it is, the digits that name the key."""

    share: str
    number: int
    key: str
    made_on: dt.date


@dataclass(frozen=True, slots=True)
class _Page:
    title: str
    lines: tuple[str, ...]
    groups: tuple[str, ...]
    warning: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    made_on: dt.date


def render_recovery_sheet(paper: RecoveryPaper, tr: Translator) -> bytes:
    """The recovery sheet as PDF in the translator's language."""
    page = _Page(
        title=tr.text("Recovery code"),
        lines=(
            tr.text("Desk: {desk}", desk=paper.desk),
            tr.text("Made on {date}", date=formats.day(paper.made_on)),
        ),
        groups=tuple(paper.code.split()),
        warning=tr.text("Whoever holds this paper and the computer can read everything. Do not copy or photograph it."),
        parts=(
            (
                tr.text("What it is for"),
                (
                    tr.text("This code opens the desk when everybody has forgotten the passphrase."),
                    tr.text(
                        "It also gives back the keys to private notes when the only lawyer or psychologist has left."
                    ),
                ),
            ),
            (
                tr.text("Where to keep it"),
                (
                    tr.text("In a sealed envelope, locked away, in another building than the computer."),
                    tr.text("Sign and date the envelope across its seal. Look once a year whether it is whole."),
                ),
            ),
            (
                tr.text("How to use it"),
                (
                    tr.text("Start Roh, choose “Passphrase forgotten” and type the groups in their order."),
                    tr.text("The last digit of each group is a check: a mistyped group is pointed out at once."),
                    tr.text("After that a new code is shown and this paper opens nothing any more. Destroy it."),
                ),
            ),
        ),
        made_on=paper.made_on,
    )
    return _rendered(page, tr)


def render_share(paper: SharePaper, tr: Translator) -> bytes:
    """One part of the programme's emergency key as PDF in the translator's language."""
    page = _Page(
        title=tr.text("Emergency key, part {number} of {count}", number=paper.number, count=SHARES),
        lines=(
            tr.text("Number of the key: {digits}", digits=paper.key),
            tr.text("Made on {date}", date=formats.day(paper.made_on)),
        ),
        groups=tuple(paper.share.split()),
        warning=tr.text("Whoever holds two parts can open every desk. Never keep two of them in one place."),
        parts=(
            (
                tr.text("What it is for"),
                (
                    tr.text("Any two of the three parts open a desk that has lost its passphrases and its code."),
                    tr.text("One part alone opens nothing. Private notes stay shut even with two."),
                ),
            ),
            (
                tr.text("Where to keep it"),
                (
                    tr.text("Give each part to another person in another office, in a sealed and signed envelope."),
                    tr.text("Write down who holds which part, and look once a year whether all three are there."),
                ),
            ),
            (
                tr.text("How to use it"),
                (
                    tr.text("At the desk's computer choose “Passphrase forgotten”, then the emergency key."),
                    tr.text(
                        "Two holders type their parts, group by group. The use is shown to every user of the desk."
                    ),
                ),
            ),
        ),
        made_on=paper.made_on,
    )
    return _rendered(page, tr)


def _rendered(page: _Page, tr: Translator) -> bytes:
    file = BytesIO()
    document = BaseDocTemplate(file, pagesize=A4)
    height = A4[1] - 2 * _MARGIN
    frame = Frame(_MARGIN, _MARGIN, _WIDTH, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document.addPageTemplates([PageTemplate(frames=[frame], pagesize=A4)])
    document.build(_story(page), canvasmaker=partial(_canvas, page, tr.language.code))
    return file.getvalue()


def _canvas(page: _Page, language: str, file: BytesIO, **_: Any) -> Canvas:
    return new_canvas(
        file, A4, dated=page.made_on, language=language, title=page.title, author="Roh", subject=page.title
    )


def _story(page: _Page) -> list[Flowable]:
    story: list[Flowable] = [paragraph(checked(page.title), style(22, BOLD, spaceAfter=6))]
    story += [paragraph(line, style(12.5, SEMIBOLD, spaceBefore=2)) for line in page.lines]
    story.append(_grid(page.groups))
    story.append(paragraph(checked(page.warning), style(11.5, SEMIBOLD, spaceBefore=14, spaceAfter=4)))
    for heading, sentences in page.parts:
        story.append(paragraph(checked(heading), style(13, SEMIBOLD, spaceBefore=14, spaceAfter=2)))
        story += [paragraph(checked(words), style(11.5, spaceBefore=3)) for words in sentences]
    return story


def _grid(groups: Sequence[str]) -> Table:
    """The groups under their numbers, four in a row, large enough to be read off by two people."""
    number = style(9, textColor=MUTED, alignment=TA_CENTER)
    digits = style(20, BOLD, alignment=TA_CENTER, leading=24)
    cells: list[list[Any]] = []
    for start in range(0, len(groups), _COLUMNS):
        row: list[Any] = [
            [paragraph(str(place), number), paragraph(group, digits)]
            for place, group in enumerate(groups[start : start + _COLUMNS], start + 1)
        ]
        cells.append([*row, *[""] * (_COLUMNS - len(row))])
    table = Table(cells, colWidths=[_WIDTH / _COLUMNS] * _COLUMNS, spaceBefore=16)
    table.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), REGULAR),
                ("BACKGROUND", (0, 0), (-1, -1), SUNKEN),
                ("INNERGRID", (0, 0), (-1, -1), 0.5, LINE),
                ("BOX", (0, 0), (-1, -1), 0.8, LINE),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
            ]
        )
    )
    return table
