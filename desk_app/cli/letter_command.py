"""letter: a referral letter with its reply slip, as a file, recorded as printed."""

import argparse

from desk_app.cli import typed
from desk_app.cli.session import Command, Session
from desk_app.domain.records.referral import LETTER_LANGUAGE
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator
from desk_app.storage import files
from desk_app.usecases import letters, records, vaults

OK = 0


def _takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("referral", metavar="REFERRAL", help=tr.text("the referral's id or number"))
    parser.add_argument(
        "--language", choices=tuple(LETTER_LANGUAGE.words), required=True, help=tr.text("of the letter")
    )
    parser.add_argument(
        "--output",
        metavar="FILE.pdf",
        type=typed.file({".pdf"}),
        required=True,
        help=tr.text("where to write the letter"),
    )


def _letter(session: Session) -> int:
    output = session.options.output
    with session.opened() as vault:
        referral = records.show(vault, session.options.referral)
        # A letter that could not be written was not printed.
        with vaults.together(vault):
            printed = letters.print_letter(vault, referral.id, session.options.language)
            files.write(output, printed.pdf)
    document = {"id": printed.letter.id, "referral": referral.id, "file": str(output), "again": printed.again}
    session.answer(document, [session.tr.text("The letter is in {file}.", file=str(output))])
    return OK


COMMANDS = (Command("letter", N_("write a referral letter and record it as printed"), _takes, _letter),)
