"""The window without a command, the command line with one."""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desk_app import log, paths


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program with the given or the system's arguments and returns its exit code."""
    said = sys.argv[1:] if arguments is None else list(arguments)
    log.forbid_dumps()
    _stand_somewhere()
    handler = log.start(paths.log_folder())
    try:
        is_window, vault_folder = _window(said)
        if is_window:
            from desk_app.ui.application import run as open_window

            return open_window(vault_folder)
        from desk_app.cli.program import run

        return run(said)
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


def _stand_somewhere() -> None:
    """A folder that is gone, as with a stick that was pulled, is none to work in: libraries fail there as they load."""
    try:
        os.getcwd()
    except OSError:
        os.chdir(os.sep)


def _window(said: Sequence[str]) -> tuple[bool, Path | None]:
    """Whether nothing but a vault was named, and which."""
    match list(said):
        case []:
            return True, None
        case ["--vault", folder]:
            return True, Path(folder)
        case [one] if one.startswith("--vault="):
            return True, Path(one.removeprefix("--vault="))
        case _:
            return False, None


if __name__ == "__main__":
    sys.exit(main())
