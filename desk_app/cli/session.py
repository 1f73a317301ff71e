"""What a command is run with: the words, the options, the vault and its passphrase, and where the answer goes."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desk_app import bootstrap, paths
from desk_app.domain.errors import FileUnwritable, PassphraseMissing
from desk_app.domain.records.validation import UNSEEN
from desk_app.i18n import Translator
from desk_app.storage.vault import Vault
from desk_app.usecases import vaults

PASSPHRASE_VARIABLE = "DESK_APP_PASSPHRASE"

Document = Mapping[str, object]
"""What `--json` prints: text, numbers, lists and mappings."""


@contextmanager
def answering() -> Iterator[None]:
    """What is printed inside has left the program at its end. Raises `FileUnwritable`, `BrokenPipeError`."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # What is left goes nowhere, or Python would complain about it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        raise FileUnwritable("/dev/stdout") from error


@dataclass(frozen=True, slots=True)
class Session:
    """One run of one command."""

    options: argparse.Namespace
    tr: Translator

    @property
    def folder(self) -> Path:
        """The vault's folder: the one named, else this system's place for it."""
        return Path(self.options.vault) if self.options.vault else paths.default_vault()

    def passphrase(self) -> str:
        """The passphrase from the environment or from whoever sits there. Raises `PassphraseMissing`."""
        given = os.environ.get(PASSPHRASE_VARIABLE)
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise PassphraseMissing
        return getpass.getpass(self.tr.text("Passphrase:") + " ")

    @contextmanager
    def opened(self, passphrase: str | None = None) -> Iterator[Vault]:
        """The vault, opened, and closed again whatever happens; the passphrase is asked unless it is known already.

        Raises what `vaults.unlock` raises.
        """
        known = self.passphrase() if passphrase is None else passphrase
        vault = vaults.unlock(self.folder, self.options.user, known, bootstrap.surroundings())
        try:
            yield vault
        finally:
            vaults.lock(vault)

    def deliver(self, document: Document, lines: Iterable[str]) -> None:
        """Prints what is shown this once, such as a new code, before it counts. Raises `FileUnwritable` where whoever
        started the program has closed what it speaks to, and what `answer` raises."""
        if getattr(sys.stdout, "name", None) == os.devnull:
            raise FileUnwritable("/dev/stdout")
        self.answer(document, lines)

    def tell(self, lines: Iterable[str]) -> None:
        """Prints what is left to say once a document was delivered; with `--json` that was all."""
        if not self.options.json:
            self.answer({}, lines)

    def answer(self, document: Document, lines: Iterable[str]) -> None:
        """Prints the document with `--json`, else the lines."""
        with answering():
            if self.options.json:
                print(json.dumps(document, ensure_ascii=False))
                return
            for line in lines:
                print(plain(line))


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, its words in the help, what it takes, and what it does; `run` returns the exit code."""

    name: str
    help: str
    takes: Callable[[argparse.ArgumentParser, Translator], None]
    run: Callable[[Session], int]


def plain(line: str) -> str:
    """A line for a terminal. A file's name may hold signs that move the cursor or turn what is read: those are shown by
    their numbers."""
    return UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), line)


def takes_nothing(parser: argparse.ArgumentParser, tr: Translator) -> None:
    """For a command that needs no words but its name."""


def columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows as lines, each column as wide as its longest cell."""
    cells = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)] if cells else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
