"""The tab of private notes: who holds the key writes and reads; a colleague sees whose they are and who opens them."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.ids import RecordId
from desk_app.domain.rules.roles import Role
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.targets import OpenPerson
from desk_app.ui.remembered import Remembered
from desk_app.ui.widgets.lines import LongTextField
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases import drafts, notes, users, vaults
from tests.fakes import PASSPHRASE, USER, FakeClock, make_client, open_vault, surroundings
from tests.ui.conftest import MARK
from tests.ui.on_screen import press, rows_of, words_of
from tests.ui.opened_desk import PATIENCE_MS, OpenedDesk

TEXT = "Мизоҷ аз бародараш метарсад."
PSYCHOLOGIST = "Гулчеҳра"
Opened = Callable[[Role], OpenedDesk]


@pytest.fixture
def opened(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[Opened]:
    """Opens the window for the vault's first user, who is of that profession; a colleague wrote a note before."""
    made: list[OpenedDesk] = []

    def fill(vault: Vault) -> RecordId:
        users.add_user(vault, PSYCHOLOGIST, PASSPHRASE, {Role.PSYCHOLOGIST}, FLOOR_PARAMETERS)
        return make_client(vault, "Исмоил")

    def open_for(role: Role) -> OpenedDesk:
        desk = OpenedDesk(qtbot, appearance, remembered, tmp_path, fill)
        around = surroundings("hers", FakeClock())
        with closing(vaults.unlock(desk.folder, PSYCHOLOGIST, PASSPHRASE, around)) as hers:
            assert desk.filled is not None
            notes.write(hers, desk.filled, {"profession": "psychologist", "text": TEXT})
            first = next(one.user for one in users.members(hers) if one.name == USER)
        with closing(open_vault(desk.folder)) as head:
            users.set_roles(head, first, {Role.HEAD, role})
        if role is Role.PSYCHOLOGIST:
            with closing(vaults.unlock(desk.folder, PSYCHOLOGIST, PASSPHRASE, around)) as hers:
                users.hand_over(hers, role, first)
        made.append(desk)
        return sign_in(desk)

    yield open_for
    for desk in made:
        desk.close()


def sign_in(desk: OpenedDesk) -> OpenedDesk:
    """Open the window as the first user."""
    desk.door.open()

    def chosen() -> bool:
        desk.card.choose_user(USER)  # The names are read while the card is shown already.
        return desk.card.user == USER

    desk.qtbot.waitUntil(chosen, timeout=PATIENCE_MS)
    return desk.open()


def notes_of(desk: OpenedDesk, panel: str = "") -> PersonPage:
    """The person's page at the tab of notes."""
    assert desk.filled is not None
    page = desk.visit(PersonPage, "person", OpenPerson(desk.filled, panel))
    page.tabs.setCurrentWidget(page.notes)
    return page


def shown(page: PersonPage) -> list[Row]:
    return rows_of(page.notes.list.rows)


def open_first(desk: OpenedDesk, page: PersonPage) -> None:
    page.notes.list.rows.pick_first()
    QTest.keyClick(page.notes.list.rows, Qt.Key.Key_Return)
    desk.settle()


def test_who_holds_the_key_reads_corrects_and_writes(opened: Opened) -> None:
    desk = opened(Role.PSYCHOLOGIST)
    page = notes_of(desk)
    assert [(row.title, row.detail, row.lead, row.tail) for row in shown(page)] == [
        (MARK + "Psychologist", PSYCHOLOGIST, "05.03.2026", "")
    ]
    open_first(desk, page)
    assert TEXT in words_of(page.panel)
    press(page.panel, "Correct")
    desk.settle()
    form = page.records.form
    assert form is not None
    assert form.typed() == {"text": TEXT}
    form.set_typed({"text": "Бародараш рафтааст."})
    page.records.save()
    desk.settle()
    press(page.notes, "Write a private note")
    desk.settle()
    form = page.records.form
    assert form is not None
    assert set(form.typed()) == {"written_on", "text"}
    text = form.input("text")
    assert isinstance(text, LongTextField)
    text.set_typed("Имрӯз ором буд.")
    text.setFocus()
    QTest.keyClick(page.panel.window().focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert [row.detail for row in shown(page)] == [USER, USER]
    client = desk.filled
    texts = desk.ask(lambda vault: [notes.read(vault, one.record.id) for one in notes.of_client(vault, client)])
    assert texts == ["Имрӯз ором буд.", "Бародараш рафтааст."]
    assert desk.ask(drafts.all_drafts) == []


def test_another_profession_sees_that_there_is_a_note_and_who_can_open_it(opened: Opened) -> None:
    desk = opened(Role.SOCIAL_WORKER)
    page = notes_of(desk)
    assert [(row.title, row.detail, row.tail) for row in shown(page)] == [
        (MARK + "Psychologist", PSYCHOLOGIST, MARK + "Sealed")
    ]
    assert not [one for one in page.notes.findChildren(QPushButton) if not one.isHidden()]
    open_first(desk, page)
    assert TEXT not in words_of(page.panel)
    assert "The text of this note opens only for this role: " + MARK + "Psychologist" in words_of(page.panel)
    assert not [one for one in page.panel.findChildren(QPushButton) if one.text().strip() == MARK + "Correct"]
    for asked in (f"note:{desk.filled}", f"correct_note:{shown(page)[0].key}"):
        page = notes_of(desk, asked)
        assert page.records.form is None
    assert TEXT not in words_of(page)


def test_a_note_half_written_is_kept_for_its_author_and_comes_back_from_today(opened: Opened) -> None:
    desk = opened(Role.LAWYER)
    page = notes_of(desk, f"note:{desk.filled}")
    form = page.records.form
    assert form is not None
    text = form.input("text")
    text.set_typed("Нимнавишта")
    text.edited.emit()
    page.flush()
    desk.settle()
    kept = desk.ask(drafts.all_drafts)
    assert [(one.key, one.values["text"]) for one in kept] == [(f"note:{desk.filled}", "Нимнавишта")]
    desk.window.go("today")
    desk.settle()
    today: Any = desk.page
    row = rows_of(today.lists["drafts"])[0]
    assert (row.title, row.detail) == ("Исмоил", MARK + "Private note")
    today.lists["drafts"].opened.emit(row.key)
    desk.settle()
    again = desk.page
    assert isinstance(again, PersonPage)
    assert again.records.form is not None
    assert again.records.form.typed()["text"] == "Нимнавишта"
    again.records.save()
    desk.settle()
    assert desk.ask(drafts.all_drafts) == []
    assert {row.title for row in shown(again)} == {MARK + "Lawyer", MARK + "Psychologist"}
