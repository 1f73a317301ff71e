"""The directory: found in any script, added, checked, removed and back, on a real vault."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.domain.ids import RecordId
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.pages.directory import DIRECTORY, DirectoryPage
from desk_app.ui.remembered import Remembered
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.snack import Snack
from desk_app.usecases import records
from tests.fakes import make_organisation
from tests.ui.conftest import MARK, type_text
from tests.ui.opened_desk import OpenedDesk


class Filled:
    """Three organisations: one checked lately, one long ago, one with a hostile name and never."""

    def __init__(self, vault: Vault) -> None:
        self.legal = make_organisation(vault, checked_on="2025-08-01")
        self.work = make_organisation(
            vault,
            name_tg="Маркази шуғл",
            name_ru="Центр занятости",
            name_uz="",
            category="employment",
            checked_on="2026-03-01",
        )
        self.hostile = make_organisation(
            vault, name_tg="<b>Сарпаноҳ</b>", name_ru="", name_uz="", category="housing", phone="900112233"
        )


class Desk(OpenedDesk):
    """The window on it."""

    filled: Filled

    @property
    def directory(self) -> DirectoryPage:
        """The page."""
        page = self.page
        assert isinstance(page, DirectoryPage)
        return page

    def titles(self) -> list[str]:
        """What the list shows."""
        return [row.title for row in self.directory.list._rows.rows]

    def record(self, record: RecordId) -> Record:
        """A record as it stands in the vault."""
        return self.ask(lambda vault: records.show(vault, record))


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[Desk]:
    """The directory, open."""
    made = Desk(qtbot, appearance, remembered, tmp_path, Filled)
    made.open()
    made.window.go(DIRECTORY)
    made.settle()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("yuridik", ["Маркази ёрии ҳуқуқӣ"]),
        ("huquqi", ["Маркази ёрии ҳуқуқӣ"]),
        ("центр юр", ["Маркази ёрии ҳуқуқӣ"]),
        ("занятости", ["Маркази шуғл"]),
        ("900", ["<b>Сарпаноҳ</b>"]),
        ("markazi", ["Маркази ёрии ҳуқуқӣ", "Маркази шуғл"]),
        ("Hunarmand", []),
    ],
)
def test_search_in_any_script(desk: Desk, typed: str, found: list[str]) -> None:
    box = desk.directory.search
    box.setFocus()
    type_text(box, typed)
    desk.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert set(desk.titles()) == set(found)


def test_categories_narrow_and_ages_are_words(desk: Desk) -> None:
    tails = {row.title: row.tail for row in desk.directory.list._rows.rows}
    assert tails == {
        "Маркази ёрии ҳуқуқӣ": MARK + "Checked 7 months ago",
        "Маркази шуғл": MARK + "Checked this month",
        "<b>Сарпаноҳ</b>": MARK + "Never checked",
    }
    desk.directory.filters._clicked("employment")
    assert desk.titles() == ["Маркази шуғл"]


def test_checked_today_and_back(desk: Desk) -> None:
    desk.directory.list.pick_first()
    desk.directory.list.pick(desk.filled.legal)
    desk.qtbot.keyClick(desk.directory.list, Qt.Key.Key_Return)
    desk.settle()
    content = desk.directory.panel.content
    assert content is not None
    assert content.findChildren(StatusChip)[0].accessibleName() == MARK + "Checked 7 months ago"
    desk.directory._check(desk.record(desk.filled.legal))
    desk.settle()
    assert desk.record(desk.filled.legal).text("checked_on") == "2026-03-05"
    assert desk.directory.panel.content is not None
    assert desk.directory.panel.content.findChildren(StatusChip) == []
    desk.window.findChildren(Snack)[-1].undone.emit()
    desk.settle()
    assert desk.record(desk.filled.legal).text("checked_on") == "2025-08-01"


def test_a_new_organisation_needs_one_name(desk: Desk) -> None:
    desk.directory.edit(None)
    desk.settle()
    form = desk.directory.records.form
    assert form is not None
    type_text(form.input("address").target(), "кӯчаи Рӯдакӣ, 1")
    desk.qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert form.row("name_tg").error
    type_text(form.input("name_uz").target(), "Hunar maktabi")
    desk.qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.directory.records.form is None
    [made] = desk.ask(lambda vault: records.find_all(vault, "organisation", {"name_uz": "Hunar maktabi"}))
    assert (made.text("checked_on"), made.text("address")) == ("2026-03-05", "кӯчаи Рӯдакӣ, 1")
    assert "Hunar maktabi" in desk.titles()


def test_what_is_typed_stays_when_the_panel_is_put_away(desk: Desk) -> None:
    desk.directory.edit(desk.record(desk.filled.work))
    desk.settle()
    form = desk.directory.records.form
    assert form is not None
    assert form.input("name_ru").typed() == "Центр занятости"
    type_text(form.input("place").target(), "Хоруғ")
    assert desk.directory.back()
    desk.settle()
    desk.directory.edit(desk.record(desk.filled.work))
    desk.settle()
    form = desk.directory.records.form
    assert form is not None
    assert form.input("place").typed() == "Хоруғ"
    desk.directory.records.save()
    desk.settle()
    assert desk.record(desk.filled.work).text("place") == "Хоруғ"


def test_removed_and_put_back(desk: Desk) -> None:
    desk.directory.open(desk.filled.hostile)
    desk.settle()
    remove: Callable[[Record], None] = desk.directory._remove
    remove(desk.record(desk.filled.hostile))
    desk.settle()
    assert "<b>Сарпаноҳ</b>" not in desk.titles()
    desk.window.findChildren(Snack)[-1].undone.emit()
    desk.settle()
    assert "<b>Сарпаноҳ</b>" in desk.titles()
