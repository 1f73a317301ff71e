"""Journeys over a connection on real vaults: a way is set up, tried, sends, waits, fetches; sticks by name."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.domain.carriers import Kind
from desk_app.domain.desks import COORDINATOR
from desk_app.domain.errors import ServerKeyUnknown
from desk_app.storage.vault import Vault
from desk_app.sync.carriers import sticks
from desk_app.sync.carriers.folder import FolderCarrier
from desk_app.sync.carriers.sticks import Stick
from desk_app.ui.appearance import Appearance
from desk_app.ui.pages.exchange import sending, ways
from desk_app.ui.pages.exchange.page import ExchangePage
from desk_app.ui.pages.exchange.panels import SentPanel
from desk_app.ui.pages.exchange.send_panel import SendPanel, WaitingPanel
from desk_app.ui.pages.exchange.way_panels import KindPanel, WayForm, WaysPanel
from desk_app.ui.remembered import Remembered
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.banner import Banner
from desk_app.usecases import carriers, carrying, exchange, merging
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import FakeClock, acquaint, make_client, make_vault
from tests.ui.conftest import MARK
from tests.ui.opened_desk import PATIENCE_MS, OpenedDesk


class Desk(OpenedDesk):
    """A desk's window; the coordinator's vault is opened beside it, in the test's own thread."""

    coordinator: Vault

    @property
    def exchange(self) -> ExchangePage:
        """The page."""
        assert isinstance(self.page, ExchangePage)
        return self.page

    def settled(self) -> ExchangePage:
        """The page, once neither the worker nor the courier has anything to do."""
        courier = self.exchange.ways._courier
        for _ in range(3):
            self.settle()
            self.qtbot.waitUntil(lambda: not courier.busy, timeout=PATIENCE_MS)
        self.settle()
        return self.exchange

    def remove(self, listed: QWidget | None) -> None:
        """Remove the way and say that it is meant."""
        assert isinstance(listed, WaysPanel)
        listed.buttons["remove", "Office"].click()
        assert "password" in self.words(self.exchange.panel)
        sure = [
            one for one in self.exchange.panel.findChildren(QPushButton) if one.isVisible() and "Remove" in one.text()
        ]
        sure[-1].click()
        self.settled()

    def words(self, widget: QWidget | None = None) -> str:
        """Everything that is said."""
        return "\n".join(label.text() for label in (widget or self.exchange).findChildren(QLabel))


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[Desk]:
    other = make_vault(tmp_path, COORDINATOR, FakeClock())

    def fill(vault: Vault) -> None:
        acquaint(vault, other, tmp_path)
        make_client(vault)

    opened = Desk(qtbot, appearance, remembered, tmp_path, fill)
    opened.coordinator = other
    opened.open()
    opened.window.go("exchange")
    opened.settled()
    yield opened
    opened.close()
    other.close()


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    made = tmp_path / "shared"
    made.mkdir()
    return made


def set_up(desk: Desk, shared: Path) -> None:
    """Through the window: add a way, name it, say where."""
    desk.exchange.ways.show_ways()
    desk.settled()
    listed = desk.exchange.panel.content
    assert isinstance(listed, WaysPanel)
    listed.add.click()
    kinds = desk.exchange.panel.content
    assert isinstance(kinds, KindPanel)
    kinds.buttons[Kind.FOLDER].click()
    form = desk.exchange.panel.content
    assert isinstance(form, WayForm)
    desk.exchange.ways._save(form)
    assert "Please fill in this field." in desk.words(form)
    form.name.field.set_typed("Office")
    desk.exchange.ways._save(form)
    assert desk.window.focusWidget() is form.rows["path"].field.target()
    form.rows["path"].field.set_typed(str(shared))
    desk.exchange.ways._save(form)
    desk.settled()


def test_a_way_is_set_up_tried_and_sends(desk: Desk, shared: Path) -> None:
    set_up(desk, shared)
    listed = desk.exchange.panel.content
    assert isinstance(listed, WaysPanel)
    listed.buttons["try", "Office"].click()
    desk.settled()
    assert listed.said("Office") == f"{MARK}It works."

    assert desk.exchange.partners is not None
    desk.exchange.partners.send_buttons[COORDINATOR].click()
    desk.settled()
    asked = desk.exchange.panel.content
    assert isinstance(asked, SendPanel)
    assert "No stick is there." in desk.words(asked)
    asked.way_buttons["Office"].click()
    shown = desk.settled()
    (file,) = shared.iterdir()
    (planned,) = merging.plan_files(desk.coordinator, [file]).files
    waiting = shown.panel.content
    assert isinstance(waiting, WaitingPanel)
    assert f"{planned.digits[:3]}\u00a0{planned.digits[3:]}" in desk.words(waiting)
    assert shown.outbox is not None
    assert "Sent on" in desk.words(shown.outbox)

    merging.merge_files(desk.coordinator, [file])
    back = exchange.export(desk.coordinator, "khorugh", shared).file
    assert shown.drop is not None
    shown.drop.fetch.click()
    shown = desk.settled()
    assert shown.plan_card is not None
    rows = {row[0]: row[2] for row in shown.plan_card.table.rows()}
    assert rows[back.name] == f"{MARK}Will be taken in"
    shown.plan_card.take.click()
    shown = desk.settled()
    assert "Everything has arrived" in desk.words(shown)
    shown.leave()
    assert shown.drop is not None
    shown.drop.fetch.click()
    shown = desk.settled()
    assert shown.plan_card is None


def test_what_cannot_be_sent_waits_and_says_why(desk: Desk, shared: Path) -> None:
    set_up(desk, shared)
    shared.rmdir()
    desk.exchange.ways._send(COORDINATOR, "Office", "", False)
    shown = desk.settled()
    assert shown.outbox is not None
    told = desk.words(shown.outbox)
    assert "is not there. What is to be sent stays here and waits." in told
    assert "The next try is on" in told
    shared.mkdir()
    shown.outbox.try_now.click()
    shown = desk.settled()
    assert len(list(shared.iterdir())) == 1
    assert shown.outbox is not None
    assert "Sent on" in desk.words(shown.outbox)
    assert shown.outbox.drops == {}


def test_fetching_is_stopped_in_the_middle_of_a_file_and_waits_for_no_sending(
    desk: Desk, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(desk, shared)
    asked, let = threading.Event(), threading.Event()

    def hangs(*_asked: object) -> bytes:
        asked.set()
        let.wait()
        return b""

    for act in ("put", "get"):
        monkeypatch.setattr(FolderCarrier, act, hangs)
    exchange.export(desk.coordinator, "khorugh", shared)
    desk.exchange.ways._send(COORDINATOR, "Office", "", False)
    desk.qtbot.waitUntil(asked.is_set, timeout=PATIENCE_MS)
    asked.clear()
    assert desk.exchange.drop is not None
    desk.exchange.drop.fetch.click()
    desk.qtbot.waitUntil(asked.is_set, timeout=PATIENCE_MS)
    desk.exchange.ways.stop()
    desk.qtbot.waitUntil(lambda: not desk.exchange.ways.is_fetching, timeout=PATIENCE_MS)
    let.set()
    assert desk.settled().plan_card is None


def test_what_waits_is_taken_off_the_list_and_its_way_removed(desk: Desk, shared: Path) -> None:
    set_up(desk, shared)
    shared.rmdir()
    desk.exchange.ways._send(COORDINATOR, "Office", "", False)
    desk.settled()
    desk.exchange.ways.show_ways()
    desk.settled()
    listed = desk.exchange.panel.content
    assert isinstance(listed, WaysPanel)
    desk.remove(listed)
    said = [one.accessibleName() for one in desk.window.findChildren(Banner)]
    assert any("Bundles still wait" in words for words in said), said
    assert desk.exchange.outbox is not None
    (drop,) = desk.exchange.outbox.drops.values()
    drop.click()
    desk.settled()
    assert desk.exchange.outbox is None
    assert desk.ask(carriers.ways) != []
    desk.exchange.ways.show_ways()
    desk.settled()
    desk.remove(desk.exchange.panel.content)
    assert desk.ask(carriers.ways) == []


def test_sticks_are_chosen_by_name_and_a_locked_one_cannot_be(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").mkdir()
    there = Stick("KINGSTON", tmp_path / "stick", "vfat", 3 * 2**30, False)
    locked = Stick("OLD", tmp_path / "old", "vfat", 2**30, True)
    monkeypatch.setattr(sticks, "sticks", lambda _machine=None: [there, locked])
    desk.exchange.send(COORDINATOR)
    desk.settled()
    asked = desk.exchange.panel.content
    assert isinstance(asked, SendPanel)
    first, second = asked.stick_buttons
    assert second.geometry().top() - first.geometry().bottom() > Measure.TIGHT  # Two buttons, not one.
    assert "KINGSTON" in first.text()
    assert "3 GB" in first.text().replace("\u00a0", " ")
    assert "locked" in second.text()
    assert not second.isEnabled()
    first.click()
    shown = desk.settled()
    assert isinstance(shown.panel.content, SentPanel)
    assert len(list((tmp_path / "stick").iterdir())) == 1

    desk.exchange.send(COORDINATOR)
    desk.settled()
    asked = desk.exchange.panel.content
    assert isinstance(asked, SendPanel)
    monkeypatch.setattr(sticks, "sticks", lambda _machine=None: [])
    asked.stick_buttons[0].click()
    desk.settled()
    assert "was pulled out too early" in desk.window.findChildren(Banner)[0].accessibleName()


def test_a_message_is_saved_and_opened_by_the_other_side(
    desk: Desk, tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(desk, shared)
    target = tmp_path / "send me.eml"
    monkeypatch.setattr(ways, "choose_new_file", lambda *_asked: target)
    desk.exchange.send(COORDINATOR)
    desk.settled()
    asked = desk.exchange.panel.content
    assert isinstance(asked, SendPanel)
    asked.message.click()
    shown = desk.settled()
    assert isinstance(shown.panel.content, SentPanel)
    assert "send me.eml" in desk.words(shown.panel.content)
    desk.exchange.plan([target])
    shown = desk.settled()
    assert shown.plan_card is not None
    (row,) = shown.plan_card.table.rows()
    assert row[2] == f"{MARK}Not for this desk"


def test_a_fingerprint_is_agreed_to_before_anything_is_sent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ask(lambda vault: carriers.add(vault, "Box", Kind.SFTP, {"server": "box.example", "user": "desk"}))
    shown_fingerprint = "SHA256:" + "A" * 43

    def try_out(opener: carriers.Opener) -> None:
        if not opener._way.told["fingerprint"]:
            raise ServerKeyUnknown("box.example", shown_fingerprint)

    monkeypatch.setattr(carriers, "try_out", try_out)
    desk.exchange.ways.show_ways()
    desk.settled()
    listed = desk.exchange.panel.content
    assert isinstance(listed, WaysPanel)
    assert [one.text()[:12] for one in listed.findChildren(QLineEdit)] == ["ssh-ed25519 "]
    assert listed.agree["Box"].isHidden()
    listed.buttons["try", "Box"].click()
    desk.settled()
    assert shown_fingerprint in listed.said("Box")
    listed.agree["Box"].click()
    desk.settled()
    again = desk.exchange.panel.content
    assert isinstance(again, WaysPanel)
    assert again.said("Box") == f"{MARK}It works."
    assert desk.ask(lambda vault: carriers.way(vault, "Box")).told["fingerprint"] == shown_fingerprint


def test_a_password_is_not_shown_again_and_stays_when_left_empty(desk: Desk) -> None:
    told = {"url": "https://cloud.example/", "user": "desk"}
    desk.ask(lambda vault: carriers.add(vault, "Cloud", Kind.WEBDAV, told, "s3cret!"))
    (way,) = desk.ask(carriers.ways)
    desk.exchange.ways._form(way.kind, way)
    form = desk.exchange.panel.content
    assert isinstance(form, WayForm)
    assert form.password.typed() == ""
    assert "Left empty, it stays as it is." in desk.words(form)
    form.rows["user"].field.set_typed("other")
    desk.exchange.ways._save(form)
    desk.settled()
    assert desk.ask(lambda vault: carriers.opener(vault, "Cloud"))._way.password == "s3cret!"
    assert desk.ask(carriers.ways)[0].told["user"] == "other"


def test_a_folder_is_chosen_where_no_stick_is(desk: Desk, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sticks, "unopened", lambda _machine=None: [])
    monkeypatch.setattr(sending, "choose_folder", lambda *_asked: shared)
    desk.exchange.send(COORDINATOR)
    asked = desk.settled().panel.content
    assert isinstance(asked, SendPanel)
    assert "No stick is there." in desk.words(asked)
    asked.folder.click()
    shown = desk.settled()
    assert isinstance(shown.panel.content, SentPanel)
    (file,) = shared.iterdir()
    assert merging.merge_files(desk.coordinator, [file])[0].outcome is Outcome.MERGED
    assert shown.outbox is None
    assert desk.ask(carrying.waiting) == []
