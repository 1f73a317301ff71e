"""The page of referrals: from a person to the paper and to the answer, on a real vault."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk_app.documents import preview as paper_pages
from desk_app.domain.ids import RecordId
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.dialogs.letter_printing import LetterPrinting
from desk_app.ui.dialogs.paper import Outlets
from desk_app.ui.look import Look
from desk_app.ui.pages.referrals.page import ReferralsPage
from desk_app.ui.pages.referrals.writing import ReferralWriting
from desk_app.ui.pages.targets import PERSON, REFERRALS, NewReferral, OpenLetter, OpenPerson, OpenReferral
from desk_app.ui.remembered import Remembered
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.letter_preview import page_picture
from desk_app.ui.widgets.snack import Snack
from desk_app.usecases import drafts, letters, people, records, referrals
from desk_app.usecases.referral_list import ALL, ANSWERED, DRAFTS, NEEDS_ANSWER
from tests.fakes import make_client, make_organisation
from tests.ui.conftest import MARK, type_text
from tests.ui.opened_desk import OpenedDesk

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support", "QPainter::begin\\(\\): Returned false", extend=True
)
HOSTILE = "<b>Маркази & Ко</b>"


class Filled:
    """A desk with two people, two organisations, and a referral in every place of the list."""

    def __init__(self, vault: Vault) -> None:
        self.client = make_client(
            vault, surname="Исмоилов", birth_date="1973-05-03", phone="935551234", address="кӯчаи Ленин, 5"
        )
        self.closed_client = make_client(vault, "Зебо", surname="Назарова", consents="service", phone="900112233")
        self.organisation = make_organisation(vault)
        self.hostile = make_organisation(vault, name_tg=HOSTILE, name_ru="", name_uz="", head_name="")
        self.late = self._refer(vault, "late", "2026-02-01")
        letters.print_letter(vault, self.late, "tg")
        records.edit(vault, self.late, {"made_on": "2026-02-01", "answer_due": "2026-02-15"})
        self.draft = self._refer(vault, "draft", "2026-03-01")
        self.done = self._refer(vault, "done", "2026-01-05")
        letters.print_letter(vault, self.done, "ru")
        referrals.change_state(vault, self.done, "completed", {"result": "Ёрӣ расид"})

    def _refer(self, vault: Vault, asked: str, on: str) -> RecordId:
        values = {"client": self.client, "organisation": self.organisation, "service_asked": asked, "made_on": on}
        return referrals.refer(vault, values).id


class Desk(OpenedDesk):
    """The window on such a desk, with its own printer and its own choice of file."""

    filled: Filled

    def start(self, folder: Path, *, printers: bool = True) -> "Desk":
        """Unlock, open the referrals, put files and prints where the test finds them."""
        self.open()
        self.printed = folder / "printed.pdf"
        self.file: Path | None = folder / "letter.pdf"
        self.copies = 0
        self.names: list[str] = []
        self.window.go(REFERRALS)
        self.settle()
        session = self.door._session
        assert session is not None
        outlets = Outlets(lambda: printers, self._printer, self._file)
        self.referrals.printing = LetterPrinting(self.referrals.around, session, self.referrals, outlets)
        return self

    @property
    def referrals(self) -> ReferralsPage:
        """The page."""
        page = self.window.pages._made[REFERRALS]
        assert isinstance(page, ReferralsPage)
        return page

    @property
    def writing(self) -> ReferralWriting:
        """The form with its letter."""
        writing = self.referrals.writing
        assert writing is not None
        return writing

    def go(self, target: object) -> None:
        """Open something of the page."""
        self.window.go(REFERRALS, target)
        self.settle()

    def input(self, field: str) -> Any:
        """A field of the form, with what its kind alone has."""
        return self.writing.form.input(field)

    def type(self, field: str, words: str) -> None:
        """Click into a field of the form and type."""
        target = self.input(field).target()
        target.setFocus()
        type_text(target, words)

    def take_first(self) -> None:
        """Down and Enter in the list of what was found."""
        popup = self.input("organisation").target().completer().popup()
        self.qtbot.keyClick(popup, Qt.Key.Key_Down)
        self.qtbot.keyClick(popup, Qt.Key.Key_Return)

    def wait_for_letter(self) -> None:
        """Until the typing paused and the letter was drawn."""
        letter = self.writing.letter
        self.qtbot.waitUntil(lambda: not letter._pause.isActive() and not letter._drawing, timeout=20_000)

    def banner(self) -> str:
        """What the banners above the pages say."""
        return " | ".join(one.accessibleName() for one in self.window.findChildren(Banner) if one.isVisible())

    def snack(self) -> str:
        """What the newest snack says."""
        return [one.accessibleName() for one in self.window.findChildren(Snack)][-1]

    def record(self, record: RecordId) -> Record:
        """A record as it stands in the vault."""
        return self.ask(lambda vault: records.show(vault, record))

    def letters(self, referral: RecordId) -> list[Record]:
        """The letters printed for a referral."""
        return self.ask(lambda vault: letters.letters_of(vault, referral))

    def _printer(self, _parent: QWidget, copies: int) -> QPrinter | None:
        self.copies = copies
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.printed))
        return printer

    def _file(self, _parent: QWidget, _look: Look, name: str) -> Path | None:
        self.names.append(name)
        return self.file


@pytest.fixture
def start(
    qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path
) -> Iterator[Callable[..., Desk]]:
    """Opens the desk."""
    made: list[Desk] = []

    def make(**options: Any) -> Desk:
        desk = Desk(qtbot, appearance, remembered, tmp_path, Filled)
        made.append(desk)
        return desk.start(tmp_path, **options)

    yield make
    for desk in made:
        desk.close()


def text_of(file: Path) -> str:
    """What stands in a PDF."""
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True).stdout


def test_from_a_person_to_a_letter_on_disk(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.window.go(PERSON, OpenPerson(desk.filled.client))
    desk.settle()
    page: Any = desk.page
    page.open_panel("refer")
    desk.settle()
    assert desk.writing.preview.sentence.startswith(MARK + "Choose the organisation")
    desk.type("organisation", "yuridik")
    assert [words for _id, words in desk.input("organisation").offered()] == ["Маркази ёрии ҳуқуқӣ"]
    desk.take_first()
    desk.type("service_asked", "Даъвои пулӣ")
    desk.input("shared").boxes["phone"].click()
    desk.wait_for_letter()
    assert len(desk.writing.preview.sheets) == 1
    before = desk.writing.preview.sheets[0].picture.copy()
    desk.type("reason", "Аз ӯ пул талаб мекунанд")
    desk.wait_for_letter()
    assert desk.writing.preview.sheets[0].picture != before
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    dialog = desk.referrals.printing.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.languages._clicked("ru")
    dialog.save_button.click()
    desk.settle()
    text = text_of(desk.file or Path())
    for words in ("Исмоилов", "НАПРАВЛЕНИЕ", "Даъвои пулӣ", "+992 93 555 12 34", "Аз ӯ пул талаб мекунанд"):
        assert words in text
    assert "Ленин" not in text
    made = desk.ask(lambda vault: records.find_all(vault, "referral", {"service_asked": "Даъвои пулӣ"}))[0]
    assert made.text("state") == "sent"
    assert [letter.text("language") for letter in desk.letters(made.id)] == ["ru"]
    assert desk.names == [f"{made.text('number')}-ru.pdf".replace("/", "-")]
    assert "letter.pdf" in desk.snack()
    assert desk.referrals.view is not None
    assert desk.ask(drafts.all_drafts) == []


def test_what_is_typed_comes_back_as_a_draft(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.go(NewReferral(desk.filled.client))
    desk.type("service_asked", "Кор ёфтан")
    desk.input("organisation").set_typed("ҳеҷ гоҳ")
    desk.writing.languages._clicked("uz_Latn")
    assert desk.referrals.back()
    desk.settle()
    assert desk.referrals.writing is None
    desk.go(NewReferral(desk.filled.client))
    assert desk.input("service_asked").typed() == "Кор ёфтан"
    assert desk.input("organisation").typed() == "ҳеҷ гоҳ"
    assert desk.writing.language == "uz_Latn"
    desk.qtbot.keyClick(desk.writing.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.writing.form.row("organisation").error == MARK + "Choose one from the list."
    desk.window._change_look()
    desk.settle()
    assert desk.input("service_asked").typed() == "Кор ёфтан"


def test_consent_forbids_and_says_why(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.go(NewReferral(desk.filled.closed_client))
    share = desk.input("shared")
    assert not share.boxes["phone"].isEnabled()
    assert share.reasons["phone"] == MARK + "The client was not asked"
    desk.input("organisation").choose(desk.filled.organisation)
    desk.wait_for_letter()
    assert "The client has not given this consent" in desk.writing.preview.sentence
    assert not desk.writing.preview.sheets
    client = desk.filled.closed_client
    session = desk.door._session
    assert session is not None
    session.act(
        lambda vault: people.record_consent(vault, client, "sharing", "given", {"method": "signed"}),
        lambda _saved: None,
        "consent",
    )
    desk.settle()
    desk.wait_for_letter()
    share = desk.input("shared")
    assert share.boxes["phone"].isEnabled()
    assert share.reasons["birth_date"] == MARK + "Not on record"
    assert desk.input("organisation").value() == desk.filled.organisation
    assert len(desk.writing.preview.sheets) == 1


def test_after_a_withdrawal_nothing_is_printed_any_more(start: Callable[..., Desk]) -> None:
    desk = start()
    client = desk.filled.client
    desk.ask(lambda vault: people.withdraw_consent(vault, client, "sharing"))
    desk.go(OpenReferral(desk.filled.draft))
    desk.referrals.print_page()
    assert desk.referrals.printing.dialog is not None
    desk.referrals.printing.dialog.save_button.click()
    desk.settle()
    assert "The client has not given this consent" in desk.banner()
    assert "not saved and not recorded" in desk.banner()
    assert desk.file is not None
    assert not desk.file.exists()
    assert desk.record(desk.filled.draft).text("state") == "draft"
    assert desk.letters(desk.filled.draft) == []
    desk.go(OpenLetter(desk.letters(desk.filled.late)[0].id))
    desk.referrals.print_page()
    desk.referrals.printing.dialog.save_button.click()
    desk.settle()
    assert not desk.file.exists()


def test_a_file_that_cannot_be_written_leaves_no_record(start: Callable[..., Desk]) -> None:
    desk = start()
    assert desk.file is not None
    desk.file = desk.file.parent / "no such folder" / "letter.pdf"
    desk.go(OpenReferral(desk.filled.draft))
    desk.referrals.print_page()
    assert desk.referrals.printing.dialog is not None
    desk.referrals.printing.dialog.save_button.click()
    desk.settle()
    assert "not saved and not recorded" in desk.banner()
    assert desk.letters(desk.filled.draft) == []
    assert desk.record(desk.filled.draft).text("state") == "draft"


def test_the_printer_gets_the_pages_and_then_it_is_said(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.go(OpenReferral(desk.filled.draft))
    desk.referrals.print_page()
    dialog = desk.referrals.printing.dialog
    assert dialog is not None
    dialog.copies.setCurrentText("3")
    dialog.print_button.click()
    desk.settle()
    assert desk.snack() == MARK + "The letter was sent to the printer."
    assert desk.copies == 3
    assert paper_pages.page_count(desk.printed.read_bytes()) == 1
    page = paper_pages.page_image(desk.printed.read_bytes(), 0, 60)
    assert len(set(page.pixels)) > 10
    assert abs(page.height / page.width - 297 / 210) < 0.01
    assert len(desk.letters(desk.filled.draft)) == 1
    assert desk.record(desk.filled.draft).text("state") == "sent"


def test_a_printer_that_refuses_is_told_truly(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.printed = desk.printed.parent / "no such folder" / "printed.pdf"
    desk.go(OpenReferral(desk.filled.draft))
    desk.referrals.print_page()
    assert desk.referrals.printing.dialog is not None
    with desk.qtbot.captureExceptions() as raised:
        desk.referrals.printing.dialog.print_button.click()
        desk.settle()
    assert not raised
    assert "The printer did not take the letter" in desk.banner()
    assert desk.window.findChildren(Snack) == []
    assert len(desk.letters(desk.filled.draft)) == 1


def test_without_a_printer_only_a_file_is_offered(start: Callable[..., Desk]) -> None:
    desk = start(printers=False)
    desk.go(OpenReferral(desk.filled.draft))
    desk.referrals.print_page()
    dialog = desk.referrals.printing.dialog
    assert dialog is not None
    assert not dialog.print_button.isEnabled()
    desk.file = None
    dialog.save_button.click()
    desk.settle()
    assert desk.letters(desk.filled.draft) == []


def test_a_past_letter_is_shown_and_printed_as_it_was(start: Callable[..., Desk]) -> None:
    desk = start()
    letter = desk.letters(desk.filled.late)[0]
    pdf = desk.ask(lambda vault: letters.print_again(vault, letter.id))
    client = desk.filled.client
    desk.ask(lambda vault: records.edit(vault, client, {"surname": "Каримов"}))
    desk.go(OpenReferral(desk.filled.late))
    view = desk.referrals.view
    assert view is not None
    view.letters.pick_first()
    desk.qtbot.keyClick(view.letters, Qt.Key.Key_Return)
    desk.settle()
    past = desk.referrals.past_letter
    assert past is not None
    [page] = paper_pages.page_images(pdf, past.preview.dots_per_inch)
    assert past.preview.sheets[0].picture == page_picture(page)
    assert "1" in past.preview.sheets[0].accessibleName()
    desk.referrals.print_page()
    dialog = desk.referrals.printing.dialog
    assert dialog is not None
    assert dialog.language == "tg"
    dialog.save_button.click()
    desk.settle()
    assert desk.file is not None
    assert desk.file.read_bytes() == pdf
    assert len(desk.letters(desk.filled.late)) == 1
    assert desk.referrals.back()
    desk.settle()
    assert desk.referrals.view is not None


def test_hostile_names_are_only_words(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.go(NewReferral(desk.filled.client))
    desk.type("organisation", "маркази ко")
    desk.take_first()
    desk.type("service_asked", "<a href='x'>{{ 7*7 }}</a>")
    desk.wait_for_letter()
    assert len(desk.writing.preview.sheets) == 1
    desk.referrals.print_page()
    desk.settle()
    assert desk.referrals.printing.dialog is not None
    desk.referrals.printing.dialog.save_button.click()
    desk.settle()
    text = text_of(desk.file or Path())
    assert HOSTILE in " ".join(text.split())
    assert "<a href='x'>{{ 7*7 }}</a>" in text
    desk.referrals.list.choose(ALL)
    shown = [desk.referrals.list._model.data(desk.referrals.list._model.index(row, 2)) for row in range(4)]
    assert HOSTILE in shown


def test_the_list_puts_the_late_answers_first(start: Callable[..., Desk]) -> None:
    desk = start()
    listed = desk.referrals.list
    assert listed.chosen == NEEDS_ANSWER
    assert listed._model.ids == [desk.filled.late]
    listed.pick_first()
    desk.qtbot.keyClick(listed.table, Qt.Key.Key_Return)
    desk.settle()
    view = desk.referrals.view
    assert view is not None
    assert view.shown.referral.id == desk.filled.late
    words = [one.accessibleName() for one in view.findChildren(Banner)]
    assert "Ask for the answer" in words[0]
    assert "15.02.2026" in words[0]
    assert desk.referrals.back()
    assert desk.referrals.view is None
    for code, expected in ((DRAFTS, [desk.filled.draft]), (ANSWERED, [desk.filled.done])):
        listed.filters._clicked(code)
        assert listed._model.ids == expected
    desk.go(desk.filled.late)
    assert listed.chosen == ALL
    assert listed.table.current_id == desk.filled.late


def test_the_reply_slip_is_entered(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.go(OpenReferral(desk.filled.late))
    assert desk.referrals.view is not None
    answer = desk.referrals.view.answer
    assert answer is not None
    assert answer.step.target().hasFocus()
    answer.step.set_typed("declined")
    answer.step.edited.emit()
    type_text(answer.rows["answered_by"].field.target(), "Назаров")
    answer.save_button.click()
    assert answer.rows["result"].error
    type_text(answer.rows["result"].field.target(), "Ҷой нест")
    assert desk.referrals.back()
    desk.settle()
    desk.go(OpenReferral(desk.filled.late))
    assert desk.referrals.view is not None
    answer = desk.referrals.view.answer
    assert answer is not None
    assert answer.rows["result"].field.typed() == "Ҷой нест"
    answer.save_button.click()
    desk.settle()
    found = desk.record(desk.filled.late)
    assert (found.text("state"), found.text("result")) == ("declined", "Ҷой нест")
    assert (found.text("answered_by"), found.text("answered_on")) == ("Назаров", "2026-03-05")
    assert desk.referrals.view is not None
    assert desk.referrals.view.shown.steps == ("closed",)
    assert desk.ask(drafts.all_drafts) == []


def test_an_appointment_plans_a_visit(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.go(OpenReferral(desk.filled.late))
    assert desk.referrals.view is not None
    answer = desk.referrals.view.answer
    assert answer is not None
    answer.step.set_typed("appointment")
    answer.step.edited.emit()
    answer.save()
    assert answer.rows["due"].error
    answer.rows["due"].field.set_typed("10.03.2026")
    answer.rows["at"].field.set_typed("10:30")
    answer.save()
    desk.settle()
    assert desk.record(desk.filled.late).text("state") == "appointment"
    [visit] = desk.ask(lambda vault: records.find_all(vault, "followup"))
    assert (visit.text("due"), visit.text("at"), visit.text("type")) == ("2026-03-10", "10:30", "appointment")


def test_a_draft_is_changed_and_removed_and_comes_back(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.go(OpenReferral(desk.filled.draft, edit=True))
    desk.type("service_asked", " now")
    desk.writing.save()
    desk.settle()
    assert desk.record(desk.filled.draft).text("service_asked") == "draft now"
    assert desk.referrals.view is not None
    desk.referrals._remove(desk.referrals.view.shown.referral)
    desk.settle()
    assert desk.record(desk.filled.draft).values["deleted"] is True
    desk.window.findChildren(Snack)[-1].undone.emit()
    desk.settle()
    assert not desk.record(desk.filled.draft).values["deleted"]


def test_a_new_referral_starts_with_its_person(start: Callable[..., Desk]) -> None:
    desk = start()
    desk.referrals.ask_whom()
    search: Any = desk.referrals.panel.content
    type_text(search.box, "ismoil")
    desk.qtbot.keyClick(search.box, Qt.Key.Key_Return)
    desk.settle()
    search.people.pick_first()
    desk.qtbot.keyClick(search.people, Qt.Key.Key_Return)
    desk.settle()
    assert desk.writing.subject.client.id == desk.filled.client
