"""The Qt application: style, fonts, garbage collection; what it remembers; the language it starts in."""

import os
from collections.abc import MutableMapping, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QSettings, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desk_app import paths
from desk_app.i18n.languages import RUSSIAN, TAJIK, UZBEK_CYRILLIC, UZBEK_LATIN, Language
from desk_app.ui.appearance import Appearance
from desk_app.ui.background import GuiThreadCollector
from desk_app.ui.door import Door
from desk_app.ui.remembered import Remembered
from desk_app.ui.theme import load_fonts

NAME = "roh"
FIRST_SIZE = QSize(1366, 768)
_FRAME = 48
"""Pixels for the frame and the title bar that systems put around a window."""


def run(vault_folder: Path | None) -> int:
    """Open the window on a vault (by default this user's own) and stay until it is closed; returns the exit code."""
    spool_in_memory(os.environ)
    application = make_application([NAME], paths.resources())
    application.setQuitOnLastWindowClosed(False)
    remembered = make_remembered()
    if remembered.geometry is None:
        remembered.geometry = first_geometry(application.primaryScreen().availableSize())
    appearance = make_appearance(application, paths.resources(), remembered)
    door = Door(appearance, remembered, vault_folder or paths.default_vault())
    door.errors.install()
    door.left.connect(application.quit)
    door.open()
    return application.exec()


def first_geometry(screen: QSize) -> QByteArray:
    """Where the window first stands: it fills a screen that is hardly larger, else its foot would be cut."""
    window = QWidget()
    window.resize(FIRST_SIZE)
    if screen.width() < FIRST_SIZE.width() + _FRAME or screen.height() < FIRST_SIZE.height() + _FRAME:
        window.setWindowState(Qt.WindowState.WindowMaximized)
    return window.saveGeometry()


def spool_in_memory(environment: MutableMapping[str, str]) -> None:
    """Qt writes a letter for the printer into a temporary file: into memory where the system has a folder there
    (XDG Base Directory Specification, `XDG_RUNTIME_DIR`: the user's own, gone when she logs out).
    """
    folder = environment.get("XDG_RUNTIME_DIR", "")
    if folder and os.access(folder, os.W_OK):
        environment["TMPDIR"] = folder


def make_application(arguments: Sequence[str], resources: Path) -> QApplication:
    """The one QApplication, with Fusion and the shipped fonts. Raises FileNotFoundError when the fonts are missing."""
    application = QApplication(list(arguments))
    application.setApplicationName(NAME)
    application.setOrganizationName(NAME)
    application.setStyle("Fusion")
    load_fonts(resources / "fonts")
    application.aboutToQuit.connect(GuiThreadCollector(application).stop)
    return application


def make_appearance(application: QApplication, resources: Path, remembered: Remembered) -> Appearance:
    """How the window looks and speaks at its start: as it did last time, else as the system does."""
    return Appearance(application, resources / "icons", remembered, remembered.language or first_language().code)


def make_remembered() -> Remembered:
    """This user's settings of the window, in this system's place for them."""
    return Remembered(QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, NAME, NAME))


def first_language(system: QLocale | None = None) -> Language:
    """The system's language when it is one of ours, else Tajik. Formats are never asked of the system."""
    system = system or QLocale.system()
    if system.language() == QLocale.Language.Uzbek:
        return UZBEK_LATIN if system.script() == QLocale.Script.LatinScript else UZBEK_CYRILLIC
    return RUSSIAN if system.language() == QLocale.Language.Russian else TAJIK
