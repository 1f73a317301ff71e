"""name-match: how alike two names are, one pair or a whole file."""

import argparse
import csv
import io
from pathlib import Path

from desk_app.cli.session import Command, Session
from desk_app.domain import names
from desk_app.domain.errors import ColumnsMissing
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator
from desk_app.storage import files

OK = 0
COLUMNS = ("name_a", "name_b")
LARGEST = 256 * 1024 * 1024
"""Bytes of a file of pairs."""


def _takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("names", metavar="NAME", nargs="*", help=tr.text("two names in any script"))
    parser.add_argument(
        "--pairs", metavar="FILE.csv", help=tr.text("a table with the columns {columns}", columns=", ".join(COLUMNS))
    )
    parser.set_defaults(parser=parser)


def _name_match(session: Session) -> int:
    two, file = session.options.names, session.options.pairs
    if (file is None) is not (len(two) == 2) or (file is not None and two):
        session.options.parser.error("two names, or --pairs")
    pairs = [(two[0], two[1])] if file is None else _pairs(Path(file))
    scores = [round(names.similarity(a, b), 4) for a, b in pairs]
    session.answer({"scores": scores}, (f"{score:.4f}" for score in scores))
    return OK


def _pairs(path: Path) -> list[tuple[str, str]]:
    """The pairs of a file, an empty cell where a row is short. Raises `ColumnsMissing`, `FileUnreadable`."""
    try:
        text = files.read(path, LARGEST).decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        lacking = tuple(name for name in COLUMNS if name not in (rows.fieldnames or ()))
        if not lacking:
            return [(row["name_a"] or "", row["name_b"] or "") for row in rows]
    except (UnicodeDecodeError, csv.Error):
        lacking = COLUMNS
    raise ColumnsMissing(str(path), lacking)


COMMANDS = (Command("name-match", N_("say how alike two names are, from 0 to 1"), _takes, _name_match),)
