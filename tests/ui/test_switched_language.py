"""Another language in the middle of the work: nothing that was typed is lost, and no word of the former stays."""

from collections.abc import Iterator
from pathlib import Path

import duplicate_scenes
import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desk_app.ui.appearance import Appearance
from desk_app.ui.main_window import MainWindow
from desk_app.ui.remembered import Remembered
from tests.ui.opened_desk import OpenedDesk
from tests.ui.test_nothing_cut import LARGE, SCENES, Shown, cut_words, fill, read

FORMER, OTHER = "tg", "ru"
FEW = 6
"""Words of a scene that come late or differ by what was done before; a panel that was shut has more."""
SAMPLE = ("people-nobody", "referral-new", "users-code")
"""What the quick suite looks at: a page, a form with a draft, and a panel that is made only once."""
BY_LANGUAGE = "Маркази ёрии ҳуқуқӣ"
"""An organisation, which has another name in Russian."""
PARTS = 4
"""No test may last minutes."""
INVENTED = ("exchange-send", "exchange-ways", "exchange-outbox", *duplicate_scenes.DESK)
"""Scenes that put something into the page which no vault holds: a page made again cannot know of it."""


def typed(window: MainWindow) -> list[str]:
    """What stands in the inputs that can be seen."""
    inputs: list[QWidget] = [one for one in window.findChildren(QWidget) if one.isVisible()]
    lines = [one.text() for one in inputs if isinstance(one, QLineEdit)]
    texts = [one.toPlainText() for one in inputs if isinstance(one, QPlainTextEdit) and not one.isReadOnly()]
    return sorted(text for text in (*lines, *texts) if text)


LIMIT = None


def put_up(shown: Shown, name: str) -> MainWindow:
    """A scene on pages made anew."""
    window = shown.stage.window
    window.forget()
    SCENES[name](shown.stage)
    shown.stage.settle()
    for dialog in window.findChildren(QDialog):
        dialog.reject()
    return window


def survives(shown: Shown, speaking: Appearance, name: str) -> Iterator[str]:
    """What was typed and is gone, what still stands there in the former language, and what was shut."""
    speaking.choose_language(FORMER)
    window = put_up(shown, name)
    before, words = typed(window), set(read(window))
    speaking.choose_language(OTHER)
    shown.stage.settle()
    after, switched = typed(window), set(read(window))
    fresh = set(read(put_up(shown, name)))
    yield from (f"{name}: {text} is gone" for text in before if text not in (*after, BY_LANGUAGE))
    yield from (f"{name}: {text} stayed" for text in sorted((switched & words) - fresh))
    if len(fresh - switched) > FEW:
        yield f"{name}: shut, {sorted(fresh - switched)}"


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_survives_another_language(
    part: int, qtbot: QtBot, speaking: Appearance, remembered: Remembered, tmp_path: Path
) -> None:
    desk = OpenedDesk(qtbot, speaking, remembered, tmp_path, fill).open()
    shown = Shown(desk, tmp_path)
    names = [name for name in SCENES if name not in INVENTED][part::PARTS]
    found = [what for name in names for what in survives(shown, speaking, name)]
    desk.close()
    assert found == []


def test_another_language_loses_nothing_and_cuts_nothing_in_large_text(
    qtbot: QtBot, speaking: Appearance, remembered: Remembered, tmp_path: Path
) -> None:
    desk = OpenedDesk(qtbot, speaking, remembered, tmp_path, fill).open()
    shown, found = Shown(desk, tmp_path), list[str]()
    speaking.choose_text_size(LARGE)
    for name in SAMPLE:
        found += survives(shown, speaking, name)
        found += (f"{name}: {words} is cut" for words in cut_words(desk.window))
    desk.close()
    assert found == []
