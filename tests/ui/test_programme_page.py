"""The programme: choices and letter wording, changed at the coordinator, read at a desk, spoken all over the window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desk_app.domain.records.choice import CHOICE, choice_of
from desk_app.domain.records.letter_text import LETTER_TEXT, letter_text_of
from desk_app.domain.records.service import TYPE
from desk_app.domain.vocabulary import OwnChoice, OwnChoices
from desk_app.storage.journal import Write
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.pages.person_actions import person_actions
from desk_app.ui.pages.programme.page import ProgrammePage
from desk_app.ui.pages.programme.wording_editor import WordingEditor
from desk_app.ui.pages.targets import PROGRAMME, REVIEW
from desk_app.ui.remembered import Remembered
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.snack import Snack
from desk_app.usecases import choices, letter_texts, records
from tests.fakes import make_client
from tests.ui.conftest import MARK
from tests.ui.opened_desk import OpenedDesk

Open = Callable[..., "Opened"]


class Opened(OpenedDesk):
    """The window on the page."""

    @property
    def programme(self) -> ProgrammePage:
        """The page: another one after each change of the words."""
        page = self.page
        assert isinstance(page, ProgrammePage)
        return page

    @property
    def editor(self) -> WordingEditor:
        """The wording that is being written."""
        assert self.programme.editor is not None
        return self.programme.editor

    def words(self) -> list[str]:
        """Everything that is written on the page, without the marks of the catalogue's words."""
        return [one.text().removeprefix(MARK) for one in self.page.findChildren(QLabel) if one.isVisibleTo(self.page)]

    def undo(self) -> None:
        """Take back what was done last."""
        (snack,) = [one for one in self.window.findChildren(Snack) if one.isVisible()]
        snack.undone.emit()
        self.settle()

    def offered(self) -> list[str]:
        """The types of consultations that the button on a person's page offers."""
        button = person_actions(self.window._appearance.look, lambda _what: None)[0]
        return [action.text().removeprefix(MARK) for action in button.menu().actions()]


@pytest.fixture
def opened(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[Open]:
    """A window at a coordinator or at a desk, at the page."""
    made: list[Opened] = []

    def make(desk: str, fill: Callable[[Vault], object] | None = None) -> Opened:
        appearance.choose_language("en")
        one = Opened(qtbot, appearance, remembered, tmp_path, fill, desk=desk)
        made.append(one)
        one.open()
        one.window.go(PROGRAMME)
        one.settle()
        return one

    yield make
    for one in made:
        one.close()


def test_a_coordinator_adds_words_switches_and_undoes(opened: Open) -> None:
    desk = opened("coordinator")
    desk.programme.choices.choose(TYPE.name)
    desk.programme.add_choice()
    desk.settle()
    form = desk.programme.records.form
    assert form is not None
    desk.programme.records.save()
    desk.settle()
    assert form.row("tg").error  # A choice without words is none.
    form.set_typed({"en": "Mediation & {peace}", "ru": "Медиация"})
    desk.programme.records.save()
    desk.settle()
    (own,) = desk.ask(choices.own).said
    assert desk.programme.choices.chosen is not None
    assert desk.programme.choices.chosen.vocabulary is TYPE  # The page was made again and kept its place.
    assert "Mediation & {peace}" in desk.words()
    assert "Mediation && {peace}" in desk.offered()
    desk.programme.edit_choice(own.code)
    desk.settle()
    assert desk.programme.records.form is not None
    desk.programme.records.form.set_typed({"en": "Peace"})
    desk.programme.records.save()
    desk.settle()
    assert "Peace" in desk.offered()
    button = desk.programme.choices.buttons["legal"]
    assert isinstance(button, QPushButton)
    button.click()
    desk.settle()
    assert "Legal consultation" not in desk.offered()
    assert "Switched off" in desk.words()
    desk.undo()
    assert "Legal consultation" in desk.offered()
    desk.door.lock()
    desk.settle()
    assert desk.door._appearance.look.tr.own.said == ()  # Behind the lock nobody's words are known.


def test_a_coordinator_writes_a_wording_sees_what_is_wrong_and_goes_back(opened: Open) -> None:
    desk = opened("coordinator")
    desk.programme.wordings.buttons["ru"].click()
    desk.settle()
    title = desk.editor.rows["letter.title"]
    title.field.set_typed("{{ diagnosis }}")
    desk.editor._edited()
    desk.qtbot.waitUntil(lambda: bool(title.error))
    assert "Heading" in desk.editor.preview.sentence
    desk.editor.save()
    desk.settle()
    assert desk.ask(lambda vault: letter_texts.wording(vault, "ru")) == ""
    title.field.set_typed("ПУТЁВКА ")
    title.field.target().setFocus()
    desk.editor.eventFilter(title.field.target(), _focus_in())
    desk.editor.insert("number")
    desk.qtbot.waitUntil(lambda: not title.error and bool(desk.editor.preview.sheets))
    assert title.field.typed() == "ПУТЁВКА {{ number }}"
    own = OwnChoices((OwnChoice(TYPE.name, "x_peace", {"en": "Peace"}),))
    desk.door._appearance.learn(own)  # Made again with other words, and with what was typed.
    desk.settle()
    assert desk.editor.rows["letter.title"].field.typed() == "ПУТЁВКА {{ number }}"
    desk.editor.save()
    desk.settle()
    assert desk.programme.editor is None
    assert (
        desk.ask(lambda vault: letter_texts.template(vault, "ru")).line("letter.title", {"number": "1"}) == "ПУТЁВКА 1"
    )
    assert "The programme's own wording" in desk.words()
    desk.programme.back_to_shipped("ru")
    desk.settle()
    assert "The programme's own wording" not in desk.words()
    desk.undo()
    assert "ПУТЁВКА" in desk.ask(lambda vault: letter_texts.wording(vault, "ru"))


def test_a_desk_reads_and_asks_the_coordinator(opened: Open) -> None:
    def fill(vault: Vault) -> None:
        client = make_client(vault)
        records.add(vault, "service", {"client": client, "type": "x_mediation", "delivered_on": "2026-03-01"})

    desk = opened("khorugh", fill)
    assert any("Ask the coordinator" in words for words in desk.words())
    assert desk.programme.choices.buttons == {}
    assert not desk.programme.choices.add_button.isVisible()
    assert desk.programme.wordings.buttons["tg"].text().endswith("Show")
    desk.programme.open_wording("tg")
    desk.settle()
    desk.qtbot.waitUntil(lambda: bool(desk.editor.preview.sheets))
    assert desk.editor.rows == {}
    assert desk.programme.back()


def test_a_wording_that_cannot_be_used_is_told_here_and_in_the_review(opened: Open) -> None:
    def fill(vault: Vault) -> None:
        vault.journal.write(
            [
                Write(LETTER_TEXT, letter_text_of("ru"), {"language": "ru", "wording": "[letter]"}),
                Write(
                    CHOICE,
                    choice_of(TYPE.name, "x_odd"),
                    {"vocabulary": TYPE.name, "code": "x_odd", "en": "<b>{odd}</b> %n && {count}"},
                ),
            ]
        )

    desk = opened("coordinator", fill)
    assert "Refused" in desk.words()
    assert "<b>{odd}</b> %n &&&& {count}" in desk.offered()
    desk.window.go(REVIEW)
    desk.settle()
    (banner,) = desk.page.findChildren(Banner)
    assert "Русский" in banner.accessibleName()
    banner.acted.emit()
    assert desk.programme is not None


def _focus_in() -> "object":
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent

    return QFocusEvent(QEvent.Type.FocusIn)
