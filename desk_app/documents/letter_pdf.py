"""A referral letter on A4 with its reply slip at the foot, as PDF.

A typical letter is one page. Long names first make the type smaller, down to 9 points; what still does not fit goes
on further pages that repeat the letter's number, with the signature and the slip on the last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, HRFlowable, Spacer, Table, TableStyle

from desk_app.documents.fonts import BOLD, REGULAR, SEMIBOLD
from desk_app.documents.letters import Fact, Letterhead, ReferralLetter
from desk_app.documents.paper import INK, LINE, MM, MUTED, SUNKEN, new_canvas, paragraph, shortened, style
from desk_app.documents.slip_pdf import SLIP_HEIGHT, draw_slip

_LEFT, _RIGHT, _TOP, _BOTTOM = 25 * MM, 15 * MM, 14 * MM, 10 * MM
_WIDTH: float = A4[0] - _LEFT - _RIGHT
_HEIGHT: float = A4[1] - _TOP - _BOTTOM
_SLIP_GAP = 5 * MM
_CONTINUED = 10 * MM
_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)
_ROOMY = 10.0

Flowables = list[Any]


@dataclass(frozen=True, slots=True)
class _Story:
    body: Flowables
    tail: Flowables


def render_letter(letter: ReferralLetter) -> bytes:
    """The letter as PDF; the same letter always gives the same bytes."""
    for size in _SIZES:
        if _tall(_story(letter, size)) <= _last_page_room(first=True):
            return _set(letter, size, pages=1)[0]
    _, pages = _set(letter, _ROOMY, pages=0)
    return _set(letter, _ROOMY, pages)[0]


def _set(letter: ReferralLetter, size: float, pages: int) -> tuple[bytes, int]:
    """The file and its page count; `pages` is the count to print, known from a first setting."""
    file = BytesIO()
    canvas = new_canvas(
        file,
        A4,
        dated=letter.dated,
        language=letter.language,
        title=f"{letter.title.capitalize()} {letter.number_line}",
        author=letter.letterhead.desk,
        subject=letter.subject,
    )
    story, page = _story(letter, size), 1
    while _tall(story) > _last_page_room(first=page == 1):
        story = _fill_page(canvas, story, page)
        canvas.showPage()
        page += 1
        _continuation(canvas, f"{letter.continuation} {page}/{pages}")
    room = _room(first=page == 1)
    frame = _frame(_BOTTOM + SLIP_HEIGHT + _SLIP_GAP, room - SLIP_HEIGHT - _SLIP_GAP)
    frame.addFromList([*story.body, *story.tail], canvas)
    draw_slip(canvas, letter.slip, _LEFT, _BOTTOM, _WIDTH)
    canvas.showPage()
    canvas.save()
    return file.getvalue(), page


def _fill_page(canvas: Canvas, story: _Story, page: int) -> _Story:
    body, tail = list(story.body), list(story.tail)
    if not body or _tall(_Story([], tail)) > _last_page_room(first=False):
        body, tail = body + tail, []
    frame = _frame(_BOTTOM, _room(first=page == 1))
    empty = True
    while body:
        part = body.pop(0)
        if not frame.add(part, canvas, trySplit=0):
            pieces = frame.split(part, canvas)
            if pieces and frame.add(pieces[0], canvas, trySplit=0):
                pieces = pieces[1:]
            elif empty:
                raise RuntimeError("a part of the letter can be neither set nor split")
            body[:0] = pieces or [part]
            break
        empty = False
    return _Story(body, tail)


def _room(*, first: bool) -> float:
    return _HEIGHT if first else _HEIGHT - _CONTINUED


def _last_page_room(*, first: bool) -> float:
    return _room(first=first) - SLIP_HEIGHT - _SLIP_GAP


def _frame(bottom: float, height: float) -> Frame:
    # A hair of height above the measured one: a float's last digit must not push a line to the next page.
    return Frame(_LEFT, bottom, _WIDTH, height + 0.01, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _tall(story: _Story) -> float:
    return float(sum(part.getSpaceBefore() + part.wrap(_WIDTH, 1e6)[1] for part in [*story.body, *story.tail]))


def _continuation(canvas: Canvas, words: str) -> None:
    canvas.setFont(REGULAR, 8.5)
    canvas.setFillColor(MUTED)
    canvas.drawRightString(A4[0] - _RIGHT, A4[1] - _TOP - 4 * MM, shortened(words, REGULAR, 8.5, _WIDTH))


def _story(letter: ReferralLetter, size: float) -> _Story:
    # Space stands before a part, never after it: heights then add up exactly.
    text = style(size, alignment=TA_JUSTIFY, spaceBefore=size * 0.55)
    request = [paragraph(words, text) for words in letter.request]
    body: Flowables = [
        *_letterhead(letter.letterhead, size),
        _reference(letter, size),
        paragraph(letter.title, style(size + 2, BOLD, alignment=TA_CENTER, spaceBefore=size * 1.3)),
        paragraph(letter.subject, style(size, SEMIBOLD, alignment=TA_CENTER, spaceBefore=size * 0.2)),
        paragraph(letter.salutation, style(size, alignment=TA_CENTER, spaceBefore=size)),
        *(paragraph(words, text) for words in letter.opening),
        *_facts(letter.facts, size),
        *request[:-1],
    ]
    # A signature alone on a page could be put under any letter: some of the text always stands above it.
    tail = [
        *request[-1:],
        *(paragraph(words, style(size - 0.5, spaceBefore=size * 0.5)) for words in letter.enclosures),
        *_signature(letter, size),
    ]
    return _Story(body, tail)


def _letterhead(head: Letterhead, size: float) -> Flowables:
    contact = " · ".join(words for words in (head.address, head.phone) if words)
    small = style(size - 2, alignment=TA_CENTER, textColor=MUTED, spaceBefore=1)
    lines = [
        (head.programme, style(size - 1.5, alignment=TA_CENTER, textColor=MUTED)),
        (head.desk, style(size + 2.5, BOLD, alignment=TA_CENTER, spaceBefore=2)),
        (head.desk_second, style(size, alignment=TA_CENTER, spaceBefore=1)),
        (contact, small),
    ]
    rule = HRFlowable(width="100%", thickness=1, color=INK, spaceBefore=5, spaceAfter=0)
    return [*(paragraph(words, its) for words, its in lines if words), rule]


def _reference(letter: ReferralLetter, size: float) -> Table:
    left = [paragraph(line, style(size)) for line in (letter.number_line, letter.date_line) if line]
    right = [
        paragraph(line, style(size, SEMIBOLD if row == 0 else REGULAR)) for row, line in enumerate(letter.addressee)
    ]
    table = Table([[left, right]], colWidths=[_WIDTH * 0.48, _WIDTH * 0.52], splitInRow=1, spaceBefore=size)
    table.setStyle(TableStyle([*_BARE, ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return table


def _facts(facts: Sequence[Fact], size: float) -> Flowables:
    if not facts:
        return []
    label, value = style(size - 0.5, textColor=MUTED), style(size - 0.5, SEMIBOLD)
    rows = [[paragraph(fact.label, label), paragraph(fact.value, value)] for fact in facts]
    table = Table(rows, colWidths=[_WIDTH * 0.36, _WIDTH * 0.64], splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), REGULAR),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BACKGROUND", (0, 0), (0, -1), SUNKEN),
                ("INNERGRID", (0, 0), (-1, -1), 0.5, LINE),
                ("BOX", (0, 0), (-1, -1), 0.5, LINE),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return [Spacer(1, size * 0.6), table]


def _signature(letter: ReferralLetter, size: float) -> Flowables:
    text = style(size)
    line = HRFlowable(width="86%", thickness=0.6, color=INK, spaceBefore=0, spaceAfter=0)
    row = [paragraph(letter.post, text), line, paragraph(letter.signatory, style(size, alignment=TA_RIGHT))]
    table = Table([row], colWidths=[_WIDTH * 0.4, _WIDTH * 0.26, _WIDTH * 0.34], splitInRow=1, spaceBefore=size * 1.2)
    table.setStyle(TableStyle([*_BARE, ("VALIGN", (0, 0), (-1, -1), "BOTTOM")]))
    small = style(size - 3, textColor=MUTED)
    return [
        paragraph(letter.closing, style(size, spaceBefore=size)),
        table,
        paragraph(letter.seal, style(size - 1, textColor=MUTED, spaceBefore=size * 0.8, leftIndent=10 * MM)),
        Spacer(1, size * 0.6),
        *(paragraph(words, small) for words in letter.prepared_by),
    ]


_BARE = [
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]
