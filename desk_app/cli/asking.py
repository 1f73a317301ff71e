"""Secrets that a command needs beside the passphrase that opens the vault: from the environment, or asked."""

import argparse
import getpass
import os
import sys

from desk_app.cli.session import Session
from desk_app.domain.errors import SecretMissing
from desk_app.domain.rules.roles import Role
from desk_app.i18n import Translator

NEW_PASSPHRASE_VARIABLE = "DESK_APP_NEW_PASSPHRASE"
RECOVERY_VARIABLE = "DESK_APP_RECOVERY_CODE"
SHARES_VARIABLE = "DESK_APP_ESCROW_SHARES"
CARRIER_VARIABLE = "DESK_APP_CARRIER_PASSWORD"


def new_passphrase(session: Session) -> str:
    """A passphrase that is typed is typed twice. Raises `SecretMissing`."""
    given = os.environ.get(NEW_PASSPHRASE_VARIABLE)
    if given is not None:
        return given
    while True:
        first = _asked(NEW_PASSPHRASE_VARIABLE, session.tr.text("New passphrase:"))
        if first == getpass.getpass(session.tr.text("The same once more:") + " "):
            return first


def recovery_code(session: Session) -> str:
    """The digits of the recovery sheet. Raises `SecretMissing`."""
    return os.environ.get(RECOVERY_VARIABLE) or _asked(RECOVERY_VARIABLE, session.tr.text("Recovery code:"))


def escrow_shares(session: Session) -> tuple[str, ...]:
    """Two parts of the emergency key; in the variable a comma stands between them. Raises `SecretMissing`."""
    given = os.environ.get(SHARES_VARIABLE)
    if given is not None:
        return tuple(given.split(","))
    words = (session.tr.text("First part of the emergency key:"), session.tr.text("Second part of the emergency key:"))
    return tuple(_asked(SHARES_VARIABLE, prompt) for prompt in words)


def carrier_password(session: Session) -> str:
    """The password at a server by which bundles travel; empty for none. Raises `SecretMissing`."""
    given = os.environ.get(CARRIER_VARIABLE)
    return given if given is not None else _asked(CARRIER_VARIABLE, session.tr.text("Password at the server:"))


def takes_roles(parser: argparse.ArgumentParser, tr: Translator, *, required: bool) -> None:
    """`--role`, as often as somebody has roles."""
    parser.add_argument(
        "--role",
        action="append",
        choices=tuple(role.value for role in Role),
        required=required,
        default=None if required else [],
        help=tr.text("what the user is; may be given more than once"),
    )


def takes_user(parser: argparse.ArgumentParser, tr: Translator) -> None:
    """`--user` after the command's name too, where it says whom the command is for."""
    parser.add_argument("--user", metavar="NAME", default=argparse.SUPPRESS, help=tr.text("whose passphrase is new"))


def _asked(variable: str, prompt: str) -> str:
    if not sys.stdin.isatty():
        raise SecretMissing(variable)
    return getpass.getpass(prompt + " ")
