"""A journey through duplicates: compared, looked at, judged with one key, put off, taken back; and the doors there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.domain.errors import DiskFull
from desk_app.domain.ids import RecordId
from desk_app.domain.records.sameness import DIFFERENT, SAME
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.page import Page
from desk_app.ui.pages.alike_notice import AlikeNotice
from desk_app.ui.pages.duplicates import comparing
from desk_app.ui.pages.duplicates.notices import ArrivedNotice
from desk_app.ui.pages.duplicates.page import DuplicatesPage
from desk_app.ui.pages.exchange.page import ExchangePage
from desk_app.ui.pages.people import PeoplePage
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.targets import EXCHANGE, OpenPerson
from desk_app.ui.pages.today import TodayPage
from desk_app.ui.remembered import Remembered
from desk_app.ui.shortcuts import Key, sequences
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.filters import FilterBar
from desk_app.usecases import duplicates, exchange, linking
from tests.fakes import acquaint, make_client, make_vault
from tests.ui.conftest import MARK
from tests.ui.on_screen import words_of
from tests.ui.opened_desk import OpenedDesk

P = TypeVar("P", bound=Page)
BIRTH = {"birth_date": "1973-05-14", "phone": "900112233"}


class Doubled(OpenedDesk):
    """A window at a coordinator, and the bundle of a desk that has two of its people too."""

    bundle: Path
    clients: dict[str, RecordId]

    def on(self, kind: type[P]) -> P:
        """The open page."""
        assert isinstance(self.page, kind), self.page
        return self.page

    def press(self, ground: QWidget, words: str) -> None:
        """Press a button by its words, with the keyboard, and wait."""
        found = [one for one in ground.findChildren(QPushButton) if one.text().strip() == MARK + words]
        button = next(one for one in found if one.isVisible())
        button.setFocus()
        button.click()
        self.settle()

    def key(self, key: Qt.Key) -> None:
        """Press a letter: the keyboard is on the page without anybody's doing."""
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.qtbot.keyClick(self.on(DuplicatesPage).list, key)
        self.settle()

    def choose(self, state: str) -> None:
        """List another state."""
        (bar,) = self.page.findChildren(FilterBar)
        bar._chips[state].click()
        self.settle()

    @property
    def listed(self) -> list[str]:
        """The pairs, as a screen reader says them."""
        return [one.spoken for one in self.on(DuplicatesPage).list._rows.rows]

    @property
    def banners(self) -> str:
        """What stands above the page."""
        return "\n".join(one.accessibleName() for one in self.page.findChildren(Banner) if one.isVisible())

    def state_of(self, one: str, other: str) -> str:
        """What was said about a pair."""
        return self.ask(lambda vault: linking.state_of(vault, self.clients[one], self.clients[other]))


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[Doubled]:
    clients: dict[str, RecordId] = {}

    def fill(vault: Vault) -> Path:
        khorugh = make_vault(tmp_path, "khorugh", vault.surroundings.milliseconds)
        acquaint(vault, khorugh, tmp_path)
        for key, whose, given, surname, known in (
            ("ismoil", vault, "Исмоил", "Назаров", BIRTH),
            ("zuhro", vault, "Зуҳро", "Каримова", {"birth_date": "1980"}),
            ("zuhro 2", vault, "Зуҳро", "Каримова", {"birth_date": "1980-02-03"}),
            ("parviz", vault, "Парвиз", "Шарипов", {"birth_date": "1991-01-01"}),
            ("came", khorugh, "Ismoil", "Nazarov", BIRTH),
            ("alone", khorugh, "Фирӯз", "Тоиров", {}),
        ):
            clients[key] = make_client(whose, given, surname=surname, consents="", **known)
        bundle = exchange.export(khorugh, "coordinator", tmp_path).file
        khorugh.close()
        return bundle

    made = Doubled(qtbot, appearance, remembered, tmp_path, fill, desk="coordinator")
    assert made.filled is not None
    made.bundle, made.clients = made.filled, clients
    yield made.open()
    made.close()


def who_was_not_compared_is_counted_and_a_stop_keeps_the_way(desk: Doubled, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody was compared yet; whoever stops it can go on, piece by piece."""
    monkeypatch.setattr(comparing, "PIECE", 0.0)
    desk.window.go("people")
    desk.settle()
    desk.press(desk.on(PeoplePage), "Duplicates")
    page = desk.on(DuplicatesPage)
    assert "4 people were not compared yet." in words_of(page)
    page.compare()
    page.comparing.stop()
    desk.settle()
    assert "4 people were not compared yet." in words_of(page)
    desk.press(page, "Compare now")
    assert [one.split(". ")[0] for one in desk.listed] == ["Каримова Зуҳро"]


def a_bundle_that_brings_one_more_leads_to_her_pair(desk: Doubled) -> None:
    """A bundle brings somebody who is there already: the result says so, and leads to that pair alone."""
    page = desk.on(DuplicatesPage)
    desk.window.go(EXCHANGE)
    desk.settle()
    desk.on(ExchangePage).plan([desk.bundle])
    desk.settle()
    desk.on(ExchangePage).take_in()
    desk.settle()
    assert "1 person who came looks like somebody on record." in desk.banners
    (notice,) = desk.page.findChildren(ArrivedNotice)
    desk.press(notice, "Look at them")
    assert "Only some people are shown." in desk.banners
    (pair,) = desk.listed
    assert "Nazarov Ismoil" in pair
    assert "Назаров Исмоил" in pair
    assert "likely" in pair
    told = words_of(page.detail)
    for words in ("ame date of birth", "ame phone number", "Khorugh", "Coordinator", "Nazarov", "+992 90 011 22 33"):
        assert words in told.replace("\u00a0", " "), told
    assert "They agree" in {one.accessibleName().strip(MARK) for one in page.detail.findChildren(QLabel)}


def on_a_small_screen_both_sides_stay_in_sight(desk: Doubled) -> None:
    """Nothing of the second side lies beyond the edge, and the keyboard stays where it was; with room all is back."""
    page = desk.on(DuplicatesPage)
    with desk.qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    assert page.view is not None
    page.view.buttons["link"].setFocus()
    for width, narrow in ((1024, True), (1366, False)):
        desk.window.resize(width, 600)
        desk.settle()
        assert page.view.narrow is narrow
        assert page.view.width() <= page.detail.viewport().width()
        assert page.view.buttons["link"].hasFocus()
        assert [words_of(page.view).count(MARK + words) for words in ("Surname", "Given name")] == [1, 1]


def one_key_says_that_they_are_one(desk: Doubled) -> None:
    """One key says that they are one, in either layout of the keyboard; undo leads back to the pair."""
    page = desk.on(DuplicatesPage)
    desk.press(page, "Show all")
    assert len(desk.listed) == 2
    desk.key(Qt.Key.Key_S)
    assert desk.state_of("ismoil", "came") == SAME
    assert len(desk.listed) == 1
    desk.undo()
    assert len(desk.listed) == 2
    assert "Nazarov" in words_of(page.detail)
    assert QKeySequence("Ы") in sequences(Key.SAME)
    desk.key(Qt.Key.Key_S)
    assert desk.state_of("ismoil", "came") == SAME
    desk.choose(SAME)
    assert "Linked by Зарина" in words_of(page.detail)
    desk.press(page, "Take the link back")
    assert desk.listed == []


def what_is_put_off_stands_last_and_two_people_stand_elsewhere(desk: Doubled) -> None:
    """Later: the pair stands last. Two different people: it stands elsewhere, until that is taken back."""
    page = desk.on(DuplicatesPage)
    desk.choose("open")
    first, second = desk.listed
    page.list.pick(page.list._rows.rows[0].key)
    desk.key(Qt.Key.Key_L)
    assert desk.listed == [second, first]
    desk.settle()
    desk.key(Qt.Key.Key_D)
    assert desk.state_of("zuhro", "zuhro 2") == DIFFERENT
    desk.undo()
    desk.key(Qt.Key.Key_D)
    desk.choose(DIFFERENT)
    assert "Said by Зарина" in words_of(page.detail)
    desk.press(page, "Look at it again")
    assert desk.state_of("zuhro", "zuhro 2") == "open"


def other_pages_lead_here(desk: Doubled) -> None:
    """Today and the person say so too, and lead here."""
    page = desk.on(DuplicatesPage)
    desk.window.go("today")
    desk.settle()
    assert "1 pair of records is likely one person." in desk.banners
    desk.press(desk.on(TodayPage), "Look at them")
    assert len(desk.listed) == 2
    desk.window.go("person", OpenPerson(desk.clients["came"]))
    desk.settle()
    assert "May be the same person as: Назаров Исмоил" in desk.banners
    desk.press(desk.on(PersonPage), "Compare")
    assert len(desk.listed) == 1
    assert page.back()
    assert desk.on(PersonPage)._client == desk.clients["came"]


def a_full_disk_hides_nobody(desk: Doubled, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may be the same person is written down when it is found out; where that cannot be, the person is shown."""

    def full(_vault: Vault, _client: RecordId) -> None:
        raise DiskFull("the vault")

    with monkeypatch.context() as patched:
        patched.setattr(duplicates, "of", full)
        desk.window.go("person", OpenPerson(desk.clients["zuhro"]))
        desk.settle()
    shown = desk.on(PersonPage)._person
    assert shown is not None
    assert shown.client.id == desk.clients["zuhro"]
    assert "May be the same person" not in desk.banners


def a_name_written_anew_is_compared(desk: Doubled) -> None:
    """A name that is written anew is compared while it is typed, and saved all the same."""
    desk.window.go("person", OpenPerson(desk.clients["parviz"], "edit_client"))
    desk.settle()
    person = desk.on(PersonPage)
    assert "May be the same person" not in desk.banners
    form = person.records.form
    assert form is not None
    (notice,) = person.panel.findChildren(AlikeNotice)
    form.input("phone").set_typed("900 55 66 77")
    form.edited.emit()
    desk.qtbot.waitUntil(lambda: not notice._pause.isActive())
    desk.settle()
    assert not notice.isVisible()
    for name, typed in (("surname", "Karimova"), ("given_name", "Zuhro"), ("birth_date", "03.02.1980")):
        form.input(name).set_typed(typed)
    form.edited.emit()
    desk.qtbot.waitUntil(notice.isVisible)
    (said,) = notice.findChildren(Banner)
    assert "Каримова Зуҳро" in said.accessibleName()
    assert "same date of birth" in said.accessibleName()
    person.records.save()
    desk.settle()
    assert "May be the same person as" in desk.banners


def test_who_is_on_record_twice_is_found_and_judged(desk: Doubled, monkeypatch: pytest.MonkeyPatch) -> None:
    who_was_not_compared_is_counted_and_a_stop_keeps_the_way(desk, monkeypatch)
    a_bundle_that_brings_one_more_leads_to_her_pair(desk)
    on_a_small_screen_both_sides_stay_in_sight(desk)
    one_key_says_that_they_are_one(desk)
    what_is_put_off_stands_last_and_two_people_stand_elsewhere(desk)
    other_pages_lead_here(desk)
    a_full_disk_hides_nobody(desk, monkeypatch)
    a_name_written_anew_is_compared(desk)
