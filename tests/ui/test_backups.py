"""Backups, restore, salvage and travel in the window, on real vaults."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk_app.storage import backup
from desk_app.storage.vault import DATABASE, Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.dialogs.rescue_card import RescueCard, Way
from desk_app.ui.dialogs.unlock_card import UnlockCard
from desk_app.ui.pages.settings.page import SettingsPage
from desk_app.ui.remembered import Remembered
from desk_app.ui.safekeeping import Safekeeping
from desk_app.ui.widgets.banner import Banner
from desk_app.usecases import backups, exchange, merging, partners, records
from tests.fakes import PASSPHRASE, make_client, make_vault
from tests.ui.on_screen import words_of
from tests.ui.opened_desk import OpenedDesk


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[OpenedDesk]:
    made = OpenedDesk(qtbot, appearance, remembered, tmp_path, lambda vault: make_client(vault, "Зуҳро"))
    yield made
    made.close()


def settings(desk: OpenedDesk) -> SettingsPage:
    return desk.visit(SettingsPage, "settings")


def clients(desk: OpenedDesk) -> list[str]:
    return [one.text("given_name") for one in desk.ask(lambda vault: records.find_all(vault, "client"))]


def rescue(desk: OpenedDesk) -> RescueCard:
    assert desk.door.entrance is not None
    card = desk.door.entrance.card
    assert isinstance(card, RescueCard)
    return card


def test_a_backup_is_made_by_a_button_and_told(desk: OpenedDesk) -> None:
    desk.open()
    page = settings(desk)
    assert "No backup has been made yet." in words_of(page.backup_card)
    page.backup_card.make_button.click()
    desk.settle()
    assert len(backup.present(desk.folder / backup.FOLDER)) == 1
    assert "The last good backup is of" in words_of(page.backup_card)
    assert page.backup_card.make_button.isEnabled()


def test_a_second_folder_is_chosen_and_missed_in_words(desk: OpenedDesk, tmp_path: Path) -> None:
    desk.open()
    page = settings(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    page.backup_card.choose(stick)
    desk.settle()
    assert len(backup.present(stick)) == 1
    (safekeeping,) = desk.window.findChildren(Safekeeping)
    safekeeping.make()
    desk.settle()
    assert len(backup.present(stick)) == 1  # The day's is there already.
    assert "The last copy there is of" in words_of(page.backup_card)
    stick.rename(tmp_path / "away")
    page.backup_card.reload()
    desk.settle()
    assert "It is not there now." in words_of(page.backup_card)
    page.backup_card.no_second_button.click()
    desk.settle()
    assert desk.ask(backups.standing).second is None


def test_the_day_has_one_backup_and_locking_after_midnight_makes_the_next(desk: OpenedDesk) -> None:
    desk.open()
    keeping = desk.window.findChild(Safekeeping)
    for _ in range(2):
        keeping.make()
        desk.settle()
    assert len(backup.present(desk.folder / backup.FOLDER)) == 1
    desk.clock.forward(days=1)
    desk.door.lock()
    desk.settle()
    assert len(backup.present(desk.folder / backup.FOLDER)) == 2


def test_no_backup_for_long_is_said_in_a_banner(desk: OpenedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    from desk_app.domain.errors import DiskFull

    desk.open()

    def full(_vault: Vault) -> None:
        raise DiskFull("disk")

    monkeypatch.setattr(backups, "daily", full)
    desk.window.findChild(Safekeeping).make()
    desk.settle()
    said = [banner.accessibleName() for banner in desk.window.findChildren(Banner)]
    assert any("No good backup has been made yet." in one for one in said)
    monkeypatch.undo()


def test_a_backup_is_restored_from_the_settings(desk: OpenedDesk, tmp_path: Path) -> None:
    desk.open()
    page = settings(desk)
    page.backup_card.back_up(tmp_path)
    desk.settle()
    (file,) = backup.present(tmp_path)
    desk.ask(lambda vault: make_client(vault, "Далер"))
    page.backup_card.restore_button.click()
    desk.settle()
    assert desk.door.window is None
    card = rescue(desk)
    assert card.way is Way.RESTORE
    card.begin_button.click()
    assert "Please fill in this field." in words_of(card)
    card.file.set_typed(str(file))
    card.passphrase.set_typed("a wrong one indeed")
    card.begin_button.click()
    desk.settle()
    assert card.begin_button.isEnabled()
    card.passphrase.set_typed(PASSPHRASE)
    card.begin_button.click()
    desk.settle()
    assert "was restored" in words_of(desk.card)
    assert list(tmp_path.glob("khorugh.before-*"))
    desk.open()
    assert clients(desk) == ["Зуҳро"]


def test_a_damaged_desk_offers_two_ways_and_is_salvaged(desk: OpenedDesk) -> None:
    path = desk.folder / DATABASE
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    desk.door.open()
    desk.qtbot.waitUntil(lambda: bool(desk.door.entrance and desk.door.entrance._users), timeout=20_000)
    desk.unlock(PASSPHRASE)
    desk.settle()
    restore, salvage = desk.card.rescue_buttons
    assert restore.isVisibleTo(desk.card)
    salvage.click()
    card = rescue(desk)
    assert card.way is Way.SALVAGE
    card.passphrase.set_typed(PASSPHRASE)
    card.begin_button.click()
    desk.settle()
    assert isinstance(desk.card, UnlockCard)
    assert "no change was lost" in words_of(desk.card)
    desk.open()
    assert clients(desk) == ["Зуҳро"]


def test_another_language_keeps_what_was_typed(desk: OpenedDesk, appearance: Appearance) -> None:
    desk.door.open()
    assert desk.door.entrance is not None
    desk.door.entrance.show_rescue(Way.RESTORE)
    rescue(desk).file.set_typed("/some/file")
    rescue(desk).user.set_typed("Зарина")
    before = rescue(desk)
    appearance.choose_text_size(125)
    assert rescue(desk) is not before
    assert rescue(desk).typed() == {"file": "/some/file", "user": "Зарина", "passphrase": ""}


def test_travel_goes_step_by_step(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> None:
    coordinator = make_vault(tmp_path, "coordinator")
    partners.write_card(coordinator, tmp_path / "coordinator.card")

    def fill(vault: Vault) -> None:
        make_client(vault, "Зуҳро")
        partners.enrol(vault, tmp_path / "coordinator.card")
        partners.write_card(vault, tmp_path / "desk.card")

    desk = OpenedDesk(qtbot, appearance, remembered, tmp_path, fill)
    partners.enrol(coordinator, tmp_path / "desk.card")
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.open()
    card = settings(desk).travel_card
    assert "has not been sent yet" in words_of(card)
    card.send(stick)
    desk.settle()
    assert "has not confirmed it yet" in words_of(card)
    assert not card.wipe_button.isVisibleTo(card)
    merging.merge_files(coordinator, [stick])
    answer = exchange.export(coordinator, "khorugh", tmp_path / "answer.roh")
    coordinator.close()
    desk.ask(lambda vault: merging.merge_files(vault, [answer.file]))
    card.reload()
    desk.settle()
    assert "can be emptied" in words_of(card)
    assert not card.wipe_button.isEnabled()
    card.sure.setChecked(True)
    card.wipe_button.click()
    desk.settle()
    assert desk.door.window is None
    desk.open()
    assert clients(desk) == []
    assert "holds no records" in words_of(settings(desk).travel_card)
    desk.close()
