"""The window's tests: one application with the shipped fonts, a look in marked words, a shell around a page."""

import gc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app import paths
from desk_app.i18n.languages import ENGLISH, LANGUAGES, Language
from desk_app.i18n.translator import Fact, Translator
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.application import make_application
from desk_app.ui.background import Background
from desk_app.ui.changes import Changes
from desk_app.ui.icons import Icons
from desk_app.ui.look import Look
from desk_app.ui.main_window import MainWindow
from desk_app.ui.page import PageEntry
from desk_app.ui.remembered import Remembered
from desk_app.ui.sidebar import Status
from desk_app.ui.theme import Theme
from tests.fakes import FakeClock, acquaint, make_vault
from tests.ui.exchanging import MakeProgramme, Programme
from tests.ui.opened_desk import OpenedDesk

MARK = "§"
"""Stands before every word that went through the catalogues."""


class MarkedTranslator(Translator):
    """Speaks English with a mark before each text, and the language's name where that is another."""

    def __init__(self, language: Language) -> None:
        super().__init__(ENGLISH)
        self.language = language

    def text(self, msgid: str, **facts: Fact) -> str:
        """The marked English."""
        return f"{MARK}{super().text(msgid, **facts)}" if msgid else ""

    def plural(self, one: str, many: str, count: int, **facts: Fact) -> str:
        """The marked English."""
        return MARK + super().plural(one, many, count, **facts)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The one application, as the program makes it; the tests collect garbage as usual."""
    application = make_application(["tests"], paths.resources())
    gc.enable()
    return application


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """Plain English, light."""
    theme = Theme()
    return Look(Translator(ENGLISH), theme, Icons(paths.resources() / "icons", theme))


@pytest.fixture
def marked_look(qapp: QApplication) -> Look:
    """Marked words, light."""
    theme = Theme()
    return Look(MarkedTranslator(ENGLISH), theme, Icons(paths.resources() / "icons", theme))


@pytest.fixture
def remembered(tmp_path: Path) -> Remembered:
    """Settings of their own."""
    return Remembered(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def appearance(qapp: QApplication, remembered: Remembered) -> Iterator[Appearance]:
    """The application dressed in marked words; undressed afterwards."""
    made = Appearance(qapp, paths.resources() / "icons", remembered, "en", MarkedTranslator)
    yield made
    made.undress()


@pytest.fixture
def speaking(qapp: QApplication, remembered: Remembered) -> Iterator[Appearance]:
    """The application in its real words."""
    made = Appearance(qapp, paths.resources() / "icons", remembered, LANGUAGES[0].code)
    yield made
    made.undress()


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    """A worker of its own."""
    made = Background()
    yield made
    made.close()


@pytest.fixture
def changes(qapp: QApplication) -> Changes:
    """A signal of its own."""
    return Changes()


MakeWindow = Callable[..., MainWindow]
MakeDesk = Callable[..., OpenedDesk]


@pytest.fixture
def make_window(
    qtbot: object, appearance: Appearance, background: Background, changes: Changes, remembered: Remembered
) -> Iterator[MakeWindow]:
    """Makes the shell around pages, shown at 1366 x 768."""
    made: list[MainWindow] = []

    def make(*entries: PageEntry) -> MainWindow:
        window = MainWindow(
            appearance,
            entries,
            background,
            changes,
            lambda error, tr: tr.text("Described: {name}", name=type(error).__name__),
            remembered,
            lambda look: Status(desk="KHG", user="ZN", safety=look.tr.text("Safe")),
        )
        window.resize(1366, 768)
        window.show()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def make_desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[MakeDesk]:
    """Makes the whole window on a vault, with what `OpenedDesk` takes."""
    made: list[OpenedDesk] = []

    def make(**how: Any) -> OpenedDesk:
        made.append(OpenedDesk(qtbot, appearance, remembered, tmp_path, **how))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


def type_text(widget: QWidget, text: str) -> None:
    """Type letters of any alphabet; QTest knows ASCII alone."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = ord(letter.upper())
            QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))


@pytest.fixture
def make_programme(
    qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path
) -> Iterator[MakeProgramme]:
    """The window at one vault, the vaults of its partners beside it."""
    made: list[Programme] = []

    def make(here: str, others: Sequence[str]) -> Programme:
        clock = FakeClock()
        opened = {code: make_vault(tmp_path, code, clock) for code in others}

        def fill(vault: Vault) -> None:
            for one in opened.values():
                acquaint(vault, one, tmp_path)

        programme = Programme(qtbot, appearance, remembered, tmp_path, fill, desk=here)
        programme.others = opened
        programme.open()
        made.append(programme)
        return programme

    yield make
    for programme in made:
        programme.close()
        for vault in programme.others.values():
            vault.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder to carry bundles in."""
    made = tmp_path / "stick"
    made.mkdir()
    return made
