"""The page of languages: nobody has signed yet, a catalogue goes out, comes back, is shown, and is put back."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desk_app import paths
from desk_app.i18n.languages import RUSSIAN
from desk_app.ui.appearance import Appearance
from desk_app.ui.pages.languages import page as languages
from desk_app.ui.pages.languages.page import LanguagesPage
from desk_app.ui.pages.targets import LANGUAGES
from desk_app.ui.remembered import Remembered
from tests.ui.opened_desk import OpenedDesk


def test_a_catalogue_is_corrected_in_the_window(
    qtbot: QtBot, speaking: Appearance, remembered: Remembered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "corrections", lambda: tmp_path / "words")
    speaking.choose_language("ru")
    desk = OpenedDesk(qtbot, speaking, remembered, tmp_path).open()
    desk.window.go(LANGUAGES)

    def page() -> LanguagesPage:
        desk.settle()
        shown = desk.page
        assert isinstance(shown, LanguagesPage)
        return shown

    def words() -> list[str]:
        return [one.text() for one in page().findChildren(QLabel) if one.isVisibleTo(page())]

    assert list(page().cards) == ["tg", "ru", "uz_Cyrl", "uz_Latn", "en"]
    not_signed = speaking.look.tr.text("No native reader has signed it yet.")
    assert words().count(not_signed) == 4
    file = tmp_path / "roh-ru.po"
    monkeypatch.setattr(languages, "choose_new_file", lambda *_asked: file)
    monkeypatch.setattr(languages, "choose_file", lambda *_asked: file)
    page().cards["ru"].export_button.click()
    desk.settle()
    title, undo = speaking.look.tr.text("Figures"), speaking.look.tr.text("Undo")
    text = file.read_text(encoding="utf-8")
    for one, old, new in (("Figures", title, "Сводка"), ("Undo", undo, "Отменить!")):
        assert f'\nmsgid "{one}"\nmsgstr "{old}"\n' in text
        text = text.replace(f'\nmsgid "{one}"\nmsgstr "{old}"\n', f'\nmsgid "{one}"\nmsgstr "{new}"\n')
    file.write_text(text, encoding="utf-8")
    page().take_button.click()
    shown = words()
    assert {"Undo", "Отменить!", speaking.look.tr.text("The translation has an exclamation mark.")} <= set(shown)
    sidebar = [one.text().strip() for one in desk.window.sidebar.findChildren(QPushButton)]
    assert "Сводка" in sidebar
    assert title not in sidebar
    page().put_back(RUSSIAN)
    desk.settle()
    assert speaking.look.tr.text("Figures") == title
    assert page().back()
    desk.close()
