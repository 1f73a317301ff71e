"""Courses and settings in the window, on a real vault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk_app.domain.records.course import PARTICIPANT
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.pages.courses.course_panel import CoursePanel
from desk_app.ui.pages.courses.page import CoursesPage
from desk_app.ui.pages.settings import page as settings
from desk_app.ui.pages.settings.page import SettingsPage
from desk_app.ui.pages.today import TodayPage
from desk_app.ui.remembered import Remembered
from desk_app.usecases import checking, drafts, records
from tests.fakes import make_client
from tests.ui.conftest import MARK
from tests.ui.on_screen import words_of
from tests.ui.opened_desk import OpenedDesk

CONTROL = Qt.KeyboardModifier.ControlModifier


def fill(vault: Vault) -> None:
    """One course with a participant known by name."""
    make_client(vault, "Зуҳро", sex="female")
    course = records.add(
        vault, "course", {"title": "Дӯзандагӣ", "course_kind": "vocational", "place": "Нурек 3/8", "in_prison": True}
    ).id
    records.add(vault, "participant", {"course": course, "name": "<i>Мавзуна</i>", "state": "enrolled"})


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[OpenedDesk]:
    made = OpenedDesk(qtbot, appearance, remembered, tmp_path, fill)
    made.open()
    yield made
    made.close()


def courses(desk: OpenedDesk) -> CoursesPage:
    return desk.visit(CoursesPage, "courses")


def settings_page(desk: OpenedDesk) -> SettingsPage:
    return desk.visit(SettingsPage, "settings")


def participants(desk: OpenedDesk) -> list[tuple[str, str]]:
    found = desk.ask(lambda vault: records.find_all(vault, PARTICIPANT.name, order="made"))
    return [(one.text("name"), one.text("state")) for one in found]


def test_a_course_opens_with_its_participants_and_one_is_added(desk: OpenedDesk) -> None:
    page = courses(desk)
    page.enter()
    QTest.keyClick(page.rows, Qt.Key.Key_Return)
    desk.settle()
    panel = page.panel.content
    assert isinstance(panel, CoursePanel)
    assert [row.title for row in panel.rows._rows.rows] == ["<i>Мавзуна</i>"]
    assert "Нурек 3/8" in words_of(panel)

    add = next(one for one in page.panel.findChildren(QPushButton) if "Add a participant" in one.accessibleName())
    add.click()
    desk.settle()
    form = page.records.form
    assert form is not None
    form.input("name").set_typed("Дилноза")
    QTest.keyClick(form.input("name").target(), Qt.Key.Key_S, CONTROL)
    desk.settle()

    assert participants(desk) == [("<i>Мавзуна</i>", "enrolled"), ("Дилноза", "enrolled")]
    panel = page.panel.content
    assert isinstance(panel, CoursePanel)
    assert [row.title for row in panel.rows._rows.rows] == ["<i>Мавзуна</i>", "Дилноза"]
    assert page.rows._rows.rows[0].tail == f"{MARK}2 participants"


def test_how_it_ended_is_written_down(desk: OpenedDesk) -> None:
    page = courses(desk)
    page.open_course(page.rows._rows.rows[0].key)
    panel = page.panel.content
    assert isinstance(panel, CoursePanel)
    panel.rows.opened.emit(panel.rows._rows.rows[0].key)
    desk.settle()
    form = page.records.form
    assert form is not None
    form.input("state").set_typed("completed")
    page.records.save()
    desk.settle()
    assert participants(desk) == [("<i>Мавзуна</i>", "completed")]


def test_a_course_without_a_title_is_not_saved_and_its_draft_stays(desk: OpenedDesk) -> None:
    page = courses(desk)
    page.add_course()
    desk.settle()
    form = page.records.form
    assert form is not None
    form.input("place").set_typed("Ёвон 3/6")
    form.edited.emit()
    page.records.save()
    desk.settle()
    assert form.row("title").error
    assert len(desk.ask(lambda vault: records.find_all(vault, "course"))) == 1
    assert page.back()
    desk.settle()
    assert desk.ask(lambda vault: [one.key for one in drafts.all_drafts(vault)]) == ["course"]
    page.arrive("course")
    desk.settle()
    assert page.records.form is not None
    assert page.records.form.input("place").typed() == "Ёвон 3/6"


def test_the_letterhead_is_written_once_and_then_changed(desk: OpenedDesk) -> None:
    page = settings_page(desk)
    for name, address in (("Нуқтаи Хоруғ", "кӯчаи Ленин, 4"), ("Нуқтаи Хоруғ", "кӯчаи Гагарин, 4")):
        page.edit_button.click()
        desk.settle()
        form = page.records.form
        assert form is not None
        form.input("name_tg").set_typed(name)
        form.input("address").set_typed(address)
        page.records.save()
        desk.settle()
    (profile,) = desk.ask(lambda vault: records.find_all(vault, "desk_profile"))
    assert profile.text("address") == "кӯчаи Гагарин, 4"
    assert "кӯчаи Гагарин, 4" in words_of(page)


def test_the_check_says_that_all_is_sound_and_what_is_not(desk: OpenedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = settings_page(desk)
    page.check_card.start.click()
    desk.settle()
    assert "Everything is sound" in words_of(page.check_card)
    assert page.check_card.start.isEnabled()

    def spoil(vault: Vault) -> None:
        vault.db.execute("UPDATE course SET title = 'Another'")
        vault.db.conn.commit()

    desk.ask(spoil)
    page.check_card.start.click()
    desk.settle()
    assert "A record does not show what its changes say." in words_of(page.check_card)

    def stopped(*_asked: object) -> checking.CheckResult:
        return checking.CheckResult(False, "", (), stopped=True)

    monkeypatch.setattr(settings.checking, "check", stopped)
    page.check_card.start.click()
    desk.settle()
    assert "The check was stopped." in words_of(page.check_card)


def test_the_windows_look_is_chosen_and_remembered(
    desk: OpenedDesk, appearance: Appearance, remembered: Remembered
) -> None:
    settings_page(desk).window_card.themes._clicked("dark")
    desk.settle()
    assert appearance.look.theme.dark
    page = desk.page
    assert isinstance(page, SettingsPage)
    assert page.window_card.themes.codes == {"dark"}
    page.window_card.themes._clicked("system")
    desk.settle()
    assert remembered.dark is None
    page = desk.page
    assert isinstance(page, SettingsPage)
    assert page.window_card.themes.codes == {"system"}
    page.window_card.sizes._clicked("150")
    desk.settle()
    assert appearance.look.theme.text_size == 150
    page = desk.page
    assert isinstance(page, SettingsPage)
    page.window_card.languages._clicked("tg")
    desk.settle()
    assert appearance.look.tr.language.code == "tg"


def test_todays_drafts_open_where_they_were_begun(desk: OpenedDesk) -> None:
    page = courses(desk)
    page.add_course()
    desk.settle()
    form = page.records.form
    assert form is not None
    form.input("title").set_typed("Пухту паз")
    form.edited.emit()
    page.back()
    desk.window.go("today")
    desk.settle()
    today = desk.page
    assert isinstance(today, TodayPage)
    today._open("drafts", "course")
    desk.settle()
    page = courses(desk)
    assert page.records.form is not None
    assert page.records.form.input("title").typed() == "Пухту паз"
