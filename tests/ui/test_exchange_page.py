"""Journeys of the exchange on real vaults with real bundles: send, read out, plan, take in, stop, admit."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desk_app.domain.errors import Damaged, FileUnreadable
from desk_app.i18n.messages import describe
from desk_app.ui.appearance import Appearance
from desk_app.ui.background import Job
from desk_app.ui.errors import ErrorReport
from desk_app.ui.look import Look
from desk_app.ui.pages.exchange import long_work, sending
from desk_app.ui.pages.exchange.panels import SentPanel
from desk_app.ui.pages.exchange.received_panel import BundlePanel, ReceivedPanel
from desk_app.ui.pages.exchange.send_panel import SendPanel
from desk_app.ui.pages.exchange.take_in import PlanCard
from desk_app.ui.pages.partners import card_page, enrolment
from desk_app.ui.pages.partners.card_page import CardPage
from desk_app.ui.pages.partners.enrolment import AdmitPanel
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.review.page import ReviewPage
from desk_app.ui.widgets.banner import Banner
from desk_app.usecases import exchange, merging, partners, records
from desk_app.usecases.merge_plan import FilePlan, Outcome
from tests.fakes import acquaint, make_client, make_vault
from tests.ui.conftest import MARK
from tests.ui.exchanging import MakeProgramme, Programme, words_of

FILE, FROM, RESULT, DIGITS, NEW = range(5)


def answer(monkeypatch: pytest.MonkeyPatch, module: object, name: str, path: object) -> None:
    monkeypatch.setattr(module, name, lambda *_asked: path)


def test_a_desk_sends_its_week_and_reads_the_number_out(
    make_programme: MakeProgramme, appearance: Appearance, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = make_programme("khorugh", ["coordinator"])
    programme.ask(lambda vault: make_client(vault, "Исмоил"))
    shown = programme.go()
    assert shown.partners is not None
    assert "Nothing is safe at the coordinator yet." in words_of(shown.head)
    assert "3 changes wait" in words_of(shown.partners)

    answer(monkeypatch, sending, "choose_folder", stick)
    programme.send_to_folder()

    (file,) = stick.iterdir()
    panel = shown.panel.content
    assert isinstance(panel, SentPanel)
    told = words_of(panel)
    (plan,) = merging.plan_files(programme.others["coordinator"], [file]).files
    assert f"{plan.digits[:3]}\u00a0{plan.digits[3:]}" in told
    assert file.name in told
    assert "4 changes" in told
    assert shown.panel.isVisible()
    appearance.choose_language("ru")
    programme.settle()
    shown = programme.exchange
    assert isinstance(shown.panel.content, SentPanel)
    assert words_of(shown.panel.content) == told
    shown.back()
    appearance.choose_language("en")
    programme.settle()
    shown = programme.exchange
    assert shown.panel.isHidden()  # Who has read it out and shut it is not shown it again.

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


def test_nothing_is_written_when_no_folder_is_chosen_or_it_is_gone(
    make_programme: MakeProgramme, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    programme = make_programme("khorugh", ["coordinator"])
    shown = programme.go()
    answer(monkeypatch, sending, "choose_folder", None)
    programme.send_to_folder()
    assert isinstance(shown.panel.content, SendPanel)
    answer(monkeypatch, sending, "choose_folder", tmp_path / "pulled")
    programme.send_to_folder()
    assert "pulled" in programme.window.findChildren(Banner)[0].accessibleName()
    assert not (tmp_path / "pulled").exists()
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

    assert rows[0][RESULT] == f"{MARK}Will be taken in"  # What can be done stands first.
    with programme.qtbot.waitActive(programme.window):
        programme.window.activateWindow()
    programme.press(shown.plan_card.take)
    assert programme.window.focusWidget() is shown.plan_card.leave

    results = {row[FILE]: row[RESULT] for row in shown.plan_card.table.rows()}
    assert results[broken.name] == f"{MARK}Damaged"
    assert sorted((results[good.name], results["copy.roh"])) == [f"{MARK}Is here already", f"{MARK}Taken in"]
    assert [one.text("given_name") for one in programme.ask(lambda vault: records.find_all(vault, "client"))] == [
        "Исмоил"
    ]
    programme.press(shown.plan_card.leave)
    assert shown.plan_card is None
    assert shown.drop is not None

    see_what_came(programme, good)


def see_what_came(programme: Programme, good: Path) -> None:
    """The same file once more is nothing new; what it brought is found among the bundles received."""
    shown = programme.exchange
    assert {row[RESULT] for row in programme.plan(good)} == {f"{MARK}Is here already"}
    assert shown.plan_card is not None
    assert not shown.plan_card.take.isVisible()
    card = shown.plan_card
    shown.reload()
    programme.settle()
    assert shown.plan_card is card  # Nothing that it says has changed.

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


def test_a_plan_of_hundreds_of_files_fits_a_small_screen(qtbot: QtBot, look: Look) -> None:
    good = FilePlan(Path("good.roh"), Outcome.MERGED, "khorugh", 5, new=1, digits="123456")
    photos = [FilePlan(Path(f"IMG_{n}.roh"), Outcome.DAMAGED, trouble=Damaged(f"IMG_{n}.roh")) for n in range(300)]
    gone = [FilePlan(Path(f"{n}.roh"), Outcome.DAMAGED, trouble=FileUnreadable(f"/media/{n}.roh")) for n in range(4)]
    errors = ErrorReport(lambda error, tr: describe(error, tr).sentence, lambda: look.tr, lambda _words, _bug: None)
    card = PlanCard(look, [*photos, *gone, good], errors, done=False, missing=["Khorugh 4 is missing; ask for it."])
    qtbot.addWidget(card)
    card.show()
    assert card.table.rows()[0][FILE] == "good.roh"
    assert card.heightForWidth(1000) < 600
    assert card.take.isVisible()
    said = words_of(card)
    assert "IMG_0.roh, IMG_1.roh, IMG_2.roh and 297 more: This file is damaged" in said
    assert "0.roh, 1.roh, 2.roh and 1 more: " in said
    assert "0 records" not in said
    assert said.index("Khorugh 4 is missing") < said.index("IMG_0.roh")


def test_an_empty_folder_is_said_and_nothing_else_happens(make_programme: MakeProgramme, stick: Path) -> None:
    programme = make_programme("coordinator", ["khorugh"])
    shown = programme.go()
    shown.plan([stick])
    programme.settle()
    assert shown.plan_card is None
    assert "No bundle was found" in programme.window.findChildren(Banner)[0].accessibleName()


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
