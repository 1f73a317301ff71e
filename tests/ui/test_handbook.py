"""The handbook: its words agree with the screen, it opens where the person is, and leads back with nothing lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk_app.domain.ids import RecordId
from desk_app.i18n.placeholders import placeholders
from desk_app.ui.appearance import Appearance
from desk_app.ui.dialogs.create_card import CreateCard
from desk_app.ui.dialogs.entrance import Entrance
from desk_app.ui.dialogs.paper import Outlets
from desk_app.ui.dialogs.print_dialog import PrintDialog
from desk_app.ui.dialogs.rescue_card import Way
from desk_app.ui.handbook.chapter import As, Form, Paragraph, To
from desk_app.ui.handbook.contents import CHAPTERS, section_of, title_of
from desk_app.ui.handbook.view import HandbookView
from desk_app.ui.handbook.window import HandbookWindow
from desk_app.ui.help_page import HELP, HelpAt, HelpPage
from desk_app.ui.look import Look
from desk_app.ui.pages.intake import IntakePage
from desk_app.ui.pages.person import HELP_OF_TABS, PersonPage
from desk_app.ui.remembered import Remembered
from desk_app.ui.shortcuts import Key
from tests.fakes import make_client
from tests.ui.conftest import MakeWindow
from tests.ui.opened_desk import OpenedDesk

CODE = Path(__file__).parents[2] / "desk_app"
SHOWN = re.compile(r'\b(?:text|N_)\(\s*"([^"]+)"')


@pytest.fixture(scope="module")
def screen() -> set[str]:
    """Every text that the code outside of the handbook shows."""
    files = (file for file in CODE.rglob("*.py") if "handbook" not in file.parts)
    return {words for file in files for words in SHOWN.findall(file.read_text("utf-8"))}


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[OpenedDesk]:
    """A desk with one person."""
    made = OpenedDesk(qtbot, appearance, remembered, tmp_path, lambda vault: make_client(vault, "Зуҳро"))
    yield made.open()
    made.close()


def paragraphs() -> Iterator[tuple[str, Paragraph]]:
    """Every paragraph, with where it stands."""
    for chapter in CHAPTERS:
        for section in chapter.sections:
            for paragraph in section.paragraphs:
                yield f"{chapter.key}#{section.key}", paragraph


def test_every_sentence_has_what_it_names_and_every_button_is_called_so_on_the_screen(screen: set[str]) -> None:
    wrong = []
    for place, paragraph in paragraphs():
        if placeholders(paragraph.words) != frozenset(paragraph.named):
            wrong.append(f"{place}: {paragraph.words}")
        for named in paragraph.named.values():
            if isinstance(named, To):
                assert title_of(named)
            elif not isinstance(named, As | Key) and named not in screen:
                wrong.append(f"{place}: nothing on the screen is called {named}")
    assert wrong == []


def test_every_place_is_found_once_and_every_promise_has_its_limit() -> None:
    places = [f"{chapter.key}#{section.key}" for chapter in CHAPTERS for section in chapter.sections]
    assert len(places) == len(set(places))
    for chapter in CHAPTERS:
        for place in chapter.see:
            assert title_of(place)
    promised = next(one for one in CHAPTERS if one.key == "promises").sections[1:]
    assert len(promised) >= 10
    for one in promised:
        assert [paragraph.form for paragraph in one.paragraphs] == [Form.KEPT, Form.LIMIT]


def test_every_page_has_its_chapter_and_every_tab_its_section(desk: OpenedDesk) -> None:
    window = desk.window
    chapters = {chapter.key for chapter in CHAPTERS}
    for key in set(window.pages._entries) - {HELP.key} - chapters:
        window.go(key)
        assert title_of(To(window.pages.help_place())), key
    assert isinstance(desk.filled, str)
    window.go("person", RecordId(desk.filled))
    desk.settle()
    page = desk.page
    assert isinstance(page, PersonPage)
    assert len(HELP_OF_TABS) == page.tabs.count()
    assert all(section_of(To(f"person#{key}")) for key in HELP_OF_TABS)
    page.tabs.setCurrentWidget(page.notes)
    QTest.keyClick(window, Qt.Key.Key_F1)
    shown = desk.page
    assert isinstance(shown, HelpPage)
    assert shown.view.place == "person#notes"
    assert shown.view.text.verticalScrollBar().value() > 0


def test_every_place_that_a_page_or_a_card_names_is_there() -> None:
    code = "".join(
        file.read_text("utf-8") for part in ("pages", "dialogs") for file in (CODE / "ui" / part).rglob("*.py")
    )
    named = re.findall(r'"([a-z-]+#[a-z-]+)"', code)
    assert len(named) > 8
    assert all(title_of(To(place)) for place in named)


def test_back_from_the_handbook_a_half_filled_form_is_as_it_was(desk: OpenedDesk) -> None:
    desk.window.go("intake")
    page = desk.page
    assert isinstance(page, IntakePage)
    page._write("")
    field = page.form.fields.input("surname")
    field.setFocus()
    field.set_typed("Назаро")
    QTest.keyClick(desk.window, Qt.Key.Key_F1)
    shown = desk.page
    assert isinstance(shown, HelpPage)
    assert shown.view.place == "intake"
    QTest.keyClick(desk.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.focusWidget() is shown.view.search
    shown.view.search.setText("баста")
    QTest.keyClick(shown.view.search, Qt.Key.Key_Escape)
    assert shown.view.search.text() == ""
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert desk.page is page
    assert field.typed() == "Назаро"
    assert desk.window.focusWidget() is field.focusProxy() or field.isAncestorOf(desk.window.focusWidget() or field)


def test_before_the_door_is_unlocked_each_card_has_its_help(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    entrance = Entrance(appearance, tmp_path)
    qtbot.addWidget(entrance)
    with qtbot.waitActive(entrance):
        entrance.show()
        entrance.activateWindow()
    for show, place in (
        (entrance.show_unlock, "door#unlock"),
        (lambda: entrance.show_recovery("K7QF 2M9D", 1), "door#recovery"),
        (entrance.show_forgotten, "door#forgotten"),
        (lambda: entrance.show_rescue(Way.RESTORE), "door#restore"),
        (lambda: entrance.show_rescue(Way.SALVAGE), "door#salvage"),
        (entrance.show_create, "door#create"),
    ):
        show()
        QTest.keyClick(entrance, Qt.Key.Key_F1)
        found = opened(entrance)
        assert found.view.place == place
        QTest.keyClick(found, Qt.Key.Key_Escape)
        assert not found.isVisible()
    assert isinstance(entrance.card, CreateCard)


def test_a_dialog_has_its_help_over_it(qtbot: QtBot, look: Look) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    dialog = PrintDialog(look, "Print", "tg", ground)
    with qtbot.waitActive(dialog):
        dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert opened(dialog).view.place == "referrals#print"


def opened(parent: QWidget) -> HandbookWindow:
    """The handbook that is open over a window."""
    return next(one for one in parent.findChildren(HandbookWindow) if one.isVisible())


def test_words_are_found_however_they_are_spelled_and_links_are_followed(qtbot: QtBot, look: Look) -> None:
    view = HandbookView(look)
    qtbot.addWidget(view)
    view.show()
    whole = view.contents.model().rowCount()
    for typed in ("stik", "ЫЕШСЛ", "стик"):
        view._search(typed)
        assert 0 < view.contents.model().rowCount() < whole, typed
        assert "stick" in view.text.toPlainText()
    assert "background-color" in view.text.toHtml()
    view._search("zrtpmk")
    assert view.contents.model().rowCount() == 0
    assert view._nothing.isVisible()
    view._search("")
    assert view.contents.model().rowCount() == whole
    assert not view._nothing.isVisible()
    view.text.anchorClicked.emit(QUrl("partners#shut-out"))
    assert view.place == "partners#shut-out"
    assert view.contents.current_key == "partners"
    view.open("nowhere")
    assert view.place == CHAPTERS[0].key


def test_the_open_chapter_is_printed(make_window: MakeWindow, tmp_path: Path) -> None:
    file = tmp_path / "chapter.pdf"

    def printer(_parent: QWidget, _copies: int) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(file))
        return made

    outlets = Outlets(lambda: True, printer, lambda *_asked: None)
    window = make_window()
    window.go(HELP.key)
    page = HelpPage(window.pages.current_page.around, outlets)
    page.arrive(HelpAt("stick", "today"))
    page.print_page()
    document = pypdfium2.PdfDocument(file)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Sending a bundle by stick" in text
    assert "Take in" in text
    page.deleteLater()
