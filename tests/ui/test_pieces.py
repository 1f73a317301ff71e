"""Every piece in one gallery: named for a screen reader, in our words, reachable by keyboard; lists and panels."""

from collections.abc import Callable, Iterator

import gallery
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.ui.help_page import HELP
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.main_window import MainWindow
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.compare import Compare, Side
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.focus import lead_to, tab_in_order
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.number_table import NumberCell, NumberTable
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.ui.widgets.snack import Snack
from desk_app.ui.widgets.text import PathLabel, label

MakeWindow = Callable[..., MainWindow]


def focusable(root: QWidget) -> Iterator[QWidget]:
    """The visible widgets that Tab reaches."""
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget


@pytest.mark.parametrize("key", [entry.key for entry in gallery.ENTRIES] + [HELP.key])
def test_everything_that_takes_the_keyboard_has_a_name(qtbot: QtBot, make_window: MakeWindow, key: str) -> None:
    window = make_window(*gallery.ENTRIES)
    window.go(key)
    qtbot.wait(1)
    nameless = []
    for widget in focusable(window):
        if widget.focusProxy() is not None:
            continue
        heard = QAccessible.queryAccessibleInterface(widget)
        if heard is None or not heard.text(QAccessible.Text.Name):
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def test_tab_goes_round_the_whole_page(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*gallery.ENTRIES)
    window.go("intake")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.sidebar.search is not None
    window.sidebar.search.setFocus()
    visited: list[QWidget] = []
    while (widget := window.focusWidget()) not in visited:
        assert widget is not None
        visited.append(widget)
        window.focusNextChild()
    names = [widget.accessibleName() for widget in visited]
    fields = [names.index(name) for name in ("§Surname", "§Given name", "§Patronymic", "§Date of birth")]
    assert fields == sorted(fields)
    missing = [w.accessibleName() for w in focusable(window) if w not in visited and w.focusProxy() is None]
    assert missing == []


def test_the_shell_and_its_help_speak_only_our_words(make_window: MakeWindow) -> None:
    window = make_window()
    window.go(HELP.key)
    said = {text.text() for text in window.findChildren(QLabel) if any(map(str.isalpha, text.text()))}
    keys = {text for text in said if text.startswith(("Ctrl+", "Alt+", "F1", "Esc")) or len(text) == 1}
    assert {text for text in said - keys if not text.startswith("§")} == {"KHG", "ZN"}


def test_a_list_is_walked_with_arrows_and_opened_with_enter(qtbot: QtBot, look: Look) -> None:
    rows = RowList(look, "People")
    qtbot.addWidget(rows)
    opened: list[str] = []
    rows.opened.connect(opened.append)
    rows.show_rows([Row(str(number), f"Name {number}", "detail") for number in range(500)])
    rows.pick_first()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    rows.show_rows([Row("new", "New"), Row("1", "Name 1")])
    assert (opened, rows.current_key) == (["1"], "1")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_a_button_like_the_space_bar(qtbot: QtBot, look: Look, key: Qt.Key) -> None:
    made, pressed = button(look, "Save"), list[bool]()
    qtbot.addWidget(made)
    made.clicked.connect(lambda: pressed.append(True))
    qtbot.keyClick(made, key)
    qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [True]


def test_a_list_that_grows_is_as_high_as_its_rows(qtbot: QtBot, look: Look) -> None:
    rows = RowList(look, "People", grows=True)
    qtbot.addWidget(rows)
    assert rows.sizeHint().height() == 0
    rows.show_rows([Row("1", "A"), Row("2", "B")])
    assert rows.sizeHint().height() == 112


def test_a_row_is_spoken_whole(look: Look) -> None:
    assert Row("1", "Каримов", "Легал", "10:00", "16 days").spoken == "10:00. Каримов. Легал. 16 days"


def test_a_tool_tip_fetches_no_picture_that_a_name_asks_for(qtbot: QtBot, look: Look) -> None:
    name = "Каримов <img src=//far.example/seen.png>"
    rows, path = RowList(look, "Rows"), PathLabel(name)
    table = NumberTable(look, "Numbers", ["Name"], [[NumberCell(name, number=False)]])
    for made in (rows, path, table):
        qtbot.addWidget(made)
    rows.show_rows([Row("a", "", name), Row("b", "", "Каримов < Карим")])
    cells = [rows.model().index(place, 0) for place in (0, 1)] + [table.model().index(0, 0)]
    tips = [str(cell.data(Qt.ItemDataRole.ToolTipRole)) for cell in cells]
    assert tips[1] == "Каримов < Карим"
    for words in (tips[0], tips[2], path.toolTip()):
        assert "Каримов" in words
        assert "<img" not in words
        assert "&lt;img" in words
    assert table.rows() == [[name]]


def test_the_panel_keeps_what_it_holds_and_gives_way(qtbot: QtBot, look: Look) -> None:
    beside = WithPanel(look, label("list"))
    qtbot.addWidget(beside)
    beside.resize(1158, 600)
    beside.show()
    content = label("form")
    beside.panel.hold("Title", content, [QPushButton("Save")])
    assert beside.panel.width() == 440
    beside.panel.put_away()
    assert not beside.panel.isVisible()
    beside.panel.open()
    assert beside.panel.content is content
    beside.resize(700, 600)
    assert beside.panel.width() == 700
    beside.panel.put_away()
    assert beside.isVisible()
    beside.panel.let_go()
    assert beside.panel.content is None


def test_filters_choose_one_or_many(qtbot: QtBot, look: Look) -> None:
    chosen: list[frozenset[str]] = []
    one = FilterBar(look, "State", [Filter("a", "A", 3), Filter("b", "B")])
    many = FilterBar(look, "State", [Filter("a", "A"), Filter("b", "B")], many=True)
    for bar in (one, many):
        qtbot.addWidget(bar)
        bar.chosen.connect(chosen.append)
        bar.choose("a")
        qtbot.mouseClick(bar.findChildren(QPushButton)[1], Qt.MouseButton.LeftButton)
    assert chosen == [frozenset("b"), frozenset("ab")]
    assert one.findChildren(QPushButton)[0].text() == "A (3)"


@pytest.mark.parametrize(
    ("can_keep_both", "choices"), [(False, ["left", "right", "other"]), (True, ["left", "right", "both", "other"])]
)
def test_two_versions_are_settled_by_a_button(
    qtbot: QtBot, look: Look, can_keep_both: bool, choices: list[str]
) -> None:
    compare = Compare(look, "Birth", Side("1973"), Side("1974"), can_keep_both=can_keep_both)
    qtbot.addWidget(compare)
    settled: list[str] = []
    compare.settled.connect(settled.append)
    for made in compare.findChildren(QPushButton):
        made.click()
    assert settled == choices


def test_a_word_wider_than_its_label_breaks(qtbot: QtBot) -> None:
    name = "Абдураҳмонғуломҳайдариёнзода" * 10
    made, arabic = label(name), label("رودکی: Removed.")
    for one in (made, arabic):
        qtbot.addWidget(one)
        one.resize(300, 20)
        one.show()
    assert made.heightForWidth(300) > 5 * made.fontMetrics().height()
    assert made.text() == name
    assert QLabel.text(arabic).startswith("\u200e")  # The sentence stays a sentence of this window.


def test_the_buttons_of_a_head_go_into_the_next_line(qtbot: QtBot, look: Look) -> None:
    made = [button(look, f"A button with a long word {number}") for number in range(3)]
    head = PageHead(look, "Exchange", actions=made)
    qtbot.addWidget(head)
    head.resize(420, 50)
    head.show()
    places = [one.mapTo(head, one.rect().bottomRight()) for one in made]
    assert all(0 < place.x() < head.width() and place.y() < head.height() for place in places)
    assert places[0].y() < places[2].y()


def test_words_without_their_icon_stand_in_the_middle_of_the_button(qtbot: QtBot, look: Look) -> None:
    made = button(look, "Show my card", Icon.ID_CARD)
    head = PageHead(look, "Exchange", actions=[made])
    qtbot.addWidget(head)
    head.show()
    for width, words in ((340, "Show my card"), (900, " Show my card")):
        head.resize(width, 56)
        assert made.text() == words
        assert made.icon().isNull() is (width == 340)


def test_a_snack_covers_no_buttons_at_the_foot(qtbot: QtBot, look: Look) -> None:
    ground = QWidget()
    lines = column(ground, gap=0)
    lines.addStretch(1)
    foot = QFrame()
    foot.setProperty("look", "foot")
    foot.setFixedHeight(56)
    lines.addWidget(foot)
    foot.hide()
    qtbot.addWidget(ground)
    ground.resize(600, 400)
    ground.show()
    snack = Snack(look, "Accepted. The person is yours now.", ground)
    assert snack.geometry().bottom() > 400 - 56
    foot.show()
    qtbot.waitUntil(lambda: not snack.geometry().intersects(foot.geometry()))
    assert snack.geometry().bottom() < foot.geometry().top()


def test_tab_reaches_what_stands_before_where_the_keyboard_is_led(qtbot: QtBot, look: Look) -> None:
    whole = QWidget()
    lines = column(whole)
    parts = [button(look, words) for words in ("Edit", "Remove", "Add")]
    for one in parts:
        lines.addWidget(one)
    inner = QWidget()
    lines.addWidget(inner)
    within, inside = [button(look, words) for words in ("Left", "Right")], column(inner)
    for one in within:
        inside.addWidget(one)
    lead_to(inner, within[1])
    qtbot.addWidget(whole)
    whole.show()
    with qtbot.waitActive(whole):
        whole.activateWindow()
    inner.setFocus()
    assert within[1].hasFocus()
    parts[2].setFocus()
    whole.focusNextChild()
    assert within[0].hasFocus()
    tab_in_order(inner, parts[0])
    within[1].setFocus()
    whole.focusNextChild()
    assert parts[0].hasFocus()
