"""Scans on the page of a person: dropped, named, looked at, turned, copied out after a warning, removed, restored."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk_app.domain.ids import RecordId
from desk_app.i18n.languages import ENGLISH
from desk_app.i18n.translator import Translator
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.pages import attachment_panels
from desk_app.ui.pages.attachments_tab import place_words
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.targets import OpenPerson
from desk_app.ui.remembered import Remembered
from desk_app.usecases import attachments, audit
from desk_app.usecases.attachments import Place, Where
from tests.fakes import make_client
from tests.ui.conftest import MARK
from tests.ui.on_screen import press, rows_of, words_of
from tests.ui.opened_desk import OpenedDesk


def scan(folder: Path, pages: int = 1) -> Path:
    path = folder / "scan.tif"
    sheets = [Image.new("L", (300, 400), 80 * number) for number in range(pages)]
    sheets[0].save(path, save_all=True, append_images=sheets[1:])
    return path


def fill(vault: Vault) -> dict[str, RecordId]:
    client = make_client(vault, "Исмоил")
    path = scan(vault.folder.parent, 3)
    made = attachments.add(vault, client, path, {"type": "paper", "title": "Шаҳодатнома", "dated": "2026-03"})
    return {"client": client, "scan": made.id}


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[OpenedDesk]:
    opened = OpenedDesk(qtbot, appearance, remembered, tmp_path, fill).open()
    yield opened
    opened.close()


def tab(desk: OpenedDesk) -> tuple[PersonPage, dict[str, RecordId]]:
    assert isinstance(desk.filled, dict)
    page = desk.visit(PersonPage, "person", OpenPerson(desk.filled["client"]))
    page.tabs.setCurrentWidget(page.attachments)
    desk.settle()
    return page, desk.filled


def test_a_dropped_scan_is_named_and_listed(desk: OpenedDesk, tmp_path: Path) -> None:
    page, known = tab(desk)
    page.attachments.area.dropped.emit([scan(tmp_path)])
    desk.settle()
    assert page.records.form is not None
    assert set(page.records.form.typed()) == {"type", "title", "dated"}
    page.records.form.input("title").set_typed("Ариза")
    press(page.panel, "Save")
    desk.settle()
    rows = rows_of(page.attachments.list.rows)
    assert [(row.title, row.tail) for row in rows] == [("Ариза", ""), ("Шаҳодатнома", "")]
    assert rows[1].lead == "03.2026"
    assert len(desk.ask(lambda vault: attachments.of_client(vault, known["client"]))) == 2


def test_what_is_no_scan_is_refused_in_words_and_the_form_stays(desk: OpenedDesk, tmp_path: Path) -> None:
    page, _ = tab(desk)
    (tmp_path / "letter.txt").write_text("Dear colleague")
    page.attachments.area.dropped.emit([tmp_path / "letter.txt"])
    desk.settle()
    assert page.records.form is not None
    page.records.form.input("title").set_typed("Ариза")
    press(page.panel, "Save")
    desk.settle()
    assert "no picture or PDF" in words_of(desk.window)
    assert page.records.form is not None


def test_a_scan_is_looked_at_turned_and_made_larger_inside_the_program(desk: OpenedDesk) -> None:
    page, known = tab(desk)
    page.attachments.open(known["scan"])
    desk.settle()
    view = page.attachments.view
    assert page.attachments.currentIndex() == 1
    assert MARK + "Page 1 of 3" in words_of(view)
    first, width = view.sheet.picture.pixelColor(50, 50).red(), view.sheet.width()
    assert not view.before.isEnabled()
    view.after.click()
    desk.settle()
    assert MARK + "Page 2 of 3" in words_of(view)
    assert view.sheet.picture.pixelColor(50, 50).red() > first + 40
    view.larger.click()
    assert view.sheet.width() > width
    for _ in range(20):
        view.larger.click()
    assert not view.larger.isEnabled()
    acts = desk.ask(lambda vault: audit.entries(vault, record=known["scan"]))
    assert "seen" in [one.action for one in acts]
    assert page.back()
    assert page.attachments.currentIndex() == 0
    assert view.sheet.picture.isNull()


def test_a_copy_is_saved_after_a_warning_and_written_down(
    desk: OpenedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, known = tab(desk)
    page.attachments.open(known["scan"])
    desk.settle()
    page.attachments.buttons["save_attachment"].click()
    assert "outside the vault" in words_of(page.panel)
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> Path:
        offered.append(name)
        return tmp_path / "copy.pdf"

    monkeypatch.setattr(attachment_panels, "choose_new_file", choose)
    press(page.panel, "Choose where to save it")
    desk.settle()
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")
    assert offered[0].endswith(".pdf")
    assert "Шаҳодатнома" not in offered[0]
    acts = desk.ask(lambda vault: audit.entries(vault, record=known["scan"]))
    assert "saved_as" in [one.action for one in acts]


def test_a_scan_is_renamed_removed_and_taken_back(desk: OpenedDesk) -> None:
    page, known = tab(desk)
    page.attachments.open(known["scan"])
    desk.settle()
    page.attachments.buttons["edit_attachment"].click()
    desk.settle()
    assert page.records.form is not None
    page.records.form.input("title").set_typed("Шиноснома")
    press(page.panel, "Save")
    desk.settle()
    assert "Шиноснома" in words_of(page.attachments)
    page.attachments.buttons["remove_attachment"].click()
    desk.settle()
    assert rows_of(page.attachments.list.rows) == []
    assert page.attachments.currentIndex() == 0
    undo = [one for one in desk.window.findChildren(QPushButton) if one.text().strip() == MARK + "Undo"]
    undo[-1].click()
    desk.settle()
    assert [row.title for row in rows_of(page.attachments.list.rows)] == ["Шиноснома"]


def test_where_a_file_is_stands_in_words() -> None:
    tr = Translator(ENGLISH)
    assert place_words(Place(Where.HERE), tr) == ""
    coming = Place(Where.COMING, 300_000, 5 * 2**20)
    assert place_words(coming, tr) == "On its way: 293 KB of 5 MB"
    assert "Khorugh" in place_words(Place(Where.ELSEWHERE, desk="khorugh"), tr)
