"""People between desks in the window: offered, asked for, answered, referred; on real vaults."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desk_app.domain.errors import RecordNotFound
from desk_app.domain.ids import RecordId, uuid7
from desk_app.domain.records.declaration import Values
from desk_app.storage.journal import Write
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.page import Page, Search
from desk_app.ui.pages.people import PeoplePage
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.referrals.page import ReferralsPage
from desk_app.ui.pages.referrals.whom import WhomSearch
from desk_app.ui.pages.referrals.words import INCOMING
from desk_app.ui.pages.targets import (
    PERSON,
    REFERRALS,
    TRANSFERS,
    NewReferral,
    OpenPerson,
    OpenReferral,
    OpenTransfer,
)
from desk_app.ui.pages.today import TodayPage
from desk_app.ui.pages.transfers import read
from desk_app.ui.pages.transfers.answering import RequestPanel, TransferPanel
from desk_app.ui.pages.transfers.contested import ContestedPanel
from desk_app.ui.pages.transfers.page import TransfersPage
from desk_app.ui.remembered import Remembered
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.snack import Snack
from desk_app.usecases import erasure, records, referral_list, transfers
from tests.fakes import make_client
from tests.ui.conftest import MARK
from tests.ui.opened_desk import OpenedDesk


def written(vault: Vault, kind: str, values: Values) -> RecordId:
    """A record as a bundle brings it, of whatever desk it says."""
    made = uuid7(vault.now(), vault.surroundings.random)
    vault.journal.write([Write(vault.registry[kind], made, {"desk": vault.desk, **values})])
    return made


class Filled:
    """Khorugh: two people of its own, somebody offered and somebody referred by Vose, and a question of Bokhtar."""

    def __init__(self, vault: Vault) -> None:
        self.client = make_client(vault, surname="Исмоилов", birth_date="1987")
        self.silent = make_client(vault, "Зебо", surname="Назарова", consents="service")
        named = {"desk": "vose", "number": "VOS-26-000001"}
        self.coming = written(vault, "client", {**named, "surname": "Саидов", "given_name": "Карим"})
        self.referred = written(vault, "client", {"desk": "vose", "surname": "Ёров", "given_name": "Ҷамшед"})
        moves = {"from_desk": "vose", "to_desk": "khorugh", "state": "offered", "offered_on": "2026-03-03"}
        self.offered = written(vault, "transfer", {"desk": "vose", "client": self.coming, "reason": "moved", **moves})
        asks: Values = {
            "client_name": "Исмоилов Исмоил",
            "birth_date": "1988",
            "agreed": True,
            "asked_on": "2026-03-02",
        }
        self.asked = written(
            vault, "transfer_request", {"desk": "bokhtar", "to_desk": "khorugh", "state": "asked", **asks}
        )
        sent = {"state": "sent", "made_on": "2026-03-01", "answer_due": "2026-03-15", "service_asked": "Манзил"}
        to_us = {"desk": "vose", "to_desk": "khorugh", "client": self.referred}
        self.referral = written(vault, "referral", {**to_us, **sent, "number": "VOS-R-1"})


class Desk(OpenedDesk):
    """The window, and words of what it shows."""

    filled: Filled

    def go(self, page: str, target: object = None) -> Page:
        """Open a page and wait until it stands."""
        self.window.go(page, target)
        self.settle()
        return self.page

    def transfers(self) -> TransfersPage:
        """The page of people between desks."""
        assert isinstance(self.page, TransfersPage)
        return self.page

    def banners(self) -> list[str]:
        """What the banners of the page say."""
        return [one.accessibleName() for one in self.page.findChildren(Banner) if one.isVisible()]

    def open_first_of_today(self) -> None:
        """Enter on the first line of today's transfers."""
        page = self.go("today")
        assert isinstance(page, TodayPage)
        rows = page.lists["moving"]
        rows.setFocus()
        rows.pick_first()
        self.qtbot.keyClick(rows, Qt.Key.Key_Return)
        self.settle()

    def has_button(self, words: str) -> bool:
        """Whether a button with these words can be pressed."""
        return bool(self._buttons(words))

    def _buttons(self, words: str) -> list[QPushButton]:
        shown = [one for one in self.page.findChildren(QPushButton) if one.isVisible()]
        return [one for one in shown if one.text().strip().lstrip(MARK) == words]

    def press(self, words: str) -> None:
        """Press the button with these words by the keyboard."""
        (found,) = self._buttons(words)[-1:]
        self.qtbot.keyClick(found, Qt.Key.Key_Space)
        self.settle()

    def undo(self) -> None:
        """Take back what was done last."""
        self.window.findChildren(Snack)[-1].undone.emit()
        self.settle()


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, appearance, remembered, tmp_path, Filled)
    made.open()
    yield made
    made.close()


def test_a_person_is_offered_from_the_page_and_the_offer_taken_back(desk: Desk) -> None:
    page = desk.go(PERSON, OpenPerson(desk.filled.silent, "transfer"))
    assert isinstance(page, PersonPage)
    assert not desk.has_button("Offer this person")  # Nobody asked whether the name may be given.
    desk.press("Ask for the consent")
    assert page.panel.content is not None

    desk.go(PERSON, OpenPerson(desk.filled.client, "transfer"))
    desk.press("Offer this person")
    form = page.records.form
    assert form is not None
    assert form.row("to_desk").error
    form.set_typed({"to_desk": "khujand", "reason": "moved", "note": "ҳамсояи мо"})
    desk.press("Offer this person")
    assert any("Offered to Khujand on 05.03.2026" in one for one in desk.banners())
    assert desk.ask(lambda vault: transfers.open_for(vault).offered_by_us[0].note) == "ҳамсояи мо"
    desk.undo()
    assert desk.banners() == []

    written_to = {"desk": "khorugh", "from_desk": "khorugh", "to_desk": "khujand", "client": desk.filled.client}
    ended: Values = {"state": "accepted", "answered_on": "2026-03-04", "turn": 9}
    desk.ask(lambda vault: written(vault, "transfer", {**written_to, **ended}))
    page.reload()
    desk.settle()
    assert any("Moved to Khujand on 04.03.2026" in one for one in desk.banners())
    assert not desk.has_button("Consultation")
    assert not desk.has_button("Refer")
    assert not desk.has_button("Edit")
    page.open_panel("need")
    desk.settle()
    assert page.panel.isHidden()
    people = desk.go("people", Search("Исмоилов"))
    desk.qtbot.waitUntil(lambda: desk.has_button("Ask for the person"))
    assert isinstance(people, PeoplePage)
    assert not desk.has_button("Refer")


def test_other_desks_wait_and_are_answered(desk: Desk) -> None:
    page = desk.go("today")
    assert isinstance(page, TodayPage)
    rows = page.lists["moving"]
    shown = [rows.model().index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(3)]
    assert "Саидов Карим" in shown[0]
    assert "Vose offers this person to you" in shown[0]
    assert "Bokhtar asks for this person" in shown[1]
    assert "1988" in shown[1]
    assert "Vose refers this person to you" in shown[2]

    read = desk.go(PERSON, OpenPerson(desk.filled.coming, "service"))
    assert isinstance(read, PersonPage)
    assert read.records.form is None
    assert any("Vose offered this person to you" in one for one in desk.banners())
    assert not desk.has_button("Consultation")

    desk.open_first_of_today()
    panel = desk.transfers().shown
    assert isinstance(panel, TransferPanel)
    assert panel.answer is not None
    desk.window.resize(1024, 600)
    desk.press("Decline")
    assert panel.answer.error
    said = panel.answer._error
    desk.qtbot.waitUntil(lambda: said.visibleRegion().boundingRect().height() >= said.height())
    desk.press("Accept")
    assert desk.ask(lambda vault: records.show(vault, desk.filled.coming).text("desk")) == "khorugh"
    desk.go(PERSON, OpenPerson(desk.filled.coming))
    assert any("Came from Vose by transfer" in one for one in desk.banners())

    desk.go(TRANSFERS, OpenTransfer(desk.filled.asked))
    asked = desk.transfers().shown
    assert isinstance(asked, RequestPanel)
    assert asked.chosen == desk.filled.client
    assert [one.toolTip() for one in asked.findChildren(QLabel) if "differ" in one.toolTip()]  # 1987 and 1988
    desk.press("Offer this person")
    (found,) = desk.ask(transfers.all_requests)
    assert (found.state, found.client) == ("offered", desk.filled.client)
    assert desk.ask(lambda vault: transfers.open_for(vault).offered_by_us[0].to_desk) == "bokhtar"
    assert set(desk.transfers().lists) == {"for_others", "answered"}


def test_after_a_no_the_keyboard_is_in_the_list_of_what_waits_still(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open_first_of_today()
    panel = desk.transfers().shown
    assert isinstance(panel, TransferPanel)
    assert panel.answer is not None
    panel.answer.field.set_typed("Ҷой нест")
    with desk.qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    monkeypatch.setattr(read, "opened", lambda *_asked: None)  # Who came by bundle goes with the no.
    desk.press("Decline")
    assert desk.transfers().panel.isHidden()
    assert desk.transfers().lists["for_us"].hasFocus()


def test_somebody_not_found_is_asked_for(desk: Desk) -> None:
    desk.go("people", Search("Раҳимов Фаррух"))
    desk.qtbot.waitUntil(lambda: desk.has_button("Ask another desk for this person"))
    desk.press("Ask another desk for this person")
    form = desk.transfers().records.form
    assert form is not None
    assert form.input("client_name").typed() == "Раҳимов Фаррух"
    desk.press("Ask for the person")
    assert form.row("agreed").error
    form.set_typed({"birth_date": "1990", "agreed": "yes"})
    desk.press("Ask for the person")
    (made,) = desk.ask(lambda vault: transfers.open_for(vault).asked_by_us)
    assert (made.client_name, made.birth_date, made.to_desk) == ("Раҳимов Фаррух", "1990", "")
    desk.go(PERSON, OpenPerson(desk.filled.referred))
    assert any("With Vose" in one for one in desk.banners())
    desk.press("Ask for the person")
    form = desk.transfers().records.form
    assert form is not None
    assert form.input("to_desk").typed() == "vose"


def test_a_referral_goes_to_a_desk_and_one_comes_from_a_desk(desk: Desk) -> None:
    page = desk.go(REFERRALS, OpenReferral(desk.filled.referral))
    assert isinstance(page, ReferralsPage)
    assert page.view is not None
    assert page.view.shown.incoming
    assert not desk.has_button("Print the letter")
    page.list.choose(INCOMING)
    assert list(page.list._model.ids) == [desk.filled.referral]
    assert page.list._cells([desk.filled.referral])[0][2].lstrip(MARK) == "From Vose"
    assert page.list._model.columns[2].words.lstrip(MARK) == "Organisation or desk"

    # Who is with another desk is found, and cannot be chosen: it is said where the person is.
    page.ask_whom()
    search = page.panel.content
    assert isinstance(search, WhomSearch)
    search.box.setText("Ёров")
    desk.qtbot.keyClick(search.box, Qt.Key.Key_Return)
    desk.settle()
    search.people.pick_first()
    desk.qtbot.keyClick(search.people, Qt.Key.Key_Return)
    desk.settle()
    assert page.writing is None
    assert "is with the desk Vose" in search.elsewhere.text()

    desk.go(REFERRALS, NewReferral(desk.filled.client))
    writing = page.writing
    assert writing is not None
    desk.press("Another desk")
    assert writing.form.row("organisation").isHidden()
    writing.form.set_typed({"to_desk": "khujand", "service_asked": "Манзил"})
    letter = writing.letter
    letter.touch()
    desk.qtbot.waitUntil(lambda: not letter._pause.isActive() and not letter._drawing, timeout=20_000)
    assert writing.preview.sheets
    assert not writing.preview.sentence
    writing.save()
    desk.settle()
    (line,) = [one for one in desk.ask(referral_list.overview) if one.desk == "khorugh"]
    assert (line.to_desk, line.organisation) == ("khujand", ("", "", ""))
    page.write(line.id)
    desk.settle()
    assert page.writing is not None
    assert page.writing.receiver.typed() == "to_desk"


def test_the_coordinator_sends_a_request_on(
    qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path
) -> None:
    def fill(vault: Vault) -> RecordId:
        asks: Values = {"client_name": "Исмоилов", "agreed": True, "state": "asked", "asked_on": "2026-03-02"}
        return written(vault, "transfer_request", {"desk": "bokhtar", **asks})

    desk = Desk(qtbot, appearance, remembered, tmp_path, fill, desk="coordinator")
    desk.open()
    page = desk.go("today")
    assert isinstance(page, TodayPage)
    assert "moving" in page.lists
    desk.go(TRANSFERS, OpenTransfer(RecordId(str(desk.filled))))
    panel = desk.transfers().shown
    assert isinstance(panel, RequestPanel)
    assert panel.desk is not None
    desk.press("Send on")
    assert panel.desk_row.error
    panel.desk.set_typed("vose")
    desk.press("Send on")
    assert desk.ask(lambda vault: transfers.all_requests(vault)[0].to_desk) == "vose"
    desk.go("today")
    assert "moving" not in page.lists
    desk.close()


def test_who_was_shown_and_is_gone_since_troubles_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, stays = desk.filled.client, desk.filled.silent
    page = desk.go(PERSON, OpenPerson(gone))
    told: list[BaseException] = []
    monkeypatch.setattr(page.around.errors, "show", told.append)
    desk.go("today")
    desk.ask(lambda vault: erasure.erase(vault, gone, "asked"))
    page.reload()
    desk.settle()
    assert told == []
    assert desk.page is not page
    desk.go(PERSON, OpenPerson(stays))
    assert page.kept() == (OpenPerson(stays, ""), 0)
    desk.ask(lambda vault: erasure.erase(vault, stays, "asked"))
    page.reload()
    desk.settle()
    assert told == []
    assert desk.page is not page
    desk.go(PERSON, OpenPerson(gone))
    assert [type(one) for one in told] == [RecordNotFound]


def test_the_coordinator_says_whose_a_person_is_whom_two_desks_took_over(
    qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path
) -> None:
    def fill(vault: Vault) -> RecordId:
        client = written(vault, "client", {"desk": "vose", "surname": "Саидов", "given_name": "Карим"})
        for desk in ("vose", "bokhtar"):
            moves = {"from_desk": "khorugh", "to_desk": desk, "state": "accepted", "turn": 1}
            written(vault, "transfer", {"desk": "khorugh", "client": client, **moves})
        return client

    desk = Desk(qtbot, appearance, remembered, tmp_path, fill, desk="coordinator")
    desk.open()
    page = desk.go("today")
    assert isinstance(page, TodayPage)
    rows = page.lists["moving"]
    said = str(rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "Саидов Карим" in said
    assert "More than one desk took this person over: Vose, Bokhtar" in said
    client = RecordId(str(desk.filled))
    desk.go(PERSON, OpenPerson(client))
    assert [one for one in desk.banners() if "More than one desk took this person over: Vose, Bokhtar" in one]
    desk.press("Say which desk has the person")
    assert isinstance(desk.transfers().shown, ContestedPanel)
    desk.open_first_of_today()
    panel = desk.transfers().shown
    assert isinstance(panel, ContestedPanel)
    desk.press("Say so")
    assert panel.desk_row.error
    panel.desk.set_typed("bokhtar")
    desk.press("Say so")
    assert desk.ask(lambda vault: records.show(vault, client).text("desk")) == "bokhtar"
    assert set(desk.transfers().lists) == {"answered"}
    desk.go(PERSON, OpenPerson(client))
    assert not [one for one in desk.banners() if "More than one" in one]
    desk.go("today")
    assert "moving" not in page.lists
    desk.close()
