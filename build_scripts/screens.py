"""Pictures of the window's pages in every language, light and dark, to be looked at.

    python build_scripts/screens.py FOLDER [--pages today,people] [--languages tg,ru] [--text-size 150]

A language whose catalogue is not compiled yet is left out and named.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gallery
from PySide6.QtCore import QSettings

from desk_app import paths
from desk_app.i18n.languages import LANGUAGES
from desk_app.ui.appearance import Appearance
from desk_app.ui.application import make_appearance, make_application
from desk_app.ui.background import Background
from desk_app.ui.changes import Changes
from desk_app.ui.main_window import MainWindow
from desk_app.ui.page import PageEntry
from desk_app.ui.remembered import Remembered

SIZE = (1366, 768)


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; returns the exit code."""
    wanted = _options().parse_args(arguments)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    application = make_application(["screens"], paths.resources())
    settings = QSettings(str(wanted.folder / "settings.ini"), QSettings.Format.IniFormat)
    remembered = Remembered(settings)
    remembered.language = "en"
    background = Background()
    appearance = make_appearance(application, paths.resources(), remembered)
    appearance.choose_text_size(wanted.text_size)
    entries = gallery.ENTRIES
    window = MainWindow(
        appearance, entries, background, Changes(), lambda trouble, _tr: repr(trouble), remembered, gallery.status
    )
    window.resize(*SIZE)
    window.show()
    keys = wanted.pages.split(",") if wanted.pages else [entry.key for entry in entries]
    for code in wanted.languages.split(","):
        _take(window, appearance, [entry for entry in entries if entry.key in keys], code, wanted.folder)
    background.close()
    settings.clear()
    settings.sync()
    (wanted.folder / "settings.ini").unlink(missing_ok=True)
    return 0


def _take(window: MainWindow, appearance: Appearance, entries: Sequence[PageEntry], code: str, folder: Path) -> None:
    try:
        appearance.choose_language(code)
    except FileNotFoundError:
        print(f"{code}: no compiled catalogue", file=sys.stderr)
        return
    for dark in (False, True):
        appearance.choose_dark(dark)
        for entry in entries:
            window.go(entry.key)
            _settle()
            window.grab().save(str(folder / f"{entry.key}-{code}-{'dark' if dark else 'light'}.png"))


def _settle() -> None:
    from PySide6.QtWidgets import QApplication

    for _ in range(3):
        QApplication.processEvents()


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--pages", default="")
    options.add_argument("--languages", default=",".join(language.code for language in LANGUAGES))
    options.add_argument("--text-size", type=int, default=100)
    return options


if __name__ == "__main__":
    sys.exit(main())
