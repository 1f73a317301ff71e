"""Journeys of the review: two versions looked at, chosen, written anew, asked about, taken back; people linked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.person_linking import LINK, PairPanel, SearchPanel
from desk_app.ui.pages.review.page import ReviewPage
from desk_app.ui.pages.targets import REVIEW, OpenPerson
from desk_app.ui.remembered import Remembered
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.lines import LongTextField
from desk_app.usecases import exchange, linking, merging, records, review, settling
from tests.fakes import acquaint, make_client, make_vault
from tests.ui.conftest import MARK
from tests.ui.opened_desk import OpenedDesk


class Reviewing(OpenedDesk):
    """A window at a coordinator who received what a desk said otherwise."""

    clients: list[RecordId]

    @property
    def review(self) -> ReviewPage:
        """The page."""
        found = self.page
        assert isinstance(found, ReviewPage)
        return found

    def go(self) -> ReviewPage:
        """Open the page."""
        self.window.go(REVIEW)
        self.settle()
        return self.review

    def press(self, made: QPushButton) -> None:
        """Press a button and wait."""
        made.click()
        self.settle()

    def keep(self, choice: str) -> None:
        """Press a button of the comparison."""
        assert self.review.compare is not None
        self.press(self.review.compare.keep_buttons[choice])


MakeReviewing = Callable[..., Reviewing]


@pytest.fixture
def make_reviewing(
    qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path
) -> Iterator[MakeReviewing]:
    made: list[Reviewing] = []

    def make(*fields: tuple[dict[str, str], dict[str, str]]) -> Reviewing:
        clients: list[RecordId] = []

        def fill(vault: Vault) -> None:
            desk = make_vault(tmp_path, "khorugh", vault.surroundings.milliseconds)
            acquaint(vault, desk, tmp_path)
            clients.extend(make_client(desk, name, consents="") for name in ("Исмоил", "Зуҳро"))
            merging.merge_files(vault, [exchange.export(desk, "coordinator", tmp_path).file])
            for there, here in fields:
                records.edit(desk, clients[0], there)
                records.edit(vault, clients[0], here)
            merging.merge_files(vault, [exchange.export(desk, "coordinator", tmp_path).file])
            desk.close()

        reviewing = Reviewing(qtbot, appearance, remembered, tmp_path, fill, desk="coordinator")
        reviewing.clients = clients
        reviewing.open()
        made.append(reviewing)
        return reviewing

    yield make
    for one in made:
        one.close()


def words_of(ground: QWidget) -> str:
    return "\n".join(one.text() for one in ground.findChildren(QLabel) if not one.isHidden())


def button_of(ground: QWidget, words: str) -> QPushButton:
    (found,) = [one for one in ground.findChildren(QPushButton) if one.text().strip() == MARK + words]
    return found


BIRTH = ({"birth_date": "1973"}, {"birth_date": "1974"})
PHONE = ({"phone": "900 11 22"}, {"phone": "911 33 44"})


def test_each_version_is_shown_with_who_and_when_and_the_kept_one_stands(make_reviewing: MakeReviewing) -> None:
    desk = make_reviewing(PHONE, BIRTH)
    page = desk.go()
    assert "2 fields wait" in words_of(page.head)
    told = words_of(page.detail)
    for words in ("Исмоил", "1973", "1974", "Khorugh", "Coordinator", "Recorded: 05.03.2026", "Came: 05.03.2026"):
        assert words in told, told
    desk.keep("right")
    assert desk.ask(lambda vault: records.show(vault, desk.clients[0]).text("birth_date")) == "1973"
    assert "911 33 44" in words_of(page.detail)

    desk.undo()
    assert desk.ask(review.count) == 2
    assert "1974" in words_of(page.detail)
    assert page.compare is not None
    page.compare.keep_buttons["left"].setFocus()
    desk.keep("left")
    assert desk.window.focusWidget() is page.list  # The next one is settled by a key of its own.
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Tab)
    assert desk.window.focusWidget() is page.compare.keep_buttons["left"]
    desk.keep("both")
    client = desk.ask(lambda vault: records.show(vault, desk.clients[0]))
    assert (client.text("birth_date"), client.text("other_phone")) == ("1974", "900 11 22")
    assert page.empty.isVisible()


def test_another_value_is_written_and_checked(make_reviewing: MakeReviewing) -> None:
    desk = make_reviewing(BIRTH)
    page = desk.go()
    desk.keep("other")
    row = page.panel.content
    assert isinstance(row, FieldRow)
    save = button_of(page.panel, "Save")
    row.field.set_typed("19")
    desk.press(save)
    assert desk.ask(review.count) == 1
    row.field.set_typed("1975")
    desk.qtbot.keyClick(row.field.target(), Qt.Key.Key_Return)
    desk.settle()
    assert desk.ask(lambda vault: records.show(vault, desk.clients[0]).text("birth_date")) == "1975"
    assert not page.panel.isVisible()


def test_the_next_one_comes_with_one_key_and_nothing_typed_is_lost_meanwhile(make_reviewing: MakeReviewing) -> None:
    desk = make_reviewing(BIRTH, PHONE)
    page = desk.go()
    page.enter()
    first = page.list.current_key
    with desk.qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert page.list.current_key != first
    desk.press(page.ask_button)
    (note,) = page.panel.findChildren(LongTextField)
    note.set_typed("Кадомаш?")
    page.reload()
    desk.settle()
    assert page.panel.isVisible()
    assert note.typed() == "Кадомаш?"


def test_the_desk_is_asked(make_reviewing: MakeReviewing) -> None:
    desk = make_reviewing(BIRTH)
    page = desk.go()
    desk.press(page.ask_button)
    note = page.panel.findChild(LongTextField)
    assert note is not None
    note.set_typed(f"{note.typed()} Which is right?")
    desk.door._appearance.choose_language("ru")
    desk.settle()
    page = desk.review
    send = button_of(page.panel, "Ask")
    desk.press(send)
    (asked,) = desk.ask(lambda vault: records.find_all(vault, "followup"))
    assert (asked.text("desk"), asked.text("type")) == ("khorugh", "question")
    assert asked.text("note").count("Which is right?") == 2
    assert "The desk was asked on 05.03.2026." in words_of(page.detail)


def test_somebody_else_was_faster(make_reviewing: MakeReviewing) -> None:
    desk = make_reviewing(BIRTH)
    page = desk.go()
    desk.ask(lambda vault: settling.settle(vault, review.disagreements(vault)[0], settling.Keep(1)))
    desk.keep("left")
    assert any("no two versions" in one.accessibleName() for one in desk.window.findChildren(Banner))
    assert page.empty.isVisible()


def test_two_records_are_linked_after_both_were_seen(make_reviewing: MakeReviewing) -> None:
    desk = make_reviewing()
    one, other = desk.clients
    desk.window.go("person", OpenPerson(one, LINK))
    desk.settle()
    page = desk.page
    assert isinstance(page, PersonPage)
    search = page.panel.content
    assert isinstance(search, SearchPanel)
    assert search.rows._rows.rows == ()
    assert search.nobody.isVisible()
    search.search.setText("Zuhro")
    search.search.searched.emit("Zuhro")
    desk.settle()
    (found,) = search.rows._rows.rows
    search.rows.opened.emit(found.key)
    desk.settle()
    assert isinstance(page.panel.content, PairPanel)
    told = words_of(page.panel.content)
    assert "Исмоил" in told
    assert "Зуҳро" in told
    assert desk.ask(lambda vault: linking.members(vault, one)) == (one,)
    desk.press(button_of(page.panel, "Link as one person"))
    assert desk.ask(lambda vault: linking.members(vault, one)) == (one, other)
    desk.undo()
    assert desk.ask(lambda vault: linking.members(vault, one)) == (one,)

    page.open_panel(LINK)
    assert page._person is not None
    page.linking._read(page._person.client, other)
    desk.settle()
    desk.press(button_of(page.panel, "Two different people"))
    assert desk.ask(lambda vault: linking.state_of(vault, one, other)) == "different"


def test_the_person_shows_both_versions_and_who_is_linked(make_reviewing: MakeReviewing) -> None:
    desk = make_reviewing(PHONE)
    one, other = desk.clients
    assert any("1 field has two versions." in banner.accessibleName() for banner in desk.page.findChildren(Banner))
    desk.ask(lambda vault: linking.link(vault, one, other))
    desk.window.go("person", OpenPerson(other))
    desk.settle()
    page = desk.page
    assert isinstance(page, PersonPage)
    told = words_of(page)
    assert "911 33 44 / 900 11 22" in told
    assert "Also on record as: Зуҳро" in told
    part = button_of(page, "Take the link back")
    desk.press(part)
    assert desk.ask(lambda vault: linking.members(vault, one)) == (one,)
    assert "Also on record as" not in words_of(page)
