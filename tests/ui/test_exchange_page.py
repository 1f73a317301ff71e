"""Journeys of the exchange on real vaults with real bundles: send, read out, plan, take in, stop, admit."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.background import Job
from desk_app.ui.pages.exchange import long_work, page
from desk_app.ui.pages.exchange.all_panel import AllPanel
from desk_app.ui.pages.exchange.desk_table import MISSING, TROUBLE
from desk_app.ui.pages.exchange.page import ExchangePage
from desk_app.ui.pages.exchange.panels import SentPanel
from desk_app.ui.pages.exchange.partner_panel import MissingPanel, PartnerPanel
from desk_app.ui.pages.exchange.received_panel import BundlePanel, ReceivedPanel
from desk_app.ui.pages.partners import card_page, enrolment
from desk_app.ui.pages.partners.card_page import CardPage
from desk_app.ui.pages.partners.enrolment import AdmitPanel
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.review.page import ReviewPage
from desk_app.ui.remembered import Remembered
from desk_app.ui.widgets.banner import Banner
from desk_app.usecases import exchange, merging, partners, records
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import FakeClock, acquaint, make_client, make_vault
from tests.ui.conftest import MARK
from tests.ui.opened_desk import OpenedDesk

FILE, FROM, RESULT, DIGITS, NEW = range(5)


class Programme(OpenedDesk):
    """A window at one vault; the others are opened beside it, in the test's own thread."""

    others: dict[str, Vault]

    @property
    def exchange(self) -> ExchangePage:
        """The page."""
        found = self.page
        assert isinstance(found, ExchangePage)
        return found

    def go(self) -> ExchangePage:
        """Open the page, with what was done beside it read anew."""
        self.window.go("exchange")
        self.exchange.reload()
        self.settle()
        return self.exchange

    def plan(self, *paths: Path) -> list[list[str]]:
        """Choose files; what the plan's table says."""
        self.exchange.plan(paths)
        self.settle()
        assert self.exchange.plan_card is not None
        return self.exchange.plan_card.table.rows()

    def press(self, made: QPushButton | None) -> None:
        """Press a button and wait."""
        assert made is not None
        assert made.isEnabled()
        made.click()
        self.settle()


MakeProgramme = Callable[[str, Sequence[str]], Programme]


@pytest.fixture
def make_programme(
    qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path
) -> Iterator[MakeProgramme]:
    made: list[Programme] = []

    def make(here: str, others: Sequence[str]) -> Programme:
        clock = FakeClock()
        opened = {code: make_vault(tmp_path, code, clock) for code in others}

        def fill(vault: Vault) -> None:
            for one in opened.values():
                acquaint(vault, one, tmp_path)

        programme = Programme(qtbot, appearance, remembered, tmp_path, fill, desk=here)
        programme.others = opened
        programme.open()
        made.append(programme)
        return programme

    yield make
    for programme in made:
        programme.close()
        for vault in programme.others.values():
            vault.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def answer(monkeypatch: pytest.MonkeyPatch, module: object, name: str, path: object) -> None:
    monkeypatch.setattr(module, name, lambda *_asked: path)


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_desk_sends_its_week_and_reads_the_number_out(
    make_programme: MakeProgramme, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = make_programme("khorugh", ["coordinator"])
    programme.ask(lambda vault: make_client(vault, "Исмоил"))
    shown = programme.go()
    assert shown.partners is not None
    assert "Nothing is safe at the coordinator yet." in words_of(shown.head)
    assert "3 changes wait" in words_of(shown.partners)

    answer(monkeypatch, page, "choose_folder", stick)
    programme.press(shown.partners.send_buttons["coordinator"])

    (file,) = stick.iterdir()
    panel = shown.panel.content
    assert isinstance(panel, SentPanel)
    told = words_of(panel)
    (plan,) = merging.plan_files(programme.others["coordinator"], [file]).files
    assert f"{plan.digits[:3]}\u00a0{plan.digits[3:]}" in told
    assert file.name in told
    assert "4 changes" in told
    assert shown.panel.isVisible()

    merging.merge_files(programme.others["coordinator"], [file])
    back = exchange.export(programme.others["coordinator"], "khorugh", stick).file
    programme.plan(back)
    assert shown.plan_card is not None
    programme.press(shown.plan_card.take)
    assert "Safe at the coordinator up to" in words_of(shown.head)
    assert "Everything has arrived" in words_of(shown.partners)
    assert "They have everything up to your bundle 1 of 05.03.2026." in words_of(shown.partners)

    programme.ask(lambda vault: make_client(vault, "Зуҳро"))
    assert "§3 records, about §1 person" in words_of(programme.go())
    assert "Everything since your bundle 1 of 05.03.2026." in words_of(shown)
    programme.window.go("today")
    programme.page.reload()
    programme.settle()
    told = [one.accessibleName() for one in programme.page.findChildren(Banner)]
    assert any("Last sent on 05.03.2026. §Safe at the coordinator up to 05.03.2026." in words for words in told)


def test_nothing_is_written_when_no_folder_is_chosen(
    make_programme: MakeProgramme, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = make_programme("khorugh", ["coordinator"])
    shown = programme.go()
    answer(monkeypatch, page, "choose_folder", None)
    assert shown.partners is not None
    programme.press(shown.partners.send_buttons["coordinator"])
    assert shown.panel.isHidden()
    assert programme.ask(partners.partners)[0].sent == 0


def test_a_stick_full_of_files_is_planned_and_then_taken_in(make_programme: MakeProgramme, stick: Path) -> None:
    programme = make_programme("coordinator", ["khorugh", "vose"])
    khorugh, vose = programme.others["khorugh"], programme.others["vose"]
    make_client(khorugh, "Исмоил")
    good = exchange.export(khorugh, "coordinator", stick).file
    (stick / "copy.roh").write_bytes(good.read_bytes())
    make_client(vose, "Зуҳро")
    broken = exchange.export(vose, "coordinator", stick).file
    data = bytearray(broken.read_bytes())
    data[len(data) // 2] ^= 1
    broken.write_bytes(data)
    foreign = stick / "foreign.roh"
    acquaint(khorugh, vose, stick)
    exchange.export(khorugh, "vose", foreign)

    shown = programme.go()
    rows = programme.plan(stick)
    found = {row[FILE]: row for row in rows}
    assert found[broken.name][RESULT] == f"{MARK}Damaged"
    assert found["foreign.roh"][RESULT] == f"{MARK}Not for this desk"
    assert found[good.name][FROM] == f"{MARK}Khorugh, no. 1"
    assert found[good.name][NEW] == "4"
    assert shown.plan_card is not None
    assert f"{broken.name}: {MARK}This file is damaged" in words_of(shown.plan_card)
    assert "Nothing has been changed yet." in words_of(shown.plan_card)
    assert programme.ask(lambda vault: records.find_all(vault, "client")) == []

    programme.press(shown.plan_card.take)

    results = {row[FILE]: row[RESULT] for row in shown.plan_card.table.rows()}
    assert results[broken.name] == f"{MARK}Damaged"
    assert sorted((results[good.name], results["copy.roh"])) == [f"{MARK}Is here already", f"{MARK}Taken in"]
    assert [one.text("given_name") for one in programme.ask(lambda vault: records.find_all(vault, "client"))] == [
        "Исмоил"
    ]
    programme.press(shown.plan_card.leave)
    assert shown.plan_card is None
    assert shown.drop is not None

    assert {row[RESULT] for row in programme.plan(good)} == {f"{MARK}Is here already"}
    assert shown.plan_card is not None
    assert not shown.plan_card.take.isEnabled()

    shown.about.show_received("khorugh")
    programme.settle()
    received = shown.panel.content
    assert isinstance(received, ReceivedPanel)
    (row,) = received.rows._rows.rows
    assert row.title == f"{MARK}No. 1, received 05.03.2026"
    received.rows.opened.emit(row.key)
    programme.settle()
    bundle = shown.panel.content
    assert isinstance(bundle, BundlePanel)
    assert "Clients (1)" in words_of(bundle)
    (client,) = bundle.view.rows._rows.rows
    assert client.title == "Исмоил"
    bundle.view.rows.opened.emit(client.key)
    programme.settle()
    assert isinstance(programme.page, PersonPage)


def test_what_became_of_a_record_leads_to_its_versions(make_programme: MakeProgramme, stick: Path) -> None:
    programme = make_programme("coordinator", ["khorugh"])
    desk = programme.others["khorugh"]
    client = make_client(desk, "Исмоил", surname="Назаров")
    shown = programme.go()
    programme.plan(exchange.export(desk, "coordinator", stick).file)
    assert shown.plan_card is not None
    assert shown.plan_card.records is not None
    programme.press(shown.plan_card.take)
    programme.ask(lambda vault: records.edit(vault, client, {"surname": "Назарӣ"}))
    records.edit(desk, client, {"surname": "Назарзода"})
    programme.plan(exchange.export(desk, "coordinator", stick).file)
    (row,) = shown.plan_card.records.rows._rows.rows
    assert "which is right: §Surname." in row.detail
    shown.plan_card.records.rows.opened.emit(row.key)  # A plan has changed nothing yet: there is nowhere to go.
    assert programme.page is shown
    programme.press(shown.plan_card.take)
    assert shown.plan_card.review.isVisible()
    (row,) = shown.plan_card.records.rows._rows.rows
    shown.plan_card.records.rows.opened.emit(row.key)
    programme.settle()
    assert isinstance(programme.page, ReviewPage)
    assert programme.page.list.current_key.startswith(client)


def test_leaving_a_plan_changes_nothing(make_programme: MakeProgramme, stick: Path) -> None:
    programme = make_programme("coordinator", ["khorugh"])
    make_client(programme.others["khorugh"])
    file = exchange.export(programme.others["khorugh"], "coordinator", stick).file
    shown = programme.go()
    programme.plan(file)
    assert shown.plan_card is not None
    programme.press(shown.plan_card.leave)
    assert programme.ask(lambda vault: records.find_all(vault, "client")) == []
    assert programme.ask(partners.partners)[0].received == 0


def test_stopping_keeps_what_was_taken_in_and_names_what_was_left(make_programme: MakeProgramme, stick: Path) -> None:
    programme = make_programme("coordinator", ["khorugh", "vose"])
    for vault in programme.others.values():
        make_client(vault)
    files = [exchange.export(vault, "coordinator", stick).file for vault in programme.others.values()]
    shown = programme.go()
    programme.plan(*files)

    reported = long_work.reporting

    def stopping(job: Job, words: str) -> merging.Progress:
        report = reported(job, words)

        def once(done: int, total: int) -> bool:
            if done == 1:
                job.cancel()
            return report(done, total)

        return once

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_work, "reporting", stopping)
        shown.take_in()
        programme.settle()
    assert shown.plan_card is not None
    assert [row[RESULT] for row in shown.plan_card.table.rows()] == [f"{MARK}Taken in"]
    assert "You stopped: 1 file was left as it is." in words_of(shown.plan_card)
    assert len(programme.ask(lambda vault: records.find_all(vault, "client"))) == 1


def test_a_plan_survives_another_language(make_programme: MakeProgramme, stick: Path, appearance: Appearance) -> None:
    programme = make_programme("coordinator", ["khorugh"])
    make_client(programme.others["khorugh"])
    file = exchange.export(programme.others["khorugh"], "coordinator", stick).file
    programme.go()
    programme.plan(file)
    appearance.choose_dark(True)
    programme.settle()
    assert programme.exchange.plan_card is not None
    programme.press(programme.exchange.plan_card.take)
    assert len(programme.ask(lambda vault: records.find_all(vault, "client"))) == 1


def test_files_are_dropped_on_the_page(make_programme: MakeProgramme, stick: Path) -> None:
    programme = make_programme("coordinator", ["khorugh"])
    make_client(programme.others["khorugh"])
    exchange.export(programme.others["khorugh"], "coordinator", stick)
    shown = programme.go()
    assert shown.drop is not None
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(stick)), QUrl("https://example.org/a.roh")])
    copying, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copying, carried, left, plain)
    QApplication.sendEvent(shown.drop.area, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(9, 9), copying, carried, left, plain)
    QApplication.sendEvent(shown.drop.area, drop)
    programme.settle()
    assert shown.plan_card is not None
    assert [row[RESULT] for row in shown.plan_card.table.rows()] == [f"{MARK}Will be taken in"]


def test_an_empty_folder_is_said_and_nothing_else_happens(make_programme: MakeProgramme, stick: Path) -> None:
    programme = make_programme("coordinator", ["khorugh"])
    shown = programme.go()
    shown.plan([stick])
    programme.settle()
    assert shown.plan_card is None
    assert "No bundle was found" in programme.window.findChildren(Banner)[0].accessibleName()


def write_to_all(programme: Programme, stick: Path) -> None:
    """Each partner takes its own of what was written in one go."""
    out = stick / "out"
    out.mkdir()
    shown = programme.exchange
    assert shown.desks is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "choose_folder", lambda *_asked: out)
        programme.press(shown.desks.write_all)
    written = shown.panel.content
    assert isinstance(written, AllPanel)
    assert "3 bundles were written" in words_of(written)
    for vault in programme.others.values():
        assert Outcome.MERGED in {one.outcome for one in merging.merge_files(vault, [out])}


def test_a_coordinator_sees_who_is_late_and_what_is_missing(make_programme: MakeProgramme, stick: Path) -> None:
    programme = make_programme("coordinator", ["khorugh", "vose", "bokhtar"])
    khorugh, vose = programme.others["khorugh"], programme.others["vose"]
    make_client(vose)
    first = exchange.export(vose, "coordinator", stick).file
    exchange.export(khorugh, "coordinator", stick).file.unlink()
    programme.go()
    programme.plan(first)
    assert programme.exchange.plan_card is not None
    programme.press(programme.exchange.plan_card.take)
    programme.press(programme.exchange.plan_card.leave)
    programme.clock.forward(days=20)
    programme.plan(exchange.export(khorugh, "coordinator", stick).file)
    programme.press(programme.exchange.plan_card.take)

    shown = programme.go()
    desks = shown.desks
    assert desks is not None
    assert desks.codes() == ["bokhtar", "vose", "khorugh"]
    cells = {code: line.cells for code, line in desks.lines.items()}
    assert cells["bokhtar"][TROUBLE] == f"{MARK}Nothing has come yet"
    assert cells["vose"][TROUBLE] == f"{MARK}Silent for 20 days"
    assert cells["khorugh"][MISSING] == "1"
    assert "Not admitted yet: Dushanbe" in words_of(shown)

    programme.qtbot.keyClick(desks.sorting, Qt.Key.Key_Home)
    assert desks.codes() == ["bokhtar", "khorugh", "vose"]
    desks.sorting.activated.emit(0)
    assert desks.codes() == ["vose", "khorugh", "bokhtar"]
    desks.search.setText("khor")
    desks.search.searched.emit("khor")
    assert desks.codes() == ["khorugh"]
    with programme.qtbot.waitActive(programme.window):
        programme.window.activateWindow()
    desks.search.setFocus()
    assert desks.search.hasFocus()
    shown.reload()
    programme.settle()
    assert shown.desks is desks
    assert desks.search.hasFocus()
    assert desks.codes() == ["khorugh"]
    desks.opened.emit("khorugh")
    programme.settle()
    panel = shown.panel.content
    assert isinstance(panel, PartnerPanel)
    assert "Khorugh 1 is missing; ask for it." in words_of(panel)
    assert "They have confirmed nothing yet." in words_of(panel)
    assert "Nothing new for them" in words_of(panel)
    programme.press(panel.missing)
    asked = shown.panel.content
    assert isinstance(asked, MissingPanel)
    assert "Your bundle 1 has not come." in words_of(asked)

    write_to_all(programme, stick)
    programme.window.go("today")
    programme.page.reload()
    programme.settle()
    said = [one.accessibleName() for one in programme.page.findChildren(Banner)]
    assert any("2 desks sent nothing for two weeks. §1 bundle is missing." in words for words in said), said


def test_cards_are_shown_saved_and_admitted_only_after_comparing(
    make_programme: MakeProgramme, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = make_programme("coordinator", [])
    stranger = make_vault(stick, "vose")
    programme.others = {"vose": stranger}
    theirs = stick / "theirs.rohcard"
    digits = partners.write_card(stranger, theirs).digits
    shown = programme.go()
    assert "Nobody is admitted yet." in words_of(shown)

    shown.cards.show_own()
    programme.settle()
    own = programme.page
    assert isinstance(own, CardPage)
    mine = stick / "mine.rohcard"
    answer(monkeypatch, card_page, "choose_new_file", mine)
    programme.press(own.file)
    assert "\n".join(partners.read_card(mine).digits) in words_of(own)
    own.back()

    answer(monkeypatch, enrolment, "choose_file", theirs)
    shown.cards.choose()
    programme.settle()
    admit = shown.panel.content
    assert isinstance(admit, AdmitPanel)
    assert "\n".join(digits) in words_of(admit)
    assert "Vose" in words_of(admit)
    button = next(one for one in shown.panel.findChildren(QPushButton) if one.accessibleName() == f"{MARK}Admit")
    assert not button.isEnabled()
    admit.check.click()
    programme.press(button)
    assert [one.code for one in programme.ask(partners.partners)] == ["vose"]
    assert shown.desks is not None
    assert "vose" in shown.desks.lines


def test_a_card_that_is_none_is_refused_in_words(
    make_programme: MakeProgramme, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = make_programme("coordinator", [])
    forged = stick / "forged.rohcard"
    forged.write_bytes(b'{"format": 1, "desk": "<b>vose</b>"}')
    shown = programme.go()
    answer(monkeypatch, enrolment, "choose_file", forged)
    shown.cards.choose()
    programme.settle()
    assert "not a partner's card" in programme.window.findChildren(Banner)[0].accessibleName()
    assert programme.ask(partners.partners) == []


def test_every_outcome_has_its_words() -> None:
    from desk_app.ui.pages.exchange.take_in import DID, WOULD

    assert set(WOULD.words) == set(DID.words) == set(Outcome)


def test_a_plan_that_removes_much_asks_first(make_programme: MakeProgramme, stick: Path) -> None:
    programme = make_programme("coordinator", ["khorugh"])
    desk = programme.others["khorugh"]
    clients = [make_client(desk, name) for name in ("Аввал", "Дуюм", "Сеюм")]
    shown = programme.go()
    programme.plan(exchange.export(desk, "coordinator", stick).file)
    assert shown.plan_card is not None
    assert shown.plan_card.sure is None
    programme.press(shown.plan_card.take)

    for client in clients[:2]:
        records.remove(desk, client)
    programme.plan(exchange.export(desk, "coordinator", stick).file)
    assert "2 of 3 people" in words_of(shown.plan_card)
    assert not shown.plan_card.take.isEnabled()
    assert shown.plan_card.sure is not None
    shown.plan_card.sure.click()
    programme.press(shown.plan_card.take)
    assert len(programme.ask(lambda vault: records.find_all(vault, "client"))) == 1
