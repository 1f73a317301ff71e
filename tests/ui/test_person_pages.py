"""Journeys of today, people, a person and the intake: type, click, see, and read it back from the vault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.page import Search
from desk_app.ui.pages.consent_questions import ConsentQuestions
from desk_app.ui.pages.intake import SEARCHING, WRITING, IntakePage
from desk_app.ui.pages.people import PeoplePage
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.targets import NewPerson, OpenPerson
from desk_app.ui.pages.today import TodayPage
from desk_app.ui.remembered import Remembered
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.snack import Snack
from desk_app.usecases import drafts, followups, people, records, referrals, services
from tests.fakes import make_client, make_organisation
from tests.ui.conftest import MARK, type_text
from tests.ui.on_screen import press, rows_of, words_of
from tests.ui.opened_desk import OpenedDesk

CONTROL = Qt.KeyboardModifier.ControlModifier
HOSTILE = '<b>Зуҳро</b> & {{x}} "=1+1"'
Filled = dict[str, RecordId]


def fill(vault: Vault) -> Filled:
    """Three people, one of them written in Latin, with something due."""
    ismoil = make_client(vault, "Исмоил", surname="Исмоилов", birth_date="1973", phone="931234567")
    other = make_client(vault, "Исмаил", surname="Исмаилов", birth_date="1980", consents="service")
    hostile = people.register(vault, {"given_name": HOSTILE}, {}, {}).id
    visit = followups.plan(vault, {"client": ismoil, "type": "appointment", "due": "2026-03-05", "at": "10:00"}).id
    late = followups.plan(vault, {"client": other, "type": "contact", "due": "2026-03-01"}).id
    service = services.record(vault, {"client": ismoil, "type": "legal", "what_was_done": "Wrote an objection."}).id
    referral = referrals.refer(
        vault, {"client": ismoil, "organisation": make_organisation(vault), "service_asked": "Legal aid"}
    ).id
    referrals.change_state(vault, referral, "sent")
    records.edit(vault, referral, {"answer_due": "2026-03-02"})
    return {
        "ismoil": ismoil,
        "other": other,
        "hostile": hostile,
        "visit": visit,
        "late": late,
        "service": service,
        "referral": referral,
    }


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[OpenedDesk]:
    opened = OpenedDesk(qtbot, appearance, remembered, tmp_path, fill).open()
    yield opened
    opened.close()


def filled(desk: OpenedDesk) -> Filled:
    """The records made before the window opened."""
    assert isinstance(desk.filled, dict)
    return desk.filled


def person_page(desk: OpenedDesk, client: RecordId, panel: str = "") -> PersonPage:
    """The page of one person."""
    return desk.visit(PersonPage, "person", OpenPerson(client, panel))


# Today


def test_today_says_what_is_due_and_each_line_opens_its_person(desk: OpenedDesk) -> None:
    page, known = desk.page, filled(desk)
    assert isinstance(page, TodayPage)
    assert "Thursday 5 March" in words_of(page)
    assert [row.key for row in rows_of(page.lists["now"])] == [known["visit"]]
    assert rows_of(page.lists["now"])[0].lead == "10:00"
    assert rows_of(page.lists["overdue"])[0].tail == MARK + "4 days late"
    assert rows_of(page.lists["unanswered"])[0].key == known["referral"]
    page.lists["overdue"].pick_first()
    QTest.keyClick(page.lists["overdue"], Qt.Key.Key_Return)
    desk.settle()
    opened = desk.page
    assert isinstance(opened, PersonPage)
    assert opened.records.form is not None
    assert opened.records.form.typed()["type"] == "contact"


def test_a_follow_up_is_done_and_leaves_today(desk: OpenedDesk) -> None:
    known = filled(desk)
    page = person_page(desk, known["other"], f"edit_followup:{known['late']}")
    assert page.records.form is not None
    page.records.form.input("state").set_typed("done")
    press(page.panel, "Save")
    desk.settle()
    kept = desk.ask(lambda vault: records.show(vault, known["late"]))
    assert (kept.text("state"), kept.text("done_on")) == ("done", "2026-03-05")
    desk.window.go("today")
    desk.settle()
    today = desk.page
    assert isinstance(today, TodayPage)
    assert "overdue" not in today.lists


# People


def test_people_are_found_in_another_script_with_the_reason(desk: OpenedDesk) -> None:
    search = desk.window.sidebar.search
    assert search is not None
    QTest.keyClicks(search, "ismoil")
    QTest.keyClick(search, Qt.Key.Key_Return)
    desk.settle()
    page, known = desk.page, filled(desk)
    assert isinstance(page, PeoplePage)
    rows = rows_of(page.list)
    assert [row.key for row in rows] == [known["ismoil"], known["other"]]
    assert "written in Cyrillic letters" in rows[0].detail
    desk.qtbot.waitUntil(lambda: page.preview.client == known["ismoil"])
    assert "Исмоилов Исмоил" in words_of(page.preview)
    page.enter()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    desk.qtbot.waitUntil(lambda: page.preview.client == known["other"])
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.pages.current == "person"


def test_nobody_found_leads_to_the_intake_with_the_name(desk: OpenedDesk) -> None:
    page = desk.visit(PeoplePage, "people", Search("Холмуродов Далер"))
    nobody = page._left.currentWidget()
    assert nobody is not None
    press(nobody, "Intake")
    desk.settle()
    intake = desk.page
    assert isinstance(intake, IntakePage)
    assert intake.steps.currentIndex() == WRITING
    assert intake.form.typed()["surname"] == "Холмуродов"
    assert intake.form.typed()["given_name"] == "Далер"


def test_a_hostile_name_is_shown_letter_by_letter(desk: OpenedDesk) -> None:
    page = person_page(desk, filled(desk)["hostile"])
    shown = [one for one in page.findChildren(QLabel) if one.text() == HOSTILE]
    assert shown
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in shown)


# A person


@pytest.mark.parametrize("type_code", ["legal", "psychological", "social"])
def test_a_consultation_is_written_saved_and_taken_back(desk: OpenedDesk, type_code: str) -> None:
    known = filled(desk)
    page = person_page(desk, known["other"])
    menu = next(iter(page.findChildren(QMenu)))
    place = ["legal", "psychological", "social"].index(type_code)
    menu.actions()[place].trigger()
    desk.settle()
    form = page.records.form
    assert form is not None
    assert ("deadline" in form.typed()) == (type_code == "legal")
    type_text(form.input("what_was_done").target(), "Гап задем")
    QTest.keyClick(form, Qt.Key.Key_S, CONTROL)
    desk.settle()
    made = desk.ask(lambda vault: records.find_all(vault, "service", {"client": known["other"]}))
    assert [(one.text("type"), one.text("what_was_done")) for one in made] == [(type_code, "Гап задем")]
    assert made[0].text("delivered_on") == "2026-03-05"
    assert page.panel.isHidden()
    assert rows_of(page.tabs.lists["service"].rows)[0].detail == "Гап задем"
    press(next(iter(desk.window.findChildren(Snack))), "Undo")
    desk.settle()
    assert desk.ask(lambda vault: records.find_all(vault, "service", {"client": known["other"]})) == []
    assert rows_of(page.tabs.lists["service"].rows) == []


def test_a_second_click_on_save_saves_nothing_more(desk: OpenedDesk) -> None:
    known = filled(desk)
    page = person_page(desk, known["other"], "service.social")
    press(page.panel, "Save")
    page.records.save()
    desk.settle()
    assert len(desk.ask(lambda vault: records.find_all(vault, "service", {"client": known["other"]}))) == 1
    page.open_panel("ask:sharing")
    questions = page.panel.content
    assert isinstance(questions, ConsentQuestions)
    press(questions, "Agrees")
    before = len(desk.ask(lambda vault: records.find_all(vault, "consent", {"client": known["other"]})))
    press(page.panel, "Save")
    press(page.panel, "Save")
    desk.settle()
    assert len(desk.ask(lambda vault: records.find_all(vault, "consent", {"client": known["other"]}))) == before + 1


def test_a_consultation_is_corrected_by_a_new_record(desk: OpenedDesk) -> None:
    known = filled(desk)
    page = person_page(desk, known["ismoil"])
    page.tabs.opened.emit(known["service"])
    assert "Wrote an objection." in words_of(page.panel)
    press(page.panel, "Correct")
    desk.settle()
    form = page.records.form
    assert form is not None
    form.input("what_was_done").set_typed("Wrote two objections.")
    press(page.panel, "Save")
    desk.settle()
    made = desk.ask(lambda vault: records.find_all(vault, "service", {"client": known["ismoil"]}))
    assert [one.text("what_was_done") for one in made] == ["Wrote two objections."]
    assert made[0].text("corrects") == known["service"]


def test_a_required_field_is_asked_for_beside_it(desk: OpenedDesk) -> None:
    known = filled(desk)
    page = person_page(desk, known["other"])
    page.open_panel("need")
    desk.settle()
    press(page.panel, "Save")
    desk.settle()
    assert page.records.form is not None
    assert "fill in" in page.records.form.row("pathway").error
    assert desk.ask(lambda vault: records.find_all(vault, "need")) == []
    page.records.form.input("pathway").set_typed("housing")
    press(page.panel, "Save")
    desk.settle()
    assert [one.text("state") for one in desk.ask(lambda vault: records.find_all(vault, "need"))] == ["open"]


def test_a_panel_put_away_gives_back_what_was_typed(desk: OpenedDesk) -> None:
    known = filled(desk)
    page = person_page(desk, known["other"])
    page.open_panel("followup")
    desk.settle()
    assert page.records.form is not None
    type_text(page.records.form.input("note").target(), "Занг")
    assert page.back()
    assert page.panel.isHidden()
    desk.settle()
    kept = desk.ask(lambda vault: drafts.find(vault, f"followup:{known['other']}"))
    assert kept is not None
    assert kept.values["note"] == "Занг"
    page.open_panel("followup")
    desk.settle()
    assert page.records.form is not None
    assert page.records.form.typed()["note"] == "Занг"
    press(page.panel, "Throw away")
    desk.settle()
    assert desk.ask(lambda vault: drafts.find(vault, f"followup:{known['other']}")) is None


def test_details_are_edited_and_the_edit_taken_back(desk: OpenedDesk) -> None:
    known = filled(desk)
    page = person_page(desk, known["ismoil"])
    page.open_panel("edit_client")
    desk.settle()
    assert page.records.form is not None
    page.records.form.input("address").set_typed("ш. Хоруғ")
    press(page.panel, "Save")
    desk.settle()
    assert desk.ask(lambda vault: records.show(vault, known["ismoil"])).text("address") == "ш. Хоруғ"
    assert "ш. Хоруғ" in words_of(page.tabs)
    press(next(iter(desk.window.findChildren(Snack))), "Undo")
    desk.settle()
    after = desk.ask(lambda vault: records.show(vault, known["ismoil"]))
    assert (after.text("address"), after.text("surname")) == ("", "Исмоилов")


def test_consent_is_asked_in_words_given_and_withdrawn(desk: OpenedDesk) -> None:
    known = filled(desk)
    page = person_page(desk, known["other"])
    page.open_panel("ask:sharing")
    questions = page.panel.content
    assert isinstance(questions, ConsentQuestions)
    assert "When we send you to another organisation" in words_of(questions)
    press(questions, "Agrees")
    press(page.panel, "Save")
    desk.settle()
    assert desk.ask(lambda vault: people.consents_of(vault, known["other"]))["sharing"] == "given"
    page.open_panel("withdraw:sharing")
    assert "From now on no letter is written about the client" in words_of(page.panel)
    press(page.panel, "Withdraw the consent")
    desk.settle()
    assert desk.ask(lambda vault: people.consents_of(vault, known["other"]))["sharing"] == "withdrawn"


def test_another_language_keeps_the_person_and_the_sentence(desk: OpenedDesk, appearance: Appearance) -> None:
    known = filled(desk)
    page = person_page(desk, known["other"])
    page.open_panel("need")
    desk.settle()
    assert page.records.form is not None
    type_text(page.records.form.input("description").target(), "хона")
    appearance.choose_language("ru")
    desk.settle()
    again = desk.page
    assert isinstance(again, PersonPage)
    assert again is not page
    assert "Исмаилов Исмаил" in words_of(again)
    assert again.records.form is not None
    assert again.records.form.typed()["description"] == "хона"
    type_text(intake_page(desk).search.box, "Ҷамшед")
    appearance.choose_language("tg")
    desk.settle()
    assert desk.visit(IntakePage, "intake").search.box.text() == "Ҷамшед"


# The intake


def intake_page(desk: OpenedDesk, typed: str = "") -> IntakePage:
    """The intake, begun with what was searched for."""
    return desk.visit(IntakePage, "intake", NewPerson(typed))


def test_a_person_is_searched_for_then_registered_with_consent(desk: OpenedDesk) -> None:
    page = intake_page(desk)
    assert page.steps.currentIndex() == SEARCHING
    type_text(page.search.box, "Ҷамшед")
    QTest.keyClick(page.search.box, Qt.Key.Key_Return)
    desk.settle()
    press(page.search, "Register a new person")
    desk.settle()
    assert page.form.typed()["given_name"] == "Ҷамшед"
    page.form.fields.input("birth_date").set_typed("1991")
    press(page.form.questions._answers["service"], "Agrees")
    QTest.keyClick(page.form.questions._answers["service"].target(), Qt.Key.Key_S, CONTROL)
    desk.settle()
    found = desk.ask(lambda vault: people.find(vault, "jamshed"))
    assert [one.birth_date for one in found] == ["1991"]
    assert desk.ask(lambda vault: people.consents_of(vault, found[0].id)) == {"service": "given"}
    assert desk.ask(lambda vault: drafts.find(vault, "intake")) is None
    assert desk.window.pages.current == "person"


def test_one_after_another_with_ctrl_enter(desk: OpenedDesk) -> None:
    page = intake_page(desk, "Баҳром")
    QTest.keyClick(page.form.fields, Qt.Key.Key_Return, CONTROL)
    desk.settle()
    assert desk.window.pages.current == "intake"
    assert page.steps.currentIndex() == SEARCHING
    assert not any(page.form.typed()[name] for name in ("surname", "given_name", "father_name"))
    assert len(desk.ask(lambda vault: people.find(vault, "Баҳром"))) == 1


def test_people_alike_are_shown_while_typing_and_asked_about_at_save(desk: OpenedDesk) -> None:
    known = filled(desk)
    desk.window.resize(1024, 600)
    nobody = intake_page(desk, "Ғайбулло")
    assert nobody.alike.height() < nobody.height() // 4  # Nobody alike: the form has the room.
    press(nobody, "Throw away")
    desk.settle()
    page = intake_page(desk, "Исмоилов Исмоил")
    page.form.fields.input("birth_date").set_typed("1973")
    page.form.fields.edited.emit()
    desk.qtbot.waitUntil(lambda: [row.key for row in rows_of(page.alike.list)][:1] == [known["ismoil"]])
    assert page.alike.anyway.isHidden()
    press(page, "Save")
    desk.settle()
    assert not page.alike.anyway.isHidden()
    assert "may be the same person" in "\n".join(one.accessibleName() for one in page.alike.findChildren(Banner))
    assert len(desk.ask(lambda vault: records.find_all(vault, "client"))) == 3
    press(page.alike, "Register anyway")
    desk.settle()
    assert len(desk.ask(lambda vault: records.find_all(vault, "client"))) == 4


def test_a_second_click_registers_nobody_twice(desk: OpenedDesk) -> None:
    page = intake_page(desk, "Некрӯзов Шерзод")
    for _ in range(3):
        page.save()
    desk.settle()
    assert len(desk.ask(lambda vault: people.find(vault, "Некрӯзов"))) == 1
    page = intake_page(desk, "Некрӯзов Шерзод")
    page.save()
    desk.settle()
    for _ in range(3):
        page.alike.anyway.click()
    desk.settle()
    assert len(desk.ask(lambda vault: people.find(vault, "Некрӯзов"))) == 2


def test_without_any_name_nothing_is_saved(desk: OpenedDesk) -> None:
    page = intake_page(desk)
    press(page.search, "Register a new person")
    press(page, "Save")
    desk.settle()
    assert page.form.fields.row("given_name").error
    assert len(desk.ask(lambda vault: records.find_all(vault, "client"))) == 3


def test_a_refusal_to_be_recorded_warns(desk: OpenedDesk) -> None:
    page = intake_page(desk, "Комрон")
    press(page.form.questions._answers["service"], "Does not agree")
    shown = [one for one in page.form.findChildren(Banner) if not one.isHidden()]
    assert "without writing the name" in shown[0].accessibleName()


def test_the_draft_of_an_intake_is_listed_today_and_opens_it(desk: OpenedDesk) -> None:
    page = intake_page(desk, "Комрон")
    page.flush()
    desk.window.go("today")
    desk.settle()
    today = desk.page
    assert isinstance(today, TodayPage)
    assert [row.title for row in rows_of(today.lists["drafts"])] == ["Комрон"]
    today.lists["drafts"].opened.emit("intake")
    desk.settle()
    assert desk.page is page
    assert page.steps.currentIndex() == WRITING
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not desk.window]
