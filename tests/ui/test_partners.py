"""Journeys with partners: the card on the screen, admitting by a photo, shutting out, alarms, what is kept aside."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.documents import qr_code
from desk_app.storage import partner_table
from desk_app.storage.partner_table import Partner
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.pages.exchange.page import ExchangePage
from desk_app.ui.pages.partners import card_page, enrolment
from desk_app.ui.pages.partners.alarm_panel import AlarmPanel
from desk_app.ui.pages.partners.card_page import CardPage
from desk_app.ui.pages.partners.code_view import LEAST
from desk_app.ui.pages.partners.enrolment import AdmitPanel, AdmittedPanel
from desk_app.ui.pages.partners.page import PartnersPage
from desk_app.ui.pages.partners.panels import HeldPanel, MemberPanel, ReadmitPanel, ShutOutPanel
from desk_app.ui.pages.targets import CARD, EXCHANGE, PARTNERS
from desk_app.ui.remembered import Remembered
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.banner import Banner
from desk_app.usecases import exchange, held, merging, partners, records, roster
from tests.fakes import FakeClock, make_client, make_vault, open_vault, surroundings
from tests.ui.conftest import MARK
from tests.ui.opened_desk import OpenedDesk


class Programme(OpenedDesk):
    """A window at one vault, and what lies beside it."""

    others: list[Vault]
    stick: Path

    def go(self) -> PartnersPage:
        """The page of partners, read anew."""
        self.window.go(PARTNERS)
        self.page.reload()
        self.settle()
        assert isinstance(self.page, PartnersPage)
        return self.page

    def press(self, made: QPushButton) -> None:
        """Press a button and wait."""
        assert made.isEnabled()
        made.click()
        self.settle()

    def button(self, words: str) -> QPushButton:
        """The visible button with that name."""
        named = [one for one in self.page.findChildren(QPushButton) if one.accessibleName() == f"{MARK}{words}"]
        return next(one for one in named if one.isVisible())

    def send(self, vault: Vault, to: str = "coordinator") -> Path:
        """A bundle of another vault."""
        return exchange.export(vault, to, self.stick).file

    def take(self, file: Path) -> None:
        """Take a bundle in, behind the window."""
        self.ask(lambda vault: merging.apply_plan(vault, merging.plan_files(vault, [file])))


MakeProgramme = Callable[[str, Callable[[Vault, Path], list[Vault]]], Programme]


@pytest.fixture
def make_programme(
    qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path
) -> Iterator[MakeProgramme]:
    made: list[Programme] = []

    def make(here: str, fill: Callable[[Vault, Path], list[Vault]]) -> Programme:
        stick = tmp_path / "stick"
        stick.mkdir()
        others: list[Vault] = []
        programme = Programme(
            qtbot, appearance, remembered, tmp_path, lambda vault: others.extend(fill(vault, stick)), desk=here
        )
        programme.others, programme.stick = others, stick
        programme.open()
        made.append(programme)
        return programme

    yield make
    for programme in made:
        programme.close()
        for vault in programme.others:
            vault.close()


def admit(vault: Vault, other: Vault, folder: Path) -> None:
    partners.write_card(other, folder / "card")
    partners.enrol(vault, folder / "card")


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def admit_by_photo(programme: Programme, kept: HeldPanel, vose: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = programme.stick / "photo.png"
    partners.write_card(vose, picture)
    monkeypatch.setattr(enrolment, "choose_file", lambda *_asked: picture)
    programme.press(kept.admit)
    page = programme.page
    assert isinstance(page, PartnersPage)
    asked = page.panel.content
    assert isinstance(asked, AdmitPanel)
    assert "\n".join(partners.own_code(vose).card.digits) in words_of(asked)
    assert not programme.button("Admit").isEnabled()
    asked.check.click()
    programme.press(programme.button("Admit"))
    done = page.panel.content
    assert isinstance(done, AdmittedPanel)
    assert "1 bundle that was kept aside has to wait no longer." in words_of(done)
    programme.press(done.take)
    shown = programme.page
    assert isinstance(shown, ExchangePage)
    assert shown.plan_card is not None
    programme.press(shown.plan_card.take)
    assert len(programme.ask(lambda vault: records.find_all(vault, "client"))) == 1


def ask_to_shut_out(programme: Programme, page: PartnersPage) -> ShutOutPanel:
    (row,) = page.members._rows.rows
    page.members.opened.emit(row.key)
    member = page.panel.content
    assert isinstance(member, MemberPanel)
    programme.press(member.shut_out)
    asking = page.panel.content
    assert isinstance(asking, ShutOutPanel)
    return asking


def shut_out(programme: Programme, page: PartnersPage) -> None:
    (row,) = page.members._rows.rows
    assert f"{MARK}Admitted since" in row.tail
    asking = ask_to_shut_out(programme, page)
    asking.counts.set_typed("1")
    asking.typed.set_typed("Khorugh")
    programme.press(asking.confirm)
    assert "That is not the name. Nothing was changed." in words_of(asking)
    assert not programme.ask(partners.partners)[0].revoked
    asking.typed.set_typed(" vose ")
    programme.press(asking.confirm)
    assert programme.ask(partners.partners)[0].revoked
    assert len(programme.ask(lambda vault: records.find_all(vault, "client"))) == 1
    (row,) = page.members._rows.rows
    assert row.tail == f"{MARK}Shut out"
    assert f"{MARK}Shut out since" in row.detail
    assert "set aside" in row.detail


def admit_again(programme: Programme, page: PartnersPage) -> None:
    (row,) = page.members._rows.rows
    page.members.opened.emit(row.key)
    member = page.panel.content
    assert isinstance(member, MemberPanel)
    programme.press(member.readmit)
    again = page.panel.content
    assert isinstance(again, ReadmitPanel)
    assert not programme.button("Admit again").isEnabled()
    again.sure.click()
    programme.press(programme.button("Admit again"))
    assert not programme.ask(partners.partners)[0].revoked
    assert len(programme.ask(lambda vault: records.find_all(vault, "client"))) == 2


def test_a_stranger_is_admitted_by_a_photo_then_shut_out_and_admitted_again(
    make_programme: MakeProgramme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(vault: Vault, stick: Path) -> list[Vault]:
        vose = make_vault(stick, "vose", FakeClock())
        admit(vose, vault, stick)
        make_client(vose, "Зуҳро")
        return [vose]

    programme = make_programme("coordinator", fill)
    (vose,) = programme.others
    programme.take(programme.send(vose))
    page = programme.go()
    assert "Nobody is admitted yet." in words_of(page)
    (row,) = page.held._rows.rows
    assert row.title == f"{MARK}Vose, no. 1"
    assert not page.take.isVisible()
    page.held.opened.emit(row.key)
    kept = page.panel.content
    assert isinstance(kept, HeldPanel)
    assert "Nothing of it has been taken in." in words_of(kept)
    assert not kept.throw.isEnabled()
    admit_by_photo(programme, kept, vose, monkeypatch)
    make_client(vose, "Исмоил")
    programme.take(programme.send(vose))

    page = programme.go()
    assert not page.held_card.isVisible()
    shut_out(programme, page)
    admit_again(programme, page)


def test_two_computers_under_one_name_raise_an_alarm_that_a_person_settles(make_programme: MakeProgramme) -> None:
    def fill(vault: Vault, stick: Path) -> list[Vault]:
        desk = make_vault(stick, "khorugh", FakeClock())
        admit(desk, vault, stick)
        admit(vault, desk, stick)
        make_client(desk, "Исмоил")
        merging.merge_files(vault, [exchange.export(desk, "coordinator", stick).file])
        desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        shutil.copytree(desk.folder, stick / "copy")
        copy = open_vault(stick / "copy", surroundings("copy", FakeClock()))
        make_client(desk, "Аслӣ")
        for _ in range(2):
            make_client(copy, "Нусха")
        merging.merge_files(vault, [exchange.export(desk, "coordinator", stick).file])
        merging.merge_files(vault, [exchange.export(copy, "coordinator", stick).file])
        stranger = make_vault(stick, "vose", FakeClock())
        admit(stranger, vault, stick)
        merging.merge_files(vault, [exchange.export(stranger, "coordinator", stick).file])
        return [desk, copy, stranger]

    programme = make_programme("coordinator", fill)
    programme.window.go(EXCHANGE)
    programme.settle()
    shown = programme.page
    assert isinstance(shown, ExchangePage)
    said = [one.accessibleName() for one in shown.notice.above.findChildren(Banner)]
    assert said[0].startswith(f"{MARK}Two computers write as Khorugh")
    assert f"{MARK}2 bundles are kept aside." in said
    programme.press(programme.button("Decide"))
    page = programme.page
    assert isinstance(page, PartnersPage)
    programme.press(page.decide[0])
    alarm = page.panel.content
    assert isinstance(alarm, AlarmPanel)
    assert not alarm.keep.isEnabled()
    alarm.sure.click()
    programme.press(alarm.shut_out)
    asking = page.panel.content
    assert isinstance(asking, ShutOutPanel)  # Back from here nothing has happened yet.
    programme.press(asking.cancel)
    alarm = page.panel.content
    assert isinstance(alarm, AlarmPanel)
    alarm.sure.click()
    programme.press(alarm.keep)
    assert page.decide == []
    assert page.take.isVisible()
    assert page.panel.isHidden()

    stranger = next(row for row in page.held._rows.rows if "Vose" in row.title)
    page.held.opened.emit(stranger.key)
    kept = page.panel.content
    assert isinstance(kept, HeldPanel)
    kept.sure.click()
    programme.press(kept.throw)
    assert [one.desk for one in programme.ask(held.bundles)] == ["khorugh"]


def test_a_desk_shows_its_code_and_is_told_why_it_shuts_nobody_out(
    make_programme: MakeProgramme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(vault: Vault, stick: Path) -> list[Vault]:
        coordinator, vose = make_vault(stick, "coordinator", FakeClock()), make_vault(stick, "vose", FakeClock())
        admit(vault, coordinator, stick)
        for one in (vault, vose):
            admit(coordinator, one, stick)
        roster.revoke(coordinator, "vose")
        merging.merge_files(vault, [exchange.export(coordinator, "khorugh", stick).file])
        return [coordinator, vose]

    programme = make_programme("khorugh", fill)
    page = programme.go()
    rows = {row.title: row for row in page.members._rows.rows}
    assert rows["Khorugh"].tail == f"{MARK}This computer"
    vose = next(row for row in rows.values() if "Vose" in row.title)
    assert vose.tail == f"{MARK}Shut out"
    assert "Shut out since" in vose.detail
    page.members.opened.emit(vose.key)
    member = page.panel.content
    assert isinstance(member, MemberPanel)
    assert not member.readmit.isEnabled()
    assert f"{MARK}Only a coordinator shuts partners out and admits them again." in words_of(member)
    assert page.back()
    assert page.panel.isHidden()

    programme.window.go(CARD)
    programme.settle()
    card = programme.page
    assert isinstance(card, CardPage)
    assert card.view is not None
    assert card.view.scale >= LEAST
    programme.window.resize(1024, 600)
    programme.settle()
    assert card.file.parentWidget().width() > programme.window.width() // 2
    words_end = card.image.mapTo(card, card.image.rect().bottomLeft()).y()
    assert 0 < card.view.mapTo(card, card.view.rect().topLeft()).y() - words_end <= 2 * Measure.EDGE
    programme.window.resize(1366, 768)
    programme.settle()
    seen = QBuffer()
    seen.open(QIODevice.OpenModeFlag.WriteOnly)
    card.grab().save(seen, "PNG")
    (data,) = qr_code.read(bytes(seen.data().data()))
    file, picture = programme.stick / "mine.rohcard", programme.stick / "mine.png"
    monkeypatch.setattr(card_page, "choose_new_file", lambda *_asked: file)
    programme.press(card.file)
    assert file.read_bytes() == data
    monkeypatch.setattr(card_page, "choose_new_file", lambda *_asked: picture)
    programme.press(card.image)
    assert partners.read_card(picture) == partners.read_card(file)
    assert card.back()
    assert isinstance(programme.page, ExchangePage)


def test_who_was_admitted_before_there_was_a_roster_is_shut_out_in_the_window(make_programme: MakeProgramme) -> None:
    def fill(vault: Vault, stick: Path) -> list[Vault]:
        vose = make_vault(stick, "vose", FakeClock())
        card = partners.own_code(vose).card
        key, recipient = vose.device_key.public, vose.exchange_identities[0].recipient
        partner_table.admit(vault.db, Partner(vose.desk, vose.device, card.name, key, recipient, 1, revoked=None))
        return [vose]

    programme = make_programme("coordinator", fill)
    page = programme.go()
    assert "Nobody is admitted yet." not in words_of(page)
    asking = ask_to_shut_out(programme, page)
    asking.typed.set_typed("vose")
    programme.press(asking.confirm)
    assert programme.ask(partners.partners)[0].revoked
    assert "version 1" in words_of(page)
