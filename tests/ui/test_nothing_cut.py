"""Every page and panel of a small real vault in every language on the small screen: no text is cut, none is English."""

import re
from collections.abc import Iterator
from pathlib import Path

import duplicate_scenes
import programme_scenes
import pytest
import scenes
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QTabBar,
    QTableView,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot
from vault_scenes import VAULT

from desk_app.i18n.languages import LANGUAGES
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.look import Look
from desk_app.ui.main_window import MainWindow
from desk_app.ui.pages.settings.about_card import AboutCard
from desk_app.ui.remembered import Remembered
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.text import label
from desk_app.usecases import followups, letters, needs, records, referrals, services
from tests.fakes import make_client, make_organisation
from tests.ui.conftest import MARK
from tests.ui.opened_desk import OpenedDesk

QUIET = 0.0
EASE = 4
"""Pixels of the ease around a button's words that bolder words may take."""
HORIZONTAL = Qt.Orientation.Horizontal
LARGE, LARGE_POINTS = 150, 12
ENGLISH_SAID = ("languages-refused",)
"""Scenes that show sentences of the source."""
CYRILLIC = "tg"
"""A language whose own words, dates and names of places have no Latin letters."""
CLIENT = {"surname": "Абдураҳмонзода", "father_name": "Ғуломҳайдариён", "birth_date": "1979-02-04"}
SCENES = {
    **{name: scene for name, scene in scenes.DESK.items() if name != "figures-report"},  # Paper, and slow to make.
    **VAULT,
    **duplicate_scenes.DESK,
    "programme": programme_scenes.DESK["programme"],
    "course": scenes.COORDINATOR["coordinator-course"],
}
LATIN_WORD = re.compile(r"(?<![\w.])[A-Za-z]{3,}(?![\w.])")
NO_WORDS = re.compile(
    r"Yuridik yordam markazi|Nextcloud|"
    r"KHG-\S+|Ctrl\+\S+|Alt\+\S+|Esc|/\S+|\S+\.roh\S*|XLSX|PDF|MIT|English|O‘zbekcha|Oʻzbekcha"
)


def fill(vault: Vault) -> scenes.Known:
    """One person with something under every tab, an organisation, a referral that waits, a course."""
    client = make_client(vault, "Муҳаммадҷамшед", consents="service sharing health", **CLIENT)
    organisation = make_organisation(vault, checked_on="2024-01-01")
    needs.note(vault, {"client": client, "pathway": "money_papers", "description": "Шиноснома"})
    services.record(vault, {"client": client, "type": "legal", "delivered_on": "2026-03-02", "mode": "desk"})
    followups.plan(vault, {"client": client, "type": "contact", "due": "2026-03-01"})
    asked = {"client": client, "organisation": organisation, "service_asked": "Ёрии ҳуқуқӣ"}
    referral = referrals.refer(vault, {**asked, "reason": "Қарз"}).id
    letters.print_letter(vault, referral, "tg")
    referrals.refer(vault, {**asked, "reason": "Кор"})
    course = records.add(vault, "course", {"title": "Дӯзандагӣ", "course_kind": "vocational"}).id
    records.add(vault, "desk_profile", {"name_tg": "Дафтари Хоруғ"})
    names = {"given_name": "Муҳаммадҷамшед", **CLIENT}
    return scenes.Known(client, CLIENT["surname"], names, referral, organisation, course)


class Shown:
    """The window on that vault, in one look after the other."""

    def __init__(self, opened: OpenedDesk, folder: Path) -> None:
        assert isinstance(opened.filled, scenes.Known)
        photo = folder / "IMG_20260305_101112.roh"
        photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(2000))
        self.stage = scenes.Stage(opened.window, opened.filled, (photo,), QUIET)

    def scenes(self) -> Iterator[tuple[str, MainWindow]]:
        """Each scene's name and the window that shows it."""
        window = self.stage.window
        for name, scene in SCENES.items():
            scene(self.stage)
            self.stage.settle()
            yield name, window
            for dialog in window.findChildren(QDialog):
                dialog.reject()


@pytest.mark.long
@pytest.mark.parametrize("per_cent", [100, LARGE])
@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_nothing_is_cut_in_any_language(
    code: str, per_cent: int, qtbot: QtBot, speaking: Appearance, remembered: Remembered, tmp_path: Path
) -> None:
    opened = OpenedDesk(qtbot, speaking, remembered, tmp_path, fill).open()
    shown, found = Shown(opened, tmp_path), set()
    speaking.choose_text_size(per_cent)
    speaking.choose_language(code)
    for name, before in scenes.entrances(speaking, tmp_path):
        found |= {f"{name}: {words}" for words in cut_words(before)}
    for name, window in shown.scenes():
        found |= {f"{name}: {words}" for words in cut_words(window)}
    opened.close()
    assert sorted(found) == []


@pytest.mark.long
def test_nothing_is_english_in_another_language(
    qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path
) -> None:
    opened = OpenedDesk(qtbot, appearance, remembered, tmp_path, fill).open()
    appearance.choose_language(CYRILLIC)
    shown, found = Shown(opened, tmp_path), set()
    for name, window in shown.scenes():
        if name not in ENGLISH_SAID:
            found |= {f"{name}: {words}" for words in read(window) if is_english(words)}
    opened.close()
    assert sorted(found) == []


def test_what_is_cut_is_seen(qtbot: QtBot, look: Look) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(300, 200)
    short, long, high = (label("Word", wrap=False), label("A long word", wrap=False), label("One two three four"))
    narrow, beside = button(look, "Choose another folder"), button(look, "Save")
    for made, place in zip((short, long, high, narrow, beside), range(5), strict=True):
        made.setParent(ground)
        made.setGeometry(0, 40 * place, 90, 32)
    long.setFixedWidth(40)
    high.setFixedSize(60, 20)
    beside.move(260, 160)
    ground.show()
    assert list(cut_words(ground)) == ["A long word", "One two three four", "Choose another folder", "Save"]


def is_english(words: str) -> bool:
    """Whether a word stands there that never went through the catalogues."""
    return MARK not in words and LATIN_WORD.search(NO_WORDS.sub("", words)) is not None


def read(window: MainWindow) -> Iterator[str]:
    """Every text somebody sees, hovers over or hears."""
    about = window.findChildren(AboutCard)
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or any(card.isAncestorOf(widget) for card in about):
            continue
        yield from (widget.toolTip(), widget.accessibleName())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QTextBrowser):
            yield from widget.toPlainText().splitlines()
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(place) for place in range(widget.count()))
        elif isinstance(widget, RowList):
            yield from (words for row in widget._rows.rows for words in (row.title, row.detail, row.lead, row.tail))
        elif isinstance(widget, QTableView):
            model = widget.model()
            yield from (str(model.headerData(place, HORIZONTAL)) for place in range(model.columnCount()))
            for line in range(model.rowCount()):
                yield from (str(model.index(line, place).data() or "") for place in range(model.columnCount()))


def cut_words(window: QWidget) -> Iterator[str]:
    """The words of labels, buttons and tabs that have less room than they need."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
            is_cut = label_is_cut(widget)
        elif isinstance(widget, QCheckBox):
            is_cut = widget.sizeHint().width() > widget.width()
        elif isinstance(widget, QPushButton) and widget.text():
            is_cut = button_is_cut(widget)
        elif isinstance(widget, QTabBar):
            # In large text beside an open panel the tabs may be walked through; their words are whole.
            is_cut = widget.sizeHint().width() > widget.width() and widget.font().pointSizeF() < LARGE_POINTS
        else:
            continue
        if is_cut or is_beside(widget):
            yield widget.text() if isinstance(widget, QLabel | QAbstractButton) else "tabs"


def label_is_cut(made: QLabel) -> bool:
    room, metrics = made.contentsRect(), made.fontMetrics()
    if made.wordWrap():
        widest = max(metrics.horizontalAdvance(word) for word in made.text().split() or [""])
        return made.heightForWidth(made.width()) > made.height() + 1 or widest > room.width() + 1
    lines = made.text().split("\n")
    wide = max(metrics.horizontalAdvance(line) for line in lines)
    return wide > room.width() + 1 or metrics.height() * len(lines) > room.height() + 2


def button_is_cut(made: QPushButton) -> bool:
    option = QStyleOptionButton()
    made.initStyleOption(option)
    room: QRect = made.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, made)
    room.setRight(room.right() + EASE)
    font = QFont(made.font())
    if made.isCheckable() or made.property("weight") == "main":
        font.setWeight(QFont.Weight.DemiBold)  # The style sheet writes it so, now or once it is marked.
    words = made.text().replace("&&", "&")
    icon = 0 if made.icon().isNull() else made.iconSize().width() + 4
    metrics = QFontMetrics(font)
    return metrics.horizontalAdvance(words) + icon > room.width() + 1 or metrics.height() > made.height()


def is_beside(widget: QWidget) -> bool:
    """Whether a part of it lies left or right of what holds it, where nobody can scroll to."""
    parent = widget.parentWidget()
    while parent is not None:
        left = widget.mapTo(parent, QPoint(0, 0)).x()
        if left < -1 or left + widget.width() > parent.width() + 1:
            return True
        parent = None if parent.isWindow() else parent.parentWidget()
    return False
