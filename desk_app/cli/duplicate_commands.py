"""duplicates: compares people on record with each other, and lists who may be there twice."""

import argparse
import sys
from decimal import Decimal

from desk_app.cli import typed
from desk_app.cli.session import Command, Document, Session, columns
from desk_app.domain.records.sameness import DIFFERENT, OPEN, SAME
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, formats
from desk_app.i18n.alike_words import why_alike
from desk_app.i18n.places import desk_name
from desk_app.usecases import duplicates, sweeping
from desk_app.usecases.duplicates import Arrivals, Counts, Pair, Side
from desk_app.usecases.sweeping import Progress

OK = 0


def _takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    states = (OPEN, DIFFERENT, SAME)
    parser.add_argument("--state", choices=states, default=OPEN, help=tr.text("what was said of the pairs"))
    parser.add_argument(
        "--limit", metavar="N", type=typed.number(0), default=200, help=tr.text("show at most this many")
    )
    parser.add_argument(
        "--everybody", action="store_true", help=tr.text("compare everybody anew, not only who changed")
    )


def _duplicates(session: Session) -> int:
    options, tr = session.options, session.tr
    with session.opened() as vault:
        sweeping.compare(vault, _progress(tr), everybody=options.everybody)
        found = duplicates.listed(vault, options.state, options.limit)
        counts = duplicates.counts(vault)
    document = {"duplicates": [_document(one, tr) for one in found], "counts": _counted(counts)}
    session.answer(document, _lines(found, tr) or [tr.text("There are no such pairs.")])
    return OK


def _progress(tr: Translator) -> Progress:
    """On a terminal one line that is written over."""
    live = sys.stderr.isatty()

    def show(done: int, people: int) -> bool:
        if live:
            words = tr.text("{stage}: {done} of {steps}", stage=tr.text("People compared"), done=done, steps=people)
            print(words, end="\n" if done >= people else "\r", file=sys.stderr, flush=True)
        return True

    return show


def _counted(counts: Counts) -> Document:
    return {
        "open": counts.open,
        "likely": counts.likely,
        "different": counts.different,
        "same": counts.linked,
        "waiting": counts.waiting,
    }


def _document(one: Pair, tr: Translator) -> Document:
    return {
        "one": _person(one.one),
        "other": _person(one.other),
        "points": one.points,
        "likely": one.likely,
        "reasons": list(one.reasons),
        "why": why_alike(one.reasons, tr),
        "state": one.state,
    }


def _person(side: Side) -> Document:
    return {
        "id": side.id,
        "number": side.number,
        "name": side.name,
        "desk": side.desk,
        "birth": side.birth_date or None,
    }


def _lines(found: list[Pair], tr: Translator) -> list[str]:
    rows = []
    for one in found:
        sides = [f"{side.number} {side.name} ({desk_name(side.desk, tr)})" for side in (one.one, one.other)]
        points = formats.number(Decimal(str(one.points)), tr.language, 1)
        rows.append([points, *sides, why_alike(one.reasons, tr)])
    return columns(rows)


def arrivals_document(found: Arrivals) -> Document:
    """Who of the new people looks like somebody on record, for `--json`."""
    return {"new": found.new, "compared": found.compared, "alike": len(found.alike)}


def arrivals_lines(found: Arrivals, tr: Translator) -> list[str]:
    """The same in words; nothing where nobody does and nobody waits."""
    lines = []
    if found.alike:
        lines.append(
            tr.plural(
                "{count} new person looks like somebody on record: see “{command}”",
                "{count} new people look like somebody on record: see “{command}”",
                len(found.alike),
                command="duplicates",
            )
        )
    if found.new > found.compared:
        waiting = formats.number(found.new - found.compared, tr.language)
        lines.append(tr.text("New people still to be compared: {number}", number=waiting))
    return lines


COMMANDS = (Command("duplicates", N_("list who may be on record twice"), _takes, _duplicates),)
