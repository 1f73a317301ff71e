"""The page of the record of access, and the minutes until the desk locks itself."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.ids import RecordId
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Role
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.pages.audit.page import AuditPage
from desk_app.ui.pages.audit.read import PAGE_ROWS
from desk_app.ui.pages.settings.page import SettingsPage
from desk_app.ui.pages.targets import AUDIT, SETTINGS
from desk_app.ui.remembered import Remembered
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases import audit, locking, people, users
from tests.fakes import PASSPHRASE, USER, make_client
from tests.ui.conftest import MARK
from tests.ui.opened_desk import PATIENCE_MS, OpenedDesk


def fill(vault: Vault) -> RecordId:
    users.add_user(vault, "Далер", PASSPHRASE, [Role.LAWYER], FLOOR_PARAMETERS)
    client = make_client(vault, surname="Назаров", consents="")
    people.person(vault, client)
    for _ in range(PAGE_ROWS):
        audit.note(vault, Action.EXPORTED, detail="coordinator")
    return client


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> OpenedDesk:
    return OpenedDesk(qtbot, appearance, remembered, tmp_path, fill)


def enter(desk: OpenedDesk, name: str = USER) -> None:
    desk.door.open()
    desk.qtbot.waitUntil(lambda: desk.card._user is not None, timeout=PATIENCE_MS)
    desk.card.choose_user(name)
    desk.unlock(PASSPHRASE)
    desk.qtbot.waitUntil(lambda: desk.door.window is not None, timeout=PATIENCE_MS)
    desk.settle()


def opened(desk: OpenedDesk) -> AuditPage:
    return desk.visit(AuditPage, AUDIT)


def rows(page: AuditPage) -> list[Row]:
    return list(page.list._rows.rows)


def choose(desk: OpenedDesk, combo: QComboBox, data: object) -> None:
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())
    desk.settle()


def test_the_record_is_read_a_page_at_a_time_and_filtered(desk: OpenedDesk) -> None:
    enter(desk)
    page = opened(desk)
    assert len(rows(page)) == PAGE_ROWS
    assert rows(page)[0].title == f"{MARK}Unlocked the desk"
    assert rows(page)[1].title == f"{MARK}Wrote a bundle"
    page.more.click()
    desk.settle()
    titles = [row.title for row in rows(page)]
    assert len(titles) > PAGE_ROWS
    assert not page.more.isVisible()
    choose(desk, page.action, Action.SEEN.value)
    (seen,) = rows(page)
    assert "KHG-2026-1" in seen.detail
    assert seen.tail == "Зарина"
    choose(desk, page.user, next(user for user, name in _users(page) if name == "Далер"))
    assert (rows(page), page.nothing.isVisible()) == ([], True)
    choose(desk, page.user, None)
    page.list.opened.emit("0")
    desk.settle()
    assert desk.window.pages.current == "person"
    desk.close()


def _users(page: AuditPage) -> list[tuple[str, str]]:
    return [(page.user.itemData(place), page.user.itemText(place)) for place in range(page.user.count())]


def test_a_day_is_chosen(desk: OpenedDesk) -> None:
    enter(desk)
    page = opened(desk)
    page.day.set_typed("04.03.2026")
    page.day.edited.emit()
    desk.settle()
    assert rows(page) == []
    page.day.set_typed("05.03.2026")
    page.day.edited.emit()
    desk.settle()
    assert len(rows(page)) == PAGE_ROWS
    desk.door._appearance.choose_language("ru")
    desk.settle()
    again = desk.page
    assert isinstance(again, AuditPage)
    assert (again.day.typed(), len(rows(again))) == ("05.03.2026", PAGE_ROWS)
    page = again
    assert page.back()
    assert desk.window.pages.current == SETTINGS
    desk.close()


def test_a_lawyer_sees_only_what_she_did(desk: OpenedDesk) -> None:
    enter(desk, "Далер")
    page = opened(desk)
    assert {row.tail for row in rows(page)} == {"Далер"}
    assert page.own.isVisible()
    assert not page.user.isVisible()
    desk.close()


def test_the_minutes_until_the_desk_locks_are_chosen_in_the_settings(desk: OpenedDesk) -> None:
    enter(desk)
    page = desk.visit(SettingsPage, SETTINGS)
    assert page.lock_card.minutes.codes == {"10"}
    page.lock_card.minutes._clicked("5")
    desk.settle()
    assert desk.ask(locking.idle_minutes) == 5
    assert page.lock_card.minutes.codes == {"5"}
    desk.close()
