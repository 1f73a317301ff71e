"""Erasing through the window: the question with its consequences, the number typed, the lists afterwards."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from desk_app.domain.errors import RecordNotFound
from desk_app.domain.ids import RecordId
from desk_app.domain.rules.roles import Role
from desk_app.storage import members
from desk_app.storage.vault import Vault
from desk_app.ui.dialogs.erase_dialog import EraseDialog
from desk_app.ui.pages.erasures.page import ErasuresPage
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.targets import ERASURES, OpenPerson
from desk_app.ui.widgets.banner import Banner
from desk_app.usecases import drafts, erasure, records
from tests.fakes import make_client
from tests.ui.conftest import MakeDesk
from tests.ui.on_screen import rows_of, words_of
from tests.ui.opened_desk import OpenedDesk

NAME = "Назаров Карим"


def fill(vault: Vault) -> RecordId:
    client = make_client(vault, "Карим", surname="Назаров")
    records.add(vault, "need", {"client": client, "pathway": "housing"})
    return client


@pytest.fixture
def desk(make_desk: MakeDesk) -> OpenedDesk:
    return make_desk(fill=fill).open()


def question(desk: OpenedDesk) -> EraseDialog:
    """Asked for in the menu of a person's page."""
    assert isinstance(desk.filled, str)
    page = desk.visit(PersonPage, "person", OpenPerson(RecordId(desk.filled)))
    menu = page.more.menu()
    assert menu is not None
    menu.actions()[-1].trigger()
    desk.settle()
    assert page.erasing.dialog is not None
    return page.erasing.dialog


def is_there(vault: Vault, record: RecordId) -> bool:
    try:
        return records.show(vault, record).id == record
    except RecordNotFound:
        return False


def banners(desk: OpenedDesk) -> str:
    return "\n".join(one.accessibleName() for one in desk.window.findChildren(Banner))


def page_of(desk: OpenedDesk) -> ErasuresPage:
    return desk.visit(ErasuresPage, ERASURES)


def test_the_question_says_what_goes_and_what_cannot_be_reached(desk: OpenedDesk) -> None:
    asked = question(desk)
    said = words_of(asked)
    for words in (NAME, "Clients: 1", "Consents: 2", "Needs: 1", "papers that were printed", "KHG-2026-1"):
        assert words in said, said
    assert asked.keep_button.isDefault()
    asked.keep_button.click()
    desk.settle()
    client = RecordId(str(desk.filled))
    assert desk.ask(lambda vault: is_there(vault, client))


def test_without_a_reason_and_the_number_nothing_goes(desk: OpenedDesk) -> None:
    asked = question(desk)
    asked.erase_button.click()
    assert "Choose a reason." in asked.reason_row.error
    asked.reason.set_value("asked")
    asked.number.set_typed("KHG-2026-2")
    asked.erase_button.click()
    assert "not the number" in asked.number_row.error
    desk.settle()
    client = RecordId(str(desk.filled))
    assert desk.ask(lambda vault: is_there(vault, client))
    asked.reject()


def test_a_person_is_erased_and_the_list_tells_of_it(desk: OpenedDesk) -> None:
    asked = question(desk)
    client = RecordId(str(desk.filled))
    asked.reason.set_value("asked")
    asked.number.set_typed("KHG-2026-1")
    asked.erase_button.click()
    desk.settle()
    assert desk.window.pages.current == "people"
    assert not desk.ask(lambda vault: is_there(vault, client))
    assert "found" not in banners(desk)
    page = page_of(desk)
    (row,) = rows_of(page.erasures)
    assert "4 records" in row.title
    assert "The person asked for it" in row.detail
    page.open_erasure(row.key)
    assert "It was recorded nowhere else." in words_of(page.panel)
    assert page.back()
    assert page.panel.isHidden()


def test_who_does_not_lead_is_told_before_anything_is_asked(make_desk: MakeDesk) -> None:
    def filled(vault: Vault) -> RecordId:
        (own,) = members.everybody(vault.db)
        members.put(vault.db, replace(own, roles=frozenset({Role.SOCIAL_WORKER})))
        return fill(vault)

    desk = make_desk(fill=filled).open()
    page = desk.visit(PersonPage, "person", OpenPerson(RecordId(str(desk.filled))))
    page.open_panel("erase")
    desk.settle()
    assert page.erasing.dialog is None
    assert "Erase a person" in banners(desk)


def test_a_form_left_open_brings_no_draft_back(desk: OpenedDesk) -> None:
    client = RecordId(str(desk.filled))

    def erase_then_keep(vault: Vault) -> list[drafts.Draft]:
        erasure.erase(vault, client, "asked")
        drafts.keep(vault, f"need:{client}", {"description": NAME})
        return drafts.all_drafts(vault)

    assert desk.ask(erase_then_keep) == []


def test_a_proposal_is_looked_at_and_confirmed(make_desk: MakeDesk) -> None:
    desk = make_desk(fill=fill)
    desk.clock.forward(days=2000)
    desk.open()
    page = page_of(desk)
    (row,) = rows_of(page.proposals)
    assert row.title == f"{NAME} KHG-2026-1"
    assert "five years" in row.detail
    page.open_proposal(row.key)
    assert "two more answer to complaints" in words_of(page.panel)
    erase = [one for one in page.panel.findChildren(QPushButton) if one.accessibleName().lstrip("§") == "Erase"]
    erase[0].click()
    desk.settle()
    asked = page.erasing.dialog
    assert asked is not None
    assert asked.reason_row.isHidden()
    asked.number.set_typed("KHG-2026-1")
    asked.erase_button.click()
    desk.settle()
    assert desk.page is page
    assert rows_of(page.proposals) == []
    assert "The time for keeping it is over" in rows_of(page.erasures)[0].detail


def test_a_forgotten_form_goes_with_one_click(make_desk: MakeDesk) -> None:
    def filled(vault: Vault) -> None:
        drafts.keep(vault, "intake", {"given_name": "Карим"})

    desk = make_desk(fill=filled)
    desk.clock.forward(days=100)
    desk.open()
    page = page_of(desk)
    (row,) = rows_of(page.proposals)
    assert "Unfinished form" in row.title
    page.open_proposal(row.key)
    erase = [one for one in page.panel.findChildren(QPushButton) if one.accessibleName().lstrip("§") == "Erase"]
    erase[0].click()
    desk.settle()
    assert rows_of(page.proposals) == []
    assert desk.ask(drafts.all_drafts) == []
