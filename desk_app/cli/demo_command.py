"""demo: a whole invented programme to look around in."""

import argparse
import os
import sys
from pathlib import Path

from desk_app import bootstrap
from desk_app.cli import typed
from desk_app.cli.report_command import figure_lines
from desk_app.cli.session import PASSPHRASE_VARIABLE, Command, Document, Session, columns
from desk_app.domain.vocabulary import N_, Vocabulary
from desk_app.i18n import Translator, formats
from desk_app.i18n.places import desk_name
from desk_app.usecases import demonstration
from desk_app.usecases.demonstration import Progress, Stage, Summary

OK = 0
MOST_PEOPLE = 50_000
STAGE = Vocabulary(
    "demonstration_stage",
    {
        Stage.OFFICES.value: N_("Vaults"),
        Stage.CASES.value: N_("Months of work at the desks"),
        Stage.BUNDLES.value: N_("Bundles carried"),
        Stage.PAPERS.value: N_("Papers"),
    },
)


def _takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("folder", metavar="FOLDER", help=tr.text("an empty folder for it"))
    parser.add_argument(
        "--people",
        metavar="N",
        type=typed.number(1, MOST_PEOPLE),
        default=1100,
        help=tr.text("how many people are served"),
    )
    parser.add_argument("--seed", metavar="S", default="1", help=tr.text("the same seed gives the same programme"))


def _demo(session: Session) -> int:
    options = session.options
    passphrase = os.environ.get(PASSPHRASE_VARIABLE, demonstration.PASSPHRASE)
    now = bootstrap.surroundings().milliseconds()
    folder = Path(options.folder)
    made = demonstration.make(folder, options.people, options.seed, passphrase, now, _progress(session.tr))
    session.answer(_document(made), _lines(made, folder, session.tr))
    return OK


def _progress(tr: Translator) -> Progress:
    """A line for each stage; on a terminal the line is written over while the stage goes on."""
    live = sys.stderr.isatty()

    def show(stage: Stage, done: int, steps: int) -> None:
        if not live and done < steps:
            return
        end = "\n" if done == steps else "\r"
        words = tr.text("{stage}: {done} of {steps}", stage=tr.choice(STAGE, stage.value), done=done, steps=steps)
        print(words, end=end, file=sys.stderr, flush=True)

    return show


def _document(made: Summary) -> Document:
    vaults = [
        {
            "desk": one.code,
            "people": one.people,
            "consultations": one.consultations,
            "referrals": one.referrals,
            "letters": one.letters,
            "bundles": one.bundles,
        }
        for one in made.vaults
    ]
    figures = {figure.indicator.code: figure.whole.total for figure in made.figures}
    return {
        "vaults": vaults,
        "papers": [str(path) for path in made.papers],
        "from": made.period.first.isoformat(),
        "to": made.period.last.isoformat(),
        "figures": figures,
    }


def _lines(made: Summary, folder: Path, tr: Translator) -> list[str]:
    head = [
        tr.text("Desk"),
        tr.text("People"),
        tr.text("Consultations"),
        tr.text("Referrals"),
        tr.text("Referral letters"),
        tr.text("Bundles sent"),
    ]
    rows = [
        [
            desk_name(one.code, tr),
            *(
                formats.number(count, tr.language)
                for count in (one.people, one.consultations, one.referrals, one.letters, one.bundles)
            ),
        ]
        for one in made.vaults
    ]
    period = tr.text("Period: {period}", period=formats.period(made.period.first, made.period.last))
    places = [
        tr.text("Vaults: {folder}", folder=str(folder)),
        tr.text("Bundles: {folder}", folder=str(folder / "bundles")),
        tr.text("Letters and reports: {folder}", folder=str(folder / "out")),
    ]
    return [*columns([head, *rows]), "", period, *figure_lines(list(made.figures), tr), "", *places]


COMMANDS = (Command("demo", N_("make a whole invented programme to look around in"), _takes, _demo),)
