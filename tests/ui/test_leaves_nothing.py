"""The lock in every moment, the clipboard, and the windows for choosing files."""

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.ui.application import spool_in_memory
from desk_app.ui.asleep import AsleepWatch
from desk_app.ui.background import Job
from desk_app.ui.clipboard import ClipboardWatch
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.referrals.page import ReferralsPage
from desk_app.ui.pages.targets import PERSON, REFERRALS, SETTINGS, NewReferral, OpenPerson
from desk_app.ui.widgets import choose_files
from desk_app.usecases import locking
from tests.fakes import make_client, make_organisation
from tests.ui.conftest import MakeDesk
from tests.ui.opened_desk import PATIENCE_MS


def press_lock(widget: QWidget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def shown() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def fill(vault: Vault) -> RecordId:
    make_organisation(vault)
    return make_client(vault, surname="Назаров")


def test_the_lock_blanks_at_once_while_work_runs_and_closes_the_vault_after_it(make_desk: MakeDesk) -> None:
    desk = make_desk().open()
    started, may_end = threading.Event(), threading.Event()
    closed_within: list[bool] = []

    def work(vault: Vault, job: Job) -> None:
        started.set()
        may_end.wait()
        vault.db.execute("SELECT 1")
        closed_within.append(False)

    assert desk.door._session is not None
    desk.window.work("x", desk.door._session.work(work), lambda _none: None)
    assert started.wait(PATIENCE_MS / 1000)
    press_lock(desk.window)
    assert shown() == [desk.door.entrance]
    assert (desk.folder / "core.db-wal").exists()
    may_end.set()
    desk.settle()
    assert closed_within == [False]
    assert not (desk.folder / "core.db-wal").exists()


@pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key(ord("Д"))])
def test_the_lock_reaches_through_a_dialog(make_desk: MakeDesk, key: Qt.Key) -> None:
    desk = make_desk().open()
    dialog = QDialog(desk.window)
    # As the system sends it: to the window, and not to the widget.
    pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.ControlModifier)
    QTimer.singleShot(100, dialog, lambda: QApplication.sendEvent(dialog.windowHandle(), pressed))
    QTimer.singleShot(PATIENCE_MS, dialog, dialog.accept)
    assert dialog.exec() == QDialog.DialogCode.Rejected
    assert shown() == [desk.door.entrance]
    desk.settle()


def test_sleep_locks(make_desk: MakeDesk) -> None:
    desk = make_desk().open()
    watch = desk.window.findChild(AsleepWatch)
    assert watch is not None
    watch.away.emit()
    assert shown() == [desk.door.entrance]
    desk.settle()


def test_the_minutes_of_the_vault_count_and_change_at_once(make_desk: MakeDesk) -> None:
    desk = make_desk(fill=lambda vault: locking.set_idle_minutes(vault, 15)).open()
    assert desk.door._idle is not None
    assert desk.door._idle._timer.interval() == 15 * 60 * 1000
    desk.window.go(SETTINGS)
    desk.settle()
    page: Any = desk.page
    page.lock_card.minutes._clicked("30")
    desk.settle()
    assert desk.door._idle._timer.interval() == 30 * 60 * 1000


def test_a_form_in_a_panel_is_there_again_after_the_lock(make_desk: MakeDesk) -> None:
    desk = make_desk(fill=fill).open()
    client = desk.filled
    assert isinstance(client, str)

    def page() -> PersonPage:
        desk.window.go(PERSON, OpenPerson(RecordId(client), "service"))
        desk.settle()
        assert isinstance(desk.page, PersonPage)
        return desk.page

    form = page().records.form
    assert form is not None
    field = form.input("what_was_done")
    QTest.keyClicks(field.target(), "Talked about papers")
    press_lock(desk.window)
    desk.settle()
    desk.open()
    form = page().records.form
    assert form is not None
    assert form.typed()["what_was_done"] == "Talked about papers"


def test_a_referral_is_there_again_after_the_lock(make_desk: MakeDesk) -> None:
    desk = make_desk(fill=fill).open()
    client = desk.filled
    assert isinstance(client, str)

    def writing() -> Any:
        desk.window.go(REFERRALS, NewReferral(RecordId(client)))
        desk.settle()
        assert isinstance(desk.page, ReferralsPage)
        return desk.page.writing

    before = writing()
    QTest.keyClicks(before.form.input("service_asked").target(), "Advice")
    press_lock(desk.window)
    desk.settle()
    desk.open()
    assert writing().form.typed()["service_asked"] == "Advice"


def test_what_we_copied_leaves_the_clipboard_and_nothing_else(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = QGuiApplication.clipboard()
    watch = ClipboardWatch(milliseconds=50)
    line = QLineEdit("Назаров")
    qtbot.addWidget(line)
    with qtbot.waitExposed(line):
        line.show()
    line.activateWindow()
    qtbot.waitUntil(line.isActiveWindow)
    line.selectAll()
    line.copy()
    assert clipboard.text() == "Назаров"
    assert bytes(clipboard.mimeData().data("x-kde-passwordManagerHint").data()) == b"secret"
    qtbot.waitUntil(lambda: clipboard.text() == "")
    line.copy()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationInactive)
        elsewhere.setattr(watch, "_owns", lambda _mode: False)
        clipboard.setText("of somebody else")
        watch.empty()
        assert clipboard.text() == "of somebody else"
    clipboard.clear()
    line.copy()
    watch.empty()
    assert clipboard.text() == ""


def test_files_are_chosen_without_a_trace(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    chosen = tmp_path / "Шамсиддинзода"
    chosen.mkdir()
    (chosen / "паспорт.pdf").touch()
    parent = QWidget()
    qtbot.addWidget(parent)

    def accept() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(name, QLineEdit)
        dialog.setDirectory(str(chosen))
        name.setText(str(chosen / "паспорт.pdf"))
        dialog.accept()

    QTimer.singleShot(50, accept)
    assert choose_files.choose_file(parent, "x", "PDF (*.pdf)") == chosen / "паспорт.pdf"
    QTimer.singleShot(50, accept)
    assert choose_files.choose_files(parent, "x", "PDF (*.pdf)") == [chosen / "паспорт.pdf"]

    def go_away() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        dialog.hide()

    QTimer.singleShot(50, go_away)
    assert choose_files.choose_folder(parent) is None
    written = "".join(one.read_text() for one in (tmp_path / "settings").rglob("*") if one.is_file())
    assert "FileDialog" in written
    assert "history" not in written
    assert "lastVisited" not in written
    assert "Шамсиддинзода" not in written


def test_what_waits_for_a_printer_lies_in_memory_where_there_is_such_a_folder(tmp_path: Path) -> None:
    around = {"XDG_RUNTIME_DIR": str(tmp_path), "TMPDIR": "/var/tmp"}
    spool_in_memory(around)
    assert around["TMPDIR"] == str(tmp_path)
    none = {"XDG_RUNTIME_DIR": str(tmp_path / "none"), "TMPDIR": "/var/tmp"}
    spool_in_memory(none)
    assert none["TMPDIR"] == "/var/tmp"
