"""People and keys through the window: users come, change and go; a forgotten passphrase; the papers."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.rules.roles import Role
from desk_app.storage.vault import Vault
from desk_app.ui.background import Background
from desk_app.ui.dialogs.code_printing import print_code
from desk_app.ui.dialogs.forgotten_card import ForgottenCard
from desk_app.ui.dialogs.paper import Outlets
from desk_app.ui.dialogs.recovery_card import RecoveryCard
from desk_app.ui.look import Look
from desk_app.ui.pages.targets import USERS
from desk_app.ui.pages.users.page import UsersPage
from desk_app.ui.pages.users.panels import AddUserPanel, ChangePanel, ResetPanel, RolesPanel
from desk_app.ui.pages.users.papers import CodePanel
from desk_app.ui.widgets.banner import Banner
from desk_app.usecases import keys, notices, users, vaults
from tests.fakes import PASSPHRASE, USER, surroundings
from tests.ui.conftest import MakeDesk
from tests.ui.on_screen import words_of
from tests.ui.opened_desk import OpenedDesk

NEW = "чашма дар паси кӯҳи баланд"
LAWYER = "Фирӯз"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases at the lowest cost the program allows."""
    monkeypatch.setattr(vaults, "measured_cost", lambda: FLOOR_PARAMETERS)


def page_of(desk: OpenedDesk) -> UsersPage:
    return desk.visit(UsersPage, USERS)


def press(ground: QWidget, words: str) -> None:
    """Click the button with these words."""
    found = [one for one in ground.findChildren(QPushButton) if one.accessibleName().lstrip("§") == words]
    assert len(found) == 1, [one.accessibleName() for one in ground.findChildren(QPushButton)]
    found[0].click()


def with_lawyer(vault: Vault) -> None:
    users.add_user(vault, LAWYER, NEW, [Role.LAWYER], FLOOR_PARAMETERS)


def test_a_user_is_added_with_roles_and_opens_the_desk(make_desk: MakeDesk) -> None:
    desk = make_desk().open()
    page = page_of(desk)
    page.add_button.click()
    form = page.panel.content
    assert isinstance(form, AddUserPanel)
    press(page.panel, "Add")
    assert form.name.error
    assert form.roles.error
    assert form.new.rows["passphrase"].error
    form.name.field.set_typed(LAWYER)
    form.roles.choices.set_typed("lawyer")
    form.new.passphrase.set_typed(NEW)
    form.new.again.set_typed(NEW)
    press(page.panel, "Add")
    desk.settle()
    assert page.panel.content is None
    shown = desk.ask(users.members)
    assert [(one.name, one.roles, one.holds) for one in shown if one.name == LAWYER] == [
        (LAWYER, (Role.LAWYER,), (Role.LAWYER,))
    ]
    vaults.unlock(desk.folder, LAWYER, NEW, surroundings("lawyer")).close()


def test_a_name_that_is_taken_is_said_beside_it_and_nothing_is_lost(make_desk: MakeDesk) -> None:
    desk = make_desk().open()
    page = page_of(desk)
    page.add_button.click()
    form = page.panel.content
    assert isinstance(form, AddUserPanel)
    form.name.field.set_typed(USER)
    form.roles.choices.set_typed("lawyer")
    form.new.passphrase.set_typed(NEW)
    form.new.again.set_typed(NEW)
    press(page.panel, "Add")
    desk.settle()
    assert form.name.error
    assert form.isEnabled()
    assert form.new.value() == NEW
    assert len(desk.ask(users.members)) == 1


def test_roles_passphrase_and_leaving(make_desk: MakeDesk) -> None:
    desk = make_desk(fill=with_lawyer).open()
    page = page_of(desk)
    lawyer = desk.ask(lambda vault: users.named(vault, LAWYER))
    page.list.opened.emit(lawyer)
    press(page.panel, "Change the roles")
    form = page.panel.content
    assert isinstance(form, RolesPanel)
    form.roles.choices.set_typed("lawyer social_worker")
    press(page.panel, "Save")
    desk.settle()
    assert set(desk.ask(lambda vault: users.member(vault, lawyer)).roles) == {Role.LAWYER, Role.SOCIAL_WORKER}
    page.list.opened.emit(lawyer)
    press(page.panel, "Give a new passphrase")
    reset = page.panel.content
    assert isinstance(reset, ResetPanel)
    reset.new.passphrase.set_typed(PASSPHRASE)
    reset.new.again.set_typed(PASSPHRASE)
    press(page.panel, "Set the new passphrase")
    desk.settle()
    assert desk.ask(lambda vault: users.member(vault, lawyer)).waits_for == (Role.LAWYER,)
    page.list.opened.emit(lawyer)
    press(page.panel, "Remove the user")
    desk.settle()
    press(page.panel, "Remove the user")
    desk.settle()
    gone = next(one for one in desk.ask(users.members) if one.user == lawyer)
    assert gone.gone is not None
    assert not gone.has_slot


def test_the_last_holder_of_a_key_is_removed_only_when_that_is_meant(make_desk: MakeDesk) -> None:
    desk = make_desk(fill=with_lawyer).open()
    page = page_of(desk)
    lawyer = desk.ask(lambda vault: users.named(vault, LAWYER))
    page.list.opened.emit(lawyer)
    press(page.panel, "Remove the user")
    desk.settle()
    press(page.panel, "Remove the user")
    desk.settle()
    assert desk.ask(lambda vault: users.member(vault, lawyer)).has_slot
    assert "Only Фирӯз opens these private notes" in words_of(page.panel)
    press(page.panel, "Remove all the same")
    desk.settle()
    assert lawyer not in {one.user for one in desk.ask(users.members) if one.has_slot}


def test_who_does_not_lead_sees_the_others_and_changes_only_the_own_passphrase(make_desk: MakeDesk) -> None:
    desk = make_desk(fill=with_lawyer).open(LAWYER, NEW)
    page = page_of(desk)
    assert not page.add_button.isEnabled()
    page.people.change_own()
    form = page.panel.content
    assert isinstance(form, ChangePanel)
    form.old.field.set_typed("not the passphrase")
    form.new.passphrase.set_typed(PASSPHRASE)
    form.new.again.set_typed(PASSPHRASE)
    press(page.panel, "Change")
    desk.settle()
    assert form.old.error
    form.old.field.set_typed(NEW)
    press(page.panel, "Change")
    desk.settle()
    vaults.unlock(desk.folder, LAWYER, PASSPHRASE, surroundings("changed")).close()


def test_a_new_recovery_code_is_shown_once_and_everything_is_sealed_anew(make_desk: MakeDesk) -> None:
    desk = make_desk().open()
    page = page_of(desk)
    page.keys.new_code()
    press(page.panel, "Make a new recovery code")
    desk.settle()
    code = next(one.accessibleName() for one in page.panel.findChildren(QWidget) if len(one.accessibleName()) == 55)
    assert len(code.split()) == 8
    shown = page.panel.content
    assert isinstance(shown, CodePanel)
    page.back()
    page.add_button.click()
    assert page.panel.content is shown
    assert "Write the code down first" in words_of(shown)
    shown.kept.setChecked(True)
    page.back()
    assert page.panel.content is None
    page.keys.rotate()
    press(page.panel, "Seal everything with a new key")
    desk.settle()
    assert not desk.window.findChildren(Banner)
    desk.door.lock()
    desk.settle()
    assert keys.reset_with_recovery(desk.folder, code, USER, NEW, surroundings("recovery"), FLOOR_PARAMETERS)


def test_a_forgotten_passphrase_is_set_anew_at_the_door_and_everybody_is_told(make_desk: MakeDesk) -> None:
    codes: list[str] = []

    def fill(vault: Vault) -> None:
        with_lawyer(vault)
        codes.append(keys.new_recovery_code(vault))

    desk = make_desk(fill=fill)
    desk.door.open()
    desk.settle()
    desk.card.forgotten.emit()
    entrance = desk.door.entrance
    assert entrance is not None
    card = entrance.card
    assert isinstance(card, ForgottenCard)
    card.set_button.click()
    assert card.error("user")
    assert card.error("code")
    assert card.error("passphrase")
    wrong = codes[0][:-1] + str((int(codes[0][-1]) + 1) % 10)
    card.set_typed({"user": LAWYER, "code": wrong, "passphrase": PASSPHRASE, "again": PASSPHRASE})
    card.set_button.click()
    desk.settle()
    assert card.error("code")
    card.set_typed({"code": codes[0]})
    card.set_button.click()
    desk.qtbot.waitUntil(lambda: isinstance(entrance.card, RecoveryCard), timeout=20_000)
    shown = entrance.card
    assert isinstance(shown, RecoveryCard)
    new_code = shown._groups
    assert new_code != codes[0].split()
    shown.group.set_typed(new_code[shown.asked - 1])
    shown.open_button.click()
    desk.qtbot.waitUntil(lambda: desk.door.window is not None, timeout=20_000)
    desk.settle()
    assert desk.window.findChildren(Banner)
    assert "opened with the recovery code for Фирӯз" in words_of(desk.window)
    desk.door.lock()
    desk.settle()
    desk.open()
    assert "opened with the recovery code for Фирӯз" in words_of(desk.window)
    banner = desk.window.findChild(Banner)
    assert banner is not None
    banner.acted.emit()
    desk.settle()
    assert not [one for one in desk.ask(notices.notices) if "recovery" in one.action]


def test_the_recovery_sheet_of_a_new_desk_goes_to_a_printer(
    qtbot: QtBot, look: Look, background: Background, tmp_path: Path
) -> None:
    file, said = tmp_path / "printed.pdf", []
    card = RecoveryCard(look, " ".join(f"{group:06}" for group in range(111111, 119000, 1111)), 1, can_print=True)
    qtbot.addWidget(card)

    def printer(_parent: QWidget, copies: int) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(file))
        made.setCopyCount(copies)
        return made

    def asked(printers: bool) -> None:
        outlets = Outlets(lambda: printers, printer, lambda *_: None)
        code = " ".join(card._groups)
        print_code(background, look.tr, code, "vose", lambda: surroundings("paper"), card, said.append, outlets)

    card.print_asked.connect(lambda: asked(True))
    card.print_button.click()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said == ["The paper was sent to the printer."]
    assert file.read_bytes().startswith(b"%PDF")
    asked(False)
    assert said[1:] == ["No printer is connected to this computer. Write the digits down by hand."]
