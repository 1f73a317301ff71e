"""Where the program's own files and a person's data lie, run from source or frozen into an installable."""

import sys
from pathlib import Path

import platformdirs

PROGRAM = "roh"


def program_folder() -> Path:
    """The folder that holds `resources/` and `translations/`: the unpacked bundle when frozen, else the project."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle is not None else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Fonts, data tables, letter templates and icons that travel with the program."""
    return program_folder() / "resources"


def translations() -> Path:
    """The catalogues, one folder a language: compiled for the window, and as text for whoever reads or corrects one."""
    return program_folder() / "translations"


def corrections() -> Path:
    """Where the sentences are kept that a reader corrected on this computer; nothing about people. Not made here."""
    return platformdirs.user_data_path(PROGRAM, appauthor=False) / "words"


def default_vault() -> Path:
    """The vault opened when none is named: this system's place for a user's own data, not made here."""
    return platformdirs.user_data_path(PROGRAM, appauthor=False) / "vault"


def profile_folder() -> Path:
    """Where the system's user keeps what she last saw of each vault: apart from the data, so that who copies the vaults
    does not copy it along. Not made here."""
    return platformdirs.user_state_path(PROGRAM, appauthor=False) / "vaults"


def log_folder() -> Path:
    """Where the log is kept: this system's place for a program's own traces, not made here."""
    return platformdirs.user_state_path(PROGRAM, appauthor=False) / "log"
