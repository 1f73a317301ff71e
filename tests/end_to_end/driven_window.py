"""A real window that works by itself: `python driven_window.py VAULT HOW`, with HOW one of `killed` and `closed`.

It prints what it reached, a line each, and for every look into its own open files what it found there.
"""

import ctypes
import os
import resource
import stat
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desk_app.__main__ import main
from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.ui.dialogs.letter_printing import LetterPrinting, Paper
from desk_app.ui.dialogs.paper import Outlets
from desk_app.ui.door import Door
from desk_app.ui.main_window import MainWindow
from desk_app.ui.pages.targets import NewPerson, NewReferral, OpenPerson
from desk_app.usecases import drafts, people, records
from tests.end_to_end.outside_words import CONSULTATION, DRAFT, NAMES, PHONE, SERVICE, found_in
from tests.fakes import PASSPHRASE, make_organisation
from tests.ui.conftest import type_text

Until = Callable[[], object]
PATIENCE = 60.0
_PR_GET_DUMPABLE = 3


class Driver:
    """Goes through the steps, each as soon as what the one before waits for has come."""

    def __init__(self, door: Door, how: str) -> None:
        self.door = door
        self.how = how
        self.answers: list[Any] = []
        self.steps = self._steps()
        self.until: Until = lambda: True
        self.since = time.monotonic()
        self.timer = QTimer()
        self.timer.timeout.connect(self.tick)
        self.timer.start(20)

    def tick(self) -> None:
        """One look whether the next step may be done."""
        if time.monotonic() - self.since > PATIENCE:
            print("stuck", self.until.__code__.co_firstlineno, flush=True)
            os._exit(1)
        if self.door._background.busy or not self.until():
            return
        self.since = time.monotonic()
        try:
            self.until = next(self.steps)
        except StopIteration:
            self.timer.stop()
        except BaseException as error:
            print("failed", type(error).__name__, error, flush=True)
            os._exit(1)

    def _steps(self) -> Iterator[Until]:
        assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
        assert ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0
        yield from self._unlock()
        self._ask(make_organisation)
        yield lambda: self.answers
        organisation = str(self.answers[-1])
        yield from self._person()
        client = RecordId(str(self.answers[-1]))
        yield from self._consultation(client)
        yield from self._letter(client, organisation)
        yield from self._draft()
        self._look("working")
        if self.how == "killed":
            print("ready", flush=True)
            yield lambda: False
        self._window.activateWindow()  # No window manager does it after a dialog.
        yield lambda: self._window.isActiveWindow()
        QTest.keyClick(self._window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        yield lambda: self.door.entrance is not None
        self._look("locked")
        assert NAMES[0] not in QGuiApplication.clipboard().text()
        yield from self._unlock()
        self._window.go("intake")
        yield lambda: True
        assert self._page.form.typed()["surname"] == DRAFT
        self._look("unlocked again")
        self._window.close()
        print("closed", flush=True)

    def _unlock(self) -> Iterator[Until]:
        yield lambda: self.door.entrance is not None
        card: Any = self.door.entrance.card if self.door.entrance else None
        card.passphrase.set_typed(PASSPHRASE)
        card.open_button.click()
        yield lambda: self.door.window is not None
        yield lambda: self._window.isActiveWindow()

    def _person(self) -> Iterator[Until]:
        self._window.go("people")
        search = self._window.sidebar.search
        assert search is not None
        type_text(search, NAMES[0])
        typed = time.monotonic()
        yield lambda: time.monotonic() > typed + 1  # The search begins when the typing pauses.
        self._window.go("intake", NewPerson())
        yield lambda: True
        self._page._write("")
        for field, words in zip(("surname", "given_name", "father_name"), NAMES, strict=True):
            self._type(self._page.form.fields, field, words)
        self._type(self._page.form.fields, "phone", PHONE)
        line = self._page.form.fields.input("surname").target()
        assert isinstance(line, QLineEdit)
        line.selectAll()
        line.copy()
        assert QGuiApplication.clipboard().text() == NAMES[0]
        for answer in ("service", "sharing"):
            self._page.form.questions.input(answer).set_typed("given")
        self._page.save()
        yield lambda: self._window.pages.current == "person"
        self._ask(lambda vault: people.find(vault, NAMES[0])[0].id)
        count = len(self.answers)
        yield lambda: len(self.answers) > count

    def _consultation(self, client: RecordId) -> Iterator[Until]:
        self._window.go("person", OpenPerson(client, "service.social"))
        yield lambda: self._page.records.form is not None
        self._type(self._page.records.form, "what_was_done", CONSULTATION)
        self._page.records.save()
        yield lambda: self._page.records.form is None
        self._look("saved")

    def _letter(self, client: RecordId, organisation: str) -> Iterator[Until]:
        self._window.go("referrals", NewReferral(client))
        yield lambda: self._page.writing is not None
        writing = self._page.writing
        writing.form.input("organisation").set_typed(organisation)
        self._type(writing.form, "service_asked", SERVICE)
        self._type(writing.form, "reason", CONSULTATION)
        yield lambda: not writing.letter._pause.isActive() and not writing.letter._drawing
        writing.save()
        count = len(self.answers)
        yield lambda: True
        self._ask(lambda vault: records.find_all(vault, "referral")[0])
        yield lambda: len(self.answers) > count
        referral = self.answers[-1]
        assert self.door._session is not None
        printing = LetterPrinting(self._page.around, self.door._session, self._window, _ON_PAPER)
        printing.ask(Paper(referral.id, referral.text("number"), "tg"), lambda _language: self.answers.append("out"))
        yield lambda: printing.dialog is not None and printing.dialog.isVisible()
        assert printing.dialog is not None
        printing.dialog.print_asked.emit("tg", 1)
        printing.dialog.accept()
        self._look("printing")
        yield lambda: self.answers[-1] == "out"
        self._look("printed")

    def _draft(self) -> Iterator[Until]:
        self._window.go("intake", NewPerson())
        yield lambda: True
        self._page._write("")
        self._type(self._page.form.fields, "surname", DRAFT)
        count = len(self.answers)
        while True:
            self._ask(lambda vault: drafts.find(vault, "intake"))
            count += 1
            yield partial(self._answered, count)
            if self.answers[-1] is not None and self.answers[-1].values.get("surname") == DRAFT:
                return

    # Inside

    @property
    def _window(self) -> MainWindow:
        assert self.door.window is not None
        return self.door.window

    @property
    def _page(self) -> Any:
        """The page that is open: which one it is, the step that asks knows."""
        return self._window.pages.current_page

    def _answered(self, count: int) -> bool:
        return len(self.answers) >= count

    def _ask(self, question: Callable[[Vault], object]) -> None:
        assert self.door._session is not None
        self.door._session.ask(question, self.answers.append)

    def _type(self, form: Any, field: str, words: str) -> None:
        target: QWidget = form.input(field).target()
        target.setFocus()
        type_text(target, words)

    def _look(self, moment: str) -> None:
        """What stands readable in the files that are open now, and above the windows."""
        for entry in Path("/proc/self/fd").iterdir():
            try:
                if not stat.S_ISREG(entry.stat().st_mode):
                    continue
                data = entry.read_bytes()
            except OSError:
                continue
            print("file", moment, *sorted(found_in(data)), flush=True)
        titles = "".join(one.windowTitle() for one in QApplication.topLevelWidgets())
        print("title", moment, *sorted(found_in(titles.encode())), flush=True)


def _printer(_parent: QWidget, _copies: int) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName("/dev/null")
    return printer


_ON_PAPER = Outlets(lambda: True, _printer, lambda *_asked: None)


def drive(vault: str, how: str) -> int:
    """Runs the program as it is started by a person, with somebody at the keys."""
    real = Door.open
    kept: list[Driver] = []

    def opened(door: Door) -> None:
        real(door)
        kept.append(Driver(door, how))

    with patch.object(Door, "open", opened):
        return main(["--vault", vault])


if __name__ == "__main__":
    sys.exit(drive(*sys.argv[1:]))
