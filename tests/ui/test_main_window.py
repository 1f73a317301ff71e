"""The shell: pages made when opened, another look without loss, keys in any layout, what pages may ask of it."""

import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desk_app.ui.appearance import Appearance
from desk_app.ui.background import Job
from desk_app.ui.changes import Changes
from desk_app.ui.icons import Icon
from desk_app.ui.main_window import MainWindow
from desk_app.ui.page import Page, PageEntry, Search, Surroundings
from desk_app.ui.remembered import Remembered
from desk_app.ui.theme import Role
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.progress import ProgressStrip
from desk_app.ui.widgets.snack import Snack

MakeWindow = Callable[..., MainWindow]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Diary:
    """What happened to the pages, in order."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def entry(self, key: str, *, in_sidebar: bool = True) -> PageEntry:
        """A page that writes into the diary."""
        return PageEntry(key, key.title(), Icon.TODAY, lambda around: DiaryPage(around, key, self), in_sidebar)


class DiaryPage(Page):
    """One line to type in."""

    kinds = frozenset({"client"})

    def __init__(self, around: Surroundings, key: str, diary: Diary) -> None:
        super().__init__(around)
        self._key, self._diary = key, diary
        self.line = QLineEdit()
        self.line.setAccessibleName(key)
        self.body.addWidget(self.line)
        self._note("made")

    def _note(self, what: str) -> None:
        self._diary.lines.append(f"{self._key} {what}")

    def reload(self) -> None:
        self._note("read")

    def arrive(self, target: object) -> None:
        self._note(f"for {target.text if isinstance(target, Search) else target}")

    def kept(self) -> object:
        return self.line.text()

    def take_back(self, kept: object) -> None:
        self.line.setText(str(kept))

    def flush(self) -> None:
        self._note("flushed")

    def enter(self) -> None:
        self._note("entered")

    def back(self) -> bool:
        self._note("back")
        return True

    def print_page(self) -> None:
        self._note("printed")


@pytest.fixture
def diary() -> Diary:
    """An empty one."""
    return Diary()


@pytest.fixture
def window(qtbot: QtBot, make_window: MakeWindow, diary: Diary) -> MainWindow:
    """Three pages in the sidebar and one beside."""
    made = make_window(*map(diary.entry, ("today", "people", "figures")), diary.entry("intake", in_sidebar=False))
    made.go("today")
    qtbot.waitUntil(made.isActiveWindow)
    return made


def line_of(window: MainWindow) -> QLineEdit:
    """The line of the open page."""
    page = window.pages.current_page
    assert isinstance(page, DiaryPage)
    return page.line


def test_pages_are_made_when_first_opened(window: MainWindow, diary: Diary) -> None:
    window.go("people", "0123")
    window.go("today")
    assert diary.lines == ["today made", "today read", "people made", "people read", "people for 0123"]
    with pytest.raises(KeyError):
        window.go("nowhere")


def test_a_change_reloads_what_shows_it_now_or_when_next_shown(
    window: MainWindow, diary: Diary, changes: Changes
) -> None:
    window.go("people")
    diary.lines.clear()
    changes.tell("referral")
    assert diary.lines == []
    changes.tell("client", "consent")
    assert diary.lines == ["people read"]
    window.go("today")
    window.go("people")
    assert diary.lines == ["people read", "today read"]


def test_another_language_keeps_what_was_typed_on_every_page(
    window: MainWindow, appearance: Appearance, remembered: Remembered
) -> None:
    line_of(window).setText("half a sen")
    window.go("people")
    line_of(window).setText("исмоил")
    appearance.choose_language("tg")
    assert window.pages.current == "people"
    assert line_of(window).text() == "исмоил"
    window.go("today")
    assert line_of(window).text() == "half a sen"
    assert window.pages.current_page.look.tr.language.code == "tg"
    assert remembered.language == "tg"


def test_what_a_page_kept_survives_two_changes_while_it_is_not_shown(
    window: MainWindow, appearance: Appearance
) -> None:
    line_of(window).setText("half a sen")
    window.go("people")
    appearance.choose_language("tg")
    appearance.choose_dark(True)
    window.go("today")
    assert line_of(window).text() == "half a sen"


def test_the_language_list_of_the_sidebar_switches_in_place(
    qtbot: QtBot, window: MainWindow, appearance: Appearance
) -> None:
    combo = window.sidebar.findChild(QComboBox)
    assert combo is not None
    assert [combo.itemText(place) for place in range(combo.count())][:2] == ["Тоҷикӣ", "Русский"]
    combo.setCurrentIndex(1)
    with qtbot.waitSignal(appearance.changed):
        combo.activated.emit(1)
    assert appearance.look.tr.language.code == "ru"


def test_dark_and_large_are_worn_at_once_and_remembered(
    window: MainWindow, appearance: Appearance, remembered: Remembered
) -> None:
    light = window.grab().toImage().pixelColor(1000, 500)
    appearance.choose_dark(True)
    appearance.choose_text_size(150)
    dark = window.grab().toImage().pixelColor(1000, 500)
    assert light.lightness() > 200 > 60 > dark.lightness()
    assert window.sidebar.width() == 270
    assert (remembered.dark, remembered.text_size) == (True, 150)
    assert appearance.look.theme.colour(Role.PAPER) == dark


def test_the_sidebar_is_narrow_next_time_too(qtbot: QtBot, window: MainWindow, remembered: Remembered) -> None:
    window.sidebar.width_asked.emit(True)
    assert (window.sidebar.width(), remembered.narrow_sidebar) == (56, True)
    assert {button.accessibleName() for button in window.sidebar.findChildren(QPushButton)} >= {"§Today", "§People"}
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert window.sidebar.width() == 216
    assert window.sidebar.search is not None
    assert window.sidebar.search.hasFocus()


KEYS = [
    (Qt.Key.Key_K, CONTROL, None),
    (Qt.Key(ord("Л")), CONTROL, None),
    (Qt.Key.Key_N, CONTROL, "intake"),
    (Qt.Key(ord("Т")), CONTROL, "intake"),
    (Qt.Key.Key_3, ALT, "figures"),
    (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "help"),
]


@pytest.mark.qt_log_ignore("keyToAscii", extend=True)
@pytest.mark.parametrize(("key", "modifier", "page"), KEYS, ids=["K", "Л", "N", "Т", "Alt+3", "F1"])
def test_the_keys_of_the_window_in_any_layout(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier, page: str | None
) -> None:
    line_of(window).setFocus()
    qtbot.keyClick(line_of(window), key, modifier)
    assert window.pages.current == (page or "today")
    assert window.sidebar.search is not None
    assert window.sidebar.search.hasFocus() == (page is None)


def test_the_keyboard_goes_into_a_page_that_a_key_opened(qtbot: QtBot, window: MainWindow, diary: Diary) -> None:
    assert window.sidebar.search is not None
    window.sidebar.search.setFocus()
    qtbot.keyClick(window.sidebar.search, Qt.Key.Key_2, ALT)
    assert not window.sidebar.search.hasFocus()
    qtbot.waitUntil(line_of(window).hasFocus)
    assert diary.lines[-1] == "people entered"


@pytest.mark.qt_log_ignore("keyToAscii", extend=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key(ord("Д"))], ids=["L", "Д"])
def test_locking_keeps_drafts_first_and_forgetting_leaves_no_page(
    qtbot: QtBot, window: MainWindow, diary: Diary, key: Qt.Key
) -> None:
    diary.lines.clear()
    with qtbot.waitSignal(window.lock_asked):
        qtbot.keyClick(window, key, CONTROL)
    assert diary.lines == ["today flushed"]
    window.forget()
    assert window.pages.current == ""
    qtbot.waitUntil(lambda: window.findChildren(DiaryPage) == [])


def test_print_and_back_go_to_the_open_page(qtbot: QtBot, window: MainWindow, diary: Diary) -> None:
    diary.lines.clear()
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert diary.lines == ["today printed", "today back"]


def test_typing_in_the_search_box_searches_people(qtbot: QtBot, window: MainWindow, diary: Diary) -> None:
    search = window.sidebar.search
    assert search is not None
    search.setFocus()
    qtbot.keyClicks(search, "ismoil")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert (window.pages.current, diary.lines[-1]) == ("people", "people for ismoil")
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert diary.lines[-1] == "people entered"
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), diary.lines[-1]) == ("", "people for ")


def test_a_snack_takes_back_what_it_says(qtbot: QtBot, window: MainWindow) -> None:
    undone: list[str] = []
    window.say("First")
    window.say("Saved.", lambda: undone.append("yes"))
    shown = [snack for snack in window.findChildren(Snack) if snack.isVisible()]
    assert [snack.accessibleName() for snack in shown] == ["Saved."]
    qtbot.mouseClick(shown[0].findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert undone == ["yes"]
    assert not shown[0].isVisible()
    window.say("Moved.", lambda: undone.append("by key"))
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.sidebar.search is not None
    window.sidebar.search.setFocus()
    qtbot.keyClick(window.sidebar.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["yes"]  # Where somebody types it is the typing that is taken back.
    window.pages.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["yes", "by key"]
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["yes", "by key"]


def test_a_banner_is_said_again_in_another_language_and_kept_in_another_theme(
    qtbot: QtBot, window: MainWindow, appearance: Appearance
) -> None:
    acted: list[None] = []
    window.warn(
        lambda tr: f"{tr.text('Notes')} {tr.language.code}",
        action=lambda tr: tr.text("Read"),
        act=lambda: acted.append(None),
    )
    window.warn("Said once")

    def said() -> list[str]:
        return [one.accessibleName() for one in window.findChildren(Banner) if one.isVisible()]

    appearance.choose_dark(True)
    qtbot.waitUntil(lambda: said() == ["§Notes en", "Said once"])
    appearance.choose_language("tg")
    qtbot.waitUntil(lambda: said() == ["§Notes tg"])
    (banner,) = [one for one in window.findChildren(Banner) if one.isVisible()]
    banner.acted.emit()
    qtbot.waitUntil(lambda: not said())
    assert acted == [None]
    appearance.choose_language("ru")
    assert said() == []


def test_a_banner_stands_once_until_it_is_acted_upon(qtbot: QtBot, window: MainWindow) -> None:
    acted: list[str] = []
    window.warn("31 records wait.", action="Send", act=lambda: acted.append("sent"))
    window.warn("31 records wait.")
    banners = window.findChildren(Banner)
    assert len(banners) == 1
    qtbot.mouseClick(banners[0].findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChildren(Banner) == [])
    assert acted == ["sent"]


@pytest.mark.expects_log("window_bug")
def test_work_ends_with_its_result_or_a_banner(qtbot: QtBot, window: MainWindow) -> None:
    results: list[int] = []

    def count(job: Job) -> int:
        job.report(1, 2, "{done} of {total}")
        return 2

    window.work("Counting", count, results.append)
    qtbot.waitUntil(lambda: results == [2])
    window.work("Counting", lambda _job: 1 // 0, results.append)
    qtbot.waitUntil(lambda: bool(window.findChildren(Banner)))
    assert [banner.accessibleName() for banner in window.findChildren(Banner)] == ["§Described: ZeroDivisionError"]


def test_work_whose_page_is_gone_tells_nobody_and_lets_the_strip_go(qtbot: QtBot, window: MainWindow) -> None:
    results: list[str] = []
    owner, hold = QObject(), threading.Event()
    window.work("Counting", lambda _job: hold.wait(10), results.append, owner=owner)
    shiboken6.delete(owner)
    strip = window.findChild(ProgressStrip)
    assert strip is not None
    qtbot.waitUntil(strip.isVisible)
    hold.set()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert results == []


def test_the_window_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys; import desk_app.ui.main_window, desk_app.ui.application, desk_app.ui.forms.record_form;"
        "print([m for m in ('sqlite_utils','reportlab','xlsxwriter','sqlcipher3','pypdfium2') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
