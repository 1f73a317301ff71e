"""report: figures over a period, to read, to print, or as a table."""

import argparse
from decimal import Decimal

from desk_app.cli import typed
from desk_app.cli.session import Command, Document, Session, columns
from desk_app.domain.rules.indicators import Period
from desk_app.domain.vocabulary import N_
from desk_app.i18n import LANGUAGES, Translator, by_code, formats, labels
from desk_app.usecases import choices, figures, reports
from desk_app.usecases.figures import Figure

OK = 0


def _takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", choices=tuple(reports.REPORTS), help=tr.text("which report"))
    parser.add_argument("--list", action="store_true", help=tr.text("say which reports there are"))
    parser.add_argument(
        "--from", metavar="D", dest="first", type=typed.day, help=tr.text("the first day, as 2026-01-01")
    )
    parser.add_argument("--to", metavar="D", dest="last", type=typed.day, help=tr.text("the last day"))
    codes = tuple(language.code for language in LANGUAGES)
    parser.add_argument("--language", choices=codes, help=tr.text("of the report"))
    parser.add_argument(
        "--output",
        metavar="FILE.pdf|FILE.xlsx",
        type=typed.file(reports.PAPERS),
        help=tr.text("where to write the report"),
    )
    parser.set_defaults(parser=parser)


def _report(session: Session) -> int:
    options = session.options
    if options.list:
        return _list(session)
    if options.name is None or options.first is None or options.last is None or options.first > options.last:
        options.parser.error("NAME --from D --to D")
    if options.output is None and not options.json:
        options.parser.error("--output or --json")
    period = Period(options.first, options.last)
    tr = Translator(by_code(options.language)) if options.language else session.tr
    with session.opened() as vault:
        found, shown = figures.figures(vault, period), choices.words(vault, session.tr)
        if options.output is not None:
            report = reports.report(vault, options.name, period, tr)
            reports.save(vault, reports.PAPERS[options.output.suffix.lower()](report, tr), options.output)
    session.answer(_document(session, period, found), _lines(session, found, shown))
    return OK


def _list(session: Session) -> int:
    titles = {name: session.tr.text(title) for name, title in reports.REPORTS.items()}
    document = {"reports": [{"name": name, "title": title} for name, title in titles.items()]}
    session.answer(document, columns(titles.items()))
    return OK


def _document(session: Session, period: Period, found: list[Figure]) -> Document:
    return {
        "report": session.options.name,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "file": str(session.options.output) if session.options.output else None,
        "indicators": [_figure_document(figure) for figure in found],
    }


def _figure_document(figure: Figure) -> Document:
    return {
        "code": figure.indicator.code,
        "unit": figure.indicator.unit,
        "baseline": figure.baseline,
        "target": figure.target,
        "actual": figure.whole.total,
        "by_sex": dict(figure.whole.by_sex),
        "by_desk": {code: {"total": split.total, **split.by_sex} for code, split in figure.desks.items()},
        "by_place": {place: {"total": split.total, **split.by_sex} for place, split in figure.places.items()},
    }


def _lines(session: Session, found: list[Figure], tr: Translator) -> list[str]:
    return [*figure_lines(found, tr), tr.text("The report is in {file}.", file=str(session.options.output))]


def figure_lines(found: list[Figure], tr: Translator) -> list[str]:
    """Every indicator against its target, a line each."""
    head = [tr.text("Indicator"), tr.text("Achieved"), tr.text("Target"), tr.text("Of target")]
    return columns([head, *(_line(figure, tr) for figure in found)])


def _line(figure: Figure, tr: Translator) -> list[str]:
    target = figure.target
    share = formats.percent(Decimal(figure.whole.total) / target, tr.language) if target else "—"
    shown = formats.number(target, tr.language) if target is not None else "—"
    return [labels.indicator(figure.indicator, tr), formats.number(figure.whole.total, tr.language), shown, share]


COMMANDS = (Command("report", N_("count what was reached and write it down"), _takes, _report),)
