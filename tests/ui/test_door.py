"""The way in and out: unlock, a new desk, lock, close, and what is kept on each of them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.rules.roles import Role
from desk_app.storage import drafts as stored_drafts
from desk_app.ui.appearance import Appearance
from desk_app.ui.dialogs.create_card import CreateCard
from desk_app.ui.dialogs.recovery_card import RecoveryCard
from desk_app.ui.dialogs.unlock_card import UnlockCard
from desk_app.ui.door import Door
from desk_app.ui.pages.intake import IntakePage
from desk_app.ui.pages.targets import NewPerson
from desk_app.ui.remembered import Remembered
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.strength import SHORTEST, Strength, strength_of
from desk_app.usecases import drafts, users, vaults
from tests.fakes import PASSPHRASE, make_client, make_vault, open_vault, surroundings
from tests.ui.conftest import MakeDesk
from tests.ui.on_screen import words_of
from tests.ui.opened_desk import PATIENCE_MS

HEAVY = (
    "sqlite_utils",
    "sqlcipher3",
    "sqlite3",
    "reportlab",
    "xlsxwriter",
    "pypdfium2",
    "jinja2",
    "cryptography",
    "argon2",
    "pyrage",
    "rapidfuzz",
    "msgspec",
    "zstandard",
)
NAME = "Шамсиддинзода"


def test_nothing_heavy_is_imported_before_the_unlock_window(tmp_path: Path) -> None:
    make_vault(tmp_path).close()
    code = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from desk_app import paths
from desk_app.ui.application import make_appearance, make_application
from desk_app.ui.door import Door
from desk_app.ui.remembered import Remembered
application = make_application(["x"], paths.resources())
remembered = Remembered(QSettings({str(tmp_path / "w.ini")!r}, QSettings.Format.IniFormat))
remembered.language = "en"
appearance = make_appearance(application, paths.resources(), remembered)
door = Door(appearance, remembered, Path({str(tmp_path / "khorugh")!r}))
door.open()
door.entrance.grab()
print(sorted(set({HEAVY!r}) & sys.modules.keys()))
door.left.connect(application.quit)
door.entrance.close()
application.exec()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


def test_wrong_passphrase_is_said_beside_the_field_and_the_right_one_opens(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.door.open()
    desk.unlock("not the passphrase")
    desk.settle()
    assert "passphrase is not right" in words_of(desk.card)
    assert desk.card.open_button.isEnabled()
    assert not desk.card.findChildren(Banner)
    desk.open()
    assert desk.window.pages.current == "today"
    assert desk.door.entrance is None


def test_the_choice_of_users_is_offered_only_where_there_are_several(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.door.open()
    desk.settle()
    assert desk.card.user == ""
    desk.card.show_users(("Зарина", "Далер"))
    desk.card.choose_user("Далер")
    assert desk.card.user == "Далер"


def test_whoever_does_not_say_who_she_is_is_asked_to(make_desk: MakeDesk) -> None:
    desk = make_desk()
    vault = open_vault(desk.folder)
    users.add_user(vault, "Далер", PASSPHRASE, [Role.LAWYER], FLOOR_PARAMETERS)
    vaults.lock(vault)
    desk.door.open()
    desk.settle()
    desk.card.show_users(())
    desk.unlock(PASSPHRASE)
    desk.settle()
    assert "Choose who you are first." in words_of(desk.card)
    assert desk.door.window is None


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda folder: (folder / "core.db").write_bytes(b"half"), "damaged or was copied only in part"),
        (
            lambda folder: [(folder / name).write_bytes(b"{") for name in ("keys.json", "keys-2.json")],
            "key file of this vault is damaged",
        ),
        (
            lambda folder: [one.rename(one.with_suffix(".txt")) for one in folder.iterdir()],
            "There is no vault",
        ),
    ],
)
def test_a_vault_that_cannot_be_opened_gets_a_sentence(
    make_desk: MakeDesk, harm: Callable[[Path], object], words: str
) -> None:
    desk = make_desk()
    harm(desk.folder)
    desk.door.open()
    desk.settle()
    if not desk.card.findChildren(Banner):
        desk.unlock(PASSPHRASE)
        desk.settle()
    assert words in words_of(desk.card)
    assert desk.door.window is None


def test_a_new_desk_shows_its_recovery_code_once_and_opens(
    qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "desk"
    door = Door(appearance, remembered, folder, lambda: surroundings("new"))
    gone: list[bool] = []
    door.left.connect(lambda: gone.append(True))
    door.open()
    assert door.entrance is not None
    card = door.entrance.card
    assert isinstance(card, CreateCard)
    (desks,) = card.findChildren(QComboBox)
    assert desks.itemText(desks.count() - 1).endswith("Coordinator 2")
    card.create_button.click()
    assert all(card.error(name) for name in ("desk", "user", "passphrase", "again"))
    card.set_typed({"desk": "vose", "user": "Далер", "passphrase": "short", "again": "short"})
    card.create_button.click()
    assert "at least 12" in card.error("passphrase")
    card.set_typed({"passphrase": PASSPHRASE, "again": PASSPHRASE + "!"})
    card.create_button.click()
    assert "differ" in card.error("again")
    assert not folder.exists()
    card.set_typed({"again": PASSPHRASE})
    card.create_button.click()
    entrance = door.entrance
    qtbot.waitUntil(lambda: isinstance(entrance.card, RecoveryCard), timeout=PATIENCE_MS)
    recovery = entrance.card
    assert isinstance(recovery, RecoveryCard)
    groups = [one.text() for one in recovery.findChildren(QLabel) if len(one.text()) == 6 and one.text().isdigit()]
    assert len(groups) == 8
    recovery.group.set_typed("000000")
    recovery.open_button.click()
    assert "not the group" in recovery.error
    recovery.group.set_typed(groups[recovery.asked - 1])
    recovery.open_button.click()
    qtbot.waitUntil(lambda: door.window is not None, timeout=PATIENCE_MS)
    assert door.window is not None
    door.window.close()
    qtbot.waitUntil(lambda: bool(gone), timeout=PATIENCE_MS)
    vault = vaults.unlock(folder, "Далер", PASSPHRASE, surroundings("read"))
    assert vault.desk == "vose"
    vault.close()


def test_the_bound_of_the_hint_is_the_bound_of_the_vault() -> None:
    assert SHORTEST == vaults.SHORTEST_PASSPHRASE
    assert strength_of("a" * 11) is Strength.TOO_SHORT
    assert strength_of("a" * 30) is Strength.REPEATS
    assert strength_of("дарахти сабз") is Strength.FAIR
    assert strength_of("чор калима ки бо ҳам нестанд") is Strength.GOOD


def test_locking_blanks_the_window_and_keeps_what_was_being_typed(make_desk: MakeDesk) -> None:
    desk = make_desk(fill=lambda vault: make_client(vault, surname=NAME)).open()
    desk.window.go("people")
    desk.settle()
    desk.window.go("intake", NewPerson())
    page = desk.page
    assert isinstance(page, IntakePage)
    desk.settle()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [desk.window]
    page._write("")
    line = page.form.fields.input("given_name").target()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "Farhod")
    QTest.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.door.window is None
    assert desk.door._session is None
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert shown == [desk.door.entrance]
    everything = "".join(words_of(one) for one in QApplication.topLevelWidgets())
    assert NAME not in everything
    typed = [one.text() for top in QApplication.topLevelWidgets() for one in top.findChildren(QLineEdit)]
    assert "Farhod" not in typed
    desk.open()
    desk.window.go("intake")
    desk.settle()
    again = desk.page
    assert isinstance(again, IntakePage)
    assert again.form.typed()["given_name"] == "Farhod"


def test_an_idle_desk_locks_itself(make_desk: MakeDesk) -> None:
    desk = make_desk(idle_ms=150)
    desk.door.open()
    desk.unlock(PASSPHRASE)
    desk.qtbot.waitUntil(lambda: desk.door.window is not None, timeout=PATIENCE_MS)
    desk.qtbot.waitUntil(lambda: desk.door.window is None, timeout=PATIENCE_MS)
    assert isinstance(desk.card, UnlockCard)


def test_closing_keeps_the_draft_and_closes_the_vault(make_desk: MakeDesk) -> None:
    desk = make_desk().open()
    desk.window.go("intake", NewPerson("Сафар"))
    desk.settle()
    desk.close()
    assert not (desk.folder / "core.db-wal").exists()
    vault = open_vault(desk.folder)
    kept = drafts.find(vault, "intake")
    vault.close()
    assert kept is not None
    assert kept.values["given_name"] == "Сафар"


WRITER = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtTest import QTest
from desk_app import paths
from desk_app.ui.application import make_appearance, make_application
from desk_app.ui.door import Door
from desk_app.ui.pages.targets import NewPerson
from desk_app.ui.remembered import Remembered
from tests.fakes import PASSPHRASE
folder = Path(sys.argv[1])
application = make_application(["x"], paths.resources())
remembered = Remembered(QSettings(str(folder.parent / "w.ini"), QSettings.Format.IniFormat))
remembered.language = "en"
door = Door(make_appearance(application, paths.resources(), remembered), remembered, folder)
door.open()
door.entrance.card.passphrase.set_typed(PASSPHRASE)
door.entrance.card.open_button.click()

def type_in() -> None:
    if door.window is None:
        return
    timer.stop()
    door.window.go("intake", NewPerson("Kamol"))
    page = door.window.pages.current_page
    QTest.keyClicks(page.form.fields.input("surname").target(), "Rahimov")
    print("typed", flush=True)

timer = QTimer()
timer.timeout.connect(type_in)
timer.start(20)
QTimer.singleShot(60_000, application.quit)
application.exec()
"""


def test_what_was_typed_is_there_after_the_process_was_killed(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk()
    root = str(Path(__file__).resolve().parents[2])
    around = {**os.environ, "PYTHONPATH": root}
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(desk.folder)], stdout=subprocess.PIPE, text=True, env=around
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "typed"
        reader = open_vault(desk.folder)
        try:
            end = time.monotonic() + PATIENCE_MS / 1000
            while stored_drafts.get(reader.db, reader.user, "intake") is None and time.monotonic() < end:
                time.sleep(0.05)
        finally:
            reader.close()
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
    finally:
        writer.kill()
        writer.wait()
        if writer.stdout is not None:
            writer.stdout.close()
    desk.open()
    page = desk.visit(IntakePage, "intake")
    assert page.form.typed()["surname"] == "Rahimov"
    assert page.form.typed()["given_name"] == "Kamol"
