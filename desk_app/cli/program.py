"""Reads the command, runs it, and says trouble in one sentence and a next step."""

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

from desk_app import bootstrap
from desk_app.cli import (
    attachment_commands,
    audit_command,
    backup_commands,
    carrier_commands,
    catalogue_command,
    demo_command,
    duplicate_commands,
    erase_commands,
    exchange_commands,
    key_commands,
    letter_command,
    name_commands,
    partner_commands,
    record_commands,
    report_command,
    review_commands,
    transfer_commands,
    user_commands,
    vault_commands,
)
from desk_app.cli.session import Command, Session, plain
from desk_app.domain.errors import Trouble
from desk_app.i18n import Translator
from desk_app.i18n.languages import ENGLISH
from desk_app.i18n.messages import describe

COMMANDS: tuple[Command, ...] = (
    *demo_command.COMMANDS,
    *vault_commands.COMMANDS,
    *record_commands.COMMANDS,
    *name_commands.COMMANDS,
    *letter_command.COMMANDS,
    *exchange_commands.COMMANDS,
    *partner_commands.COMMANDS,
    *report_command.COMMANDS,
    *review_commands.COMMANDS,
    *duplicate_commands.COMMANDS,
    *transfer_commands.COMMANDS,
    *user_commands.COMMANDS,
    *key_commands.COMMANDS,
    *audit_command.COMMANDS,
    *attachment_commands.COMMANDS,
    *erase_commands.COMMANDS,
    *carrier_commands.COMMANDS,
    *backup_commands.COMMANDS,
    *catalogue_command.COMMANDS,
)
OK, TROUBLE = 0, 1
_logger = logging.getLogger(__name__)


class Parser(argparse.ArgumentParser):
    """Says wrong usage in the person's language; argparse's own words, which it has in English alone, only there."""

    tr: Translator

    def error(self, message: str) -> NoReturn:
        """Prints how the command is used and leaves with 2."""
        self.print_usage(sys.stderr)
        words = [self.tr.text("The command was not understood.")]
        if self.tr.language is ENGLISH:
            words.append(f"({message})")
        words.append(self.tr.text("Run it with --help to see what it takes."))
        self.exit(2, " ".join(words) + "\n")


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; wrong usage leaves through SystemExit with 2."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    tr = Translator(ENGLISH)
    try:
        tr = bootstrap.translator()
        options = parser(tr, arguments).parse_args(list(arguments))
        return int(options.command.run(Session(options, tr)))
    except BrokenPipeError:
        return TROUBLE  # Whoever read our answer has enough.
    except KeyboardInterrupt:
        return 130
    except Trouble as trouble:
        return _tell(trouble, tr)
    except Exception as bug:
        _logger.exception("command_failed")
        return _tell(bug, tr)


def parser(tr: Translator, arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The command line with its help in the translator's language.

    Of the commands only one that is named is told what it takes: for all of them that is slower than most commands.
    """
    speaking = _speaking(tr)
    top = speaking(prog="desk-app", description=tr.text("Roh: the desk program of the social reintegration service."))
    top.add_argument("--vault", metavar="FOLDER", help=tr.text("the vault's folder"))
    top.add_argument("--user", metavar="NAME", help=tr.text("who opens the vault; needed where several can"))
    commands = top.add_subparsers(metavar="COMMAND", required=True, parser_class=speaking)
    for command in COMMANDS:
        words = tr.text(command.help)
        one = commands.add_parser(command.name, help=words, description=words)
        if command.name in arguments:
            one.add_argument("--json", action="store_true", help=tr.text("answer with one JSON document"))
            command.takes(one, tr)
            one.set_defaults(command=command)
    return top


def _speaking(tr: Translator) -> type[Parser]:
    class Speaking(Parser):
        pass

    Speaking.tr = tr
    return Speaking


def _tell(error: Exception, tr: Translator) -> int:
    message = describe(error, tr)
    said = f"{message.sentence} {message.next_step}".replace("\n", " ")
    print(plain(said), file=sys.stderr)
    return TROUBLE


def _open_streams() -> None:
    """Whoever starts a program may have closed what it reads from and speaks to; then that is nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, mode)))


def _speak_utf8(stream: TextIO) -> None:
    """Every letter can be printed, whatever the system's locale; what is no letter is shown by its number."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")
